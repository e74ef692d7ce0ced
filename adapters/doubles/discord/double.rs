//! Starting the double, and what a test does with it.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::any;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::faults::{Fault, Trouble};
use super::state::{Callback, Out, Posted, State};
use super::{gateway, interactions, rest};

/// Discord on 127.0.0.1. It ends when dropped.
#[derive(Debug)]
pub struct Discord {
    pub(super) state: Arc<State>,
    origin: String,
    key: SigningKey,
    server: JoinHandle<()>,
}

impl Discord {
    /// Starts it on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State::new());
        let shared = rest::Shared {
            state: Arc::clone(&state),
            gateway: format!("{}/gateway-socket", origin.replace("http", "ws")),
        };
        let router = Router::new()
            .route("/gateway-socket", any(gateway::connect))
            .fallback(rest::answer)
            .with_state(shared);
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        });
        Self {
            state,
            origin,
            key: SigningKey::from_bytes(&[7; 32]),
            server,
        }
    }

    /// Where it is: what `api_url` is set to.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.origin
    }

    /// The application's public key, in hexadecimal digits.
    #[must_use]
    pub fn public_key(&self) -> String {
        hex(self.key.verifying_key().as_bytes())
    }

    /// `X-Signature-Ed25519` of a body and the `X-Signature-Timestamp` that goes with it.
    #[must_use]
    pub fn signature(&self, timestamp: &str, body: &[u8]) -> String {
        let signed = [timestamp.as_bytes(), body].concat();
        hex(&self.key.sign(&signed).to_bytes())
    }

    /// Returns when as many sessions listen.
    pub async fn listening(&self, count: usize) {
        self.state
            .until(|kept| {
                let connected = kept.sessions.values().filter(|it| it.to.is_some()).count();
                (connected >= count).then_some(())
            })
            .await;
    }

    /// Returns when nobody is connected any more.
    pub async fn left(&self) {
        self.state
            .until(|kept| {
                let connected = kept.sessions.values().any(|it| it.to.is_some());
                (!connected).then_some(())
            })
            .await;
    }

    /// Sends an event over the gateway. False where nobody is connected: a session that is broken
    /// off gets it when it is resumed, one that begins anew never does.
    pub fn dispatch(&self, kind: &str, data: &Value) -> bool {
        self.state.kept().dispatch(kind, data)
    }

    /// Sends a frame that is no event: op 7, op 9.
    pub fn frame(&self, frame: &Value) {
        self.out(|| Out::Frame(frame.clone()));
    }

    /// Closes every gateway connection with a code.
    pub fn close(&self, code: u16) {
        self.out(|| Out::Close(code));
    }

    /// Breaks every gateway connection without a word.
    pub fn drop_connections(&self) {
        self.out(|| Out::Drop);
    }

    /// Makes every session one that cannot be resumed.
    pub fn forget_sessions(&self) {
        for session in self.state.kept().sessions.values_mut() {
            session.valid = false;
        }
    }

    fn out(&self, out: impl Fn() -> Out) {
        for session in self.state.kept().sessions.values_mut() {
            if let Some(to) = session.to.as_ref() {
                let _ = to.send(out());
            }
        }
    }

    /// Everything posted, as it stands now.
    #[must_use]
    pub fn posted(&self) -> Vec<Posted> {
        self.state.kept().messages.clone()
    }

    /// How many messages were ever posted; a nonce that came again is none.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.state.kept().total
    }

    /// The first message that `wanted` takes, once there is one.
    pub async fn wait_for(&self, wanted: impl Fn(&Posted) -> bool) -> Posted {
        self.state
            .until(|kept| kept.messages.iter().find(|it| wanted(it)).cloned())
            .await
    }

    /// The first answers to interactions, once there are as many.
    pub async fn callbacks(&self, count: usize) -> Vec<Callback> {
        self.state
            .until(|kept| (kept.callbacks.len() >= count).then(|| kept.callbacks.clone()))
            .await
    }

    /// Takes a first answer that was given over HTTP.
    pub fn answered(&self, interaction: &Value, body: &Value) {
        let mut kept = self.state.kept();
        interactions::callback(
            &mut kept,
            interaction["id"].as_str().unwrap(),
            interaction["token"].as_str().unwrap(),
            body,
        );
        drop(kept);
        self.state.changed();
    }

    /// "METHOD path" of every request.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.state.kept().requests.clone()
    }

    /// The commands that were registered under this path.
    #[must_use]
    pub fn commands(&self, path: &str) -> Option<Value> {
        self.state.kept().commands.get(path).cloned()
    }

    /// The threads that were opened: id and name.
    #[must_use]
    pub fn threads(&self) -> Vec<(String, String)> {
        let kept = self.state.kept();
        let name = |it: &Value| it["name"].as_str().unwrap_or_default().to_owned();
        kept.threads
            .iter()
            .map(|(id, it)| (id.clone(), name(it)))
            .collect()
    }

    /// How often a client identified, and how often it resumed.
    #[must_use]
    pub fn sessions(&self) -> (u32, u32) {
        let kept = self.state.kept();
        (kept.identified, kept.resumed)
    }

    /// Returns when a client resumed as often.
    pub async fn resumed(&self, times: u32) {
        self.state
            .until(|kept| (kept.resumed >= times).then_some(()))
            .await;
    }

    /// Returns when a client identified as often.
    pub async fn identified(&self, times: u32) {
        self.state
            .until(|kept| (kept.identified >= times).then_some(()))
            .await;
    }

    /// Where Discord's limits, its published description or what Almanac owes people (nobody is
    /// mentioned) were broken.
    #[must_use]
    pub fn breaches(&self) -> Vec<String> {
        self.state.kept().breaches.clone()
    }

    /// The next `times` requests with `on` in their "METHOD path" meet trouble.
    pub fn fail(&self, on: &str, trouble: Trouble, times: u32) {
        self.state.kept().faults.push_back(Fault {
            on: on.to_owned(),
            trouble,
            times,
        });
    }

    /// The token is no longer good, on either way in.
    pub fn revoke(&self) {
        self.state.kept().revoked = true;
        self.close(4004);
    }

    /// Whether the message content intent is switched on in the developer portal.
    pub fn set_reads_messages(&self, on: bool) {
        self.state.kept().reads_messages = on;
    }

    /// Whether threads can be opened.
    pub fn set_threads(&self, on: bool) {
        self.state.kept().threadless = !on;
    }

    /// How long a nonce is known. Nothing at all is as if minutes had passed.
    pub fn set_nonce_life(&self, life: Duration) {
        self.state.kept().nonce_life = life;
    }

    /// Whether what was said before may be read. Where not, nothing was, says Discord.
    pub fn set_history(&self, on: bool) {
        self.state.kept().unreadable = !on;
    }

    /// The interactions endpoint in the developer portal.
    pub fn set_endpoint(&self, url: &str) {
        self.state.kept().endpoint = Some(url.to_owned());
    }

    /// The channel is gone.
    pub fn delete_channel(&self, id: &str) {
        self.state.kept().gone.insert(id.to_owned());
    }

    /// The message is gone.
    pub fn delete_message(&self, id: &str) {
        self.state.kept().messages.retain(|it| it.id != id);
    }

    /// The bot may not see the channel.
    pub fn shut_out(&self, channel: &str) {
        self.state.kept().forbidden.insert(channel.to_owned());
    }

    /// The person blocked the bot.
    pub fn block(&self, user: &str) {
        self.state.kept().blocking.insert(user.to_owned());
    }

    /// Fifteen minutes pass for every interaction.
    pub fn expire_interactions(&self) {
        for open in self.state.kept().interactions.values_mut() {
            open.expired = true;
        }
    }

    /// Keeps no more than so many messages: for long runs.
    pub fn keep_at_most(&self, messages: usize) {
        self.state.kept().most = Some(messages);
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
