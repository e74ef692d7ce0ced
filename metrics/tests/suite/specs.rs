//! The same tables and metrics written in each of the three forms that dbt users have mean the same:
//! the same catalogue, the same statements, the same rows.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::{MetricQuery, validate};

use super::shop::{Asking, Shop, ask, open, write, write_shop};

const LATEST: &str = r#"
models:
  - name: orders
    semantic_model: {enabled: true, name: shop_orders}
    agg_time_dimension: ordered_on
    columns:
      - {name: order_id, entity: {type: primary, name: order}}
      - {name: customer_id, entity: {type: foreign, name: customer}}
      - name: ordered_on
        granularity: day
        dimension: {type: time, name: ordered_on}
      - name: status
        description: What became of it.
        dimension: {type: categorical, label: State}
    derived_semantics:
      dimensions:
        - {name: is_big, type: categorical, expr: amount >= 100}
    metrics:
      - {name: gross, label: Gross, description: All of it., agg: sum, expr: amount}
      - name: revenue
        agg: sum
        expr: amount
        filter: "{{ Dimension('order__status') }} = 'paid'"
        fill_nulls_with: 0
        config: {meta: {almanac: {synonyms: [sales], format: currency}}}
      - {name: orders, agg: count, expr: 1}
      - {name: p90, agg: percentile, expr: amount, percentile: 90, percentile_type: discrete}
      - {name: biggest_last, agg: max, expr: amount, non_additive_dimension: {name: ordered_on, window_agg: max, group_by: [customer]}}
  - name: customers
    semantic_model: true
    agg_time_dimension: signed_up_on
    columns:
      - {name: customer_id, entity: {type: primary, name: customer}}
      - {name: country, dimension: {type: categorical}}
      - {name: signed_up_on, granularity: day, dimension: {type: time}}
metrics:
  - {name: refund_share, type: ratio, numerator: {name: gross, filter: "{{ Dimension('order__status') }} = 'refunded'"}, denominator: gross}
  - name: net
    type: derived
    expr: all_of_it - refunds
    input_metrics:
      - {name: gross, alias: all_of_it}
      - {name: gross, alias: refunds, filter: "{{ Dimension('order__status') }} = 'refunded'"}
"#;

const LEGACY: &str = r#"
semantic_models:
  - name: shop_orders
    model: ref('orders')
    defaults: {agg_time_dimension: ordered_on}
    entities:
      - {name: order, type: primary, expr: order_id}
      - {name: customer, type: foreign, expr: customer_id}
    dimensions:
      - {name: ordered_on, type: time, type_params: {time_granularity: day}}
      - {name: status, type: categorical, label: State, description: What became of it.}
      - {name: is_big, type: categorical, expr: amount >= 100}
    measures:
      - {name: amount, agg: sum}
      - {name: orders, agg: count, expr: 1, create_metric: true}
      - {name: p90, agg: percentile, expr: amount, agg_params: {percentile: 0.9, use_discrete_percentile: true}}
      - {name: biggest, agg: max, expr: amount, non_additive_dimension: {name: ordered_on, window_choice: max, window_groupings: [customer]}}
  - name: customers
    model: ref('customers')
    defaults: {agg_time_dimension: signed_up_on}
    entities:
      - {name: customer, type: primary, expr: customer_id}
    dimensions:
      - {name: country, type: categorical}
      - {name: signed_up_on, type: time, type_params: {time_granularity: day}}
metrics:
  - {name: gross, label: Gross, description: All of it., type: simple, type_params: {measure: amount}}
  - name: revenue
    type: simple
    type_params:
      measure:
        name: amount
        filter: "{{ Dimension('order__status') }} = 'paid'"
        fill_nulls_with: 0
    config: {meta: {almanac: {synonyms: [sales], format: currency}}}
  - {name: p90, type: simple, type_params: {measure: {name: p90}}}
  - {name: biggest_last, type: simple, type_params: {measure: biggest}}
  - name: refund_share
    type: ratio
    type_params:
      numerator: {name: gross, filter: ["{{ Dimension('order__status') }} = 'refunded'"]}
      denominator: gross
  - name: net
    type: derived
    type_params:
      expr: all_of_it - refunds
      metrics:
        - {name: gross, alias: all_of_it}
        - {name: gross, alias: refunds, filter: "{{ Dimension('order__status') }} = 'refunded'"}
"#;

