//! The Graph API over HTTP: the one file that makes requests. What comes back is either what was
//! asked for or a [`Trouble`]; neither ever has the token, an address or a body in it.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value as Json;

use super::errors::{Refusal, Trouble};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a connection may take.
const CONNECTING: Duration = Duration::from_secs(5);
/// How long a connection is kept for the next request.
const IDLE: Duration = Duration::from_secs(60);
/// The longest answer that is read, in bytes.
const MOST_READ: usize = 4 << 20;

/// The Graph API as one installation reaches it.
pub(super) struct Graph {
    client: Client,
    base: String,
    token: SecretString,
}

/// The client that WhatsApp's requests go through: it follows no redirects, because the token goes
/// with every request.
///
/// # Errors
/// Where TLS cannot be set up.
pub(super) fn client() -> Result<Client, reqwest::Error> {
    Client::builder()
        .user_agent(concat!("Almanac/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECTING)
        .timeout(PATIENCE)
        .pool_idle_timeout(IDLE)
        .tcp_nodelay(true)
        .build()
}

impl Graph {
    /// At `base`, without a slash at its end: `https://graph.facebook.com/v23.0`.
    pub(super) fn new(client: Client, base: &str, token: SecretString) -> Self {
        Self {
            client,
            base: base.trim_end_matches('/').to_owned(),
            token,
        }
    }

    /// What stands at a path, with parameters.
    pub(super) async fn get(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
    ) -> Result<Json, Trouble> {
        let request = self
            .client
            .get(format!("{}/{path}", self.base))
            .query(parameters);
        self.ask(request).await
    }

    /// Sends a message: its `wamid`.
    pub(super) async fn message(&self, number: &str, message: &Json) -> Result<String, Trouble> {
        let answer = self.post(&format!("{number}/messages"), message).await?;
        let id = answer.pointer("/messages/0/id").and_then(Json::as_str);
        id.map(str::to_owned)
            .ok_or_else(|| Trouble::Unclear("the answer has no message in it".into()))
    }

    /// Says something of a message that came: that it is read.
    pub(super) async fn mark(&self, number: &str, mark: &Json) -> Result<(), Trouble> {
        self.post(&format!("{number}/messages"), mark)
            .await
            .map(drop)
    }

    /// Uploads a file: its media id.
    pub(super) async fn upload(
        &self,
        number: &str,
        (name, kind, bytes): (String, &str, Vec<u8>),
    ) -> Result<String, Trouble> {
        let file = Part::bytes(bytes)
            .file_name(name)
            .mime_str(kind)
            .map_err(|_| Trouble::NotSent("the file has no proper type".into()))?;
        let form = Form::new()
            .text("messaging_product", "whatsapp")
            .text("type", kind.to_owned())
            .part("file", file);
        let request = self
            .client
            .post(format!("{}/{number}/media", self.base))
            .multipart(form);
        let answer = self.ask(request).await?;
        let id = answer.get("id").and_then(Json::as_str);
        id.map(str::to_owned)
            .ok_or_else(|| Trouble::Unclear("the answer has no media in it".into()))
    }

    async fn post(&self, path: &str, body: &Json) -> Result<Json, Trouble> {
        self.ask(self.client.post(format!("{}/{path}", self.base)).json(body))
            .await
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that sends WhatsApp's requests, through the client it was given"
    )]
    async fn ask(&self, request: RequestBuilder) -> Result<Json, Trouble> {
        let request = request.bearer_auth(self.token.expose_secret());
        let mut response = request.send().await.map_err(|error| unreached(&error))?;
        let status = response.status();
        let wait = wait(response.headers());
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(_)) if body.len() > MOST_READ => {
                    return Err(Trouble::Unclear("the answer is too long".into()));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Ok(None) => break,
                Err(_) => return Err(Trouble::Unclear("the answer broke off".into())),
            }
        }
        let answer: Json = serde_json::from_slice(&body).unwrap_or(Json::Null);
        if let Some(refusal) = Refusal::read(status.as_u16(), &answer, wait) {
            return Err(Trouble::Said(refusal));
        }
        if status.is_success() && !answer.is_null() {
            return Ok(answer);
        }
        // Something before the Graph API answered, or it broke while answering.
        if status.is_success() || status.is_server_error() && status.as_u16() != 503 {
            return Err(Trouble::Unclear(format!("HTTP {status} without words")));
        }
        let refusal = Refusal {
            status: status.as_u16(),
            code: 0,
            words: format!("HTTP {status} without words"),
            transient: false,
            wait,
        };
        Err(Trouble::Said(refusal))
    }
}

/// The error without its address: what was asked for is nobody's business in a log.
fn unreached(error: &reqwest::Error) -> Trouble {
    if error.is_connect() {
        return Trouble::NotSent("the Graph API could not be reached".into());
    }
    if error.is_builder() {
        return Trouble::NotSent("the request could not be made".into());
    }
    if error.is_timeout() {
        return Trouble::Unclear("the Graph API did not answer in time".into());
    }
    Trouble::Unclear("the connection broke before an answer came".into())
}

/// How long the platform says to wait: `Retry-After` in seconds, or the minutes in its report of how
/// much was used.
fn wait(headers: &HeaderMap) -> Option<SignedDuration> {
    let after = headers
        .get(RETRY_AFTER)
        .and_then(|it| it.to_str().ok()?.trim().parse::<u32>().ok())
        .map(|seconds| SignedDuration::from_secs(i64::from(seconds)));
    after.or_else(|| {
        let usage = headers.get("x-business-use-case-usage")?.to_str().ok()?;
        let usage: Json = serde_json::from_str(usage).ok()?;
        let reports = usage.as_object()?.values().filter_map(Json::as_array);
        let minutes = reports
            .flatten()
            .filter_map(|it| it.get("estimated_time_to_regain_access")?.as_u64())
            .max()?;
        let minutes = u32::try_from(minutes.min(24 * 60)).ok()?;
        (minutes > 0).then(|| SignedDuration::from_mins(i64::from(minutes)))
    })
}
