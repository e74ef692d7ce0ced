//! The list of everything the web answers.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};
use axum::{Router, http::StatusCode};

use super::adapter::Web;
use super::{ask, assets, events, files, guard, home, login, press, rest};

/// The largest request body, in bytes.
pub(super) const MAX_BODY_BYTES: usize = 1 << 20;

/// Everything the web answers.
pub(super) fn router(web: Arc<Web>) -> Router {
    Router::new()
        .route("/", get(home::show))
        .route("/ask", post(ask::ask))
        .route("/press", post(press::press))
        .route("/new", post(home::new_chat))
        .route("/events", get(events::stream))
        .route("/charts/{file}", get(files::chart))
        .route("/export/{file}", get(files::export))
        .route("/login", get(login::show).post(login::submit))
        .route("/assets/{file}", get(assets::serve))
        .route("/healthz", get(|| async { "ok" }))
        .route("/api/v1/ask", post(rest::ask).fallback(rest::not_so))
        .route("/api/v1/ask/{id}", get(rest::answer).fallback(rest::not_so))
        .route("/api", any(rest::nothing))
        .route("/api/", any(rest::nothing))
        .route("/api/{*rest}", any(rest::nothing))
        .fallback(|| async { (StatusCode::NOT_FOUND, "There is nothing here.") })
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(from_fn_with_state(Arc::clone(&web), guard::guard))
        .with_state(web)
}
