//! Every type of metric, the calendar and saved queries, written in each of the three forms that
//! dbt users have: the same rows come out.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::{GroupBy, MetricQuery, OrderBy, validate};

use super::shop::{Asking, Shop, ask, open, write, write_shop};

const LATEST: &str = r#"
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
      - {name: every_day, agg: sum, expr: amount, join_to_timespine: true, fill_nulls_with: 0}
      - {name: kept_back, agg: count, expr: 1, hidden: true}
  - name: visits
    semantic_model: true
    agg_time_dimension: day
    primary_entity: visit
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: customer_id, entity: {type: foreign, name: customer}}
    metrics:
      - {name: visits, agg: sum, expr: visits}
  - name: days
    time_spine:
      standard_granularity_column: day
      custom_granularities: [{name: season, column_name: season_start}]
    columns: [{name: day, granularity: day}]
metrics:
  - {name: running, type: cumulative, input_metric: gross}
  - {name: last_week, type: cumulative, input_metric: gross, window: 7 days, period_agg: last}
  - {name: so_far, type: cumulative, input_metric: {name: gross, filter: "{{ Dimension('order__status') }} = 'paid'"}, grain_to_date: month}
  - {name: filled_week, type: cumulative, input_metric: every_day, window: 1 week}
  - {name: bought, type: conversion, entity: customer, base_metric: visits, conversion_metric: orders, window: 30 days}
  - {name: purchases, type: conversion, entity: customer, base_metric: visits, conversion_metric: orders, calculation: conversions, constant_properties: [{base_property: customer, conversion_property: customer}]}
  - {name: month_before, type: derived, expr: before, input_metrics: [{name: gross, alias: before, offset_window: 1 month}]}
  - {name: month_start, type: derived, expr: gross - opening, input_metrics: [gross, {name: gross, alias: opening, offset_to_grain: month}]}
saved_queries:
  - name: by_status
    description: Paid and not.
    query_params:
      metrics: [gross, running]
      group_by: ["TimeDimension('metric_time', 'month')", "Dimension('order__status')"]
      where: "{{ Dimension('order__status') }} <> 'lost'"
      order_by: ["Metric('gross').descending(True)", metric_time__month]
      limit: 5
"#;

const LEGACY: &str = r#"
semantic_models:
  - name: orders
    model: ref('orders')
    defaults: {agg_time_dimension: ordered_on}
    entities:
      - {name: order, type: primary, expr: order_id}
      - {name: customer, type: foreign, expr: customer_id}
    dimensions:
      - {name: ordered_on, type: time, type_params: {time_granularity: day}}
      - {name: status, type: categorical}
    measures:
      - {name: amount, agg: sum}
      - {name: orders, agg: count, expr: 1, create_metric: true}
  - name: visits
    model: ref('visits')
    primary_entity: visit
    defaults: {agg_time_dimension: day}
    entities:
      - {name: customer, type: foreign, expr: customer_id}
    dimensions:
      - {name: day, type: time, type_params: {time_granularity: day}}
    measures:
      - {name: visits, agg: sum}
metrics:
  - {name: gross, type: simple, type_params: {measure: amount}}
  - {name: visits, type: simple, type_params: {measure: visits}}
  - {name: every_day, type: simple, type_params: {measure: {name: amount, join_to_timespine: true, fill_nulls_with: 0}}}
  - {name: running, type: cumulative, type_params: {measure: amount}}
  - {name: last_week, type: cumulative, type_params: {measure: amount, cumulative_type_params: {window: 7 days, period_agg: last}}}
  - {name: so_far, type: cumulative, type_params: {measure: {name: amount, filter: "{{ Dimension('order__status') }} = 'paid'"}, grain_to_date: month}}
  - {name: filled_week, type: cumulative, type_params: {measure: {name: amount, join_to_timespine: true, fill_nulls_with: 0}, window: 1 week}}
  - {name: bought, type: conversion, type_params: {conversion_type_params: {entity: customer, base_measure: visits, conversion_measure: {name: orders}, window: 30 days}}}
  - {name: purchases, type: conversion, type_params: {conversion_type_params: {entity: customer, base_measure: visits, conversion_measure: orders, calculation: conversions, constant_properties: [{base_property: customer, conversion_property: customer}]}}}
  - {name: month_before, type: derived, type_params: {expr: before, metrics: [{name: gross, alias: before, offset_window: 1 month}]}}
  - {name: month_start, type: derived, type_params: {expr: gross - opening, metrics: [gross, {name: gross, alias: opening, offset_to_grain: month}]}}
