//! Meta's side of the webhook: signed bodies, delivered once or until they are taken.

use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value as Json, json};
use sha2::Sha256;

use super::faults::known;
use super::payload;
use super::state::{Sent, Shared, WhatsApp};

/// As often as a body is delivered that nobody takes; Meta goes on for seven days.
const TRIES: u32 = 200;
/// The longest pause between two deliveries; Meta's grow to hours.
const PAUSE: Duration = Duration::from_millis(500);

impl WhatsApp {
    /// The header that signs these bytes.
    #[must_use]
    pub fn signature(&self, bytes: &[u8]) -> String {
        format!("sha256={}", hmac(&self.shared.settings.app_secret, bytes))
    }

    /// Delivers bytes once, with a signature or none: the status that came back; 0 where nobody
    /// answered.
    pub async fn post(&self, bytes: Vec<u8>, signature: Option<&str>) -> u16 {
        self.shared.post(bytes, signature).await
    }

    /// Delivers a body once, rightly signed. Who speaks in it has been heard of.
    pub async fn deliver(&self, body: &Json) -> u16 {
        self.shared.deliver(body).await
    }

    /// Delivers a body until it is taken: how often it was delivered.
    ///
    /// # Panics
    /// Where nobody ever takes it.
    pub async fn deliver_until_taken(&self, body: &Json) -> u32 {
        self.shared.deliver_until_taken(body).await
    }

    /// Asks for the webhook to be proven with a verify token: the status and the body.
    pub async fn verify(&self, token: &str, challenge: &str) -> (u16, String) {
        let url = self.state().webhook.clone().expect("a webhook");
        let asked = [
            ("hub.mode", "subscribe"),
            ("hub.verify_token", token),
            ("hub.challenge", challenge),
        ];
        let url = reqwest::Url::parse_with_params(&url, asked).expect("an address");
        let request = self.shared.client.get(url);
        let response = send(request).await.expect("an answer");
        let status = response.status().as_u16();
        (status, response.text().await.unwrap_or_default())
    }
}

impl Shared {
    async fn post(&self, bytes: Vec<u8>, signature: Option<&str>) -> u16 {
        let url = self.state().webhook.clone().expect("a webhook");
        let mut request = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("user-agent", "facebookexternalua");
        if let Some(signature) = signature {
            request = request.header("x-hub-signature-256", signature);
        }
        match send(request.body(bytes)).await {
            Ok(response) => response.status().as_u16(),
            Err(_) => 0,
        }
    }

    async fn deliver(&self, body: &Json) -> u16 {
        self.hear(body);
        let bytes = body.to_string().into_bytes();
        let signature = format!("sha256={}", hmac(&self.settings.app_secret, &bytes));
        self.post(bytes, Some(&signature)).await
    }

    async fn deliver_until_taken(&self, body: &Json) -> u32 {
        let mut pause = Duration::from_millis(5);
        for delivered in 1..=TRIES {
            if self.deliver(body).await == 200 {
                return delivered;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(PAUSE);
        }
        panic!("nobody takes {body}")
    }

    fn hear(&self, body: &Json) {
        let changes = body["entry"].as_array().into_iter().flatten();
        let changes = changes.flat_map(|it| it["changes"].as_array().into_iter().flatten());
        let messages =
            changes.flat_map(|it| it["value"]["messages"].as_array().into_iter().flatten());
        for message in messages {
            let at = message["timestamp"].as_str().and_then(|it| it.parse().ok());
            let from = message["from"].as_str();
            let from = from.or_else(|| message["from_user_id"].as_str());
            if let (Some(from), Some(at)) = (from, at) {
                let mut state = self.state();
                let heard = state.heard.entry(from.to_owned()).or_insert(at);
                *heard = at.max(*heard);
            }
        }
    }
}

/// Tells what became of a message: that it failed, or, where the stand-in is set up so, that it
/// arrived. The word of reading comes before that of sending, as it does now and then.
pub(super) fn tell(shared: &Arc<Shared>, sent: Sent, fails: Option<i64>) {
    let stages: &[&str] = match fails {
        Some(_) => &["failed"],
        None if shared.settings.tells => &["read", "sent", "delivered"],
        None => return,
    };
    if shared.state().webhook.is_none() {
        return;
    }
    let shared = Arc::clone(shared);
    let stages = stages.to_vec();
    tokio::spawn(async move {
        for stage in stages {
            let mut status = payload::status(&sent.id, stage, &sent.to, shared.now());
            if let Some(tracker) = sent.body.get("biz_opaque_callback_data") {
                status["biz_opaque_callback_data"] = tracker.clone();
            }
            if let Some(code) = fails {
                let (_, title, details) = known(code);
                status["errors"] = json!([{
                    "code": code,
                    "title": title,
                    "message": title,
                    "error_data": {"details": details},
                }]);
            }
            shared
                .deliver_until_taken(&payload::body(&[], &[status]))
                .await;
        }
    });
}

/// HMAC-SHA256 in hexadecimal digits.
pub(super) fn hmac(secret: &str, bytes: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    let digest = mac.chain_update(bytes).finalize().into_bytes();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the platform's own requests, through the client it was given"
)]
async fn send(request: reqwest::RequestBuilder) -> Result<reqwest::Response, reqwest::Error> {
    request.send().await
}
