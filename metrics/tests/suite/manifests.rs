//! Definitions that do not hold: every problem is told at once, with file, line and metric.

use almanac_agent_contract::Settings;
use almanac_metrics::{LayerError, validate};

use super::shop::{DEFINITIONS, open, write, write_shop};

fn problems(definitions: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", definitions);
    let problems = validate(&[folder.path().join("metrics.yml")]).unwrap_err();
    problems
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Problems that only the tables tell of.
async fn with_data(definitions: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    write(folder.path(), "metrics.yml", definitions);
    match open(folder.path(), &Settings::default()).await {
        Err(error @ LayerError::Definitions(_)) => error.to_string(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("opened"),
    }
}

const ORDERS: &str = "models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_on
    columns:
      - {name: order_id, entity: {type: primary, name: order}}
      - {name: ordered_on, granularity: day, dimension: {type: time}}
    metrics:
      - {name: orders, agg: count}
";

#[test]
fn the_shop_has_no_problem() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a/metrics.yml", DEFINITIONS);
    assert_eq!(validate(&[folder.path().to_owned()]), Ok(21));
}

#[test]
fn no_yaml() {
    let told = problems("models:\n  - name: [orders\n");
    assert!(
        told.starts_with("metrics.yml:") && told.contains("is not readable as YAML"),
        "{told}"
    );
    assert_eq!(
        problems(""),
        "metrics.yml: defines no metric; write at least one under a model's metrics"
    );
    assert_eq!(
        problems("- a\n- b\n"),
        "metrics.yml:1: should be a map with models and metrics, not a list"
    );
    let missing = validate(&["nowhere/metrics.yml".into()]).unwrap_err();
    assert!(
        missing[0]
            .to_string()
            .starts_with("metrics.yml: cannot be read: "),
        "{missing:?}"
    );
}

#[test]
fn all_at_once() {
    let more = format!(
        "{ORDERS}      - {{name: orders, agg: count}}
      - {{name: odd, agg: total, expr: amount}}
      - {{name: late, agg: count, non_additive_dimension: {{name: day, window_agg: max}}}}
      - name: worded
        agg: sum
        expr: amount
        config:
          meta:
            almanac:
              colour: red
              good: sideways
              format: roubles
      - {{name: 9lives, agg: count}}
metrics:
  - {{name: aov, type: ratio, numerator: revenu, denominator: order}}
  - {{name: alone, agg: sum, expr: amount}}
  - {{name: running, type: cumulative, input_metric: aov}}
  - name: growth
    type: derived
    expr: orders - before
    input_metrics: [orders, {{name: orders, alias: before, offset_window: 1 fortnight}}]
  - name: odder
    type: derived
    expr: orders + visits
    input_metrics: [orders]
"
    );
    assert_eq!(
        problems(&more),
        "\
metrics.yml:10: metric orders: is defined twice, first in metrics.yml:9
metrics.yml:11: metric odd: \"total\" is no aggregation: sum, min, max, average, median, count, count_distinct, percentile or sum_boolean
metrics.yml:12: metric late: model orders has no time dimension day
metrics.yml:19: metric worded: meta.almanac knows no \"colour\" here, only currency_column, description, format, good, late_days, owner, parent, synonyms, verified_questions
metrics.yml:20: metric worded: good should be up or down, not \"sideways\"
metrics.yml:21: metric worded: format should be number, currency, percent, duration, {unit: sessions} or {currency: EUR}
metrics.yml:22: \"9lives\" cannot be the name of a metric: letters, digits and _ only, no digit first
metrics.yml:24: metric aov: no metric is called order; did you mean orders?
metrics.yml:24: metric aov: no metric is called revenu
metrics.yml:25: metric alone: a simple metric belongs under its model's metrics, not at the top level
metrics.yml:26: metric running: a cumulative metric adds up a simple metric, but aov is a ratio; accumulate the simple metrics and derive from those
metrics.yml:30: metric growth: \"fortnight\" is no granularity: nanosecond, microsecond, millisecond, second, minute, hour, day, week, month, quarter or year
metrics.yml:33: metric odder: expr orders + visits speaks of visits, which is not among its input_metrics: orders"
    );
}

#[test]
fn circles() {
    let circle = format!(
        "{ORDERS}metrics:
  - {{name: a, type: ratio, numerator: b, denominator: orders}}
  - {{name: b, type: ratio, numerator: c, denominator: orders}}
  - {{name: c, type: ratio, numerator: a, denominator: orders}}
  - {{name: d, type: ratio, numerator: orders, denominator: orders, config: {{meta: {{almanac: {{parent: d}}}}}}}}
"
    );
    assert_eq!(
        problems(&circle),
        "metrics.yml:11: metric a: is computed from itself: a -> b -> c -> a\n\
         metrics.yml:14: metric d: is its own parent: d -> d"
    );
}

#[tokio::test]
async fn columns_and_tables_that_are_not_there() {
    let told = with_data(
        "models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_on
    columns:
      - {name: order_id, entity: {type: primary, name: order}}
      - {name: ordered_at, granularity: day, dimension: {type: time, name: ordered_on}}
      - {name: amount, granularity: day, dimension: {type: time}}
    metrics:
      - {name: revenue, agg: sum, expr: amont * 2}
      - {name: filtered, agg: count, filter: \"statuss = 'paid'\"}
  - name: order
    semantic_model: true
",
    )
    .await;
    assert_eq!(
        told,
        "\
metrics.yml:7: ordered_on: \"ordered_at\" speaks of a column ordered_at that table orders does not have; did you mean ordered_on?
metrics.yml:8: time dimension amount holds numbers; make it a derived dimension with CAST(... AS DATE)
metrics.yml:12: the source has no table order; did you mean orders?"
    );
    let told = with_data(&format!(
        "{ORDERS}      - {{name: revenue, agg: sum, expr: amont * 2}}
      - {{name: filtered, agg: count, filter: \"statuss = 'paid'\"}}
      - {{name: texts, agg: sum, expr: status}}
      - {{name: flags, agg: sum_boolean, expr: ordered_on}}
      - {{name: odd, agg: count, filter: amount + 1}}
      - {{name: far, agg: count, filter: \"{{{{ Dimension('product__category') }}}} = 'x'\"}}
"
    ))
    .await;
    assert_eq!(
        told,
        "\
metrics.yml:10: metric revenue: expr amont * 2 speaks of a column amont that table orders does not have; did you mean amount?
metrics.yml:11: metric filtered: filter statuss = 'paid' speaks of a column statuss that table orders does not have; did you mean status?
metrics.yml:12: metric texts: expr status holds text; this aggregation needs numbers
metrics.yml:13: metric flags: expr ordered_on holds dates; sum_boolean needs true or false
metrics.yml:14: metric odd: filter amount + 1 holds numbers and is no condition
metrics.yml:15: metric far: filter {{ Dimension('product__category') }} = 'x' refers to product__category, which cannot be reached from model orders"
    );
}

#[test]
fn fragments_that_could_do_harm_are_refused() {
    for (fragment, why) in [
        ("amount; DROP TABLE orders", "should end before \";\""),
        (
            "(SELECT max(amount) FROM orders)",
            "contains a subquery, which a definition cannot",
        ),
        (
            "pg_sleep(10)",
            "calls pg_sleep, which is not among the functions allowed",
        ),
        (
            "sum(amount)",
            "calls sum, which is not among the functions allowed",
        ),
        (
            "count(*)",
            "calls count in a way a definition cannot; aggregates and windows belong to agg",
        ),
        (
            "orders.amount",
            "orders.amount is qualified with a table; write amount or {{ Dimension('entity__name') }}",
        ),
        (
            "amount AT TIME ZONE 'UTC'",
            "contains \"amount AT TIME ZONE 'UTC'\", which a definition cannot use",
        ),
        (
            "{{ Metric('orders') }}",
            "{{ Metric('orders') }} needs what it is grouped by: Metric('orders', ['customer'])",
        ),
        ("{{ Dimension('order__status')", "has a {{ without its }}"),
        (
            "'{{ Dimension('order__status') }}'",
            "has {{ }} inside quotes; put the quotes around values only",
        ),
        ("$1", "contains $1, which a definition cannot use"),
        ("amount AND", "is not readable as SQL"),
    ] {
        let quoted = fragment.replace('\'', "''");
        let definitions = format!("{ORDERS}      - {{name: odd, agg: sum, expr: '{quoted}'}}\n");
        let told = problems(&definitions);
        let expected = format!("metrics.yml:10: metric odd: expr {fragment} {why}");
        assert!(told.starts_with(&expected), "{told}\n{expected}");
    }
}

#[test]
fn too_deep_and_too_long() {
    let deep = format!("{}amount{}", "(".repeat(5_000), ")".repeat(5_000));
    let long = vec!["amount"; 1_400].join("+");
    let longer = "amount + ".repeat(5_000) + "1";
    for fragment in [deep, long, longer] {
        let told = problems(&format!(
            "{ORDERS}      - {{name: odd, agg: sum, expr: '{fragment}'}}\n"
        ));
        assert!(told.contains("metric odd: "), "{told}");
    }
}

#[test]
fn a_definition_that_unfolds_without_end_is_refused() {
    let mut definitions = format!("{ORDERS}metrics:\n");
    let mut before = "orders".to_owned();
    for number in 0..40 {
        let name = format!("m{number}");
        definitions.push_str(&format!(
            "  - {{name: {name}, type: ratio, numerator: {before}, denominator: {before}}}\n"
        ));
        before = name;
    }
    let told = problems(&definitions);
    assert!(
        told.contains("unfolds into more than 2000 metrics"),
        "{told}"
    );
}

#[tokio::test]
async fn ways_of_the_same_length_are_named() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "data/transfers.csv",
        "id,day,from_id,to_id\n1,2026-01-01,1,2\n",
    );
    write(
        folder.path(),
        "data/accounts.csv",
        "account_id,branch_id\n1,1\n2,2\n",
    );
    write(
        folder.path(),
        "data/holders.csv",
        "holder_id,branch_id\n1,1\n2,2\n",
    );
    write(
        folder.path(),
        "data/branches.csv",
        "branch_id,city\n1,Lisbon\n2,Porto\n",
    );
    write(
        folder.path(),
        "metrics.yml",
        "models:
  - name: transfers
    semantic_model: true
    agg_time_dimension: day
    columns:
      - {name: id, entity: {type: primary, name: transfer}}
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: from_id, entity: {type: foreign, name: account}}
      - {name: to_id, entity: {type: foreign, name: holder}}
    metrics:
      - {name: transfers, agg: count}
  - name: accounts
    semantic_model: true
    columns:
      - {name: account_id, entity: {type: primary, name: account}}
      - {name: branch_id, entity: {type: foreign, name: branch}}
  - name: holders
    semantic_model: true
    columns:
      - {name: holder_id, entity: {type: primary, name: holder}}
      - {name: branch_id, entity: {type: foreign, name: branch}}
  - name: branches
    semantic_model: true
    columns:
      - {name: branch_id, entity: {type: primary, name: branch}}
      - {name: city, dimension: {type: categorical}}
",
    );
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    let shop = super::shop::Shop { layer, folder };
    use super::shop::{Asking, ask};
    let error = shop.error(ask(&["transfers"]).by("branch__city")).await;
    assert_eq!(
        error.to_string(),
        "branch__city can be reached from transfers in several ways: \
         transfers -> accounts by account -> branches by branch or \
         transfers -> holders by holder -> branches by branch; give the full name"
    );
    assert_eq!(
        shop.rows(ask(&["transfers"]).by("account__branch__city"))
            .await,
        "Lisbon | 1"
    );
    assert_eq!(
        shop.rows(ask(&["transfers"]).by("holder__branch__city"))
            .await,
        "Porto | 1"
    );
    let catalog = shop.layer.catalog();
    assert_eq!(
        catalog.metrics[0].dimensions,
        ["transfer__day", "account__branch__city"]
    );
}
