//! Queries that cannot be answered, and the sentence each gets.

use almanac_agent_contract::{Grain, Value};
use almanac_metrics::{Comparison, MetricQuery, Operator, OrderBy, QueryError};

use super::shop::{Asking, ask, day, shop, text};

async fn sentence(query: MetricQuery) -> String {
    shop().await.error(query).await.to_string()
}

#[tokio::test]
async fn names_that_are_not_there() {
    assert_eq!(
        sentence(ask(&[])).await,
        "the query names no metric and no dimension; name at least one"
    );
    assert_eq!(
        sentence(ask(&["revenu"])).await,
        "there is no metric called revenu; did you mean revenue?"
    );
    assert_eq!(
        sentence(ask(&["zzz"])).await,
        "there is no metric called zzz"
    );
    assert_eq!(
        sentence(ask(&["orders"]).by("customer__contry")).await,
        "orders cannot be broken down or filtered by customer__contry: there is no such dimension; did you mean customer__country?"
    );
    assert_eq!(
        sentence(ask(&["orders"]).only("customer__contry", Operator::In, &[text("BR")])).await,
        "orders cannot be broken down or filtered by customer__contry: there is no such dimension; did you mean customer__country?"
    );
}

#[tokio::test]
async fn dimensions_that_no_join_reaches() {
    // Visits lead to customers, not to orders.
    let error = shop()
        .await
        .error(ask(&["conversion"]).by("order__status"))
        .await;
    assert!(
        matches!(&error, QueryError::NoJoinPath { metric, .. } if metric == "conversion"),
        "{error}"
    );
}

#[tokio::test]
async fn grains_that_are_not_there() {
    assert_eq!(
        sentence(ask(&["orders"]).per(Grain::Hour)).await,
        "orders is known by day, not by hour"
    );
    assert_eq!(
        sentence(ask(&["orders"]).by("order__status__week")).await,
        "order__status is no time dimension, so it has no grain"
    );
}

#[tokio::test]
async fn values_that_do_not_fit() {
    let status = |op, values: &[Value]| ask(&["orders"]).only("order__status", op, values);
    assert_eq!(
        sentence(status(Operator::In, &[Value::Integer(5)])).await,
        "order__status holds text, so it cannot be compared with 5"
    );
    assert_eq!(
        sentence(status(Operator::In, &[])).await,
        "the filter in on order__status takes at least one value"
    );
    assert_eq!(
        sentence(status(Operator::Gt, &[text("a"), text("b")])).await,
        "the filter gt on order__status takes exactly one value"
    );
    assert_eq!(
        sentence(status(Operator::IsNull, &[text("a")])).await,
        "the filter is_null on order__status takes no values"
    );
    let time = ask(&["orders"]).only("metric_time", Operator::Gt, &[text("soon")]);
    assert_eq!(
        sentence(time).await,
        "metric_time holds dates, so it cannot be compared with \"soon\""
    );
}

#[tokio::test]
async fn periods_and_orders_that_make_no_sense() {
    assert_eq!(
        sentence(ask(&["orders"]).during("2026-02-01", "2026-01-01")).await,
        "the period ends before it begins: 2026-02-01 to 2026-01-01"
    );
    let mut query = ask(&["orders"]);
    query.order_by = vec![OrderBy {
        by: "order".into(),
        descending: true,
    }];
    assert_eq!(
        sentence(query).await,
        "cannot sort by order: the result has no such column; did you mean orders?"
    );
    let mut query = ask(&["orders"]).during("2026-01-01", "2026-01-31");
    let range = |start, end| {
        Comparison::Range(almanac_metrics::TimeRange {
            start: day(start),
            end: day(end),
        })
    };
    query.compare = vec![
        range("2025-01-01", "2025-01-31"),
        range("2024-01-01", "2024-01-31"),
    ];
    assert_eq!(
        sentence(query).await,
        "the result would have two columns called range; ask for one of them at a time"
    );
}

#[tokio::test]
async fn order_and_limit() {
    let shop = shop().await;
    let mut query = ask(&["gross", "orders"]).by("customer__country");
    query.order_by = vec![OrderBy {
        by: "orders".into(),
        descending: false,
    }];
    query.limit = Some(2);
    // Two groups of two orders: the tie is broken by the country, null last.
    assert_eq!(shop.rows(query.clone()).await, "US | 270 | 2\n- | 35 | 2");
    query.limit = Some(0);
    assert_eq!(shop.rows(query).await, "");
}

#[tokio::test]
async fn the_same_thing_twice_counts_once() {
    let shop = shop().await;
    let query = ask(&["orders", "orders"])
        .by("order__status")
        .by("order__status");
    assert_eq!(shop.rows(query).await, "paid | 6\nrefunded | 1");
}

#[tokio::test]
async fn an_entity_can_be_grouped_by_and_filtered() {
    let shop = shop().await;
    let query =
        ask(&["gross"])
            .by("customer")
            .only("customer", Operator::In, &[Value::Integer(10)]);
    assert_eq!(shop.rows(query).await, "10 | 170");
}
