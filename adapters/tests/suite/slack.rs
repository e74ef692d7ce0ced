//! Slack, spoken to as Slack speaks, with its own client library against the stand-in.

mod answers;
mod asking;
mod emulated;
mod faults;
mod forms;
mod installing;
mod mutations;
mod payloads;
mod responses;
mod socket;

use std::sync::Arc;

use almanac_adapters::slack::SlackSection;
use almanac_adapters::{Connected, Section};
use almanac_adapters_doubles::slack::{
    BOT, BOT_TOKEN, SIGNING_SECRET, Shown, Signed, SlackDouble, form,
};
use almanac_agent_contract::{Adapter, Delivery, Inbound, Outcome, Reply};
use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::conformance::{Signed as Signature, Taken, UnderTest};
use crate::memory_line::{MemoryLine, delivery};

/// What the memory line's clock says, in seconds since 1970.
const NOW: i64 = 1_795_183_200;

/// Slack with a memory line behind.
pub(crate) struct SlackUnderTest {
    double: SlackDouble,
    line: Arc<MemoryLine>,
    adapter: Arc<dyn Adapter>,
    router: Router,
    answered: Option<Shown>,
}

/// What came back from an address of ours.
#[derive(Debug, PartialEq)]
struct Got {
    status: StatusCode,
    body: Vec<u8>,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

fn config(double: &SlackDouble) -> SlackSection {
    SlackSection {
        signing_secret: Some(SIGNING_SECRET.into()),
        bot_token: Some(BOT_TOKEN.into()),
        api_url: Some(double.api_url()),
        ..SlackSection::default()
    }
}

impl SlackUnderTest {
    pub(crate) async fn start() -> Self {
        let double = SlackDouble::start().await;
        let config = config(&double);
        Self::with(double, &config)
    }

    fn with(double: SlackDouble, config: &SlackSection) -> Self {
        let line = MemoryLine::new();
        let Connected {
            adapter, webhooks, ..
        } = config
            .connect(line.services(), CancellationToken::new())
            .unwrap();
        Self {
            double,
            line,
            adapter,
            router: webhooks.unwrap(),
            answered: None,
        }
    }

    /// Posts a request of Slack's.
    async fn post(&self, path: &str, signed: &Signed) -> Got {
        let mut request = Request::post(path);
        for (name, value) in signed.heads() {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(signed.body.clone())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        Got {
            status,
            body: body.to_vec(),
        }
    }

    async fn event(&self, event: &Value) -> Got {
        let signed = self.double.sign(event.to_string().into_bytes(), NOW);
        self.post("/slack/events", &signed).await
    }

    async fn interact(&self, payload: &Value) -> Got {
        let body = form(&[("payload", &payload.to_string())]);
        let signed = self.double.sign(body, NOW);
        self.post("/slack/interactive", &signed).await
    }

    async fn type_command(&self, command: &Value) -> Got {
        let fields: Vec<(&str, &str)> = command
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
            .collect();
        let signed = self.double.sign(form(&fields), NOW);
        self.post("/slack/commands", &signed).await
    }

    /// Asks in a channel, and gives what was accepted.
    async fn asked(&self, event: u32) -> Inbound {
        let before = self.line.accepted().len();
        let id = format!("Ev{event}");
        let mention = SlackDouble::mention(&id, "C1", "U1", &ts(event.into()), "revenue");
        assert_eq!(self.event(&mention).await.status, 200);
        self.line.after(before).await
    }

    async fn delivered(&self, inbound: &Inbound, reply: Reply) -> Delivery {
        let delivery = delivery(inbound, reply);
        self.adapter.send(&delivery).await.unwrap();
        delivery
    }

    fn last(&self) -> Shown {
        self.double.shown().pop().unwrap()
    }

    async fn took(&self, got: Got, event_id: &str, told_before: u64) -> Taken {
        if got.status != 200 {
            return Taken::TurnedAway(got.status.as_u16());
        }
        let accepted = self.line.accepted();
        if accepted.iter().any(|it| it.event_id == event_id) {
            return Taken::Yes;
        }
        self.double.until("chat.postMessage", told_before + 1).await;
        Taken::No(self.last().text)
    }
}

fn ts(event: u128) -> String {
    format!("{NOW}.{event:06}")
}

fn words(text: &str) -> Reply {
    Reply::words(Outcome::Answer, text)
}

fn changed(event_id: &str, of: &str, text: &str, before: &str) -> Value {
    let message = |text: &str| {
        json!({"type": "message", "user": "U1", "ts": of, "text": text,
            "edited": {"user": "U1", "ts": of}})
    };
    let event = json!({"type": "message", "subtype": "message_changed", "channel": "DU1",
        "channel_type": "im", "hidden": true, "event_ts": of, "ts": of,
        "message": message(text), "previous_message": message(before)});
    SlackDouble::event(event_id, &event)
}

fn deleted(event_id: &str, of: &str) -> Value {
    let event = json!({"type": "message", "subtype": "message_deleted", "channel": "DU1",
        "channel_type": "im", "hidden": true, "event_ts": of, "ts": of, "deleted_ts": of,
        "previous_message": {"type": "message", "user": "U1", "ts": of, "text": "revenue today"}});
    SlackDouble::event(event_id, &event)
}

/// All that a person sees, escaped as Slack's markup would be.
fn seen(shown: &[Shown]) -> String {
    let mut seen = String::new();
    for message in shown {
        seen.push_str(&message.text);
        seen.push('\n');
        for block in &message.blocks {
            read(block, block["type"] == json!("rich_text"), &mut seen);
        }
    }
    seen
}

fn read(value: &Value, literal: bool, into: &mut String) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if name == "text" || name == "alt_text" => {
                        let text = if literal { escape(text) } else { text.clone() };
                        into.push_str(&text);
                        into.push('\n');
                    }
                    value => read(value, literal, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| read(it, literal, into)),
        _ => {}
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[async_trait]
impl UnderTest for SlackUnderTest {
    fn adapter(&self) -> Arc<dyn Adapter> {
        Arc::clone(&self.adapter)
    }

