//! The platforms as people and programs meet them: over HTTP, with an in-memory line behind.

mod access;
mod browser;
#[path = "../../conformance.rs"]
mod conformance;
mod memory_line;
mod page;
mod rest;
mod stream;
mod terminal;
