//! WhatsApp over the Cloud API. A person writes to the business's number and reads the answer in the
//! same chat; whoever has not written for a day gets a template whose button brings the answer.
//!
//! In: Meta calls the webhook. Out: the Graph API. Nothing is polled.

mod check;
mod errors;
mod escape;
mod files;
mod graph;
mod hello;
mod inbound;
mod manifest;
mod marks;
mod menu;
mod parts;
mod press;
mod receipts;
mod section;
mod send;
mod table;
mod template;
mod templates;
mod update;
mod webhook;
mod words;

use almanac_agent_contract::Platform;

pub use inbound::events;
pub use section::{TemplateNames, WhatsAppSection};
pub use update::{Malformed, Message, Said, Status, Update, parse};
pub use webhook::WEBHOOK_PATH;

/// WhatsApp's name.
pub const WHATSAPP: Platform = Platform::named("whatsapp");
