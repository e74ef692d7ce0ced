//! What goes wrong on bad days.

use std::time::Duration;

/// What a request meets instead of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// 429 with this `Retry-After`, in seconds.
    Limited {
        /// Seconds.
        after: f64,
        /// Of all routes.
        global: bool,
    },
    /// A status with one of Discord's codes.
    Status(u16, u64),
    /// It is done, and the connection breaks before the answer.
    Dropped,
    /// It is done, after a while.
    Slow(Duration),
}

/// Trouble for the next requests whose "METHOD path" has this text in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// "POST /api/v10/channels".
    pub on: String,
    /// What happens.
    pub trouble: Trouble,
    /// How often.
    pub times: u32,
}
