//! The gateway: hello, identify or resume, events with their numbers, heartbeats, and goodbye.

use std::io::Write;
use std::sync::Arc;

use axum::extract::State as Extracted;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::rest::Shared;
use super::state::{Out, Session, State};
use super::{APPLICATION, BOT, TOKEN};

/// Milliseconds between heartbeats.
const BEAT: u64 = 41_250;
/// Frames from here on are compressed for whoever asked for it, in bytes.
const LARGE: usize = 512;
/// Reading what people say.
const MESSAGE_CONTENT: u64 = 1 << 15;

/// `GET /gateway-socket`
pub(super) async fn connect(
    Extracted(shared): Extracted<Shared>,
    upgrade: WebSocketUpgrade,
) -> Response {
    upgrade.on_upgrade(move |socket| run(shared.state, socket))
}

struct Connection {
    state: Arc<State>,
    socket: WebSocket,
    session: Option<String>,
    compresses: bool,
    to: mpsc::UnboundedSender<Out>,
}

async fn run(state: Arc<State>, socket: WebSocket) {
    let (to, mut from) = mpsc::unbounded_channel();
    let mut connection = Connection {
        state,
        socket,
        session: None,
        compresses: false,
        to,
    };
    let hello = json!({"op": 10, "d": {"heartbeat_interval": BEAT}});
    connection.send(&hello).await;
    loop {
        let goes_on = tokio::select! {
            out = from.recv() => match out {
                Some(Out::Frame(frame)) => connection.send(&frame).await,
                Some(Out::Close(code)) => connection.close(code).await,
                Some(Out::Drop) | None => false,
            },
            heard = connection.socket.recv() => match heard {
                Some(Ok(Message::Text(text))) => connection.hear(text.as_str()).await,
                Some(Ok(Message::Close(_))) | Some(Err(_)) | None => false,
                Some(Ok(_)) => true,
            },
        };
        if !goes_on {
            break;
        }
    }
    if let Some(session) = &connection.session
        && let Some(session) = connection.state.kept().sessions.get_mut(session)
    {
        session.to = None;
    }
    connection.state.changed();
}

impl Connection {
    async fn hear(&mut self, text: &str) -> bool {
        let Ok(frame) = serde_json::from_str::<Value>(text) else {
            return self.close(4002).await;
        };
        match frame["op"].as_u64() {
            Some(1) => self.send(&json!({"op": 11})).await,
            Some(2) => self.identify(&frame["d"]).await,
            Some(6) => self.resume(&frame["d"]).await,
            Some(3 | 4 | 8) => true,
            _ => self.close(4001).await,
        }
    }

    async fn identify(&mut self, said: &Value) -> bool {
        if !self.is_ours(said) {
            return self.close(4004).await;
        }
        let intents = said["intents"].as_u64().unwrap_or_default();
        let reads = self.state.kept().reads_messages;
        if intents & MESSAGE_CONTENT != 0 && !reads {
            return self.close(4014).await;
        }
        self.compresses = said["compress"] == true;
        let (id, ready) = {
            let mut kept = self.state.kept();
            kept.identified += 1;
            // Whoever begins anew does not come back for an older session.
            kept.sessions.retain(|_, session| session.to.is_some());
            let id = format!("session-{}", kept.identified);
            let ready = ready(&id);
            kept.sessions.insert(
                id.clone(),
                Session {
                    seq: 1,
                    intents,
                    to: Some(self.to.clone()),
                    valid: true,
                    ..Session::default()
                },
            );
            (id, ready)
        };
        self.session = Some(id);
        let sent = self.send(&ready).await;
        self.state.changed();
        sent
    }

    async fn resume(&mut self, said: &Value) -> bool {
        if !self.is_ours(said) {
            return self.close(4004).await;
        }
        self.compresses = true;
        let id = said["session_id"].as_str().unwrap_or_default().to_owned();
        let seen = said["seq"].as_u64().unwrap_or_default();
        let missed = {
            let mut kept = self.state.kept();
            let session = kept.sessions.get_mut(&id).filter(|it| it.valid);
            session.map(|session| {
                let missed: Vec<Value> = session
                    .sent
                    .iter()
                    .filter(|(seq, _)| *seq > seen)
                    .map(|(_, frame)| frame.clone())
                    .collect();
                session.seq += 1;
                session.to = Some(self.to.clone());
                (missed, session.seq)
            })
        };
        let Some((missed, seq)) = missed else {
            return self.send(&json!({"op": 9, "d": false})).await;
        };
        self.session = Some(id);
        for frame in &missed {
            self.send(frame).await;
        }
        let resumed = json!({"op": 0, "t": "RESUMED", "s": seq, "d": {"_trace": []}});
        let sent = self.send(&resumed).await;
        self.state.kept().resumed += 1;
        self.state.changed();
        sent
    }

    fn is_ours(&self, said: &Value) -> bool {
        let token = said["token"].as_str().unwrap_or_default();
        token.trim_start_matches("Bot ") == TOKEN && !self.state.kept().revoked
    }

    async fn send(&mut self, frame: &Value) -> bool {
        let text = frame.to_string();
        let message = if self.compresses && text.len() >= LARGE {
            let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
            zlib.write_all(text.as_bytes()).unwrap();
            Message::Binary(zlib.finish().unwrap().into())
        } else {
            Message::Text(text.into())
        };
        self.socket.send(message).await.is_ok()
    }

    async fn close(&mut self, code: u16) -> bool {
        let frame = CloseFrame {
            code,
            reason: "".into(),
        };
        let _ = self.socket.send(Message::Close(Some(frame))).await;
        false
    }
}

fn ready(session: &str) -> Value {
    json!({"op": 0, "t": "READY", "s": 1, "d": {
        "v": 10,
        "user": {"id": BOT, "username": "Almanac", "discriminator": "0000", "avatar": null,
            "bot": true, "verified": true, "mfa_enabled": false, "email": null, "flags": 0},
        "guilds": [],
        "session_id": session,
        "resume_gateway_url": "wss://gateway.invalid",
        "shard": [0, 1],
        "application": {"id": APPLICATION, "flags": 0},
    }})
}
