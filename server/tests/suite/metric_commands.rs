//! `almanac metrics ...` as people and scripts use it, and what it makes of mistakes.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::commands::{almanac, told};
use crate::shop::configuration;

/// What a command that must succeed prints.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = almanac(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The sentence of a command that is used wrongly.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let (code, sentence) = told(&almanac(folder, arguments));
    assert_eq!(code, Some(2), "{sentence}");
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    sentence
}

#[test]
fn metrics_are_listed_by_name_label_type_and_format() {
    let folder = tempfile::tempdir().unwrap();
    configuration(folder.path(), 0);
    let listed = printed(folder.path(), &["metrics", "list"]);
    let line = listed
        .lines()
        .find(|line| line.starts_with("aov "))
        .unwrap();
    let words: Vec<_> = line.split_whitespace().collect();
    assert_eq!(
        words,
        ["aov", "Average", "order", "value", "ratio", "currency"]
    );
    let json: Json =
        serde_json::from_str(&printed(folder.path(), &["metrics", "list", "--json"])).unwrap();
    assert_eq!(json.as_array().unwrap().len(), listed.lines().count());
    let aov = json
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "aov")
        .unwrap();
    assert_eq!(aov["type"], "ratio");
    assert_eq!(aov["definition"], "revenue / orders");
}

