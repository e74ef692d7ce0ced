//! Files that are missing, empty, torn or of two minds.

use std::fs;

use almanac_agent_contract::Settings;
use almanac_metrics::LayerError;

use super::shop::{Asking, Shop, ask, open, write, write_shop};

async fn failure(folder: &std::path::Path) -> LayerError {
    match open(folder, &Settings::default()).await {
        Err(error) => error,
        Ok(_) => panic!("opened"),
    }
}

#[tokio::test]
async fn a_file_that_is_no_parquet_is_named() {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    write(
        folder.path(),
        "data/torn.parquet",
        "this is not Parquet at all, whatever its name says",
    );
    let error = failure(folder.path()).await;
    assert!(matches!(error, LayerError::File { .. }));
    let told = error.to_string();
    assert!(
        told.contains("data/torn.parquet cannot be read as Parquet: "),
        "{told}"
    );
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[tokio::test]
async fn a_parquet_file_cut_short_is_named() {
    let shop = super::damage::parquet_shop().await;
    let file = shop.folder.path().join("data/events.parquet");
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let told = failure(shop.folder.path()).await.to_string();
    assert!(
        told.contains("events.parquet cannot be read as Parquet"),
        "{told}"
    );
    // The layer that was open before says it too.
    let told = shop
        .error(ask(&["events"]).by("event__kind"))
        .await
        .to_string();
    assert!(told.contains("events.parquet"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[tokio::test]
async fn a_file_that_went_away_is_named() {
    let shop = parquet_shop().await;
    fs::remove_file(shop.folder.path().join("data/events.parquet")).unwrap();
    let told = shop
        .error(ask(&["events"]).by("event__kind"))
        .await
        .to_string();
    assert!(told.contains("events.parquet"), "{told}");
}

#[tokio::test]
async fn torn_pages_are_told_in_one_sentence() {
    let shop = parquet_shop().await;
    let file = shop.folder.path().join("data/events.parquet");
    let mut bytes = fs::read(&file).unwrap();
    // The pages stand before the footer: what they say becomes noise.
    for byte in &mut bytes[4..200] {
        *byte ^= 0xA5;
    }
    fs::write(&file, bytes).unwrap();
    let told = failure(shop.folder.path()).await.to_string();
    assert!(told.contains("events.parquet"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[tokio::test]
async fn a_folder_without_tables() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", super::shop::DEFINITIONS);
    let told = failure(folder.path()).await.to_string();
    assert!(told.contains("data cannot be read: "), "{told}");
    write(folder.path(), "data/readme.txt", "nothing here");
    let told = failure(folder.path()).await.to_string();
    assert!(
        told.ends_with("there is no .csv or .parquet file in it"),
        "{told}"
    );
}

#[tokio::test]
async fn an_empty_table_and_a_column_of_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    write(
        folder.path(),
        "data/orders.csv",
        "order_id,customer_id,ordered_on,status,amount\n",
    );
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    assert_eq!(layer.catalog().metric("orders").unwrap().coverage, None);
    let shop = Shop { layer, folder };
    assert_eq!(
        shop.rows(ask(&["orders", "buyers", "conversion"])).await,
        "0 | 0 | 0"
    );
    assert_eq!(
        shop.rows(ask(&["orders"]).by("customer__country")).await,
        ""
    );
    let folder = shop.folder;
    write(
        folder.path(),
        "data/orders.csv",
        "order_id,customer_id,ordered_on,status,amount\n1,,2026-01-01,,\n",
    );
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    let shop = Shop { layer, folder };
    let query = ask(&["gross", "orders", "buyers", "typical", "aov", "conversion"]);
    assert_eq!(shop.rows(query).await, "- | 1 | 0 | - | - | 0.0476");
    assert_eq!(
        shop.rows(ask(&["orders"]).by("order__status")).await,
        "- | 1"
    );
}

#[tokio::test]
async fn a_folder_is_one_table_and_its_files_must_agree() {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    fs::remove_file(folder.path().join("data/visits.csv")).unwrap();
    write(
        folder.path(),
        "data/visits/2026-01.csv",
        "day,customer_id,visits\n2026-01-05,10,4\n",
    );
    write(
        folder.path(),
        "data/visits/2026-02.csv",
        "day,customer_id,visits\n2026-02-05,10,5\n",
    );
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    let shop = Shop { layer, folder };
    assert_eq!(shop.rows(ask(&["visits"])).await, "9");
    let folder = shop.folder;
    write(
        folder.path(),
        "data/visits/2026-03.csv",
        "day,customer_id,visits\nsoon,10,5\n",
    );
    let told = failure(folder.path()).await.to_string();
    assert!(
        told.contains("visits") && told.contains("differ in a column's type"),
        "{told}"
    );
}

/// Two thousand events of three kinds in one Parquet file.
async fn parquet_shop() -> Shop {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, Date32Array, RecordBatch, StringArray};
    use parquet::arrow::ArrowWriter;

    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "metrics.yml",
        "models:
  - name: events
    semantic_model: true
    agg_time_dimension: day
    primary_entity: event
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: kind, dimension: {type: categorical}}
    metrics: [{name: events, agg: count}]
",
    );
    write(folder.path(), "data/.keep", "");
    let kinds = (0..2_000).map(|n| Some(["start", "stop", "pause"][n % 3]));
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("kind", Arc::new(kinds.collect::<StringArray>())),
        (
            "day",
            Arc::new(Date32Array::from_iter_values(
                (0..2_000).map(|n| 20_000 + n % 7),
            )),
        ),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = fs::File::create(folder.path().join("data/events.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    Shop { layer, folder }
}
