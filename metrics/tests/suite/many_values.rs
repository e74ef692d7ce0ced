//! A dimension with more values than anybody lists: the index keeps the most frequent.
//!
//! `ALMANAC_TEST_VALUES` makes it a million.

use std::fs::File;
use std::sync::Arc;
use std::time::Instant;

use almanac_agent_contract::{Settings, Value};
use almanac_metrics::Operator;
use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;

use super::shop::{Asking, ask, open, rows, write};

const DEFINITIONS: &str = "
models:
  - name: visits
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: visit
    columns:
      - {name: address, dimension: {type: categorical}}
      - {name: note, dimension: {type: categorical}}
    derived_semantics:
      dimensions:
        - {name: day, type: time, granularity: day, expr: \"CAST('2026-01-01' AS DATE)\"}
    metrics:
      - {name: visits, agg: count, expr: 1}
";

#[tokio::test]
async fn the_most_frequent_are_kept() {
    let many = std::env::var("ALMANAC_TEST_VALUES").ok();
    let many: i64 = many.and_then(|many| many.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", DEFINITIONS);
    write(folder.path(), "data/.keep", "");
    // Every address once, and a hundred of them once more.
    let numbers = || (0..many).chain((0..many).step_by(many as usize / 100));
    let address = |number: i64| format!("visitor-{number}@example.com");
    let prose = "not a value but prose ".repeat(20);
    let columns: [(&str, ArrayRef); 3] = [
        ("id", Arc::new(Int64Array::from_iter_values(numbers()))),
        (
            "address",
            Arc::new(StringArray::from_iter_values(numbers().map(address))),
        ),
        (
            "note",
            Arc::new(StringArray::from_iter_values(numbers().map(|number| {
                if number == 7 { "short" } else { prose.as_str() }
            }))),
        ),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = File::create(folder.path().join("data/visits.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    drop(batch);

    let start = Instant::now();
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    println!("{many} values: opened in {:?}", start.elapsed());
    let catalog = layer.catalog();
    let addresses = catalog.dimension("visit__address").unwrap();
    assert!(!addresses.complete);
    assert_eq!(addresses.values.len(), 2_000);
    let twice = addresses.values[..100]
        .iter()
        .map(|info| match &info.value {
            Value::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        });
    let mut twice: Vec<String> = twice.collect();
    let mut expected: Vec<String> = (0..many)
        .step_by(many as usize / 100)
        .map(address)
        .collect();
    twice.sort();
    expected.sort();
    assert_eq!(twice, expected);
    // Prose is no value to look words up in.
    let notes = catalog.dimension("visit__note").unwrap();
    assert_eq!((notes.values.len(), notes.complete), (1, false));
    // What the index does not hold is found all the same.
    let one = ask(&["visits"]).only(
        "visit__address",
        Operator::In,
        &[Value::Text(address(many - 1))],
    );
    assert_eq!(rows(&layer.run(&one).await.unwrap()), "1");
}
