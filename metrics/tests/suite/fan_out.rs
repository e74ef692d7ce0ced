//! Dimensions on the many side: a row counts once in each group it belongs to.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::{Comparison, Operator};

use super::both::{Both, Rows, both};
use super::shop::{Asking, ask, text};

const DEFINITIONS: &str = "
models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_on
    columns:
      - {name: order_id, entity: {type: primary, name: order}}
      - {name: customer_id, entity: {type: foreign, name: customer}}
      - {name: ordered_on, granularity: day, dimension: {type: time}}
      - {name: status, dimension: {type: categorical}}
    metrics:
      - {name: gross, agg: sum, expr: amount}
      - {name: orders, agg: count, expr: 1}
      - {name: paid_orders, agg: count, expr: 1, filter: \"status = 'paid'\"}
      - {name: buyers, agg: count_distinct, expr: customer_id}
      - {name: mean, agg: average, expr: amount}
      - {name: typical, agg: median, expr: amount}
      - {name: newest, agg: sum, expr: amount, non_additive_dimension: {name: ordered_on, window_agg: max}}
  - name: order_items
    semantic_model: {enabled: true}
    agg_time_dimension: sent_on
    columns:
      - {name: item_id, entity: {type: primary, name: order_item}}
      - {name: order_id, entity: {type: foreign, name: order}}
      - {name: product_id, entity: {type: foreign, name: product}}
      - {name: sent_on, granularity: day, dimension: {type: time}}
      - {name: stage, dimension: {type: categorical}}
    metrics:
      - {name: units, agg: sum, expr: quantity}
  - name: payments
    semantic_model: {enabled: true}
    columns:
      - {name: payment_id, entity: {type: primary, name: payment}}
      - {name: order_id, entity: {type: foreign, name: order}}
      - {name: method, dimension: {type: categorical}}
  - name: products
    semantic_model: {enabled: true}
    columns:
      - {name: product_id, entity: {type: primary, name: product}}
      - {name: category, dimension: {type: categorical}}
metrics:
  - {name: units_per_order, type: ratio, numerator: units, denominator: orders}
  - {name: running, type: cumulative, input_metric: gross, period_agg: last}
  - {name: month_before, type: derived, expr: before, input_metrics: [{name: gross, alias: before, offset_window: 1 month}]}
";

const RETURNS: &str = "
  - name: returns
    semantic_model: {enabled: true}
    columns:
      - {name: return_id, entity: {type: primary, name: return}}
      - {name: order_id, entity: {type: foreign, name: order}}
      - {name: product_id, entity: {type: foreign, name: product}}
metrics:
";

fn tables() -> Vec<Rows> {
    vec![
        Rows {
            name: "orders",
            columns: "order_id integer, customer_id integer, ordered_on date, status text, amount number",
            rows: "1,10,2026-01-05,paid,100\n2,10,2026-01-06,paid,50\n3,20,2026-01-06,lost,70\n\
                   4,30,2026-02-01,paid,30\n5,20,2026-02-15,paid,200\n",
        },
        // Order 4 has no items; item 7 is of no product that is known.
        Rows {
            name: "order_items",
            columns: "item_id integer, order_id integer, product_id integer, sent_on date, stage text, quantity integer",
            rows: "1,1,100,2026-01-06,new,1\n2,1,101,2026-01-07,used,2\n3,1,102,2026-02-01,new,1\n\
                   4,2,100,2026-01-07,used,1\n5,3,101,2026-01-07,new,1\n6,5,100,2026-02-16,new,4\n\
                   7,5,,2026-02-16,used,1\n",
        },
        Rows {
            name: "payments",
            columns: "payment_id integer, order_id integer, method text",
            rows: "1,1,card\n2,1,card\n3,1,cash\n4,3,cash\n5,5,card\n",
        },
        Rows {
            name: "products",
            columns: "product_id integer, category text",
            rows: "100,chairs\n101,lamps\n102,chairs\n",
        },
        Rows {
            name: "returns",
            columns: "return_id integer, order_id integer, product_id integer",
            rows: "1,1,100\n",
        },
    ]
}

async fn shop() -> Both {
    both(DEFINITIONS, &tables(), &Settings::default()).await
}

#[tokio::test]
async fn a_row_counts_once_in_each_of_its_groups() {
    let mut shop = shop().await;
    // Chairs: orders 1, 2, 5. Lamps: 1, 3. Neither: 4, which has no items, and 5.
    shop.holds(
        ask(&["gross"]).by("product__category"),
        "chairs | 350\n- | 230\nlamps | 170",
    )
    .await;
    shop.holds(
        ask(&["orders", "buyers", "mean", "typical"]).by("product__category"),
        "chairs | 3 | 2 | 116.6667 | 100\nlamps | 2 | 2 | 85 | 85\n- | 2 | 2 | 115 | 115",
    )
    .await;
    shop.holds(
        ask(&["orders", "paid_orders"]).by("product__category"),
        "chairs | 3 | 3\nlamps | 2 | 1\n- | 2 | 2",
    )
    .await;
    shop.holds(
        ask(&["gross"])
            .by("order_item__stage")
            .by("product__category"),
        // New: chairs of 1 and 5, lamps of 3. Used: lamps of 1, chairs of 2, something of 5.
        "new | chairs | 300\nused | - | 200\nused | lamps | 100\nnew | lamps | 70\n\
         used | chairs | 50\n- | - | 30",
    )
    .await;
    shop.holds(
        ask(&["gross"]).by("product__category").by("order__status"),
        "chairs | paid | 350\n- | paid | 230\nlamps | paid | 100\nlamps | lost | 70",
    )
    .await;
    shop.holds(
        ask(&["gross"]).by("order_item__sent_on__month"),
        // Order 1 was sent in both months.
        "2026-02-01 | 300\n2026-01-01 | 220\n- | 30",
    )
    .await;
    shop.end().await;
}

#[tokio::test]
async fn filters_on_the_many_side_ask_for_any() {
    let mut shop = shop().await;
    let lamps = [text("lamps")];
    let only = |op| ask(&["gross", "orders"]).only("product__category", op, &lamps);
    shop.holds(only(Operator::In), "170 | 2").await;
    // Something else than a lamp is in orders 1, 2 and 5.
    shop.holds(only(Operator::NotIn), "350 | 3").await;
    shop.holds(
        only(Operator::In).by("product__category"),
        "lamps | 170 | 2",
    )
    .await;
    shop.holds(
        ask(&["gross"]).by("product__category").only(
            "order_item__stage",
            Operator::In,
            &[text("used")],
        ),
        "- | 200\nlamps | 100\nchairs | 50",
    )
    .await;
    // Both hold for the same item: a used chair is only in order 2.
    shop.holds(
        ask(&["gross"])
            .only("order_item__stage", Operator::In, &[text("used")])
            .only("product__category", Operator::In, &[text("chairs")]),
        "50",
    )
    .await;
    shop.holds(
        ask(&["gross"])
            .only("payment__method", Operator::In, &[text("card")])
            .by("product__category"),
        "chairs | 300\n- | 200\nlamps | 100",
    )
    .await;
    shop.end().await;
}

#[tokio::test]
async fn two_many_sides_meet_without_multiplying() {
    let mut shop = shop().await;
    shop.holds(
        ask(&["gross"])
            .by("product__category")
            .by("payment__method"),
        "chairs | card | 300\n- | card | 200\nlamps | cash | 170\nchairs | cash | 100\n\
         lamps | card | 100\nchairs | - | 50\n- | - | 30",
    )
    .await;
    shop.end().await;
}

#[tokio::test]
async fn ratios_series_and_comparisons_of_the_many_side() {
    let mut shop = shop().await;
    // Units are counted by item: 7, 3 and 1; orders by the groups they are in.
    shop.holds(
        ask(&["units_per_order"]).by("product__category"),
        "chairs | 2.3333\nlamps | 1.5\n- | 0.5",
    )
    .await;
    shop.holds(
        ask(&["gross"]).per(Grain::Month).by("product__category"),
        "2026-01-01 | lamps | 170\n2026-01-01 | chairs | 150\n2026-02-01 | - | 230\n\
         2026-02-01 | chairs | 200",
    )
    .await;
    let mut february = ask(&["gross"])
        .by("product__category")
        .during("2026-02-01", "2026-02-28");
    february.compare = vec![Comparison::PreviousPeriod];
    shop.holds(february, "- | 230 | -\nchairs | 200 | 150\nlamps | - | 170")
        .await;
    // The newest day is 15 February, with order 5.
    shop.holds(
        ask(&["newest"]).by("product__category"),
        "chairs | 200\n- | 200",
    )
    .await;
    shop.holds(
        ask(&["running"]).per(Grain::Month).by("product__category"),
        "2026-01-01 | lamps | 170\n2026-01-01 | chairs | 150\n2026-02-01 | chairs | 350\n\
         2026-02-01 | - | 230\n2026-02-01 | lamps | 170",
    )
    .await;
    shop.holds(
        ask(&["month_before"])
            .per(Grain::Month)
            .by("product__category"),
        "2026-02-01 | lamps | 170\n2026-02-01 | chairs | 150\n2026-03-01 | - | 230\n\
         2026-03-01 | chairs | 200",
    )
    .await;
    shop.end().await;
}

#[tokio::test]
async fn several_many_sides_are_named() {
    let definitions = DEFINITIONS.replace(
        "metrics:\n  - {name: units_per_order",
        &format!("{}  - {{name: units_per_order", &RETURNS[1..]),
    );
    let mut shop = both(&definitions, &tables(), &Settings::default()).await;
    for words in [
        "orders -> order_items -> products",
        "orders -> returns -> products",
    ] {
        shop.refuses(ask(&["gross"]).by("product__category"), words)
            .await;
    }
    // What only one of them has is still found.
    shop.holds(
        ask(&["gross"]).only("order_item__stage", Operator::In, &[text("used")]),
        "350",
    )
    .await;
    shop.end().await;
}
