//! Folders of files: named by a column's value, of odd names, of types that drift, and files that
//! come while the layer is open.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use almanac_agent_contract::{Grain, Settings, Value};
use almanac_metrics::{LayerError, Operator};
use arrow::array::{
    ArrayRef, Date32Array, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use parquet::arrow::ArrowWriter;

use super::shop::{Asking, Shop, ask, day, open, write};

const DEFINITIONS: &str = "
models:
  - name: events
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: event
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: kind, dimension: {type: categorical}}
    metrics:
      - {name: events, agg: count}
      - {name: amount, agg: sum, expr: amount}
";

fn parquet(folder: &Path, name: &str, columns: Vec<(&str, ArrayRef)>) {
    let file = folder.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer =
        ArrowWriter::try_new(File::create(file).unwrap(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn ints(values: &[i64]) -> ArrayRef {
    Arc::new(Int64Array::from(values.to_vec()))
}

fn days(values: &[&str]) -> ArrayRef {
    let epoch = day("1970-01-01");
    let days = values.iter().map(|value| (day(value) - epoch).get_days());
    Arc::new(Date32Array::from_iter_values(days))
}

async fn shop(folder: tempfile::TempDir) -> Shop {
    write(folder.path(), "metrics.yml", DEFINITIONS);
    let layer = open(folder.path(), &Settings::default()).await;
    let layer = layer.unwrap_or_else(|error| panic!("{error}"));
    Shop { layer, folder }
}

async fn failure(folder: &Path) -> String {
    write(folder, "metrics.yml", DEFINITIONS);
    match open(folder, &Settings::default()).await {
        Err(error @ (LayerError::File { .. } | LayerError::Source { .. })) => error.to_string(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("opened"),
    }
}

#[tokio::test]
async fn folders_named_by_day_and_kind_are_columns_and_only_those_asked_for_are_read() {
    let folder = tempfile::tempdir().unwrap();
    for (day, kind, amounts) in [
        ("2026-01-01", "web", &[1, 2][..]),
        ("2026-01-01", "app", &[4]),
        ("2026-02-01", "web", &[8, 16, 32]),
        ("2026-02-02", "caf%C3%A9", &[64]),
    ] {
        let name = format!("data/events/day={day}/kind={kind}/part-0.parquet");
        parquet(folder.path(), &name, vec![("amount", ints(amounts))]);
    }
    // What other tools leave behind is no data.
    write(folder.path(), "data/events/_SUCCESS", "");
    write(
        folder.path(),
        "data/events/day=2026-01-01/kind=web/_tmp.parquet",
        "",
    );
    let shop = shop(folder).await;
    assert_eq!(shop.rows(ask(&["amount", "events"])).await, "127 | 7");
    assert_eq!(
        shop.rows(ask(&["amount"]).per(Grain::Month)).await,
        "2026-01-01 | 7\n2026-02-01 | 120"
    );
    assert_eq!(
        shop.rows(ask(&["amount"]).by("event__kind")).await,
        "café | 64\nweb | 59\napp | 4"
    );
    let january = ask(&["amount"]).during("2026-01-01", "2026-01-31");
    let january = shop.layer.run(&january).await.unwrap();
    assert_eq!(january.table.rows, [[Value::Integer(7)]]);
    assert_eq!(january.rows_read, Some(3));
    let web = ask(&["amount"]).only("event__kind", Operator::In, &[Value::Text("web".into())]);
    let web = shop.layer.run(&web).await.unwrap();
    assert_eq!(
        (web.table.rows, web.rows_read),
        (vec![vec![Value::Integer(59)]], Some(5))
    );
    // A day more.
    let late = "data/events/day=2026-03-01/kind=web/part-0.parquet";
    parquet(shop.folder.path(), late, vec![("amount", ints(&[128]))]);
    assert_eq!(shop.rows(ask(&["amount"])).await, "255");
}

#[tokio::test]
async fn folders_that_cannot_be_a_column_are_named() {
    for (file, expected) in [
        ("data/events/day=2026-01-01/loose/kind=a/x.parquet", None),
        ("data/events/loose.csv", None),
        (
            "data/events/kind=a/x.parquet",
            Some("the folders beside it are named by day"),
        ),
        ("data/events/day=2026-01-03/x.CSV", Some("end in .parquet")),
        (
            "data/events/day=__HIVE_DEFAULT_PARTITION__/x.parquet",
            Some("its rows have no day"),
        ),
        (
            "data/events/day=2026-01-03/hour=1/x.parquet",
            Some("do not lie as deep"),
        ),
    ] {
        let Some(expected) = expected else { continue };
        let folder = tempfile::tempdir().unwrap();
        for day in ["2026-01-01", "2026-01-02"] {
            let name = format!("data/events/day={day}/x.parquet");
            parquet(folder.path(), &name, vec![("amount", ints(&[1]))]);
        }
        parquet(folder.path(), file, vec![("amount", ints(&[1]))]);
        let told = failure(folder.path()).await;
        assert!(told.contains(expected), "{told}");
    }
}

#[tokio::test]
async fn no_character_of_a_name_is_special() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "day,kind,amount\n2026-01-01,a,1\n";
    for name in ["[a-z]*?.csv", "100% #1 ?.csv", "ñ {x}.csv", "plain.csv"] {
        write(folder.path(), &format!("data/events/{name}"), rows);
    }
    assert_eq!(shop(folder).await.rows(ask(&["amount"])).await, "4");
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("odd [1] * dir");
    let name = "data/events/day=2026-01-01/x [2].parquet";
    parquet(
        &odd,
        name,
        vec![
            ("amount", ints(&[5])),
            ("kind", Arc::new(StringArray::from(vec!["a"]))),
        ],
    );
    write(&odd, "metrics.yml", DEFINITIONS);
    let layer = open(&odd, &Settings::default())
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    let shop = Shop { layer, folder };
    assert_eq!(shop.rows(ask(&["amount"])).await, "5");
}

#[tokio::test]
async fn types_that_widen_without_loss_are_one_column() {
    let folder = tempfile::tempdir().unwrap();
    let kind = |kind: &str| -> ArrayRef { Arc::new(StringArray::from(vec![kind])) };
    let columns = |amount: ArrayRef, day: ArrayRef| vec![("amount", amount), ("day", day)];
    let mut first = columns(Arc::new(Int32Array::from(vec![1])), days(&["2026-01-01"]));
    first.push(("kind", kind("a")));
    parquet(folder.path(), "data/events/1.parquet", first);
    let micros = TimestampMicrosecondArray::from(vec![1_767_312_000_000_000]);
    let second = columns(Arc::new(Float64Array::from(vec![0.5])), Arc::new(micros));
    // No kind at all here.
    parquet(folder.path(), "data/events/2.parquet", second);
    let shop = shop(folder).await;
    assert_eq!(
        shop.rows(ask(&["amount"]).per(Grain::Day)).await,
        "2026-01-01 | 1\n2026-01-02 | 0.5"
    );
    assert_eq!(
        shop.rows(ask(&["amount"]).by("event__kind")).await,
        "a | 1\n- | 0.5"
    );
    // A long integer and a double do not widen.
    let third = columns(ints(&[1 << 60]), days(&["2026-01-03"]));
    parquet(shop.folder.path(), "data/events/3.parquet", third);
    let told = failure(shop.folder.path()).await;
    for part in [
        "3.parquet",
        "1.parquet",
        "amount",
        "whole numbers",
        "differ in a column's type",
    ] {
        assert!(told.contains(part), "{told}");
    }
    // The layer that is open says so as well, until it is mended.
    let told = shop.error(ask(&["amount"])).await.to_string();
    assert!(told.contains("amount holds whole numbers"), "{told}");
    fs::remove_file(shop.folder.path().join("data/events/3.parquet")).unwrap();
    assert_eq!(shop.rows(ask(&["amount"])).await, "1.5");
}

#[tokio::test]
async fn csv_files_of_other_columns_and_torn_lines_are_named() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "data/events/1.csv",
        "day,kind,amount\n2026-01-01,a,1\n",
    );
    write(
        folder.path(),
        "data/events/2.csv",
        "kind,day,amount\na,2026-01-01,1\n",
    );
    let told = failure(folder.path()).await;
    assert!(
        told.contains("2.csv") && told.contains("kind, day, amount"),
        "{told}"
    );
    write(
        folder.path(),
        "data/events/2.csv",
        "day,kind,amount\n2026-01-02,a,1.5\n2026-01-03,a\n",
    );
    let told = failure(folder.path()).await;
    assert!(told.contains("2.csv") && told.contains("line 3"), "{told}");
    write(
        folder.path(),
        "data/events/2.csv",
        "day,kind,amount\n2026-01-02,a,1.5\n2026-01-03,a,\n",
    );
    assert_eq!(shop(folder).await.rows(ask(&["amount"])).await, "2.5");
}

#[tokio::test]
async fn the_edges_of_time_and_of_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let columns = vec![
        (
            "day",
            days(&["1900-02-28", "1969-12-31", "2101-03-01", "9999-12-31"]),
        ),
        ("kind", Arc::new(StringArray::new_null(4)) as ArrayRef),
        ("amount", ints(&[1, 2, 4, 8])),
    ];
    parquet(folder.path(), "data/events.parquet", columns);
    let edges = shop(folder).await;
    assert_eq!(
        edges.rows(ask(&["amount"]).per(Grain::Week)).await,
        "1900-02-26 | 1\n1969-12-29 | 2\n2101-02-28 | 4\n9999-12-27 | 8"
    );
    let long = ask(&["amount"]).during("1960-01-01", "9999-12-31");
    assert_eq!(edges.rows(long).await, "14");
    assert_eq!(
        edges.rows(ask(&["events"]).by("event__kind")).await,
        "- | 4"
    );
    // One row, and none.
    let folder = tempfile::tempdir().unwrap();
    let nothing = Arc::new(StringArray::new_null(0)) as ArrayRef;
    let none = vec![("day", days(&[])), ("kind", nothing), ("amount", ints(&[]))];
    parquet(folder.path(), "data/events/1.parquet", none);
    let shop = shop(folder).await;
    assert_eq!(shop.rows(ask(&["events", "amount"])).await, "0 | -");
    assert_eq!(shop.rows(ask(&["events"]).by("event__kind")).await, "");
    let one = Arc::new(StringArray::from(vec!["a"])) as ArrayRef;
    let one = vec![
        ("day", days(&["2026-01-01"])),
        ("kind", one),
        ("amount", ints(&[7])),
    ];
    parquet(shop.folder.path(), "data/events/2.parquet", one);
    assert_eq!(shop.rows(ask(&["events", "amount"])).await, "1 | 7");
}
