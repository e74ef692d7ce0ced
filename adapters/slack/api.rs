//! Slack's Web API, called through slack-morphism: one place that decides on time-outs, on where
//! the API is, and on what is told of a failure. Tokens, bodies and addresses are in none of it.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::Value;
use slack_morphism::prelude::{SlackClientHyperConnector, SlackHyperClient};
use slack_morphism::{
    ClientResult, SlackApiToken, SlackApiTokenValue, SlackClient, SlackClientApiCallContext,
    SlackClientHttpConnector,
};
use tracing::warn;

use super::failure::Failure;
use super::fields::Fields;
use crate::SectionError;

/// Longer than any call takes, shorter than anybody's patience.
const CALL: Duration = Duration::from_secs(10);

/// For a picture over a slow line.
const UPLOAD: Duration = Duration::from_secs(30);

/// The longest answer that is read, in bytes.
const ANSWER: usize = 1 << 24;

/// Where interactions are answered.
const RESPONSES: &str = "hooks.slack.com";

/// The Web API.
#[derive(Debug, Clone)]
pub(super) struct Api {
    client: std::sync::Arc<SlackHyperClient>,
    bare: Client<HttpsConnector<HttpConnector>, String>,
    base: Url,
}

impl Api {
    /// The API at an address: `https://slack.com/api`. Plain HTTP only where the address says so.
    pub(super) fn at(address: &str) -> Result<Self, SectionError> {
        let wrong = |_| {
            SectionError::Key(format!(
                "[slack] api_url: expected an address like {}",
                super::section::API
            ))
        };
        let base: Url = address.parse().map_err(wrong)?;
        let roots = HttpsConnectorBuilder::new()
            .with_native_roots()
            .map_err(|error| SectionError::Key(format!("no root certificates: {error}")))?;
        let schemes = if base.scheme() == "http" {
            roots.https_or_http()
        } else {
            roots.https_only()
        };
        let connector = schemes.enable_http1().enable_http2().build();
        let bare = Client::builder(TokioExecutor::new()).build(connector.clone());
        let hyper = SlackClientHyperConnector::with_connector(connector)
            .with_slack_api_url(address.trim_end_matches('/'));
        Ok(Self {
            client: std::sync::Arc::new(SlackClient::new(hyper)),
            bare,
            base,
        })
    }

    /// The client itself, for Socket Mode.
    pub(super) fn client(&self) -> std::sync::Arc<SlackHyperClient> {
        std::sync::Arc::clone(&self.client)
    }

    /// A path of Slack's pages beside the API: "/oauth/v2/authorize".
    pub(super) fn page(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(path);
        url
    }

    /// Calls a method that takes JSON.
    pub(super) async fn call(
        &self,
        token: &SecretString,
        method: &str,
        body: &(impl Serialize + Send + Sync),
    ) -> Result<Value, Failure> {
        let token = held(token);
        let session = self.client.open_session(&token);
        let call = session.http_session_api.http_post(method, body, None);
        confirmed(within(CALL, call).await?)
    }

    /// Calls a method that takes parameters only, as Slack's own libraries do: in a form. With
    /// slack-morphism they would stand in the address.
    pub(super) async fn ask(
        &self,
        token: &SecretString,
        method: &str,
        parameters: &[(&str, Option<&str>)],
    ) -> Result<Value, Failure> {
        let given = parameters
            .iter()
            .filter_map(|(name, value)| Some((*name, (*value)?)));
        let answer = self.post_form(method, Some(token), given).await?;
        answer.read().await
    }

    /// Exchanges what a browser brought back for a token.
    pub(super) async fn exchange(
        &self,
        client_id: &str,
        client_secret: &SecretString,
        code: &str,
    ) -> Result<Value, Failure> {
        let given = [
            ("client_id", client_id),
            ("client_secret", client_secret.expose_secret()),
            ("code", code),
        ];
        let answer = self.post_form("oauth.v2.access", None, given).await?;
        answer.read().await
    }

    /// Gives a token back that is not to be kept: it opens nothing any more.
    pub(super) async fn give_back(&self, token: &SecretString) {
        if let Err(failure) = self.ask(token, "auth.revoke", &[]).await {
            warn!(%failure, "a token was not given back");
        }
    }

    /// Answers an interaction at its own address, which lives for 30 minutes and takes five
    /// messages.
    pub(super) async fn respond(
        &self,
        address: &str,
        body: &(impl Serialize + Send + Sync),
    ) -> Result<(), Failure> {
        let url = self
            .responses(address)
            .ok_or_else(|| Failure::Api("not_a_response_url".into()))?;
        let span = tracing::Span::none();
        let connector = &self.client.http_api.connector;
        let call = connector.http_post_uri(url, body, secret_address(&span));
        within::<Value>(CALL, call).await.map(|_| ())
    }

