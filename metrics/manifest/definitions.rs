//! The definitions as they are written, typed. What they mean together is `plan::Graph`'s matter.

use almanac_agent_contract::{Direction, Format, Grain};

use super::problem::Place;

/// All definition files together.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    pub(crate) models: Vec<ModelDef>,
    pub(crate) metrics: Vec<MetricDef>,
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
    /// The table's name in the source.
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) time: Option<Text>,
    pub(crate) primary: Option<Text>,
    pub(crate) entities: Vec<EntityDef>,
    pub(crate) dimensions: Vec<DimensionDef>,
}

/// How an entity's key stands in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntityKind {
    Primary,
    Unique,
    Foreign,
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
    /// The grain of a time dimension.
    pub(crate) time: Option<Grain>,
    pub(crate) words: DimensionWords,
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
    pub(crate) fill: Option<f64>,
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
}

/// An aggregate over one table.
#[derive(Debug)]
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
    /// How many are true.
    SumBoolean,
}

/// A metric that must not be summed over time: which snapshot counts.
#[derive(Debug)]
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
}

/// What Almanac adds to a metric.
#[derive(Debug, Default)]
pub(crate) struct MetricWords {
    pub(crate) description: Option<String>,
    pub(crate) synonyms: Vec<String>,
    pub(crate) format: Option<Format>,
    pub(crate) good: Option<Direction>,
    pub(crate) parent: Option<Text>,
    pub(crate) late_days: u16,
    pub(crate) owner: Option<String>,
}
