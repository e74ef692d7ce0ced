//! Values of filters: they never change the shape of a statement, and they find exactly the rows
//! that hold them, on every engine.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use almanac_agent_contract::{Settings, Value};
use almanac_metrics::{Filter, Layer, MetricQuery, Operator, WithoutData};
use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use jiff::civil::Date;
use parquet::arrow::ArrowWriter;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use sqlparser::dialect::{Dialect, GenericDialect, PostgreSqlDialect};
use sqlparser::tokenizer::{Token, Tokenizer};

use super::shop::{ask, open, rows, text, write};

const DEFINITIONS: &str = include_str!("../../fuzz/seeds/definitions/every_type.yml");

const OPERATORS: [Operator; 7] = [
    Operator::In,
    Operator::NotIn,
    Operator::Gt,
    Operator::Gte,
    Operator::Lt,
    Operator::Lte,
    Operator::Contains,
];

fn layer() -> WithoutData {
    match WithoutData::read(&[("every_type.yml", DEFINITIONS)], Settings::default()) {
        Ok(layer) => layer,
        Err(problems) => panic!("{problems:?}"),
    }
}

fn config(cases: u32) -> Config {
    Config {
        cases,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..Config::default()
    }
}

fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "['\"\\\\;$/*{}%_-]{1,12}",
        proptest::sample::select(vec![
            "x' OR 1=1 --",
            "\\' OR 1=1 --",
            "\\",
            "\\\\'",
            "'",
            "''",
            "\0",
            "a\0'b",
            "E'\\''",
            "U&'\\0027",
            "$1",
            "$$",
            "$tag$ x $tag$",
            "{{ Dimension('x') }}",
            "/* */",
            "-- x\n;",
            "\u{2019}",
            "\u{ff07}",
            "\u{feff}",
            "\r\n",
            "''; DROP TABLE sales; --",
            "NULL",
            "TRUE",
            ":name",
            "?",
            "%s",
            "\u{1}0",
            "é",
            "e\u{301}",
            " ",
            "",
        ])
        .prop_map(str::to_owned),
        (0..3_000_usize).prop_map(|many| "'\\".repeat(many)),
    ]
}

/// A value, and a plain one of its kind.
fn value() -> impl Strategy<Value = (Value, Value)> {
    let date = |(year, day): (i16, i16)| {
        let first = Date::new(year, 1, 1).unwrap();
        first.checked_add(jiff::Span::new().days(day)).unwrap()
    };
    let dates = (1..9_000_i16, 0..365_i16).prop_map(date);
    let plain: Date = "2026-03-05".parse().unwrap();
    prop_oneof![
        4 => nasty().prop_map(|one| (Value::Text(one), text("BR"))),
        1 => any::<i64>().prop_map(|one| (Value::Integer(one), Value::Integer(7))),
        1 => any::<f64>()
            .prop_filter("no JSON number", |one| one.is_finite())
            .prop_map(|one| (Value::Float(one), Value::Float(1.5))),
        1 => dates.clone().prop_map(move |one| (Value::Date(one), Value::Date(plain))),
        1 => (dates, 0..24_i8, 0..60_i8, 0..1_000_000_000_i32).prop_map(move |(one, hour, minute, part)| {
            let at = |day: Date, part| Value::DateTime(day.at(hour, minute, 3, part));
            (at(one, part), at(plain, 5))
        }),
    ]
}

/// A statement's tokens with every constant blanked: texts, numbers with their sign, dates.
fn shape(sql: &str, dialect: &dyn Dialect) -> Vec<Token> {
    let blank = |token: Token| match token {
        Token::SingleQuotedString(_) => Token::SingleQuotedString(String::new()),
        Token::Number(..) => Token::Number(String::new(), false),
        other => other,
    };
    let tokens = Tokenizer::new(dialect, sql).tokenize().unwrap();
    let mut shape: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens.into_iter().map(blank) {
        shape.push(token);
        // A negative number stands in brackets.
        if let [
            ..,
            Token::LParen,
            Token::Minus,
            number @ Token::Number(..),
            Token::RParen,
        ] = shape.as_slice()
        {
            let number = number.clone();
            shape.truncate(shape.len() - 4);
            shape.push(number);
        }
    }
    shape
}

/// The shapes of a query for both engines, or why it is refused.
fn shapes(layer: &WithoutData, query: &MetricQuery) -> Result<[Vec<Token>; 2], String> {
    let [datafusion, postgres] = layer.compile(query).map_err(|error| error.to_string())?;
    Ok([
        shape(&datafusion, &GenericDialect {}),
        shape(&postgres, &PostgreSqlDialect {}),
    ])
}

