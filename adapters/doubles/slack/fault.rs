//! What can go wrong with a call, when a test says so.

use std::time::Duration;

use serde_json::Value;

/// What happens to the next call of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 429, with this many seconds to wait.
    Limited(u64),
    /// `ok: false`, with this error.
    Error(&'static str),
    /// This very answer; nothing is done.
    Said(Value),
    /// An HTTP status and no answer.
    Status(u16),
    /// It is done, and the connection breaks before the answer.
    Done,
    /// It is not done, and the connection breaks.
    Dropped,
    /// It is done, late.
    Slow(Duration),
}
