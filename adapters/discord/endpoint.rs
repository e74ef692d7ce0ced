//! `POST /discord/interactions`: interactions over HTTP, signed by Discord, where the developer
//! portal has an "Interactions Endpoint URL". They are read as those of the gateway are.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serenity::all::Interaction;
use serenity::interactions_endpoint::Verifier;
use tracing::instrument;

use super::adapter::Almanac;
use super::respond::First;
use crate::signature::is_fresh;

/// Where Discord sends interactions to.
pub(super) const PATH: &str = "/discord/interactions";
/// The largest body that is read, in bytes.
const LARGEST: usize = 1 << 20;
/// How long the first answer is on its way once it has left here.
const ON_ITS_WAY: Duration = Duration::from_millis(100);

struct Endpoint {
    almanac: Arc<Almanac>,
    verifier: Verifier,
}

/// The endpoint, believing only who signs with this key.
pub(super) fn router(almanac: Arc<Almanac>, verifier: Verifier) -> Router {
    Router::new()
        .route(PATH, post(interaction))
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(Arc::new(Endpoint { almanac, verifier }))
}

/// `POST /discord/interactions`
#[instrument(name = "adapters.webhook", skip_all)]
async fn interaction(
    State(endpoint): State<Arc<Endpoint>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let header = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    let signed = header("x-signature-ed25519").zip(header("x-signature-timestamp"));
    let now = endpoint.almanac.services.clock.now();
    let believed = signed.is_some_and(|(signature, at)| {
        is_fresh(at, now) && endpoint.verifier.verify(signature, at, &body).is_ok()
    });
    if !believed {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(asked) = serde_json::from_slice::<Interaction>(&body) else {
        tracing::info!("an interaction of a kind that is not known");
        return StatusCode::BAD_REQUEST.into_response();
    };
    let First {
        response,
        on_its_way,
        ..
    } = endpoint.almanac.take(&asked).await;
    if let Some(on_its_way) = on_its_way {
        tokio::spawn(async move {
            tokio::time::sleep(ON_ITS_WAY).await;
            drop(on_its_way);
        });
    }
    Json(response).into_response()
}
