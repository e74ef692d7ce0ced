//! The metric layer: definitions (manifest) -> plan -> SQL -> engine -> table.

mod catalog;
mod query;

pub use catalog::{
    Catalog, Coverage, DimensionInfo, DimensionKind, MetricInfo, ValueInfo,
};
pub use query::{Comparison, Filter, GroupBy, MetricQuery, Operator, OrderBy, TimeRange};
