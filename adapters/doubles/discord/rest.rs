//! The REST API: every request is held to the description, then done, or met by trouble.

use std::sync::{Arc, OnceLock};

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request, State as Extracted};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::faults::Trouble;
use super::state::{Kept, Posted, State, Upload};
use super::{APPLICATION, BOT, TOKEN};
use super::{history, interactions, limits};
use crate::openapi::{self, Description};

/// Where the paths of the description begin.
const PREFIX: &str = "/api/v10";
/// Seen by one person.
pub(super) const EPHEMERAL: u64 = 1 << 6;

/// What the routes share.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) state: Arc<State>,
    /// Where the gateway is.
    pub(super) gateway: String,
}

/// A request, read.
pub(super) struct Asked {
    method: String,
    path: String,
    query: String,
    pub(super) body: Option<Value>,
    files: Vec<Upload>,
}

/// What is answered: a status and JSON.
pub(super) type Answer = (u16, Value);

fn description() -> &'static Description {
    static DESCRIPTION: OnceLock<Description> = OnceLock::new();
    DESCRIPTION.get_or_init(|| {
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/fixtures/discord/openapi.json"
        );
        Description::load(file, PREFIX)
    })
}

/// Every request that is not the gateway's.
pub(super) async fn answer(Extracted(shared): Extracted<Shared>, request: Request) -> Response {
    let state = Arc::clone(&shared.state);
    let headers = request.headers().clone();
    let asked = read(request).await;
    let name = format!("{} {}", asked.method, asked.path);
    let breaches = description().breaches(&openapi::Request {
        method: &asked.method,
        path: &asked.path,
        query: &asked.query,
        media: openapi::JSON,
        body: asked.body.as_ref(),
    });
    let (trouble, (status, body)) = {
        let mut kept = state.kept();
        kept.breaches.extend(breaches);
        kept.requests.push(name.clone());
        match kept.trouble(&name) {
            Some(Trouble::Limited { after, global }) => {
                return limited(after, global);
            }
            Some(Trouble::Status(status, code)) => {
                let refused = json!({"message": "trouble", "code": code});
                (None, (status, refused))
            }
            trouble => {
                let answer = if allowed(&kept, &asked.path, &headers) {
                    route(&shared, &mut kept, &asked)
                } else {
                    refused(401, 0, "401: Unauthorized")
                };
                (trouble, answer)
            }
        }
    };
    state.changed();
    match trouble {
        Some(Trouble::Slow(time)) => tokio::time::sleep(time).await,
        Some(Trouble::Dropped) => return broken(),
        _ => {}
    }
    let status = StatusCode::from_u16(status).unwrap();
    if status == StatusCode::NO_CONTENT {
        return status.into_response();
    }
    (status, [("x-ratelimit-bucket", "loopback")], Json(body)).into_response()
}

async fn read(request: Request) -> Asked {
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default();
    let query = query.trim_start_matches('&').to_owned();
    let kind = request.headers().get("content-type");
    let is_form = kind
        .and_then(|it| it.to_str().ok())
        .is_some_and(|it| it.starts_with("multipart/"));
    let mut asked = Asked {
        method,
        path,
        query,
        body: None,
        files: vec![],
    };
    if is_form {
        let mut form = Multipart::from_request(request, &()).await.unwrap();
        while let Some(field) = form.next_field().await.unwrap() {
            if field.name() == Some("payload_json") {
                asked.body = serde_json::from_str(&field.text().await.unwrap()).ok();
            } else {
                asked.files.push(Upload {
                    name: field.file_name().unwrap_or_default().to_owned(),
                    kind: field.content_type().unwrap_or_default().to_owned(),
                    bytes: field.bytes().await.unwrap().to_vec(),
                });
            }
        }
    } else {
        let bytes = Bytes::from_request(request, &()).await.unwrap_or_default();
        asked.body = serde_json::from_slice(&bytes).ok();
    }
    asked
}

/// Interactions and their webhooks have their token in the path.
fn allowed(kept: &Kept, path: &str, headers: &HeaderMap) -> bool {
    if path.contains("/webhooks/") || path.contains("/interactions/") {
        return true;
    }
    let token = headers.get("authorization").and_then(|it| it.to_str().ok());
    !kept.revoked && token == Some(&format!("Bot {TOKEN}"))
}

