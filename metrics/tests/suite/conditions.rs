//! Conditions on metrics' values, on every engine.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::{Comparison, Having, MetricQuery, Operator, OrderBy};

use super::both::{Both, Rows, both};
use super::shop::{Asking, ask, shop, text};

const DEFINITIONS: &str = "
models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_at
    columns:
      - {name: id, entity: {type: primary, name: order}}
      - {name: customer_id, entity: {type: foreign, name: customer}}
      - {name: ordered_at, granularity: hour, dimension: {type: time}}
      - {name: paid_on, granularity: day, dimension: {type: time}}
      - {name: device, dimension: {type: categorical}}
      - {name: seats, dimension: {type: categorical}}
    metrics:
      - {name: orders, agg: count}
      - {name: buyers, agg: count_distinct, expr: customer_id}
      - {name: paid, agg: sum, expr: total, agg_time_dimension: paid_on}
  - name: items
    semantic_model: {enabled: true}
    agg_time_dimension: sold_on
    columns:
      - {name: item_id, entity: {type: primary, name: item}}
      - {name: order_id, entity: {type: foreign, name: order}}
      - {name: sold_on, granularity: day, dimension: {type: time}}
      - {name: category, dimension: {type: categorical}}
    metrics:
      - {name: revenue, agg: sum, expr: amount}
      - {name: running, type: simple, agg: sum, expr: amount, join_to_timespine: true}
  - name: customers
    semantic_model: {enabled: true}
    agg_time_dimension: since
    columns:
      - {name: id, entity: {type: primary, name: customer}}
      - {name: country, dimension: {type: categorical}}
      - {name: since, granularity: day, dimension: {type: time}}
    metrics:
      - {name: customers, agg: count, expr: id}
  - name: visits
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: visit
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: customer_id, entity: {type: foreign, name: customer}}
      - {name: device, dimension: {type: categorical}}
    metrics:
      - {name: visits, agg: sum, expr: visits}
metrics:
  - {name: to_date, type: cumulative, input_metric: revenue}
  - {name: basket, type: ratio, numerator: revenue, denominator: orders}
";

/// Ana (BR) has three orders in January and one in February, Bo (BR) one in each, Cy (MX) two in
/// February, Di (no country) none. 2026-01-03 is a Saturday.
pub(crate) async fn tables() -> Both {
    let tables = [
        Rows {
            name: "orders",
            columns: "id integer, customer_id integer, ordered_at timestamp, paid_on date, \
                      device text, seats integer, total number",
            rows: "1,1,2026-01-03T09:30:00,2026-01-03,mobile,1,120\n\
                   2,1,2026-01-05T12:00:00,2026-02-01,mobile,2,30\n\
                   3,1,2026-01-06T08:59:59,2026-01-06,desktop,4,50\n\
                   4,1,2026-02-01T10:00:00,2026-02-01,desktop,5,10\n\
                   5,2,2026-01-04T09:00:00,2026-01-04,desktop,2,200\n\
                   6,2,2026-02-02T23:00:00,2026-02-03,mobile,1,40\n\
                   7,3,2026-02-03T09:15:00,2026-02-03,,3,60\n\
                   8,3,2026-02-07T09:45:00,2026-02-07,mobile,8,70\n",
        },
        Rows {
            name: "items",
            columns: "item_id integer, order_id integer, sold_on date, category text, \
                      amount number",
            rows: "1,1,2026-01-03,chairs,100\n2,1,2026-01-03,lamps,20\n\
                   3,2,2026-01-05,lamps,30\n4,3,2026-01-06,chairs,50\n\
                   5,4,2026-02-01,lamps,10\n6,5,2026-01-04,chairs,200\n\
                   7,6,2026-02-02,lamps,40\n8,7,2026-02-03,chairs,60\n\
                   9,8,2026-02-07,chairs,70\n",
        },
        Rows {
            name: "customers",
            columns: "id integer, country text, since date",
            rows: "1,BR,2025-01-01\n2,BR,2026-01-04\n3,MX,2026-02-01\n4,,2026-02-02\n",
        },
        Rows {
            name: "visits",
            columns: "day date, customer_id integer, device text, visits integer",
            rows: "2026-01-03,1,mobile,5\n2026-01-04,2,desktop,7\n2026-02-03,3,mobile,9\n",
        },
    ];
    both(DEFINITIONS, &tables, &Settings::default()).await
}

