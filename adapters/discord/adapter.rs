//! Discord as worker and courier see it, and what all of its parts share.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use almanac_agent_contract::{
    Adapter, Delivery, Pace, Platform, Progress, Quota, Receipt, Recovery, SendError, Services,
    SpaceKind, Working,
};
use async_trait::async_trait;
use reqwest::Method;
use serenity::all::{GuildId, MessageId};
use tracing::instrument;

use super::DISCORD;
use super::address::{Handle, number};
use super::escape::one_line;
use super::failure::Failure;
use super::me::Me;
use super::message::{nonce, once, payload, quoting};
use super::render;
use super::rest::Rest;
use super::send::{message, messages};
use super::threads::Threads;
use super::waiting::Waiting;
use crate::split::{characters, split};
use crate::words as shared;

/// Everything of Discord's that is shared.
pub(super) struct Almanac {
    pub(super) rest: Rest,
    pub(super) services: Services,
    /// Known once Discord was asked.
    pub(super) me: OnceLock<Me>,
    pub(super) threads: Threads,
    pub(super) waiting: Arc<Waiting>,
    pub(super) titles: Titles,
    /// Questions in channels are answered in threads of their own.
    pub(super) opens_threads: bool,
    /// Servers that have the commands at once.
    pub(super) guilds: Vec<GuildId>,
}

/// What threads are to be called: the questions they begin with.
#[derive(Debug, Default)]
pub(super) struct Titles {
    last: Mutex<VecDeque<(MessageId, String)>>,
}

impl Titles {
    /// As many questions as are waited for.
    const MOST: usize = 1000;
    /// What a thread's name takes.
    const NAME: usize = 100;
    /// A thread whose question another replica took.
    const UNNAMED: &'static str = "Almanac";

    /// Takes note of a question.
    pub(super) fn know(&self, message: MessageId, question: &str) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.len() >= Self::MOST {
            last.pop_front();
        }
        last.push_back((message, one_line(question)));
    }

    /// The name of the thread on this message.
    pub(super) fn of(&self, message: MessageId) -> String {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let question = last.iter().rev().find(|(of, _)| *of == message);
        let name = question.map(|(_, question)| split(question, Self::NAME, characters));
        name.into_iter()
            .flatten()
            .next()
            .unwrap_or_else(|| Self::UNNAMED.to_owned())
    }
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
        self.0.deliver(delivery).await
    }

    fn recovery(&self) -> Recovery {
        Recovery::Resend
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
    async fn progress(&self, working: &Working, progress: &Progress) -> Option<String> {
        if Handle::read(&working.origin).is_some() || working.origin.private {
            return None;
        }
        match self.0.show(working, progress).await {
            Ok(shown) => shown,
            Err(error) => {
                tracing::debug!(%error, "progress was not shown");
                None
            }
        }
    }
}

impl Almanac {
    async fn show(
        &self,
        working: &Working,
        progress: &Progress,
    ) -> Result<Option<String>, Failure> {
        let page = render::plain(shared::progress(progress, working.language));
        let target = self.place(&working.space, &working.origin).await?;
        if let Some(shown) = working.placeholder.as_deref().and_then(number) {
            let place = message(target.channel, MessageId::new(shown));
            self.put(Method::PATCH, place, &page, payload(&page))
                .await?;
            return Ok(None);
        }
        let mut body = once(payload(&page), nonce(working.inbox.0, 0));
        if let Some(quoted) = target.quotes {
            body = quoting(body, target.channel, quoted);
        }
        let place = messages(target.channel);
        let shown = self.put(Method::POST, place, &page, body).await?;
        Ok(Some(shown))
    }
}
