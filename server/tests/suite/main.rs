//! The whole line: questions in, answers out, with the real store, data and platforms.

mod burst;
mod commands;
mod rules;
mod shop;
mod transcripts;
