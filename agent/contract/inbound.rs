//! What comes in. Adapters parse a platform's verified bytes into an [`Inbound`]; digests that
//! fall due and monitors that fire make one too.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Language;

/// A chat platform. Its name is a constant in the platform's own folder.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Platform(Cow<'static, str>);

impl Platform {
    /// The constant of a platform's folder.
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// A platform as stored in a row.
    #[must_use]
    pub fn stored(name: String) -> Self {
        Self(Cow::Owned(name))
    }

    /// The name as stored and logged.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many can read what is said in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpaceKind {
    /// One person and Almanac.
    Direct,
    /// A channel or group.
    Channel,
}

/// Where something is said: a channel or direct chat, and the thread in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// The platform's own id of the channel or chat.
    pub id: String,
    /// Direct or shared.
    pub kind: SpaceKind,
    /// The platform's own id of the thread, where it has threads.
    pub thread: Option<String>,
}

/// Who said it, as the platform names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// The platform's own user id.
    pub user: String,
    /// The name shown on the platform.
    pub name: Option<String>,
}

/// What was said or pressed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Words a person typed.
    Text {
        /// The words, with mentions of Almanac taken out.
        text: String,
    },
    /// A button or menu.
    Pressed {
        /// The action's name, as the card offered it ("good", "bad", "explain").
        action: String,
        /// What it was on: the delivery's id, the platform's id of the message, or the id of the
        /// event that it answers.
        on: Option<String>,
    },
    /// A mark that judges was put on a message: a verdict, where that message is of an answer, and
    /// nothing that anybody is answered for otherwise.
    Reacted {
        /// Good, or wrong.
        good: bool,
        /// The platform's id of the message.
        on: String,
    },
    /// A question that a reply offered was pressed. Buttons are too small for whole questions on
    /// most platforms: they carry where the question stands in [`Reply::offers`](crate::Reply::offers).
    Chosen {
        /// Its position, from 0.
        index: usize,
        /// The reply, as in [`Content::Pressed`].
        on: String,
    },
    /// A question was put in other words: it is answered anew, in the place of its first answer.
    Edited {
        /// The new words.
        text: String,
        /// The platform's id of the message, as in [`Origin::message`] of the question.
        message: String,
        /// As it stands now it is said to Almanac: a question even where it was none before (a
        /// mention was added). Otherwise only what had been a question is one.
        #[serde(default)]
        addressed: bool,
    },
    /// A question was taken back: what is not yet answered is not answered.
    Deleted {
        /// The platform's id of the message, as in [`Origin::message`] of the question.
        message: String,
    },
    /// Something Almanac itself has to say here: that an installation is parked, that a digest is
    /// due. Said as it is, once an event id.
    Notice {
        /// The words.
        text: String,
    },
}

/// Where an event came from within its space, for an answer that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The platform's own id of the message: what an answer quotes, and what edits and deletions
    /// name.
    pub message: Option<String>,
    /// The platform's handle for answering this very event (an interaction's token, a response
    /// address). Works for minutes; never logged.
    pub handle: Option<String>,
    /// The answer is for the asker's eyes alone, where the platform can do that.
    pub private: bool,
    /// The language the asker has the platform in, as far as it says so: for words that do not tell
    /// theirs ("alertas", a number).
    #[serde(default)]
    pub language: Option<Language>,
}

/// One event of a platform, verified and parsed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inbound {
    /// Which platform.
    pub platform: Platform,
    /// Which installation of it (a Slack team, a bot, a phone number id).
    pub installation: String,
    /// The platform's id of this event: the same event delivered twice has the same id.
    pub event_id: String,
    /// Where.
    pub space: Space,
    /// Who.
    pub sender: Sender,
    /// What.
    pub content: Content,
    /// How an answer belongs to it.
    #[serde(default)]
    pub origin: Origin,
    /// The moment that "today" and "last week" are read against.
    pub at: Timestamp,
}
