//! Updates to the webhook, `POST /telegram/webhook`: believed if they carry the secret that was given
//! to Telegram, acknowledged as soon as the line has them.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use tokio_util::sync::CancellationToken;
use tracing::{error, instrument, warn};

use super::intake::{Intake, Took};
use super::listen::Pause;
use super::section::Hook;
use super::setup;
use super::trouble::Trouble;

/// Where Telegram posts to.
pub(super) const PATH: &str = "/telegram/webhook";
/// The largest update, in bytes.
const LARGEST: usize = 1 << 20;
const HEADER: &str = "x-telegram-bot-api-secret-token";

/// The webhook's route.
pub(super) fn router(intake: Intake, secret: SecretString) -> Router {
    Router::new()
        .route(PATH, post(receive))
        .with_state(intake)
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn_with_state(Arc::new(secret), guard))
}

/// Turns away who does not know the secret, before anything of the body is read.
async fn guard(
    State(secret): State<Arc<SecretString>>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    let claimed = headers.get(HEADER).map(|value| value.as_bytes());
    if !claimed.is_some_and(|claimed| is_secret(&secret, claimed)) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    next.run(request).await
}

#[instrument(name = "adapters.receive", skip_all)]
async fn receive(State(intake): State<Intake>, body: Bytes) -> StatusCode {
    let Ok(update) = serde_json::from_slice(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    match intake.take(&update).await {
        Ok(Took::Done) => StatusCode::OK,
        Ok(Took::Again) => StatusCode::SERVICE_UNAVAILABLE,
        Err(_) => StatusCode::BAD_REQUEST,
    }
}

/// Whether it is the secret, in a time that does not tell how much of it is right.
fn is_secret(secret: &SecretString, claimed: &[u8]) -> bool {
    let tag = |bytes: &[u8]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()).ok()?;
        mac.update(bytes);
        Some(mac)
    };
    let (Some(ours), Some(theirs)) = (tag(secret.expose_secret().as_bytes()), tag(claimed)) else {
        return false;
    };
    theirs.verify(&ours.finalize().into_bytes()).is_ok()
}

/// Tells Telegram of the webhook, and waits until told to stop.
#[instrument(name = "adapters.listen", skip_all, fields(bot = intake.me.id))]
pub(super) async fn announce(intake: Intake, hook: Hook, stop: CancellationToken) {
    let mut pause = Pause::default();
    loop {
        let begun = tokio::select! {
            () = stop.cancelled() => return,
            begun = setup::begin(&intake, Some(&hook)) => begun,
        };
        let wait = match begun {
            Ok(()) => {
                stop.cancelled().await;
                return;
            }
            Err(Trouble::Revoked) => {
                error!("the token is no longer good");
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = setup::park(&intake) => {}
                }
                return;
            }
            Err(Trouble::Limited(after)) => after.try_into().unwrap_or_default(),
            Err(trouble) => {
                warn!(%trouble, "the webhook was not announced");
                pause.next()
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}
