//! Measures what `stories.md` says was planted.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use almanac_demo::Size;
use arrow::array::Array;
use jiff::civil::date;

use crate::rows::{SHOP, Seen};

const LEDGER: &str = include_str!("../../stories.md");

/// A line of the ledger. `days` count back from the last day, the earliest first.
struct Story {
    name: String,
    days: (i32, i32),
    expected: RangeInclusive<f64>,
}

impl Story {
    fn has(&self, left: i32) -> bool {
        left <= self.days.0 && left >= self.days.1
    }

    /// The `length` days before the story.
    fn before(&self, left: i32, length: i32) -> bool {
        left > self.days.0 && left <= self.days.0 + length
    }

    fn length(&self) -> f64 {
        f64::from(self.days.0 - self.days.1 + 1)
    }
}

fn ledger() -> Vec<Story> {
    let pair = |cell: &str| -> (f64, f64) {
        let (low, high) = cell.split_once(" to ").unwrap_or_else(|| panic!("{cell}"));
        (low.trim().parse().unwrap(), high.trim().parse().unwrap())
    };
    LEDGER
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| story"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let (days, expected) = (pair(cells[1]), pair(cells[3]));
            Story {
                name: cells[0].to_owned(),
                days: (days.0 as i32, days.1 as i32),
                expected: expected.0..=expected.1,
            }
        })
        .collect()
}

/// Stories that a twentieth of the orders is too few to show.
const NEED_MANY: [&str; 4] = [
    "overspent_campaign_orders",
    "viral_product",
    "late_refunds",
    "late_refunds_booked",
];

#[test]
fn the_data_tells_what_the_ledger_says() {
    assert_eq!(ledger().len(), 9);
    check(&SHOP, &ledger());
}

#[test]
fn a_small_shop_of_another_day_tells_the_same() {
    let mut ledger = ledger();
    ledger.retain(|story| !NEED_MANY.contains(&story.name.as_str()));
    for until in [date(2026, 3, 8), date(2026, 12, 31)] {
        check(&Seen::made(until, Size::Small), &ledger);
    }
}

fn check(shop: &Seen, ledger: &[Story]) {
    for story in ledger {
        let measured = match story.name.as_str() {
            "payment_outage" => paid_share(shop, story),
            "price_rise" => price_rise(shop, story),
            "overspent_campaign" => spend(shop, story),
            "overspent_campaign_orders" => campaign_orders(shop, story),
            "organic_decline" => organic(shop, story),
            "viral_product" => viral(shop, story),
            "tracking_gap" => sessions_rows(shop, story),
            "late_refunds" => refunds_so_far(shop, story),
            "late_refunds_booked" => booked_late(shop, story),
            other => panic!("nothing measures {other}"),
        };
        println!("{}: {measured:.3}", story.name);
        assert!(
            story.expected.contains(&measured),
            "{}: {measured} is not within {:?}",
            story.name,
            story.expected
        );
    }
}

/// In the outage, in Brazil. Elsewhere, and in Brazil just before, payments go through.
fn paid_share(shop: &Seen, story: &Story) -> f64 {
    let orders = shop.table("orders");
    // Orders are paid in the customer's currency, and only Brazilians pay in reais.
    let share = |brazil: bool, days: &dyn Fn(i32) -> bool| {
        let (mut paid, mut failed) = (0.0, 0.0);
        for row in 0..orders.len() {
            let left = shop.local_days_left(orders.moment("ordered_at").value(row));
            if (orders.text("currency").value(row) == "BRL") == brazil && days(left) {
                match orders.text("status").value(row) {
                    "paid" => paid += 1.0,
                    "failed" => failed += 1.0,
                    _ => {}
                }
            }
        }
        paid / (paid + failed)
    };
    assert!(share(false, &|left| story.has(left)) > 0.93);
    assert!(share(true, &|left| story.before(left, 30)) > 0.93);
    share(true, &|left| story.has(left))
}

/// Against all other categories, so that it does not matter which countries bought more.
fn price_rise(shop: &Seen, story: &Story) -> f64 {
    let (items, products) = (shop.table("order_items"), shop.table("products"));
    let rise = |lighting: bool| {
        let (mut before, mut after) = ((0.0, 0.0), (0.0, 0.0));
        for row in 0..items.len() {
            let product = items.int("product_id").value(row) as usize - 1;
            if (products.text("category").value(product) == "Lighting") != lighting {
                continue;
            }
            let left = shop.local_days_left(items.moment("ordered_at").value(row));
            let sum = match (story.has(left), story.before(left, 90)) {
                (true, _) => &mut after,
                (_, true) => &mut before,
                _ => continue,
            };
            sum.0 += items.number("unit_price_usd").value(row);
            sum.1 += products.number("list_price_usd").value(product);
        }
        (after.0 / after.1) / (before.0 / before.1)
    };
    rise(true) / rise(false)
}

