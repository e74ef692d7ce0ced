//! Who the bot is: its id is in its token, its name is what Telegram says.

use std::sync::OnceLock;

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use teloxide::payloads::GetMe;

use super::api::Api;
use super::trouble::Trouble;
use crate::SectionError;

/// The bot.
#[derive(Debug)]
pub(super) struct Me {
    /// Its user id.
    pub(super) id: i64,
    named: OnceLock<String>,
}

impl Me {
    /// The bot of a token, "123456789:AA…".
    pub(super) fn of(token: &SecretString) -> Result<Self, SectionError> {
        let id = token.expose_secret().split(':').next();
        let id = id.and_then(|id| id.parse().ok()).ok_or_else(|| {
            SectionError::Key(
                "[telegram] token: expected what @BotFather gives, \"123456789:AA…\"".into(),
            )
        })?;
        Ok(Self {
            id,
            named: OnceLock::new(),
        })
    }

    /// The name in "@name"; `None` before it was asked for.
    pub(super) fn username(&self) -> Option<&str> {
        self.named.get().map(String::as_str)
    }

    /// What the line calls it.
    pub(super) fn installation(&self) -> String {
        self.id.to_string()
    }

    /// Asks who it is.
    pub(super) async fn ask(&self, api: &Api) -> Result<Value, Trouble> {
        let me = api.call(GetMe::new()).await?;
        if let Some(name) = me["username"].as_str() {
            self.named.get_or_init(|| name.to_owned());
        }
        Ok(me)
    }
}
