//! How long a query takes to become a statement, over a shop of five tables: the median and the
//! slowest twentieth of many, in microseconds. Nothing runs.
//!
//!     cargo bench --workspace --bench compile

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot open its shop has nothing to measure"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use almanac_agent_contract::{Grain, Settings, TimeZoneName};
use almanac_metrics::{
    Comparison, Filter, GroupBy, Layer, LayerOptions, Limits, MetricQuery, Operator, Source,
    TimeRange, validate,
};

#[path = "../tests/suite/shop.rs"]
#[expect(
    dead_code,
    clippy::panic,
    reason = "written for tests; only the shop's files are needed here"
)]
mod shop;

/// Statements compiled before any is timed, and those that are.
const COMPILED: (usize, usize) = (3_000, 20_000);
/// Times that definitions are read, before and while it is timed.
const READ: (usize, usize) = (3, 40);

fn main() {
    simple();
    derived_ratio_over_joins();
    cumulative();
    derived_ratio_over_joins_filtered_and_compared();
    validate_the_definitions();
    validate_2000_metrics();
}

/// Prints how long something takes, with its goal where it has one.
fn time<T>(name: &str, (before, times): (usize, usize), goal: &str, mut work: impl FnMut() -> T) {
    for _ in 0..before {
        std::hint::black_box(work());
    }
    let mut taken: Vec<Duration> = Vec::with_capacity(times);
    for _ in 0..times {
        let begun = Instant::now();
        std::hint::black_box(work());
        taken.push(begun.elapsed());
    }
    taken.sort_unstable();
    let at = |share: usize| taken[(times * share / 100).min(times - 1)].as_secs_f64() * 1e6;
    println!(
        "{name:<52} median {:>10.1} us   p95 {:>10.1} us   {goal}",
        at(50),
        at(95)
    );
}

/// Running totals beside the shop's own metrics.
const RUNNING: &str = "
metrics:
  - {name: revenue_of_month, type: cumulative, input_metric: revenue, grain_to_date: month}
  - {name: revenue_of_30_days, type: cumulative, input_metric: revenue, window: 30 days}
";

fn layer() -> (Layer, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    shop::write_shop(folder.path());
    shop::write(folder.path(), "running.yml", RUNNING);
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
        definitions: vec![folder.join("metrics.yml"), folder.join("running.yml")],
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

fn compile(name: &str, goal: &str, query: &MetricQuery) {
    let (layer, _folder) = layer();
    time(name, COMPILED, goal, || layer.compile(query).unwrap());
}

fn simple() {
    let query = MetricQuery {
        grain: Some(Grain::Month),
        time_range: year(),
        ..shop::ask(&["revenue"])
    };
    compile("simple", "goal 30", &query);
}

/// Of two facts, each with its own way to customers.
fn derived_ratio_over_joins() {
    let query = MetricQuery {
        group_by: vec![GroupBy::named("customer__country")],
        grain: Some(Grain::Month),
        time_range: year(),
        ..shop::ask(&["conversion"])
    };
    compile("ratio of two facts over two joins", "goal 70", &query);
    let query = MetricQuery {
        metrics: vec!["conversion".into(), "net".into()],
        ..query
    };
    compile("derived and ratio over two joins", "goal 70", &query);
}

fn cumulative() {
    let query = MetricQuery {
        grain: Some(Grain::Month),
        time_range: year(),
        ..shop::ask(&["revenue_of_month"])
    };
    compile("cumulative, to date", "goal 40", &query);
    let query = MetricQuery {
        metrics: vec!["revenue_of_30_days".into()],
        ..query
    };
    compile("cumulative, over a window", "goal 40", &query);
}

fn derived_ratio_over_joins_filtered_and_compared() {
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
    compile("the same, filtered and compared twice", "", &query);
}

/// A manifest of two thousand metrics over one table, each a ratio of two others or a sum.
fn validate_2000_metrics() {
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
    time("validate 2,000 metrics", READ, "goal 1,000,000", || {
        validate(&files).unwrap()
    });
}

fn validate_the_definitions() {
    let folder = tempfile::tempdir().unwrap();
    shop::write_shop(folder.path());
    let files = [folder.path().join("metrics.yml")];
    time("validate the shop", READ, "", || validate(&files).unwrap());
}
