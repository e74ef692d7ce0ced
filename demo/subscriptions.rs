//! Lumen Club: who is subscribed at the end of each day, and what changed.

use crate::calendar::{Calendar, Day};
use crate::customers::Customers;
use crate::draws::{Draws, Stream, Weights};
use crate::sheet::Sheet;

/// Subscriptions on the first morning.
const AT_FIRST: f64 = 430.0;
/// Starts of an average day at the beginning.
const STARTS_A_DAY: f64 = 1.25;
const GROWTH: f64 = 0.34;
/// Chances of a subscription on one day.
const CHURN: f64 = 0.0015;
const YEARLY_CHURN: f64 = 0.0006;
const UPGRADE: f64 = 0.0005;
const DOWNGRADE: f64 = 0.00022;

/// A plan.
#[derive(Debug)]
pub(crate) struct Plan {
    name: &'static str,
    billing: &'static str,
    /// US cents a month.
    monthly: i64,
    /// How often it is chosen.
    share: f64,
}

/// Monthly plans by price, then yearly plans by price.
static PLANS: [Plan; 6] = [
    Plan {
        name: "Basic",
        billing: "monthly",
        monthly: 900,
        share: 0.37,
    },
    Plan {
        name: "Plus",
        billing: "monthly",
        monthly: 1_900,
        share: 0.26,
    },
    Plan {
        name: "Premium",
        billing: "monthly",
        monthly: 3_900,
        share: 0.09,
    },
    Plan {
        name: "Basic",
        billing: "yearly",
        monthly: 750,
        share: 0.13,
    },
    Plan {
        name: "Plus",
        billing: "yearly",
        monthly: 1_583,
        share: 0.11,
    },
    Plan {
        name: "Premium",
        billing: "yearly",
        monthly: 3_250,
        share: 0.04,
    },
];

#[derive(Debug, Clone, Copy)]
struct Subscription {
    id: u32,
    customer: u32,
    plan: usize,
}

/// A row of `subscriptions`: one subscription at the end of one day.
#[derive(Debug)]
pub(crate) struct Snapshot {
    day: i32,
    subscription: Subscription,
}

/// A row of `subscription_events`.
#[derive(Debug)]
pub(crate) struct Event {
    day: i32,
    kind: &'static str,
    subscription: Subscription,
    /// What it did to MRR, in US cents.
    change: i64,
}

/// The club from its first day to its last.
#[derive(Default)]
pub(crate) struct Club {
    snapshots: Vec<Snapshot>,
    events: Vec<Event>,
}

impl Club {
    pub(crate) fn draw(calendar: &Calendar, customers: &Customers, scale: f64) -> Self {
        let mut desk = Desk {
            draws: Draws::of(Stream::Subscriptions),
            plans: Weights::new(PLANS.iter().map(|plan| plan.share)),
            customers,
            next: 1,
        };
        let mut club = Self::default();
        let first = calendar.days()[0];
        let mut active: Vec<Subscription> = (0..(AT_FIRST * scale).round() as u32)
            .map(|_| desk.sign(&first))
            .collect();
        for day in calendar.days() {
            active.retain_mut(|subscription| desk.keeps(subscription, day, &mut club.events));
            let mean = STARTS_A_DAY * scale * (1.0 + GROWTH).powf(day.years);
            for _ in 0..desk.draws.poisson(mean) {
                let subscription = desk.sign(day);
                let change = PLANS[subscription.plan].monthly;
                club.events.push(Event {
                    day: day.epoch,
                    kind: "start",
                    subscription,
                    change,
                });
                active.push(subscription);
            }
            let snapshot = |&subscription| Snapshot {
                day: day.epoch,
                subscription,
            };
            club.snapshots.extend(active.iter().map(snapshot));
        }
        club
    }

    pub(crate) fn snapshots_sheet(&self) -> Sheet<'_, Snapshot> {
        Sheet::of("subscriptions", &self.snapshots)
            .date("snapshot_on", |row| row.day)
            .int("subscription_id", |row| i64::from(row.subscription.id))
            .int("customer_id", |row| i64::from(row.subscription.customer))
            .int("plan_id", |row| row.subscription.plan as i64 + 1)
            .money("mrr_usd", |row| PLANS[row.subscription.plan].monthly)
    }

    pub(crate) fn events_sheet(&self) -> Sheet<'_, Event> {
        Sheet::of("subscription_events", &self.events)
            .count_from("event_id", 1)
            .int("subscription_id", |event| i64::from(event.subscription.id))
            .int("customer_id", |event| {
                i64::from(event.subscription.customer)
            })
            .int("plan_id", |event| event.subscription.plan as i64 + 1)
            .date("happened_on", |event| event.day)
            .text("kind", |event| event.kind)
            .money("mrr_change_usd", |event| event.change)
    }
}

/// The plans as a table.
pub(crate) fn plans_sheet() -> Sheet<'static, Plan> {
    Sheet::of("plans", &PLANS)
        .count_from("plan_id", 1)
        .text("name", |plan| plan.name)
        .text("billing", |plan| plan.billing)
        .money("monthly_usd", |plan| plan.monthly)
}

struct Desk<'a> {
    draws: Draws,
    plans: Weights,
    customers: &'a Customers,
    next: u32,
}

impl Desk<'_> {
    fn sign(&mut self, day: &Day) -> Subscription {
        let id = self.next;
        self.next += 1;
        Subscription {
            id,
            customer: self.draws.below(self.customers.known_by(day)) as u32 + 1,
            plan: self.draws.pick(&self.plans),
        }
    }

    /// Whether the subscription lives through the day, its changes noted.
    fn keeps(
        &mut self,
        subscription: &mut Subscription,
        day: &Day,
        events: &mut Vec<Event>,
    ) -> bool {
        let before = &PLANS[subscription.plan];
        let churn = if before.billing == "yearly" {
            YEARLY_CHURN
        } else {
            CHURN
        };
        let luck = self.draws.unit();
        let kind = if luck < churn {
            "churn"
        } else if luck < churn + UPGRADE && before.name != "Premium" {
            subscription.plan += 1;
            "upgrade"
        } else if luck > 1.0 - DOWNGRADE && before.name != "Basic" {
            subscription.plan -= 1;
            "downgrade"
        } else {
            return true;
        };
        let stays = kind != "churn";
        let after = if stays {
            PLANS[subscription.plan].monthly
        } else {
            0
        };
        events.push(Event {
            day: day.epoch,
            kind,
            subscription: *subscription,
            change: after - before.monthly,
        });
        stays
    }
}
