//! Dimensions without metrics, metrics in filters, what was true at the time, keys as groups.

use almanac_agent_contract::{Settings, Value};
use almanac_metrics::{MetricQuery, Operator};

use super::both::{Both, Rows, both};
use super::shop::{Asking, ask, day, text};

const DEFINITIONS: &str = "
models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: day
    columns:
      - {name: order_id, entity: {type: primary, name: order}}
      - {name: customer_id, entity: {type: foreign, name: customer}}
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: status, dimension: {type: categorical}}
    metrics:
      - {name: amount, agg: sum, expr: amount}
      - {name: orders, agg: count, expr: 1}
      - {name: of_regulars, agg: sum, expr: amount, filter: \"{{ Metric('orders', ['customer']) }} > 2\"}
      - {name: paid_by_regulars, agg: sum, expr: amount, filter: \"{{ Metric('of_regulars', ['customer']) }} > 30 AND {{ Dimension('order__status') }} = 'paid'\"}
  - name: customers
    semantic_model: {enabled: true}
    columns:
      - {name: customer_id, entity: {type: primary, name: customer}}
      - {name: region, dimension: {type: categorical}}
  - name: tiers
    semantic_model: {enabled: true}
    primary_entity: tier_row
    columns:
      - {name: customer_id, entity: {type: natural, name: customer}}
      - {name: valid_from, granularity: day, dimension: {type: time, validity_params: {is_start: true}}}
      - {name: valid_to, granularity: day, dimension: {type: time, validity_params: {is_end: true}}}
      - {name: tier, dimension: {type: categorical}}
  - name: lines
    semantic_model: {enabled: true}
    agg_time_dimension: sent
    columns:
      - {name: line_id, entity: {type: primary, name: line}}
      - {name: order_id, entity: {type: foreign, name: order}}
      - {name: product_id, entity: {type: foreign, name: product}}
      - {name: sent, granularity: day, dimension: {type: time}}
  - name: prices
    semantic_model: {enabled: true}
    primary_entity: price_row
    columns:
      - {name: product_id, entity: {type: natural, name: product}}
      - {name: valid_from, granularity: day, dimension: {type: time, validity_params: {is_start: true}}}
      - {name: valid_to, granularity: day, dimension: {type: time, validity_params: {is_end: true}}}
      - {name: price, dimension: {type: categorical}}
metrics:
  - {name: mean, type: ratio, numerator: amount, denominator: orders}
";

async fn orders() -> Both {
    let tables = [
        Rows {
            name: "orders",
            columns: "order_id integer, customer_id integer, day date, status text, amount number",
            rows: "1,10,2026-01-31,paid,1\n2,10,2026-02-01,paid,2\n3,20,2026-01-09,lost,4\n\
                   4,20,2026-01-10,paid,8\n5,20,2026-01-20,paid,16\n6,30,2026-01-05,lost,32\n\
                   7,10,2025-12-31,,64\n",
        },
        Rows {
            name: "customers",
            columns: "customer_id integer, region text",
            rows: "10,north\n20,south\n40,east\n",
        },
        Rows {
            name: "tiers",
            columns: "customer_id integer, valid_from date, valid_to date, tier text",
            rows: "10,2026-01-01,2026-02-01,silver\n10,2026-02-01,,gold\n20,2026-01-10,2026-01-20,bronze\n",
        },
        Rows {
            name: "lines",
            columns: "line_id integer, order_id integer, product_id integer, sent date",
            rows: "1,1,5,2026-01-10\n2,2,5,2026-02-01\n",
        },
        Rows {
            name: "prices",
            columns: "product_id integer, valid_from date, valid_to date, price text",
            rows: "5,2026-01-01,2026-01-15,cheap\n5,2026-01-15,,dear\n",
        },
    ];
    both(DEFINITIONS, &tables, &Settings::default()).await
}

#[tokio::test]
async fn what_was_true_at_the_time() {
    let mut orders = orders().await;
    // The last day is not part of a stretch; an order outside all of them is nobody's.
    orders
        .holds(
            ask(&["amount"]).by("customer__tier"),
            "- | 116\nbronze | 8\ngold | 2\nsilver | 1",
        )
        .await;
    orders
        .holds(
            ask(&["amount"]).only("customer__tier", Operator::In, &[text("silver")]),
            "1",
        )
        .await;
    // A line costs what it cost when it was sent.
    orders
        .holds(
            ask(&["amount"]).by("product__price"),
            "- | 124\ndear | 2\ncheap | 1",
        )
        .await;
    orders.end().await;
}

#[tokio::test]
async fn dimensions_without_metrics() {
    let mut orders = orders().await;
    let of = |dimension: &str| MetricQuery::default().by(dimension);
    orders.holds(of("order__status"), "lost\npaid\n-").await;
    orders
        .holds(
            of("order__status").during("2026-01-01", "2026-12-31"),
            "lost\npaid",
        )
        .await;
    orders
        .holds(
            of("order__status").only(
                "metric_time",
                Operator::Gte,
                &[Value::Date(day("2026-01-31"))],
            ),
            "paid",
        )
        .await;
    orders
        .refuses(
            of("customer__region").during("2026-01-01", "2026-12-31"),
            "time",
        )
        .await;
    orders
        .holds(
            of("order__status").by("customer__region"),
            "lost | south\nlost | -\npaid | north\npaid | south\n- | east\n- | north",
        )
        .await;
    let mut bounds = of("order__day").by("order__status");
    bounds.min_max_only = true;
    orders
        .holds(bounds.clone(), "2025-12-31 | 2026-02-01 | lost | paid")
        .await;
    orders
        .holds(
            bounds.only("order__status", Operator::In, &[text("paid")]),
            "2026-01-10 | 2026-02-01 | paid | paid",
        )
        .await;
    orders.end().await;
}

#[tokio::test]
async fn metrics_in_filters() {
    let mut orders = orders().await;
    orders
        .holds(
            ask(&["orders", "amount"]).by("customer"),
            "10 | 3 | 67\n20 | 3 | 28\n30 | 1 | 32",
        )
        .await;
    // 10 and 20 have more than two orders; of these 10 has spent more than 30.
    orders
        .holds(ask(&["of_regulars", "paid_by_regulars"]), "95 | 3")
        .await;
    let only = |condition: &str| MetricQuery {
        conditions: vec![condition.to_owned()],
        ..ask(&["amount"])
    };
    orders
        .holds(only("{{ Metric('orders', ['customer']) }} > 2"), "95")
        .await;
    orders
        .holds(only("{{ Metric('mean', ['customer']) }} > 20"), "99")
        .await;
    orders
        .holds(
            only("{{ Metric('orders', ['customer']) }} < 2 OR {{ Dimension('order__status') }} = 'paid'"),
            "59",
        )
        .await;
    // A period is the question's, not that of the customers it is about.
    orders
        .holds(
            only("{{ Metric('orders', ['customer']) }} > 2").during("2026-02-01", "2026-02-28"),
            "2",
        )
        .await;
    orders
        .refuses(only("{{ Metric('ordres', ['customer']) }} > 2"), "ordres")
        .await;
    orders.end().await;
}
