//! From pieces to parts: a walk through the sentence.

mod bounds;
mod cues;
mod names;
mod sentence;
mod times;

pub(crate) use sentence::slots;
