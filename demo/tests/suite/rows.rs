//! How many rows there are, and that they fit one another.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use almanac_demo::{Size, ensure_sized};
use arrow::array::Array;
use arrow::datatypes::{DataType, TimeUnit};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::table::Table;

const UNTIL: Date = date(2026, 11, 19);

/// The full shop, made once for all tests of this binary.
pub(crate) static SHOP: LazyLock<Seen> = LazyLock::new(|| Seen::made(UNTIL, Size::Full));

/// A shop as its tables show it, all in memory: a static never removes its folder.
pub(crate) struct Seen {
    tables: HashMap<String, Table>,
    until: Date,
}

impl Seen {
    pub(crate) fn made(until: Date, size: Size) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let shop = ensure_sized(dir.path(), until, size).unwrap();
        let tables = std::fs::read_dir(&shop.data)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "parquet"))
            .map(|path| {
                let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
                (name, Table::read(&path))
            })
            .collect();
        Self { tables, until }
    }

    pub(crate) fn table(&self, name: &str) -> &Table {
        &self.tables[name]
    }

    /// Days before the shop's last day.
    pub(crate) fn days_left(&self, epoch_day: i32) -> i32 {
        (self.until - date(1970, 1, 1)).get_days() - epoch_day
    }

    /// The local day of a moment, as days before the shop's last day.
    pub(crate) fn local_days_left(&self, micros: i64) -> i32 {
        // São Paulo has kept UTC-3 since 2019, and the tests' shops end after that.
        self.days_left(((micros / 1_000_000 - 3 * 3600).div_euclid(86_400)) as i32)
    }
}

fn table(name: &str) -> &'static Table {
    SHOP.table(name)
}

fn days_left(epoch_day: i32) -> i32 {
    SHOP.days_left(epoch_day)
}

fn local_days_left(micros: i64) -> i32 {
    SHOP.local_days_left(micros)
}

#[test]
fn there_is_as_much_as_promised() {
    let expected = [
        ("orders", 285_000..=315_000),
        ("order_items", 655_000..=745_000),
        ("customers", 37_000..=43_000),
        ("products", 400..=400),
        ("refunds", 20_000..=40_000),
        ("sessions", 90_000..=100_000),
        ("campaigns", 12..=12),
        ("ad_spend", 9_000..=10_000),
        ("plans", 6..=6),
        ("subscriptions", 300_000..=700_000),
        ("subscription_events", 1_500..=4_000),
        ("fx_rates", 3_000..=3_200),
    ];
    for (name, rows) in expected {
        let len = table(name).len();
        assert!(rows.contains(&len), "{name} has {len} rows, not {rows:?}");
    }
    assert_eq!(SHOP.tables.len(), 12);
}

#[test]
fn the_days_are_whole_and_local() {
    let orders = table("orders");
    let ordered = orders.moment("ordered_at");
    assert_eq!(
        ordered.data_type(),
        &DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
    );
    let zone = TimeZone::get("America/Sao_Paulo").unwrap();
    let local = |micros: i64| {
        Timestamp::from_microsecond(micros)
            .unwrap()
            .to_zoned(zone.clone())
            .datetime()
    };
    let (first, last) = (
        local(ordered.value(0)),
        local(ordered.value(orders.len() - 1)),
    );
    assert_eq!((first.date(), last.date()), (date(2024, 10, 1), UNTIL));
    assert!(ordered.values().is_sorted());
    let days: HashSet<_> = ordered
        .values()
        .iter()
        .map(|&at| local_days_left(at))
        .collect();
    assert_eq!(
        days.len() as i32,
        (UNTIL - date(2024, 10, 1)).get_days() + 1
    );

    let mut hours = [0_usize; 24];
    for at in ordered.values() {
        hours[local(*at).hour() as usize] += 1;
    }
    let night: usize = hours[1..6].iter().sum();
    let evening: usize = hours[17..22].iter().sum();
    assert!(
        evening > 3 * night,
        "evenings are busy, nights are not: {hours:?}"
    );
}

#[test]
fn the_year_looks_like_a_shop_s() {
    let orders = table("orders");
    let mut by_day: HashMap<i32, f64> = HashMap::new();
    for &at in orders.moment("ordered_at").values() {
        *by_day.entry(local_days_left(at)).or_default() += 1.0;
    }
    let on = |day: Date| by_day[&(UNTIL - day).get_days()];
    let usual: f64 = (0..28)
        .map(|n| on(date(2025, 10, 1) + jiff::ToSpan::days(n)))
        .sum::<f64>()
        / 28.0;
    assert!(on(date(2025, 11, 28)) > 2.5 * usual, "Black Friday");
    assert!(on(date(2025, 12, 25)) < 0.7 * usual, "Christmas Day");
    let october = |year| (1..=31).map(|day| on(date(year, 10, day))).sum::<f64>();
    let growth = october(2025) / october(2024);
    assert!((1.18..1.32).contains(&growth), "{growth}");
}

