//! The platforms: one folder each. A platform turns its own verified bytes into an `Inbound`,
//! hands it to the `Line`, and renders every `Delivery` as well as it can.
//!
//! A platform's name is a constant in its folder and nowhere else. No platform keeps state that
//! the line does not have: a restart loses nothing but open connections.

pub mod cli;
mod question;
pub mod web;

pub use question::{MAX_QUESTION_BYTES, QuestionError};
