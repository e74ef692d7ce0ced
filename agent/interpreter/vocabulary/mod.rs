//! The words of questions that no catalogue holds, in three languages.

mod english;
mod portuguese;
mod spanish;
mod table;

pub(crate) use table::{Cue, LONGEST_PHRASE, Vocabulary};
