//! How long a query takes to become a statement, over a shop of five tables. Nothing runs.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot open its shop has nothing to measure"
)]

use std::path::Path;
use std::sync::Arc;

use almanac_agent_contract::{Grain, Settings, TimeZoneName};
use almanac_metrics::{
    Comparison, Filter, GroupBy, Layer, LayerOptions, Limits, MetricQuery, Operator, Source,
    TimeRange, validate,
};
use divan::Bencher;

#[path = "../tests/suite/shop.rs"]
#[expect(
    dead_code,
    clippy::panic,
    reason = "written for tests; only the shop's files are needed here"
)]
mod shop;

fn main() {
    divan::main();
}

fn layer() -> (Layer, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    shop::write_shop(folder.path());
    let zone = TimeZoneName::new("America/Sao_Paulo").unwrap();
    let layer = open(
        folder.path(),
        Settings {
            zone,
            ..Settings::default()
        },
    );
    (layer, folder)
}

fn open(folder: &Path, settings: Settings) -> Layer {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let options = LayerOptions {
        definitions: vec![folder.join("metrics.yml")],
        source: Source::Files {
            path: folder.join("data"),
        },
        settings: Arc::new(settings),
        cache: None,
        limits: Limits::default(),
    };
    runtime.block_on(Layer::open(options)).unwrap()
}

fn year() -> Option<TimeRange> {
    let day = |text: &str| text.parse().unwrap();
    Some(TimeRange {
        start: day("2026-01-01"),
        end: day("2026-12-31"),
    })
}

fn compile(bencher: Bencher<'_, '_>, query: &MetricQuery) {
    let (layer, _folder) = layer();
    bencher.bench(|| layer.compile(query).unwrap());
}

#[divan::bench]
fn simple(bencher: Bencher<'_, '_>) {
    let query = MetricQuery {
        grain: Some(Grain::Month),
        time_range: year(),
        ..shop::ask(&["revenue"])
    };
    compile(bencher, &query);
}

#[divan::bench]
fn derived_ratio_over_joins_filtered_and_compared(bencher: Bencher<'_, '_>) {
    let filter = Filter {
        dimension: "customer__country".into(),
        op: Operator::In,
        values: vec![shop::text("BR"), shop::text("US")],
    };
    let query = MetricQuery {
        group_by: vec![GroupBy::named("customer__country")],
        grain: Some(Grain::Week),
        time_range: year(),
        filters: vec![filter],
        compare: vec![Comparison::PreviousPeriod, Comparison::SamePeriodLastYear],
        ..shop::ask(&["conversion", "net"])
    };
    compile(bencher, &query);
}

/// A manifest of two thousand metrics over one table, each a ratio of two others or a sum.
#[divan::bench(sample_count = 20)]
fn validate_2000_metrics(bencher: Bencher<'_, '_>) {
    use std::fmt::Write;
    let mut text = String::from(
        "models:\n  - name: orders\n    semantic_model: true\n    agg_time_dimension: day\n    \
         primary_entity: order\n    columns:\n      - {name: day, granularity: day, dimension: \
         {type: time}}\n      - {name: status, dimension: {type: categorical}}\n    metrics:\n",
    );
    for number in 0..1_000 {
        writeln!(text, "      - {{name: sum_{number}, agg: sum, expr: amount * {number}, filter: \"{{{{ Dimension('order__status') }}}} = 's{number}'\"}}").unwrap();
    }
    text.push_str("metrics:\n");
    for number in 0..1_000 {
        let other = (number + 1) % 1_000;
        writeln!(text, "  - {{name: ratio_{number}, type: ratio, numerator: sum_{number}, denominator: sum_{other}}}").unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    shop::write(folder.path(), "metrics.yml", &text);
    let files = [folder.path().join("metrics.yml")];
    bencher.bench(|| validate(&files).unwrap());
}

#[divan::bench]
fn validate_the_definitions(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    shop::write_shop(folder.path());
    let files = [folder.path().join("metrics.yml")];
    bencher.bench(|| validate(&files).unwrap());
}
