//! The stand-in, as tests and benchmarks hold it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{any, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::fault::Fault;
use super::payload::Signed;
use super::state::{Holder, Shown, State, Upload};
use super::{call, files, link, other};

/// As long as anything that is waited for may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// The team that the token is of.
pub const TEAM: &str = "T0TEAM";

/// The app's own user in it.
pub const BOT: &str = "U0BOT";

/// A good bot token.
pub const BOT_TOKEN: &str = "xoxb-stand-in";

/// A good app-level token.
pub const APP_TOKEN: &str = "xapp-stand-in";

/// What events are signed with.
pub const SIGNING_SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";

/// Client id and secret for installing.
pub const CLIENT: (&str, &str) = ("1234.5678", "client-secret");

/// Slack on loopback. Ends when it is dropped.
#[derive(Debug)]
pub struct SlackDouble {
    pub(super) state: Arc<State>,
    pub(super) client: reqwest::Client,
    serving: JoinHandle<()>,
}

impl Drop for SlackDouble {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl SlackDouble {
    /// Starts it on a free port. It remembers the last 100,000 of each kind.
    pub async fn start() -> Self {
        Self::remembering(100_000).await
    }

    /// Starts it; it remembers the last `most` messages, calls and files.
    pub async fn remembering(most: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port on loopback");
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State::new(origin, most));
        state.with(|kept| {
            let holder = |user: &str| Holder {
                team: TEAM.into(),
                user: user.into(),
            };
            kept.tokens.insert(BOT_TOKEN.into(), holder(BOT));
            kept.tokens.insert(APP_TOKEN.into(), holder("A0APP"));
            kept.assistant = true;
            kept.streams = true;
            kept.page = 999;
        });
        let router = Router::new()
            .route("/api/{method}", any(call::take))
            .route("/upload/{id}", post(files::bytes))
            .route("/response/{id}", post(other::response))
            .route("/link", any(link::join))
            .with_state(Arc::clone(&state));
        let serving = tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        });
        Self {
            state,
            client: reqwest::Client::builder().build().unwrap(),
            serving,
        }
    }

    /// Its address: "http://127.0.0.1:4321".
    #[must_use]
    pub fn origin(&self) -> String {
        self.state.origin.clone()
    }

    /// The address of its Web API, for `api_url`.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("{}/api", self.state.origin)
    }

    /// An address to answer an interaction at; takes five messages.
    #[must_use]
    pub fn response_url(&self) -> String {
        let number = self.state.with(super::state::Kept::number);
        format!("{}/response/{number}", self.state.origin)
    }

    /// All that was shown and is remembered, the oldest first.
    #[must_use]
    pub fn shown(&self) -> Vec<Shown> {
        self.state.with(|kept| kept.shown.iter().cloned().collect())
    }

    /// All files.
    #[must_use]
    pub fn uploads(&self) -> Vec<Upload> {
        let all = |kept: &mut super::state::Kept| kept.uploads.iter().cloned().collect();
        self.state.with(all)
    }

    /// What a method was called with, call by call.
    #[must_use]
    pub fn calls(&self, method: &str) -> Vec<Value> {
        self.state.with(|kept| {
            let of_method = kept.calls.iter().filter(|(name, _)| name == method);
            of_method.map(|(_, body)| body.clone()).collect()
        })
    }

    /// How often a method was called since the start, remembered or not.
    #[must_use]
    pub fn count(&self, method: &str) -> u64 {
        self.state
            .with(|kept| kept.called.get(method).copied().unwrap_or(0))
    }

    /// Waits until a method was called `count` times, as long as a busy machine may take.
    pub async fn until(&self, method: &str, count: u64) {
        let called = async {
            while self.count(method) < count {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let called = tokio::time::timeout(PATIENCE, called).await;
        let times = self.count(method);
        assert!(
            called.is_ok(),
            "{method} was called {times} times, not {count}"
        );
    }

    /// Where Slack's limits were broken, one sentence each.
    #[must_use]
    pub fn breaches(&self) -> Vec<String> {
        self.state.with(|kept| kept.breaches.clone())
    }

    /// What happens to the next call of a method; faults of one method queue up. Posts to response
    /// addresses are "response", uploaded bytes "upload".
    pub fn fault(&self, method: &str, fault: Fault) {
        self.state.with(|kept| {
            let faults = kept.faults.entry(method.to_owned()).or_default();
            faults.push_back(fault);
        });
    }

    /// From now on a token is no longer good.
    pub fn revoke(&self, token: &str) {
        self.state.with(|kept| kept.revoked.push(token.to_owned()));
    }

    /// The scopes that tokens have.
    pub fn set_scopes(&self, scopes: &str) {
        self.state.with(|kept| scopes.clone_into(&mut kept.scopes));
    }

    /// Whether threads of direct chats are an assistant's, and whether messages can be streams.
    pub fn set_features(&self, assistant: bool, streams: bool) {
        self.state.with(|kept| {
            kept.assistant = assistant;
            kept.streams = streams;
        });
    }

    /// At most this many messages are read back at once: of apps outside Slack's Marketplace, 15.
    pub fn set_page(&self, most: usize) {
        self.state.with(|kept| kept.page = most);
    }

    /// Somebody else says something in a channel, in a thread or beside all of them.
    pub fn overhear(&self, channel: &str, thread: Option<&str>, text: &str) {
        self.state.with(|kept| {
            let shown = Shown {
                ts: kept.ts(),
                channel: channel.to_owned(),
                thread: thread.map(str::to_owned),
                only: None,
                text: text.to_owned(),
                blocks: Vec::new(),
                metadata: Value::Null,
                changes: 0,
                streaming: false,
            };
            kept.shown.push_back(shown);
        });
    }

    /// Pictures are refused so many times before they can be shown.
    pub fn develop_slowly(&self, times: u32) {
        self.state.with(|kept| kept.undeveloped = times);
    }

    /// Signs a body as Slack does, at a time in seconds since 1970.
    #[must_use]
    pub fn sign(&self, body: Vec<u8>, at: i64) -> Signed {
        Signed::new(SIGNING_SECRET, body, at)
    }

    /// Connections of Socket Mode just now.
    #[must_use]
    pub fn links(&self) -> usize {
        self.state.with(|kept| {
            kept.links.retain(|link| !link.is_closed());
            kept.links.len()
        })
    }

    /// Waits for a number of connections, as long as a busy machine may take.
    pub async fn until_linked(&self, count: usize) {
        let linked = async {
            while self.links() < count {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let linked = tokio::time::timeout(PATIENCE, linked).await;
        assert!(linked.is_ok(), "{} of {count} connections", self.links());
    }

    /// Sends an envelope over one of the connections, in turn: its kind ("events_api", "interactive",
    /// "slash_commands"), its id, its payload, and how often it was sent before.
    pub fn envelop(&self, kind: &str, id: &str, payload: &Value, attempt: u32) {
        let frame = json!({"type": kind, "envelope_id": id, "payload": payload,
            "accepts_response_payload": kind != "events_api",
            "retry_attempt": attempt, "retry_reason": if attempt > 0 { "timeout" } else { "" }});
        self.send_frame(&frame);
    }

    /// Sends a frame as it is over one of the connections.
    pub fn send_frame(&self, frame: &Value) {
        self.state.with(|kept| {
            kept.links.retain(|link| !link.is_closed());
            assert!(!kept.links.is_empty(), "nobody is connected");
            kept.next_link = (kept.next_link + 1) % kept.links.len();
            kept.links[kept.next_link].send(frame.to_string()).unwrap();
        });
    }

    /// Ends all connections without a word.
    pub fn cut(&self) {
        self.state.with(|kept| kept.links.clear());
    }

    /// What was acknowledged.
    #[must_use]
    pub fn acknowledged(&self) -> Vec<Value> {
        self.state
            .with(|kept| kept.acknowledged.iter().cloned().collect())
    }

    /// Waits until an envelope is acknowledged, as long as a busy machine may take.
    pub async fn acknowledgement(&self, id: &str) -> Value {
        let found = async {
            loop {
                let all = self.acknowledged();
                if let Some(found) = all.into_iter().find(|it| it["envelope_id"] == id) {
                    return found;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let found = tokio::time::timeout(PATIENCE, found).await;
        found.unwrap_or_else(|_| panic!("{id} was not acknowledged"))
    }
}
