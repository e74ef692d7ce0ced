//! The Graph API: messages and marks, uploads, and what can be read of the number and the account.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State as Extracted};
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use axum::routing::any;
use serde_json::{Value as Json, json};

use super::description::description;
use super::faults::{self, Edge, Fault, answer, error};
use super::limits;
use super::payload::{self, NUMBER};
use super::reads::reads;
use super::state::{Sent, Shared, State, Upload, keep};
use super::webhook;
use crate::openapi;

/// How long a window is open, in seconds.
const WINDOW: i64 = 24 * 60 * 60;

type App = Extracted<Arc<Shared>>;

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/{version}/{id}", any(node))
        .route("/{version}/{id}/{edge}", any(edge))
        .layer(DefaultBodyLimit::max(110 << 20))
        .with_state(shared)
}

async fn node(
    Extracted(shared): App,
    Path((_, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    reads(shared, (id, String::new()), parts).await
}

async fn edge(
    Extracted(shared): App,
    Path((_, id, edge)): Path<(String, String, String)>,
    request: Request,
) -> Response {
    match (request.method(), edge.as_str()) {
        (&Method::POST, "messages") => messages(shared, id, request).await,
        (&Method::POST, "media") => media(shared, id, request).await,
        _ => {
            let (parts, _) = request.into_parts();
            reads(shared, (id, edge), parts).await
        }
    }
}

async fn messages(shared: Arc<Shared>, number: String, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let headers = request.headers().clone();
    if let Some(refused) = unauthorized(&shared, &headers) {
        return refused;
    }
    if number != NUMBER {
        return error(100);
    }
    let bytes = axum::body::to_bytes(request.into_body(), 1 << 20).await;
    let Ok(body) = serde_json::from_slice::<Json>(&bytes.unwrap_or_default()) else {
        shared.state().breach(vec!["a message is not JSON".into()]);
        return error(100);
    };
    let mark = body.get("status").is_some();
    let fault = shared.fault(if mark { Edge::Marks } else { Edge::Messages });
    if let Some(refused) = refusal(fault.as_ref()).await {
        return refused;
    }
    described(&shared, "POST", &path, Some((openapi::JSON, &body)));
    if mark {
        keep(&mut shared.state().marks, body, shared.settings.keep);
        return done(fault.as_ref(), &json!({"success": true}));
    }
    let broken = limits::breaches(&body, &shared.state());
    if !broken.is_empty() {
        shared.state().breach(broken);
        return error(131_009);
    }
    let later = match allowed(&shared, &body) {
        Ok(later) => later,
        Err(code) => return error(code),
    };
    let later = match fault {
        Some(Fault::FailsLater(code)) => Some(code),
        _ => later,
    };
    let sent = taken(&shared, body);
    let id = sent.id.clone();
    let input = sent.to.clone();
    webhook::tell(&shared, sent, later);
    let taken = json!({
        "messaging_product": "whatsapp",
        "contacts": [{"input": input, "wa_id": input}],
        "messages": [{"id": id}],
    });
    done(fault.as_ref(), &taken)
}

fn taken(shared: &Shared, body: Json) -> Sent {
    let mut state = shared.state();
    let id = format!("wamid.HBgL{:016}", state.next_id());
    let to = limits::addressee(&body).to_owned();
    let sent = Sent { id, to, body };
    keep(&mut state.sent, sent.clone(), shared.settings.keep);
    sent
}

/// Whether the message may go to the person: else the code, or the one that a status tells later.
fn allowed(shared: &Shared, body: &Json) -> Result<Option<i64>, i64> {
    let now = shared.now();
    let mut state = shared.state();
    let to = limits::addressee(body).to_owned();
    if state.blocked.contains(&to) {
        return Err(131_026);
    }
    if shared.settings.paced {
        paced(&mut state, &to)?;
    }
    if body["type"] == "template" {
        return template(&state, &body["template"]).map(|()| None);
    }
    let open = state.heard.get(&to).is_some_and(|at| now - at < WINDOW);
    match (open, state.silent) {
        (true, _) => Ok(None),
        (false, true) => Ok(Some(131_047)),
        (false, false) => Err(131_047),
    }
}

fn paced(state: &mut State, to: &str) -> Result<(), i64> {
    let now = Instant::now();
    while state
        .recent
        .front()
        .is_some_and(|(at, _)| now.duration_since(*at) > Duration::from_secs(6))
    {
        state.recent.pop_front();
    }
    let second = Duration::from_secs(1);
    let lately = state.recent.iter().rev();
    let in_a_second = lately
        .take_while(|(at, _)| now.duration_since(*at) <= second)
        .count();
    if in_a_second >= 80 {
        return Err(130_429);
    }
    if state.recent.iter().filter(|(_, it)| it == to).count() >= 45 {
        return Err(131_056);
    }
    state.recent.push_back((now, to.to_owned()));
    Ok(())
}

/// A template is sent as it was approved, or not at all.
fn template(state: &State, sent: &Json) -> Result<(), i64> {
    let known = state
        .templates
        .iter()
        .find(|it| it["name"] == sent["name"] && it["language"] == sent["language"]["code"]);
    let Some(known) = known else {
        return Err(132_001);
    };
    match known["status"].as_str() {
        Some("APPROVED") => {}
        Some("PAUSED") => return Err(132_015),
        Some("DISABLED") => return Err(132_016),
        _ => return Err(132_001),
    }
    let components = known["components"].as_array().cloned().unwrap_or_default();
    let body = components.iter().find(|it| it["type"] == "BODY");
    let wanted = body
        .and_then(|it| it["text"].as_str())
        .unwrap_or_default()
        .matches("{{")
        .count();
    let given = sent["components"].as_array().cloned().unwrap_or_default();
    let filled = given.iter().find(|it| it["type"] == "body");
    let filled = filled
        .and_then(|it| it["parameters"].as_array())
        .map_or(0, Vec::len);
    if wanted != filled {
        return Err(132_000);
    }
    let button = components.iter().any(|it| it["type"] == "BUTTONS");
    if given.iter().any(|it| it["type"] == "button") && !button {
        return Err(132_012);
    }
    Ok(())
}

async fn media(shared: Arc<Shared>, number: String, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let headers = request.headers().clone();
    if let Some(refused) = unauthorized(&shared, &headers) {
        return refused;
    }
    let fault = shared.fault(Edge::Media);
    if let Some(refused) = refusal(fault.as_ref()).await {
        return refused;
    }
    let Ok(mut form) = Multipart::from_request(request, &()).await else {
        shared.state().breach(vec!["an upload is no form".into()]);
        return error(100);
    };
    let mut fields = json!({});
    let mut upload = None;
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file = field.file_name().unwrap_or_default().to_owned();
            let kind = field.content_type().unwrap_or_default().to_owned();
            fields["file"] = json!(file);
            upload = Some((file, kind, field.bytes().await.unwrap_or_default().to_vec()));
        } else {
            fields[name] = json!(field.text().await.unwrap_or_default());
        }
    }
    described(
        &shared,
        "POST",
        &path,
        Some(("multipart/form-data", &fields)),
    );
    let Some((name, kind, bytes)) = upload.filter(|_| fields["messaging_product"] == "whatsapp")
    else {
        shared
            .state()
            .breach(vec!["an upload lacks a field".into()]);
        return error(131_008);
    };
    let most = limits::MEDIA.iter().find(|(it, _)| *it == kind);
    let png = kind != "image/png" || bytes.starts_with(b"\x89PNG");
    if number != NUMBER || !png || most.is_none_or(|(_, most)| bytes.len() > *most) {
        let told = format!("{} bytes of {kind} cannot be uploaded", bytes.len());
        shared.state().breach(vec![told]);
        return error(100);
    }
    let mut state = shared.state();
    let id = state.next_media();
    let upload = Upload {
        id: id.clone(),
        name,
        kind,
        bytes,
    };
    keep(&mut state.uploads, upload, shared.settings.keep);
    done(fault.as_ref(), &json!({"id": id}))
}

