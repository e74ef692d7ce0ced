//! Telegram by its webhook, and what it is set up with.

use std::sync::Arc;
use std::time::Duration;

use almanac_adapters::telegram::{TELEGRAM, TelegramSection};
use almanac_adapters::{Connected, Section};
use almanac_adapters_doubles::telegram::{BOT, Posted, TOKEN, TelegramDouble, updates};
use almanac_agent_contract::{
    Adapter, Content, Delivery, Inbound, Origin, Reply, Sender, Space, SpaceKind,
};
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::conformance::{Signed, Taken, UnderTest, replies};
use crate::memory_line::{MemoryLine, delivery};

/// A person who has started the bot.
pub(crate) const ANA: i64 = 77;
/// A group that has it.
pub(crate) const GROUP: i64 = -1_001_000;
const SECRET: &str = "a-secret_for-tests";

/// The section, with the double in Telegram's place.
pub(crate) fn section(double: &TelegramDouble, webhook: bool) -> TelegramSection {
    TelegramSection {
        webhook: webhook.then(|| "https://almanac.example/".to_owned()),
        webhook_secret: Some(SECRET.into()),
        api_url: double.api_url().to_owned(),
        ..TelegramSection::polling(TOKEN.into())
    }
}

/// A bot with its webhook announced.
pub(crate) struct TelegramUnderTest {
    pub(crate) line: Arc<MemoryLine>,
    pub(crate) double: TelegramDouble,
    pub(crate) adapter: Arc<dyn Adapter>,
    router: Router,
    stop: CancellationToken,
    answer: Option<Posted>,
    was_private: Option<bool>,
}

impl Drop for TelegramUnderTest {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl TelegramUnderTest {
    pub(crate) async fn new() -> Self {
        let double = TelegramDouble::start().await;
        double.open(ANA);
        double.open(GROUP);
        let line = MemoryLine::new();
        let stop = CancellationToken::new();
        let connected = section(&double, true).connect(line.services(), stop.clone());
        let Connected {
            adapter,
            webhooks,
            listening,
        } = connected.unwrap();
        tokio::spawn(listening.unwrap());
        assert!(double.until(|it| it.calls("setMyCommands") == 6).await);
        Self {
            line,
            double,
            adapter,
            router: webhooks.unwrap(),
            stop,
            answer: None,
            was_private: None,
        }
    }

