//! How fast deliveries leave: what each platform takes through one installation and into one
//! channel or chat, and the pauses that platforms ask for.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use almanac_agent_contract::{Pace, Platform, Quota};
use almanac_store::ClaimedDelivery;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, RateLimiter};
use tokio::time::Instant;

/// Destinations that have been quiet are forgotten after this many looks.
const TIDY_EVERY: u32 = 4_096;

/// A destination: an installation, or a channel or chat of it.
type Place = (Platform, String, Option<String>);

/// Tells when a delivery may leave.
#[derive(Default)]
pub(crate) struct Pacer {
    clock: DefaultClock,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    limiters: HashMap<(u32, Duration), DefaultKeyedRateLimiter<Place>>,
    pauses: HashMap<Place, Instant>,
    looks: u32,
}

impl Pacer {
    /// How long a delivery waits; zero takes its place among those that leave now.
    pub(crate) fn wait(&self, claimed: &ClaimedDelivery, pace: Pace) -> Duration {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.tidy();
        let [everywhere, here] = places(claimed);
        let now = Instant::now();
        let paused = [&everywhere, &here]
            .into_iter()
            .filter_map(|place| inside.pauses.get(place))
            .map(|until| until.saturating_duration_since(now))
            .max()
            .unwrap_or_default();
        if !paused.is_zero() {
            return paused;
        }
        for (place, quota) in [(here, pace.space), (everywhere, pace.installation)] {
            let Some(quota) = quota.and_then(known) else {
                continue;
            };
            let key = (quota.burst_size().get(), quota.replenish_interval());
            let limiter = inside
                .limiters
                .entry(key)
                .or_insert_with(|| RateLimiter::keyed(quota));
            if let Err(not_until) = limiter.check_key(&place) {
                return not_until.wait_time_from(self.clock.now());
            }
        }
        Duration::ZERO
    }

    /// Nothing leaves for this long: to the delivery's channel or chat, or through its whole
    /// installation.
    pub(crate) fn pause(&self, claimed: &ClaimedDelivery, everywhere: bool, length: Duration) {
        let [all, here] = places(claimed);
        let until = Instant::now() + length;
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = inside
            .pauses
            .entry(if everywhere { all } else { here })
            .or_insert(until);
        *pause = until.max(*pause);
    }
}

impl Inside {
    fn tidy(&mut self) {
        self.looks += 1;
        if self.looks < TIDY_EVERY {
            return;
        }
        self.looks = 0;
        let now = Instant::now();
        self.pauses.retain(|_, until| *until > now);
        for limiter in self.limiters.values() {
            limiter.retain_recent();
        }
    }
}

fn places(claimed: &ClaimedDelivery) -> [Place; 2] {
    let delivery = &claimed.delivery;
    [None, Some(delivery.space.id.clone())].map(|space| {
        (
            claimed.platform.clone(),
            delivery.installation.clone(),
            space,
        )
    })
}

fn known(quota: Quota) -> Option<governor::Quota> {
    let burst = NonZeroU32::new(quota.burst)?;
    Some(governor::Quota::with_period(quota.every)?.allow_burst(burst))
}

#[cfg(test)]
mod tests {
    use almanac_agent_contract::{Delivery, Origin, OutboxId, Outcome, Reply, Space, SpaceKind};

    use super::*;

    fn to(space: &str) -> ClaimedDelivery {
        ClaimedDelivery {
            delivery: Delivery {
                id: OutboxId::new(),
                inbox: None,
                event_id: None,
                installation: "one".into(),
                space: Space {
                    id: space.into(),
                    kind: SpaceKind::Channel,
                    thread: None,
                },
                to: None,
                origin: Origin::default(),
                replaces: None,
                trouble: None,
                reply: Reply::words(Outcome::Answer, "x"),
            },
            platform: Platform::stored("here".into()),
            epoch: 1,
            attempts: 1,
            doubtful: false,
        }
    }

    #[test]
    fn a_chat_has_its_burst_and_then_waits_and_others_do_not() {
        let pacer = Pacer::default();
        let pace = Pace {
            installation: None,
            space: Some(Quota {
                burst: 2,
                every: Duration::from_secs(3),
            }),
        };
        let waits = [0; 3].map(|_| pacer.wait(&to("a"), pace));
        assert_eq!(waits[..2], [Duration::ZERO; 2]);
        assert!(waits[2] > Duration::from_secs(2) && waits[2] <= Duration::from_secs(3));
        assert_eq!(pacer.wait(&to("b"), pace), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_as_long_as_the_platform_says() {
        let pacer = Pacer::default();
        let second = Duration::from_secs(1);
        pacer.pause(&to("a"), false, 7 * second);
        assert_eq!(pacer.wait(&to("a"), Pace::default()), 7 * second);
        assert_eq!(pacer.wait(&to("b"), Pace::default()), Duration::ZERO);
        pacer.pause(&to("a"), true, 3 * second);
        assert_eq!(pacer.wait(&to("b"), Pace::default()), 3 * second);
        tokio::time::advance(7 * second).await;
        assert_eq!(pacer.wait(&to("a"), Pace::default()), Duration::ZERO);
    }
}
