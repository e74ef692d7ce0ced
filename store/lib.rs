//! Our own tables, in a PostgreSQL server or an embedded PostgreSQL: the only place with SQL for
//! them.
//!
//! [`Store::open`] gives a [`Store`]; its methods are the line from an accepted event to a receipt,
//! and what is kept beside it. Each table's statements are in the file of its name; `accept.rs` and
//! `finish.rs` are the two statements that write to several tables at once. No method holds a
//! transaction across anything but statements, and nothing here reads a clock: times of queues are
//! the database's, so that replicas agree.

mod accept;
mod audit;
mod claim;
mod conversations;
mod definitions;
#[cfg_attr(not(feature = "embedded"), path = "without_embedded.rs")]
mod embedded;
mod error;
mod feedback;
mod finish;
mod inbox;
mod installations;
mod leases;
mod legible;
mod links;
mod messages;
mod migrate;
mod open;
mod outbox;
mod past;
mod receipts;
mod schedules;
mod seal;
#[cfg(feature = "embedded")]
mod socket;
mod strangers;
mod tidy;
mod undelivered;
mod waiting;
mod workspaces;

pub use audit::AuditRow;
pub use claim::Claim;
pub use conversations::{Recalled, Spoken};
pub use definitions::{Defined, MAX_DEFINITIONS, NewDefinition};
pub use error::StoreError;
pub use finish::Finished;
pub use inbox::{ClaimedEvent, MAX_ATTEMPTS, ParkedEvent};
pub use installations::Parking;
pub use links::Linked;
pub use messages::Answered;
pub use open::{Database, Store};
pub use outbox::{ClaimedDelivery, Served};
pub use past::{Earlier, Pressable};
pub use schedules::{Schedule, ScheduleId};
pub use seal::{KEY_BYTES, Seal};
pub use strangers::Standing;
pub use undelivered::{Undelivered, UndeliveredState};
pub use waiting::{LookFor, WaitingEvent};
