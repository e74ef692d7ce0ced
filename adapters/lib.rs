//! The platforms: one folder each. A platform turns its own verified bytes into an `Inbound`,
//! hands it to the `Line`, and renders every `Delivery` as well as it can.
//!
//! A platform's name is a constant in its folder and nowhere else. No platform keeps state that
//! the line does not have: a restart loses nothing but open connections.

mod button;
pub mod cli;
pub mod discord;
mod drawing;
pub mod foreign;
mod message_ids;
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

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

pub use platform::{Check, Connected, Section, SectionError};
pub use question::{MAX_QUESTION_BYTES, QuestionError};
pub use secret::{MissingSecret, secret};

/// The chat platforms with nothing configured: for what is printed of them before anything is.
#[must_use]
pub fn unconfigured() -> Vec<Arc<dyn Section>> {
    fn blank<S: Section + DeserializeOwned + 'static>(section: Json) -> Option<Arc<dyn Section>> {
        let section: S = serde_json::from_value(section).ok()?;
        Some(Arc::new(section))
    }
    [
        blank::<slack::SlackSection>(json!({})),
        blank::<telegram::TelegramSection>(json!({ "token": "" })),
        blank::<discord::DiscordSection>(json!({ "token": "" })),
        blank::<whatsapp::WhatsAppSection>(json!({
            "phone_number_id": "YOUR_PHONE_NUMBER_ID",
            "business_account_id": "YOUR_BUSINESS_ACCOUNT_ID",
            "access_token": "",
            "app_secret": "",
            "verify_token": "",
        })),
    ]
    .into_iter()
    .flatten()
    .collect()
}
