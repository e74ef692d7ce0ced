//! What `query_metrics` takes: a metric query, and beside it what the person wants of its result.

use almanac_agent_contract::{ChartKind, Value};
use almanac_metrics::{MetricQuery, Operator};
use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};

/// The sort key that stands for the ratio of a query's two metrics.
pub(crate) const RATIO: &str = "ratio";
/// The wishes' names: what else there is belongs to the query.
const WISHES: [&str; 5] = ["chart", "threshold", "statistic", "ratio", "focus"];

/// A metric query and what is wanted of its result.
#[derive(Debug, JsonSchema)]
pub(crate) struct Arguments {
    #[schemars(flatten)]
    pub(crate) query: MetricQuery,
    #[schemars(flatten)]
    pub(crate) wishes: Wishes,
}

/// What is wanted of a result.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Wishes {
    /// How to draw it; chosen from the shape of the result where absent.
    pub(crate) chart: Option<Drawn>,
    /// Tests the headline, or each row where there are several, and answers yes or no: "did we pass
    /// 1M?".
    pub(crate) threshold: Option<Threshold>,
    /// What the rows of the result come to, as the headline. "Average daily revenue" is grain `day`
    /// and `average`; "how many countries did we sell to" is `group_by` country and `count`.
    pub(crate) statistic: Option<Statistic>,
    /// The first of two metrics divided by the second, where no metric is defined that says so.
    /// `order_by` may name it `ratio`.
    pub(crate) ratio: bool,
    /// The groups that were asked about: "what share of revenue comes from Brazil?" is `group_by`
    /// country, `shares` and this.
    pub(crate) focus: Vec<Focus>,
}

/// How a result is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Drawn {
    /// Points in time.
    Line,
    /// Categories.
    Bar,
    /// Categories, split.
    StackedBar,
    /// No chart.
    Table,
}

/// A number that a result is held against.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Threshold {
    /// `gt`, `gte`, `lt`, `lte`, or `in` for equal.
    pub(crate) op: Operator,
    /// In the metric's own unit: 0.25 for 25 %.
    pub(crate) value: f64,
}

/// What the rows of a result come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Statistic {
    /// The mean of the rows' values. A bucket without rows counts as zero where the metric is a
    /// sum or count whose data was coming in; buckets that are cut off or still running do not count.
    Average,
    /// The value in the middle, over the same rows.
    Median,
    /// The greatest value, and where it is.
    Maximum,
    /// The least value, and where it is.
    Minimum,
    /// How many rows have a value that is not zero.
    Count,
}

/// A group that was asked about.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Focus {
    /// A dimension of `group_by`.
    pub(crate) dimension: String,
    /// Its value.
    pub(crate) value: Value,
}

impl Drawn {
    /// The chart's kind; `None` for a table alone.
    pub(crate) const fn kind(self) -> Option<ChartKind> {
        match self {
            Self::Line => Some(ChartKind::Line),
            Self::Bar => Some(ChartKind::Bar),
            Self::StackedBar => Some(ChartKind::StackedBar),
            Self::Table => None,
        }
    }
}

impl Wishes {
    /// Whether what is asked is something about the rows and not the rows themselves.
    pub(crate) const fn is_of_the_rows(&self) -> bool {
        self.statistic.is_some() || !self.focus.is_empty()
    }
}

impl Threshold {
    /// Whether a value passes.
    pub(crate) fn passes(self, value: f64) -> bool {
        match self.op {
            Operator::Gt => value > self.value,
            Operator::Gte => value >= self.value,
            Operator::Lt => value < self.value,
            Operator::Lte => value <= self.value,
            #[expect(clippy::float_cmp, reason = "equal is what was asked")]
            _ => value == self.value,
        }
    }

    /// Whether greater values pass.
    pub(crate) const fn is_lower_bound(self) -> bool {
        matches!(self.op, Operator::Gt | Operator::Gte)
    }
}

