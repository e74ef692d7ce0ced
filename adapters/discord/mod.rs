//! Discord: `@Almanac revenue last week` in a channel, a direct message, `/ask`, a message's menu.
//! A question in a channel is answered in a thread of its own, where no second mention is needed.
//!
//! Messages come over the gateway, interactions over the gateway or signed HTTP, and all of them
//! end in `parse`. Nothing here keeps a conversation: what is not on the line is open connections
//! and which threads belong to which channels, and Discord tells both anew.

mod adapter;
mod address;
mod buttons;
mod catch_up;
mod check;
mod commands;
mod endpoint;
mod escape;
mod failure;
mod find;
mod forms;
mod gateway;
mod intake;
mod lanes;
mod manifest;
mod me;
mod message;
mod message_id;
mod parse;
mod parts;
mod patience;
mod render;
mod respond;
mod rest;
mod section;
mod send;
mod threads;
mod waiting;
mod words;

use almanac_agent_contract::Platform;

pub use parse::{events, reads};
pub use section::DiscordSection;

/// Discord's name.
pub const DISCORD: Platform = Platform::named("discord");
