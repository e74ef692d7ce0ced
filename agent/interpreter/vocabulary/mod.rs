//! The words of questions that no catalogue holds, in three languages.

mod english;
mod passed_over;
mod portuguese;
mod spanish;
mod table;
mod verbs;

pub(crate) use table::{Cue, LONGEST_PHRASE, Vocabulary};
