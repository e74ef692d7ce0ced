//! Discord on loopback: its REST API, held to its published description and its limits, and its
//! gateway, for the real client to connect to, be dropped by and come back to; interactions over
//! the gateway or signed over HTTP.

mod double;
mod events;
mod faults;
mod gateway;
mod history;
mod interactions;
mod limits;
mod rest;
mod state;

pub use double::Discord;
pub use events::{Place, Talk};
pub use faults::{Fault, Trouble};
pub use state::{Callback, Posted, Upload};

/// The bot's token that the double takes.
pub const TOKEN: &str = "loopback.discord.token";
/// The application's id.
pub const APPLICATION: &str = "900000000000000001";
/// The bot's user id.
pub const BOT: &str = "900000000000000002";
