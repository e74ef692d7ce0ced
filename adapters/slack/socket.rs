//! Socket Mode, for an installation without a public address: slack-morphism holds two connections,
//! and what comes in over them is read as over HTTP. An envelope is acknowledged when what it says is
//! kept; one that is not kept Slack sends again. Every replica may hold connections of its own: Slack
//! sends each envelope to one of them, so no lease is needed.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use slack_morphism::clients_manager::{
    SlackSocketModeClientsManager, SlackSocketModeClientsManagerFactory,
};
use slack_morphism::listener::SlackClientEventsListenerEnvironment;
use slack_morphism::{
    SlackApiToken, SlackApiTokenValue, SlackClientSocketModeConfig, SlackSocketModeClientListener,
    SlackSocketModeWssClientId,
};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use super::adapter::Slack;
use super::failure::Failure;
use super::fields::Fields;
use super::hear::Heard;
use super::parse::{Door, payload};

/// Connections at a time: while one is being made anew, the other goes on.
const CONNECTIONS: u32 = 2;

/// Between attempts to connect, in seconds.
const AGAIN: u64 = 3;

/// How often it is looked whether there is a connection.
const WATCH: Duration = Duration::from_secs(10);

/// The first and the longest wait after Slack gave no address.
const WAITS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(60)];

type Manager = dyn SlackSocketModeClientsManager + Send + Sync;

/// Listens until told to stop. Ends early where the token is no longer good, and says why.
pub(super) async fn listen(
    slack: Arc<Slack>,
    token: SecretString,
    stop: CancellationToken,
) -> Result<(), Failure> {
    let mut wait = WAITS[0];
    while let Err(failure) = openable(&slack, &token).await {
        if failure.is_revoked() {
            return Err(failure);
        }
        warn!(%failure, "Socket Mode gave no address");
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(WAITS[1]),
        }
    }
    let client = slack.api.client();
    let environment = Arc::new(SlackClientEventsListenerEnvironment::new(client.clone()));
    let manager = client.http_api.connector.new_clients_manager(environment);
    let live = Arc::new(Live::default());
    let listener = Arc::new(Listener {
        slack: Arc::clone(&slack),
        manager: Arc::downgrade(&manager),
        live: Arc::clone(&live),
    });
    let config = SlackClientSocketModeConfig::new()
        .with_max_connections_count(CONNECTIONS)
        .with_initial_backoff_in_seconds(1)
        .with_reconnect_timeout_in_seconds(AGAIN);
    let held = SlackApiToken::new(SlackApiTokenValue(token.expose_secret().to_owned()));
    let registered = manager.register_new_token(&config, held, listener).await;
    registered.map_err(|error| Failure::from(&error))?;
    manager.start().await;
    let end = watch(&slack, &token, &live, &stop).await;
    manager.shutdown().await;
    end
}

/// Waits for the end: told to stop, or a token that opens nothing any more.
async fn watch(
    slack: &Slack,
    token: &SecretString,
    live: &Live,
    stop: &CancellationToken,
) -> Result<(), Failure> {
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(WATCH) => {}
        }
        if live.is_any() {
            continue;
        }
        if let Err(failure) = openable(slack, token).await {
            if failure.is_revoked() {
                return Err(failure);
            }
            warn!(%failure, "no connection to Slack");
        }
    }
}

async fn openable(slack: &Slack, token: &SecretString) -> Result<(), Failure> {
    let empty = json!({});
    let opened = slack.api.call(token, "apps.connections.open", &empty).await;
    opened.map(|_| ())
}

/// The connections there are. Of the end of one it is told twice: by Slack, which asks for another in
/// its place, and when it closes.
#[derive(Debug, Default)]
struct Live(Mutex<HashSet<String>>);

impl Live {
    fn begin(&self, id: &SlackSocketModeWssClientId) {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ids.insert(id.to_string());
    }

    fn end(&self, id: &SlackSocketModeWssClientId) {
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ids.remove(&id.to_string());
    }

    fn is_any(&self) -> bool {
        let ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !ids.is_empty()
    }
}

/// What is done with each frame.
struct Listener {
    slack: Arc<Slack>,
    manager: Weak<Manager>,
    live: Arc<Live>,
}

#[async_trait]
impl SlackSocketModeClientListener for Listener {
    async fn on_message(&self, id: &SlackSocketModeWssClientId, frame: String) -> Option<String> {
        let Ok(frame) = serde_json::from_str::<Value>(&frame) else {
            warn!("a frame that is no JSON");
            return None;
        };
        let fields = Fields(&frame);
        match fields.text("/type").unwrap_or_default() {
            "hello" => {
                self.live.begin(id);
                info!("connected to Slack");
                None
            }
            "disconnect" => {
                self.connect_anew(id).await;
                None
            }
            kind => self.envelope(kind, fields).await,
        }
    }

    async fn on_error(&self, _error: Box<dyn std::error::Error + Send + Sync + 'static>) {
        warn!("the connection to Slack broke");
    }

    async fn on_disconnect(&self, id: &SlackSocketModeWssClientId) {
        self.connect_anew(id).await;
    }
}

impl Listener {
    /// Takes in an envelope. What Slack is sent: the acknowledgement, with an answer where it takes
    /// one; nothing, where it is to send the envelope again.
    async fn envelope(&self, kind: &str, fields: Fields<'_>) -> Option<String> {
        let id = fields.text("/envelope_id")?;
        let Some(door) = Door::of_envelope(kind) else {
            info!(kind, "not for us");
            return Some(json!({"envelope_id": id}).to_string());
        };
        let again = fields.at("/retry_attempt").0.as_u64().unwrap_or(0) > 0;
        let parsed = payload(door, fields.at("/payload").0);
        let answer = match self.slack.hear(parsed, again).await {
            Heard::Down => return None,
            Heard::Answer(answer) if fields.is("/accepts_response_payload") => Some(answer),
            Heard::Taken | Heard::Answer(_) | Heard::Challenge(_) => None,
        };
        let mut acknowledgement = json!({"envelope_id": id});
        if let Some(answer) = answer {
            acknowledgement["payload"] = answer;
        }
        Some(acknowledgement.to_string())
    }

    async fn connect_anew(&self, id: &SlackSocketModeWssClientId) {
        self.live.end(id);
        match self.manager.upgrade() {
            Some(manager) => manager.restart_client(id).await,
            None => error!("a connection outlived its end"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_connection_counts_once() {
        let live = Live::default();
        let [first, second] = [0, 1].map(|it| SlackSocketModeWssClientId::new(it, it, 0));
        live.begin(&first);
        live.begin(&second);
        live.end(&first);
        live.end(&first);
        assert!(live.is_any());
        live.end(&second);
        assert!(!live.is_any());
    }
}
