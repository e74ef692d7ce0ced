//! An update becomes what the line takes, words for the person who sent it, or nothing.
//!
//! In a private chat everything said is for the bot; in a group what mentions it, replies to it or is
//! one of its commands. [`parse`] does no I/O: it is where fuzzing begins.

use almanac_agent_contract::{Content, Inbound, Language, Origin, Sender, Space, SpaceKind};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use super::heard::{Heard, heard};
use super::message_id::MessageIds;
use super::update::{CallbackQuery, Chat, Markup, Member, Message, Update, User};
use super::{TELEGRAM, words};
use crate::{button, question, words as shared};

/// What an update is read with.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The bot's user id.
    pub bot: i64,
    /// Its name, without "@"; `None` before it is known.
    pub username: Option<&'a str>,
    /// What time it is.
    pub now: Timestamp,
    /// The language of people whose own is not told or not one of ours.
    pub language: Language,
}

/// What an update is.
#[derive(Debug, Clone, PartialEq)]
pub enum Parsed {
    /// For the line.
    Taken(Box<Taken>),
    /// Not for the line: the person is told why.
    Tell(Tell),
    /// Nothing comes of it.
    Ignored(Ignored),
    /// Whether it is for the bot cannot be told before its name is known: it must come again.
    NotYet,
}

/// What goes to the line, and the press that brought it.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The event.
    pub inbound: Inbound,
    /// The button, where one was pressed.
    pub pressed: Option<Press>,
}

/// A button that was pressed: its spinner turns until it is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Press {
    pub(super) query: String,
    pub(super) data: String,
    pub(super) chat: i64,
    pub(super) message: i32,
    pub(super) keyboard: Option<Markup>,
    pub(super) language: Language,
}

/// Words for a person, as an answer to what they sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tell {
    pub(super) chat: i64,
    pub(super) thread: Option<i32>,
    pub(super) reply_to: i32,
    pub(super) text: &'static str,
}

/// What was let pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The kind of update, as Telegram names it.
    pub kind: String,
    /// Why.
    pub why: &'static str,
    /// A press that still must be answered.
    pub(super) query: Option<String>,
}

/// The bytes are no update of Telegram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an update of Telegram")]
pub struct NotAnUpdate;

/// Reads one update.
///
/// # Errors
/// Where the bytes are not JSON, or have no `update_id`.
pub fn parse(bytes: &[u8], context: &Context<'_>) -> Result<Parsed, NotAnUpdate> {
    let update = serde_json::from_slice(bytes).map_err(|_| NotAnUpdate)?;
    parse_value(&update, context)
}

/// Reads one update of a batch.
pub(super) fn parse_value(value: &Value, context: &Context<'_>) -> Result<Parsed, NotAnUpdate> {
    if value["update_id"].as_i64().is_none() {
        return Err(NotAnUpdate);
    }
    let Ok(update) = Update::deserialize(value) else {
        return Ok(ignored(kind_of(value), "its form is not known"));
    };
    let reader = Reader {
        context,
        event_id: update.update_id.to_string(),
    };
    let parsed = if let Some(message) = update.message {
        reader.message(message, false)
    } else if let Some(message) = update.edited_message {
        reader.message(message, true)
    } else if let Some(query) = update.callback_query {
        reader.press(query)
    } else if let Some(member) = update.my_chat_member {
        membership(&member)
    } else {
        ignored(kind_of(value), "not asked for")
    };
    Ok(parsed)
}

/// The update's kind: the name of what it has besides its id.
pub(super) fn kind_of(update: &Value) -> String {
    let names = update.as_object().into_iter().flatten();
    let kind = names
        .map(|(name, _)| name.as_str())
        .find(|name| *name != "update_id");
    kind.unwrap_or("nothing")
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .take(40)
        .collect()
}

fn ignored(kind: impl Into<String>, why: &'static str) -> Parsed {
    Parsed::Ignored(Ignored {
        kind: kind.into(),
        why,
        query: None,
    })
}

fn membership(member: &Member) -> Parsed {
    let private = member.chat.kind == "private";
    let why = match (member.new_chat_member.status.as_str(), private) {
        ("kicked", true) => "a person blocked the bot",
        (_, true) => "a person started the bot",
        ("kicked" | "left", false) => "the bot was removed from a group",
        (_, false) => "the bot's standing in a group changed",
    };
    ignored("my_chat_member", why)
}

struct Reader<'a> {
    context: &'a Context<'a>,
    event_id: String,
}

