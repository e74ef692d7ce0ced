//! The metric layer: definitions (manifest) -> plan -> SQL -> engine -> table.

mod catalog;
#[cfg(feature = "datafusion")]
pub mod conformance;
mod engine;
mod error;
mod fragment;
mod granularity;
mod layer;
mod manifest;
mod nearest;
mod one_line;
mod period;
mod plan;
mod query;
mod sql;

pub use catalog::{
    Catalog, Coverage, DimensionInfo, DimensionKind, MetricInfo, MetricInput, MetricKind, ValueInfo,
};
#[cfg(feature = "ballista")]
pub use engine::{ClusterError, ExecutorOptions, Scheduler, run_executor};
pub use error::{LayerError, QueryError};
#[doc(hidden)]
pub use layer::WithoutData;
pub use layer::{Answer, Compiled, Explanation, Layer, LayerOptions, Limits, SavedQuery, Source};
pub use manifest::{Problem, validate};
pub use period::{aligned_range, base_range};
pub use query::{
    Alignment, Comparison, Filter, GroupBy, Having, MetricQuery, Operator, OrderBy, TimeRange,
};