fn only_rows(mut query: MetricQuery, metric: &str, op: Operator, value: f64) -> MetricQuery {
    query.having.push(Having {
        metric: metric.to_owned(),
        op,
        value,
        per: None,
    });
    query
}

fn only_those(
    query: MetricQuery,
    (entity, metric): (&str, &str),
    op: Operator,
    value: f64,
) -> MetricQuery {
    let mut query = only_rows(query, metric, op, value);
    if let Some(having) = query.having.last_mut() {
        having.per = Some(entity.to_owned());
    }
    query
}

fn largest(mut query: MetricQuery, by: &str, limit: u32) -> MetricQuery {
    query.order_by.push(OrderBy {
        by: by.to_owned(),
        descending: true,
    });
    query.limit = Some(limit);
    query
}

use Operator::{Contains, Gt, Gte, In, Lt, Lte, NotIn};

#[tokio::test]
async fn rows_are_tested_before_order_and_limit() {
    let mut both = tables().await;
    let by_country = || ask(&["revenue"]).by("order__customer__country");
    both.holds(by_country(), "BR | 450\nMX | 130").await;
    both.holds(only_rows(by_country(), "revenue", Gt, 130.0), "BR | 450")
        .await;
    both.holds(
        only_rows(by_country(), "revenue", Gte, 130.0),
        "BR | 450\nMX | 130",
    )
    .await;
    both.holds(only_rows(by_country(), "revenue", Lt, 130.5), "MX | 130")
        .await;
    both.holds(only_rows(by_country(), "revenue", In, 450.0), "BR | 450")
        .await;
    both.holds(only_rows(by_country(), "revenue", NotIn, 450.0), "MX | 130")
        .await;
    both.holds(
        only_rows(
            only_rows(by_country(), "revenue", Gt, 100.0),
            "revenue",
            Lt,
            400.0,
        ),
        "MX | 130",
    )
    .await;
    both.holds(
        largest(only_rows(by_country(), "revenue", Lt, 400.0), "revenue", 1),
        "MX | 130",
    )
    .await;
    both.holds(only_rows(by_country(), "revenue", Gt, 1e9), "")
        .await;
    both.holds(only_rows(ask(&["revenue"]), "revenue", Gt, 580.0), "")
        .await;
    both.end().await;
}

#[tokio::test]
async fn a_metric_may_be_tested_without_being_shown() {
    let mut both = tables().await;
    let by_country = || ask(&["revenue"]).by("order__customer__country");
    both.holds(only_rows(by_country(), "basket", Gt, 70.0), "BR | 450")
        .await;
    // Visits are another fact; those of nobody's country are none.
    let orders = ask(&["orders"]).by("customer__country");
    both.holds(only_rows(orders, "visits", Lte, 9.0), "MX | 2")
        .await;
    let listed = ask(&[]).by("customer__country");
    both.holds(only_rows(listed, "orders", Gt, 3.0), "BR").await;
    both.end().await;
}

#[tokio::test]
async fn buckets_of_a_series_and_their_comparisons() {
    let mut both = tables().await;
    let series = ask(&["revenue"]).per(Grain::Month);
    both.holds(only_rows(series, "revenue", Gt, 200.0), "2026-01-01 | 400")
        .await;
    let mut compared = ask(&["revenue"])
        .by("order__customer__country")
        .during("2026-02-01", "2026-02-28");
    compared.compare.push(Comparison::PreviousPeriod);
    both.holds(
        only_rows(compared.clone(), "revenue", Gt, 100.0),
        "MX | 130 | -",
    )
    .await;
    compared.shares = true;
    // The share is of everything, not of the rows that are left.
    both.holds(
        only_rows(compared, "revenue", Gt, 100.0),
        "MX | 130 | - | 0.7222 | -",
    )
    .await;
    both.end().await;
}