saved_queries:
  - name: by_status
    description: Paid and not.
    query_params:
      metrics: [gross, running]
      group_by: [metric_time__month, order__status]
      where: ["{{ Dimension('order__status') }} <> 'lost'"]
      order_by: [-gross, "TimeDimension('metric_time', 'month')"]
      limit: 5
models:
  - name: days
    time_spine:
      standard_granularity_column: day
      custom_granularities: [{name: season, column_name: season_start}]
    columns: [{name: day, granularity: day}]
"#;

const COMPILED: &str = r#"{
  "project_configuration": {
    "time_spine_table_configurations": [{"location": "shop.old_days", "column_name": "ds", "grain": "day"}],
    "time_spines": [{
      "node_relation": {"alias": "days", "schema_name": "shop"},
      "primary_column": {"name": "day", "time_granularity": "day"},
      "custom_granularities": [{"name": "season", "column_name": "season_start"}]
    }]
  },
  "semantic_models": [
    {"name": "orders", "node_relation": {"alias": "orders", "schema_name": "shop"},
     "defaults": {"agg_time_dimension": "ordered_on"},
     "entities": [{"name": "order", "type": "primary", "expr": "order_id"},
                  {"name": "customer", "type": "foreign", "expr": "customer_id"}],
     "dimensions": [{"name": "ordered_on", "type": "time", "type_params": {"time_granularity": "day"}},
                    {"name": "status", "type": "categorical"}],
     "measures": []},
    {"name": "visits", "node_relation": {"alias": "visits", "schema_name": "shop"},
     "primary_entity": "visit", "defaults": {"agg_time_dimension": "day"},
     "entities": [{"name": "customer", "type": "foreign", "expr": "customer_id"}],
     "dimensions": [{"name": "day", "type": "time", "type_params": {"time_granularity": "day"}}],
     "measures": []}
  ],
  "metrics": [
    {"name": "gross", "type": "simple", "type_params": {"expr": "amount", "metric_aggregation_params": {"semantic_model": "orders", "agg": "sum"}}},
    {"name": "paid_gross", "type": "simple", "filter": {"where_filters": [{"where_sql_template": "{{ Dimension('order__status') }} = 'paid'"}]},
     "type_params": {"expr": "amount", "is_private": true, "metric_aggregation_params": {"semantic_model": "orders", "agg": "sum"}}},
    {"name": "orders", "type": "simple", "type_params": {"expr": "1", "metric_aggregation_params": {"semantic_model": "orders", "agg": "count"}}},
    {"name": "visits", "type": "simple", "type_params": {"expr": "visits", "metric_aggregation_params": {"semantic_model": "visits", "agg": "sum"}}},
    {"name": "every_day", "type": "simple", "type_params": {"expr": "amount", "join_to_timespine": true, "fill_nulls_with": 0, "metric_aggregation_params": {"semantic_model": "orders", "agg": "sum"}}},
    {"name": "running", "type": "cumulative", "type_params": {"cumulative_type_params": {"metric": {"name": "gross"}, "period_agg": "first"}}},
    {"name": "last_week", "type": "cumulative", "type_params": {"cumulative_type_params": {"metric": {"name": "gross"}, "window": {"count": 7, "granularity": "day"}, "period_agg": "last"}}},
    {"name": "so_far", "type": "cumulative", "type_params": {"cumulative_type_params": {"metric": {"name": "paid_gross"}, "grain_to_date": "month", "window": null}}},
    {"name": "filled_week", "type": "cumulative", "type_params": {"window": {"count": 1, "granularity": "week"}, "cumulative_type_params": {"metric": {"name": "every_day"}, "window": {"count": 1, "granularity": "week"}}}},
    {"name": "bought", "type": "conversion", "type_params": {"conversion_type_params": {"entity": "customer", "base_metric": {"name": "visits"}, "conversion_metric": {"name": "orders"}, "base_measure": null, "window": {"count": 30, "granularity": "day"}, "calculation": "conversion_rate"}}},
    {"name": "purchases", "type": "conversion", "type_params": {"conversion_type_params": {"entity": "customer", "base_metric": {"name": "visits"}, "conversion_metric": {"name": "orders"}, "window": null, "calculation": "conversions", "constant_properties": [{"base_property": "customer", "conversion_property": "customer"}]}}},
    {"name": "month_before", "type": "derived", "type_params": {"expr": "before", "metrics": [{"name": "gross", "alias": "before", "offset_window": {"count": 1, "granularity": "month"}, "offset_to_grain": null}]}},
    {"name": "month_start", "type": "derived", "type_params": {"expr": "gross - opening", "metrics": [{"name": "gross"}, {"name": "gross", "alias": "opening", "offset_to_grain": "month"}]}}
  ],
  "saved_queries": [
    {"name": "by_status", "description": "Paid and not.", "exports": [], "query_params": {
      "metrics": ["gross", "running"],
      "group_by": ["TimeDimension('metric_time', 'month')", "Dimension('order__status')"],
      "where": {"where_filters": [{"where_sql_template": "{{ Dimension('order__status') }} <> 'lost'"}]},
      "order_by": ["Metric('gross').descending(True)", "TimeDimension('metric_time', 'month')"],
      "limit": 5}}
  ]
}"#;

