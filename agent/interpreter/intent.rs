//! What a person can want, typed. `read` chooses one; `model` turns each into one tool call or
//! one final sentence.

use almanac_agent_contract::{Choice, Language};
use almanac_metrics::MetricQuery;

/// The form in which a person wants to see an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wish {
    /// Any chart.
    Chart,
    /// A line chart.
    Line,
    /// Bars.
    Bar,
    /// Bars on top of one another.
    Stacked,
    /// No chart.
    Table,
}

/// What Almanac is asked for and has no tool for yet. Connecting one is a line in `model`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feature {
    /// Reasons for a change.
    Why,
    /// The future.
    Forecast,
    /// Unusual values.
    Anomalies,
    /// Digests.
    Subscribe,
    /// Alerts.
    Alert,
    /// Goals.
    Goal,
    /// Cohorts and funnels.
    Cohort,
    /// One metric against another, statistically.
    Correlation,
    /// Shares of a total.
    Share,
    /// Conditions on numbers: "orders over 100".
    Threshold,
    /// Averages that no metric defines.
    Average,
    /// Medians, extremes and the like that no metric defines.
    Statistic,
    /// Running totals that no metric defines.
    Cumulative,
    /// Files.
    Export,
    /// The query before the last.
    Undo,
    /// Days of the week, hours of the day, fortnights.
    Calendar,
}

/// The form of a metric question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// One number a metric.
    Value,
    /// A series.
    Trend,
    /// A number for each value of one or two dimensions.
    Breakdown,
    /// The largest or smallest of them.
    Ranking,
    /// Periods, values or metrics side by side.
    Comparison,
}

/// What a question was read as.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Numbers.
    Ask {
        /// Its form.
        form: Form,
        /// The query; answers with these numbers answer the question.
        query: MetricQuery,
        /// How to show them.
        wish: Option<Wish>,
    },
    /// What a metric means.
    Define {
        /// Its name in the catalogue.
        metric: String,
    },
    /// What can be asked.
    Catalogue,
    /// How to ask.
    Help,
    /// A greeting.
    Hello,
    /// Thanks, or a farewell.
    Thanks,
    /// The conversation starts anew.
    Reset,
    /// Two readings are close, or one word is in doubt: which one?
    Clarify {
        /// The question back.
        text: String,
        /// At most four; each asks a full question that reads in one way.
        choices: Vec<Choice>,
    },
    /// It cannot be answered.
    Refuse {
        /// Why, and what can be.
        text: String,
        /// Questions that work.
        choices: Vec<Choice>,
    },
}

/// A question, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What is wanted.
    pub intent: Intent,
    /// How sure this reading is, 0 to 1.
    pub score: f32,
    /// How sure the next best one is; 0 where there is none.
    pub runner_up: f32,
    /// The language of the question.
    pub language: Language,
    /// What was read differently from how it was typed, in words: typos, near names, defaults.
    pub notes: Vec<String>,
}

impl Reading {
    /// The query, where numbers are wanted.
    #[must_use]
    pub fn query(&self) -> Option<&MetricQuery> {
        match &self.intent {
            Intent::Ask { query, .. } => Some(query),
            _ => None,
        }
    }
}
