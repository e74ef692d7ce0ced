//! The two ends of the line: what a platform does for Almanac ([`Adapter`]) and what Almanac
//! does for a platform ([`Line`]).

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Inbound, InboxId, OutboxId, Platform, Reply, Space};

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
    /// What.
    pub reply: Reply,
}

/// A platform's word that it took a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The platform's id of the message.
    pub provider_id: String,
}

/// Why a delivery did not go out.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Not sent; try again, not before this long.
    #[error("not sent, to be tried again: {reason}")]
    Retry {
        /// What happened.
        reason: String,
        /// The platform's `Retry-After`, where it gave one.
        after: Option<SignedDuration>,
    },
    /// The request left and no answer came: it may or may not have been sent.
    #[error("sent or not, nobody knows: {0}")]
    Unknown(String),
    /// It will never go out.
    #[error("cannot be sent: {0}")]
    Refused(String),
}

/// What a turn is doing just now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// The question is being read.
    Reading,
    /// A tool is at work: its name.
    Using(String),
    /// The answer is being written.
    Writing,
}

/// A chat platform, as the courier sees it.
#[async_trait]
pub trait Adapter: Send + Sync {
    /// Which platform this is.
    fn platform(&self) -> Platform;

    /// Renders and sends. Called again only after [`SendError::Retry`].
    async fn send(&self, delivery: &Delivery) -> Result<Receipt, SendError>;

    /// Whether the platform shows a delivery once even if it is sent twice, so that one whose
    /// receipt was lost may simply be sent again.
    fn is_idempotent(&self) -> bool {
        false
    }

    /// Shows that a turn is under way, where the platform can. Losing one loses nothing.
    async fn progress(&self, _space: &Space, _progress: &Progress) {}
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
