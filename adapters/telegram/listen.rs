//! Updates by long polling: one replica at a time polls, by lease. Telegram is told that an update was
//! taken only after the line has it; whatever happens before that, it comes again.

use std::collections::BTreeSet;
use std::time::Duration;

use almanac_agent_contract::LineError;
use futures::StreamExt;
use jiff::SignedDuration;
use serde_json::Value;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, instrument, warn};
use uuid::Uuid;

use super::api::{POLL, Poll};
use super::intake::{Intake, Took};
use super::parse::kind_of;
use super::setup;
use super::trouble::Trouble;
use super::update::WANTED;

/// How long a lease is held without being renewed.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How often it is renewed; a poll, the longest that goes on without, takes 35 seconds at most.
const RENEWED: Duration = Duration::from_secs(15);
/// How often a replica that does not poll asks whether it may.
const ASKED: Duration = Duration::from_secs(5);
/// Updates taken in at once, of different chats.
const AT_ONCE: usize = 16;

/// Why polling ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// The lease is not ours any more, or nobody can tell whose it is.
    Lost,
    /// The token opens nothing any more.
    Revoked,
}

/// Polls until told to stop.
#[instrument(name = "adapters.listen", skip_all, fields(bot = intake.me.id))]
pub(super) async fn poll(intake: Intake, stop: CancellationToken) {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        error!("no randomness to name the poller by");
        return;
    }
    let poller = Poller {
        lease: format!("telegram.poll.{}", intake.me.id),
        holder: Uuid::from_bytes(bytes).to_string(),
        intake,
    };
    tokio::select! {
        () = stop.cancelled() => {}
        () = poller.run() => {}
    }
    let leases = &poller.intake.services.leases;
    if let Err(error) = leases.release(&poller.lease, &poller.holder).await {
        warn!(%error, "the lease of polling was not given back");
    }
}

struct Poller {
    intake: Intake,
    lease: String,
    holder: String,
}

impl Poller {
    async fn run(&self) {
        loop {
            match self.holds().await {
                Ok(true) => match self.while_held().await {
                    Ended::Lost => info!("the lease of polling is lost"),
                    Ended::Revoked => {
                        error!("the token is no longer good; polling ends");
                        setup::park(&self.intake).await;
                        return;
                    }
                },
                Ok(false) => {}
                Err(error) => warn!(%error, "the lease of polling cannot be asked for"),
            }
            tokio::time::sleep(ASKED).await;
        }
    }

    async fn holds(&self) -> Result<bool, LineError> {
        let leases = &self.intake.services.leases;
        leases.hold(&self.lease, &self.holder, LEASE).await
    }

    async fn while_held(&self) -> Ended {
        let mut pause = Pause::default();
        let mut begun = false;
        let mut offset = None;
        let mut taken = BTreeSet::new();
        let mut renewed = Instant::now();
        loop {
            if renewed.elapsed() >= RENEWED {
                if !matches!(self.holds().await, Ok(true)) {
                    return Ended::Lost;
                }
                renewed = Instant::now();
            }
            let done = if begun {
                self.once(offset, &mut taken).await
            } else {
                setup::begin(&self.intake, None).await.map(|()| Turn::Begun)
            };
            let wait = match done {
                Ok(Turn::Begun) => {
                    begun = true;
                    Duration::ZERO
                }
                Ok(Turn::Taken(next)) => {
                    pause = Pause::default();
                    offset = next.or(offset);
                    Duration::ZERO
                }
                Ok(Turn::Partly(next)) => {
                    offset = next.or(offset);
                    pause.next()
                }
                Err(Trouble::Revoked) => return Ended::Revoked,
                Err(Trouble::Limited(after)) => Duration::try_from(after).unwrap_or_default(),
                Err(Trouble::Conflict(said)) => {
                    warn!(
                        said,
                        "something else takes this bot's updates; polling waits"
                    );
                    // Where it is a webhook, it is taken down again: the configuration says polling.
                    begun = !said.contains("webhook");
                    pause.next()
                }
                Err(trouble) => {
                    warn!(%trouble, "polling failed");
                    pause.next()
                }
            };
            if !self.waits(wait).await {
                return Ended::Lost;
            }
        }
    }