    /// Posts to the webhook: the status.
    pub(crate) async fn post(&self, secret: Option<&str>, body: Vec<u8>) -> u16 {
        let mut request = Request::post("/telegram/webhook");
        if let Some(secret) = secret {
            request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        let request = request.body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        response.status().as_u16()
    }

    /// An update to the webhook, and what came of it.
    pub(crate) async fn update(&self, update: &Value) -> Taken {
        self.double.know(update);
        let before = self.double.messages().len();
        let status = self
            .post(Some(SECRET), update.to_string().into_bytes())
            .await;
        if status != 200 {
            return Taken::TurnedAway(status);
        }
        let id = update["update_id"].to_string();
        if self.line.accepted().iter().any(|it| it.event_id == id) {
            return Taken::Yes;
        }
        for _ in 0..40 {
            if let Some(told) = self.double.messages().get(before) {
                return Taken::No(told.visible.clone());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Taken::Ignored
    }

    /// The answer to what was accepted last, as it stands in the chat: all its messages.
    pub(crate) async fn answered(&self, inbound: &Inbound, reply: Reply) -> Vec<Posted> {
        let before = self.double.messages().len();
        self.adapter.send(&delivery(inbound, reply)).await.unwrap();
        self.double.messages().split_off(before)
    }
}

fn id(event: u128) -> i64 {
    i64::try_from(event).unwrap()
}

/// A question in a group.
pub(crate) fn in_group(text: &str) -> Inbound {
    Inbound {
        platform: TELEGRAM,
        installation: BOT.to_string(),
        event_id: "5000".into(),
        space: Space {
            id: GROUP.to_string(),
            kind: SpaceKind::Channel,
            thread: None,
        },
        sender: Sender {
            user: ANA.to_string(),
            name: None,
        },
        content: Content::Text { text: text.into() },
        origin: Origin {
            message: Some(format!("{GROUP}:50")),
            ..Origin::default()
        },
        at: "2026-11-20T14:00:00Z".parse().unwrap(),
    }
}

/// A question in a private chat.
pub(crate) fn in_private(text: &str) -> Inbound {
    let mut inbound = in_group(text);
    inbound.space.id = ANA.to_string();
    inbound.space.kind = SpaceKind::Direct;
    inbound.origin.message = Some(format!("{ANA}:50"));
    inbound
}

/// Its answer.
pub(crate) fn answer_to(inbound: &Inbound, reply: Reply) -> Delivery {
    delivery(inbound, reply)
}

#[async_trait]
impl UnderTest for TelegramUnderTest {
    fn adapter(&self) -> Arc<dyn Adapter> {
        Arc::clone(&self.adapter)
    }

    async fn say(&mut self, event: u128, text: &str) -> Taken {
        self.update(&updates::message(id(event), id(event), ANA, ANA, text))
            .await
    }

    async fn press(&mut self, action: &str) -> Taken {
        if self.answer.is_none() {
            let question = self.line.accepted().pop().unwrap();
            let answer = self.answered(&question, replies::chart().reply).await;
            self.answer = answer.into_iter().find(|it| !it.keyboard.is_empty());
        }
        let answer = self.answer.clone().unwrap();
        let good = answer
            .keys()
            .find_map(|key| key.data.clone().filter(|it| it.starts_with("good.")));
        let data = good.unwrap().replace("good", action);
        let event = if action == "good" { 902 } else { 901 };
        self.update(&updates::pressed(event, ANA, &answer, &data))
            .await
    }

    fn accepted(&self) -> Vec<Inbound> {
        self.line.accepted()
    }

    async fn shown(&mut self, reply: Reply) -> String {
        let before = self.double.messages().len();
        let delivery = delivery(&in_group("show it"), reply);
        let receipt = self.adapter.send(&delivery).await.unwrap();
        self.was_private = Some(receipt.provider_id.starts_with(&format!("{ANA}:")));
        // Buttons and files have no markup: what is in them is text.
        let mut shown = Vec::new();
        for message in self.double.messages().split_off(before) {
            shown.push(message.html.clone());
            shown.extend(message.keys().map(|key| self.quoted(&key.text)));
            if let Some((_, bytes)) = &message.file {
                shown.push(self.quoted(&String::from_utf8_lossy(bytes)));
            }
        }
        shown.join("\n")
    }

    fn quoted(&self, text: &str) -> String {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace("@everyone", "@\u{2060}everyone")
    }

    fn live_markup(&self) -> &'static [&'static str] {
        &["<script", "<img src=x", "<b>'", "\u{1b}", "\u{7}"]
    }

    async fn say_signed(&mut self, event: u128, text: &str, signed: Signed) -> Taken {
        let secret = match signed {
            Signed::Missing => None,
            Signed::Wrong => Some("another-secret"),
            Signed::OfOtherBytes | Signed::Stale => return Taken::NotHere,
        };
        let update = updates::message(id(event), id(event), ANA, ANA, text);
        match self.post(secret, update.to_string().into_bytes()).await {
            200 => Taken::Yes,
            status => Taken::TurnedAway(status),
        }
    }

    async fn raw(&mut self, bytes: Vec<u8>) -> Taken {
        match self.post(Some(SECRET), bytes).await {
            200 => Taken::Ignored,
            status => Taken::TurnedAway(status),
        }
    }

    async fn edit(&mut self, event: u128, of: u128, text: &str) -> Taken {
        self.update(&updates::edited(id(event), id(of), ANA, ANA, text))
            .await
    }

    async fn hear_itself(&mut self) -> Taken {
        let mut update = updates::message(800, 800, ANA, ANA, "You said: hello");
        update["message"]["from"] = updates::bot();
        self.update(&update).await
    }

    async fn unknown(&mut self) -> Taken {
        self.update(&json!({ "update_id": 801, "hologram": { "id": 1 } }))
            .await
    }

    fn breaches(&self) -> Vec<String> {
        self.double.breaches()
    }

    fn was_private(&self) -> Option<bool> {
        self.was_private
    }
}

#[tokio::test]
async fn the_webhook_is_announced_with_its_secret_and_the_commands_in_three_languages() {
    let telegram = TelegramUnderTest::new().await;
    let webhook = telegram.double.webhook().unwrap();
    assert_eq!(webhook["url"], "https://almanac.example/telegram/webhook");
    assert_eq!(webhook["secret_token"], SECRET);
    let private = ["ask", "follow", "alerts", "digest", "help", "start"];
    for language in ["", "es", "pt"] {
        let listed = telegram.double.commands("all_private_chats", language);
        assert_eq!(listed, private);
        let listed = telegram.double.commands("all_group_chats", language);
        assert_eq!(listed, private[..5]);
    }
    assert_eq!(telegram.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn an_update_that_cannot_be_kept_comes_again() {
    let telegram = TelegramUnderTest::new().await;
    let update = updates::message(1, 1, ANA, ANA, "revenue today");
    telegram.line.set_down(true);
    assert_eq!(telegram.update(&update).await, Taken::TurnedAway(503));
    telegram.line.set_down(false);
    assert_eq!(telegram.update(&update).await, Taken::Yes);
}

#[tokio::test]
async fn a_press_stops_its_spinner_and_shows_what_was_chosen() {
    let telegram = TelegramUnderTest::new().await;
    let question = in_private("sales last week");
    let answer = telegram.answered(&question, replies::choices().reply).await;
    let [answer] = answer.as_slice() else {
        panic!("{answer:?}")
    };
    let second = answer.keys().nth(1).unwrap().data.clone().unwrap();
    let update = updates::pressed(9, ANA, answer, &second);
    assert_eq!(telegram.update(&update).await, Taken::Yes);
    let chosen = telegram.line.accepted().remove(0);
    assert!(matches!(chosen.content, Content::Chosen { index: 1, .. }));
    assert_eq!(chosen.origin.message, Some(format!("{ANA}:{}", answer.id)));
    assert!(
        telegram
            .double
            .until(|it| it.messages_in(ANA)[0].edits == 1)
            .await
    );
    let says: Vec<String> = telegram.double.messages_in(ANA)[0]
        .keys()
        .map(|key| key.text.clone())
        .collect();
    assert_eq!(says, ["Revenue last week", "✓ Orders last week"]);
    assert_eq!(telegram.double.answered().len(), 1);
    assert_eq!(telegram.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_button_of_somebody_elses_is_answered_and_left() {
    let telegram = TelegramUnderTest::new().await;
    let question = in_private("sales last week");
    let answer = telegram.answered(&question, replies::choices().reply).await;
    let update = updates::pressed(9, ANA, &answer[0], "vote:7");
    assert_eq!(telegram.update(&update).await, Taken::Ignored);
    assert!(telegram.double.until(|it| it.answered().len() == 1).await);
}

#[tokio::test]
async fn doctor_says_what_to_mend_and_where() {
    let double = TelegramDouble::start().await;
    let services = MemoryLine::new().services();
    let found = |what: &'static str| {
        let (section, services) = (section(&double, false), services.clone());
        async move {
            let checks = section.check(services).await;
            let check = checks.into_iter().find(|it| it.what == what);
            check.unwrap().found
        }
    };
    assert!(found("token").await.unwrap().contains("@almanac_bot"));
    assert!(found("commands").await.unwrap_err().contains("/ask"));
    assert!(found("webhook").await.unwrap().contains("polling"));
    double.set_webhook(Some("https://elsewhere.example"), None);
    assert!(found("webhook").await.unwrap_err().contains("elsewhere"));
    double.revoke(true);
    let mend = found("token").await.unwrap_err();
    assert!(
        mend.contains("@BotFather") && !mend.contains(TOKEN),
        "{mend}"
    );
    let hooked = section(&double, true);
    double.revoke(false);
    let ours = "https://almanac.example/telegram/webhook";
    double.set_webhook(Some(ours), Some("Connection refused"));
    let checks = hooked.check(services).await;
    let webhook = checks.iter().find(|it| it.what == "webhook").unwrap();
    let trouble = webhook.found.as_ref().unwrap_err();
    assert!(trouble.contains("Connection refused"), "{trouble}");
}

#[test]
fn the_steps_name_the_address_and_every_command() {
    let section = TelegramSection::polling(TOKEN.into());
    let steps = section.manifest("https://almanac.example");
    for part in [
        "@BotFather",
        "/setprivacy",
        "https://almanac.example/telegram/webhook",
        "ask - ",
        "follow - ",
        "alerts - ",
        "digest - ",
    ] {
        assert!(steps.contains(part), "{part}");
    }
}

#[test]
fn a_wrong_section_says_which_key() {
    let wrong = |change: fn(&mut TelegramSection)| {
        let mut section = TelegramSection::polling(TOKEN.into());
        change(&mut section);
        let connected = section.connect(MemoryLine::new().services(), CancellationToken::new());
        let error = connected.err().unwrap().to_string();
        assert!(!error.contains(TOKEN));
        error
    };
    assert!(wrong(|it| it.token = "nonsense".into()).contains("[telegram] token"));
    assert!(wrong(|it| it.token = "env:NO_SUCH_TOKEN".into()).contains("NO_SUCH_TOKEN"));
    assert!(wrong(|it| it.api_url = "nowhere".into()).contains("api_url"));
    assert!(wrong(|it| it.webhook = Some("almanac".into())).contains("[telegram] webhook"));
    let short = wrong(|it| {
        it.webhook = Some("https://almanac.example".into());
        it.webhook_secret = Some("no spaces".into());
    });
    assert!(short.contains("webhook_secret"));
}