fn limited(after: f64, global: bool) -> Response {
    let body = json!({"message": "You are being rate limited.", "retry_after": after,
        "global": global});
    let scope = if global { "global" } else { "user" };
    let headers = [
        ("retry-after", after.to_string()),
        ("x-ratelimit-scope", scope.to_owned()),
        ("x-ratelimit-bucket", "loopback".to_owned()),
    ];
    let mut response = (StatusCode::TOO_MANY_REQUESTS, headers, Json(body)).into_response();
    if global {
        let yes = axum::http::HeaderValue::from_static("true");
        response.headers_mut().insert("x-ratelimit-global", yes);
    }
    response
}

/// An answer that breaks off.
fn broken() -> Response {
    let cut = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
    Response::new(Body::from_stream(cut))
}

pub(super) fn refused(status: u16, code: u64, message: &str) -> Answer {
    (status, json!({"message": message, "code": code}))
}

fn route(shared: &Shared, kept: &mut Kept, asked: &Asked) -> Answer {
    let path = asked.path.strip_prefix(PREFIX).unwrap_or(&asked.path);
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    match (asked.method.as_str(), segments.as_slice()) {
        ("GET", ["gateway"]) => (200, json!({"url": shared.gateway})),
        ("GET", ["users", "@me"]) => (
            200,
            json!({"id": BOT, "username": "Almanac", "discriminator": "0000", "bot": true}),
        ),
        ("GET", ["applications", "@me"]) => (200, application(kept)),
        ("GET", ["applications", _, "commands"] | ["applications", _, "guilds", _, "commands"]) => {
            let commands = kept.commands.get(path).cloned();
            (200, commands.unwrap_or_else(|| json!([])))
        }
        ("PUT", ["applications", _, "commands"] | ["applications", _, "guilds", _, "commands"]) => {
            let mut commands = asked.body.clone().unwrap_or_default();
            for command in commands.as_array_mut().into_iter().flatten() {
                command["id"] = kept.id().into();
                command["application_id"] = APPLICATION.into();
            }
            kept.commands.insert(path.to_owned(), commands.clone());
            (200, commands)
        }
        ("POST", ["users", "@me", "channels"]) => direct(kept, asked),
        ("POST", ["channels", _, "typing"]) => (204, Value::Null),
        ("GET", ["channels", channel, "messages"]) => {
            history::messages(kept, channel, &asked.query)
        }
        ("DELETE", ["channels", channel, "messages", message]) => {
            history::delete(kept, channel, message)
        }
        ("POST", ["channels", channel, "messages"]) => post(kept, channel, asked),
        ("PATCH", ["channels", channel, "messages", message]) => {
            edit(kept, channel, message, asked)
        }
        ("POST", ["channels", channel, "messages", message, "threads"]) => {
            thread(kept, channel, message, asked)
        }
        ("POST", ["interactions", id, token, "callback"]) => {
            let body = asked.body.clone().unwrap_or_default();
            interactions::callback(kept, id, token, &body)
        }
        ("GET", ["webhooks", _, token, "messages", "@original"]) => interactions::told(kept, token),
        ("PATCH", ["webhooks", _, token, "messages", "@original"]) => {
            interactions::original(kept, token, asked)
        }
        ("POST", ["webhooks", _, token]) => interactions::follow_up(kept, token, asked),
        _ => refused(404, 0, "404: Not Found"),
    }
}

fn application(kept: &Kept) -> Value {
    let flags: u64 = if kept.reads_messages { 1 << 19 } else { 0 };
    json!({"id": APPLICATION, "name": "Almanac", "description": "", "flags": flags,
        "verify_key": "", "interactions_endpoint_url": kept.endpoint})
}

