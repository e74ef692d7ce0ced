//! Discord: the real client against the double, as the suite and the tests beside it use it.

use std::collections::HashMap;
use std::sync::Arc;

use almanac_adapters::Section;
use almanac_adapters::discord::DiscordSection as Configured;
use almanac_adapters_doubles::discord::{BOT, Discord, Place, Posted, TOKEN, Talk};
use almanac_agent_contract::{Adapter, Content, Inbound, OutboxId, Reply, Services};
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::conformance::{Signed, Taken, UnderTest, replies};
use crate::memory_line::{MemoryLine, delivery};

/// Seconds since 1970 on the clock of the tests.
const NOW: i64 = 1_795_183_200;

/// The direct chat with Ana.
pub(crate) const DIRECT: &str = "300000000000000001";
/// A channel of a server.
pub(crate) const CHANNEL: &str = "300000000000000002";

/// Almanac on Discord.
pub(crate) struct Connected {
    pub(crate) line: Arc<MemoryLine>,
    pub(crate) double: Discord,
    pub(crate) adapter: Arc<dyn Adapter>,
    pub(crate) webhooks: Router,
    pub(crate) stop: CancellationToken,
}

impl Connected {
    /// Listens already.
    pub(crate) async fn new() -> Self {
        Self::with(json!({}), Discord::start().await).await
    }

    /// With more in the section.
    pub(crate) async fn with(more: Value, double: Discord) -> Self {
        let line = MemoryLine::new();
        let connected = connect(&double, line.services(), more);
        let stop = connected.1;
        tokio::spawn(connected.0.listening.unwrap());
        double.listening(1).await;
        Self {
            line,
            double,
            adapter: connected.0.adapter,
            webhooks: connected.0.webhooks.unwrap(),
            stop,
        }
    }

    /// Returns when everything said in this place before has been dealt with: nothing at all is
    /// said, and that is answered.
    pub(crate) async fn settle(&self, talk: &Talk) {
        let nothing = format!("<@{BOT}> ");
        let id = self.double.say(talk, &nothing);
        self.double.wait_for(|it| quotes(it, &id)).await;
    }

    /// Says something and gives what is on the line of it.
    pub(crate) async fn said(&self, talk: &Talk, text: &str) -> Inbound {
        let id = self.double.say(talk, text);
        loop {
            let all = self.line.accepted();
            if let Some(found) = all.into_iter().find(|it| it.event_id == id) {
                return found;
            }
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    }

    /// Waits for the line to have as many events.
    pub(crate) async fn accepted(&self, count: usize) -> Vec<Inbound> {
        self.line.after(count - 1).await;
        self.line.accepted()
    }

    /// Sends an interaction over signed HTTP, at this time.
    pub(crate) async fn post(&self, body: &[u8], at: i64, signature: Option<&str>) -> (u16, Value) {
        Self::post_to(self.webhooks.clone(), body, at, signature).await
    }

    async fn post_to(
        webhooks: Router,
        body: &[u8],
        at: i64,
        signature: Option<&str>,
    ) -> (u16, Value) {
        let at = at.to_string();
        let mut request = Request::post("/discord/interactions");
        if let Some(signature) = signature {
            request = request
                .header("x-signature-ed25519", signature)
                .header("x-signature-timestamp", &at);
        }
        let request = request.body(Body::from(body.to_vec())).unwrap();
        let response = webhooks.oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20)
            .await
            .unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or_default();
        (status.as_u16(), body)
    }

    /// The same, rightly signed now.
    pub(crate) async fn post_signed(&self, body: &[u8]) -> (u16, Value) {
        self.post_signed_to(self.webhooks.clone(), body).await
    }