#[test]
fn a_metric_is_shown_with_its_place_and_what_it_is_computed_from() {
    let folder = tempfile::tempdir().unwrap();
    configuration(folder.path(), 0);
    let shown = printed(folder.path(), &["metrics", "show", "aov"]);
    let tree = &shown[shown.find("tree\n").unwrap()..];
    insta::assert_snapshot!(tree.trim_end(), @r"
    tree
      net_revenue
      └─ revenue
         └─ aov  <-
            ├─ items_per_order
            ├─ median_order_value
            └─ p90_order_value
    computed from
      aov
      ├─ revenue (numerator): sum of case when order_status = 'paid' then amount_usd end in order_items
      └─ orders (denominator): number of orders.order_id where order__status = 'paid'
    ");
    assert!(shown.starts_with("Average order value (aov)\n"), "{shown}");
    assert!(shown.contains("\ngrains        "), "{shown}");
    assert!(shown.contains("\nowner         finance\n"), "{shown}");
}

#[test]
fn names_that_are_none_are_answered_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    configuration(folder.path(), 0);
    let query = |json: &str| refused(folder.path(), &["metrics", "query", "--json", json]);
    let shown = refused(folder.path(), &["metrics", "show", "revenu"]);
    assert!(shown.contains("did you mean revenue?"), "{shown}");
    let metric = query(r#"{"metrics": ["revenu"]}"#);
    assert_eq!(
        metric,
        "almanac: there is no metric called revenu; did you mean revenue?"
    );
    let dimension = query(r#"{"metrics": ["revenue"], "group_by": ["customer__contry"]}"#);
    assert!(
        dimension.ends_with("did you mean customer__country?"),
        "{dimension}"
    );
    let unreachable = query(r#"{"metrics": ["ad_spend"], "group_by": ["customer__country"]}"#);
    assert!(
        unreachable.contains("no join leads from its data there"),
        "{unreachable}"
    );
    let order = query(r#"{"metrics": ["revenue"], "order_by": [{"by": "revenues"}]}"#);
    assert!(order.ends_with("did you mean revenue?"), "{order}");
    let saved = refused(folder.path(), &["metrics", "query", "--saved", "weekly"]);
    assert_eq!(saved, "almanac: there is no saved query called weekly");
}

#[test]
fn saved_queries_are_listed_and_run_by_name() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("tables")).unwrap();
    let rows = "id,at,shop,amount\n1,2026-01-05,north,10.0\n2,2026-01-06,south,2.5\n";
    fs::write(folder.path().join("tables/sales.csv"), rows).unwrap();
    let mut text = String::from("models:\n");
    model(&mut text, 0, 0);
    let text = text.replace("facts_0", "sales").replace("kind", "shop")
        + "      - {name: takings, agg: sum, expr: amount}\n\
           saved_queries:\n  - name: by_shop\n    description: Takings of each shop\n    \
           query_params: {metrics: [takings], group_by: [\"Dimension('fact_0__shop')\"], \
           order_by: [\"Metric('takings')\"]}\n";
    fs::write(
        folder.path().join("sales.yml"),
        text.replace("{name: next,", "{name: id,"),
    )
    .unwrap();
    let configuration = "[workspace]\nname = \"Shop\"\nzone = \"UTC\"\n[metrics]\n\
        definitions = [\"sales.yml\"]\n[source]\nkind = \"files\"\npath = \"tables\"\n";
    fs::write(folder.path().join("almanac.toml"), configuration).unwrap();
    let listed = printed(folder.path(), &["metrics", "list", "--saved"]);
    assert_eq!(listed, "by_shop  Takings of each shop\n");
    let json = printed(folder.path(), &["metrics", "query", "--saved", "by_shop"]);
    let answer: Json = serde_json::from_str(&json).unwrap();
    assert_eq!(answer["rows"], json!([["south", 2.5], ["north", 10.0]]));
    let sentence = refused(
        folder.path(),
        &["metrics", "explain", "--saved", "by_shops"],
    );
    assert!(sentence.ends_with("did you mean by_shop?"), "{sentence}");
}

#[test]
fn what_is_no_query_is_told_before_anything_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    for json in [
        "",
        "revenue",
        "null",
        "[]",
        r#"{"metrics": ["revenue"],"#,
        r#"{"metric": ["revenue"]}"#,
        r#"{"metrics": "revenue"}"#,
        r#"{"metrics": ["revenue"], "limit": -1}"#,
        r#"{"metrics": ["revenue"], "time_range": {"start": "2026-02-30", "end": "2026-03-01"}}"#,
    ] {
        for command in ["query", "explain"] {
            let sentence = refused(folder.path(), &["metrics", command, "--json", json]);
            assert!(
                sentence.starts_with("almanac: --json is not a metric query: "),
                "{sentence}"
            );
        }
    }
    refused(folder.path(), &["metrics", "query"]);
    refused(
        folder.path(),
        &["metrics", "query", "--saved", "a", "--json", "{}"],
    );
    assert!(!folder.path().join("data").exists());
}

#[test]
fn an_explanation_tells_how_and_how_long() {
    let folder = tempfile::tempdir().unwrap();
    configuration(folder.path(), 0);
    let query = r#"{"metrics": ["orders", "ad_spend"], "group_by": ["campaign__platform"]}"#;
    let explained = |more: &[&str]| {
        printed(
            folder.path(),
            &[&["metrics", "explain", "--json", query], more].concat(),
        )
    };
    let said = explained(&[]);
    for heading in [
        "sql",
        "plan",
        "joins",
        "engine     DataFusion",
        "cached     no",
    ] {
        assert!(
            said.lines().any(|line| line == heading),
            "{heading}: {said}"
        );
    }
    let number = |heading: &str| {
        let line = said.lines().find(|line| line.starts_with(heading)).unwrap();
        let number = line[heading.len()..].split_whitespace().next().unwrap();
        number.parse::<f64>().unwrap()
    };
    assert!(number("rows read ") > 0.0 && number("compile ") > 0.0 && number("run ") > 0.0);
    assert!(
        said.contains("  orders -> campaigns by campaign\n"),
        "{said}"
    );
    assert!(
        said.contains("scan orders") && said.contains("group by campaign__platform"),
        "{said}"
    );
    assert!(!said.contains("engine's plan"));
    let verbose = explained(&["--verbose"]);
    assert!(
        verbose.contains("engine's plan\n") && verbose.contains("TableScan"),
        "{verbose}"
    );
}

/// A model of one table, with a metric of each amount.
fn model(text: &mut String, number: usize, metrics: usize) {
    let next = number + 1;
    write!(
        text,
        "  - name: facts_{number}\n    semantic_model: {{enabled: true}}\n    agg_time_dimension: at\n    columns:\n      \
         - {{name: id, entity: {{type: primary, name: fact_{number}}}}}\n      \
         - {{name: next, entity: {{type: foreign, name: fact_{next}}}}}\n      \
         - {{name: at, granularity: day, dimension: {{type: time}}}}\n      \
         - {{name: kind, dimension: {{type: categorical}}}}\n    metrics:\n"
    )
    .unwrap();
    for metric in 0..metrics {
        writeln!(
            text,
            "      - {{name: sum_{number}_{metric}, agg: sum, expr: amount_{metric}, filter: \"{{{{ Dimension('fact_{number}__kind') }}}} = 'k'\"}}"
        )
        .unwrap();
    }
}

#[test]
fn two_thousand_metrics_are_checked_within_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("models:\n");
    for number in 0..40 {
        model(&mut text, number, 30);
    }
    text.push_str("metrics:\n");
    for number in 0..800 {
        let (model, metric) = (number % 40, number / 40);
        writeln!(
            text,
            "  - {{name: ratio_{number}, type: ratio, numerator: sum_{model}_{metric}, denominator: sum_{}_{metric}}}",
            (model + 1) % 40
        )
        .unwrap();
    }
    fs::write(folder.path().join("many.yml"), &text).unwrap();
    // The machine may be busy with other tests: the fastest run counts.
    let timed = (0..5).map(|_| {
        let start = Instant::now();
        let said = printed(folder.path(), &["metrics", "validate", "many.yml"]);
        assert_eq!(said, "2000 metrics, no problems\n");
        start.elapsed()
    });
    let took: Vec<_> = timed.collect();
    assert!(
        took.iter().any(|took| *took < Duration::from_secs(1)),
        "{took:?}"
    );
}

