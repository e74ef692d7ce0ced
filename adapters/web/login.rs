//! Coming in from beyond loopback: the login link the operator hands out, or its key typed in.

use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::Access;
use super::adapter::Web;
use super::problem::Problem;
use super::render;

/// The link's or the form's key.
#[derive(Deserialize)]
pub(super) struct Key {
    key: Option<String>,
}

/// `GET /login?key=...`, or the form that asks for the key.
pub(super) async fn show(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Query(Key { key }): Query<Key>,
) -> Response {
    match key {
        Some(key) => open(&web, &headers, &key),
        None => render::html(render::login_page(&web, None)).into_response(),
    }
}

/// `POST /login`
pub(super) async fn submit(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Form(Key { key }): Form<Key>,
) -> Response {
    open(&web, &headers, key.as_deref().unwrap_or_default().trim())
}

fn open(web: &Web, headers: &HeaderMap, key: &str) -> Response {
    if matches!(web.options.access, Access::Loopback) {
        return Redirect::to("/").into_response();
    }
    if web.throttle.tired() {
        return refuse(web, &Problem::Tired);
    }
    let Some(cookie) = web.options.access.login(headers, key, web.clock.now()) else {
        web.throttle.failed();
        return refuse(web, &Problem::Key);
    };
    // A page that goes on by itself, not a redirect: a strict cookie would not follow a redirect
    // that began at a link on another site. The page's own address, with the key in it, is
    // replaced and is told to nobody.
    let headers = [
        (header::SET_COOKIE, cookie),
        (
            header::REFERRER_POLICY,
            axum::http::HeaderValue::from_static("no-referrer"),
        ),
    ];
    (StatusCode::OK, headers, render::html(render::bounce(web))).into_response()
}

fn refuse(web: &Web, problem: &Problem) -> Response {
    let page = render::login_page(web, Some(&problem.sentence(web.words)));
    (problem.status(), render::html(page)).into_response()
}
