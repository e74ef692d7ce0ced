//! `[discord]` of the configuration.

use std::sync::{Arc, OnceLock};

use almanac_agent_contract::{Platform, Services};
use async_trait::async_trait;
use secrecy::SecretString;
use serde::Deserialize;
use serenity::all::GuildId;
use serenity::interactions_endpoint::Verifier;
use tokio_util::sync::CancellationToken;

use super::adapter::{Almanac, DiscordAdapter};
use super::address::number;
use super::rest::Rest;
use super::{DISCORD, check, endpoint, gateway, manifest};
use crate::{Check, Connected, Section, SectionError, secret};

/// The section: `token = "env:DISCORD_TOKEN"` is enough.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscordSection {
    /// The bot's token.
    pub(super) token: SecretString,
    /// The application's id, for the invitation that is printed; Discord is asked for it otherwise.
    #[serde(default)]
    pub(super) application_id: Option<String>,
    /// The application's public key, in hexadecimal digits: only for interactions over HTTP.
    #[serde(default)]
    pub(super) public_key: Option<String>,
    /// Ids of servers that have the commands at once, and alone.
    #[serde(default)]
    pub(super) guilds: Vec<String>,
    /// Whether a question in a channel is answered in a thread of its own.
    #[serde(default = "yes")]
    pub(super) threads: bool,
    /// Where Discord is, for a stand-in: `http://127.0.0.1:4000`.
    #[serde(default)]
    pub(super) api_url: Option<String>,
}

const fn yes() -> bool {
    true
}

impl DiscordSection {
    /// Everything that is shared, for a section that does.
    pub(super) fn open(&self, services: Services) -> Result<Arc<Almanac>, SectionError> {
        let wrong = |key: &str, expected: &str| {
            SectionError::Key(format!("[discord] {key}: expected {expected}"))
        };
        let token = secret(&self.token, "[discord] token")?;
        let ids = self.guilds.iter().map(|id| number(id).map(GuildId::new));
        let guilds: Option<Vec<GuildId>> = ids.collect();
        let guilds =
            guilds.ok_or_else(|| wrong("guilds", "ids of servers, as numbers in quotes"))?;
        if let Some(id) = &self.application_id
            && number(id).is_none()
        {
            return Err(wrong("application_id", "a number in quotes"));
        }
        let rest = Rest::new(token, self.api_url.as_deref())
            .map_err(|_| wrong("api_url", "an address that can be reached"))?;
        Ok(Arc::new(Almanac {
            rest,
            services,
            me: OnceLock::new(),
            threads: Default::default(),
            waiting: Default::default(),
            catching_up: Default::default(),
            opens_threads: self.threads,
            guilds,
        }))
    }

    /// What checks signatures, where there are any to check.
    fn verifier(&self) -> Result<Option<Verifier>, SectionError> {
        let Some(key) = &self.public_key else {
            return Ok(None);
        };
        let wrong = || {
            SectionError::Key(
                "[discord] public_key: expected the 64 digits under General Information".into(),
            )
        };
        let bytes = key_bytes(key).ok_or_else(wrong)?;
        Verifier::try_new(bytes).map(Some).map_err(|_| wrong())
    }
}

fn key_bytes(hex: &str) -> Option<[u8; 32]> {
    let hex = hex.trim();
    if hex.len() != 64 || !hex.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[async_trait]
impl Section for DiscordSection {
    fn platform(&self) -> Platform {
        DISCORD
    }

    fn is_open(&self) -> bool {
        true
    }

    fn connect(
        &self,
        services: Services,
        stop: CancellationToken,
    ) -> Result<Connected, SectionError> {
        let almanac = self.open(services)?;
        let verifier = self.verifier()?;
        Ok(Connected {
            adapter: Arc::new(DiscordAdapter(Arc::clone(&almanac))),
            webhooks: verifier.map(|it| endpoint::router(Arc::clone(&almanac), it)),
            listening: Some(Box::pin(gateway::listen(almanac, stop))),
        })
    }

    async fn check(&self, services: Services) -> Vec<Check> {
        check::check(self, services).await
    }

    fn manifest(&self, origin: &str) -> String {
        manifest::manifest(self, origin)
    }
}
