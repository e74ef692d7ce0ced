//! The interpreter as a person meets it: questions in, readings out. Every expectation is written
//! by hand; today is Friday, 20 November 2026, in every test that does not say otherwise.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod catalogs;
mod dates;
mod estate;
mod follow_ups;
mod hostile;
mod intents;
mod lettings;
mod lexicon_scripts;
mod lexicon_values;
mod lexicon_words;
mod properties;
mod questions;
mod reach;
mod sentences;
mod shown;
mod through_the_model;
mod time_phrases;
mod time_properties;
mod traps;
