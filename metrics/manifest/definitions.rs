//! The definitions as they are written, typed. What they mean together is `plan::Graph`'s matter.

use almanac_agent_contract::{Direction, Format};

use super::problem::Place;
use crate::granularity::Granularity;

/// All definition files together.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    pub(crate) models: Vec<ModelDef>,
    pub(crate) metrics: Vec<MetricDef>,
    pub(crate) saved_queries: Vec<SavedQueryDef>,
    pub(crate) spines: Vec<SpineDef>,
}

/// A name or a piece of SQL, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// A table and what its columns mean.
#[derive(Debug)]
pub(crate) struct ModelDef {
    pub(crate) name: String,
    /// The table it is over, which is called like the model where nothing else is said.
    pub(crate) table: TableDef,
    pub(crate) place: Place,
    pub(crate) time: Option<Text>,
    pub(crate) primary: Option<Text>,
    pub(crate) entities: Vec<EntityDef>,
    pub(crate) dimensions: Vec<DimensionDef>,
    /// The columns that make it a table of exchange rates.
    pub(crate) rates: Option<RatesDef>,
}

/// A table of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableDef {
    /// Its schema, in sources that have them.
    pub(crate) schema: Option<String>,
    pub(crate) name: String,
}

/// A table with one rate a day and currency, or pair of them.
#[derive(Debug)]
pub(crate) struct RatesDef {
    /// The column of the day from which a rate holds.
    pub(crate) day: Text,
    /// The column of the currency that amounts are in.
    pub(crate) from: Text,
    /// The column of the currency that a rate leads to, or that currency itself.
    pub(crate) to: RateTarget,
    /// The column of what one unit is worth.
    pub(crate) rate: Text,
}

/// What the rates of a table lead to.
#[derive(Debug)]
pub(crate) enum RateTarget {
    /// Each row says.
    Column(Text),
    /// An ISO 4217 code.
    Currency(String),
}

/// How an entity's key stands in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntityKind {
    Primary,
    Unique,
    Foreign,
    /// The key of a slowly changing dimension: one row for each stretch of validity.
    Natural,
}

/// A key.
#[derive(Debug)]
pub(crate) struct EntityDef {
    pub(crate) name: String,
    pub(crate) kind: EntityKind,
    pub(crate) expr: Text,
}

/// An attribute to break down and filter by.
#[derive(Debug)]
pub(crate) struct DimensionDef {
    pub(crate) name: String,
    pub(crate) label: Option<String>,
    pub(crate) description: String,
    pub(crate) expr: Text,
    /// The finest granularity of a time dimension.
    pub(crate) time: Option<Granularity>,
    /// Tables that both have such a dimension are also joined by it.
    pub(crate) partition: bool,
    pub(crate) validity: Option<Validity>,
    pub(crate) words: DimensionWords,
}

/// What a time dimension says about when its row holds: from the one to before the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Validity {
    Start,
    End,
}

/// What Almanac adds to a dimension.
#[derive(Debug, Default)]
pub(crate) struct DimensionWords {
    pub(crate) label: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) synonyms: Vec<String>,
    /// Other names of values, by the value as text.
    pub(crate) values: Vec<(String, Vec<String>)>,
    /// Keep its values out of the index.
    pub(crate) unindexed: bool,
}

/// A metric.
#[derive(Debug)]
pub(crate) struct MetricDef {
    pub(crate) name: String,
    pub(crate) place: Place,
    /// The model it is written in.
    pub(crate) model: Option<String>,
    pub(crate) label: Option<String>,
    pub(crate) description: String,
    pub(crate) filters: Vec<Text>,
    /// The number in place of null.
    pub(crate) fill: Option<f64>,
    /// Dates without rows are rows too.
    pub(crate) join_to_spine: bool,
    /// What it is grouped by when `metric_time` is asked for without a granularity.
    pub(crate) default_granularity: Option<Text>,
    /// Only other metrics use it: it is not listed.
    pub(crate) hidden: bool,
    pub(crate) body: Body,
    pub(crate) words: MetricWords,
}

/// How a metric is computed.
#[derive(Debug)]
pub(crate) enum Body {
    Simple(Simple),
    Ratio {
        numerator: Input,
        denominator: Input,
    },
    Derived {
        expr: Text,
        inputs: Vec<Input>,
    },
    /// A simple metric's aggregate over everything up to each moment, a window before it, or the
    /// part of a period until it.
    Cumulative {
        input: Input,
        reach: CumulativeReach,
        /// Which of a bucket's values stands for it in coarser series.
        period: PeriodAggregation,
    },
    Conversion(Box<ConversionDef>),
}