    /// The same, to other webhooks.
    pub(crate) async fn post_signed_to(&self, webhooks: Router, body: &[u8]) -> (u16, Value) {
        let signature = self.double.signature(&NOW.to_string(), body);
        Self::post_to(webhooks, body, NOW, Some(&signature)).await
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// The section, connected to the double.
pub(crate) fn connect(
    double: &Discord,
    services: Services,
    more: Value,
) -> (almanac_adapters::Connected, CancellationToken) {
    let stop = CancellationToken::new();
    let connected = section(double, more)
        .connect(services, stop.clone())
        .unwrap();
    (connected, stop)
}

/// The section for the double.
pub(crate) fn section(double: &Discord, more: Value) -> Configured {
    let mut section = json!({
        "token": TOKEN, "public_key": double.public_key(), "api_url": double.url(),
    });
    for (key, value) in more.as_object().unwrap() {
        section[key] = value.clone();
    }
    serde_json::from_value(section).unwrap()
}

/// Ana, alone with Almanac.
pub(crate) fn direct() -> Talk {
    Talk::of_ana(Place::direct(DIRECT))
}

/// Ana, in a channel.
pub(crate) fn channel() -> Talk {
    Talk::of_ana(Place::channel(CHANNEL))
}

/// A mention and what follows it.
pub(crate) fn mention(text: &str) -> String {
    format!("<@{BOT}> {text}")
}

/// Whether a message quotes another.
pub(crate) fn quotes(posted: &Posted, id: &str) -> bool {
    posted.body["message_reference"]["message_id"] == id
}

/// The text as it leaves where it is only text.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        if "\\*_~`|<[@".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// Everything to be seen of a message, in the form in which markup would be told from text: what
/// Discord does not read as markup is escaped here.
pub(crate) fn seen(posted: &Posted) -> String {
    let mut seen = vec![read(posted.body["content"].as_str().unwrap_or_default())];
    for embed in posted.body["embeds"].as_array().unwrap() {
        for marked in ["title", "description"] {
            seen.push(read(embed[marked].as_str().unwrap_or_default()));
        }
        let footer = embed["footer"]["text"].as_str().unwrap_or_default();
        seen.push(escaped(footer));
    }
    for row in posted.body["components"].as_array().unwrap() {
        for component in row["components"].as_array().unwrap() {
            let entries = component["options"].as_array();
            let labels = entries.into_iter().flatten().chain([component]);
            let labels = labels.filter_map(|it| it["label"].as_str());
            seen.extend(labels.map(escaped));
        }
    }
    for file in &posted.files {
        seen.extend(std::str::from_utf8(&file.bytes).map(escaped));
    }
    seen.join("\n")
}

fn read(marked: &str) -> String {
    let parts = marked.split("```").enumerate();
    let read = parts.map(|(at, part)| match at % 2 {
        0 => part.to_owned(),
        _ => escaped(part.split_once('\n').map_or(part, |(_, inside)| inside)),
    });
    read.collect::<Vec<_>>().join("\n")
}

/// Discord with a line behind it, for the suite.
pub(crate) struct DiscordUnderTest {
    discord: Connected,
    ids: HashMap<u128, String>,
    sent: HashMap<String, OutboxId>,
    shown: Vec<Posted>,
}

impl DiscordUnderTest {
    pub(crate) async fn new() -> Self {
        Self {
            discord: Connected::new().await,
            ids: HashMap::new(),
            sent: HashMap::new(),
            shown: vec![],
        }
    }

    fn id(&mut self, event: u128) -> String {
        let double = &self.discord.double;
        self.ids
            .entry(event)
            .or_insert_with(|| double.new_id())
            .clone()
    }

    /// Yes where more is on the line than was, or what this says is there.
    async fn taken(&self, is_it: impl Fn(&Inbound) -> bool) -> Taken {
        self.discord.settle(&direct()).await;
        if self.accepted().iter().any(is_it) {
            Taken::Yes
        } else {
            Taken::Ignored
        }
    }
}

#[async_trait]
impl UnderTest for DiscordUnderTest {
    fn adapter(&self) -> Arc<dyn Adapter> {
        self.discord.adapter.clone()
    }

    async fn say(&mut self, event: u128, text: &str) -> Taken {
        let id = self.id(event);
        self.discord.double.say_as(&direct(), &id, text);
        self.discord.settle(&direct()).await;
        if self.accepted().iter().any(|it| it.event_id == id) {
            return Taken::Yes;
        }
        let told = self.discord.double.wait_for(|it| quotes(it, &id)).await;
        Taken::No(seen(&told))
    }

    async fn press(&mut self, action: &str) -> Taken {
        let asked = self.accepted().into_iter().rev();
        let asked = asked
            .into_iter()
            .find(|it| matches!(it.content, Content::Text { .. }))
            .unwrap();
        let on = match self.sent.get(&asked.event_id) {
            Some(on) => *on,
            None => {
                let answer = delivery(&asked, replies::chart().reply);
                self.discord.adapter.send(&answer).await.unwrap();
                self.sent.insert(asked.event_id, answer.id);
                answer.id
            }
        };
        let double = &self.discord.double;
        let before = double.callbacks(0).await.len();
        let carried = format!("{action}.{}", on.0.simple());
        double.interact(&direct().press(double, &carried, 0));
        let callbacks = double.callbacks(before + 1).await;
        let is_it = |it: &Inbound| matches!(&it.content, Content::Pressed { action: it, .. } if it == action);
        if self.accepted().iter().any(is_it) {
            return Taken::Yes;
        }
        let told = &callbacks[before].body["data"]["content"];
        Taken::No(told.as_str().unwrap().to_owned())
    }

    fn accepted(&self) -> Vec<Inbound> {
        self.discord.line.accepted()
    }

    async fn shown(&mut self, reply: Reply) -> String {
        let inbound = self.discord.said(&channel(), &mention("show it")).await;
        let before = self.discord.double.posted().len();
        self.discord
            .line
            .answer_with(self.discord.adapter.as_ref(), &inbound, reply)
            .await;
        self.shown = self.discord.double.posted().split_off(before);
        let all: Vec<String> = self.shown.iter().map(seen).collect();
        all.join("\n")
    }

    fn quoted(&self, text: &str) -> String {
        escaped(text)
    }

    fn live_markup(&self) -> &'static [&'static str] {
        &["> @everyone", "'`*_ <!"]
    }

    async fn say_signed(&mut self, _event: u128, text: &str, signed: Signed) -> Taken {
        let double = &self.discord.double;
        let asked = direct().command(double, "ask", &[("question", json!(text))]);
        let body = asked.to_string().into_bytes();
        let right = double.signature(&NOW.to_string(), &body);
        let (at, signature) = match signed {
            Signed::Missing => (NOW, None),
            Signed::Wrong => (NOW, Some(right.replace(['1', '2'], "3"))),
            Signed::OfOtherBytes => (NOW, Some(double.signature(&NOW.to_string(), b"{}"))),
            Signed::Stale => {
                let stale = NOW - 3600;
                (stale, Some(double.signature(&stale.to_string(), &body)))
            }
        };
        let (status, _) = self.discord.post(&body, at, signature.as_deref()).await;
        Taken::TurnedAway(status)
    }

    async fn raw(&mut self, bytes: Vec<u8>) -> Taken {
        let (status, _) = self.discord.post_signed(&bytes).await;
        if StatusCode::from_u16(status).unwrap().is_success() {
            Taken::Ignored
        } else {
            Taken::TurnedAway(status)
        }
    }

    async fn edit(&mut self, event: u128, of: u128, text: &str) -> Taken {
        let id = self.id(of);
        let second = u32::try_from(event).unwrap();
        let edited = direct().edited(&id, text, second);
        self.discord.double.dispatch("MESSAGE_UPDATE", &edited);
        self.taken(|it| matches!(&it.content, Content::Edited { message, .. } if *message == id))
            .await
    }

    async fn delete(&mut self, _event: u128, of: u128) -> Taken {
        let id = self.id(of);
        let deleted = direct().deleted(&id);
        self.discord.double.dispatch("MESSAGE_DELETE", &deleted);
        self.taken(|it| matches!(&it.content, Content::Deleted { message } if *message == id))
            .await
    }

    async fn hear_itself(&mut self) -> Taken {
        let own = direct().own_message(0);
        self.discord.double.dispatch("MESSAGE_CREATE", &own);
        self.taken(|_| true).await
    }

    async fn unknown(&mut self) -> Taken {
        let double = &self.discord.double;
        double.dispatch("MOON_RISE", &json!({"phase": 0.5}));
        self.taken(|_| true).await
    }

    fn breaches(&self) -> Vec<String> {
        self.discord.double.breaches()
    }

    fn was_private(&self) -> Option<bool> {
        let last = self.shown.last()?;
        let among_all = last.channel == CHANNEL
            || self
                .discord
                .double
                .threads()
                .iter()
                .any(|(id, _)| *id == last.channel);
        Some(last.ephemeral || !among_all)
    }
}
