//! How fast messages leave, answers and word of progress alike: what each platform takes through one
//! installation and into one channel or chat, and the pauses that platforms ask for.
//!
//! What has left counts, too, where nobody knew before that it would be so many: the next message
//! waits until it is worked off.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use almanac_agent_contract::{Adapter, Limit, Pace, Platform, Quota, Working};
use almanac_store::ClaimedDelivery;
use tokio::time::Instant;

/// Destinations that have been quiet are forgotten after this many looks.
const TIDY_EVERY: u32 = 4_096;

/// An installation, or a channel or chat of it.
type Place = (Platform, String, Option<String>);

/// A message that is to leave: into a channel or chat, through an installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaving {
    everywhere: Place,
    here: Place,
    pace: Pace,
    /// It takes another's place: no platform counts it among those that a chat is sent.
    in_place: bool,
}

impl Leaving {
    /// A delivery.
    pub(crate) fn delivery(claimed: &ClaimedDelivery, adapter: &dyn Adapter) -> Self {
        let delivery = &claimed.delivery;
        Self {
            in_place: delivery.replaces.is_some(),
            pace: adapter.pace(delivery.space.kind),
            ..Self::to(
                &claimed.platform,
                &delivery.installation,
                &delivery.space.id,
            )
        }
    }

    /// Word of a turn under way.
    pub(crate) fn progress(working: &Working, adapter: &dyn Adapter) -> Self {
        Self {
            in_place: working.placeholder.is_some(),
            pace: adapter.pace(working.space.kind),
            ..Self::to(
                &adapter.platform(),
                &working.installation,
                &working.space.id,
            )
        }
    }

    fn to(platform: &Platform, installation: &str, space: &str) -> Self {
        let place = |space| (platform.clone(), installation.to_owned(), space);
        Self {
            everywhere: place(None),
            here: place(Some(space.to_owned())),
            pace: Pace::default(),
            in_place: false,
        }
    }

    fn quotas(&self, in_place: bool) -> impl Iterator<Item = (&Place, Quota)> {
        let here = self.pace.space.filter(|_| !in_place);
        let here = here.map(|quota| (&self.here, quota));
        let everywhere = self.pace.installation;
        let everywhere = everywhere.map(|quota| (&self.everywhere, quota));
        here.into_iter().chain(everywhere)
    }
}

/// Tells when a message may leave.
#[derive(Default)]
pub(crate) struct Pacer {
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    /// When what has left to a place is worked off.
    busy: HashMap<Place, Instant>,
    pauses: HashMap<Place, Instant>,
    looks: u32,
}

impl Pacer {
    /// How long a message waits; zero takes its place among those that leave now.
    pub(crate) fn wait(&self, leaving: &Leaving) -> Duration {
        self.reserve(leaving, Duration::ZERO)
    }

    /// How long a message waits; no longer than `patience` takes its place among those that leave
    /// then.
    pub(crate) fn reserve(&self, leaving: &Leaving, patience: Duration) -> Duration {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.tidy();
        let now = Instant::now();
        let paused = inside.paused(leaving, now);
        let crowded = leaving.quotas(leaving.in_place).map(|(place, quota)| {
            let until = inside.busy.get(place).copied().unwrap_or(now);
            let ahead = quota.every * quota.burst.saturating_sub(1);
            until.saturating_duration_since(now).saturating_sub(ahead)
        });
        let wait = crowded.fold(paused, Duration::max);
        if wait <= patience {
            inside.fill(leaving.quotas(leaving.in_place), 1);
        }
        wait
    }

    /// A platform has asked for patience, and it is not over.
    pub(crate) fn is_paused(&self, leaving: &Leaving) -> bool {
        let inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        !inside.paused(leaving, Instant::now()).is_zero()
    }

    /// So many messages were posted by what had one place: what is more than that is worked off
    /// before the next, and what is less gives the place back.
    pub(crate) fn posted(&self, leaving: &Leaving, messages: u32) {
        let more = messages.saturating_sub(u32::from(!leaving.in_place));
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.fill(leaving.quotas(false), more);
        if messages == 0 && !leaving.in_place {
            inside.empty(leaving.quotas(false));
        }
    }

    /// Nothing leaves for as long as the platform says: to the channel or chat, or through its whole
    /// installation.
    pub(crate) fn pause(&self, leaving: &Leaving, limit: Limit) {
        let place = if limit.everywhere {
            &leaving.everywhere
        } else {
            &leaving.here
        };
        let until = Instant::now() + limit.after.try_into().unwrap_or_default();
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = inside.pauses.entry(place.clone()).or_insert(until);
        *pause = until.max(*pause);
    }
}

impl Inside {
    fn paused(&self, leaving: &Leaving, now: Instant) -> Duration {
        let pauses = [&leaving.everywhere, &leaving.here].map(|place| self.pauses.get(place));
        let left = pauses.into_iter().flatten();
        let left = left.map(|until| until.saturating_duration_since(now));
        left.max().unwrap_or_default()
    }

