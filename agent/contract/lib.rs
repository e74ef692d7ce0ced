//! The words every other part speaks: what comes in, what goes out, and the few traits between.
//!
//! Everything depends on this crate and it depends on nothing of ours. It does no I/O, reads no
//! clock by itself and knows no platform by name.

mod adapter;
mod answer;
mod card;
mod chart;
mod clock;
mod format;
mod grain;
mod ids;
mod inbound;
mod model;
mod reply;
mod scope;
mod services;
mod settings;
mod state;
mod table;
mod term;
mod tool;

pub use adapter::{
    Accepted, Adapter, Delivery, Limit, Line, LineError, Message, Pace, Progress, Quota, Receipt,
    Recovery, SendError, Shown, Side, Working,
};
pub use answer::{AskAnswer, TableJson};
pub use card::{
    Action, Badge, Card, CardTable, Change, Explain, Freshness, Headline, MetricDefinition, Period,
    Timing,
};
pub use chart::{ChartKind, ChartSpec, Series};
pub use clock::{Clock, FixedClock, SystemClock};
pub use format::{Direction, Format};
pub use grain::Grain;
pub use ids::{ConversationId, InboxId, MessageId, OutboxId, PersonId, WorkspaceId};
pub use inbound::{Content, Inbound, Origin, Platform, Sender, Space, SpaceKind};
pub use model::{Draft, Exchange, Model, ModelError, ModelRequest, ModelStep, Step};
pub use reply::{Choice, Confidence, Outcome, Reply, TextFile};
pub use scope::Scope;
pub use services::{
    Installation, Installations, Leases, Names, Past, Place, Receipts, Services, Stage,
};
pub use settings::{Language, Settings, TimeZoneName, Weekday};
pub use state::{ConversationState, ShownRow, Stand};
pub use table::{Column, ColumnType, Table, Value};
pub use term::{Term, TermScope};
pub use tool::{Tool, ToolCall, ToolError, ToolOutput, ToolSpec};
