//! The statements themselves, as people see them under Explain. Read a changed snapshot as you
//! would read SQL in a review.

use almanac_agent_contract::{Grain, Value};
use almanac_metrics::{Comparison, MetricQuery, Operator};

use super::shop::{Asking, ask, day, shop, text};

async fn sql(query: MetricQuery) -> String {
    let shop = shop().await;
    // What is shown has run.
    shop.rows(query.clone()).await;
    shop.layer.compile(&query).unwrap().sql
}

#[tokio::test]
async fn one_number() {
    insta::assert_snapshot!(sql(ask(&["revenue"])).await);
}

#[tokio::test]
async fn a_series() {
    let query = ask(&["gross", "orders"])
        .per(Grain::Week)
        .during("2026-01-01", "2026-01-31");
    insta::assert_snapshot!(sql(query).await);
}

#[tokio::test]
async fn a_joined_dimension() {
    insta::assert_snapshot!(sql(ask(&["gross"]).by("customer__country")).await);
}

#[tokio::test]
async fn two_joins() {
    insta::assert_snapshot!(
        sql(ask(&["units"])
            .by("customer__country")
            .by("product__category"))
        .await
    );
}

#[tokio::test]
async fn a_ratio_of_filtered_measures_in_one_scan() {
    insta::assert_snapshot!(sql(ask(&["refund_share"]).by("customer__country")).await);
}

#[tokio::test]
async fn counts_with_different_filters() {
    let query = ask(&["paid_orders", "refunded_orders"]).by("customer__country");
    insta::assert_snapshot!(sql(query).await);
}

#[tokio::test]
async fn two_facts() {
    insta::assert_snapshot!(sql(ask(&["conversion"]).by("customer__country")).await);
}

#[tokio::test]
async fn a_derived_metric() {
    insta::assert_snapshot!(sql(ask(&["net", "spare"])).await);
}

#[tokio::test]
async fn filters() {
    let query = ask(&["orders"])
        .only(
            "customer__country",
            Operator::NotIn,
            &[text("it's"), Value::Null],
        )
        .only("order__status", Operator::Contains, &[text("PAID")])
        .only(
            "metric_time",
            Operator::Gte,
            &[Value::Date(day("2026-01-06"))],
        );
    insta::assert_snapshot!(sql(query).await);
}

#[tokio::test]
async fn a_comparison() {
    let mut query = ask(&["aov"])
        .per(Grain::Month)
        .during("2026-01-01", "2026-02-28");
    query.compare = vec![Comparison::SamePeriodLastYear];
    insta::assert_snapshot!(sql(query).await);
}

#[tokio::test]
async fn every_aggregation() {
    let query = ask(&[
        "gross",
        "buyers",
        "biggest",
        "typical",
        "p90",
        "average_order",
        "paid_flags",
    ]);
    insta::assert_snapshot!(sql(query).await);
}