#[test]
fn what_refers_to_something_finds_it() {
    let orders = table("orders");
    let count = |name: &str| table(name).len() as i64;
    let (customers, products, campaigns) =
        (count("customers"), count("products"), count("campaigns"));
    let within = |column: &arrow::array::Int64Array, last: i64| {
        column.iter().flatten().all(|id| (1..=last).contains(&id))
    };
    assert!(within(orders.int("customer_id"), customers));
    assert!(within(orders.int("campaign_id"), campaigns));
    let items = table("order_items");
    assert!(within(items.int("order_id"), orders.len() as i64));
    assert!(within(items.int("product_id"), products));
    assert!(within(table("subscriptions").int("customer_id"), customers));
    assert!(within(
        table("subscriptions").int("plan_id"),
        count("plans")
    ));

    // Nobody orders or subscribes before having an account.
    let signed_up = table("customers");
    let signed_up = signed_up.date("signed_up_on");
    for (row, customer) in orders.int("customer_id").iter().enumerate() {
        let since = days_left(signed_up.value(customer.unwrap() as usize - 1));
        assert!(since >= local_days_left(orders.moment("ordered_at").value(row)));
    }
}

#[test]
fn the_money_of_an_order_adds_up() {
    let (orders, items) = (table("orders"), table("order_items"));
    let mut sums = vec![(0.0, 0); orders.len()];
    for row in 0..items.len() {
        let order = items.int("order_id").value(row) as usize - 1;
        sums[order].0 += items.number("amount_usd").value(row);
        sums[order].1 += 1;
        assert_eq!(
            items.text("order_status").value(row),
            orders.text("status").value(order)
        );
        assert_eq!(
            items.moment("ordered_at").value(row),
            orders.moment("ordered_at").value(order)
        );
    }
    for (row, (sum, lines)) in sums.into_iter().enumerate() {
        let subtotal = orders.number("subtotal_usd").value(row);
        assert!(
            (subtotal - sum).abs() < 0.005,
            "order {row}: {subtotal} is not {sum}"
        );
        assert_eq!(orders.int("item_count").value(row), lines);
        let local = orders.number("total_local").value(row) * orders.number("usd_rate").value(row);
        assert!((local - orders.number("total_usd").value(row)).abs() < 0.01);
    }
}

#[test]
fn a_first_order_is_the_first_that_was_paid() {
    let orders = table("orders");
    let mut bought = HashSet::new();
    let mut first = 0;
    for row in 0..orders.len() {
        let customer = orders.int("customer_id").value(row);
        if orders.text("status").value(row) != "paid" {
            continue;
        }
        let is_first = orders.flag("is_first_order").value(row);
        assert!(
            !(is_first && bought.contains(&customer)),
            "customer {customer}"
        );
        bought.insert(customer);
        first += usize::from(is_first);
    }
    assert!((22_000..33_000).contains(&first), "{first}");
}

#[test]
fn the_funnel_narrows() {
    let sessions = table("sessions");
    let mut sums = [0_i64; 4];
    for row in 0..sessions.len() {
        let steps = ["sessions", "bounces", "add_to_carts", "conversions"];
        let [all, bounced, carts, converted] = steps.map(|name| sessions.int(name).value(row));
        assert!(converted <= carts && carts + bounced <= all, "row {row}");
        for (sum, step) in sums.iter_mut().zip([all, bounced, carts, converted]) {
            *sum += step;
        }
    }
    let rate = sums[3] as f64 / sums[0] as f64;
    assert!((0.02..0.035).contains(&rate), "{rate}");
}

#[test]
fn the_club_s_events_explain_its_size() {
    let (snapshots, events) = (table("subscriptions"), table("subscription_events"));
    let size = |left: i32| {
        snapshots
            .date("snapshot_on")
            .values()
            .iter()
            .filter(|day| days_left(**day) == left)
            .count()
    };
    let net: i64 = (0..events.len())
        .filter(|&row| days_left(events.date("happened_on").value(row)) < 200)
        .map(|row| match events.text("kind").value(row) {
            "start" => 1,
            "churn" => -1,
            _ => 0,
        })
        .sum();
    assert_eq!(size(0) as i64, size(200) as i64 + net);
    assert!(size(0) > 500);
}
