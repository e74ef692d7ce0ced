//! From definitions and a query to a relational plan.

mod argument;
mod bounds;
mod compile;
mod condition;
mod expr;
mod graph;
mod join;
mod keys;
mod metric;
mod model;
mod resolve;
mod scan;
mod scope;
mod statement;

pub(crate) use compile::plan;
pub(crate) use expr::{Aggregate, Expr, Kind, Literal, Operation, Part, PathId, Span, Type};
pub(crate) use graph::{Graph, Schema};
pub(crate) use keys::day_bucket;
pub(crate) use metric::{Metric, Metrics};
pub(crate) use model::{Model, Target};
pub(crate) use resolve::resolve_metrics;
pub(crate) use statement::{Order, Select, Snapshot, Source};
