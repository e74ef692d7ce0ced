//! How a metric's numbers are meant: money, shares, durations.

use serde::{Deserialize, Serialize};

/// What a number is a number of. Says what to write, not how: the locale does that.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A plain number; whole numbers without decimals.
    #[default]
    Number,
    /// Money in the workspace's currency, or in the one given (ISO 4217).
    Currency(Option<String>),
    /// A share: 0.031 is written 3.1 %.
    Percent,
    /// A length of time in seconds.
    Duration,
    /// A count of something named: "sessions", "kg".
    Unit(String),
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better (revenue).
    Up,
    /// Less is better (refunds, churn).
    Down,
}