    fn fill<'a>(&mut self, quotas: impl Iterator<Item = (&'a Place, Quota)>, messages: u32) {
        let now = Instant::now();
        for (place, quota) in quotas {
            let until = self.busy.entry(place.clone()).or_insert(now);
            *until = now.max(*until) + quota.every * messages;
        }
    }

    fn empty<'a>(&mut self, quotas: impl Iterator<Item = (&'a Place, Quota)>) {
        for (place, quota) in quotas {
            if let Some(until) = self.busy.get_mut(place) {
                *until = until.checked_sub(quota.every).unwrap_or(*until);
            }
        }
    }

    fn tidy(&mut self) {
        self.looks += 1;
        if self.looks < TIDY_EVERY {
            return;
        }
        self.looks = 0;
        let now = Instant::now();
        self.pauses.retain(|_, until| *until > now);
        self.busy.retain(|_, until| *until > now);
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn to(space: &str) -> Leaving {
        Leaving::to(&Platform::stored("here".into()), "one", space)
    }

    fn quota(burst: u32, every: Duration) -> Option<Quota> {
        Some(Quota { burst, every })
    }

    /// To a chat that takes two at once and one in three seconds.
    fn slowly(space: &str) -> Leaving {
        let pace = Pace {
            installation: None,
            space: quota(2, 3 * SECOND),
        };
        Leaving { pace, ..to(space) }
    }

    fn seconds(after: i64, everywhere: bool) -> Limit {
        Limit {
            after: SignedDuration::from_secs(after),
            everywhere,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_chat_has_its_burst_and_then_waits_and_others_do_not() {
        let pacer = Pacer::default();
        let waits = [0; 3].map(|_| pacer.wait(&slowly("a")));
        assert_eq!(waits, [Duration::ZERO, Duration::ZERO, 3 * SECOND]);
        assert_eq!(pacer.wait(&slowly("b")), Duration::ZERO);
        tokio::time::advance(3 * SECOND).await;
        assert_eq!(pacer.wait(&slowly("a")), Duration::ZERO);
        assert_eq!(pacer.wait(&slowly("a")), 3 * SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_for_the_installation_has_not_used_up_the_chat() {
        let pacer = Pacer::default();
        let pace = Pace {
            installation: quota(1, SECOND),
            space: quota(1, 60 * SECOND),
        };
        let to = |space| Leaving { pace, ..to(space) };
        assert_eq!(pacer.wait(&to("a")), Duration::ZERO);
        assert_eq!(pacer.wait(&to("b")), SECOND);
        tokio::time::advance(SECOND).await;
        assert_eq!(pacer.wait(&to("b")), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn many_messages_of_one_delivery_are_worked_off_before_the_next() {
        let pacer = Pacer::default();
        assert_eq!(pacer.wait(&slowly("a")), Duration::ZERO);
        pacer.posted(&slowly("a"), 5);
        assert_eq!(pacer.wait(&slowly("a")), 12 * SECOND);
        tokio::time::advance(12 * SECOND).await;
        assert_eq!(pacer.wait(&slowly("a")), Duration::ZERO);
        // It turned out to be nothing that counts.
        pacer.posted(&slowly("a"), 0);
        assert_eq!(pacer.wait(&slowly("a")), Duration::ZERO);
        assert_eq!(pacer.wait(&slowly("a")), 3 * SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_patient_has_a_place_for_later() {
        let pacer = Pacer::default();
        let waits = [0; 4].map(|_| pacer.reserve(&slowly("a"), 3 * SECOND));
        assert_eq!(waits, [0, 0, 3, 6].map(|wait| wait * SECOND));
        assert!(!pacer.is_paused(&slowly("a")));
        tokio::time::advance(3 * SECOND).await;
        assert_eq!(
            pacer.wait(&slowly("a")),
            3 * SECOND,
            "another has that place"
        );
        pacer.pause(&slowly("a"), seconds(1, true));
        assert!(pacer.is_paused(&slowly("a")) && pacer.is_paused(&slowly("b")));
    }

    #[tokio::test(start_paused = true)]
    async fn what_takes_anothers_place_waits_for_nobody_but_its_further_parts_count() {
        let pacer = Pacer::default();
        let in_place = Leaving {
            in_place: true,
            ..slowly("a")
        };
        for _ in 0..9 {
            assert_eq!(pacer.wait(&in_place), Duration::ZERO);
            pacer.posted(&in_place, 0);
        }
        pacer.posted(&in_place, 2);
        assert_eq!(pacer.wait(&slowly("a")), 3 * SECOND);
        pacer.pause(&in_place, seconds(7, false));
        assert_eq!(pacer.wait(&in_place), 7 * SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_as_long_as_the_platform_says() {
        let pacer = Pacer::default();
        pacer.pause(&to("a"), seconds(7, false));
        assert_eq!(pacer.wait(&to("a")), 7 * SECOND);
        assert_eq!(pacer.wait(&to("b")), Duration::ZERO);
        pacer.pause(&to("a"), seconds(3, true));
        assert_eq!(pacer.wait(&to("b")), 3 * SECOND);
        tokio::time::advance(7 * SECOND).await;
        assert_eq!(pacer.wait(&to("a")), Duration::ZERO);
    }
}
