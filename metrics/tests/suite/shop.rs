//! A small shop to ask about: few enough rows to count on fingers.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use almanac_agent_contract::{Grain, Settings, TimeZoneName, Value};
use almanac_metrics::{
    Answer, Filter, GroupBy, Layer, LayerError, LayerOptions, Limits, MetricQuery, Operator,
    QueryError, Source, TimeRange,
};
use jiff::civil::Date;
use tempfile::TempDir;

/// Seven orders of three customers and one that nobody made.
pub(crate) const ORDERS: &str = "\
order_id,customer_id,ordered_on,status,amount
1,10,2026-01-05,paid,100.0
2,10,2026-01-06,paid,50.0
3,20,2026-01-06,refunded,70.0
4,30,2026-02-01,paid,30.0
5,20,2026-02-15,paid,200.0
6,,2026-02-15,paid,5.0
7,10,2026-03-01,paid,20.0
";

/// Items: order 1 has three, so joining them to orders would count its amount three times.
pub(crate) const ITEMS: &str = "\
item_id,order_id,product_id,quantity
1,1,100,1
2,1,101,2
3,1,102,1
4,2,100,1
5,3,101,1
6,5,100,4
7,7,102,1
";

/// One customer without a country.
pub(crate) const CUSTOMERS: &str = "\
customer_id,country,signed_up_on
10,BR,2025-06-01
20,US,2025-07-01
30,,2025-08-01
";

/// Products.
pub(crate) const PRODUCTS: &str = "\
product_id,category
100,chairs
101,lamps
102,chairs
";

/// Visits by day and country, for a second fact beside orders.
pub(crate) const VISITS: &str = "\
day,customer_id,visits
2026-01-05,10,4
2026-01-06,20,10
2026-01-07,20,6
2026-02-01,30,0
2026-02-15,,1
";

/// What the shop's tables mean.
pub(crate) const DEFINITIONS: &str = r#"
models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_on
    columns:
      - name: order_id
        entity: {type: primary, name: order}
      - name: customer_id
        entity: {type: foreign, name: customer}
      - name: ordered_on
        granularity: day
        dimension: {type: time}
      - name: status
        dimension: {type: categorical}
    metrics:
      - {name: revenue, agg: sum, expr: amount, filter: "{{ Dimension('order__status') }} = 'paid'"}
      - {name: gross, agg: sum, expr: amount}
      - {name: orders, agg: count, expr: 1}
      - {name: paid_orders, agg: count, expr: "1", filter: "status = 'paid'"}
      - {name: refunded_orders, agg: count, expr: "1", filter: "status = 'refunded'"}
      - {name: buyers, agg: count_distinct, expr: customer_id}
      - {name: biggest, agg: max, expr: amount}
      - {name: smallest, agg: min, expr: amount}
      - {name: typical, agg: median, expr: amount}
      - {name: average_order, agg: average, expr: amount}
      - {name: p90, agg: percentile, percentile: 90, expr: amount}
      - {name: paid_flags, agg: sum_boolean, expr: status = 'paid'}
      - {name: brazilian, agg: sum, expr: amount, filter: "{{ Dimension('customer__country') }} = 'BR'"}
      - {name: aov, type: ratio, numerator: revenue, denominator: paid_orders}
      - {name: refund_share, type: ratio, numerator: {name: gross, filter: "status = 'refunded'"}, denominator: gross}
  - name: order_items
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_on
    columns:
      - name: item_id
        entity: {type: primary, name: order_item}
      - name: order_id
        entity: {type: foreign, name: order}
      - name: product_id
        entity: {type: foreign, name: product}
    derived_semantics:
      dimensions:
        - name: ordered_on
          type: time
          granularity: day
          expr: CAST('2026-01-01' AS DATE)
    metrics:
      - {name: units, agg: sum, expr: quantity}
  - name: customers
    semantic_model: {enabled: true}
    agg_time_dimension: signed_up_on
    columns:
      - name: customer_id
        entity: {type: primary, name: customer}
      - name: country
        dimension: {type: categorical}
        config:
          meta:
            almanac:
              synonyms: [nation]
              values: {BR: [Brazil, Brasil]}
      - name: signed_up_on
        granularity: day
        dimension: {type: time}
    metrics:
      - {name: customers, agg: count}
  - name: products
    semantic_model: {enabled: true}
    primary_entity: product
    columns:
      - name: product_id
        entity: {type: primary, name: product}
      - name: category
        dimension: {type: categorical}
  - name: visits
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: visit
    columns:
      - name: day
        granularity: day
        dimension: {type: time}
      - name: customer_id
        entity: {type: foreign, name: customer}
    metrics:
      - {name: visits, agg: sum, expr: visits}
