//! `almanac metrics conformance DIR`: holds the layer to a suite of questions whose right answers
//! are known. DIR has `cases.json`, `source_tables.json` and a folder `semantic_manifests`.
//!
//! The tables are loaded into an engine, each case becomes a query as anybody could write it, and
//! its rows are compared with the expected ones. Nothing in here is known to the layer.

mod case;
mod compare;
mod conditions;
mod parquet;
#[cfg(feature = "postgres")]
mod postgres;
mod question;
mod report;
mod run;
mod suite;
mod tables;

pub use case::Case;
pub use report::{Difference, Outcome, Report, Tally};
pub use run::{Target, run};
pub use suite::{Suite, SuiteError};