fn filtered(dimension: &str, op: Operator, value: Value) -> MetricQuery {
    MetricQuery {
        filters: vec![Filter {
            dimension: dimension.into(),
            op,
            values: vec![value],
        }],
        ..ask(&["sold", "looks", "running"])
    }
}

#[test]
fn no_value_changes_the_shape_of_a_statement() {
    let layer = layer();
    let dimensions = [
        "buyer__country",
        "buyer",
        "buyer__joined_on",
        "buyer__joined_on__month",
        "metric_time",
        "metric_time__week",
    ];
    proptest!(config(80), |((value, plain) in value())| {
        for dimension in dimensions {
            for op in OPERATORS {
                let expected = shapes(&layer, &filtered(dimension, op, plain.clone()));
                let found = shapes(&layer, &filtered(dimension, op, value.clone()));
                match (expected, found) {
                    (Ok(expected), Ok(found)) => prop_assert_eq!(expected, found),
                    (Err(_), Err(_)) => {}
                    (expected, found) => prop_assert!(
                        false, "{dimension} {op:?}: {:?} {:?}", expected.err(), found.err()
                    ),
                }
            }
        }
    });
}

#[test]
fn no_literal_of_a_condition_changes_the_shape_of_a_statement() {
    let layer = layer();
    let with = |value: &str| MetricQuery {
        conditions: vec![format!(
            "{{{{ Dimension('buyer__country') }}}} = '{}'",
            value.replace('\'', "''")
        )],
        ..ask(&["sold", "running"])
    };
    let expected = shapes(&layer, &with("BR")).unwrap();
    proptest!(config(1_000), |(value in nasty())| {
        match shapes(&layer, &with(&value)) {
            Ok(found) => prop_assert_eq!(&expected, &found),
            // Templates are looked for first, and fragments are not endless.
            Err(_) => prop_assert!(
                value.contains("{{") || value.contains("{%") || value.contains('\u{1}')
                    || value.len() > 4_000, "{value:?}"
            ),
        }
    });
}

#[test]
fn no_currency_changes_the_shape_of_a_statement() {
    let layer = layer();
    let with = |currency: &str| MetricQuery {
        currency: Some(currency.into()),
        ..ask(&["sold", "running"])
    };
    let expected = shapes(&layer, &with("EUR")).unwrap();
    proptest!(config(1_000), |(currency in nasty())| {
        match shapes(&layer, &with(&currency)) {
            Ok(found) => prop_assert_eq!(&expected, &found),
            Err(words) => prop_assert!(!words.is_empty()),
        }
    });
}

#[test]
fn names_that_nobody_gave_are_refused() {
    let layer = layer();
    proptest!(config(500), |(name in nasty())| {
        prop_assert!(layer.compile(&ask(&[&name])).is_err());
        for query in [
            MetricQuery { group_by: vec![name.clone().into()], ..ask(&["sold"]) },
            MetricQuery {
                order_by: vec![almanac_metrics::OrderBy { by: name.clone(), descending: true }],
                ..ask(&["sold"])
            },
            filtered(&name, Operator::In, text("BR")),
        ] {
            let refused = layer.compile(&query).unwrap_err().to_string();
            prop_assert!(!refused.contains(char::is_control), "{refused:?}");
        }
    });
}

/// Distinct texts of every kind.
fn samples(many: usize) -> Vec<String> {
    let mut runner = TestRunner::new(config(1));
    let strategy = nasty();
    let mut samples: Vec<String> = Vec::new();
    while samples.len() < many {
        let sample = strategy.new_tree(&mut runner).unwrap().current();
        if sample.len() < 200 && !samples.contains(&sample) {
            samples.push(sample);
        }
    }
    samples
}

const THINGS: &str = "
models:
  - name: things
    semantic_model: true
    agg_time_dimension: day
    columns:
      - {name: id, entity: {type: primary, name: thing}}
      - {name: name, dimension: {type: categorical}}
    derived_semantics:
      dimensions: [{name: day, type: time, granularity: day, expr: DATE '2026-01-01'}]
    metrics:
      - {name: things, agg: count}
      - {name: sum_of_ids, agg: sum, expr: id}
";

fn of_name(op: Operator, name: &str) -> MetricQuery {
    MetricQuery {
        filters: vec![Filter {
            dimension: "thing__name".into(),
            op,
            values: vec![text(name)],
        }],
        ..ask(&["things", "sum_of_ids"])
    }
}

