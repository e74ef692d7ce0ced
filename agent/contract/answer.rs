//! The JSON object that `almanac ask --json` prints and `POST /api/v1/ask` returns. Stable:
//! scripts read it.

use serde::Serialize;
use serde_json::Value as Json;

use crate::{Badge, Choice, Confidence, Outcome, Period, Reply, Timing, Value};

/// Column names and rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableJson<'a> {
    /// Column names, in the order of each row's values.
    pub columns: Vec<&'a str>,
    /// The rows.
    pub rows: &'a [Vec<Value>],
}

/// A [`Reply`] as scripts read it. What an answer does not have is null.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskAnswer<'a> {
    /// answer | clarify | refuse | error.
    pub outcome: Outcome,
    /// The answer in words.
    pub text: &'a str,
    /// The metric query.
    pub query: Option<&'a Json>,
    /// The numbers.
    pub table: Option<TableJson<'a>>,
    /// The resolved period.
    pub period: Option<&'a Period>,
    /// The statement that ran.
    pub sql: Option<&'a str>,
    /// verified | governed | exploratory.
    pub badge: Option<Badge>,
    /// Buttons on the card.
    pub actions: &'a [crate::Action],
    /// Questions to choose from or to go on with.
    pub choices: Vec<Choice>,
    /// How the question was understood, in words.
    pub reading: Option<&'a str>,
    /// How sure that is.
    pub confidence: Option<Confidence>,
    /// Milliseconds.
    pub timing_ms: Timing,
}

impl<'a> From<&'a Reply> for AskAnswer<'a> {
    fn from(reply: &'a Reply) -> Self {
        let card = reply.card.as_ref();
        Self {
            outcome: reply.outcome,
            text: &reply.text,
            query: card.map(|card| &card.query),
            table: card.map(|card| TableJson {
                columns: card.table.columns.iter().map(|c| c.name.as_str()).collect(),
                rows: &card.table.rows,
            }),
            period: card.and_then(|card| card.period.as_ref()),
            sql: card.map(|card| card.explain.sql.as_str()),
            badge: card.map(|card| card.badge),
            actions: card.map_or(&[], |card| &card.actions),
            choices: reply.choices.clone(),
            reading: reply.reading.as_deref(),
            confidence: reply.confidence,
            timing_ms: reply.timing,
        }
    }
}
