//! Where a conversation stands, typed. Read from what the turn keeps; a follow-up changes it.

use almanac_agent_contract::{Choice, ConversationState, ShownRow, Stand};
use almanac_metrics::MetricQuery;
use serde_json::{Map, Value as Json};

use crate::calls;
use crate::intent::Manner;

/// A query that was answered, and how.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Standing {
    pub(crate) query: MetricQuery,
    pub(crate) manner: Manner,
}

/// A conversation so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Talk<'a> {
    /// The groups of the rows last shown.
    pub(crate) shown: &'a [ShownRow],
    /// What the last reply offered to press.
    pub(crate) offered: &'a [Choice],
    /// The last reply was a question back.
    pub(crate) waiting: bool,
    /// The last question, as it was written.
    pub(crate) asked: Option<&'a str>,
    /// What was answered before the last answer, newest last.
    pub(crate) earlier: &'a [Stand],
}

impl<'a> Talk<'a> {
    pub(crate) fn of(state: Option<&'a ConversationState>) -> Self {
        match state {
            Some(state) => Self {
                shown: &state.shown,
                offered: &state.offered,
                waiting: state.waiting,
                asked: state.asked.as_deref(),
                earlier: &state.earlier,
            },
            None => Self {
                shown: &[],
                offered: &[],
                waiting: false,
                asked: None,
                earlier: &[],
            },
        }
    }

    /// The query before the last that differs from it.
    pub(crate) fn before(&self) -> Option<Standing> {
        let stand = self.earlier.last()?;
        Standing::of(&stand.query, stand.chart.as_deref(), &stand.arguments)
    }
}

impl Standing {
    /// The query that the conversation stands at, if it can still be read.
    pub(crate) fn at(state: &ConversationState) -> Option<Self> {
        Self::of(
            state.query.as_ref()?,
            state.chart.as_deref(),
            &state.arguments,
        )
    }

    fn of(query: &Json, chart: Option<&str>, arguments: &Map<String, Json>) -> Option<Self> {
        Some(Self {
            query: serde_json::from_value(query.clone()).ok()?,
            manner: calls::manner(chart, arguments),
        })
    }
}
