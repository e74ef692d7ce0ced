//! Socket Mode: a hello, envelopes, acknowledgements.

use std::sync::Arc;

use axum::extract::State as Of;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::state::State;

pub(super) async fn join(Of(state): Of<Arc<State>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| hold(state, socket))
}

async fn hold(state: Arc<State>, mut socket: WebSocket) {
    let (sender, mut frames) = mpsc::unbounded_channel();
    let hello = json!({"type": "hello", "num_connections": 1,
        "connection_info": {"app_id": "A0APP"},
        "debug_info": {"host": "stand-in", "approximate_connection_time": 18_060}});
    if socket.send(Message::text(hello.to_string())).await.is_err() {
        return;
    }
    state.with(|kept| kept.links.push(sender));
    loop {
        tokio::select! {
            frame = frames.recv() => {
                let Some(frame) = frame else { return };
                if socket.send(Message::text(frame)).await.is_err() {
                    return;
                }
            }
            frame = socket.recv() => match frame {
                Some(Ok(Message::Text(text))) => {
                    let told: Value = serde_json::from_str(&text).unwrap_or_default();
                    state.with(|kept| {
                        if told["envelope_id"].as_str().is_none() {
                            kept.breach("an acknowledgement without an envelope");
                        }
                        kept.acknowledged.push_back(told);
                    });
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return,
            },
        }
    }
}
