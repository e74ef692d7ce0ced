//! The server itself.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

use super::chats::{Chats, Closed};
use super::description::PUBLISHED;
use super::fault::Fault;
use super::flood::Flood;
use super::methods::{self, Called};
use super::posted::Posted;
use super::queue::Queue;

/// The bot's user id.
pub const BOT: i64 = 4_200;
/// Its name.
pub const USERNAME: &str = "almanac_bot";
/// Its token.
pub const TOKEN: &str = "4200:AAtestTESTtestTESTtestTESTtestTESTtest";

/// What it knows and was told.
#[derive(Default)]
pub(super) struct Inner {
    pub(super) chats: Mutex<Chats>,
    pub(super) flood: Mutex<Flood>,
    pub(super) queue: Queue,
    pub(super) webhook: Mutex<Option<Value>>,
    pub(super) webhook_error: Mutex<Option<String>>,
    pub(super) commands: Mutex<HashMap<String, Value>>,
    pub(super) presses: Mutex<Vec<Value>>,
    breaches: Mutex<Vec<String>>,
    faults: Mutex<HashMap<String, VecDeque<Fault>>>,
    calls: Mutex<HashMap<String, usize>>,
    revoked: AtomicBool,
    grew: tokio::sync::Notify,
}

impl Inner {
    pub(super) fn breach(&self, sentence: &str) {
        let mut breaches = self.breaches.lock().unwrap();
        if breaches.len() < 1_000 {
            breaches.push(sentence.to_owned());
        }
    }

    /// Whoever waits for it looks again.
    pub(super) fn changed(&self) {
        self.grew.notify_waiters();
    }
}

/// Telegram on loopback. Clones are the same one; it ends with the runtime.
#[derive(Clone)]
pub struct TelegramDouble {
    inner: Arc<Inner>,
    origin: String,
    client: reqwest::Client,
}