fn direct(kept: &mut Kept, asked: &Asked) -> Answer {
    let to = asked
        .body
        .as_ref()
        .and_then(|it| it["recipient_id"].as_str());
    let to = to.unwrap_or_default().to_owned();
    let id = match kept.directs.get(&to) {
        Some(id) => id.clone(),
        None => {
            let id = kept.id();
            kept.directs.insert(to, id.clone());
            id
        }
    };
    (200, json!({"id": id, "type": 1, "recipients": []}))
}

/// Why nothing can be said in a channel.
pub(super) fn closed(kept: &Kept, channel: &str) -> Option<Answer> {
    // A thread has the id of its message, and is no channel before it is opened.
    let unopened = kept.said.contains(channel) && !kept.threads.contains_key(channel);
    if kept.gone.contains(channel) || unopened {
        return Some(refused(404, 10_003, "Unknown Channel"));
    }
    if kept.forbidden.contains(channel) {
        return Some(refused(403, 50_001, "Missing Access"));
    }
    let whose = kept.directs.iter().find(|(_, id)| *id == channel);
    if whose.is_some_and(|(user, _)| kept.blocking.contains(user)) {
        return Some(refused(403, 50_007, "Cannot send messages to this user"));
    }
    None
}

/// Notes where a message breaks a limit; Discord would turn it away.
pub(super) fn hold(kept: &mut Kept, asked: &Asked) -> Option<Answer> {
    let body = asked.body.clone().unwrap_or_default();
    let breaches = limits::of_message(&body, &asked.files);
    if breaches.is_empty() {
        return None;
    }
    kept.breaches.extend(breaches);
    Some(refused(400, 50_035, "Invalid Form Body"))
}

fn post(kept: &mut Kept, channel: &str, asked: &Asked) -> Answer {
    if let Some(refused) = closed(kept, channel).or_else(|| hold(kept, asked)) {
        return refused;
    }
    let body = asked.body.clone().unwrap_or_default();
    let nonce = body["nonce"].as_str().map(str::to_owned);
    if let Some(nonce) = &nonce
        && body["enforce_nonce"] == true
        && let Some(id) = kept.of_nonce(channel, nonce)
    {
        return (200, json!({"id": id, "channel_id": channel}));
    }
    let id = add(kept, channel, asked, false);
    if let Some(nonce) = nonce {
        kept.know_nonce(channel, nonce, &id);
    }
    (200, json!({"id": id, "channel_id": channel}))
}

pub(super) fn add(kept: &mut Kept, channel: &str, asked: &Asked, ephemeral: bool) -> String {
    let id = kept.id();
    kept.keep(Posted {
        id: id.clone(),
        channel: channel.to_owned(),
        body: asked.body.clone().unwrap_or_default(),
        files: asked.files.clone(),
        edits: 0,
        ephemeral,
    });
    id
}

pub(super) fn edit(kept: &mut Kept, channel: &str, message: &str, asked: &Asked) -> Answer {
    if let Some(refused) = closed(kept, channel).or_else(|| hold(kept, asked)) {
        return refused;
    }
    let mut body = asked.body.clone().unwrap_or_default();
    let files = asked.files.clone();
    let found = kept
        .messages
        .iter_mut()
        .find(|it| it.id == message && it.channel == channel);
    let Some(found) = found else {
        return refused(404, 10_008, "Unknown Message");
    };
    if let Some(quoted) = found.body.get("message_reference") {
        body["message_reference"] = quoted.clone();
    }
    found.body = body;
    found.files = files;
    found.edits += 1;
    (200, json!({"id": message, "channel_id": channel}))
}

fn thread(kept: &mut Kept, channel: &str, message: &str, asked: &Asked) -> Answer {
    if let Some(refused) = closed(kept, channel) {
        return refused;
    }
    if kept.threadless {
        return refused(403, 50_013, "Missing Permissions");
    }
    if kept.threads.contains_key(message) {
        return refused(
            400,
            160_004,
            "A thread has already been created for this message",
        );
    }
    if kept.gone.contains(message) {
        return refused(404, 10_008, "Unknown Message");
    }
    let name = asked.body.as_ref().map(|it| it["name"].clone());
    let thread = json!({"id": message, "parent_id": channel, "type": 11, "name": name});
    kept.threads.insert(message.to_owned(), thread.clone());
    (201, thread)
}
