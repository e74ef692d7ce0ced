//! One mistake of every kind that definitions can hold, in all forms: all are told at once, each
//! where it stands and with what would be right. Read the snapshot as its reader would.

use almanac_metrics::validate;

use super::shop::write;

const LATEST: &str = r#"
models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_on
    columns:
      - {name: order_id, entity: {type: primary, name: order}}
      - {name: customer_id, entity: {type: forein, name: customer}}
      - {name: user_id, entity: {type: foreign, name: user}}
      - {name: ordered_on, granularity: day, dimension: {type: time}}
      - {name: paid_on, granularity: dayly, dimension: {type: time}}
      - {name: status, dimension: {type: category}}
      - {name: channel, dimension: categorical}
      - {name: state, dimension: {type: categorical, validity_params: {is_start: true}}}
      - {dimension: {type: categorical}}
    derived_semantics:
      dimensions:
        - {name: is_big, type: categorical}
    metrics:
      - {name: orders, agg: count}
      - {name: revenue, agg: sum, expr: amount}
      - {name: revenue, agg: max, expr: amount}
      - {name: nothing}
      - {name: unread, agg: sum, expr: amount, filters: "{{ Dimension('order__status') }} = 'x'", owner: me}
      - {name: odd_agg, agg: mean, expr: amount}
      - {name: odd_type, type: cumulativ, input_metric: orders}
      - {name: p_none, agg: percentile, expr: amount}
      - {name: p_much, agg: percentile, expr: amount, percentile: 150}
      - {name: p_less, agg: percentile, expr: amount, percentile: -0.5}
      - {name: p_kind, agg: percentile, expr: amount, percentile: 50, percentile_type: exact}
      - {name: p_stray, agg: sum, expr: amount, percentile: 50}
      - {name: last_odd, agg: sum, expr: amount, non_additive_dimension: {name: ordered_on, window_agg: latest}}
      - {name: last_timeless, agg: sum, expr: amount, non_additive_dimension: {name: channel}}
      - {name: shifted, agg: sum, expr: amount, offset_window: 1 month}
      - {name: filled, agg: sum, expr: amount, fill_nulls_with: none}
      - {name: two__words, agg: count}
      - {name: metric_time, agg: count}
      - {name: by_decade, agg: count, time_granularity: decade}
      - {name: money, agg: sum, expr: amount, config: {meta: {almanac: {currency: EUR}}}}
  - name: orders
    semantic_model: true
    columns:
      - {name: order_id, entity: {type: primary, name: order}}
      - {name: again, dimension: {type: categorical}}
      - {name: once, dimension: {type: categorical, name: again}}
  - name: rates
    semantic_model: true
    primary_entity: rate
    config: {meta: {almanac: {exchange_rates: {day: day, from: currency, rate: rate}}}}
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
  - name: clicks
    semantic_model: true
    agg_time_dimension: day
    primary_entity: click
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
    metrics:
      - {name: clicks, agg: count}
  - name: prices
    semantic_model: true
    primary_entity: price
    columns:
      - {name: product_id, entity: {type: natural, name: product}}
      - {name: since, granularity: day, dimension: {type: time, validity_params: {is_start: true}}}
      - {name: before, granularity: day, dimension: {type: time, validity_params: {is_start: true}}}
      - {name: both, granularity: day, dimension: {type: time, validity_params: {is_start: true, is_end: true}}}
  - name: stays
    semantic_model: true
    primary_entity: stay
    columns:
      - {name: since, granularity: day, dimension: {type: time, validity_params: {is_start: true}}}
metrics:
  - {name: alone, agg: sum, expr: amount}
  - {name: aov, type: ratio, numerator: revenues}
  - {name: empty, type: derived}
  - {name: both_offsets, type: derived, expr: a, input_metrics: [{name: orders, alias: a, offset_window: 1 month, offset_to_grain: month}]}
  - {name: bad_window, type: derived, expr: a, input_metrics: [{name: orders, alias: a, offset_window: 30d}]}
  - {name: bad_count, type: derived, expr: a, input_metrics: [{name: orders, alias: a, offset_window: 0 days}]}
  - {name: bad_grain, type: derived, expr: a, input_metrics: [{name: orders, alias: a, offset_to_grain: fortnight}]}
  - {name: running_nothing, type: cumulative}
  - {name: running_both, type: cumulative, input_metric: orders, window: 7 days, grain_to_date: month}
  - {name: running_ratio, type: cumulative, input_metric: share}
  - {name: running_shifted, type: cumulative, input_metric: {name: orders, offset_window: 1 day}}
  - {name: running_total, type: cumulative, input_metric: orders, period_agg: sum}
  - {name: share, type: ratio, numerator: orders, denominator: clicks}
  - {name: converted, type: conversion, base_metric: clicks, conversion_metric: orders, entity: user, calculation: share}
  - {name: converted_by, type: conversion, base_metric: clicks, conversion_metric: orders, window: 7 days}
  - name: converted_same
    type: conversion
    base_metric: orders
    conversion_metric: revenue
    entity: order
    constant_properties:
      - {base_property: chanel, conversion_property: channel}
      - {plan: pro}
  - {name: converted_share, type: conversion, base_metric: share, conversion_metric: orders, entity: user}
  - {name: a_circle, type: derived, expr: b_circle, input_metrics: [b_circle]}
  - {name: b_circle, type: cumulative, input_metric: a_circle}