/// As dbt writes it: with nulls, without measures on the one metric, with the measure's filter
/// again among the metric's on the other, and with keys that a later version may add.
const COMPILED: &str = r#"{
  "project_configuration": {"dsi_package_version": {"major_version": "0"}, "time_spines": []},
  "semantic_models": [
    {
      "name": "shop_orders", "description": null, "label": null, "config": null,
      "node_relation": {"alias": "orders", "schema_name": "shop", "database": null},
      "defaults": {"agg_time_dimension": "ordered_on"},
      "primary_entity": null,
      "entities": [
        {"name": "order", "type": "primary", "expr": "order_id", "role": null},
        {"name": "customer", "type": "foreign", "expr": "customer_id", "role": null}
      ],
      "dimensions": [
        {"name": "ordered_on", "type": "time", "expr": null, "is_partition": false,
         "type_params": {"time_granularity": "day", "validity_params": null}},
        {"name": "status", "type": "categorical", "label": "State",
         "description": "What became of it.", "type_params": null},
        {"name": "is_big", "type": "categorical", "expr": "amount >= 100"}
      ],
      "measures": [
        {"name": "amount", "agg": "sum", "expr": "amount", "agg_params": null},
        {"name": "orders", "agg": "count", "expr": "1", "create_metric": true},
        {"name": "biggest", "agg": "max", "expr": "amount", "agg_params": null,
         "non_additive_dimension": {"name": "ordered_on", "window_choice": "max", "window_groupings": ["customer"]}}
      ]
    },
    {
      "name": "customers",
      "node_relation": {"alias": "customers", "schema_name": "shop"},
      "defaults": {"agg_time_dimension": "signed_up_on"},
      "entities": [{"name": "customer", "type": "primary", "expr": "customer_id"}],
      "dimensions": [
        {"name": "country", "type": "categorical"},
        {"name": "signed_up_on", "type": "time", "type_params": {"time_granularity": "day"}}
      ],
      "measures": []
    }
  ],
  "metrics": [
    {"name": "gross", "label": "Gross", "description": "All of it.", "type": "simple", "filter": null,
     "type_params": {"measure": {"name": "amount", "filter": null, "join_to_timespine": false, "fill_nulls_with": null}},
     "new_in_some_version": {"a": [1, 2.5, true]}},
    {"name": "revenue", "type": "simple",
     "filter": {"where_filters": [{"where_sql_template": "{{ Dimension('order__status') }} = 'paid'"}]},
     "type_params": {
       "measure": {"name": "amount", "fill_nulls_with": 0,
         "filter": {"where_filters": [{"where_sql_template": "{{ Dimension('order__status') }} = 'paid'"}]}}},
     "config": {"meta": {"almanac": {"synonyms": ["sales"], "format": "currency"}}}},
    {"name": "orders", "type": "simple", "type_params": {"measure": {"name": "orders"}}},
    {"name": "p90", "type": "simple", "type_params": {
      "measure": null, "expr": "amount", "is_private": false,
      "metric_aggregation_params": {"semantic_model": "shop_orders", "agg": "percentile",
        "agg_params": {"percentile": 0.9, "use_discrete_percentile": true, "use_approximate_percentile": true}}}},
    {"name": "biggest_last", "type": "simple", "type_params": {"measure": {"name": "biggest"}}},
    {"name": "refund_share", "type": "ratio", "type_params": {
      "numerator": {"name": "gross", "alias": null, "offset_window": null,
        "filter": {"where_filters": [{"where_sql_template": "{{ Dimension('order__status') }} = 'refunded'"}]}},
      "denominator": {"name": "gross", "filter": null}}},
    {"name": "net", "type": "derived", "type_params": {
      "expr": "all_of_it - refunds",
      "metrics": [
        {"name": "gross", "alias": "all_of_it", "offset_to_grain": null},
        {"name": "gross", "alias": "refunds",
         "filter": {"where_filters": [{"where_sql_template": "{{ Dimension('order__status') }} = 'refunded'"}]}}]}}
  ],
  "saved_queries": []
}
"#;

const NAMES: [&str; 7] = [
    "gross",
    "revenue",
    "orders",
    "p90",
    "biggest_last",
    "refund_share",
    "net",
];

/// The shop's tables with other definitions. A folder may be called like a file.
async fn shop_of(file: &str, text: &str) -> Shop {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    std::fs::remove_file(folder.path().join("metrics.yml")).unwrap();
    write(folder.path(), &format!("metrics.yml/{file}"), text);
    let layer = match open(folder.path(), &Settings::default()).await {
        Ok(layer) => layer,
        Err(error) => panic!("{error}"),
    };
    Shop { layer, folder }
}

