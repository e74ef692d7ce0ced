//! The door: Meta proves itself once with a word we gave it, and then with a signature on every body.
//! A body is acknowledged when all of it is on the line; if anything is not, Meta brings it all again.

use std::sync::Arc;

use almanac_agent_contract::Services;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;
use tracing::{error, info, instrument};

use super::inbound::inbound;
use super::receipts::{self, Noted};
use super::update::{Update, parse};
use crate::signature::signed;

/// Where Meta calls, on the service's own address.
pub const WEBHOOK_PATH: &str = "/whatsapp/webhook";

/// The largest body, in bytes: Meta's own go up to 3 MB, and one that is refused is lost in the end.
const MOST: usize = 3 << 20;
/// The longest challenge that is given back.
const CHALLENGE: usize = 200;

/// What the door knows.
pub(super) struct Door {
    /// The id of the number that is served.
    pub(super) number: String,
    /// Signs the bodies.
    pub(super) app_secret: SecretString,
    /// The word.
    pub(super) verify_token: SecretString,
    /// The line behind it.
    pub(super) services: Services,
}

/// The route.
pub(super) fn router(door: Door) -> Router {
    Router::new()
        .route(WEBHOOK_PATH, get(verify).post(receive))
        .layer(DefaultBodyLimit::max(MOST))
        .with_state(Arc::new(door))
}

#[derive(Deserialize)]
struct Verification {
    #[serde(rename = "hub.mode", default)]
    mode: String,
    #[serde(rename = "hub.verify_token", default)]
    token: String,
    #[serde(rename = "hub.challenge", default)]
    challenge: String,
}

#[instrument(name = "adapters.verify", skip_all)]
async fn verify(State(door): State<Arc<Door>>, asked: Query<Verification>) -> Response {
    let Query(Verification {
        mode,
        token,
        challenge,
    }) = asked;
    let ours = door.verify_token.expose_secret();
    let plain =
        challenge.bytes().all(|b| b.is_ascii_alphanumeric()) && challenge.len() <= CHALLENGE;
    if mode != "subscribe" || !same(ours, &token) || !plain {
        return StatusCode::FORBIDDEN.into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, challenge).into_response()
}

#[instrument(name = "adapters.receive", skip_all, fields(installation = door.number))]
async fn receive(State(door): State<Arc<Door>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers
        .get("x-hub-signature-256")
        .and_then(|it| it.to_str().ok()?.strip_prefix("sha256="));
    if !signature.is_some_and(|hex| signed(&door.app_secret, &[&body], hex)) {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(updates) = parse(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    let mut statuses = Vec::new();
    for update in updates {
        match update {
            Update::Message(message) if message.number == door.number => {
                let inbound = inbound(message, &door.services);
                if let Err(failed) = door.services.line.accept(inbound).await {
                    error!(%failed, "an event was not taken");
                    return StatusCode::SERVICE_UNAVAILABLE;
                }
            }
            Update::Status(status) if status.number == door.number => statuses.push(status),
            Update::Message(_) | Update::Status(_) => {
                info!("ignored what another number was told");
            }
            Update::Ignored(what) => info!(what, "ignored"),
        }
    }
    match receipts::note(statuses, &door.services).await {
        Noted::All => StatusCode::OK,
        Noted::NotYet => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Whether two words are the same, in a time that does not tell where they differ.
fn same(ours: &str, theirs: &str) -> bool {
    let mac = |word: &str| {
        Hmac::<Sha256>::new_from_slice(ours.as_bytes())
            .ok()
            .map(|mac| mac.chain_update(word.as_bytes()))
    };
    let (Some(ours), Some(theirs)) = (mac(ours), mac(theirs)) else {
        return false;
    };
    ours.verify(&theirs.finalize().into_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn words_are_the_same_or_not() {
        assert!(same("a word", "a word"));
        for other in ["", "a wor", "a word ", "A word"] {
            assert!(!same("a word", other), "{other}");
        }
    }
}
