//! Definitions: YAML files to typed definitions, with every problem named by file, line and metric.

mod check;
mod definitions;
mod load;
mod problem;
mod read_metric;
mod read_model;
mod read_words;
mod reader;
mod yaml;

pub use load::validate;
pub use problem::Problem;

pub(crate) use check::did_you_mean;
pub(crate) use definitions::{
    Aggregation, Body, ConversionDef, CumulativeReach, Definitions, DimensionDef, EntityKind,
    Input, MetricDef, ModelDef, OffsetDef, PeriodAggregation, RateTarget, RatesDef, SavedQueryDef,
    Simple, SpineDef, TableDef, Text, Validity, Window,
};
pub(crate) use load::load;
pub(crate) use problem::{Place, Problems};
