//! What people do on their platforms, as each platform tells of it.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use almanac_adapters_doubles::discord::{Place, Talk};
use almanac_adapters_doubles::slack::{SlackDouble, form};
use almanac_adapters_doubles::telegram::updates;
use almanac_adapters_doubles::whatsapp::payload;
use serde_json::{Value as Json, json};

use super::place::{Chat, HOOK, Town};
use super::sight::{Key, Seen};

/// As long as a platform tries to tell of something.
const PATIENCE: Duration = Duration::from_secs(60);

/// Something that a platform tells of: the same again is told again.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// An address and a body.
    Slack(&'static str, Vec<u8>),
    Telegram(Json),
    /// A kind and its data.
    Discord(&'static str, Json),
    WhatsApp(Json),
}

/// A person's message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) chat: Chat,
    pub(crate) who: u32,
    /// The platform's id of it.
    pub(crate) message: String,
    pub(crate) text: String,
}

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// People of Telegram, channels of Discord and telephones are numbered from here on.
pub(super) const FIRST_PERSON: i64 = 100_000;
pub(super) const FIRST_CHANNEL: u64 = 300_000_000_000_000_000;
pub(super) const PHONES: &str = "16505";

pub(super) fn slack_user(who: u32) -> String {
    format!("U{who}")
}

pub(super) fn slack_channel(who: u32) -> String {
    format!("D{}", slack_user(who))
}

pub(super) fn telegram_person(who: u32) -> i64 {
    FIRST_PERSON + i64::from(who)
}

pub(super) fn discord_channel(who: u32) -> String {
    (FIRST_CHANNEL + u64::from(who)).to_string()
}

fn talk(place: Place, who: u32) -> Talk {
    Talk {
        user: (700_000_000_000_000_000 + u64::from(who)).to_string(),
        ..Talk::of_ana(place)
    }
}

fn direct(who: u32) -> Talk {
    talk(Place::direct(&discord_channel(who)), who)
}

pub(super) fn phone(who: u32) -> String {
    format!("{PHONES}{who:06}")
}

impl Town {
    /// Somebody writes to Almanac alone.
    pub(crate) fn words(&self, chat: Chat, who: u32, text: &str) -> (Said, Event) {
        let number = self.number();
        let (message, event) = match chat {
            Chat::Slack => {
                let ts = format!("{}.{number:06}", now());
                let id = format!("Ev{number}");
                let event = SlackDouble::direct(&id, &slack_user(who), &ts, text);
                (ts, slack_event(&event))
            }
            Chat::Telegram => {
                let from = telegram_person(who);
                let update = updates::message(number, number, from, from, text);
                (number.to_string(), Event::Telegram(update))
            }
            Chat::Discord => {
                let id = self.discord.new_id();
                let message = direct(who).message(&id, text);
                (id, Event::Discord("MESSAGE_CREATE", message))
            }
            Chat::WhatsApp => {
                let id = format!("wamid.person{number}");
                (id.clone(), whatsapp(who, &id, payload::text(text)))
            }
        };
        let said = Said {
            chat,
            who,
            message,
            text: text.to_owned(),
        };
        (said, event)
    }

    /// They put it in other words.
    pub(crate) fn edited(&self, said: &Said, text: &str) -> Event {
        let number = self.number();
        match said.chat {
            Chat::Slack => {
                let message = |text: &str| {
                    json!({"type": "message", "user": slack_user(said.who), "ts": said.message,
                        "text": text, "edited": {"user": slack_user(said.who), "ts": said.message}})
                };
                let at = format!("{}.{number:06}", now());
                let event = json!({"type": "message", "subtype": "message_changed",
                    "channel": slack_channel(said.who), "channel_type": "im", "hidden": true,
                    "event_ts": at, "ts": at, "message": message(text),
                    "previous_message": message(&said.text)});
                slack_event(&SlackDouble::event(&format!("Ev{number}"), &event))
            }
            Chat::Telegram => {
                let from = telegram_person(said.who);
                let id = said.message.parse().unwrap();
                Event::Telegram(updates::edited(number, id, from, from, text))
            }
            Chat::Discord => {
                let edited = direct(said.who).edited(&said.message, text, 7);
                Event::Discord("MESSAGE_UPDATE", edited)
            }
            Chat::WhatsApp => {
                let id = format!("wamid.person{number}");
                whatsapp(said.who, &id, payload::edit(&said.message, text))
            }
        }
    }

    /// They take it back; `None` where the platform does not tell.
    pub(crate) fn deleted(&self, said: &Said) -> Option<Event> {
        let number = self.number();
        match said.chat {
            Chat::Slack => {
                let at = format!("{}.{number:06}", now());
                let event = json!({"type": "message", "subtype": "message_deleted",
                    "channel": slack_channel(said.who), "channel_type": "im", "hidden": true,
                    "event_ts": at, "ts": at, "deleted_ts": said.message,
                    "previous_message": {"type": "message", "user": slack_user(said.who),
                        "ts": said.message, "text": said.text}});
                let id = format!("Ev{number}");
                Some(slack_event(&SlackDouble::event(&id, &event)))
            }
            Chat::Telegram => None,
            Chat::Discord => {
                let deleted = direct(said.who).deleted(&said.message);
                Some(Event::Discord("MESSAGE_DELETE", deleted))
            }
            Chat::WhatsApp => {
                let id = format!("wamid.person{number}");
                Some(whatsapp(said.who, &id, payload::revoke(&said.message)))
            }
        }
    }

