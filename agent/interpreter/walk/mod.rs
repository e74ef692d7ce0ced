//! From pieces to parts: a walk through the sentence.

mod names;
mod sentence;

pub(crate) use sentence::slots;
