//! The same questions over the same rows, in PostgreSQL and in process: the same answers.

use std::fmt::Write;

use almanac_agent_contract::{Grain, Settings, Table, Value, Weekday};
use almanac_demo::{Size, ensure_sized};
use almanac_metrics::{Comparison, Layer, Limits, MetricQuery, Operator};

use super::scratch::{Scratch, server};
use crate::suite::shop::{
    Asking, CUSTOMERS, DEFINITIONS, ITEMS, ORDERS, PRODUCTS, VISITS, ask, day, open, text,
    write_shop,
};

/// Asks both, and tells the first difference.
pub(super) async fn same(files: &Layer, database: &Layer, query: &MetricQuery) {
    let expected = files.run(query).await.unwrap_or_else(|error| {
        panic!("{error}\n{query:?}");
    });
    let found = database.run(query).await.unwrap_or_else(|error| {
        let sql = database.compile(query).map(|compiled| compiled.sql);
        panic!("{error}\n{}", sql.unwrap_or_default());
    });
    let names =
        |table: &Table| -> Vec<String> { table.columns.iter().map(|c| c.name.clone()).collect() };
    assert_eq!(names(&expected.table), names(&found.table));
    assert_eq!(expected.truncated, found.truncated, "{query:?}");
    let (expected, answer) = (sorted(expected.table), found.sql);
    let found = sorted(found.table);
    assert_eq!(expected.len(), found.len(), "{answer}");
    for (left, right) in expected.iter().zip(&found) {
        let alike = left
            .iter()
            .zip(right)
            .all(|(left, right)| alike(left, right));
        assert!(alike, "{left:?}\n{right:?}\n{answer}");
    }
}

/// Sums of doubles depend on their order in the last digits, and DataFusion interpolates
/// percentiles in steps of a millionth of the gap.
fn alike(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => left == right,
        (Value::Integer(_) | Value::Float(_), Value::Integer(_) | Value::Float(_)) => {
            let (left, right) = (left.number().unwrap(), right.number().unwrap());
            (left - right).abs() <= 1e-5 * left.abs().max(1e-6)
        }
        (left, right) => left == right,
    }
}

/// Rows in an order that has nothing to do with an engine's.
fn sorted(mut table: Table) -> Vec<Vec<Value>> {
    table.rows.sort_by_cached_key(|row| {
        row.iter().fold(String::new(), |mut line, value| {
            let _ = match value {
                Value::Integer(_) | Value::Float(_) => {
                    write!(line, "{:.4e} | ", value.number().unwrap() + 0.0)
                }
                value => write!(line, "{} | ", serde_json::to_string(value).unwrap()),
            };
            line
        })
    });
    table.rows
}

async fn shops(url: &str, settings: Settings) -> (Layer, Layer, Scratch, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    write_shop(folder.path());
    let files = open(folder.path(), &settings).await.unwrap();
    let scratch = Scratch::at(url).await;
    let orders = "order_id bigint, customer_id bigint, ordered_on date, status text, amount double precision";
    scratch.table("orders", orders, ORDERS).await;
    let items = "item_id int, order_id int, product_id smallint, quantity int";
    scratch.table("order_items", items, ITEMS).await;
    let customers = "customer_id bigint, country varchar(2), signed_up_on date";
    scratch.table("customers", customers, CUSTOMERS).await;
    let products = "product_id bigint, category text";
    scratch.table("products", products, PRODUCTS).await;
    let visits = "day date, customer_id bigint, visits bigint";
    scratch.table("visits", visits, VISITS).await;
    let database = scratch
        .open(DEFINITIONS, settings, Limits::default())
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    (files, database, scratch, folder)
}

