//! The two ends of the line: what a platform does for Almanac ([`Adapter`]) and what Almanac
//! does for a platform ([`Line`]).

use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Inbound, InboxId, Language, Origin, OutboxId, Platform, Reply, Space, SpaceKind};

/// Something to send: one row of the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    /// The row.
    pub id: OutboxId,
    /// The event it answers, if it answers one.
    pub inbox: Option<InboxId>,
    /// That event's id on its platform.
    pub event_id: Option<String>,
    /// The installation to send through.
    pub installation: String,
    /// Where to.
    pub space: Space,
    /// Who asked, as the platform names them.
    pub to: Option<String>,
    /// How it belongs to the event it answers.
    pub origin: Origin,
    /// The platform's id of the message whose place it takes: the one that said that the turn was
    /// under way, or the answer to the question as it was before an edit.
    pub replaces: Option<String>,
    /// What went wrong with it before.
    pub trouble: Option<String>,
    /// What.
    pub reply: Reply,
}

impl Delivery {
    /// For the asker's eyes alone.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.reply.private || self.origin.private
    }
}

/// A platform's word that it took a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The platform's id of the message: where a delivery became several, of the one with the
    /// buttons.
    pub provider_id: String,
    /// Its ids of the other messages that the delivery became, where something that is done to one
    /// of them (a reaction) is told by that id.
    pub others: Vec<String>,
    /// Messages that were posted for it; one that was changed is none.
    pub posted: u32,
}

impl Receipt {
    /// Of one message, or of several that are known by one id.
    #[must_use]
    pub const fn one(provider_id: String) -> Self {
        Self {
            provider_id,
            others: Vec::new(),
            posted: 1,
        }
    }
}

/// Why a delivery did not go out.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Not sent; try again, later each time.
    #[error("not sent, to be tried again: {0}")]
    Retry(String),
    /// Not sent: the platform says how long to wait.
    #[error("not sent, the platform takes nothing for {after:#}: {reason}")]
    Limited {
        /// What happened.
        reason: String,
        /// Its `Retry-After`.
        after: SignedDuration,
        /// Nothing at all may be sent through the installation, not only to this space.
        everywhere: bool,
    },
    /// The request left and no answer came: it may or may not have been sent.
    #[error("sent or not, nobody knows: {0}")]
    Unknown(String),
    /// It will never go out.
    #[error("cannot be sent: {0}")]
    Refused(String),
    /// It will never go out, and nobody has to mend anything: the person blocked Almanac, or left.
    #[error("nobody is there: {0}")]
    Gone(String),
    /// The installation's credentials are no longer good: nothing goes out through it.
    #[error("the installation is closed to us: {0}")]
    Revoked(String),
}

/// What can be done about a delivery whose receipt was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// Send it again: the platform shows it once even if it is sent twice.
    Resend,
    /// Look whether it is there, with [`Adapter::find`].
    LookUp,
    /// Nothing: it is listed as unknown, for people to see.
    Surface,
}

/// One message each so often, and some at once after a silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// As many at once.
    pub burst: u32,
    /// One more after each of these.
    pub every: Duration,
}

/// How fast a platform takes messages; what it says in its answers counts beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pace {
    /// Through one installation.
    pub installation: Option<Quota>,
    /// To one channel or chat, all of its threads together.
    pub space: Option<Quota>,
}

/// What a turn is doing just now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// The question waits: others are before it.
    Queued,
    /// The question is being read.
    Reading,
    /// A tool is at work: its name.
    Using(String),
    /// The answer is being written.
    Writing,
}

/// A turn under way, as its platform sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Working {
    /// The event that is answered.
    pub inbox: InboxId,
    /// Through which installation.
    pub installation: String,
    /// Where.
    pub space: Space,
    /// Who asked, as the platform names them.
    pub to: String,
    /// How the answer will belong to the question.
    pub origin: Origin,
    /// The message that says so already.
    pub placeholder: Option<String>,
    /// The language of this turn.
    pub language: Language,
}

/// A platform's word that it takes nothing for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Its `Retry-After`.
    pub after: SignedDuration,
    /// Nothing at all may be sent through the installation, not only to this space.
    pub everywhere: bool,
}

/// What came of showing that a turn is under way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The platform's id of a message that says so now, for the answer to take its place.
    pub placeholder: Option<String>,
    /// Messages that were posted for it; one that was changed, and a typing mark, are none.
    pub posted: u32,
    /// The platform asked for patience meanwhile.
    pub limit: Option<Limit>,
}

impl Shown {
    /// A message that was posted now.
    #[must_use]
    pub const fn posted(placeholder: String) -> Self {
        Self {
            placeholder: Some(placeholder),
            posted: 1,
            limit: None,
        }
    }
}

/// A chat platform, as the courier and the worker see it.
#[async_trait]
pub trait Adapter: Send + Sync {
    /// Which platform this is.
    fn platform(&self) -> Platform;

    /// Renders and sends. Called again only after [`SendError::Retry`], [`SendError::Limited`], or
    /// as [`Adapter::recovery`] says.
    async fn send(&self, delivery: &Delivery) -> Result<Receipt, SendError>;

    /// What can be done where a receipt was lost.
    fn recovery(&self) -> Recovery {
        Recovery::Surface
    }

    /// Looks whether a delivery arrived; only for [`Recovery::LookUp`]. `None` where it certainly
    /// did not.
    async fn find(&self, _delivery: &Delivery) -> Result<Option<Receipt>, SendError> {
        Err(SendError::Unknown("this platform cannot be asked".into()))
    }

    /// How fast it takes messages into spaces of this kind.
    fn pace(&self, _kind: SpaceKind) -> Pace {
        Pace::default()
    }

    /// How long a turn goes on before it is shown that it does. Most turns are faster.
    fn patience(&self) -> Duration {
        Duration::ZERO
    }

    /// Shows that a turn is under way or waits, where the platform can; again every few seconds,
    /// because typing marks fade. Losing one loses nothing.
    async fn progress(&self, _working: &Working, _progress: &Progress) -> Shown {
        Shown::default()
    }
}

/// What became of an event handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// Its durable row.
    pub inbox: InboxId,
    /// The same event had been accepted before.
    pub duplicate: bool,
    /// It had been accepted with other words or in another space: those stand, and these are not
    /// taken.
    pub differs: bool,
}

/// Who said a message.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "lists of them are short and almost all replies"
)]
pub enum Side {
    /// A person, in their words.
    Person(String),
    /// Almanac.
    Almanac(Reply),
}

/// Something said in a conversation, oldest first in a history.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The event it came with or answers.
    pub event_id: String,
    /// When.
    pub at: Timestamp,
    /// Who and what.
    pub said: Side,
}

/// Why the line could not take an event or tell of one.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// Not durable: the platform should deliver it again.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// An answer was asked for, and no such event was ever accepted.
    #[error("no such event was accepted")]
    Unknown,
}

/// The line, as a platform sees it.
#[async_trait]
pub trait Line: Send + Sync {
    /// Makes an event durable. When this returns, the platform may be told it was taken.
    async fn accept(&self, inbound: Inbound) -> Result<Accepted, LineError>;

    /// The answer to an event, once there is one; [`LineError::Unknown`] where no such event was
    /// accepted.
    async fn answer(
        &self,
        platform: &Platform,
        installation: &str,
        event_id: &str,
    ) -> Result<Option<Reply>, LineError>;

    /// The last `limit` messages of a space, oldest first.
    async fn history(
        &self,
        platform: &Platform,
        space: &Space,
        limit: u32,
    ) -> Result<Vec<Message>, LineError>;
}
