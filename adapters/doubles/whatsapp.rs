//! WhatsApp on loopback: the Graph API as far as Almanac uses it, and Meta's side of the webhook.
//!
//! It takes messages, uploads and marks, holds them to the published description and to the limits
//! that are only written in words, shuts the window of whoever has not written for a day, knows
//! templates and their states, and fails when told to. It delivers signed bodies, once or until they
//! are taken, and tells what became of messages in any order.

mod description;
mod faults;
mod graph;
mod limits;
pub mod payload;
mod reads;
mod state;
mod webhook;

pub use faults::{Edge, Fault};
pub use state::{Sent, Settings, Upload, WhatsApp};
