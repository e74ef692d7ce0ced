//! Definitions: files of three specs to typed definitions, with every problem named by file, line
//! and metric.

mod check;
mod check_metrics;
mod check_models;
mod definitions;
mod files;
mod json;
mod load;
mod measure;
mod problem;
mod query_item;
mod read_aggregate;
mod read_attribute;
mod read_input;
mod read_legacy;
mod read_metric;
mod read_model;
mod read_saved_query;
mod read_spine;
mod read_words;
mod reader;
mod yaml;

pub use load::validate;
pub use problem::Problem;

pub(crate) use check::did_you_mean;
pub(crate) use definitions::{
    Aggregation, Body, ConversionDef, CumulativeReach, Definitions, DimensionDef, EntityKind,
    Input, MetricDef, ModelDef, OffsetDef, PeriodAggregation, RateTarget, SavedQueryDef, Simple,
    SpineDef, TableDef, Text, Validity, Window,
};
pub(crate) use load::{load, load_texts};
pub(crate) use problem::{Place, Problems};
