//! Telegram: a bot in private chats, groups and topics.
//!
//! A person writes to it, mentions it or replies to it; the answer quotes the question and takes the
//! place of the message that said it was on its way. Updates come by long polling, held by one
//! replica at a time, or to a webhook; `README.md` takes a newcomer from nothing to a first answer.

mod adapter;
mod api;
mod check;
mod commands;
mod heard;
mod intake;
mod keyboard;
mod listen;
mod manifest;
mod markup;
mod me;
mod message_id;
mod parse;
mod press;
mod progress;
mod render;
mod section;
mod send;
mod setup;
mod table;
mod target;
mod trouble;
mod update;
mod webhook;
mod words;

use almanac_agent_contract::Platform;

pub use parse::{Context, Ignored, NotAnUpdate, Parsed, Taken, Tell, parse};
pub use section::TelegramSection;

/// Telegram's name.
pub const TELEGRAM: Platform = Platform::named("telegram");
