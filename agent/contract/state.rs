//! Where a conversation stands: what its last answer was, so that the next words can change it
//! ("and Mexico?", "back", "the first one", "yes"). Kept with the conversation between turns.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::{Choice, Value};

/// Where a conversation stands. All of it is empty at the start and after "start over".
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "Json")]
pub struct ConversationState {
    /// The query of the last answer with numbers, as `metrics::MetricQuery` serialises it.
    pub query: Option<Json>,
    /// How it was asked to be drawn: the tool's word, such as "bar".
    pub chart: Option<String>,
    /// Its other tool arguments by name: "threshold", "statistic", "ratio".
    pub arguments: Map<String, Json>,
    /// The groups of its first rows in the order shown, at most [`Self::SHOWN`].
    pub shown: Vec<ShownRow>,
    /// The stands before it, newest last, at most [`Self::EARLIER`].
    pub earlier: Vec<Stand>,
    /// What the last reply offered to press.
    pub offered: Vec<Choice>,
    /// The last reply was a question back.
    pub waiting: bool,
    /// The last question as the person wrote it.
    pub asked: Option<String>,
}

/// The groups of one row of an answer: dimension names with their values, in column order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShownRow(pub Vec<(String, Value)>);

/// A query that was answered, with all that is needed to answer it again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Stand {
    /// The query, as `metrics::MetricQuery` serialises it.
    pub query: Json,
    /// How it was asked to be drawn.
    pub chart: Option<String>,
    /// Its other tool arguments by name.
    pub arguments: Map<String, Json>,
}

impl ConversationState {
    /// Rows whose groups are kept.
    pub const SHOWN: usize = 10;
    /// Stands that "back" can reach.
    pub const EARLIER: usize = 20;

    /// The query and its arguments as a stand; `None` before the first answer with numbers.
    #[must_use]
    pub fn stand(&self) -> Option<Stand> {
        Some(Stand {
            query: self.query.clone()?,
            chart: self.chart.clone(),
            arguments: self.arguments.clone(),
        })
    }

    /// Nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Reads what any version has kept. A part that cannot be read is empty, so that no conversation
/// is lost over it; a bare query is a state that stands at it.
impl From<Json> for ConversationState {
    fn from(kept: Json) -> Self {
        let Json::Object(mut parts) = kept else {
            return Self::default();
        };
        if parts.contains_key("metrics") {
            return Self {
                query: Some(Json::Object(parts)),
                ..Self::default()
            };
        }
        Self {
            query: parts.remove("query").filter(|query| !query.is_null()),
            chart: part(&mut parts, "chart"),
            arguments: part(&mut parts, "arguments"),
            shown: part(&mut parts, "shown"),
            earlier: part(&mut parts, "earlier"),
            offered: part(&mut parts, "offered"),
            waiting: part(&mut parts, "waiting"),
            asked: part(&mut parts, "asked"),
        }
    }
}

fn part<T: Default + serde::de::DeserializeOwned>(parts: &mut Map<String, Json>, name: &str) -> T {
    parts
        .remove(name)
        .and_then(|part| serde_json::from_value(part).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_state_comes_back_as_it_was() {
        let state = ConversationState {
            query: Some(json!({"metrics": ["revenue"], "group_by": ["customer__country"]})),
            chart: Some("bar".into()),
            arguments: Map::from_iter([("statistic".to_owned(), json!("average"))]),
            shown: vec![ShownRow(vec![
                ("customer__country".into(), Value::Text("Brazil".into())),
                ("order__shipped".into(), Value::Boolean(true)),
                (
                    "metric_time__day".into(),
                    Value::Date("2026-11-19".parse().unwrap()),
                ),
                ("customer__age".into(), Value::Null),
            ])],
            earlier: vec![Stand {
                query: json!({"metrics": ["orders"]}),
                ..Stand::default()
            }],
            offered: vec![Choice {
                label: "By country".into(),
                ask: "revenue by country".into(),
            }],
            waiting: true,
            asked: Some("by country, please".into()),
        };
        let kept = serde_json::to_value(&state).unwrap();
        assert_eq!(
            serde_json::from_value::<ConversationState>(kept).unwrap(),
            state
        );
    }

    #[test]
    fn a_bare_query_is_where_the_conversation_stands() {
        let query = json!({"metrics": ["revenue"], "limit": 5});
        let state = ConversationState::from(query.clone());
        assert_eq!(state.query, Some(query));
        assert_eq!(state.earlier, []);
    }

    #[test]
    fn a_part_that_cannot_be_read_is_empty() {
        let state = ConversationState::from(json!({
            "query": {"metrics": ["revenue"]},
            "shown": "all of it",
            "offered": [{"label": 1}],
            "asked": "revenue",
            "of_a_later_version": true,
        }));
        assert!(state.query.is_some());
        assert_eq!((state.shown.len(), state.offered.len()), (0, 0));
        assert_eq!(state.asked.as_deref(), Some("revenue"));
        for kept in [json!(null), json!([1]), json!({})] {
            assert!(ConversationState::from(kept).is_empty());
        }
    }
}
