//! What can be asked, in words: the manifest and the data's own values, as the interpreter, the
//! tools and the prompts read it.

use almanac_agent_contract::{Direction, Format, Grain, Value};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::nearest::nearest;

/// All metrics and dimensions.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Catalog {
    /// Metrics in the manifest's order.
    pub metrics: Vec<MetricInfo>,
    /// Every dimension that some metric can be broken down by.
    pub dimensions: Vec<DimensionInfo>,
}

/// A metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricInfo {
    /// Name in the manifest, unique.
    pub name: String,
    /// Label for people.
    pub label: String,
    /// What it means.
    pub description: String,
    /// How it is computed, in words: "sum of order_item.net_amount where status = 'paid'".
    pub definition: String,
    /// In which way it is computed.
    #[serde(default)]
    pub kind: MetricKind,
    /// The metrics it is computed from, in the order of its definition.
    #[serde(default)]
    pub inputs: Vec<MetricInput>,
    /// Other names people use.
    pub synonyms: Vec<String>,
    /// What its numbers are numbers of.
    pub format: Format,
    /// Which way is good, where that is known.
    pub direction: Option<Direction>,
    /// The metric above it in the metric tree.
    pub parent: Option<String>,
    /// Takes the last snapshot of a period instead of a sum over it (members, stock, MRR).
    pub semi_additive: bool,
    /// Qualified names of the dimensions it can be broken down and filtered by.
    pub dimensions: Vec<String>,
    /// The entities that conditions on it can be asked `per`: one value of it for each of them.
    #[serde(default)]
    pub entities: Vec<String>,
    /// The entity whose number it is, where it counts the keys of one: `customer` of "customers".
    #[serde(default)]
    pub counts: Option<String>,
    /// The finest grain it can be asked at.
    pub finest_grain: Grain,
    /// Days after which late data has arrived.
    pub late_days: u16,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Questions that its owner knows to be answered right by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verified_questions: Vec<String>,
    /// What the data covers; `None` while it is not known or there is no data.
    pub coverage: Option<Coverage>,
}

/// In which way a metric is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricKind {
    /// An aggregate over one table.
    #[default]
    Simple,
    /// One metric divided by another.
    Ratio,
    /// An expression over other metrics.
    Derived,
    /// A metric over everything up to each moment, or a window before it.
    Cumulative,
    /// How many events are followed by another.
    Conversion,
}

impl MetricKind {
    /// Its name in definitions.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Ratio => "ratio",
            Self::Derived => "derived",
            Self::Cumulative => "cumulative",
            Self::Conversion => "conversion",
        }
    }
}

/// A metric that another is computed from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricInput {
    /// Its name.
    pub metric: String,
    /// What it is there, in words: "numerator", "as refunds, where status = 'refunded'",
    /// "14 days before". Empty where the name says it all.
    pub role: String,
}

/// The days a metric has data for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The first day with data.
    pub first: Date,
    /// The last day with data.
    pub last: Date,
    /// Days between them without a single row: missing, not zero. Empty for data that does not
    /// come daily.
    pub gaps: Vec<Date>,
}

/// A dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DimensionInfo {
    /// Qualified name: `customer__country`.
    pub name: String,
    /// Label for people: "Country".
    pub label: String,
    /// What it means.
    pub description: String,
    /// Other names people use.
    pub synonyms: Vec<String>,
    /// What its values are.
    pub kind: DimensionKind,
    /// Its values are numbers that can be compared: price, seats.
    #[serde(default)]
    pub numeric: bool,
    /// Its values in the data, most frequent first; only for categories, capped.
    pub values: Vec<ValueInfo>,
    /// Whether `values` holds all there are.
    pub complete: bool,
}

/// What a dimension's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DimensionKind {
    /// Names, codes, flags.
    Categorical,
    /// Dates or moments, at this grain or coarser.
    Time(Grain),
}

/// A value of a dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ValueInfo {
    /// The value as it stands in the data.
    pub value: Value,
    /// Other names people use: "Brazil", "Brasil" for "BR".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub synonyms: Vec<String>,
}

impl Catalog {
    /// The metric of that name.
    #[must_use]
    pub fn metric(&self, name: &str) -> Option<&MetricInfo> {
        self.metrics.iter().find(|metric| metric.name == name)
    }

    /// The metric that is probably meant by a name that is none's.
    #[must_use]
    pub fn nearest_metric(&self, name: &str) -> Option<String> {
        nearest(name, self.metrics.iter().map(|metric| metric.name.as_str()))
    }

    /// The dimension of that qualified name.
    #[must_use]
    pub fn dimension(&self, name: &str) -> Option<&DimensionInfo> {
        self.dimensions
            .iter()
            .find(|dimension| dimension.name == name)
    }
}
