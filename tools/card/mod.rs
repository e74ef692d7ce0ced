//! Composes the answer card from a metric query and its result, in the reader's language.

mod chart;
mod compose;
mod freshness;
mod labels;
mod summary;
mod table;

pub(crate) use compose::{Composer, Found};
pub(crate) use labels::{lowercase, own_name};
