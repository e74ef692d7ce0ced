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
mod memory_line;
mod names;
mod page;
mod rest;
mod stream;
mod terminal;
mod whatsapp;
