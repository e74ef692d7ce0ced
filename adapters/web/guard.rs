//! What every request passes and every response carries: the host check, the same-origin check,
//! and the headers that tie the browser's hands.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Access;
use super::adapter::Web;

/// Nothing from elsewhere, nothing inline, nowhere to send a form but here.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The headers of every response that does not set its own.
const HEADERS: [(HeaderName, HeaderValue); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    // "no-referrer" would also hide the origin of our own forms from the same-origin check.
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Lets a request through, or says why not.
pub(super) async fn guard(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&web, &request) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

fn refusal(web: &Web, request: &Request) -> Option<(StatusCode, &'static str)> {
    let host = host(request);
    let loopback = matches!(web.options.access, Access::Loopback);
    // A site whose name is made to point at this machine would otherwise read it as its own.
    if loopback && !host.is_some_and(is_loopback) && request.uri().path() != "/healthz" {
        return Some((
            StatusCode::MISDIRECTED_REQUEST,
            "This address serves localhost only. Open it as http://localhost.",
        ));
    }
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if safe || same_origin(request.headers(), host, request.uri().path()) {
        return None;
    }
    Some((
        StatusCode::FORBIDDEN,
        "This request came from another site.",
    ))
}

fn host(request: &Request) -> Option<&str> {
    match request.headers().get(header::HOST) {
        Some(host) => host.to_str().ok(),
        None => request
            .uri()
            .authority()
            .map(axum::http::uri::Authority::as_str),
    }
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// Browsers name the origin of what they post. Programs do not, and only the API is for them.
fn same_origin(headers: &HeaderMap, host: Option<&str>, path: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match text(header::ORIGIN) {
        Some(origin) => host.is_some() && origin.split_once("://").map(|(_, at)| at) == host,
        None => path.starts_with("/api/"),
    }
}
