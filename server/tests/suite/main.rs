//! The whole line: questions in, answers out, with the real store, data and platforms.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed; it sends to its own child alone"
)]

mod burst;
mod chat_answers;
mod chat_burst;
mod chat_killed;
mod chat_people;
mod chat_trouble;
mod commands;
mod definitions;
mod dialogue;
mod edits;
mod metric_commands;
mod new_data;
mod rules;
mod shop;
mod town;
mod transcripts;
