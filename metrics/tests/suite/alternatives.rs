//! Alternatives and conditions on parts of dates, on every engine.

use almanac_agent_contract::{Grain, Value};
use almanac_metrics::{Filter, MetricQuery, Operator};

use super::conditions::tables;
use super::shop::{Asking, ask, text};
use Operator::{Gt, Gte, In, Lt, NotIn};

fn filter(dimension: &str, op: Operator, values: &[Value]) -> Filter {
    Filter {
        dimension: dimension.to_owned(),
        op,
        values: values.to_vec(),
    }
}

fn either(mut query: MetricQuery, filters: &[Filter]) -> MetricQuery {
    query.any_of.push(filters.to_vec());
    query
}

#[tokio::test]
async fn one_of_several_conditions_is_enough() {
    let mut both = tables().await;
    let mexican = filter("customer__country", In, &[text("MX")]);
    let mobile = filter("order__device", In, &[text("mobile")]);
    let big = filter("order__seats", Gt, &[Value::Integer(3)]);
    // Mobile: 1 2 6 8; from Mexico: 7 8.
    both.holds(
        either(ask(&["orders"]), &[mexican.clone(), mobile.clone()]),
        "5",
    )
    .await;
    // And more than three seats: 8.
    both.holds(
        either(
            either(ask(&["orders"]), &[mexican.clone(), mobile.clone()]),
            std::slice::from_ref(&big),
        ),
        "1",
    )
    .await;
    // With a plain filter beside them.
    both.holds(
        either(ask(&["orders"]), &[mexican.clone(), big.clone()]).only(
            "order__device",
            In,
            &[text("desktop")],
        ),
        "2",
    )
    .await;
    // What is missing is not mobile: 3 4 5 7, and 8 from Mexico.
    let not_mobile = filter("order__device", NotIn, &[text("mobile")]);
    both.holds(
        either(ask(&["orders"]), &[mexican.clone(), not_mobile]),
        "5",
    )
    .await;
    // Across facts each has the dimension.
    both.holds(
        either(ask(&["orders", "visits"]), std::slice::from_ref(&mexican)),
        "2 | 9",
    )
    .await;
    both.refuses(
        either(ask(&["orders", "visits"]), &[mexican.clone(), big.clone()]),
        "visits cannot be broken down or filtered by order__seats",
    )
    .await;
    both.refuses(either(ask(&["orders"]), &[]), "empty list of any_of")
        .await;
    both.refuses(
        either(
            ask(&["orders"]),
            &[mexican, filter("item__category", In, &[text("chairs")])],
        ),
        "lead to many of",
    )
    .await;
    both.end().await;
}

#[tokio::test]
async fn alternatives_among_dates() {
    let mut both = tables().await;
    let weekend = filter(
        "metric_time__extract_dow",
        In,
        &[Value::Integer(6), Value::Integer(7)],
    );
    let late = filter("metric_time__extract_hour", Gte, &[Value::Integer(18)]);
    // Saturday 3 and Sunday 4 January, Sunday 1 and Saturday 7 February; Monday 2 at 23 o'clock.
    both.holds(either(ask(&["orders"]), &[weekend.clone(), late]), "5")
        .await;
    let day = |day: &str| filter("metric_time", In, &[Value::Date(day.parse().unwrap())]);
    both.holds(
        either(
            ask(&["to_date"])
                .per(Grain::Day)
                .during("2026-01-03", "2026-01-06"),
            &[day("2026-01-03"), day("2026-01-06")],
        ),
        "2026-01-03 | 120\n2026-01-06 | 400",
    )
    .await;
    both.holds(
        either(
            ask(&["running"])
                .per(Grain::Day)
                .during("2026-01-03", "2026-01-06"),
            &[day("2026-01-05"), weekend],
        ),
        "2026-01-03 | 120\n2026-01-04 | 200\n2026-01-05 | 30",
    )
    .await;
    both.end().await;
}

#[tokio::test]
async fn parts_of_dates() {
    let mut both = tables().await;
    let hours = |from: i64, to: i64| {
        ask(&["orders"])
            .only("metric_time__extract_hour", Gte, &[Value::Integer(from)])
            .only("metric_time__extract_hour", Lt, &[Value::Integer(to)])
    };
    // 1 at 9:30, 4 at 10, 5 at 9, 7 at 9:15, 8 at 9:45; 3 is at 8:59:59, 2 at noon.
    both.holds(hours(9, 12), "5").await;
    both.holds(hours(18, 24), "1").await;
    let weekend = [Value::Integer(6), Value::Integer(7)];
    both.holds(
        ask(&["revenue"]).only("metric_time__extract_dow", In, &weekend),
        "400",
    )
    .await;
    both.holds(
        ask(&["revenue"]).only("metric_time__extract_dow", NotIn, &weekend),
        "180",
    )
    .await;
    both.holds(
        ask(&["orders"]).by("metric_time__extract_dow"),
        "1 | 2\n2 | 2\n6 | 2\n7 | 2",
    )
    .await;
    both.refuses(
        ask(&["revenue"]).only("metric_time__extract_hour", Gte, &[Value::Integer(9)]),
        "known by day",
    )
    .await;
    both.refuses(
        ask(&["orders"]).only("metric_time__extract_hour", Gte, &[text("nine")]),
        "holds whole numbers",
    )
    .await;
    both.end().await;
}
