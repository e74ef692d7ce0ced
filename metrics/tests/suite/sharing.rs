//! Many questions at once: equal ones share a statement, others take turns, and none takes more
//! than it may.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::Settings;
use almanac_metrics::{Layer, LayerOptions, Limits, QueryError, Source};
use futures::future::join_all;

use super::shop::{Asking, ask, rows, write};

const DEFINITIONS: &str = "
models:
  - name: things
    semantic_model: {enabled: true}
    agg_time_dimension: day
    columns:
      - {name: id, entity: {type: primary, name: thing}}
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: name, dimension: {type: categorical}, config: {meta: {almanac: {index: false}}}}
    metrics:
      - {name: things, agg: count}
      - {name: kinds, agg: count_distinct, expr: name}
      - {name: middle, agg: median, expr: id}
";

async fn things(count: u32, limits: Limits) -> (Layer, tempfile::TempDir) {
    named(count, 1, limits).await
}

/// Things whose names end in so many digits.
async fn named(count: u32, width: usize, limits: Limits) -> (Layer, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "id,day,name\n".to_owned();
    for id in 0..count {
        writeln!(
            text,
            "{id},2026-01-01,a name that takes some room {id:0>width$}"
        )
        .unwrap();
    }
    write(folder.path(), "data/things.csv", &text);
    write(folder.path(), "metrics.yml", DEFINITIONS);
    let layer = Layer::open(LayerOptions {
        definitions: vec![folder.path().join("metrics.yml")],
        source: Source::Files {
            path: folder.path().join("data"),
        },
        settings: Arc::new(Settings::default()),
        cache: None,
        limits,
    });
    (
        layer.await.unwrap_or_else(|error| panic!("{error}")),
        folder,
    )
}

#[tokio::test]
async fn memory_that_is_used_up_is_told_or_done_without() {
    const ROWS: u32 = 400_000;
    // The names alone take more. With much less than this DataFusion's own parts, which cannot go
    // to disk, find no room beside those that can.
    let roomy = Limits {
        memory: 40 << 20,
        ..Limits::default()
    };
    let mut query = ask(&["things"]).by("thing__name");
    query.limit = Some(5);
    let (layer, _folder) = named(ROWS, 100, roomy.clone()).await;
    let groups = layer.run(&query).await;
    let groups = groups.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(groups.table.rows.len(), 5);
    let narrow = Limits {
        disk: 1 << 10,
        ..roomy
    };
    let (layer, _folder) = named(ROWS, 100, narrow).await;
    assert_eq!(layer.run(&query).await.unwrap_err(), QueryError::TooBig);
    // The next one that fits is answered.
    assert_eq!(
        rows(&layer.run(&ask(&["things"])).await.unwrap()),
        ROWS.to_string()
    );
}

#[tokio::test]
async fn rows_and_time_are_bounded() {
    let few = Limits {
        rows: 10,
        ..Limits::default()
    };
    let (layer, _folder) = things(11, few).await;
    let all = layer.run(&ask(&["things"]).by("thing")).await.unwrap();
    assert_eq!((all.table.rows.len(), all.truncated), (10, true));
    let moment = Duration::from_nanos(1);
    let quick = Limits {
        time: moment,
        ..Limits::default()
    };
    let (layer, _folder) = things(20_000, quick).await;
    let error = layer.run(&ask(&["kinds"])).await.unwrap_err();
    assert_eq!(error, QueryError::TooSlow(moment));
}

#[tokio::test]
async fn sixty_four_questions_at_once_wait_for_one_another() {
    let narrow = Limits {
        at_once: 2,
        memory: 32 << 20,
        ..Limits::default()
    };
    let (layer, _folder) = things(5_000, narrow).await;
    let queries = (0..64).map(|number| {
        let mut query = ask(&["things"]).by("thing__name");
        query.limit = Some(number + 1);
        query
    });
    let queries: Vec<_> = queries.collect();
    let answers = join_all(queries.iter().map(|query| layer.run(query))).await;
    for (number, answer) in answers.into_iter().enumerate() {
        let answer = answer.unwrap_or_else(|error| panic!("{number}: {error}"));
        assert_eq!(answer.table.rows.len(), number + 1);
        assert!(!answer.cached);
    }
}

#[tokio::test]
async fn equal_questions_share_a_statement_and_its_rows_are_kept() {
    let (layer, folder) = things(3_000, Limits::default()).await;
    let query = ask(&["kinds", "middle"]);
    let answers = join_all((0..16).map(|_| layer.run(&query))).await;
    let ran = answers
        .iter()
        .filter(|answer| !answer.as_ref().unwrap().cached)
        .count();
    assert_eq!(ran, 1);
    let again = layer.run(&query).await.unwrap();
    assert!(again.cached);
    assert_eq!(again.table, answers[0].as_ref().unwrap().table);
    // Whoever asked first may go.
    let other = ask(&["things", "kinds"]);
    let mut first = Box::pin(layer.run(&other));
    assert!(futures::poll!(first.as_mut()).is_pending());
    let second = layer.run(&other);
    drop(first);
    assert_eq!(rows(&second.await.unwrap()), "3000 | 3000");
    // Another row, another answer.
    let file = folder.path().join("data/things.csv");
    let mut text = std::fs::read_to_string(&file).unwrap();
    text.push_str("9000,2026-01-02,new\n");
    std::fs::write(&file, text).unwrap();
    let fresh = layer.run(&query).await.unwrap();
    assert_eq!(
        (rows(&fresh), fresh.cached),
        ("3001 | 1500".to_owned(), false)
    );
}

#[tokio::test]
async fn what_is_kept_is_bounded() {
    let query = |limit| {
        let mut query = ask(&["things"]).by("thing__name");
        query.limit = Some(limit);
        query
    };
    let room = Limits {
        kept: 25_000,
        ..Limits::default()
    };
    let (layer, _folder) = things(200, room).await;
    let cached = async |limit| layer.run(&query(limit)).await.unwrap().cached;
    // Some fifteen thousand bytes each: there is room for one beside the smallest.
    assert!(!cached(1).await);
    assert!(!cached(150).await);
    assert!(cached(150).await);
    assert!(cached(1).await);
    assert!(!cached(151).await);
    assert!(cached(1).await);
    assert!(!cached(150).await);
    let none = Limits {
        kept: 0,
        ..Limits::default()
    };
    let (layer, _folder) = things(10, none).await;
    assert!(!layer.run(&query(1)).await.unwrap().cached);
    assert!(!layer.run(&query(1)).await.unwrap().cached);
}
