//! What is cut off, and what becomes of a question that nobody waits for.

use std::fmt::Write;
use std::time::Duration;

use almanac_agent_contract::{Settings, Value};

use super::shop::{Asking, Shop, ask, open, write};

const DEFINITIONS: &str = "
models:
  - name: things
    semantic_model: true
    agg_time_dimension: day
    columns:
      - {name: id, entity: {type: primary, name: thing}}
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: name, dimension: {type: categorical}}
    metrics: [{name: things, agg: count}]
";

/// As many things as are asked for, each with a name of its own but the last, which shares one.
async fn things(count: u32) -> Shop {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = "id,day,name\n".to_owned();
    for id in 0..count {
        writeln!(rows, "{id},2026-01-01,name {}", id.min(count - 2)).unwrap();
    }
    write(folder.path(), "data/things.csv", &rows);
    write(folder.path(), "metrics.yml", DEFINITIONS);
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    Shop { layer, folder }
}

#[tokio::test]
async fn ten_thousand_rows_come_back_and_more_is_said() {
    let things = things(10_001).await;
    let all = things
        .layer
        .run(&ask(&["things"]).by("thing"))
        .await
        .unwrap();
    assert_eq!((all.table.rows.len(), all.truncated), (10_000, true));
    assert_eq!(all.rows_read, Some(10_001));
    let names = things
        .layer
        .run(&ask(&["things"]).by("thing__name"))
        .await
        .unwrap();
    assert_eq!((names.table.rows.len(), names.truncated), (10_000, false));
    let mut five = ask(&["things"]).by("thing");
    five.limit = Some(5);
    let five = things.layer.run(&five).await.unwrap();
    assert_eq!((five.table.rows.len(), five.truncated), (5, false));
}

#[tokio::test]
async fn two_thousand_values_are_known_most_frequent_first() {
    let things = things(2_002).await;
    let catalog = things.layer.catalog();
    let names = catalog.dimension("thing__name").unwrap();
    assert_eq!((names.values.len(), names.complete), (2_000, false));
    assert_eq!(names.values[0].value, Value::Text("name 2000".into()));
    assert_eq!(names.values[1].value, Value::Text("name 0".into()));
}

#[tokio::test]
async fn a_question_nobody_waits_for_leaves_the_layer_usable() {
    let things = things(10_001).await;
    let query = ask(&["things"]).by("thing__name");
    for micros in [0, 200, 2_000] {
        let waiting = things.layer.run(&query);
        let _ = tokio::time::timeout(Duration::from_micros(micros), waiting).await;
    }
    assert_eq!(things.rows(ask(&["things"])).await, "10001");
}