pub(super) fn unauthorized(shared: &Shared, headers: &HeaderMap) -> Option<Response> {
    let ours = format!("Bearer {}", shared.settings.token);
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|it| it.to_str().ok());
    (given != Some(&ours) || shared.state().revoked).then(|| error(190))
}

pub(super) fn described(shared: &Shared, method: &str, path: &str, body: Option<(&str, &Json)>) {
    if !shared.settings.described {
        return;
    }
    let (media, body) = match body {
        Some((media, body)) => (media, Some(body)),
        None => (openapi::JSON, None),
    };
    let breaches = description().breaches(&openapi::Request {
        method,
        path,
        query: "",
        media,
        body,
    });
    if !breaches.is_empty() {
        shared.state().breach(breaches);
    }
}

/// The fault where nothing is done.
pub(super) async fn refusal(fault: Option<&Fault>) -> Option<Response> {
    match fault? {
        Fault::Code(code) => Some(error(*code)),
        Fault::CodeAfter(code, seconds) => Some(faults::error_with(
            *code,
            "retry-after",
            &seconds.to_string(),
        )),
        Fault::CodeUsage(code, minutes) => {
            let usage = json!({payload::ACCOUNT: [{
                "type": "whatsapp",
                "call_count": 100,
                "total_cputime": 25,
                "total_time": 25,
                "estimated_time_to_regain_access": minutes,
            }]});
            Some(faults::error_with(
                *code,
                "x-business-use-case-usage",
                &usage.to_string(),
            ))
        }
        Fault::Bare(status) => {
            let status = axum::http::StatusCode::from_u16(*status).expect("a status");
            Some(axum::response::IntoResponse::into_response(status))
        }
        Fault::Slow(wait) => {
            tokio::time::sleep(*wait).await;
            None
        }
        Fault::Dropped | Fault::FailsLater(_) | Fault::Strange => None,
    }
}

/// The answer to what was done, unless it gets lost.
fn done(fault: Option<&Fault>, taken: &Json) -> Response {
    match fault {
        Some(Fault::Dropped) => faults::broken(),
        Some(Fault::Strange) => answer(200, &json!({"moon": [1, {"phase": null}]})),
        _ => answer(200, taken),
    }
}
