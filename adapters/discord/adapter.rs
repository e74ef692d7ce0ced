//! Discord as worker and courier see it, and what all of its parts share.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use almanac_agent_contract::{
    Adapter, Delivery, Limit, Pace, Platform, Progress, Quota, Receipt, Recovery, SendError,
    Services, Shown, SpaceKind, Working,
};
use async_trait::async_trait;
use reqwest::Method;
use serenity::all::GuildId;
use tracing::instrument;

use super::DISCORD;
use super::address::Handle;
use super::failure::Failure;
use super::find::Attempt;
use super::me::Me;
use super::message::{nonce, once, payload};
use super::message_id;
use super::render;
use super::rest::Rest;
use super::send::message;
use super::threads::Threads;
use super::waiting::Waiting;
use crate::words as shared;

/// Everything of Discord's that is shared.
pub(super) struct Almanac {
    pub(super) rest: Rest,
    pub(super) services: Services,
    /// Known once Discord was asked.
    pub(super) me: OnceLock<Me>,
    pub(super) threads: Threads,
    pub(super) waiting: Arc<Waiting>,
    /// Held while what was said meanwhile is read back.
    pub(super) catching_up: tokio::sync::Mutex<()>,
    /// Questions in channels are answered in threads of their own.
    pub(super) opens_threads: bool,
    /// Servers that have the commands at once.
    pub(super) guilds: Vec<GuildId>,
}

/// What the server holds.
pub(super) struct DiscordAdapter(pub(super) Arc<Almanac>);

#[async_trait]
impl Adapter for DiscordAdapter {
    fn platform(&self) -> Platform {
        DISCORD
    }

    #[instrument(name = "adapters.send", skip_all, fields(delivery = %delivery.id))]
    async fn send(&self, delivery: &Delivery) -> Result<Receipt, SendError> {
        self.0.deliver(delivery, Attempt::First).await
    }

    fn recovery(&self) -> Recovery {
        Recovery::LookUp
    }

    /// Sends what is not there, too.
    #[instrument(name = "adapters.find", skip_all, fields(delivery = %delivery.id))]
    async fn find(&self, delivery: &Delivery) -> Result<Option<Receipt>, SendError> {
        self.0.deliver(delivery, Attempt::Again).await.map(Some)
    }

    fn pace(&self, _kind: SpaceKind) -> Pace {
        Pace {
            installation: Some(Quota {
                burst: 40,
                every: Duration::from_millis(20),
            }),
            space: Some(Quota {
                burst: 5,
                every: Duration::from_secs(1),
            }),
        }
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(600)
    }

    /// An interaction says "thinking…" by itself; elsewhere it is a message, changed as the turn
    /// goes on.
    #[instrument(name = "adapters.progress", skip_all, fields(inbox = %working.inbox))]
    async fn progress(&self, working: &Working, progress: &Progress) -> Shown {
        if Handle::read(&working.origin).is_some() || working.origin.private {
            return Shown::default();
        }
        self.0
            .show(working, progress)
            .await
            .unwrap_or_else(|error| {
                tracing::debug!(%error, "progress was not shown");
                let limit = match error {
                    Failure::Limited { after, everywhere } => Some(Limit { after, everywhere }),
                    _ => None,
                };
                Shown {
                    limit,
                    ..Shown::default()
                }
            })
    }
}

impl Almanac {
    async fn show(&self, working: &Working, progress: &Progress) -> Result<Shown, Failure> {
        let page = render::plain(shared::progress(progress, working.language));
        let shown = message_id::read(working.placeholder.as_deref());
        if let Some((channel, messages)) = shown
            && let Some(first) = messages.first()
        {
            let place = message(channel, *first);
            self.put(Method::PATCH, place, &page, payload(&page))
                .await?;
            return Ok(Shown::default());
        }
        let target = self.place(&working.space, &working.origin).await?;
        let body = once(payload(&page), nonce(working.inbox.0, 0));
        let shown = self
            .post(target.channel, target.quotes, &page, body)
            .await?;
        let named = message_id::named(target.channel, vec![shown]);
        Ok(named.map_or_else(Shown::default, |ids| Shown::posted(ids.to_string())))
    }
}
