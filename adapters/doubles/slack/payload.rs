//! Requests of Slack's: signed bodies, and payloads of what people do.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::double::{BOT, SlackDouble, TEAM};

/// A request that Slack makes: its body, and the heads that prove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// `X-Slack-Request-Timestamp`.
    pub time: String,
    /// `X-Slack-Signature`.
    pub signature: String,
    /// What was signed.
    pub body: Vec<u8>,
    /// `X-Slack-Retry-Num`, where it is told again.
    pub retry: Option<u32>,
}

impl Signed {
    /// Signs a body with a secret, at a time in seconds since 1970.
    #[must_use]
    pub fn new(secret: &str, body: Vec<u8>, at: i64) -> Self {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("v0:{at}:").as_bytes());
        mac.update(&body);
        let digits: String = mac
            .finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self {
            time: at.to_string(),
            signature: format!("v0={digits}"),
            body,
            retry: None,
        }
    }

    /// The same, told again for the `number`th time.
    #[must_use]
    pub fn again(self, number: u32) -> Self {
        Self {
            retry: Some(number),
            ..self
        }
    }

    /// All heads, by name.
    #[must_use]
    pub fn heads(&self) -> Vec<(&'static str, String)> {
        let mut heads = vec![
            ("x-slack-request-timestamp", self.time.clone()),
            ("x-slack-signature", self.signature.clone()),
        ];
        if let Some(retry) = self.retry {
            heads.push(("x-slack-retry-num", retry.to_string()));
            heads.push(("x-slack-retry-reason", "http_timeout".into()));
        }
        heads
    }
}

/// A form as Slack posts it.
#[must_use]
pub fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    let encoded = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    (byte as char).to_string()
                }
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.join("&").into_bytes()
}

impl SlackDouble {
    /// An Events API request about an event.
    #[must_use]
    pub fn event(event_id: &str, event: &Value) -> Value {
        json!({
            "token": "legacy", "team_id": TEAM, "api_app_id": "A0APP", "type": "event_callback",
            "event_id": event_id, "event_time": 1_795_183_200, "is_ext_shared_channel": false,
            "authorizations": [{"enterprise_id": null, "team_id": TEAM, "user_id": BOT,
                "is_bot": true, "is_enterprise_install": false}],
            "event": event,
        })
    }

    /// Somebody writes to the app directly.
    #[must_use]
    pub fn direct(event_id: &str, user: &str, ts: &str, text: &str) -> Value {
        let event = json!({"type": "message", "channel_type": "im", "channel": format!("D{user}"),
            "user": user, "text": text, "ts": ts, "event_ts": ts, "team": TEAM,
            "client_msg_id": format!("c-{ts}")});
        Self::event(event_id, &event)
    }

    /// Somebody mentions the app in a channel.
    #[must_use]
    pub fn mention(event_id: &str, channel: &str, user: &str, ts: &str, text: &str) -> Value {
        let event = json!({"type": "app_mention", "channel": channel, "user": user, "ts": ts,
            "event_ts": ts, "text": format!("<@{BOT}> {text}"), "team": TEAM});
        Self::event(event_id, &event)
    }

    /// Somebody presses a button (its `action_id` and its value) under a message.
    #[must_use]
    pub fn press(
        &self,
        user: &str,
        on: &super::Shown,
        (action, value): (&str, &str),
        at: &str,
    ) -> Value {
        json!({
            "type": "block_actions", "team": {"id": TEAM, "domain": "team"}, "api_app_id": "A0APP",
            "user": {"id": user, "username": "ana", "name": "ana", "team_id": TEAM},
            "container": {"type": "message", "message_ts": on.ts, "channel_id": on.channel,
                "is_ephemeral": on.only.is_some(), "thread_ts": on.thread},
            "trigger_id": format!("trigger.{at}"), "channel": {"id": on.channel, "name": "sales"},
            "message": {"ts": on.ts, "text": on.text, "thread_ts": on.thread, "bot_id": "B0BOT"},
            "response_url": self.response_url(),
            "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value,
                "action_ts": at}],
        })
    }

    /// Somebody types a command.
    #[must_use]
    pub fn command(&self, channel: &str, user: &str, trigger: &str, text: &str) -> Value {
        json!({"token": "legacy", "team_id": TEAM, "team_domain": "team", "channel_id": channel,
            "channel_name": "sales", "user_id": user, "user_name": "ana", "command": "/almanac",
            "text": text, "api_app_id": "A0APP", "is_enterprise_install": "false",
            "response_url": self.response_url(), "trigger_id": trigger})
    }
}