impl Reader<'_> {
    fn message(self, message: Message, edited: bool) -> Parsed {
        let kind = if edited { "edited_message" } else { "message" };
        let Some(space) = space(&message) else {
            return ignored(kind, "a channel");
        };
        if message.migrate_to_chat_id.is_some() || message.migrate_from_chat_id.is_some() {
            return ignored(kind, "the group has another id now");
        }
        let Some(from) = &message.from else {
            return ignored(kind, "nobody said it");
        };
        let behind_the_group = message
            .sender_chat
            .as_ref()
            .is_some_and(|chat| chat.id == message.chat.id);
        if from.id == self.context.bot {
            return ignored(kind, "the bot's own");
        }
        if from.is_bot && !behind_the_group {
            return ignored(kind, "another bot's");
        }
        let language = self.language(from);
        let tell = |text| {
            Parsed::Tell(Tell {
                chat: message.chat.id,
                thread: thread(&message),
                reply_to: message.message_id,
                text,
            })
        };
        let (text, entities) = match (&message.text, &message.caption) {
            (Some(text), _) => (text, &message.entities),
            (None, Some(caption)) => (caption, &message.caption_entities),
            (None, None) if space.kind == SpaceKind::Direct && !edited && is_sent(&message) => {
                return tell(words::only_words(language));
            }
            (None, None) => return ignored(kind, "no words"),
        };
        let said = match heard(self.context, &message, (text, entities), language) {
            Heard::Words(words) => words,
            Heard::NotForUs => return ignored(kind, "not said to the bot"),
            Heard::NotYet => return Parsed::NotYet,
        };
        if behind_the_group {
            return tell(words::anonymous(language));
        }
        let words = match question::question(&said) {
            Ok(words) => words,
            Err(error) => return tell(shared::no_question(error, language)),
        };
        let id = MessageIds::one(message.chat.id, message.message_id).to_string();
        let (content, at) = if edited {
            let content = Content::Edited {
                text: words,
                message: id.clone(),
                // What is not for the bot has been left by now.
                addressed: true,
            };
            (content, message.edit_date.unwrap_or_default())
        } else {
            (Content::Text { text: words }, message.date)
        };
        let inbound = Inbound {
            platform: TELEGRAM,
            installation: self.context.bot.to_string(),
            event_id: self.event_id,
            space,
            sender: sender(from),
            content,
            origin: Origin {
                message: Some(id),
                language: words::language_of(from.language_code.as_deref()),
                ..Origin::default()
            },
            at: moment(at, self.context.now),
        };
        Parsed::Taken(Box::new(Taken {
            inbound,
            pressed: None,
        }))
    }

    fn press(self, query: CallbackQuery) -> Parsed {
        let language = self.language(&query.from);
        let place = query.message.as_ref().and_then(|message| {
            let space = space(message)?;
            Some((space, message.chat.id, message.message_id))
        });
        let data = query.data.unwrap_or_default();
        let (Some((space, chat, message)), Some(content)) = (place, button::pressed(&data)) else {
            return Parsed::Ignored(Ignored {
                kind: "callback_query".into(),
                why: "no button of ours",
                query: Some(query.id),
            });
        };
        let inbound = Inbound {
            platform: TELEGRAM,
            installation: self.context.bot.to_string(),
            event_id: self.event_id,
            space,
            sender: sender(&query.from),
            content,
            origin: Origin {
                message: Some(MessageIds::one(chat, message).to_string()),
                language: words::language_of(query.from.language_code.as_deref()),
                ..Origin::default()
            },
            at: self.context.now,
        };
        let pressed = Press {
            query: query.id,
            data,
            chat,
            message,
            keyboard: query.message.and_then(|message| message.reply_markup),
            language,
        };
        Parsed::Taken(Box::new(Taken {
            inbound,
            pressed: Some(pressed),
        }))
    }

    fn language(&self, user: &User) -> Language {
        words::language_of(user.language_code.as_deref()).unwrap_or(self.context.language)
    }
}

/// Something a person sends, and not what Telegram tells of the chat. Of an album, each picture is a
/// message: one answer to each would be too many.
fn is_sent(message: &Message) -> bool {
    let sent = [
        &message.voice,
        &message.photo,
        &message.document,
        &message.sticker,
        &message.video,
        &message.video_note,
        &message.audio,
    ];
    message.media_group_id.is_none() && sent.iter().any(|it| it.is_some())
}

fn space(message: &Message) -> Option<Space> {
    let Chat { id, kind } = &message.chat;
    let kind = match kind.as_str() {
        "private" => SpaceKind::Direct,
        "group" | "supergroup" => SpaceKind::Channel,
        _ => return None,
    };
    Some(Space {
        id: id.to_string(),
        kind,
        thread: thread(message).map(|thread| thread.to_string()),
    })
}

/// The topic. A chain of replies has such an id too, where nothing can be sent to.
fn thread(message: &Message) -> Option<i32> {
    message
        .message_thread_id
        .filter(|_| message.is_topic_message)
}

fn sender(user: &User) -> Sender {
    let names = [user.first_name.as_deref(), user.last_name.as_deref()];
    let name: Vec<&str> = names.into_iter().flatten().collect();
    Sender {
        user: user.id.to_string(),
        name: Some(name.join(" ")).filter(|name| !name.is_empty()),
    }
}

/// The message's own time, where it can be true: Telegram keeps updates for a day.
fn moment(seconds: i64, now: Timestamp) -> Timestamp {
    let sane = |at: &Timestamp| {
        let age = now.duration_since(*at);
        age < SignedDuration::from_hours(25) && age > SignedDuration::from_mins(-5)
    };
    Timestamp::from_second(seconds)
        .ok()
        .filter(sane)
        .unwrap_or(now)
}