#[tokio::test]
async fn an_entity_is_tested_by_itself() {
    let mut both = tables().await;
    // Ana has 4 orders, Bo 2, Cy 2.
    let buyers = || ask(&["buyers"]);
    both.holds(only_those(buyers(), ("customer", "orders"), Gt, 3.0), "1")
        .await;
    both.holds(only_those(buyers(), ("customer", "orders"), Gte, 2.0), "3")
        .await;
    both.holds(
        only_those(
            buyers().by("customer__country"),
            ("customer", "orders"),
            In,
            2.0,
        ),
        "BR | 1\nMX | 1",
    )
    .await;
    // Orders that came to more than 100: 1 (100 + 20) and 5.
    both.holds(
        only_those(ask(&["orders"]), ("order", "revenue"), Gt, 100.0),
        "2",
    )
    .await;
    // The items of such orders.
    both.holds(
        only_those(ask(&["revenue"]), ("order", "revenue"), Gt, 100.0),
        "320",
    )
    .await;
    // And of the customers of whom more than 300 came: Ana's 210 and Bo's 240 are not.
    both.holds(
        only_those(ask(&["revenue"]), ("customer", "revenue"), Gt, 230.0),
        "240",
    )
    .await;
    both.end().await;
}

#[tokio::test]
async fn an_entity_without_rows_has_none_of_what_is_counted() {
    let mut both = tables().await;
    let customers = || ask(&["customers"]);
    both.holds(
        only_those(customers(), ("customer", "orders"), Lt, 1.0),
        "1",
    )
    .await;
    both.holds(
        only_those(customers(), ("customer", "orders"), In, 0.0),
        "1",
    )
    .await;
    // An amount that is not known is not less than another.
    both.holds(
        only_those(customers(), ("customer", "revenue"), Lt, 200.0),
        "1",
    )
    .await;
    both.end().await;
}

#[tokio::test]
async fn an_entity_is_tested_in_the_period_of_the_question() {
    let mut both = tables().await;
    let january = || ask(&["buyers"]).during("2026-01-01", "2026-01-31");
    // Ana has three orders in January, Bo one.
    both.holds(only_those(january(), ("customer", "orders"), Gt, 2.0), "1")
        .await;
    both.holds(only_those(january(), ("customer", "orders"), Gt, 3.0), "0")
        .await;
    // In February two of them have one, Cy two; in January one has one.
    let mut february = ask(&["buyers"]).during("2026-02-01", "2026-02-28");
    february.compare.push(Comparison::PreviousPeriod);
    both.holds(
        only_those(february.clone(), ("customer", "orders"), In, 1.0),
        "2 | 1",
    )
    .await;
    // A month that is compared in parts is still one month.
    february.grain = Some(Grain::Day);
    february.time_range = ask(&[]).during("2026-02-01", "2026-02-28").time_range;
    both.holds(
        only_those(february, ("customer", "orders"), Gt, 1.0),
        "2026-02-03 | 1 | 1\n2026-02-05 | - | 1\n2026-02-06 | - | 1\n2026-02-07 | 1 | -",
    )
    .await;
    // Order 2 is of January and was paid in February: what it came to is its own.
    let mut own = ask(&["orders"]).during("2026-01-01", "2026-01-31");
    own = only_those(own, ("order", "paid"), Lt, 100.0);
    both.holds(own, "2").await;
    both.end().await;
}

#[tokio::test]
async fn an_entity_is_tested_within_the_filters_that_reach_it() {
    let mut both = tables().await;
    let mobile = |query: MetricQuery| query.only("order__device", In, &[text("mobile")]);
    // Two of Ana's four orders.
    both.holds(
        only_those(mobile(ask(&["buyers"])), ("customer", "orders"), Gt, 1.0),
        "1",
    )
    .await;
    both.holds(
        only_those(mobile(ask(&["buyers"])), ("customer", "orders"), Gt, 2.0),
        "0",
    )
    .await;
    // Visits know nothing of an order's device.
    both.holds(
        only_those(mobile(ask(&["orders"])), ("customer", "visits"), Gt, 8.0),
        "1",
    )
    .await;
    both.end().await;
}

#[tokio::test]
async fn several_entities_and_rows_at_once() {
    let mut both = tables().await;
    let mut query = ask(&["orders", "buyers"]).by("customer__country");
    query = only_those(query, ("customer", "orders"), Gte, 2.0);
    query = only_those(query, ("order", "revenue"), Gt, 40.0);
    query = only_rows(query, "orders", Gt, 2.0);
    // Ana's 1 and 3, Bo's 5; Cy's two are two.
    both.holds(query, "BR | 3 | 2").await;
    let mut listed = ask(&[]).by("customer__country");
    listed = only_those(listed, ("customer", "orders"), Gt, 3.0);
    both.holds(listed, "BR").await;
    both.end().await;
}