impl Arguments {
    /// What does not go together, or has no place on a card.
    pub(crate) fn contradiction(&self) -> Option<&'static str> {
        let Self { query, wishes } = self;
        if query.metrics.is_empty() || query.min_max_only {
            return Some("name at least one metric: a card shows the numbers of metrics");
        }
        if query.currency.is_some() {
            return Some("amounts are shown in the workspace's currency: leave currency out");
        }
        let [first, second] = query.metrics.as_slice() else {
            return wishes.ratio.then_some("a ratio is of exactly two metrics");
        };
        if wishes.ratio && first == second {
            return Some("a ratio is of two different metrics");
        }
        if wishes.ratio && (query.shares || query.totals || query.other) {
            return Some("a ratio goes without shares, totals and other");
        }
        None
    }

    /// The same for wishes that every query may have.
    pub(crate) fn misfit(&self) -> Option<&'static str> {
        let Self { query, wishes } = self;
        let grouped = |focus: &Focus| {
            let mut groups = query.group_by.iter();
            groups.any(|group| {
                group.dimension == focus.dimension || group.column() == focus.dimension
            })
        };
        if !wishes.focus.iter().all(grouped) {
            return Some("focus names a group: its dimension must be among group_by");
        }
        let bound = wishes.threshold.is_none_or(|threshold| {
            threshold.value.is_finite()
                && matches!(
                    threshold.op,
                    Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte | Operator::In
                )
        });
        (!bound).then_some("a threshold is a number, and its op is gt, gte, lt, lte or in")
    }
}

// By hand, because `flatten` would let unknown names pass in silence.
impl<'de> Deserialize<'de> for Arguments {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = Map::deserialize(deserializer)?;
        let (wishes, query): (Map<_, _>, Map<_, _>) = map
            .into_iter()
            .partition(|(name, _)| WISHES.contains(&name.as_str()));
        let wishes = wishes.into_iter().filter(|(_, value)| !value.is_null());
        let wishes = Json::Object(wishes.collect());
        Ok(Self {
            query: serde_json::from_value(Json::Object(query)).map_err(D::Error::custom)?,
            wishes: serde_json::from_value(wishes).map_err(D::Error::custom)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(json: Json) -> Arguments {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn an_unknown_argument_is_an_error_that_names_it() {
        for json in [
            json!({"metrics": ["a"], "limt": 3}),
            json!({"metrics": ["a"], "threshold": {"op": "gt", "valu": 3}}),
        ] {
            let error = serde_json::from_value::<Arguments>(json).unwrap_err();
            let told = error.to_string();
            assert!(told.contains("limt") || told.contains("valu"), "{told}");
        }
    }

    #[test]
    fn what_a_card_cannot_show_is_refused() {
        for json in [
            json!({"metrics": [], "group_by": ["customer__country"]}),
            json!({"metrics": ["revenue"], "currency": "EUR"}),
            json!({"metrics": ["revenue"], "ratio": true}),
            json!({"metrics": ["revenue", "revenue"], "ratio": true}),
            json!({"metrics": ["revenue", "orders"], "ratio": true, "shares": true}),
        ] {
            assert!(read(json.clone()).contradiction().is_some(), "{json}");
        }
        for json in [
            json!({"metrics": ["revenue"], "focus": [{"dimension": "country", "value": "BR"}]}),
            json!({"metrics": ["revenue"], "threshold": {"op": "contains", "value": 1}}),
        ] {
            assert!(read(json.clone()).misfit().is_some(), "{json}");
        }
    }

    #[test]
    fn what_goes_together_is_taken() {
        let asked = read(json!({
            "metrics": ["revenue", "orders"], "ratio": true, "chart": null,
            "group_by": ["country"], "focus": [{"dimension": "country", "value": "BR"}],
            "threshold": {"op": "gte", "value": 1.5}, "statistic": "average",
        }));
        assert_eq!((asked.contradiction(), asked.misfit()), (None, None));
        assert_eq!(asked.wishes.statistic, Some(Statistic::Average));
        assert_eq!(asked.query.metrics.len(), 2);
    }

    #[test]
    fn bounds_are_tested_as_they_say() {
        let passes = |op, value| Threshold { op, value: 10.0 }.passes(value);
        assert!(!passes(Operator::Gt, 10.0) && passes(Operator::Gte, 10.0));
        assert!(!passes(Operator::Lt, 10.0) && passes(Operator::Lte, 10.0));
        assert!(passes(Operator::Gt, 10.5) && passes(Operator::Lt, 9.5));
    }
}