    /// They press something under a message.
    pub(crate) fn pressed(&self, on: &Seen, key: &Key) -> Event {
        let number = self.number();
        match on.chat {
            Chat::Slack => {
                let shown = self.slack.shown();
                let shown = shown.iter().find(|it| it.ts == on.id).unwrap();
                let at = format!("{}.{number:06}", now());
                let user = slack_user(on.who);
                let press = self
                    .slack
                    .press(&user, shown, (&key.action, &key.carries), &at);
                Event::Slack(
                    "/slack/interactive",
                    form(&[("payload", &press.to_string())]),
                )
            }
            Chat::Telegram => {
                let posted = self.telegram.messages_in(telegram_person(on.who));
                let posted = posted.iter().find(|it| it.id.to_string() == on.id).unwrap();
                let from = telegram_person(on.who);
                Event::Telegram(updates::pressed(number, from, posted, &key.carries))
            }
            Chat::Discord => {
                let press = direct(on.who).press(&self.discord, &key.carries, 0);
                Event::Discord("INTERACTION_CREATE", press)
            }
            Chat::WhatsApp => {
                let id = format!("wamid.person{number}");
                let said = if key.action == "row" {
                    payload::list_reply(&key.carries, &key.label)
                } else {
                    payload::button_reply(&key.carries, &key.label)
                };
                whatsapp(on.who, &id, said)
            }
        }
    }

    /// They react to a message on WhatsApp.
    pub(crate) fn reacted(&self, on: &Seen, emoji: &str) -> Event {
        let id = format!("wamid.person{}", self.number());
        whatsapp(on.who, &id, payload::reaction(&on.id, emoji))
    }

    /// They ask by a command in front of others, for their eyes alone; `None` where the platform has
    /// no such thing.
    pub(crate) fn aside(&self, chat: Chat, who: u32, text: &str) -> Option<Event> {
        let number = self.number();
        match chat {
            Chat::Slack => {
                let user = slack_user(who);
                let trigger = format!("trigger.{number}");
                let command = self.slack.command("C1", &user, &trigger, text);
                let fields: Vec<(&str, &str)> = command
                    .as_object()
                    .unwrap()
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
                    .collect();
                Some(Event::Slack("/slack/commands", form(&fields)))
            }
            Chat::Discord => {
                let place = Place::channel(&discord_channel(who));
                let options = [("question", json!(text)), ("private", json!(true))];
                let command = talk(place, who).command(&self.discord, "ask", &options);
                Some(Event::Discord("INTERACTION_CREATE", command))
            }
            Chat::Telegram | Chat::WhatsApp => None,
        }
    }

    /// Tells of it once: whether it was taken. What is polled for or sent over a gateway always is.
    pub(crate) async fn tell(&self, event: &Event, attempt: u32) -> bool {
        match event {
            Event::Slack(path, body) => {
                let mut signed = self.slack.sign(body.clone(), now());
                if attempt > 0 {
                    signed = signed.again(attempt);
                }
                let mut request = self.client.post(format!("{}{path}", self.base));
                for (name, value) in signed.heads() {
                    request = request.header(name, value);
                }
                let answer = request.body(signed.body).send().await;
                answer.is_ok_and(|answer| answer.status().is_success())
            }
            Event::Telegram(update) if self.plan.posted => {
                let url = format!("{}/telegram/webhook", self.base);
                self.telegram.post(&url, HOOK, update).await == 200
            }
            Event::Telegram(update) => {
                self.telegram.push(update.clone());
                true
            }
            Event::Discord(kind, data) => self.discord.dispatch(kind, data),
            Event::WhatsApp(body) => self.whatsapp.deliver(body).await == 200,
        }
    }

    /// Tells of it until it is taken.
    pub(crate) async fn deliver(&self, event: &Event) {
        let started = Instant::now();
        for attempt in 0.. {
            if self.tell(event, attempt).await {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "nobody takes {event:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Somebody writes, and it is delivered.
    pub(crate) async fn say(&self, chat: Chat, who: u32, text: &str) -> Said {
        let (said, event) = self.words(chat, who, text);
        self.deliver(&event).await;
        said
    }

    /// Somebody presses, and it is delivered.
    pub(crate) async fn press(&self, on: &Seen, key: &Key) {
        self.deliver(&self.pressed(on, key)).await;
    }
}

fn slack_event(event: &Json) -> Event {
    Event::Slack("/slack/events", event.to_string().into_bytes())
}

fn whatsapp(who: u32, id: &str, what: (&str, Json)) -> Event {
    let message = payload::message(&phone(who), id, now(), what);
    Event::WhatsApp(payload::body(&[message], &[]))
}