    /// Waits, and keeps the lease meanwhile.
    async fn waits(&self, mut left: Duration) -> bool {
        while !left.is_zero() {
            let step = left.min(RENEWED);
            tokio::time::sleep(step).await;
            left -= step;
            if !left.is_zero() && !matches!(self.holds().await, Ok(true)) {
                return false;
            }
        }
        true
    }

    /// One poll, and what came of it.
    async fn once(&self, offset: Option<i64>, taken: &mut BTreeSet<i64>) -> Result<Turn, Trouble> {
        let updates = self
            .intake
            .api
            .updates(Poll {
                offset,
                limit: 100,
                timeout: POLL.as_secs(),
                allowed_updates: WANTED,
            })
            .await?;
        Ok(self.take(updates, taken).await)
    }

    /// Takes in a batch: what belongs to one chat in order, different chats beside one another.
    /// `taken` are those that were taken before, when others could not be: they are not taken again, so
    /// that nobody is told anything twice.
    async fn take(&self, updates: Vec<Value>, taken: &mut BTreeSet<i64>) -> Turn {
        let last = updates.iter().filter_map(number).max();
        let is_done = |update: &Value| number(update).is_some_and(|it| taken.contains(&it));
        let mut chats: Vec<(Option<i64>, Vec<Value>)> = Vec::new();
        for update in updates.into_iter().filter(|update| !is_done(update)) {
            let chat = chat_of(&update);
            match chats.iter_mut().find(|(of, _)| *of == chat) {
                Some((_, of_chat)) => of_chat.push(update),
                None => chats.push((chat, vec![update])),
            }
        }
        let mut first_left: Option<i64> = None;
        let mut taking = futures::stream::iter(chats)
            .map(|(_, of_chat)| self.in_order(of_chat))
            .buffer_unordered(AT_ONCE);
        while let Some((more, left)) = taking.next().await {
            taken.extend(more);
            first_left = first_left.into_iter().chain(left).min();
        }
        match first_left {
            None => {
                taken.clear();
                Turn::Taken(last.map(|last| last.saturating_add(1)))
            }
            Some(left) => {
                taken.retain(|it| *it > left);
                Turn::Partly(Some(left))
            }
        }
    }

    /// Takes in what belongs to one chat: which were taken, and the first that was not.
    async fn in_order(&self, updates: Vec<Value>) -> (Vec<i64>, Option<i64>) {
        let mut taken = Vec::new();
        for update in updates {
            match self.intake.take(&update).await {
                Ok(Took::Done) => taken.extend(number(&update)),
                Ok(Took::Again) => return (taken, number(&update)),
                Err(_) => warn!(kind = kind_of(&update), "an update without a number"),
            }
        }
        (taken, None)
    }
}

/// What a turn of polling came to.
enum Turn {
    /// Telegram knows how updates are to come.
    Begun,
    /// All that came is taken; the next poll begins here.
    Taken(Option<i64>),
    /// Some could not be; the next poll begins with the first of them.
    Partly(Option<i64>),
}

fn number(update: &Value) -> Option<i64> {
    update["update_id"].as_i64()
}

fn chat_of(update: &Value) -> Option<i64> {
    let kinds = ["message", "edited_message"];
    let plain = kinds
        .iter()
        .find_map(|kind| update[kind]["chat"]["id"].as_i64());
    plain.or_else(|| update["callback_query"]["message"]["chat"]["id"].as_i64())
}

/// Longer after each failure: a second, two, … half a minute.
#[derive(Debug, Default)]
pub(super) struct Pause(u32);

impl Pause {
    pub(super) fn next(&mut self) -> Duration {
        let seconds = 1 << self.0.min(5);
        self.0 += 1;
        Duration::from_secs(seconds.min(30))
    }
}
