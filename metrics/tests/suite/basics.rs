//! Aggregations, filters, joins, ratios: one question after another.

use almanac_agent_contract::{Grain, Value};
use almanac_metrics::Operator;

use super::shop::{Asking, ask, shop, text};

#[tokio::test]
async fn every_aggregation_over_all_rows() {
    let shop = shop().await;
    let query = ask(&[
        "gross",
        "orders",
        "buyers",
        "biggest",
        "smallest",
        "typical",
        "average_order",
    ]);
    // 475 in 7 orders; the median of 5 20 30 50 70 100 200 is 50.
    assert_eq!(
        shop.rows(query).await,
        "475 | 7 | 3 | 200 | 5 | 50 | 67.8571"
    );
    let query = ask(&["p90", "paid_flags", "revenue", "brazilian"]);
    // 0.9 * 6 = 5.4: from 100 four tenths of the way to 200.
    assert_eq!(shop.rows(query).await, "140 | 6 | 405 | 170");
}

#[tokio::test]
async fn a_missing_country_is_a_group_and_so_is_a_missing_customer() {
    let shop = shop().await;
    let query = ask(&["gross", "orders"]).by("customer__country");
    assert_eq!(
        shop.rows(query).await,
        "US | 270 | 2\nBR | 170 | 3\n- | 35 | 2"
    );
}

#[tokio::test]
async fn months_in_order() {
    let shop = shop().await;
    let query = ask(&["revenue", "paid_orders"]).per(Grain::Month);
    assert_eq!(
        shop.rows(query).await,
        "2026-01-01 | 150 | 2\n2026-02-01 | 235 | 3\n2026-03-01 | 20 | 1"
    );
}

#[tokio::test]
async fn a_period_takes_both_its_days() {
    let shop = shop().await;
    let query = ask(&["gross"]).during("2026-01-06", "2026-02-01");
    assert_eq!(shop.rows(query).await, "150");
}

#[tokio::test]
async fn two_facts_meet_by_customer_and_none_is_lost() {
    let shop = shop().await;
    let query = ask(&["orders", "visits", "conversion"]).by("customer__country");
    // Orders without a country: 4 (customer 30) and 6 (nobody); visits 0 + 1.
    assert_eq!(
        shop.rows(query).await,
        "BR | 3 | 4 | 0.75\nUS | 2 | 16 | 0.125\n- | 2 | 1 | 2"
    );
}

#[tokio::test]
async fn dividing_by_zero_is_nothing() {
    let shop = shop().await;
    let query = ask(&["conversion", "spare"]).during("2026-02-01", "2026-02-01");
    assert_eq!(shop.rows(query).await, "- | -");
}

#[tokio::test]
async fn derived_and_filtered_inputs() {
    let shop = shop().await;
    assert_eq!(
        shop.rows(ask(&["net", "refund_share", "aov"])).await,
        "335 | 0.1474 | 67.5"
    );
}

#[tokio::test]
async fn filters_of_every_kind() {
    let shop = shop().await;
    let only = |op, values: &[Value]| ask(&["orders"]).only("customer__country", op, values);
    assert_eq!(shop.rows(only(Operator::In, &[text("BR")])).await, "3");
    assert_eq!(shop.rows(only(Operator::NotIn, &[text("BR")])).await, "4");
    assert_eq!(
        shop.rows(only(Operator::In, &[text("BR"), Value::Null]))
            .await,
        "5"
    );
    assert_eq!(
        shop.rows(only(Operator::NotIn, &[text("BR"), Value::Null]))
            .await,
        "2"
    );
    assert_eq!(shop.rows(only(Operator::Contains, &[text("b")])).await, "3");
    assert_eq!(shop.rows(only(Operator::IsNull, &[])).await, "2");
    assert_eq!(shop.rows(only(Operator::IsNotNull, &[])).await, "5");
    assert_eq!(shop.rows(only(Operator::Gt, &[text("BR")])).await, "2");
}

#[tokio::test]
async fn items_reach_the_customer_through_the_order() {
    let shop = shop().await;
    let query = ask(&["units"])
        .by("customer__country")
        .by("product__category");
    assert_eq!(
        shop.rows(query).await,
        "BR | chairs | 4\nUS | chairs | 4\nBR | lamps | 2\nUS | lamps | 1"
    );
}
