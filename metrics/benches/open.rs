//! Opening the demo shop, cold and with its index kept, and a question asked of it.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot open its shop has nothing to measure"
)]

use std::sync::Arc;
use std::sync::OnceLock;

use almanac_agent_contract::Grain;
use almanac_demo::{Shop, ensure};
use almanac_metrics::{GroupBy, Layer, LayerOptions, Limits, MetricQuery, Source, TimeRange};
use divan::Bencher;
use tokio::runtime::Runtime;

fn main() {
    divan::main();
}

/// The full shop of about 300,000 orders.
fn shop() -> &'static Shop {
    static SHOP: OnceLock<(Shop, tempfile::TempDir)> = OnceLock::new();
    let (shop, _) = SHOP.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        (
            ensure(folder.path(), "2026-11-19".parse().unwrap()).unwrap(),
            folder,
        )
    });
    shop
}

fn open(runtime: &Runtime, kept: bool) -> Layer {
    let shop = shop();
    let options = LayerOptions {
        definitions: vec![shop.definitions.clone()],
        source: Source::Files {
            path: shop.data.clone(),
        },
        settings: Arc::new(shop.settings.clone()),
        cache: kept.then(|| shop.definitions.with_file_name("cache")),
        // Each question runs.
        limits: Limits {
            kept: 0,
            ..Limits::default()
        },
    };
    runtime.block_on(Layer::open(options)).unwrap()
}

#[divan::bench(sample_count = 10)]
fn cold(bencher: Bencher<'_, '_>) {
    let runtime = Runtime::new().unwrap();
    shop();
    bencher.bench_local(|| open(&runtime, false));
}

#[divan::bench(sample_count = 50)]
fn warm(bencher: Bencher<'_, '_>) {
    let runtime = Runtime::new().unwrap();
    open(&runtime, true);
    bencher.bench_local(|| open(&runtime, true));
}

/// Revenue by day or by a dimension; a year, or all 25 months.
#[divan::bench(sample_count = 20, args = ["week", "week by country", "days of a year", "all months by category"])]
fn revenue(bencher: Bencher<'_, '_>, question: &str) {
    let runtime = Runtime::new().unwrap();
    let layer = open(&runtime, true);
    let day = |text: &str| text.parse().unwrap();
    let week = Some(TimeRange {
        start: day("2026-11-09"),
        end: day("2026-11-15"),
    });
    let year = Some(TimeRange {
        start: day("2025-11-20"),
        end: day("2026-11-19"),
    });
    let mut query = MetricQuery {
        metrics: vec!["revenue".into()],
        ..MetricQuery::default()
    };
    match question {
        "week" => query.time_range = week,
        "week by country" => {
            query.time_range = week;
            query.group_by = vec![GroupBy::named("customer__country")];
        }
        "days of a year" => {
            query.time_range = year;
            query.grain = Some(Grain::Day);
        }
        _ => {
            query.grain = Some(Grain::Month);
            query.group_by = vec![GroupBy::named("product__category")];
        }
    }
    runtime.block_on(layer.run(&query)).unwrap();
    bencher.bench_local(|| runtime.block_on(layer.run(&query)).unwrap());
}
