//! Slack's Web API, called through slack-morphism: one place that decides on time-outs, on where
//! the API is, and on what is told of a failure. Tokens, bodies and addresses are in none of it.

use std::time::Duration;

use axum::http::Request;
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
    SlackClientHttpConnector, SlackClientId, SlackClientSecret,
};

use super::failure::Failure;
use crate::SectionError;

/// Longer than any call takes, shorter than anybody's patience.
const CALL: Duration = Duration::from_secs(10);

/// For a picture over a slow line.
const UPLOAD: Duration = Duration::from_secs(30);

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
    /// The API at an address: "https://slack.com/api". Plain HTTP only where the address says so.
    pub(super) fn at(address: &str) -> Result<Self, SectionError> {
        let wrong = |_| {
            SectionError::Key(format!(
                "[slack] api_url: expected an address like {}",
                super::config::API
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
        within(CALL, session.http_session_api.http_post(method, body, None)).await
    }

    /// Calls a method that takes parameters only.
    pub(super) async fn ask(
        &self,
        token: &SecretString,
        method: &str,
        parameters: Vec<(&str, Option<String>)>,
    ) -> Result<Value, Failure> {
        let token = held(token);
        let session = self.client.open_session(&token);
        let call = session.http_session_api.http_get(method, &parameters, None);
        within(CALL, call).await
    }

    /// Exchanges what a browser brought back for a token.
    pub(super) async fn exchange(
        &self,
        client_id: &str,
        client_secret: &SecretString,
        code: &str,
    ) -> Result<Value, Failure> {
        let connector = &self.client.http_api.connector;
        let mut url = connector
            .create_method_uri_path("oauth.v2.access")
            .map_err(|error| Failure::from(&error))?;
        url.query_pairs_mut().append_pair("code", code);
        let id = SlackClientId(client_id.to_owned());
        let secret = SlackClientSecret(client_secret.expose_secret().to_owned());
        within(
            CALL,
            connector.http_get_with_client_secret(url, &id, &secret),
        )
        .await
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
        let address = format!("{}/auth.test", self.base.as_str().trim_end_matches('/'));
        let bearer = format!("Bearer {}", token.expose_secret());
        let request = Request::post(address)
            .header("authorization", bearer)
            .body(String::new())
            .map_err(|_| Failure::Api("not_a_token".into()))?;
        let answer = tokio::time::timeout(CALL, self.bare.request(request));
        let answer = match answer.await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) if error.is_connect() => return Err(Failure::NotSent),
            Ok(Err(_)) | Err(_) => return Err(Failure::Lost),
        };
        let scopes = answer.headers().get("x-oauth-scopes");
        let scopes = scopes.and_then(|it| it.to_str().ok()).unwrap_or_default();
        Ok(scopes
            .split(',')
            .map(|scope| scope.trim().to_owned())
            .filter(|scope| !scope.is_empty())
            .collect())
    }

    /// The address, where it is one of Slack's: nothing is posted elsewhere, whoever asks.
    fn responses(&self, address: &str) -> Option<Url> {
        let url: Url = address.parse().ok()?;
        let of_slack = url.scheme() == "https" && url.host_str() == Some(RESPONSES);
        (of_slack || url.origin() == self.base.origin()).then_some(url)
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
