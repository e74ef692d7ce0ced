//! A browser on the page: let in, and with a chat of its own.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};

use super::adapter::Web;
use super::problem::Problem;
use super::render;
use super::session::Session;

/// The header by which the page's script asks for a piece of the page instead of a new page.
pub(super) const FRAGMENT: &str = "x-almanac-fragment";

/// A browser that may see the page.
pub(super) struct Visitor {
    /// Its chat.
    pub(super) session: Session,
    /// The cookie to give it, where the chat is new.
    pub(super) cookie: Option<HeaderValue>,
    /// The page's script asks.
    pub(super) fragment: bool,
}

impl Visitor {
    /// The response, with the cookie of a new chat.
    pub(super) fn respond(&self, response: impl IntoResponse) -> Response {
        let mut response = response.into_response();
        if let Some(cookie) = &self.cookie {
            response
                .headers_mut()
                .append(header::SET_COOKIE, cookie.clone());
        }
        response
    }

    /// The response that says what went wrong.
    pub(super) fn refuse(&self, web: &Web, problem: &Problem) -> Response {
        let sentence = problem.sentence(web.words);
        let body = if self.fragment {
            render::notice(&sentence)
        } else {
            render::problem_page(web, &sentence)
        };
        self.respond((problem.status(), render::html(body)))
    }
}

impl FromRequestParts<Arc<Web>> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Response> {
        let headers = &parts.headers;
        let found = Session::of(headers);
        // A link on another site is followed without our strict cookies: come again from here,
        // so that the chat that is there is not replaced by a new one.
        if found.is_none() && parts.method == "GET" && came_from_elsewhere(headers) {
            return Err(render::html(render::bounce(web)).into_response());
        }
        let fragment = headers.contains_key(FRAGMENT);
        if !web.options.access.opens_page(headers, web.clock.now()) {
            let page = if fragment {
                render::notice(web.words.login_needed)
            } else {
                render::login_page(web, None)
            };
            return Err((StatusCode::UNAUTHORIZED, render::html(page)).into_response());
        }
        let (session, cookie) = match found {
            Some(session) => (session, None),
            None => {
                let session = Session::fresh().map_err(|error| {
                    tracing::error!(%error, "no randomness for a session");
                    StatusCode::SERVICE_UNAVAILABLE.into_response()
                })?;
                (session, session.cookie(headers))
            }
        };
        Ok(Self {
            session,
            cookie,
            fragment,
        })
    }
}

fn came_from_elsewhere(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "cross-site" || site == "same-site")
}
