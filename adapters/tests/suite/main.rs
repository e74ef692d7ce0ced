//! The platforms as people and programs meet them: over HTTP, with an in-memory line behind.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics is a test that fails"
)]

mod access;
mod browser;
#[path = "../../conformance.rs"]
mod conformance;
mod discord;
mod discord_again;
mod discord_burst;
mod discord_double;
mod discord_gateway;
mod discord_hearing;
mod discord_interactions;
mod discord_reading;
mod discord_sending;
mod leaks;
mod memory_line;
mod mutations;
mod names;
mod page;
mod rest;
mod slack;
mod stream;
mod telegram;
mod telegram_polling;
mod telegram_reading;
mod telegram_sending;
mod terminal;
mod whatsapp;