/// How many of the samples, and the sum of their numbers.
fn expected(samples: &[String], holds: impl Fn(&str) -> bool) -> String {
    let found = samples.iter().enumerate().filter(|(_, one)| holds(one));
    let numbers: Vec<usize> = found.map(|(number, _)| number).collect();
    match numbers.len() {
        0 => "0 | -".to_owned(),
        many => format!("{many} | {}", numbers.iter().sum::<usize>()),
    }
}

async fn found(layer: &Layer, query: &MetricQuery) -> String {
    match layer.run(query).await {
        Ok(answer) => rows(&answer),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn every_value_finds_its_rows_in_files() {
    let folder = tempfile::tempdir().unwrap();
    let samples = samples(60);
    write(folder.path(), "metrics.yml", THINGS);
    write(folder.path(), "data/.keep", "");
    parquet(&folder.path().join("data/things.parquet"), &samples);
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    for value in &samples {
        let is = |op| of_name(op, value);
        let low = value.to_lowercase();
        for (query, rows) in [
            (is(Operator::In), expected(&samples, |one| one == value)),
            (is(Operator::NotIn), expected(&samples, |one| one != value)),
            (
                is(Operator::Gt),
                expected(&samples, |one| one > value.as_str()),
            ),
            (
                is(Operator::Contains),
                expected(&samples, |one| one.to_lowercase().contains(&low)),
            ),
        ] {
            assert_eq!(
                found(&layer, &query).await,
                rows,
                "{value:?} {:?}",
                query.filters
            );
        }
    }
}

fn parquet(file: &Path, names: &[String]) {
    let numbers = 0..i64::try_from(names.len()).unwrap();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from_iter_values(numbers))),
        ("name", Arc::new(StringArray::from_iter_values(names))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer =
        ArrowWriter::try_new(File::create(file).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

#[cfg(feature = "postgres")]
mod in_postgres {
    use std::str::FromStr;
    use std::sync::Arc;

    use almanac_agent_contract::Settings;
    use almanac_metrics::{Layer, LayerOptions, Limits, Operator, Source};
    use sqlx::postgres::{PgConnectOptions, PgConnection};
    use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

    use super::{THINGS, expected, found, of_name, samples};
    use crate::suite::shop::write;

    async fn run(connection: &mut PgConnection, statement: String) {
        connection.execute(AssertSqlSafe(statement)).await.unwrap();
    }

    /// Also on a server whose texts, unless told otherwise, take a backslash for an escape.
    #[tokio::test]
    async fn every_value_finds_its_rows_in_postgres() {
        let Ok(server) = std::env::var("ALMANAC_TEST_DATABASE_URL") else {
            println!("not run: ALMANAC_TEST_DATABASE_URL names no server");
            return;
        };
        let server = PgConnectOptions::from_str(&server).unwrap();
        let mut admin = server.connect().await.unwrap();
        let (with_nul, samples): (Vec<String>, Vec<String>) =
            samples(60).into_iter().partition(|one| one.contains('\0'));
        assert!(!with_nul.is_empty() && samples.len() > 40);
        for standard in ["on", "off"] {
            let name = format!("almanac_values_{}_{standard}", std::process::id());
            run(
                &mut admin,
                format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"),
            )
            .await;
            run(
                &mut admin,
                format!("ALTER DATABASE {name} SET standard_conforming_strings = {standard}"),
            )
            .await;
            let options = server.clone().database(&name);
            let mut own = options.connect().await.unwrap();
            run(
                &mut own,
                "CREATE TABLE things (id BIGINT, name TEXT)".into(),
            )
            .await;
            for (id, name) in samples.iter().enumerate() {
                let insert = sqlx::query("INSERT INTO things VALUES ($1, $2)");
                let insert = insert.bind(i64::try_from(id).unwrap()).bind(name);
                insert.execute(&mut own).await.unwrap();
            }
            own.close().await.unwrap();
            let folder = tempfile::tempdir().unwrap();
            write(folder.path(), "metrics.yml", THINGS);
            let layer = Layer::open(LayerOptions {
                definitions: vec![folder.path().join("metrics.yml")],
                source: Source::Postgres {
                    url: options.to_url_lossy().to_string().into(),
                    schema: None,
                },
                settings: Arc::new(Settings::default()),
                cache: None,
                limits: Limits::default(),
            })
            .await
            .unwrap();
            for value in samples.iter().chain(&with_nul) {
                for (op, rows) in [
                    (Operator::In, expected(&samples, |one| one == value)),
                    (Operator::NotIn, expected(&samples, |one| one != value)),
                ] {
                    let found = found(&layer, &of_name(op, value)).await;
                    assert_eq!(found, rows, "{value:?} {op:?} {standard}");
                }
            }
            drop(layer);
            run(&mut admin, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
        admin.close().await.unwrap();
    }
}