#[tokio::test]
async fn entities_of_running_totals_and_of_every_date() {
    let mut both = tables().await;
    let to_date = ask(&["to_date"])
        .per(Grain::Day)
        .during("2026-01-03", "2026-01-06");
    both.holds(
        only_those(to_date, ("order", "revenue"), Gt, 100.0),
        "2026-01-03 | 120\n2026-01-04 | 320\n2026-01-05 | 320\n2026-01-06 | 320",
    )
    .await;
    let dense = ask(&["running"])
        .per(Grain::Day)
        .during("2026-01-03", "2026-01-05");
    both.holds(
        only_those(dense, ("order", "revenue"), Gt, 100.0),
        "2026-01-03 | 120\n2026-01-04 | 200\n2026-01-05 | -",
    )
    .await;
    both.end().await;
}

#[tokio::test]
async fn groups_of_keys_by_their_bare_names() {
    let mut both = tables().await;
    both.holds(
        ask(&["revenue"]).by("customer"),
        "2 | 240\n1 | 210\n3 | 130",
    )
    .await;
    both.end().await;
}

#[tokio::test]
async fn what_does_not_hold_together_is_refused() {
    let mut both = tables().await;
    let by_country = || ask(&["orders"]).by("customer__country");
    both.refuses(
        only_rows(by_country(), "revenu", Gt, 1.0),
        "no metric called revenu; did you mean revenue?",
    )
    .await;
    both.refuses(
        only_those(by_country(), ("customer", "revenu"), Gt, 1.0),
        "did you mean revenue?",
    )
    .await;
    both.refuses(
        only_those(by_country(), ("client", "orders"), Gt, 1.0),
        "orders is not known for each client; it is for each customer, order",
    )
    .await;
    both.refuses(
        only_those(by_country(), ("customer__country", "orders"), Gt, 1.0),
        "it is for each customer, order",
    )
    .await;
    both.refuses(
        only_those(ask(&["orders"]), ("order", "visits"), Gt, 1.0),
        "visits is not known for each order; it is for each customer",
    )
    .await;
    both.refuses(
        only_rows(by_country(), "orders", Contains, 1.0),
        "its op is gt",
    )
    .await;
    both.refuses(
        only_rows(by_country(), "orders", Gt, f64::NAN),
        "finite number",
    )
    .await;
    let mut other = only_rows(by_country(), "orders", Gt, 1.0);
    (other.limit, other.other) = (Some(1), true);
    both.refuses(other, "leave one of them out").await;
    both.refuses(only_rows(ask(&[]), "orders", Gt, 1.0), "names no metric")
        .await;
    both.end().await;
}

#[tokio::test]
async fn the_catalogue_tells_what_may_be_asked() {
    let shop = shop().await;
    let catalog = shop.layer.catalog();
    let known = |name: &str| {
        let metric = catalog.metric(name).unwrap();
        (metric.entities.join(" "), metric.counts.clone())
    };
    assert_eq!(
        known("orders"),
        ("order customer".into(), Some("order".into()))
    );
    assert_eq!(known("buyers").1.as_deref(), Some("customer"));
    assert_eq!(
        known("customers"),
        ("customer".into(), Some("customer".into()))
    );
    assert_eq!(known("gross").1, None);
    assert_eq!(known("units").0, "order_item order product customer");
    // Of two facts what both have.
    assert_eq!(known("conversion"), ("customer".into(), None));
    let numeric = |name: &str| catalog.dimension(name).unwrap().numeric;
    assert!(!numeric("order__status"));
}

#[tokio::test]
async fn numbers_are_told_from_words() {
    let both = tables().await;
    let told = both.each(|layer| {
        let catalog = layer.catalog();
        ["order__seats", "order__device", "order__ordered_at"]
            .map(|name| catalog.dimension(name).unwrap().numeric)
    });
    assert!(told.iter().all(|told| *told == [true, false, false]));
    both.end().await;
}
