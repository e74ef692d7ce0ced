//! Money given back: days after the order, and booked days after that. What is not booked by the
//! shop's last day is not in the data yet.

use crate::calendar::Calendar;
use crate::draws::{Draws, Stream, Weights};
use crate::orders::{Book, World};
use crate::sheet::Sheet;

const REASONS: [(&str, f64); 5] = [
    ("changed_mind", 0.38),
    ("damaged", 0.22),
    ("not_as_described", 0.19),
    ("late_delivery", 0.12),
    ("wrong_item", 0.09),
];

/// The share of refunds that are booked late.
const LATE: f64 = 0.42;

/// A row of `refunds`.
#[derive(Debug)]
pub(crate) struct Refund {
    order: u32,
    product: u16,
    reason: &'static str,
    /// Days since 1970-01-01.
    granted: i32,
    after: i64,
    /// Unix seconds.
    recorded: i64,
    /// US cents.
    amount: i64,
}

/// All refunds that have been booked, by the day they were granted.
pub(crate) fn draw(world: &World, book: &Book) -> Vec<Refund> {
    let mut draws = Draws::of(Stream::Refunds);
    let reasons = Weights::new(REASONS.iter().map(|(_, share)| *share));
    let mut refunds = Vec::new();
    for item in &book.items {
        let product = &world.catalogue.products[usize::from(item.product)];
        if item.status != "paid" || !draws.chance(product.refunded) {
            continue;
        }
        let ordered_on = usize::from(book.orders[item.order as usize].day);
        let after = 2 + (9.0 * draws.noise(0.6)).round() as usize;
        let wait = if draws.chance(LATE) {
            2 + draws.below(6)
        } else {
            0
        };
        let share = if draws.chance(0.85) {
            1.0
        } else {
            draws.between(0.2, 0.8)
        };
        let reason = REASONS[draws.pick(&reasons)].0;
        let office_hour = 9 * 3600 + draws.below(9 * 3600) as i64;
        let Some((granted, booked)) = days(&world.calendar, ordered_on + after, wait) else {
            continue;
        };
        refunds.push(Refund {
            order: item.order,
            product: item.product,
            reason,
            granted,
            after: after as i64,
            recorded: booked + office_hour,
            amount: (item.amount() as f64 * share).round() as i64,
        });
    }
    refunds.sort_by_key(|refund| (refund.granted, refund.recorded));
    refunds
}

/// The rows as a table.
pub(crate) fn sheet(refunds: &[Refund]) -> Sheet<'_, Refund> {
    Sheet::of("refunds", refunds)
        .count_from("refund_id", 1)
        .int("order_id", |refund| i64::from(refund.order) + 1)
        .int("product_id", |refund| i64::from(refund.product) + 1)
        .text("reason", |refund| refund.reason)
        .date("refunded_on", |refund| refund.granted)
        .moment("recorded_at", |refund| refund.recorded)
        .int("days_after_order", |refund| refund.after)
        .money("amount_usd", |refund| refund.amount)
}

/// The day of the grant, and when the day of the booking begins, where the shop lives to see it.
fn days(calendar: &Calendar, granted: usize, wait: usize) -> Option<(i32, i64)> {
    let days = calendar.days();
    Some((days.get(granted)?.epoch, days.get(granted + wait)?.start))
}
