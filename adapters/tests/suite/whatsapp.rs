//! WhatsApp as Meta speaks it: over HTTP, with a stand-in for the Graph API that calls the webhook.

mod check;
mod faults;
mod receipts;
mod samples;
mod sending;
mod templates;
mod webhook;

use std::sync::{Arc, Mutex};

use almanac_adapters::whatsapp::{WEBHOOK_PATH, WHATSAPP, WhatsAppSection};
use almanac_adapters::{Connected, Section};
use almanac_adapters_doubles::whatsapp::payload::{self, ACCOUNT, DISPLAY, NUMBER};
use almanac_adapters_doubles::whatsapp::{Sent, Settings, WhatsApp};
use almanac_agent_contract::{Adapter, Content, Delivery, Inbound, OutboxId, Reply, Services};
use async_trait::async_trait;
use futures::future::BoxFuture;
use serde_json::{Value as Json, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::conformance::{Signed, Taken, UnderTest, replies};
use crate::memory_line::{MemoryLine, delivery};

/// Somebody with a telephone.
const PERSON: &str = "16505551234";

/// The adapter, with its webhook on a socket and the Graph API behind.
pub(crate) struct WhatsAppUnderTest {
    line: Arc<MemoryLine>,
    adapter: Arc<dyn Adapter>,
    double: WhatsApp,
    listening: Mutex<Option<BoxFuture<'static, ()>>>,
    server: JoinHandle<()>,
    stop: CancellationToken,
    now: i64,
    answered: Option<OutboxId>,
}

impl Drop for WhatsAppUnderTest {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// The section that leads to a stand-in.
fn section(double: &WhatsApp) -> WhatsAppSection {
    section_with(double, &json!({}))
}

fn section_with(double: &WhatsApp, changes: &Json) -> WhatsAppSection {
    let mut keys = json!({
        "phone_number_id": NUMBER,
        "business_account_id": ACCOUNT,
        "access_token": "EAAtesttoken",
        "app_secret": "an app secret",
        "verify_token": "a word",
        "api_url": double.api_url(),
    });
    for (key, value) in changes.as_object().unwrap() {
        keys[key] = value.clone();
    }
    serde_json::from_value(keys).unwrap()
}

impl WhatsAppUnderTest {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// With other services than those of a line in memory.
    async fn start_with(change: impl FnOnce(&mut Services)) -> Self {
        Self::start_as(Settings::default(), change).await
    }

    async fn start_as(settings: Settings, change: impl FnOnce(&mut Services)) -> Self {
        let double = WhatsApp::start_with(settings).await;
        let line = MemoryLine::new();
        let mut services = line.services();
        change(&mut services);
        let now = services.clock.now().as_second();
        double.set_now(now);
        let stop = CancellationToken::new();
        let Connected {
            adapter,
            webhooks,
            listening,
        } = section(&double).connect(services, stop.clone()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        double.point_at(&format!("http://{address}{WEBHOOK_PATH}"));
        let server = tokio::spawn(async move {
            axum::serve(listener, webhooks.unwrap()).await.unwrap();
        });
        Self {
            line,
            adapter,
            double,
            listening: Mutex::new(listening),
            server,
            stop,
            now,
            answered: None,
        }
    }

    /// What the platform does by itself.
    fn listening(&self) -> BoxFuture<'static, ()> {
        self.listening.lock().unwrap().take().unwrap()
    }

    /// Delivers one message: what came of it.
    async fn hand_in(&self, event: u128, what: (&str, Json)) -> Taken {
        let message = payload::message(PERSON, &wamid(event), self.now, what);
        let status = self.double.deliver(&payload::body(&[message], &[])).await;
        if status != 200 {
            return Taken::TurnedAway(status);
        }
        let accepted = self.line.accepted();
        match accepted.into_iter().find(|it| it.event_id == wamid(event)) {
            Some(Inbound {
                content: Content::Notice { text },
                ..
            }) => Taken::No(text),
            Some(_) => Taken::Yes,
            None => Taken::Ignored,
        }
    }

    /// Says something and gives the event.
    async fn asked(&self, event: u128, text: &str) -> Inbound {
        assert_eq!(self.hand_in(event, payload::text(text)).await, Taken::Yes);
        let accepted = self.line.accepted();
        let mut of = accepted.into_iter();
        of.find(|it| it.event_id == wamid(event)).unwrap()
    }

    /// What was sent for a delivery.
    async fn sent_for(&self, delivery: &Delivery) -> Vec<Sent> {
        let before = self.double.sent().len();
        let receipt = self.adapter.send(delivery).await.unwrap();
        let sent = self.double.sent().split_off(before);
        // People react to any of them, and a reaction names the message that it is on.
        let (last, others) = sent.split_last().unwrap();
        assert_eq!(receipt.provider_id, last.id);
        let others: Vec<&str> = others.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(receipt.others, others);
        sent
    }

    /// A message as its reader sees it.
    fn seen(&self, sent: &Sent) -> String {
        let mut seen: Vec<String> = Vec::new();
        let body = &sent.body;
        let text = |at: &str| body.pointer(at).and_then(Json::as_str).map(str::to_owned);
        seen.extend(text("/text/body"));
        seen.extend(text("/image/caption"));
        seen.extend(text("/document/filename"));
        seen.extend(text("/interactive/body/text"));
        for entry in pressable(sent) {
            seen.extend([entry.1, entry.2]);
        }
        let uploads = self.double.uploads();
        let document = body.pointer("/document/id").and_then(Json::as_str);
        let file = uploads.iter().find(|it| Some(it.id.as_str()) == document);
        seen.extend(file.map(|it| String::from_utf8(it.bytes.clone()).unwrap()));
        seen.join("\n")
    }
}

/// What a message has to press: what it carries, its title, and what stands under it.
fn pressable(sent: &Sent) -> Vec<(String, String, String)> {
    let action = &sent.body["interactive"]["action"];
    let text = |of: &Json, key: &str| of[key].as_str().unwrap_or_default().to_owned();
    let list = |of: &Json| of.as_array().cloned().unwrap_or_default();
    let buttons = list(&action["buttons"])
        .into_iter()
        .map(|it| it["reply"].clone());
    let rows = list(&action["sections"]);
    let rows = rows.iter().flat_map(|it| list(&it["rows"]));
    buttons
        .chain(rows)
        .map(|it| {
            (
                text(&it, "id"),
                text(&it, "title"),
                text(&it, "description"),
            )
        })
        .collect()
}

fn wamid(event: u128) -> String {
    format!("wamid.HBgLMTY1MDU1NTEyMzQ{event}")
}

#[async_trait]
impl UnderTest for WhatsAppUnderTest {
    fn adapter(&self) -> Arc<dyn Adapter> {
        Arc::clone(&self.adapter)
    }

    async fn say(&mut self, event: u128, text: &str) -> Taken {
        self.hand_in(event, payload::text(text)).await
    }

    async fn press(&mut self, action: &str) -> Taken {
        let on = match self.answered {
            Some(on) => on,
            None => {
                let question = self.accepted().pop().unwrap();
                let answer = delivery(&question, replies::chart().reply);
                let sent = self.sent_for(&answer).await;
                let carried = pressable(sent.last().unwrap());
                let good = format!("good.{}", answer.id.0.simple());
                assert!(carried.iter().any(|(id, ..)| *id == good), "{carried:?}");
                *self.answered.insert(answer.id)
            }
        };
        // The same press again is the same event: the platform delivers it twice.
        let event = 100 + action.bytes().map(u128::from).sum::<u128>();
        let carried = format!("{action}.{}", on.0.simple());
        self.hand_in(event, payload::list_reply(&carried, action))
            .await
    }

    /// Without the notices: they are on the line, too, but say what the person is told, and are
    /// `Taken::No`.
    fn accepted(&self) -> Vec<Inbound> {
        let mut accepted = self.line.accepted();
        accepted.retain(|it| !matches!(it.content, Content::Notice { .. }));
        accepted
    }

    async fn shown(&mut self, reply: Reply) -> String {
        let question = self
            .asked(1_000 + self.line.accepted().len() as u128, "show it")
            .await;
        let sent = self.sent_for(&delivery(&question, reply)).await;
        let seen: Vec<String> = sent.iter().map(|it| self.seen(it)).collect();
        seen.join("\n")
    }

    fn quoted(&self, text: &str) -> String {
        text.replace('`', "ˋ")
    }

    fn live_markup(&self) -> &'static [&'static str] {
        &["`*", "*_ <!channel>", "\u{1b}", "\u{7}"]
    }

    async fn say_signed(&mut self, event: u128, text: &str, signed: Signed) -> Taken {
        let message = payload::message(PERSON, &wamid(event), self.now, payload::text(text));
        let bytes = payload::body(&[message], &[]).to_string().into_bytes();
        let signature = match signed {
            Signed::Missing => None,
            Signed::Wrong => Some(format!("sha256={}", "0".repeat(64))),
            Signed::OfOtherBytes => Some(self.double.signature(b"{}")),
            // There is no time in the signature: old copies are known by their ids.
            Signed::Stale => return Taken::NotHere,
        };
        Taken::TurnedAway(self.double.post(bytes, signature.as_deref()).await)
    }

    async fn raw(&mut self, bytes: Vec<u8>) -> Taken {
        let signature = self.double.signature(&bytes);
        match self.double.post(bytes, Some(&signature)).await {
            200 => Taken::Ignored,
            status => Taken::TurnedAway(status),
        }
    }

    async fn edit(&mut self, event: u128, of: u128, text: &str) -> Taken {
        self.hand_in(event, payload::edit(&wamid(of), text)).await
    }

    async fn delete(&mut self, event: u128, of: u128) -> Taken {
        self.hand_in(event, payload::revoke(&wamid(of))).await
    }

    async fn hear_itself(&mut self) -> Taken {
        let own = payload::message(DISPLAY, &wamid(1), self.now, payload::text("mine"));
        let echo = json!({
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": DISPLAY, "phone_number_id": NUMBER},
            "message_echoes": [own],
        });
        let bodies = [
            payload::body(&[own], &[]),
            payload::change("smb_message_echoes", &echo),
        ];
        self.raw(payload::batch(&bodies).to_string().into_bytes())
            .await
    }

    async fn unknown(&mut self) -> Taken {
        let message = payload::message(PERSON, &wamid(1), self.now, ("hologram", json!({"x": 1})));
        let bodies = [
            payload::body(&[message], &[]),
            payload::change("moon_phase", &json!({"phase": "full"})),
            json!({"object": "page", "entry": []}),
        ];
        for body in bodies {
            let taken = self.raw(body.to_string().into_bytes()).await;
            assert_eq!(taken, Taken::Ignored);
        }
        Taken::Ignored
    }

    fn breaches(&self) -> Vec<String> {
        self.double.breaches()
    }
}

#[test]
fn it_is_named_once() {
    assert_eq!(WHATSAPP.as_str(), "whatsapp");
}
