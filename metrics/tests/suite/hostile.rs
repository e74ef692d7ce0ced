//! No value can change the shape of a statement.

use almanac_agent_contract::{Settings, Value};
use almanac_metrics::{Filter, Layer, MetricQuery, Operator, validate};
use proptest::prelude::*;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::tokenizer::{Token, Tokenizer};

use super::shop::{Asking, DEFINITIONS, ask, open, rows, shop, text, write};

/// The statement's tokens with every text constant blanked.
fn shape(layer: &Layer, query: &MetricQuery) -> Vec<Token> {
    let sql = layer.compile(query).unwrap().sql;
    let tokens = Tokenizer::new(&PostgreSqlDialect {}, &sql)
        .tokenize()
        .unwrap();
    tokens
        .into_iter()
        .map(|token| match token {
            Token::SingleQuotedString(_) => Token::SingleQuotedString(String::new()),
            other => other,
        })
        .collect()
}

#[test]
fn any_text_stays_a_text() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let shop = runtime.block_on(shop());
    let filtered = |value: &str, op| ask(&["orders"]).only("customer__country", op, &[text(value)]);
    let plain: Vec<_> = [
        Operator::In,
        Operator::NotIn,
        Operator::Contains,
        Operator::Gt,
    ]
    .map(|op| (op, shape(&shop.layer, &filtered("BR", op))))
    .into();
    let nasty = prop_oneof![
        any::<String>(),
        "['\"\\\\;$/*-]{1,12}",
        Just("x' OR 1=1 --".to_owned()),
        Just("\0'".to_owned()),
        Just("E'\\''".to_owned()),
        Just("{{ Dimension('x') }}".to_owned()),
    ];
    proptest!(|(value in nasty)| {
        for (op, shape_of_plain) in &plain {
            prop_assert_eq!(&shape(&shop.layer, &filtered(&value, *op)), shape_of_plain);
        }
    });
}

#[tokio::test]
async fn hostile_values_are_found_as_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let nasty = ["x' OR 1=1 --", "a\\'b", "\"quoted\"", "50%_off", "ação"];
    let lines: Vec<String> = nasty
        .iter()
        .map(|name| format!("2026-01-01,\"{}\"", name.replace('"', "\"\"")))
        .collect();
    write(
        folder.path(),
        "data/things.csv",
        &format!("day,name\n{}\n", lines.join("\n")),
    );
    write(
        folder.path(),
        "metrics.yml",
        "models:
  - name: things
    semantic_model: true
    agg_time_dimension: day
    primary_entity: thing
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: name, dimension: {type: categorical}}
    metrics: [{name: things, agg: count}]
",
    );
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    for name in nasty {
        for op in [Operator::In, Operator::Contains] {
            let filters = vec![Filter {
                dimension: "thing__name".into(),
                op,
                values: vec![text(name)],
            }];
            let query = MetricQuery {
                filters,
                ..ask(&["things"])
            };
            assert_eq!(
                rows(&layer.run(&query).await.unwrap()),
                "1",
                "{name} {op:?}"
            );
        }
    }
    let catalog = layer.catalog();
    let known: Vec<&Value> = catalog.dimensions[1]
        .values
        .iter()
        .map(|known| &known.value)
        .collect();
    assert_eq!(known.len(), nasty.len());
}

#[tokio::test]
async fn names_cannot_smuggle_anything_either() {
    let shop = shop().await;
    for name in [
        "orders\" --",
        "orders; DROP TABLE orders",
        "\u{1}0",
        "metric_time__",
        "__",
        "",
    ] {
        assert!(shop.layer.compile(&ask(&[name])).is_err());
        assert!(
            shop.layer.compile(&ask(&["orders"]).by(name)).is_err(),
            "{name}"
        );
    }
}

#[test]
fn torn_definitions_are_told_of_and_nothing_breaks() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("metrics.yml");
    let whole: Vec<char> = DEFINITIONS.chars().collect();
    let scraps = prop_oneof![
        ".{0,6}",
        "[\\[\\]{}:,'\"\\n -]{1,4}",
        Just("{{".to_owned()),
        Just("&a *a".to_owned()),
        Just("!!binary x".to_owned()),
    ];
    proptest!(|(from in 0..whole.len(), cut in 0..20_usize, scrap in scraps)| {
        let to = (from + cut).min(whole.len());
        let torn: String = whole[..from].iter().copied().chain(scrap.chars())
            .chain(whole[to..].iter().copied()).collect();
        std::fs::write(&file, torn).unwrap();
        if let Err(problems) = validate(std::slice::from_ref(&file)) {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(!problem.text.is_empty() && !problem.text.contains('\n'), "{problem}");
            }
        }
    });
}
