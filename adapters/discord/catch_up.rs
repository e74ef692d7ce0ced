//! What was said while nobody listened: a process that was killed is followed by one that begins a
//! new session, and Discord tells that nothing of what came before. It is read back where Almanac was
//! asked something before, by the rules of what is heard at once. What was taken before is known by
//! its id and not taken again.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::SpaceKind;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use serenity::all::{ChannelId, GuildId};

use super::DISCORD;
use super::adapter::Almanac;
use super::address::{channel, number};
use super::failure::Failure;
use super::me;
use super::parse::{Heard, read_message, said_before};
use super::patience::Patience;
use super::rest::Call;
use super::send::messages;

/// As many places are looked into, those first where something was said last.
const PLACES: u32 = 50;
/// As many messages of each are read, the last ones.
const READ: usize = 100;
/// What was said before that is not answered any more.
const LONG_AGO: SignedDuration = SignedDuration::from_hours(24);
/// How long Discord is waited for to tell of its servers: which roles are Almanac's own.
const TELLING: Duration = Duration::from_secs(5);
/// How often it is looked whether it has.
const LOOK: Duration = Duration::from_millis(50);
/// The longest wait that Discord asks for and gets.
const PATIENCE: SignedDuration = SignedDuration::from_secs(30);

/// A channel or thread to be read.
struct Unheard {
    channel: ChannelId,
    in_guild: bool,
    since: Timestamp,
}

impl Almanac {
    /// Takes in what was said since anything was heard last.
    pub(super) async fn catch_up(self: Arc<Self>, guilds: Vec<GuildId>) {
        // Asked for at once, before more is heard.
        let unheard = self.unheard().await;
        // Where sessions follow one another quickly, one after the other.
        let _alone = self.catching_up.lock().await;
        let waited = tokio::time::timeout(TELLING, async {
            while !self.threads.knows(&guilds) {
                tokio::time::sleep(LOOK).await;
            }
        });
        if waited.await.is_err() {
            tracing::info!("not all servers were told of in time");
        }
        for unheard in unheard {
            let (channel, read) = (unheard.channel, self.hear_late(unheard).await);
            if let Err(error) = read {
                tracing::warn!(%error, %channel, "what was said meanwhile was not read");
            }
        }
    }

    /// Where to read: threads and direct chats, and the channels that threads are begun in.
    async fn unheard(&self) -> Vec<Unheard> {
        let Some(me) = self.me.get() else {
            return Vec::new();
        };
        let installation = me.application.to_string();
        let past = &self.services.past;
        let places = match past.places(&DISCORD, &installation, PLACES).await {
            Ok(places) => places,
            Err(error) => {
                tracing::error!(%error, "where it takes part is not known");
                return Vec::new();
            }
        };
        let long_ago = self.services.clock.now() - LONG_AGO;
        let mut all: Vec<Unheard> = Vec::new();
        for place in places {
            let Ok(here) = channel(&place.space) else {
                continue;
            };
            let parent = number(&place.space.id).map(ChannelId::new);
            if let Some(parent) = parent.filter(|it| *it != here) {
                self.threads.know(here, parent);
            }
            for channel in [Some(here), parent].into_iter().flatten() {
                // The first to name a channel is where something was heard last.
                if all.iter().all(|it| it.channel != channel) {
                    all.push(Unheard {
                        channel,
                        in_guild: place.space.kind == SpaceKind::Channel,
                        since: place.heard.max(long_ago),
                    });
                }
            }
        }
        all.truncate(PLACES as usize);
        all
    }

    async fn hear_late(self: &Arc<Self>, unheard: Unheard) -> Result<(), Failure> {
        let Some(me) = self.me.get().copied() else {
            return Ok(());
        };
        let since = u64::try_from(unheard.since.as_millisecond()).unwrap_or_default();
        let since = me::id_at(since);
        let mut said = self.read_last(unheard.channel).await?;
        said.retain(|(id, _)| *id >= since);
        said.sort_by_key(|(id, _)| *id);
        for (_, message) in said {
            let Some(message) = read_message(message) else {
                tracing::info!("a message of a new kind is not read");
                continue;
            };
            let heard = said_before(&self.reader(me), &message, unheard.in_guild);
            if let Heard::Said { inbound, aside } = heard {
                self.said(*inbound, aside).await;
            }
        }
        Ok(())
    }

    /// The last messages of a channel, with their ids.
    async fn read_last(&self, channel: ChannelId) -> Result<Vec<(u64, Value)>, Failure> {
        let path = format!("{}?limit={READ}", messages(channel));
        let mut patience = Patience::of(PATIENCE);
        let said: Vec<Value> = loop {
            match self.rest.fetch(Call::get(path.as_str())).await {
                Ok(said) => break said,
                Err(failure) => patience.sit_out(failure).await?,
            }
        };
        let with_id = |message: Value| Some((message["id"].as_str().and_then(number)?, message));
        Ok(said.into_iter().filter_map(with_id).collect())
    }
}
