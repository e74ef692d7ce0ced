//! The demo shop: its definitions open, and some of its numbers are counted again from its files
//! without the layer.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use almanac_agent_contract::{Grain, Value};
use almanac_demo::{Size, ensure_sized};
use almanac_metrics::{Answer, Layer, LayerOptions, Limits, Source, validate};
use arrow::array::{AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type, TimeUnit, TimestampMicrosecondType};
use jiff::Timestamp;
use jiff::civil::Date;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::shop::{Asking, ask, day};

struct Demo {
    layer: Layer,
    data: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

async fn demo() -> Demo {
    let folder = tempfile::tempdir().unwrap();
    let shop = ensure_sized(folder.path(), day("2026-11-19"), Size::Small).unwrap();
    validate(std::slice::from_ref(&shop.definitions)).unwrap();
    let options = LayerOptions {
        definitions: vec![shop.definitions],
        source: Source::Files {
            path: shop.data.clone(),
        },
        settings: Arc::new(shop.settings),
        cache: None,
        limits: Limits::default(),
    };
    let layer = Layer::open(options)
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    Demo {
        layer,
        data: shop.data,
        _folder: folder,
    }
}

fn batches(data: &Path, table: &str) -> Vec<RecordBatch> {
    let file = File::open(data.join(table).with_extension("parquet")).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)
        .unwrap()
        .build()
        .unwrap();
    reader.map(Result::unwrap).collect()
}

/// The paid revenue of orders on the days of a period in São Paulo, counted row by row.
fn revenue_by_hand(data: &Path, first: Date, last: Date) -> f64 {
    let zone = jiff::tz::TimeZone::get("America/Sao_Paulo").unwrap();
    let mut sum = 0.0;
    for batch in batches(data, "order_items") {
        let column =
            |name: &str, kind: &DataType| cast(batch.column_by_name(name).unwrap(), kind).unwrap();
        let at = column(
            "ordered_at",
            &DataType::Timestamp(TimeUnit::Microsecond, None),
        );
        let at = at.as_primitive::<TimestampMicrosecondType>();
        let amount = column("amount_usd", &DataType::Float64);
        let amount = amount.as_primitive::<Float64Type>();
        let status = column("order_status", &DataType::Utf8);
        let status = status.as_string::<i32>();
        for row in 0..batch.num_rows() {
            let moment = Timestamp::from_microsecond(at.value(row)).unwrap();
            let date = moment.to_zoned(zone.clone()).date();
            if status.value(row) == "paid" && first <= date && date <= last {
                sum += amount.value(row);
            }
        }
    }
    sum
}

fn number(answer: &Answer) -> f64 {
    answer.table.rows[0].last().and_then(Value::number).unwrap()
}

#[tokio::test]
async fn every_metric_of_the_demo_answers_alone_by_month_and_by_each_dimension() {
    let demo = demo().await;
    let catalog = demo.layer.catalog();
    assert!(catalog.metrics.len() >= 40);
    for metric in &catalog.metrics {
        let alone = demo.layer.run(&ask(&[&metric.name])).await;
        let alone = alone.unwrap_or_else(|error| panic!("{}: {error}", metric.name));
        assert_eq!(alone.table.rows.len(), 1, "{}", metric.name);
        assert_ne!(alone.table.rows[0][0], Value::Null, "{}", metric.name);
        assert!(metric.coverage.is_some(), "{}", metric.name);
        let months = demo
            .layer
            .run(&ask(&[&metric.name]).per(Grain::Month))
            .await
            .unwrap();
        assert!(!months.table.rows.is_empty(), "{}", metric.name);
    }
    for dimension in &catalog.dimensions {
        let metrics = catalog
            .metrics
            .iter()
            .filter(|m| m.dimensions.contains(&dimension.name));
        let metrics: Vec<&str> = metrics.map(|metric| metric.name.as_str()).collect();
        let answer = demo.layer.run(&ask(&metrics).by(&dimension.name)).await;
        let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", dimension.name));
        assert!(!answer.table.rows.is_empty(), "{}", dimension.name);
    }
}

#[tokio::test]
async fn revenue_of_a_week_is_what_its_rows_add_up_to() {
    let demo = demo().await;
    let (first, last) = (day("2026-11-09"), day("2026-11-15"));
    let by_hand = revenue_by_hand(&demo.data, first, last);
    let query = ask(&["revenue"]).during("2026-11-09", "2026-11-15");
    let answer = demo.layer.run(&query).await.unwrap();
    assert!(
        by_hand > 0.0 && (number(&answer) / by_hand - 1.0).abs() < 1e-9,
        "{by_hand}"
    );
    // Broken down it is still the same.
    for dimension in ["customer__country", "product__category"] {
        let parts = demo.layer.run(&query.clone().by(dimension)).await.unwrap();
        let sum: f64 = parts
            .table
            .rows
            .iter()
            .filter_map(|row| row[1].number())
            .sum();
        assert!(
            (sum / by_hand - 1.0).abs() < 1e-9,
            "{dimension}: {sum} {by_hand}"
        );
    }
    let days = demo.layer.run(&query.per(Grain::Day)).await.unwrap();
    for row in &days.table.rows {
        let date = row[0].date().unwrap();
        let of_day = revenue_by_hand(&demo.data, date, date);
        assert!(
            (row[1].number().unwrap() / of_day - 1.0).abs() < 1e-9,
            "{date}"
        );
    }
}

#[tokio::test]
async fn the_tracking_gap_is_missing_and_not_zero() {
    let demo = demo().await;
    let catalog = demo.layer.catalog();
    let sessions = catalog.metric("sessions").unwrap();
    let gaps = sessions.coverage.clone().unwrap().gaps;
    assert_eq!(gaps.len(), 2, "{gaps:?}");
    let query = ask(&["sessions"]).per(Grain::Day);
    let days = demo.layer.run(&query).await.unwrap();
    assert!(
        days.table
            .rows
            .iter()
            .all(|row| !gaps.contains(&row[0].date().unwrap()))
    );
    let by_hand: i64 = batches(&demo.data, "sessions")
        .iter()
        .map(|batch| {
            let column = cast(batch.column_by_name("sessions").unwrap(), &DataType::Int64);
            column
                .unwrap()
                .as_primitive::<Int64Type>()
                .iter()
                .flatten()
                .sum::<i64>()
        })
        .sum();
    let all = demo.layer.run(&ask(&["sessions"])).await.unwrap();
    assert_eq!(all.table.rows, [[Value::Integer(by_hand)]]);
}
