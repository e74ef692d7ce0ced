//! The answer card: everything a person sees of an answer about a number.
//!
//! Whoever composes a card writes its words in the reader's language and locale; an adapter only
//! places them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{ChartSpec, Column, Direction, Format, Value};

/// How far an answer can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Badge {
    /// A reviewed answer.
    Verified,
    /// Compiled from defined metrics.
    Governed,
    /// Anything else.
    Exploratory,
}

/// The change of a headline against a comparable period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The value it is compared with.
    pub base: f64,
    /// Relative change, 0.12 for 12 %; `None` where the base is zero.
    pub relative: Option<f64>,
    /// Good or bad, where the metric says which way is good.
    pub good: Option<bool>,
    /// The change in words: "+12 % vs 2–8 Nov 2026".
    pub text: String,
}

/// The one number that answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    /// The metric's label.
    pub label: String,
    /// The number; `None` where there is no data.
    pub value: Option<f64>,
    /// The number as written.
    pub text: String,
    /// Its changes against the compared periods.
    pub changes: Vec<Change>,
}

/// A table with its values as they are and as they are written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardTable {
    /// Names and types.
    pub columns: Vec<Column>,
    /// Column headings as written.
    pub labels: Vec<String>,
    /// The values.
    pub rows: Vec<Vec<Value>>,
    /// The values as written, row by row.
    pub shown: Vec<Vec<String>>,
}

/// The period an answer is about: whole local days, both ends included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// IANA zone in which the days begin and end.
    pub zone: String,
    /// The period as written: "9–15 Nov 2026, America/Sao_Paulo".
    pub text: String,
}

/// How fresh and how complete the data is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Freshness {
    /// The last day that has data.
    pub as_of: Date,
    /// What to know, as written: "Data to 19 Nov 2026; refunds of the last 7 days still come in".
    pub text: String,
    /// Days in the period without any data: missing, not zero.
    pub missing: Vec<Date>,
}

/// A metric's definition as Explain shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricDefinition {
    /// Its name in the manifest.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What it means and how it is computed.
    pub text: String,
}

/// Milliseconds spent, by part.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Timing {
    /// From accepting the question to the finished answer.
    pub total: f64,
    /// Reading the question.
    pub interpret: f64,
    /// Metric query to SQL.
    pub compile: f64,
    /// Running the SQL.
    pub run: f64,
}

/// How an answer was computed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explain {
    /// The metrics involved.
    pub metrics: Vec<MetricDefinition>,
    /// The statement that ran.
    pub sql: String,
    /// The engine that ran it.
    pub engine: String,
    /// Rows read from the source, where the engine tells.
    pub rows_read: Option<u64>,
}

/// A button on a card that does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Show how it was computed.
    Explain,
    /// The table as CSV.
    ExportCsv,
    /// This answer was right.
    Good,
    /// This answer was wrong.
    Bad,
    /// Show the whole answer, which was only announced.
    Show,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 5] = [
        Self::Explain,
        Self::ExportCsv,
        Self::Good,
        Self::Bad,
        Self::Show,
    ];

    /// Its name on the wire: what a button carries and a press brings back.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Explain => "explain",
            Self::ExportCsv => "export_csv",
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Show => "show",
        }
    }

    /// The action of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == name)
    }
}

/// One answer about numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// What is answered, in words: "Revenue by country".
    pub title: String,
    /// The one number, where there is one.
    pub headline: Option<Headline>,
    /// All numbers.
    pub table: CardTable,
    /// Drawn where there is more than one number.
    pub chart: Option<ChartSpec>,
    /// The resolved period; `None` for all data.
    pub period: Option<Period>,
    /// Filters in words.
    pub filters: Vec<String>,
    /// Groupings in words.
    pub groupings: Vec<String>,
    /// Metric labels.
    pub metrics: Vec<String>,
    /// Freshness and completeness.
    pub freshness: Option<Freshness>,
    /// Trust.
    pub badge: Badge,
    /// Two or three questions that could follow.
    pub follow_ups: Vec<String>,
    /// Buttons.
    pub actions: Vec<Action>,
    /// How it was computed.
    pub explain: Explain,
    /// The metric query, as `metrics::MetricQuery` serialises it.
    pub query: Json,
    /// Which way is good and how numbers are meant, by metric column, for renderers.
    pub formats: Vec<(String, Format, Option<Direction>)>,
}