    /// Puts bytes where `files.getUploadURLExternal` said.
    pub(super) async fn put(&self, address: &str, bytes: &[u8]) -> Result<(), Failure> {
        let url: Url = address
            .parse()
            .map_err(|_| Failure::Api("not_an_upload_url".into()))?;
        let span = tracing::Span::none();
        let connector = &self.client.http_api.connector;
        let kind = "application/octet-stream".to_owned();
        let call = connector.http_post_uri_binary(url, kind, bytes, secret_address(&span));
        within::<Value>(UPLOAD, call).await.map(|_| ())
    }

    /// The scopes that a token has, from the head of an answer: slack-morphism shows bodies only.
    pub(super) async fn scopes(&self, token: &SecretString) -> Result<Vec<String>, Failure> {
        let answer = self.post_form("auth.test", Some(token), []).await?;
        let scopes = answer.0.headers().get("x-oauth-scopes");
        let scopes = scopes.and_then(|it| it.to_str().ok()).unwrap_or_default();
        Ok(scopes
            .split(',')
            .map(|scope| scope.trim().to_owned())
            .filter(|scope| !scope.is_empty())
            .collect())
    }

    async fn post_form<'a>(
        &self,
        method: &str,
        token: Option<&SecretString>,
        given: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Answer, Failure> {
        let mut form = self.base.clone();
        form.query_pairs_mut().clear().extend_pairs(given);
        let address = format!("{}/{method}", self.base.as_str().trim_end_matches('/'));
        let mut request = Request::post(address).header(
            header::CONTENT_TYPE,
            "application/x-www-form-urlencoded; charset=utf-8",
        );
        if let Some(token) = token {
            let bearer = format!("Bearer {}", token.expose_secret());
            request = request.header(header::AUTHORIZATION, bearer);
        }
        let request = request.body(form.query().unwrap_or_default().to_owned());
        let request = request.map_err(|_| Failure::Api("not_a_token".into()))?;
        let answer = tokio::time::timeout(CALL, self.bare.request(request));
        match answer.await {
            Ok(Ok(answer)) => Ok(Answer(answer.map(Body::new))),
            Ok(Err(error)) if error.is_connect() => Err(Failure::NotSent),
            Ok(Err(_)) | Err(_) => Err(Failure::Lost),
        }
    }

    /// The address, where it is one of Slack's: nothing is posted elsewhere, whoever asks.
    fn responses(&self, address: &str) -> Option<Url> {
        let url: Url = address.parse().ok()?;
        let of_slack = url.scheme() == "https" && url.host_str() == Some(RESPONSES);
        (of_slack || url.origin() == self.base.origin()).then_some(url)
    }
}

/// What came back for a form.
struct Answer(Response<Body>);

impl Answer {
    async fn read(self) -> Result<Value, Failure> {
        let (head, body) = self.0.into_parts();
        if head.status == StatusCode::TOO_MANY_REQUESTS {
            let after = head.headers.get(header::RETRY_AFTER);
            let after = after.and_then(|it| it.to_str().ok()?.parse().ok());
            return Err(Failure::limited(after));
        }
        if head.status != StatusCode::OK {
            return Err(Failure::Http(head.status.as_u16()));
        }
        let body = tokio::time::timeout(CALL, to_bytes(body, ANSWER));
        let Ok(Ok(body)) = body.await else {
            return Err(Failure::Lost);
        };
        let answer: Value = serde_json::from_slice(&body).map_err(|_| Failure::Lost)?;
        let fields = Fields(&answer);
        match fields.text("/error") {
            Some(code) if !fields.is("/ok") => Err(Failure::named(code)),
            _ => confirmed(answer),
        }
    }
}

/// Slack says that it is ok. Something on the way that answers in its place does not, whatever its
/// status: slack-morphism would take that for a success.
fn confirmed(answer: Value) -> Result<Value, Failure> {
    if Fields(&answer).is("/ok") {
        Ok(answer)
    } else {
        Err(Failure::Lost)
    }
}

fn held(token: &SecretString) -> SlackApiToken {
    SlackApiToken::new(SlackApiTokenValue(token.expose_secret().to_owned()))
}

fn secret_address(span: &tracing::Span) -> SlackClientApiCallContext<'_> {
    SlackClientApiCallContext {
        rate_control_params: None,
        token: None,
        tracing_span: span,
        is_sensitive_url: true,
    }
}

async fn within<T>(
    limit: Duration,
    call: impl Future<Output = ClientResult<T>>,
) -> Result<T, Failure> {
    match tokio::time::timeout(limit, call).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(Failure::from(&error)),
        Err(_) => Err(Failure::Lost),
    }
}