const NAMES: [&str; 12] = [
    "gross",
    "orders",
    "visits",
    "every_day",
    "running",
    "last_week",
    "so_far",
    "filled_week",
    "bought",
    "purchases",
    "month_before",
    "month_start",
];

const FORMS: [(&str, &str); 3] = [
    ("models.yml", LATEST),
    ("models.yml", LEGACY),
    ("semantic_manifest.json", COMPILED),
];

/// The shop's tables and a calendar, with other definitions. A folder may be called like a file.
async fn shop_of((file, text): (&str, &str)) -> Shop {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    std::fs::remove_file(folder.path().join("metrics.yml")).unwrap();
    write(folder.path(), &format!("metrics.yml/{file}"), text);
    let mut days = String::from("day,season_start\n");
    let mut day = jiff::civil::date(2025, 12, 1);
    while day < jiff::civil::date(2026, 5, 1) {
        let season = if day < jiff::civil::date(2026, 3, 1) {
            "2025-12-01"
        } else {
            "2026-03-01"
        };
        days.push_str(&format!("{day},{season}\n"));
        day = day.tomorrow().unwrap();
    }
    write(folder.path(), "data/days.csv", &days);
    match open(folder.path(), &Settings::default()).await {
        Ok(layer) => Shop { layer, folder },
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn the_same_rows() {
    let mut shops = Vec::new();
    for form in FORMS {
        shops.push(shop_of(form).await);
    }
    for name in NAMES {
        let during = |query: MetricQuery| query.during("2026-01-01", "2026-03-31");
        for query in [
            during(ask(&[name]).per(Grain::Day)),
            during(ask(&[name]).per(Grain::Month)),
        ] {
            let rows = shops[0].rows(query.clone()).await;
            assert!(!rows.is_empty(), "{query:?}");
            for other in &shops[1..] {
                assert_eq!(rows, other.rows(query.clone()).await, "{query:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_same_saved_query() {
    for form in FORMS {
        let shop = shop_of(form).await;
        let saved = shop.layer.saved_query("by_status").unwrap();
        let expected = MetricQuery {
            metrics: vec!["gross".into(), "running".into()],
            group_by: vec![
                GroupBy::from("metric_time__month".to_owned()),
                GroupBy::named("order__status"),
            ],
            conditions: vec!["{{ Dimension('order__status') }} <> 'lost'".into()],
            order_by: vec![
                OrderBy {
                    by: "gross".into(),
                    descending: true,
                },
                OrderBy {
                    by: "metric_time__month".into(),
                    descending: false,
                },
            ],
            limit: Some(5),
            ..MetricQuery::default()
        };
        assert_eq!(saved, expected);
        assert!(!shop.rows(saved).await.is_empty());
    }
}

#[test]
fn what_is_hidden_is_not_counted() {
    let folder = tempfile::tempdir().unwrap();
    for form in FORMS {
        write(folder.path(), form.0, form.1);
        let file = [folder.path().join(form.0)];
        assert_eq!(validate(&file), Ok(NAMES.len()), "{}", form.1);
    }
}