/// How far back a cumulative metric goes.
#[derive(Debug)]
pub(crate) enum CumulativeReach {
    All,
    Window(Window),
    ToDate(Text),
}

/// Which value of a bucket stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeriodAggregation {
    First,
    Last,
    Average,
}

/// A number of granularities: "7 days".
#[derive(Debug, Clone)]
pub(crate) struct Window {
    pub(crate) count: u32,
    /// A standard granularity or a custom one, in the singular.
    pub(crate) granularity: Text,
}

/// How many events of one kind are followed by one of another kind for the same entity.
#[derive(Debug)]
pub(crate) struct ConversionDef {
    pub(crate) entity: Text,
    pub(crate) base: Input,
    pub(crate) conversion: Input,
    /// How long after the first the second counts; for ever where absent.
    pub(crate) window: Option<Window>,
    /// The number of conversions instead of their share of the base events.
    pub(crate) count: bool,
    /// Dimensions or entities of the base and of the conversion that must be equal.
    pub(crate) properties: Vec<(Text, Text)>,
}

/// An aggregate over one table.
#[derive(Debug, Clone)]
pub(crate) struct Simple {
    pub(crate) aggregation: Aggregation,
    pub(crate) expr: Option<Text>,
    pub(crate) time: Option<Text>,
    pub(crate) snapshot: Option<SnapshotDef>,
}

/// How rows become one number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Aggregation {
    Sum,
    Min,
    Max,
    Average,
    Median,
    Count,
    CountDistinct,
    /// A share between 0 and 1, interpolated between the two nearest values.
    Percentile(f64),
    /// A share between 0 and 1: the least value with at least that share at or below it.
    DiscretePercentile(f64),
    /// How many are true.
    SumBoolean,
}

/// A metric that must not be summed over time: which snapshot counts.
#[derive(Debug, Clone)]
pub(crate) struct SnapshotDef {
    /// The time dimension.
    pub(crate) dimension: Text,
    /// The last snapshot of the period, or the first.
    pub(crate) last: bool,
    /// Entities that each have their own last snapshot.
    pub(crate) per: Vec<Text>,
}

/// A metric that another is computed from.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) metric: Text,
    pub(crate) alias: Option<String>,
    pub(crate) filters: Vec<Text>,
    pub(crate) offset: Option<OffsetDef>,
}

/// From when an input's value is taken.
#[derive(Debug, Clone)]
pub(crate) enum OffsetDef {
    /// That long before.
    Window(Window),
    /// The beginning of the period of that granularity.
    ToGrain(Text),
}

/// A query with a name.
#[derive(Debug)]
pub(crate) struct SavedQueryDef {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) label: Option<String>,
    pub(crate) description: String,
    pub(crate) metrics: Vec<Text>,
    /// Qualified names: `metric_time__day`, `listing__capacity_latest`.
    pub(crate) group_by: Vec<Text>,
    pub(crate) filters: Vec<Text>,
    /// Names as in `metrics` and `group_by`, and whether largest first.
    pub(crate) order_by: Vec<(Text, bool)>,
    pub(crate) limit: Option<u32>,
}

/// A table with a row for each moment of a granularity.
#[derive(Debug)]
pub(crate) struct SpineDef {
    pub(crate) table: TableDef,
    pub(crate) place: Place,
    pub(crate) column: Text,
    pub(crate) granularity: Granularity,
    /// Granularities of its own: a name and the column with the bucket of each row.
    pub(crate) custom: Vec<(Text, Text)>,
}

/// What Almanac adds to a metric.
#[derive(Debug, Clone, Default)]
pub(crate) struct MetricWords {
    pub(crate) description: Option<String>,
    pub(crate) synonyms: Vec<String>,
    pub(crate) format: Option<Format>,
    pub(crate) good: Option<Direction>,
    pub(crate) parent: Option<Text>,
    pub(crate) late_days: u16,
    pub(crate) owner: Option<String>,
    /// The column with the currency that its amounts are in; they are converted to the
    /// workspace's by the rate of each event's day.
    pub(crate) currency_column: Option<Text>,
    /// Questions that its owner knows to be answered right by it.
    pub(crate) verified_questions: Vec<String>,
}