    async fn say(&mut self, event: u128, text: &str) -> Taken {
        let id = format!("Ev{event}");
        let told = self.double.count("chat.postMessage");
        let event = SlackDouble::direct(&id, "U1", &ts(event), text);
        let got = self.event(&event).await;
        self.took(got, &id, told).await
    }

    async fn press(&mut self, action: &str) -> Taken {
        if self.answered.is_none() {
            let inbound = self.line.accepted().pop().unwrap();
            let reply = crate::conformance::replies::chart().reply;
            self.delivered(&inbound, reply).await;
            self.answered = Some(self.last());
        }
        let on = self.answered.clone().unwrap();
        let good = button(&on, "act:good");
        let value = good.replacen("good", action, 1);
        let id = format!("act:{action}");
        let payload = self.double.press("U1", &on, (&id, &value), &ts(77));
        let got = self.interact(&payload).await;
        assert_eq!(got.status, 200);
        let id = format!("press.{value}.U1");
        let accepted = self.line.accepted();
        if accepted.iter().any(|it| it.event_id == id) {
            Taken::Yes
        } else {
            Taken::Ignored
        }
    }

    fn accepted(&self) -> Vec<Inbound> {
        self.line.accepted()
    }

    async fn shown(&mut self, reply: Reply) -> String {
        let event = 1_000 + u32::try_from(self.line.accepted().len()).unwrap();
        let inbound = self.asked(event).await;
        let (before, files) = (self.double.shown().len(), self.double.uploads().len());
        self.delivered(&inbound, reply).await;
        let mut all = seen(&self.double.shown()[before..]);
        for upload in &self.double.uploads()[files..] {
            assert!(upload.complete, "{upload:?}");
            if let Ok(text) = std::str::from_utf8(&upload.bytes) {
                all.push_str(&escape(text));
            }
        }
        all
    }

    fn quoted(&self, text: &str) -> String {
        escape(text)
    }

    fn live_markup(&self) -> &'static [&'static str] {
        &["<script", "<img", "<!channel>", "\u{1b}", "\u{7}"]
    }

    async fn say_signed(&mut self, event: u128, text: &str, signature: Signature) -> Taken {
        let id = format!("Ev{event}");
        let body = SlackDouble::direct(&id, "U1", &ts(event), text);
        let body = body.to_string().into_bytes();
        let mut signed = self.double.sign(body.clone(), NOW);
        match signature {
            Signature::Missing => signed.signature = String::new(),
            Signature::Wrong => signed = Signed::new("another secret", body, NOW),
            Signature::OfOtherBytes => signed.body.push(b' '),
            Signature::Stale => signed = self.double.sign(body, NOW - 3_600),
        }
        let got = self.post("/slack/events", &signed).await;
        Taken::TurnedAway(got.status.as_u16())
    }

    async fn raw(&mut self, bytes: Vec<u8>) -> Taken {
        let signed = self.double.sign(bytes, NOW);
        match self.post("/slack/events", &signed).await.status.as_u16() {
            200 => Taken::Ignored,
            status => Taken::TurnedAway(status),
        }
    }

    async fn edit(&mut self, event: u128, of: u128, text: &str) -> Taken {
        let id = format!("Ev{event}");
        let event = changed(&id, &ts(of), text, "revenue today");
        let got = self.event(&event).await;
        self.took(got, &id, 0).await
    }

    async fn delete(&mut self, event: u128, of: u128) -> Taken {
        let id = format!("Ev{event}");
        let got = self.event(&deleted(&id, &ts(of))).await;
        self.took(got, &id, 0).await
    }

    async fn hear_itself(&mut self) -> Taken {
        for event in [
            json!({"type": "message", "channel_type": "im", "channel": "DU1", "user": BOT,
                "bot_id": "B0BOT", "text": "An answer", "ts": ts(5)}),
            json!({"type": "message", "channel_type": "im", "channel": "DU1", "user": BOT,
                "text": "An answer", "ts": ts(6)}),
            json!({"type": "message", "subtype": "bot_message", "channel": "DU1",
                "bot_id": "B0BOT", "text": "An answer", "ts": ts(7)}),
        ] {
            let got = self.event(&SlackDouble::event("EvOwn", &event)).await;
            assert_eq!(got.status, 200);
        }
        Taken::Ignored
    }

    async fn unknown(&mut self) -> Taken {
        let event = json!({"type": "of_a_later_year", "user": "U1", "channel": "C1"});
        let got = self.event(&SlackDouble::event("EvNew", &event)).await;
        assert_eq!(got.status, 200);
        Taken::Ignored
    }

    fn breaches(&self) -> Vec<String> {
        self.double.breaches()
    }

    fn was_private(&self) -> Option<bool> {
        Some(self.last().only.is_some())
    }
}

/// What a button of a message carries.
fn button(on: &Shown, id: &str) -> String {
    on.blocks
        .iter()
        .flat_map(|block| block["elements"].as_array().cloned().unwrap_or_default())
        .find(|element| element["action_id"] == json!(id))
        .and_then(|element| element["value"].as_str().map(str::to_owned))
        .unwrap_or_else(|| panic!("no {id} in {:?}", on.blocks))
}