impl TelegramDouble {
    /// Starts on a free port of 127.0.0.1.
    #[expect(
        clippy::disallowed_methods,
        reason = "it plays Telegram, which posts to webhooks"
    )]
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("its address"));
        let inner = Arc::new(Inner::default());
        let router = Router::new()
            .route("/{bot}/{method}", post(receive).get(receive))
            .layer(DefaultBodyLimit::disable())
            .with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            inner,
            origin,
            client: reqwest::Client::new(),
        }
    }

    /// What `[telegram] api_url` is to say.
    #[must_use]
    pub fn api_url(&self) -> &str {
        &self.origin
    }

    /// The bot may write there: a person started it, or a group has it.
    pub fn open(&self, chat: i64) {
        self.inner.chats.lock().unwrap().close(chat, None);
    }

    /// A person blocks the bot.
    pub fn block(&self, person: i64) {
        let mut chats = self.inner.chats.lock().unwrap();
        chats.close(person, Some(Closed::Blocked));
    }

    /// A group removes the bot.
    pub fn kick(&self, group: i64) {
        let mut chats = self.inner.chats.lock().unwrap();
        chats.close(group, Some(Closed::Kicked));
    }

    /// A group becomes a supergroup.
    pub fn upgrade(&self, group: i64, to: i64) {
        let mut chats = self.inner.chats.lock().unwrap();
        chats.close(group, Some(Closed::Moved(to)));
        chats.close(to, None);
    }

    /// The token is good no more, or again.
    pub fn revoke(&self, revoked: bool) {
        self.inner.revoked.store(revoked, Ordering::SeqCst);
    }

    /// The next request for a method (as "sendMessage") goes wrong so. Several queue up.
    pub fn fault(&self, method: &str, fault: Fault) {
        let mut faults = self.inner.faults.lock().unwrap();
        faults
            .entry(method.to_lowercase())
            .or_default()
            .push_back(fault);
    }

    /// Keeps only the last so many messages and presses, for long runs.
    pub fn keep(&self, messages: usize) {
        self.inner.chats.lock().unwrap().keep = Some(messages);
    }

    /// From now on who sends too fast is told to wait, as Telegram does it.
    pub fn hold_back(&self) {
        self.inner.flood.lock().unwrap().on = true;
    }

    /// An update to be polled for. Its chat is open to the bot from then on, if it was not closed.
    pub fn push(&self, update: Value) {
        self.know(&update);
        self.inner.queue.push(update);
    }

    /// Posts an update to a webhook with a secret. The status that came back; 0 where none did.
    #[expect(
        clippy::disallowed_methods,
        reason = "it plays Telegram, which posts to webhooks"
    )]
    pub async fn post(&self, url: &str, secret: &str, update: &Value) -> u16 {
        self.know(update);
        let request = self
            .client
            .post(url)
            .header("X-Telegram-Bot-Api-Secret-Token", secret)
            .header(header::CONTENT_TYPE, "application/json")
            .body(update.to_string());
        match request.send().await {
            Ok(response) => response.status().as_u16(),
            Err(_) => 0,
        }
    }

    /// Posts an update as `setWebhook` asked for it, to a service that is reached at `origin` in
    /// place of its public address. The status that came back; 0 where none did.
    pub async fn deliver(&self, origin: &str, update: &Value) -> u16 {
        let webhook = self.webhook().unwrap_or_default();
        let url = webhook["url"].as_str().unwrap_or_default();
        let path = url.splitn(4, '/').nth(3).unwrap_or_default();
        let secret = webhook["secret_token"].as_str().unwrap_or_default();
        self.post(&format!("{origin}/{path}"), secret, update).await
    }

    /// Lets the bot write to an update's chat, as Telegram does where it came from.
    pub fn know(&self, update: &Value) {
        let mut chats = self.inner.chats.lock().unwrap();
        for kind in ["message", "edited_message"] {
            if let Some(chat) = update[kind]["chat"]["id"].as_i64() {
                chats.open(chat);
            }
        }
    }

    /// Every message of the bot that stands in a chat, in the order they were posted.
    #[must_use]
    pub fn messages(&self) -> Vec<Posted> {
        self.inner.chats.lock().unwrap().all()
    }

    /// The messages of one chat.
    #[must_use]
    pub fn messages_in(&self, chat: i64) -> Vec<Posted> {
        let mut messages = self.messages();
        messages.retain(|message| message.chat == chat);
        messages
    }

    /// How often a method was called.
    #[must_use]
    pub fn calls(&self, method: &str) -> usize {
        let calls = self.inner.calls.lock().unwrap();
        calls.get(&method.to_lowercase()).copied().unwrap_or(0)
    }

    /// Updates that wait to be polled or confirmed.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.inner.queue.len()
    }

    /// The presses that were answered, as the requests said.
    #[must_use]
    pub fn answered(&self) -> Vec<Value> {
        self.inner.presses.lock().unwrap().clone()
    }

    /// What `setWebhook` said last; `None` where there is none.
    #[must_use]
    pub fn webhook(&self) -> Option<Value> {
        self.inner.webhook.lock().unwrap().clone()
    }

    /// Somebody else's webhook, or the trouble that Telegram has with it.
    pub fn set_webhook(&self, url: Option<&str>, error: Option<&str>) {
        *self.inner.webhook.lock().unwrap() = url.map(|url| json!({ "url": url }));
        *self.inner.webhook_error.lock().unwrap() = error.map(str::to_owned);
    }

    /// The commands listed for a scope ("all_private_chats") and language ("" for everybody).
    #[must_use]
    pub fn commands(&self, scope: &str, language: &str) -> Vec<String> {
        let commands = self.inner.commands.lock().unwrap();
        let listed = commands.get(&format!("{scope} {language}"));
        let names = listed.and_then(Value::as_array).into_iter().flatten();
        names
            .filter_map(|it| it["command"].as_str().map(str::to_owned))
            .collect()
    }

    /// Where requests broke the description or the limits, a sentence each.
    #[must_use]
    pub fn breaches(&self) -> Vec<String> {
        self.inner.breaches.lock().unwrap().clone()
    }

    /// Waits until something holds; false where it does not within ten seconds.
    pub async fn until(&self, mut holds: impl FnMut(&Self) -> bool) -> bool {
        for _ in 0..2_000 {
            if holds(self) {
                return true;
            }
            let grew = self.inner.grew.notified();
            let _ = tokio::time::timeout(Duration::from_millis(5), grew).await;
        }
        false
    }
}

