//! Values of PostgreSQL's types, and tables by the names of their schemas.

use almanac_agent_contract::{Settings, Value};
use almanac_metrics::{LayerError, Limits, Operator};

use super::scratch::{Scratch, server};
use crate::suite::shop::{Asking, ask, rows, text, write};

const DEFINITIONS: &str = "
models:
  - name: things
    semantic_model: {enabled: true}
    agg_time_dimension: day
    columns:
      - {name: id, entity: {type: primary, name: thing}}
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: at, granularity: day, dimension: {type: time}}
      - {name: mood, dimension: {type: categorical}}
      - {name: code, dimension: {type: categorical}}
      - {name: note, dimension: {type: categorical}}
      - {name: exact, dimension: {type: categorical}}
      - {name: single, dimension: {type: categorical}}
      - {name: sure, dimension: {type: categorical}}
    metrics:
      - {name: things, agg: count}
      - {name: exact_sum, agg: sum, expr: exact}
      - {name: whole_sum, agg: sum, expr: whole}
      - {name: small_sum, agg: sum, expr: small}
      - {name: last_at, agg: max, expr: at}
      - {name: first_day, agg: min, expr: day}
";

async fn things() -> Option<Scratch> {
    let scratch = Scratch::at(&server()?).await;
    scratch
        .run(
            "CREATE TYPE mood AS ENUM ('sad', 'glad');
             CREATE DOMAIN positive AS bigint CHECK (VALUE > 0);
             CREATE TABLE things (id uuid, day date, at timestamptz, mood mood, code char(3),
                 note jsonb, exact numeric, single real, sure boolean, whole positive,
                 small smallint, length interval);
             INSERT INTO things VALUES
             ('00000000-0000-0000-0000-000000000001', '2026-01-01', '2026-01-01 10:00+02', 'glad',
              'ab', '{\"a\": 1}', 1.5, 0.1, true, 9000000000000000000, 1, '1 day 02:00'),
             ('00000000-0000-0000-0000-000000000002', '0044-03-15 BC', 'infinity', 'sad', 'abc',
              NULL, 'NaN', 'NaN', false, 200, 2, NULL),
             ('00000000-0000-0000-0000-000000000003', '12026-01-01', '-infinity', NULL, NULL,
              NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
        )
        .await;
    Some(scratch)
}

#[tokio::test]
async fn each_type_is_what_it_is_or_missing() {
    let Some(scratch) = things().await else {
        return;
    };
    let layer = scratch
        .open(DEFINITIONS, Settings::default(), Limits::default())
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    let by = async |dimension: &str| {
        let answer = layer.run(&ask(&["things"]).by(dimension)).await;
        let answer = answer.unwrap_or_else(|error| panic!("{dimension}: {error}"));
        let mut cells: Vec<Value> = answer
            .table
            .rows
            .into_iter()
            .map(|row| row[0].clone())
            .collect();
        cells.sort_by_key(|cell| serde_json::to_string(cell).unwrap());
        cells
    };
    let null = Value::Null;
    assert_eq!(
        by("thing__mood").await,
        [text("glad"), text("sad"), null.clone()]
    );
    // `char(3)` is padded.
    assert_eq!(
        by("thing__code").await,
        [text("ab "), text("abc"), null.clone()]
    );
    assert_eq!(
        by("thing__note").await,
        [null.clone(), text("{\"a\": 1}")][..]
            .iter()
            .rev()
            .cloned()
            .collect::<Vec<_>>()
    );
    assert_eq!(
        by("thing__exact").await,
        [Value::Float(1.5), null.clone(), null.clone()]
    );
    assert_eq!(
        by("thing__single").await,
        [Value::Float(0.1), null.clone(), null.clone()]
    );
    assert_eq!(
        by("thing__sure").await,
        [Value::Boolean(false), null.clone(), Value::Boolean(true)]
    );
    assert_eq!(
        by("thing").await[0],
        text("00000000-0000-0000-0000-000000000001")
    );
    let only = ask(&["things"]).only("thing__mood", Operator::In, &[text("no such mood")]);
    assert_eq!(rows(&layer.run(&only).await.unwrap()), "0");
    let only = ask(&["things"]).only("thing__mood", Operator::Contains, &[text("LAD")]);
    assert_eq!(rows(&layer.run(&only).await.unwrap()), "1");
    let days = layer.run(&ask(&["things"]).by("thing__day")).await.unwrap();
    let days: Vec<Value> = days.table.rows.iter().map(|row| row[0].clone()).collect();
    // Before our calendar and after it there is no day.
    assert_eq!(days.iter().filter(|day| **day == null).count(), 2);
    // Whole numbers are whole, beyond what a double holds.
    let sums = ask(&["whole_sum", "small_sum", "things"]).only(
        "thing",
        Operator::In,
        &[
            text("00000000-0000-0000-0000-000000000001"),
            text("00000000-0000-0000-0000-000000000002"),
        ],
    );
    let sums = layer.run(&sums).await.unwrap();
    assert_eq!(
        sums.table.rows,
        [[
            Value::Integer(9_000_000_000_000_000_200),
            Value::Integer(3),
            Value::Integer(2)
        ]]
    );
    scratch.close().await;
}

#[tokio::test]
async fn schemas_that_are_not_there_and_tables_one_may_not_read() {
    let Some(scratch) = things().await else {
        return;
    };
    write(scratch.folder.path(), "metrics.yml", DEFINITIONS);
    scratch
        .run("CREATE SCHEMA IF NOT EXISTS metrics_empty")
        .await;
    let layer = almanac_metrics::Layer::open(almanac_metrics::LayerOptions {
        definitions: vec![scratch.folder.path().join("metrics.yml")],
        source: almanac_metrics::Source::Postgres {
            url: scratch.url.clone().into(),
            schema: Some("metrics_empty".into()),
        },
        settings: std::sync::Arc::default(),
        cache: None,
        limits: Limits::default(),
    });
    let Err(LayerError::Database(told)) = layer.await else {
        panic!("opened");
    };
    assert_eq!(told, "its role may read no table of schema metrics_empty");
    for (url, expected) in [
        (
            "nonsense",
            "its address is not understood; write postgres://user:password@host:5432/database",
        ),
        ("postgres://nobody:secret@127.0.0.1:1/x", "refused"),
    ] {
        let layer = almanac_metrics::Layer::open(almanac_metrics::LayerOptions {
            definitions: vec![scratch.folder.path().join("metrics.yml")],
            source: almanac_metrics::Source::Postgres {
                url: url.to_owned().into(),
                schema: None,
            },
            settings: std::sync::Arc::default(),
            cache: None,
            limits: Limits::default(),
        });
        let Err(LayerError::Database(told)) = layer.await else {
            panic!("opened");
        };
        assert!(told.contains(expected), "{told}");
        assert!(!told.contains("secret"), "{told}");
    }
    scratch.close().await;
}
