//! Slack.

mod adapter;
mod api;
mod assistant;
mod blocks;
mod check;
mod command;
mod event;
mod failure;
mod fields;
mod find;
mod hear;
mod home;
mod interaction;
mod listen;
mod manifest;
mod modal;
mod oauth;
mod parse;
mod placeholder;
mod post;
mod press;
mod render;
mod replace;
mod said;
mod section;
mod socket;
mod tables;
mod teams;
mod text;
mod upload;
mod webhooks;
mod words;

pub use parse::{Door, Unreadable, frame_kind, kind};
pub use section::SlackSection;

use almanac_agent_contract::Platform;

/// Slack's name.
pub const SLACK: Platform = Platform::named("slack");
