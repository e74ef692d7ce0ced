//! Composes the answer card from a metric query and its result, in the reader's language.

mod chart;
mod compose;
mod conditions;
mod derived;
mod found;
mod freshness;
mod headline;
mod labels;
mod shares;
mod summary;
mod table;
mod verdict;

pub(crate) use compose::Composer;
pub(crate) use derived::{add_ratio, keep_focused, ratio_query};
pub(crate) use found::Found;
pub(crate) use labels::{date_part, lowercase, own_name, spelled_out};