metrics:
  - {name: conversion, type: ratio, numerator: orders, denominator: visits}
  - name: net
    type: derived
    expr: all_of_it - refunds * 2
    input_metrics:
      - {name: gross, alias: all_of_it}
      - {name: gross, alias: refunds, filter: "{{ Dimension('order__status') }} = 'refunded'"}
  - name: spare
    type: derived
    expr: (net - revenue) / (orders - orders_again)
    input_metrics: [net, revenue, orders, {name: orders, alias: orders_again}]
"#;

/// A layer and the folder it lives in.
pub(crate) struct Shop {
    pub(crate) layer: Layer,
    pub(crate) folder: TempDir,
}

/// The shop, in UTC with weeks from Monday.
pub(crate) async fn shop() -> Shop {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    Shop { layer, folder }
}

/// Writes the shop's tables and definitions.
pub(crate) fn write_shop(folder: &Path) {
    for (table, rows) in [
        ("orders", ORDERS),
        ("order_items", ITEMS),
        ("customers", CUSTOMERS),
        ("products", PRODUCTS),
        ("visits", VISITS),
    ] {
        write(folder, &format!("data/{table}.csv"), rows);
    }
    write(folder, "metrics.yml", DEFINITIONS);
}

/// Writes a file, and the folders it needs.
pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Opens what was written, without a cache.
pub(crate) async fn open(folder: &Path, settings: &Settings) -> Result<Layer, LayerError> {
    Layer::open(LayerOptions {
        definitions: vec![folder.join("metrics.yml")],
        source: Source::Files {
            path: folder.join("data"),
        },
        settings: Arc::new(settings.clone()),
        cache: None,
        limits: Limits::default(),
    })
    .await
}

/// Settings in a zone.
pub(crate) fn zone(name: &str) -> Settings {
    Settings {
        zone: TimeZoneName::new(name).unwrap(),
        ..Settings::default()
    }
}

/// A query of metrics.
pub(crate) fn ask(metrics: &[&str]) -> MetricQuery {
    MetricQuery {
        metrics: metrics.iter().map(ToString::to_string).collect(),
        ..MetricQuery::default()
    }
}

/// What tests do to queries.
pub(crate) trait Asking {
    fn by(self, dimension: &str) -> Self;
    fn per(self, grain: Grain) -> Self;
    fn during(self, start: &str, end: &str) -> Self;
    fn only(self, dimension: &str, op: Operator, values: &[Value]) -> Self;
}

impl Asking for MetricQuery {
    fn by(mut self, dimension: &str) -> Self {
        self.group_by.push(GroupBy::from(dimension.to_owned()));
        self
    }

    fn per(mut self, grain: Grain) -> Self {
        self.grain = Some(grain);
        self
    }

    fn during(mut self, start: &str, end: &str) -> Self {
        self.time_range = Some(TimeRange {
            start: day(start),
            end: day(end),
        });
        self
    }

    fn only(mut self, dimension: &str, op: Operator, values: &[Value]) -> Self {
        let values = values.to_vec();
        self.filters.push(Filter {
            dimension: dimension.to_owned(),
            op,
            values,
        });
        self
    }
}

/// A date.
pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A text value.
pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// The rows as text, one a line, cells parted by a bar.
pub(crate) fn rows(answer: &Answer) -> String {
    let cell = |value: &Value| match value {
        Value::Null => "-".to_owned(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{:.4}", number)
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        Value::Date(date) => date.to_string(),
        Value::DateTime(at) => at.to_string(),
        Value::Text(text) => text.clone(),
    };
    let line = |row: &Vec<Value>| row.iter().map(cell).collect::<Vec<_>>().join(" | ");
    answer
        .table
        .rows
        .iter()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

impl Shop {
    /// Runs a query that must succeed.
    pub(crate) async fn rows(&self, query: MetricQuery) -> String {
        match self.layer.run(&query).await {
            Ok(answer) => rows(&answer),
            Err(error) => panic!("{error}\n{:?}", self.layer.compile(&query).map(|c| c.sql)),
        }
    }

    /// Runs a query that must fail.
    pub(crate) async fn error(&self, query: MetricQuery) -> QueryError {
        self.layer.run(&query).await.unwrap_err()
    }
}
