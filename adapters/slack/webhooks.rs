//! Where Slack calls: signed requests, answered as soon as what they say is kept.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use secrecy::SecretString;
use tracing::{info, instrument};

use super::adapter::Slack;
use super::hear::Heard;
use super::oauth::{self, Install};
use super::parse::{Door, parse};
use crate::signature::{is_fresh, signed};

/// 1 MiB.
const BODY: usize = 1 << 20;

/// What the addresses are served by.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) slack: Arc<Slack>,
    /// None where everything comes in by Socket Mode.
    pub(super) signing_secret: Option<SecretString>,
    pub(super) install: Option<Arc<Install>>,
}

/// The addresses: "/slack/events", "/slack/interactive", "/slack/commands", and for installing
/// "/slack/install" and "/slack/oauth".
pub(super) fn router(desk: Desk) -> Router {
    let mut router = Router::new();
    if desk.signing_secret.is_some() {
        router = router
            .route("/slack/events", post(events))
            .route("/slack/interactive", post(interactive))
            .route("/slack/commands", post(commands));
    }
    if desk.install.is_some() {
        router = router
            .route("/slack/install", get(oauth::leave))
            .route("/slack/oauth", get(oauth::come_back));
    }
    router.layer(DefaultBodyLimit::max(BODY)).with_state(desk)
}

async fn events(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> Response {
    answer(&desk, Door::Events, &headers, &body).await
}

async fn interactive(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> Response {
    answer(&desk, Door::Interactive, &headers, &body).await
}

async fn commands(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> Response {
    answer(&desk, Door::Commands, &headers, &body).await
}

#[instrument(name = "adapters.webhook", skip_all, fields(door = ?door))]
async fn answer(desk: &Desk, door: Door, headers: &HeaderMap, body: &[u8]) -> Response {
    if !is_of_slack(desk, headers, body) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(parsed) = parse(door, body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let retry = header(headers, "x-slack-retry-num");
    if let Some(retry) = retry {
        let reason = header(headers, "x-slack-retry-reason").unwrap_or_default();
        info!(retry, reason, "told again");
    }
    match desk.slack.hear(parsed, retry.is_some()).await {
        Heard::Taken => StatusCode::OK.into_response(),
        Heard::Answer(answer) => Json(answer).into_response(),
        Heard::Challenge(challenge) => challenge.into_response(),
        Heard::Down => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// `v0=` and the signature of "v0:", the time, ":" and the body.
fn is_of_slack(desk: &Desk, headers: &HeaderMap, body: &[u8]) -> bool {
    let (Some(secret), Some(time), Some(signature)) = (
        &desk.signing_secret,
        header(headers, "x-slack-request-timestamp"),
        header(headers, "x-slack-signature").and_then(|it| it.strip_prefix("v0=")),
    ) else {
        return false;
    };
    let parts: [&[u8]; 4] = [b"v0:", time.as_bytes(), b":", body];
    let now = desk.slack.services.clock.now();
    signed(secret, &parts, signature) && is_fresh(time, now)
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
