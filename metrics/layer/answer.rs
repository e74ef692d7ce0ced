//! What the layer gives back.

use std::time::Duration;

use almanac_agent_contract::Table;

use crate::query::{Comparison, TimeRange};

/// A query as the statement it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// The statement.
    pub sql: String,
    /// The result's columns: `metric_time`, the dimensions, then each metric with its comparisons.
    pub columns: Vec<String>,
    /// The period it is of: wider than the one asked for where data comes by month or longer, all
    /// that there is data for where a question without one needs it. `None` for all data.
    pub period: Option<TimeRange>,
    /// The periods compared with, in the query's order.
    pub compared: Vec<(Comparison, TimeRange)>,
}

/// Rows, and how they came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The rows, no more than [`crate::Limits`] allow.
    pub table: Table,
    /// The statement that ran.
    pub sql: String,
    /// The engine it ran on.
    pub engine: &'static str,
    /// Rows read from the source, where the engine tells.
    pub rows_read: Option<u64>,
    /// The period it is of, as [`Compiled::period`] has it.
    pub period: Option<TimeRange>,
    /// The periods compared with, in the query's order.
    pub compared: Vec<(Comparison, TimeRange)>,
    /// Time from the query to the statement.
    pub compile: Duration,
    /// Time from the statement to the rows.
    pub run: Duration,
    /// There are more rows than came back.
    pub truncated: bool,
    /// The rows were kept from an equal question over the same data, or shared with one that was
    /// running: no statement ran for this question.
    pub cached: bool,
}