saved_queries:
  - {name: first, query_params: {metrics: [order], group_by: ["Dimension(status)"]}}
  - {name: first, query_params: {metrics: [orders], order_by: ["-revenue"], limit: 2.5}}
  - {name: second}
  - {name: third, query_params: {where: "1 = 1"}}
"#;

const LEGACY: &str = r#"
semantic_models:
  - name: visits
    model: source('web', 'visits')
    defaults: {agg_time_dimension: day}
    primary_entity: visit
    dimensions:
      - {name: day, type: time, type_params: {time_granularity: Day}}
    measures:
      - {name: visits, agg: sum}
      - {name: visits, agg: max}
      - {name: visitors, agg: count_unique, expr: user_id}
      - {name: orders, agg: sum, create_metric: true}
metrics:
  - {name: visits, type: simple, type_params: {measure: visit}}
  - {name: clicks, type: simple, type_params: {measure: visits}}
  - {name: measureless, type: simple, type_params: {expr: visits}}
  - {name: visits_so_far, type: cumulative, type_params: {measure: visist}}
  - {name: visits_converted, type: conversion, type_params: {entity: user}}
  - {name: visits_misread, type: simple, type_params: {measure: {name: visits, filtr: "1 = 1"}, fill_nulls: 0}}
  - {name: visits_per, type: ratio, type_params: {numerator: visits_so_far}}
"#;

const SPINES: &str = r#"
models:
  - name: days
    time_spine: {standard_granularity_column: day, custom_granularities: [{name: week}, {name: season}]}
    columns: [{name: day, granularity: day}]
  - name: more_days
    time_spine: {standard_granularity_column: day, custom_granularities: [{name: season, column_name: part}]}
    columns: [{name: day, granularity: day}]
  - name: hours
    time_spine: {standard_granularity_column: hour}
    columns: [{name: hour}]
  - name: minutes
    time_spine: {custom_granularities: []}
"#;

const COMPILED: &str = r#"{
  "semantic_models": [],
  "project_configuration": {"time_spines": [
    {"node_relation": {"alias": "weeks"}}
  ]},
  "metrics": [
    {"name": "modelless", "type": "simple",
     "type_params": {"expr": "1", "metric_aggregation_params": {"semantic_model": "order", "agg": "sum"}}}
  ]
}"#;

#[test]
fn each_is_told_with_what_would_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (name, text) in [
        ("compiled.json", COMPILED),
        ("latest.yml", LATEST),
        ("legacy.yml", LEGACY),
        ("spines.yml", SPINES),
    ] {
        write(folder.path(), name, text);
        files.push(folder.path().join(name));
    }
    let problems = validate(&files).unwrap_err();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn damage_is_told_and_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("compiled.json", COMPILED),
        ("latest.yml", LATEST),
        ("legacy.yml", LEGACY),
        ("spines.yml", SPINES),
    ] {
        let marks = ["", "'", "\"", "{", "]", ":", "- ", "\n", "\u{1}", "~"];
        for (number, at) in (0..text.len()).step_by(41).enumerate() {
            let mark = marks[number % marks.len()];
            for damaged in [
                text[..at].to_owned(),
                format!("{}{mark}{}", &text[..at], &text[at + 1..]),
            ] {
                write(folder.path(), name, &damaged);
                assert!(validate(&[folder.path().join(name)]).is_err(), "{damaged}");
            }
        }
    }
}

#[test]
fn two_thousand_metrics_are_checked_within_a_second() {
    let mut text = String::from(
        "models:
  - name: orders
    semantic_model: true
    agg_time_dimension: day
    primary_entity: order
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: status, dimension: {type: categorical}}
    metrics:
",
    );
    for number in 0..1_000 {
        text.push_str(&format!(
            "      - {{name: m{number}, agg: sum, expr: amount + {number}, filter: \"{{{{ Dimension('order__status') }}}} = 'x'\"}}\n"
        ));
    }
    text.push_str("metrics:\n");
    for number in 0..1_000 {
        text.push_str(&format!(
            "  - {{name: r{number}, type: ratio, numerator: m{number}, denominator: m{}}}\n",
            (number + 1) % 1_000
        ));
    }
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", &text);
    // Other tests run beside it: the best of three is what it takes.
    let taken = (0..3).map(|_| {
        let start = std::time::Instant::now();
        assert_eq!(validate(&[folder.path().to_owned()]), Ok(2_000));
        start.elapsed()
    });
    let least = taken.min().unwrap();
    assert!(least.as_secs_f64() < 1.0, "{least:?}");
}