#[tokio::test]
async fn questions_of_every_shape() {
    let Some(url) = server() else { return };
    let weeks = Settings {
        week_start: Weekday::Sunday,
        ..Settings::default()
    };
    let (files, database, scratch, _folder) = shops(&url, weeks).await;
    assert_eq!(files.catalog().metrics, database.catalog().metrics);
    let every = [
        "gross",
        "orders",
        "buyers",
        "biggest",
        "smallest",
        "typical",
        "average_order",
        "p90",
        "paid_flags",
        "revenue",
        "brazilian",
        "aov",
        "refund_share",
        "conversion",
        "net",
        "spare",
        "units",
        "customers",
        "visits",
    ];
    for metric in every {
        same(&files, &database, &ask(&[metric])).await;
        for grain in [
            Grain::Day,
            Grain::Week,
            Grain::Month,
            Grain::Quarter,
            Grain::Year,
        ] {
            same(&files, &database, &ask(&[metric]).per(grain)).await;
        }
    }
    let by = |metrics: &[&str], dimension: &str| ask(metrics).by(dimension);
    let only = |op, values: &[Value]| ask(&["orders"]).only("customer__country", op, values);
    let mut compared = ask(&["aov", "orders"])
        .per(Grain::Month)
        .during("2026-02-01", "2026-03-31");
    compared.compare = vec![Comparison::PreviousPeriod, Comparison::SamePeriodLastYear];
    let mut limited = by(&["gross"], "order");
    limited.limit = Some(3);
    let queries = [
        by(&["gross", "orders"], "customer__country"),
        by(&["orders", "visits", "conversion"], "customer__country"),
        by(
            &["paid_orders", "refunded_orders", "refund_share"],
            "customer__country",
        ),
        by(&["units"], "customer__country").by("product__category"),
        by(&["typical", "p90", "buyers"], "order__status").per(Grain::Week),
        by(&["orders"], "order__ordered_on__month"),
        limited,
        compared,
        ask(&["gross"]).during("2026-01-06", "2026-02-01"),
        ask(&["conversion", "spare"]).during("2026-02-01", "2026-02-01"),
        only(Operator::In, &[text("BR")]),
        only(Operator::NotIn, &[text("BR"), Value::Null]),
        only(Operator::Contains, &[text("b")]),
        only(Operator::IsNull, &[]),
        only(Operator::In, &[text("it's a \\' trap; --")]),
        ask(&["orders"]).only(
            "metric_time",
            Operator::Gte,
            &[Value::Date(day("2026-01-06"))],
        ),
    ];
    for query in &queries {
        same(&files, &database, query).await;
    }
    scratch.close().await;
}

#[tokio::test]
async fn every_metric_of_the_demo() {
    let Some(url) = server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let shop = ensure_sized(folder.path(), day("2026-11-19"), Size::Small).unwrap();
    let scratch = Scratch::at(&url).await;
    for entry in std::fs::read_dir(&shop.data).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|end| end == "parquet") {
            let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
            scratch.parquet(&name, &file).await;
        }
    }
    let options = |source| almanac_metrics::LayerOptions {
        definitions: vec![shop.definitions.clone()],
        source,
        settings: std::sync::Arc::new(shop.settings.clone()),
        cache: None,
        limits: Limits::default(),
    };
    let files = Layer::open(options(almanac_metrics::Source::Files {
        path: shop.data.clone(),
    }));
    let files = files.await.unwrap();
    let database = Layer::open(options(almanac_metrics::Source::Postgres {
        url: url.clone().into(),
        schema: Some(scratch.schema.clone()),
    }));
    let database = database.await.unwrap_or_else(|error| panic!("{error}"));
    let catalog = files.catalog();
    assert_eq!(*catalog, *database.catalog());
    for metric in &catalog.metrics {
        same(&files, &database, &ask(&[&metric.name])).await;
        same(&files, &database, &ask(&[&metric.name]).per(Grain::Month)).await;
    }
    for dimension in &catalog.dimensions {
        let metrics = catalog
            .metrics
            .iter()
            .filter(|m| m.dimensions.contains(&dimension.name));
        let metrics: Vec<&str> = metrics.map(|metric| metric.name.as_str()).collect();
        let query = ask(&metrics).by(&dimension.name);
        same(&files, &database, &query).await;
        if dimension.name == "customer__country" {
            let mut query = query.during("2026-10-01", "2026-11-15");
            query.compare = vec![Comparison::SamePeriodLastYear];
            same(&files, &database, &query).await;
        }
    }
    scratch.close().await;
}
