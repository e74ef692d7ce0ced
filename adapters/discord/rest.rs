//! Requests to Discord. Addresses, payloads and answers are serenity's; the request itself is made
//! here, because serenity either waits by itself when Discord says how long to, where the courier
//! cannot see it, or does not tell for how long.
//!
//! The token is only in a header and never in an error.

use std::time::Duration;

use jiff::SignedDuration;
use reqwest;
use reqwest::header::{AUTHORIZATION, HeaderMap, USER_AGENT};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Method, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::http::Route;

use super::failure::Failure;

/// Where Discord is.
const DISCORD: &str = "https://discord.com";

/// What Discord asks robots to call themselves.
const AGENT: &str = concat!("DiscordBot (almanac, ", env!("CARGO_PKG_VERSION"), ")");

/// A request.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) method: Method,
    /// From the origin on, with the query.
    pub(super) path: String,
    pub(super) body: Option<&'a Value>,
    pub(super) files: &'a [File],
}

impl<'a> Call<'a> {
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            body: None,
            files: &[],
        }
    }

    pub(super) fn with(method: Method, path: String, body: &'a Value) -> Self {
        Self {
            method,
            body: Some(body),
            ..Self::get(path)
        }
    }
}

/// The path of a route as serenity knows it.
pub(super) fn at(route: Route<'_>) -> String {
    let whole = route.path();
    whole.strip_prefix(DISCORD).unwrap_or(&whole).to_owned()
}

/// A file that goes with a message.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) kind: String,
    /// What is to be seen, for those who do not see it.
    pub(super) description: Option<String>,
    pub(super) bytes: Vec<u8>,
}

/// Discord's REST API.
pub(super) struct Rest {
    client: Client,
    token: SecretString,
    origin: String,
}

impl Rest {
    /// With a bot's token; at another origin than Discord's own for a stand-in.
    ///
    /// # Errors
    /// Where this machine has no TLS to speak of.
    pub(super) fn new(token: SecretString, origin: Option<&str>) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .use_rustls_tls()
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(20))
            .build()?;
        Ok(Self {
            client,
            token,
            origin: origin.unwrap_or(DISCORD).trim_end_matches('/').to_owned(),
        })
    }

    /// Where requests go.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    pub(super) fn token(&self) -> &SecretString {
        &self.token
    }

    /// Makes a request and reads its answer; `Value::Null` where there is nothing in it.
    ///
    /// # Errors
    /// Why it came to nothing.
    pub(super) async fn call(&self, call: Call<'_>) -> Result<Value, Failure> {
        let url = format!("{}{}", self.origin, call.path);
        let bot = format!("Bot {}", self.token.expose_secret());
        let mut request = self
            .client
            .request(call.method, url)
            .header(USER_AGENT, AGENT)
            .header(AUTHORIZATION, bot);
        if !call.files.is_empty() {
            request = request.multipart(form(call.body, call.files)?);
        } else if let Some(body) = call.body {
            request = request.json(body);
        }
        let request = request
            .build()
            .map_err(|_| Failure::Invalid("the request cannot be written"))?;
        let response = self.client.execute(request).await.map_err(|e| lost(&e))?;
        read(response).await
    }

    /// As [`Rest::call`], with the answer as what it is.
    ///
    /// # Errors
    /// Why it came to nothing.
    pub(super) async fn fetch<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, Failure> {
        let answer = self.call(call).await?;
        serde_json::from_value(answer)
            .map_err(|_| Failure::NoAnswer("its answer is not what it documents"))
    }
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rest").finish_non_exhaustive()
    }
}

fn form(body: Option<&Value>, files: &[File]) -> Result<Form, Failure> {
    let mut form = Form::new();
    if let Some(body) = body {
        form = form.text("payload_json", body.to_string());
    }
    for (at, file) in files.iter().enumerate() {
        let part = Part::bytes(file.bytes.clone())
            .file_name(file.name.clone())
            .mime_str(&file.kind)
            .map_err(|_| Failure::Invalid("a file's kind is none"))?;
        form = form.part(format!("files[{at}]"), part);
    }
    Ok(form)
}

fn lost(error: &reqwest::Error) -> Failure {
    if error.is_connect() {
        Failure::NotSent("no connection")
    } else if error.is_timeout() {
        Failure::NoAnswer("it took too long")
    } else {
        Failure::NoAnswer("the connection broke")
    }
}

/// What Discord says when it turns a request down.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Refusal {
    code: u64,
    message: String,
    retry_after: Option<f64>,
    global: bool,
}

async fn read(response: Response) -> Result<Value, Failure> {
    let status = response.status();
    let headers = response.headers().clone();
    let bytes = response.bytes().await.map_err(|e| lost(&e))?;
    if status.is_success() {
        if bytes.is_empty() {
            return Ok(Value::Null);
        }
        return serde_json::from_slice(&bytes)
            .map_err(|_| Failure::NoAnswer("its answer is no JSON"));
    }
    let refusal: Refusal = serde_json::from_slice(&bytes).unwrap_or_default();
    if status.as_u16() == 429
        && let Some(after) = wait(&headers, refusal.retry_after)
    {
        return Err(Failure::Limited {
            after,
            everywhere: refusal.global || is_global(&headers),
        });
    }
    Err(Failure::Answered {
        status: status.as_u16(),
        code: refusal.code,
        message: refusal.message.chars().take(200).collect(),
    })
}

/// The body has fractions of a second where the header is rounded up: the longer one is right.
fn wait(headers: &HeaderMap, said: Option<f64>) -> Option<SignedDuration> {
    let header = headers
        .get("retry-after")
        .and_then(|it| it.to_str().ok())
        .and_then(|it| it.parse::<f64>().ok());
    let seconds = said.into_iter().chain(header).reduce(f64::max)?;
    SignedDuration::try_from_secs_f64(seconds.max(0.0)).ok()
}

/// Told so, or turned away before Discord itself was reached, which names no bucket.
fn is_global(headers: &HeaderMap) -> bool {
    headers.contains_key("x-ratelimit-global")
        || headers
            .get("x-ratelimit-scope")
            .is_some_and(|it| it == "global")
        || !(headers.contains_key("x-ratelimit-bucket")
            || headers.contains_key("x-ratelimit-scope"))
}
