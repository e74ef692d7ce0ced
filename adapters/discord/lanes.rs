//! Events in the order they happened. The gateway client starts a task for each, and two that
//! came together may change places; here they are put in order again by their ids, which grow
//! with time, and one channel's are handled one after another.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::Event;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::adapter::Almanac;

/// Channels are spread over as many lanes.
const LANES: usize = 16;
/// Events that wait in one before whoever brings more has to wait, too.
const WAITING: usize = 512;
/// How long one waits for those that should have come before it.
const TOGETHER: Duration = Duration::from_millis(1);

/// An event and what it is ordered by.
type Placed = (u64, Event);

/// Where events go in.
#[derive(Clone)]
pub(super) struct Lanes {
    ends: Arc<Vec<Sender<Placed>>>,
}

impl Lanes {
    /// Lanes that end when nothing can go in any more.
    pub(super) fn open(almanac: &Arc<Almanac>) -> Self {
        let ends = (0..LANES)
            .map(|_| {
                let (end, lane) = channel(WAITING);
                tokio::spawn(run(Arc::clone(almanac), lane));
                end
            })
            .collect();
        Self {
            ends: Arc::new(ends),
        }
    }

    /// Puts an event in. Those that no conversation is in are left out.
    pub(super) async fn put(&self, event: Event) {
        let Some((lane, place)) = placed(&event) else {
            return;
        };
        let lane = usize::try_from(lane % LANES as u64).unwrap_or_default();
        if self.ends[lane].send((place, event)).await.is_err() {
            tracing::debug!("an event came after the end");
        }
    }
}

/// Its channel, and its place among that channel's events. What happens to a message comes after
/// the message, and its deletion last.
pub(super) fn placed(event: &Event) -> Option<(u64, u64)> {
    Some(match event {
        Event::MessageCreate(event) => (
            spread(event.message.channel_id.get()),
            event.message.id.get(),
        ),
        Event::MessageUpdate(event) => (
            spread(event.channel_id.get()),
            event.id.get().saturating_add(1),
        ),
        Event::MessageDelete(event) => (
            spread(event.channel_id.get()),
            event.message_id.get().saturating_add(2),
        ),
        Event::MessageDeleteBulk(event) => (spread(event.channel_id.get()), u64::MAX),
        Event::InteractionCreate(event) => (spread(event.interaction.id().get()), 0),
        Event::Unknown(event) => {
            tracing::info!(kind = event.kind, "an event of a new kind is ignored");
            return None;
        }
        other => {
            // Telling its name takes writing all of it out.
            if tracing::enabled!(tracing::Level::DEBUG) {
                tracing::debug!(kind = other.name(), "an event is ignored");
            }
            return None;
        }
    })
}

/// The last bits of an id count what was made within a millisecond and are almost always 0.
const fn spread(id: u64) -> u64 {
    id ^ (id >> 22)
}

async fn run(almanac: Arc<Almanac>, mut lane: Receiver<Placed>) {
    let mut together = Vec::new();
    while lane.recv_many(&mut together, WAITING).await > 0 {
        tokio::time::sleep(TOGETHER).await;
        while let Ok(event) = lane.try_recv() {
            together.push(event);
        }
        together.sort_by_key(|(place, _)| *place);
        for (_, event) in together.drain(..) {
            almanac.hear(event).await;
        }
    }
}
