//! What goes wrong when told to.

use std::time::Duration;

/// One request's bad luck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 429 with `retry_after`, in seconds.
    TooMany(u32),
    /// This status, and a page of HTML.
    Status(u16),
    /// Telegram's own way of saying no.
    Error(u16, String),
    /// The request is done, and the connection breaks before the answer.
    DropAfter,
    /// The connection breaks, and nothing is done.
    DropBefore,
    /// It is done after this long.
    Slow(Duration),
    /// It is done, and the answer is of a form that nobody knows.
    Garbled,
}
