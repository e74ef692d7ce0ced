//! From pieces to parts: a walk through the sentence.

mod around;
mod bounds;
mod cues;
mod lead;
mod names;
mod people;
mod sentence;
mod times;
mod wording;

pub(crate) use around::names_itself;
pub(crate) use sentence::slots;
pub(crate) use wording::is_clock;
