//! What the line keeps for platforms beside the events themselves, each a small trait: a platform
//! holds no state of its own that a restart would lose.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;

use crate::{Choice, Clock, Language, Line, LineError, Message, Platform, Space};

/// A place where Almanac was asked something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub space: Space,
    /// When somebody last asked something there.
    pub heard: Timestamp,
}

/// What has been said before, as far as a platform must know it.
#[async_trait]
pub trait Past: Send + Sync {
    /// When a person last said or pressed something; `None` where they never did.
    async fn last_heard(
        &self,
        platform: &Platform,
        installation: &str,
        user: &str,
    ) -> Result<Option<Timestamp>, LineError>;

    /// Whether Almanac has been asked something in this very space and thread.
    async fn takes_part(
        &self,
        platform: &Platform,
        installation: &str,
        space: &Space,
    ) -> Result<bool, LineError>;

    /// The places where Almanac was asked something, `limit` at most: those first where it heard
    /// something last.
    async fn places(
        &self,
        platform: &Platform,
        installation: &str,
        limit: u32,
    ) -> Result<Vec<Place>, LineError>;

    /// The last `limit` messages of a person's own questions and their answers, in all spaces,
    /// oldest first.
    async fn of_person(
        &self,
        platform: &Platform,
        installation: &str,
        user: &str,
        limit: u32,
    ) -> Result<Vec<Message>, LineError>;
}

/// One place where a platform lets Almanac in: a Slack team, a bot, a phone number.
#[derive(Debug, Clone)]
pub struct Installation {
    /// Which platform.
    pub platform: Platform,
    /// The platform's own id: what [`crate::Inbound::installation`] says.
    pub id: String,
    /// Its name, for people.
    pub name: Option<String>,
    /// What opens it, in the platform's own form; `None` where the configuration has it. Kept
    /// encrypted.
    pub secret: Option<SecretString>,
    /// Why nothing is sent through it for now.
    pub parked: Option<String>,
}

/// The installations that are known.
#[async_trait]
pub trait Installations: Send + Sync {
    /// All of a platform.
    async fn all(&self, platform: &Platform) -> Result<Vec<Installation>, LineError>;

    /// The moment, by the clock that parking is noted with.
    async fn now(&self) -> Result<Timestamp, LineError>;

    /// Keeps one, or what is new about it, as the platform told it when it was `asked`: what
    /// [`Self::now`] gave before that. Parked or not is as it says; but what was parked since then
    /// stays parked.
    async fn keep(&self, installation: Installation, asked: Timestamp) -> Result<(), LineError>;

    /// Sends nothing more through one, because its credentials were revoked. The admins are told
    /// the first time. True where it was not parked before.
    async fn park(
        &self,
        platform: &Platform,
        installation: &str,
        reason: &str,
    ) -> Result<bool, LineError>;
}

/// What one replica at a time may do: poll, hold a gateway connection.
#[async_trait]
pub trait Leases: Send + Sync {
    /// Takes or renews the lease `name` for `length`. False while another holder has it.
    async fn hold(
        &self,
        name: &str,
        holder: &str,
        length: SignedDuration,
    ) -> Result<bool, LineError>;

    /// Gives it back, so that another need not wait for its end.
    async fn release(&self, name: &str, holder: &str) -> Result<(), LineError>;
}

/// What a platform says later of a message that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It reached the person's device.
    Delivered,
    /// It was read.
    Read,
    /// It never arrived.
    Failed {
        /// Why, in the platform's words.
        reason: String,
        /// Send it once more: [`crate::Delivery::trouble`] then is the reason.
        again: bool,
        /// As [`crate::SendError::Gone`]: the person blocked Almanac, or left.
        gone: bool,
    },
}

/// Where platforms leave what became of messages.
#[async_trait]
pub trait Receipts: Send + Sync {
    /// Notes a stage. Stages come late, twice and out of order: a later one is never taken back by
    /// an earlier. False where no such message was sent as far as is known yet.
    async fn note(
        &self,
        platform: &Platform,
        installation: &str,
        provider_id: &str,
        stage: Stage,
    ) -> Result<bool, LineError>;
}

/// The names people can ask for, for completion and menus.
pub trait Names: Send + Sync {
    /// Metrics whose label or synonym goes with what has been typed, the best first; with nothing
    /// typed, the first ones. `ask` is the metric's label in the language.
    fn metrics(&self, typed: &str, language: Language, limit: usize) -> Vec<Choice>;

    /// Whole questions for whoever has not asked one, of the metrics and dimensions that there are:
    /// at most four, none where there is no metric.
    fn examples(&self, language: Language) -> Vec<String>;
}

/// All that a platform is given to live with.
#[derive(Clone)]
pub struct Services {
    /// Where events go.
    pub line: Arc<dyn Line>,
    /// What was said before.
    pub past: Arc<dyn Past>,
    /// Where Almanac is let in.
    pub installations: Arc<dyn Installations>,
    /// What one replica does.
    pub leases: Arc<dyn Leases>,
    /// What became of messages.
    pub receipts: Arc<dyn Receipts>,
    /// What can be asked for.
    pub names: Arc<dyn Names>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// The language of a platform's own words where an event does not tell.
    pub language: Language,
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Services").finish_non_exhaustive()
    }
}