async fn receive(
    State(inner): State<Arc<Inner>>,
    Path((bot, method)): Path<(String, String)>,
    request: Request,
) -> Response {
    let name = method.to_lowercase();
    *inner.calls.lock().unwrap().entry(name.clone()).or_default() += 1;
    if bot.strip_prefix("bot") != Some(TOKEN) || inner.revoked.load(Ordering::SeqCst) {
        return no(401, "Unauthorized", json!(null));
    }
    let fault = {
        let mut faults = inner.faults.lock().unwrap();
        faults.get_mut(&name).and_then(VecDeque::pop_front)
    };
    match &fault {
        Some(Fault::TooMany(seconds)) => {
            let said = format!("Too Many Requests: retry after {seconds}");
            return no(429, &said, json!({ "retry_after": seconds }));
        }
        Some(Fault::Status(code)) => {
            let code = StatusCode::from_u16(*code).expect("a status");
            return (code, format!("<html><h1>{code}</h1></html>")).into_response();
        }
        Some(Fault::Error(code, said)) => return no(*code, said, json!(null)),
        Some(Fault::DropBefore) => return broken(),
        Some(Fault::Slow(time)) => tokio::time::sleep(*time).await,
        _ => {}
    }
    let called = match read(&method, request).await {
        Ok(called) => called,
        Err(why) => {
            inner.breach(&format!("{method}: {why}"));
            return no(400, "Bad Request: can't parse the request", json!(null));
        }
    };
    for breach in PUBLISHED.breaches(&method, &called.fields) {
        inner.breach(&breach);
    }
    let answer = methods::call(&inner, &name, called).await;
    match (answer, fault) {
        (_, Some(Fault::DropAfter)) => broken(),
        (Ok(result), Some(Fault::Garbled)) => {
            let answer =
                json!({ "ok": true, "result": { "message_id": result["message_id"], "new": [1] } });
            axum::Json(answer).into_response()
        }
        (Ok(result), _) => axum::Json(json!({ "ok": true, "result": result })).into_response(),
        (Err(refused), _) => {
            let parameters = match (refused.moved, refused.wait) {
                (Some(to), _) => json!({ "migrate_to_chat_id": to }),
                (_, Some(seconds)) => json!({ "retry_after": seconds }),
                _ => json!(null),
            };
            no(refused.code, &refused.description, parameters)
        }
    }
}

fn no(code: u16, description: &str, parameters: Value) -> Response {
    let mut answer = json!({ "ok": false, "error_code": code, "description": description });
    if !parameters.is_null() {
        answer["parameters"] = parameters;
    }
    let code = StatusCode::from_u16(code).expect("a status");
    (code, axum::Json(answer)).into_response()
}

/// An answer that breaks off.
fn broken() -> Response {
    let error = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let body = futures::stream::iter([Err::<Vec<u8>, _>(error)]);
    Response::new(Body::from_stream(body))
}

async fn read(method: &str, request: Request) -> Result<Called, String> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let mut called = Called {
        fields: Map::new(),
        files: HashMap::new(),
    };
    if kind.starts_with("multipart/form-data") {
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|error| error.to_string())?;
        while let Some(field) = form.next_field().await.map_err(|error| error.to_string())? {
            let name = field.name().unwrap_or_default().to_owned();
            if let Some(file) = field.file_name().map(str::to_owned) {
                let bytes = field.bytes().await.map_err(|error| error.to_string())?;
                called.files.insert(name, (file, bytes.to_vec()));
            } else {
                let text = field.text().await.map_err(|error| error.to_string())?;
                let value = PUBLISHED.read(method, &name, text);
                called.fields.insert(name, value);
            }
        }
        return Ok(called);
    }
    let bytes = axum::body::to_bytes(request.into_body(), 1 << 26)
        .await
        .map_err(|error| error.to_string())?;
    if !bytes.is_empty() {
        let value: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        match value {
            Value::Object(fields) => called.fields = fields,
            Value::Null => {}
            _ => return Err("the body is no object".into()),
        }
    }
    Ok(called)
}
