//! `[telegram]` of the configuration.
//!
//! ```toml
//! [telegram]
//! token = "env:TELEGRAM_TOKEN"
//! # Without this line it polls, which needs no public address.
//! webhook = "https://almanac.example"
//! ```

use std::sync::Arc;

use almanac_agent_contract::{Platform, Services};
use async_trait::async_trait;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;
use tokio_util::sync::CancellationToken;

use super::adapter::Telegram;
use super::api::Api;
use super::intake::Intake;
use super::me::Me;
use super::{TELEGRAM, check, listen, manifest, webhook};
use crate::{Check, Connected, Section, SectionError, secret};

/// Telegram's section of the configuration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelegramSection {
    /// What @BotFather gave, or "env:NAME".
    pub token: SecretString,
    /// The service's public address, `https://almanac.example`: updates are then sent to it. Without
    /// it they are polled for.
    pub webhook: Option<String>,
    /// What Telegram proves itself with, 1 to 256 of A-Z, a-z, 0-9, "_" and "-"; made from the token
    /// where it is not given.
    pub webhook_secret: Option<SecretString>,
    /// Where the Bot API is.
    #[serde(default = "official")]
    pub api_url: String,
}

fn official() -> String {
    teloxide::net::TELEGRAM_API_URL.to_owned()
}

/// Where updates are sent, and with which secret.
#[derive(Debug, Clone)]
pub(super) struct Hook {
    origin: String,
    secret: SecretString,
}

impl Hook {
    /// The whole address.
    pub(super) fn url(&self) -> String {
        format!("{}{}", self.origin, webhook::PATH)
    }

    /// The secret, to be given to Telegram.
    pub(super) fn secret(&self) -> String {
        self.secret.expose_secret().to_owned()
    }
}

/// The section with its secrets.
pub(super) struct Resolved {
    pub(super) api: Api,
    pub(super) me: Arc<Me>,
    pub(super) hook: Option<Hook>,
}

impl TelegramSection {
    /// A section that polls at the official address.
    #[must_use]
    pub fn polling(token: SecretString) -> Self {
        Self {
            token,
            webhook: None,
            webhook_secret: None,
            api_url: official(),
        }
    }

    pub(super) fn resolved(&self) -> Result<Resolved, SectionError> {
        let token = secret(&self.token, "[telegram] token")?;
        let hook = match &self.webhook {
            None => None,
            Some(origin) => Some(Hook {
                origin: origin_of(origin)?,
                secret: match &self.webhook_secret {
                    Some(given) => allowed(secret(given, "[telegram] webhook_secret")?)?,
                    None => made_from(&token)?,
                },
            }),
        };
        Ok(Resolved {
            me: Arc::new(Me::of(&token)?),
            api: Api::new(&token, &self.api_url)?,
            hook,
        })
    }
}

fn origin_of(given: &str) -> Result<String, SectionError> {
    let origin = given.trim_end_matches('/');
    let is_address = origin.starts_with("https://") && reqwest::Url::parse(origin).is_ok();
    if !is_address || origin.ends_with(webhook::PATH) {
        return Err(SectionError::Key(format!(
            "[telegram] webhook: expected the service's public address such as \
             https://almanac.example, got \"{given}\""
        )));
    }
    Ok(origin.to_owned())
}

fn allowed(secret: SecretString) -> Result<SecretString, SectionError> {
    let given = secret.expose_secret();
    let letters = given
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if !letters || !(1..=256).contains(&given.len()) {
        return Err(SectionError::Key(
            "[telegram] webhook_secret: expected 1 to 256 of A-Z, a-z, 0-9, \"_\" and \"-\"".into(),
        ));
    }
    Ok(secret)
}

/// A secret that every replica makes alike and nobody makes without the token.
fn made_from(token: &SecretString) -> Result<SecretString, SectionError> {
    let mac = Hmac::<Sha256>::new_from_slice(token.expose_secret().as_bytes());
    let mut mac = mac.map_err(|_| SectionError::Key("[telegram] token: it is empty".into()))?;
    mac.update(b"webhook");
    Ok(hex::encode(mac.finalize().into_bytes()).into())
}

#[async_trait]
impl Section for TelegramSection {
    fn platform(&self) -> Platform {
        TELEGRAM
    }

    fn is_open(&self) -> bool {
        true
    }

    fn connect(
        &self,
        services: Services,
        stop: CancellationToken,
    ) -> Result<Connected, SectionError> {
        let Resolved { api, me, hook } = self.resolved()?;
        let adapter = Telegram::new(api.clone(), Arc::clone(&me), services.clone());
        let intake = Intake::new(api, me, services);
        let (webhooks, listening) = match hook {
            Some(hook) => {
                let router = webhook::router(intake.clone(), hook.secret.clone());
                let announce = webhook::announce(intake, hook, stop);
                (Some(router), Box::pin(announce) as _)
            }
            None => (None, Box::pin(listen::poll(intake, stop)) as _),
        };
        Ok(Connected {
            adapter: Arc::new(adapter),
            webhooks,
            listening: Some(listening),
        })
    }

    async fn check(&self, _services: Services) -> Vec<Check> {
        check::check(self).await
    }

    fn manifest(&self, origin: &str) -> String {
        manifest::manifest(origin)
    }
}
