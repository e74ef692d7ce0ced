//! Telegram on loopback: the Bot API as `teloxide` sees it, with chats that can be blocked, left or
//! moved, an update queue to poll, and faults. Every request is held to the published description of
//! the Bot API and to its limits.

mod chats;
mod description;
mod fault;
mod flood;
mod html;
mod limits;
mod methods;
mod posted;
mod queue;
mod server;
pub mod updates;

pub use fault::Fault;
pub use posted::{Key, Posted};
pub use server::{BOT, TOKEN, TelegramDouble, USERNAME};
