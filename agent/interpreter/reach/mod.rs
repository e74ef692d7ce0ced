//! What is meant by what is recorded together.

mod combined;
mod conditions;
mod kinds;
mod measures;
mod nouns;
mod settle;
mod things;
mod verbs;

pub(crate) use settle::{fits, settle};
pub(crate) use verbs::done_to;
