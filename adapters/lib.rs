//! The platforms: one folder each. A platform turns its own verified bytes into an `Inbound`,
//! hands it to the `Line`, and renders every `Delivery` as well as it can.
//!
//! A platform's name is a constant in its folder and nowhere else. No platform keeps state that
//! the line does not have: a restart loses nothing but open connections.

mod button;
pub mod cli;
pub mod discord;
mod platform;
mod question;
mod secret;
mod signature;
pub mod slack;
mod split;
pub mod telegram;
pub mod web;
pub mod whatsapp;
mod words;

use almanac_agent_contract::Platform;

pub use platform::{Check, Connected, Section, SectionError};
pub use question::{MAX_QUESTION_BYTES, QuestionError};
pub use secret::{MissingSecret, secret};

/// What is to be pasted on a platform's own pages, for a service at an origin.
pub const MANIFESTS: &[(Platform, fn(&str) -> String)] = &[];
