//! What is asked of the metric layer, typed. Tools take it as JSON, the interpreter makes it, a
//! conversation keeps it and follow-ups edit it.
//!
//! `{"metrics": ["revenue"], "group_by": ["customer__country"], "grain": "week",
//!   "time_range": {"start": "2026-11-09", "end": "2026-11-15"},
//!   "filters": [{"dimension": "order__channel", "op": "in", "values": ["organic"]}],
//!   "order_by": [{"by": "revenue", "descending": true}], "limit": 5,
//!   "compare": ["previous_period"]}`

use almanac_agent_contract::{Grain, Value};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A question about metrics.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricQuery {
    /// Metric names. Each is a column of the result. With none, the combinations of `group_by` that
    /// exist in the data are the result.
    #[serde(default)]
    pub metrics: Vec<String>,
    /// Dimensions to break down by, each a column of the result, before the metrics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub group_by: Vec<GroupBy>,
    /// Makes a series: groups by `metric_time` at this grain, the result's first column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grain: Option<Grain>,
    /// The period; all data where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_range: Option<TimeRange>,
    /// All must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// Alternatives: of each list at least one filter must hold. "From Brazil or on mobile" is
    /// `[[{country in BR}, {device in mobile}]]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Vec<Filter>>,
    /// Conditions on metrics' values: all must hold. They are tested before order and limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub having: Vec<Having>,
    /// Conditions in SQL as in definitions, for those who write queries by hand: all must hold.
    /// `{{ Dimension('customer__country') }} = 'BR'`, `{{ Metric('orders', ['customer']) }} > 2`.
    #[serde(default, rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
    /// Sort keys, most significant first. Default: time ascending, else the first metric descending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order_by: Vec<OrderBy>,
    /// At most this many rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Each adds one column a metric, named `<metric>__<comparison>`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compare: Vec<Comparison>,
    /// How days of a comparison meet in a series by day or hour.
    #[serde(default, skip_serializing_if = "Alignment::is_date")]
    pub align: Alignment,
    /// The ISO 4217 code of the currency that amounts of money are given in; the workspace's where
    /// absent. Needs a table of exchange rates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Adds to each metric a column `<metric>__total`: its value over all groups of the row's time
    /// bucket, computed from the rows themselves and not by adding the groups up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub totals: bool,
    /// Adds to each metric a column `<metric>__share`: its value divided by that total. The shares of
    /// metrics that do not add up (distinct counts, ratios) need not add up to one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shares: bool,
    /// With `limit`, all groups beyond it become one last row, computed from their rows: its
    /// dimensions are null and its column `is_other` is true.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub other: bool,
    /// Instead of rows, one row with the least and greatest value of each dimension of `group_by`,
    /// in columns `<dimension>__min` and `<dimension>__max`. Goes without metrics.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub min_max_only: bool,
}

/// How the days of two periods meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Alignment {
    /// 20 November meets 20 November.
    #[default]
    Date,
    /// A Friday meets a Friday: a year before is 52 weeks before, a month before four weeks.
    Weekday,
}

impl Alignment {
    fn is_date(&self) -> bool {
        *self == Self::Date
    }
}

/// A dimension or entity by its qualified name, with a grain where it is a time dimension. As text:
/// `customer__country`, `order__ordered_at__week`, `metric_time__month`.
///
/// A name may also end in a granularity finer than an hour (`metric_time__second`), one of the
/// definitions' own or of the fiscal calendar (`metric_time__fiscal_quarter`), or a part of the
/// date: `metric_time__extract_dow` (1 is Monday), `extract_doy`, `extract_day`, `extract_month`,
/// `extract_quarter`, `extract_year`, `extract_hour`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(into = "String", from = "String")]
#[schemars(with = "String")]
pub struct GroupBy {
    /// The qualified name: entity path and dimension joined by `__`.
    pub dimension: String,
    /// The grain of a time dimension.
    pub grain: Option<Grain>,
}

impl From<String> for GroupBy {
    fn from(text: String) -> Self {
        match text
            .rsplit_once("__")
            .map(|(head, tail)| (head, Grain::named(tail)))
        {
            Some((head, Some(grain))) => Self {
                dimension: head.to_owned(),
                grain: Some(grain),
            },
            _ => Self {
                dimension: text,
                grain: None,
            },
        }
    }
}

impl From<GroupBy> for String {
    fn from(group_by: GroupBy) -> Self {
        group_by.column()
    }
}

impl GroupBy {
    /// A categorical dimension.
    #[must_use]
    pub fn named(dimension: &str) -> Self {
        Self {
            dimension: dimension.to_owned(),
            grain: None,
        }
    }

    /// The name of its column in the result.
    #[must_use]
    pub fn column(&self) -> String {
        match self.grain {
            Some(grain) => format!("{}__{}", self.dimension, grain.as_str()),
            None => self.dimension.clone(),
        }
    }
}

/// Whole local days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeRange {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

/// How a dimension is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// One of the values.
    In,
    /// None of the values; missing values are kept.
    NotIn,
    /// Greater than the one value.
    Gt,
    /// At least the one value.
    Gte,
    /// Less than the one value.
    Lt,
    /// At most the one value.
    Lte,
    /// Contains the one text, whatever its case.
    Contains,
    /// Missing; takes no values.
    IsNull,
    /// Not missing; takes no values.
    IsNotNull,
}

/// A condition on a dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The dimension's qualified name.
    pub dimension: String,
    /// The test.
    pub op: Operator,
    /// What it is tested against.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
}

/// A condition on a metric's value.
///
/// "Countries with more than 100 orders": `{"metric": "orders", "op": "gt", "value": 100}` keeps
/// rows of a result by country. "Customers with more than 3 orders":
/// `{"metric": "orders", "op": "gt", "value": 3, "per": "customer"}` keeps what belongs to such
/// customers, whatever the result is broken down by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Having {
    /// The metric's name. It need not be among the metrics of the query.
    pub metric: String,
    /// How its value is tested: `gt`, `gte`, `lt`, `lte`, `in` (equal) or `not_in` (not equal). A
    /// missing value passes no test.
    pub op: Operator,
    /// What it is tested against, in the metric's own unit: 0.25 for 25 %.
    pub value: f64,
    /// An entity: its value is tested for each of them, in the query's period, instead of for each
    /// row of the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
}

/// A sort key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderBy {
    /// A column of the result: a metric, a comparison column, a dimension or `metric_time`.
    pub by: String,
    /// Largest first.
    #[serde(default)]
    pub descending: bool,
}

/// What a period is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The comparable period before: the month before a month, the same elapsed part for a
    /// period to date, else as many days.
    PreviousPeriod,
    /// The same dates a year before; 29 February meets 28 February.
    SamePeriodLastYear,
    /// A period given by its dates.
    Range(TimeRange),
}

impl Comparison {
    /// The end of the name of its columns, after `<metric>__`.
    #[must_use]
    pub const fn suffix(&self) -> &'static str {
        match self {
            Self::PreviousPeriod => "previous_period",
            Self::SamePeriodLastYear => "same_period_last_year",
            Self::Range(_) => "range",
        }
    }
}
