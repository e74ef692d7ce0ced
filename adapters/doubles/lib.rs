//! Stand-ins for the platforms on loopback, built from what the platforms document: the real client
//! libraries talk to them in tests, benchmarks and burst runs. Each keeps what it was sent, checks it
//! against the platform's limits and published description, and misbehaves when told to.
//!
//! Nothing here is part of the service.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a stand-in that cannot go on has failed its test"
)]

pub mod discord;
pub mod openapi;
pub mod slack;
pub mod telegram;
pub mod whatsapp;
