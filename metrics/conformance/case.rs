//! A case as `cases.json` has it: what is asked in MetricFlow's words, and what a right engine
//! returns.

use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

/// One question and its right answer.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    /// Its name: `itest_metrics.yaml/count_distinct`.
    pub id: String,
    /// Which definitions it is asked of, by MetricFlow's name of them: `SIMPLE_MODEL`.
    pub(super) model: String,
    #[serde(default, deserialize_with = "maybe")]
    pub(super) metrics: Vec<String>,
    #[serde(default, deserialize_with = "maybe")]
    pub(super) group_bys: Vec<String>,
    #[serde(default, deserialize_with = "maybe")]
    pub(super) group_by_objs: Vec<GroupByObject>,
    #[serde(default)]
    pub(super) saved_query_name: Option<String>,
    #[serde(default, deserialize_with = "maybe")]
    pub(super) where_resolved: Vec<String>,
    /// The first and the last moment, as ISO text.
    #[serde(default)]
    pub(super) time_constraint: Option<(Option<String>, Option<String>)>,
    /// Names of columns; a minus before one means largest first.
    #[serde(default, deserialize_with = "maybe")]
    pub(super) order_bys: Vec<String>,
    #[serde(default)]
    pub(super) limit: Option<u32>,
    #[serde(default)]
    pub(super) min_max_only: bool,
    /// Without metrics: whether equal rows are one.
    #[serde(default = "yes")]
    pub(super) apply_group_by: bool,
    /// The order of the rows counts.
    #[serde(default)]
    pub(super) check_order: bool,
    /// No rows at all is an answer, and not a sign of a broken case.
    #[serde(default)]
    pub(super) allow_empty: bool,
    pub(super) expected: Expected,
}

/// A dimension with its granularity or part of the date.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupByObject {
    pub(super) name: String,
    #[serde(default)]
    pub(super) grain: Option<String>,
    #[serde(default)]
    pub(super) date_part: Option<String>,
}

/// The right answer.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Expected {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<Json>>,
}

fn yes() -> bool {
    true
}

/// A list that may be null.
fn maybe<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