async fn all_three() -> [Shop; 3] {
    [
        shop_of("models.yml", LATEST).await,
        shop_of("models.yml", LEGACY).await,
        shop_of("target/semantic_manifest.json", COMPILED).await,
    ]
}

#[tokio::test]
async fn the_same_catalogue() {
    let [latest, legacy, compiled] = all_three().await;
    let catalogue = |shop: &Shop| {
        let mut catalogue = (*shop.layer.catalog()).clone();
        catalogue.metrics.sort_by(|a, b| a.name.cmp(&b.name));
        catalogue
    };
    let first = catalogue(&latest);
    assert_eq!(first.metrics.len(), NAMES.len());
    assert_eq!(first, catalogue(&legacy));
    assert_eq!(first, catalogue(&compiled));
}

#[tokio::test]
async fn the_same_statements_and_rows() {
    let [latest, legacy, compiled] = all_three().await;
    let queries: Vec<MetricQuery> = NAMES
        .iter()
        .flat_map(|name| {
            [
                ask(&[name]),
                ask(&[name]).by("customer__country").by("order__is_big"),
                ask(&[name]).per(Grain::Month).by("order__status"),
            ]
        })
        .collect();
    for query in queries {
        let sql = |shop: &Shop| shop.layer.compile(&query).unwrap().sql;
        let rows = latest.rows(query.clone()).await;
        assert!(!rows.is_empty(), "{query:?}");
        for other in [&legacy, &compiled] {
            assert_eq!(sql(&latest), sql(other));
            assert_eq!(rows, other.rows(query.clone()).await);
        }
    }
}

#[tokio::test]
async fn specs_go_together_across_files() {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    std::fs::remove_file(folder.path().join("metrics.yml")).unwrap();
    let (models, metrics) = LEGACY.split_once("\nmetrics:").unwrap();
    write(folder.path(), "metrics.yml/z_models.yml", models);
    write(
        folder.path(),
        "metrics.yml/a_metrics.yml",
        &format!("metrics:{metrics}"),
    );
    let visits = "models:
  - name: visits
    semantic_model: true
    agg_time_dimension: day
    primary_entity: visit
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
    metrics:
      - {name: visits, agg: sum, expr: visits}
metrics:
  - {name: orders_per_visit, type: ratio, numerator: orders, denominator: visits}
";
    write(folder.path(), "metrics.yml/visits.yml", visits);
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    let shop = Shop { layer, folder };
    assert_eq!(
        shop.rows(ask(&["gross", "orders_per_visit"])).await,
        "475 | 0.3333"
    );
}

#[test]
fn a_projects_folder_is_not_read_twice() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "dbt_project.yml",
        "name: shop\nmodels:\n  shop: {+materialized: table}\n",
    );
    write(folder.path(), "target/semantic_manifest.json", COMPILED);
    let all = [folder.path().to_owned()];
    assert_eq!(validate(&all), Ok(NAMES.len()));
    // What is written is newer than what was compiled from it.
    write(folder.path(), "models/orders.yml", LEGACY);
    assert_eq!(validate(&all), Ok(NAMES.len()));
    // A file that is named is read.
    let both = [
        folder.path().join("models"),
        folder.path().join("target/semantic_manifest.json"),
    ];
    let problems = validate(&both).unwrap_err();
    assert!(
        problems.iter().any(|problem| problem
            .text
            .starts_with("is defined twice, first in orders.yml:")),
        "{problems:?}"
    );
}

#[test]
fn damaged_json_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let told = |text: &str| {
        write(folder.path(), "semantic_manifest.json", text);
        let problems = validate(&[folder.path().join("semantic_manifest.json")]).unwrap_err();
        problems[0].to_string()
    };
    assert_eq!(
        told("{\n  \"metrics\": [\n    {\"name\" \"x\"}\n  ]\n}"),
        "semantic_manifest.json:3: is not readable as JSON: expected `:` at line 3 column 13"
    );
    assert!(told("{\"metrics\": []} x").contains("trailing characters"));
    assert!(told(&"[".repeat(100_000)).contains("recursion limit exceeded"));
    assert_eq!(
        told(
            "{\n\"metrics\": [\n\n{\"name\": \"x\",\n\"type\": \"simple\",\n\"type_params\": {\"measure\": \"y\"}}]}"
        ),
        "semantic_manifest.json:6: metric x: no measure is called y"
    );
    assert!(
        told("{\"nodes\": {}, \"child_map\": {}, \"metrics\": {}}")
            .contains("give target/semantic_manifest.json")
    );
    assert_eq!(
        told("[1]"),
        "semantic_manifest.json:1: should be a map with models and metrics, not a list"
    );
}