fn campaign_id(shop: &Seen, name: &str) -> i64 {
    let campaigns = shop.table("campaigns");
    let row = (0..campaigns.len())
        .find(|&row| campaigns.text("name").value(row) == name)
        .unwrap();
    campaigns.int("campaign_id").value(row)
}

fn spend(shop: &Seen, story: &Story) -> f64 {
    let (ads, campaign) = (
        shop.table("ad_spend"),
        campaign_id(shop, "Social Prospecting MX"),
    );
    let (mut during, mut before) = (0.0, 0.0);
    for row in 0..ads.len() {
        let left = shop.days_left(ads.date("spent_on").value(row));
        let spend = ads.number("spend_usd").value(row);
        if ads.int("campaign_id").value(row) == campaign {
            during += if story.has(left) { spend } else { 0.0 };
            before += if story.before(left, 21) { spend } else { 0.0 };
        }
    }
    (during / story.length()) / (before / 21.0)
}

fn campaign_orders(shop: &Seen, story: &Story) -> f64 {
    let (orders, campaign) = (
        shop.table("orders"),
        campaign_id(shop, "Social Prospecting MX"),
    );
    let share = |days: &dyn Fn(i32) -> bool| {
        let (mut own, mut all) = (0.0, 0.0);
        for row in 0..orders.len() {
            let campaigns = orders.int("campaign_id");
            let left = shop.local_days_left(orders.moment("ordered_at").value(row));
            if campaigns.is_valid(row) && orders.text("status").value(row) == "paid" && days(left) {
                all += 1.0;
                own += if campaigns.value(row) == campaign {
                    1.0
                } else {
                    0.0
                };
            }
        }
        own / all
    };
    share(&|left| story.has(left)) / share(&|left| story.before(left, 60))
}

fn organic(shop: &Seen, story: &Story) -> f64 {
    let sessions = shop.table("sessions");
    let share = |days: &dyn Fn(i32) -> bool| {
        let (mut organic, mut all) = (0, 0);
        for row in 0..sessions.len() {
            if days(shop.days_left(sessions.date("visited_on").value(row))) {
                let count = sessions.int("sessions").value(row);
                all += count;
                organic += if sessions.text("channel").value(row) == "organic" {
                    count
                } else {
                    0
                };
            }
        }
        organic as f64 / all as f64
    };
    share(&|left| left < 14) / share(&|left| story.before(left, 14))
}

fn viral(shop: &Seen, story: &Story) -> f64 {
    let (items, products) = (shop.table("order_items"), shop.table("products"));
    let product = (0..products.len())
        .find(|&row| products.text("name").value(row) == "Aurora Milk Frother")
        .map(|row| products.int("product_id").value(row))
        .unwrap();
    let (mut during, mut before) = (0, 0);
    for row in (0..items.len()).filter(|&row| items.int("product_id").value(row) == product) {
        let left = shop.local_days_left(items.moment("ordered_at").value(row));
        let units = items.int("quantity").value(row) as i32;
        during += if story.has(left) { units } else { 0 };
        before += if story.before(left, 28) { units } else { 0 };
    }
    (f64::from(during) / story.length()) / (f64::from(before.max(1)) / 28.0)
}

/// On the days of the gap; every other day has rows of every channel.
fn sessions_rows(shop: &Seen, story: &Story) -> f64 {
    let sessions = shop.table("sessions");
    let rows: Vec<(i32, &str)> = (0..sessions.len())
        .map(|row| {
            let left = shop.days_left(sessions.date("visited_on").value(row));
            (left, sessions.text("channel").value(row))
        })
        .collect();
    let seen: HashSet<_> = rows.iter().copied().collect();
    let first = rows.iter().map(|row| row.0).max().unwrap();
    let gap = 2;
    assert_eq!(seen.len() as i32, (first + 1 - gap) * 7);
    rows.iter().filter(|row| story.has(row.0)).count() as f64
}

fn refunds_so_far(shop: &Seen, story: &Story) -> f64 {
    let refunds = shop.table("refunds");
    let count = |back: i32| {
        let days = refunds.date("refunded_on").values().iter();
        days.filter(|day| story.has(shop.days_left(**day) - back))
            .count() as f64
    };
    count(0) / count(28)
}

fn booked_late(shop: &Seen, story: &Story) -> f64 {
    let refunds = shop.table("refunds");
    let (mut late, mut all) = (0.0, 0.0);
    for row in 0..refunds.len() {
        let granted = shop.days_left(refunds.date("refunded_on").value(row));
        let booked = shop.local_days_left(refunds.moment("recorded_at").value(row));
        if story.has(granted) {
            all += 1.0;
            late += if granted - booked >= 2 { 1.0 } else { 0.0 };
        }
    }
    late / all
}
