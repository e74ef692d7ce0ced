//! The door of the Web API: who calls, with what, and whether that goes wrong today.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Query, Request, State as Of};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use serde_json::{Value, json};

use super::fault::Fault;
use super::state::{Holder, State};
use super::{chat, files, other};

/// Methods that take no JSON.
const PARAMETERS_ONLY: [&str; 5] = [
    "auth.revoke",
    "conversations.history",
    "conversations.replies",
    "files.getUploadURLExternal",
    "oauth.v2.access",
];

/// An answer: what goes into it beside `ok`, or the error.
pub(super) type Answer = Result<Value, &'static str>;

/// Who calls, and with what.
pub(super) struct Call {
    pub(super) holder: Holder,
    pub(super) body: Value,
}

impl Call {
    /// A text among the arguments.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let text = self.body.get(name)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Takes a call.
pub(super) async fn take(
    Of(state): Of<Arc<State>>,
    Path(method): Path<String>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, 1 << 22).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body: Option<Value> = serde_json::from_slice(&bytes).ok();
    let body = match body {
        Some(body) if head.method == Method::POST => {
            if PARAMETERS_ONLY.contains(&method.as_str()) {
                state.with(|kept| kept.breach(format!("{method} takes no JSON")));
            }
            body
        }
        _ => {
            let given = match std::str::from_utf8(&bytes) {
                Ok(form) if head.method == Method::POST => format!("/?{form}").parse(),
                _ => Ok(head.uri.clone()),
            };
            let given = given.unwrap_or_default();
            let query = Query::<Vec<(String, String)>>::try_from_uri(&given);
            let pairs = query.map(|Query(pairs)| pairs).unwrap_or_default();
            let pairs = pairs.into_iter();
            pairs
                .map(|(name, value)| (name, Value::String(value)))
                .collect()
        }
    };
    let fault = state.with(|kept| {
        *kept.called.entry(method.clone()).or_default() += 1;
        kept.calls.push_back((method.clone(), body.clone()));
        kept.faults
            .get_mut(&method)
            .and_then(std::collections::VecDeque::pop_front)
    });
    let token = head
        .headers
        .get(header::AUTHORIZATION)
        .and_then(|it| it.to_str().ok())
        .and_then(|it| it.strip_prefix("Bearer "))
        .unwrap_or_default()
        .to_owned();
    let act = || answer(&state, &method, &token, body);
    match fault {
        None => act(),
        Some(Fault::Slow(wait)) => {
            tokio::time::sleep(wait).await;
            act()
        }
        Some(Fault::Done) => {
            let _ = act();
            broken()
        }
        Some(fault) => misbehave(fault),
    }
}

/// What a fault is on the wire, where nothing is done.
pub(super) fn misbehave(fault: Fault) -> Response {
    match fault {
        Fault::Limited(seconds) => {
            let heads = [(header::RETRY_AFTER, seconds.to_string())];
            let told = Json(json!({"ok": false, "error": "ratelimited"}));
            (StatusCode::TOO_MANY_REQUESTS, heads, told).into_response()
        }
        Fault::Said(answer) => Json(answer).into_response(),
        Fault::Error(error) => Json(json!({"ok": false, "error": error})).into_response(),
        Fault::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Fault::Done | Fault::Dropped | Fault::Slow(_) => broken(),
    }
}

/// A connection that breaks in the middle of the answer.
fn broken() -> Response {
    let torn = futures::stream::iter([Err::<Bytes, _>(std::io::Error::other("cut"))]);
    Body::from_stream(torn).into_response()
}

fn answer(state: &State, method: &str, token: &str, body: Value) -> Response {
    if method == "oauth.v2.access" {
        return wire(other::access(state, &body), String::new());
    }
    let gives_back = method == "auth.revoke";
    let (holder, scopes) = state.with(|kept| {
        let holder = kept.tokens.get(token).cloned();
        let gone = kept.revoked.iter().any(|it| it == token);
        let holder = match holder {
            Some(_) if gone => Err("token_revoked"),
            Some(holder) => Ok(holder),
            None if token.is_empty() => Err("not_authed"),
            None => Err("invalid_auth"),
        };
        (holder, kept.scopes.clone())
    });
    let answer = holder.and_then(|holder| {
        if gives_back {
            state.with(|kept| kept.revoked.push(token.to_owned()));
            return Ok(json!({"revoked": true}));
        }
        act(state, method, &Call { holder, body })
    });
    wire(answer, scopes)
}

fn wire(answer: Answer, scopes: String) -> Response {
    let told = match answer {
        Ok(mut answer) => {
            answer["ok"] = json!(true);
            answer
        }
        Err(error) => json!({"ok": false, "error": error}),
    };
    let scopes = [("x-oauth-scopes", scopes)];
    (scopes, Json(told)).into_response()
}

fn act(state: &State, method: &str, call: &Call) -> Answer {
    match method {
        "chat.postMessage" => chat::post(state, call),
        "chat.postEphemeral" => chat::post_ephemeral(state, call),
        "chat.update" => chat::update(state, call),
        "chat.delete" => chat::delete(state, call),
        "chat.startStream" => chat::start_stream(state, call),
        "chat.appendStream" => chat::append_stream(state, call),
        "chat.stopStream" => chat::stop_stream(state, call),
        "conversations.history" | "conversations.replies" => chat::history(state, call),
        "files.getUploadURLExternal" => files::announce(state, call),
        "files.completeUploadExternal" => files::complete(state, call),
        _ => other::act(state, method, call),
    }
}