#[test]
fn every_problem_has_its_line_and_its_metric() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("models:\n");
    model(&mut text, 0, 1);
    model(&mut text, 5, 1);
    text.push_str("metrics:\n");
    let first = text.lines().count() + 1;
    for line in [
        "{name: a, type: derived, expr: b + 1, input_metrics: [{name: b}]}",
        "{name: b, type: derived, expr: a + 1, input_metrics: [{name: a}]}",
        "{name: far, type: ratio, numerator: {name: sum_0_0, filter: \"{{ Dimension('fact_5__kind') }} = 'k'\"}, denominator: sum_0_0}",
        "{name: gone, type: ratio, numerator: sum_0_1, denominator: sum_0_0}",
    ] {
        writeln!(text, "  - {line}").unwrap();
    }
    fs::write(folder.path().join("bad.yml"), &text).unwrap();
    let output = almanac(folder.path(), &["metrics", "validate", "bad.yml"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    let lines: Vec<_> = said.lines().collect();
    for (metric, offset, words) in [
        ("a", 0, "is computed from itself: a -> b -> a"),
        (
            "",
            2,
            "fact_5__kind, which cannot be reached from model facts_0",
        ),
        ("gone", 3, "did you mean sum_0_0?"),
    ] {
        let start = format!("bad.yml:{}: metric {metric}", first + offset);
        let found = lines.iter().find(|line| line.starts_with(&start));
        assert!(
            found.is_some_and(|line| line.contains(words)),
            "{start}{words}\n{said}"
        );
    }
    assert_eq!(
        lines.last().unwrap(),
        &format!("{} problems", lines.len() - 1)
    );
    let sentence = refused(folder.path(), &["metrics", "validate", "none.yml"]);
    assert!(sentence.contains("none.yml is not there"), "{sentence}");
}

/// A suite of two cases over one table, of which the second expects what is not so.
fn suite(folder: &Path) {
    let manifests = folder.join("semantic_manifests");
    fs::create_dir(&manifests).unwrap();
    let manifest = json!({
        "semantic_models": [{
            "name": "sales",
            "node_relation": {"alias": "sales", "schema_name": "mf_demo", "relation_name": "mf_demo.sales"},
            "defaults": {"agg_time_dimension": "at"},
            "entities": [{"name": "sale", "type": "primary", "expr": "id"}],
            "dimensions": [
                {"name": "at", "type": "time", "type_params": {"time_granularity": "day"}},
                {"name": "shop", "type": "categorical"},
            ],
            "measures": [{"name": "takings", "agg": "sum", "expr": "amount", "agg_time_dimension": "at"}],
        }],
        "metrics": [{"name": "takings", "type": "simple", "type_params": {"measure": {"name": "takings"}}}],
        "project_configuration": {},
        "saved_queries": [],
    });
    fs::write(manifests.join("simple_manifest.json"), manifest.to_string()).unwrap();
    let tables = json!({"sales": {
        "columns": [["id", "BIGINT"], ["at", "TIMESTAMP"], ["shop", "VARCHAR"], ["amount", "DOUBLE"]],
        "rows": [
            [1, "2026-01-05T00:00:00", "north", 10.0],
            [2, "2026-01-06T00:00:00", "south", 2.5],
            [3, "2026-01-06T00:00:00", null, 0.25],
            [4, "2026-01-06T00:00:00", "north", null],
        ],
    }});
    fs::write(folder.join("source_tables.json"), tables.to_string()).unwrap();
    let right = json!([
        ["2026-01-05T00:00:00", 10],
        ["2026-01-06T00:00:00", 2.75000001]
    ]);
    let wrong = json!([["north", 10.0], ["south", 2.5], [null, 0.2501]]);
    let cases = json!([
        {"id": "by_day", "model": "SIMPLE_MODEL", "metrics": ["takings"], "group_bys": ["metric_time"],
         "order_bys": ["metric_time"], "check_order": true,
         "expected": {"columns": ["metric_time__day", "takings"], "rows": right}},
        {"id": "by_shop", "model": "SIMPLE_MODEL", "metrics": ["takings"], "group_bys": ["sale__shop"],
         "where_resolved": ["{{ Dimension('sale__at') }} >= CAST('2026-01-01' AS TIMESTAMP)"],
         "expected": {"columns": ["sale__shop", "takings"], "rows": wrong}},
    ]);
    fs::write(folder.join("cases.json"), cases.to_string()).unwrap();
}

#[test]
fn a_suite_tells_right_from_wrong() {
    let folder = tempfile::tempdir().unwrap();
    suite(folder.path());
    let run = |more: &[&str]| {
        let output = almanac(
            folder.path(),
            &[&["metrics", "conformance", "."], more].concat(),
        );
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (code, said) = run(&[]);
    assert_eq!(code, Some(1), "{said}");
    let lines: Vec<_> = said.lines().collect();
    assert!(lines[0].starts_with("ok    by_day  ("), "{said}");
    assert!(
        lines[1].starts_with("FAIL  by_shop  (")
            && lines[1].ends_with("1 of 3 rows differ: expected (null, 0.2501), got (null, 0.25)"),
        "{said}"
    );
    assert_eq!(lines[2], "1 passed, 1 failed");
    let (code, said) = run(&["--filter", "by_day"]);
    assert_eq!(
        (code, said.lines().last()),
        (Some(0), Some("1 passed, 0 failed"))
    );
    let (code, said) = run(&["--filter", "by_shop", "--verbose"]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("SELECT") && said.contains("- (null, 0.2501)"),
        "{said}"
    );
    let (code, said) = run(&["--filter", "nothing"]);
    assert_eq!((code, &*said), (Some(1), "0 passed, 0 failed\n"));
    fs::write(folder.path().join("cases.json"), "[{}]").unwrap();
    let sentence = refused(folder.path(), &["metrics", "conformance", "."]);
    assert!(
        sentence.contains("cases.json is no part of a conformance suite"),
        "{sentence}"
    );
}
