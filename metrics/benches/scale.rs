//! What the metric layer costs over ten million order items in Parquet:
//!
//!     cargo bench --workspace --bench scale
//!     cargo bench --workspace --bench scale -- --duckdb PYTHON
//!
//! - opening the data, with and without the index of before;
//! - six questions, against SQL written by hand for the same engine with the same settings (goal:
//!   at most 1.10 times as long), and, where a Python with the package `duckdb` is named, against
//!   the same SQL in DuckDB with as many threads (goal: at most 1.3 times as long). All take turns,
//!   so that whatever else the machine does meets all of them; their rows must be the same;
//! - 64 different questions at once within the default limits, and the memory that takes.
//!
//! The data is made once, the same on every machine, below cargo's target folder. `ONLY=overhead`,
//! `open` or `at_once` runs one part; `EXPLAIN=1` prints the plans instead.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot open its data has nothing to measure"
)]

#[path = "scale/at_once.rs"]
mod at_once;
#[path = "scale/data.rs"]
mod data;
#[path = "scale/overhead.rs"]
mod overhead;
#[path = "scale/questions.rs"]
mod questions;
#[path = "scale/rivals.rs"]
mod rivals;
#[path = "../engine/settings.rs"]
mod settings;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use almanac_agent_contract::Settings;
use almanac_metrics::{Layer, LayerOptions, Limits, Source};
use tokio::runtime::Runtime;

fn main() {
    let mut words = std::env::args().skip(1);
    let mut python = None;
    while let Some(word) = words.next() {
        // Cargo adds `--bench` of its own.
        if word == "--duckdb" {
            python = words.next().map(PathBuf::from);
        }
    }
    let folder = data::ensure(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("scale"));
    let only = std::env::var("ONLY").ok();
    let part = |name: &str| only.as_deref().is_none_or(|only| only == name);
    let runtime = Runtime::new().unwrap();
    println!("load of the machine: {}", load());
    if std::env::var_os("EXPLAIN").is_some() {
        overhead::explain(&runtime, &folder);
        return;
    }
    if part("open") {
        opening(&runtime, &folder);
    }
    if part("overhead") {
        overhead::run(&runtime, &folder, python.as_deref());
    }
    if part("at_once") {
        at_once::run(&runtime, &folder);
    }
    println!("load of the machine: {}", load());
}

/// Opens the layer over the data, with the index of before if there is one and it is wanted.
fn open(runtime: &Runtime, folder: &Path, kept: bool, limits: Limits) -> Layer {
    let options = LayerOptions {
        definitions: vec![folder.join("metrics.yml")],
        source: Source::Files {
            path: folder.join("data"),
        },
        settings: Arc::new(Settings::default()),
        cache: kept.then(|| folder.join("cache")),
        limits,
    };
    runtime.block_on(Layer::open(options)).unwrap()
}

/// Limits under which every question runs.
fn without_cache() -> Limits {
    Limits {
        kept: 0,
        ..Limits::default()
    }
}

fn opening(runtime: &Runtime, folder: &Path) {
    for (name, kept, times) in [("without an index", false, 3), ("with it", true, 20)] {
        open(runtime, folder, kept, Limits::default());
        let mut taken: Vec<Duration> = (0..times)
            .map(|_| {
                let begun = Instant::now();
                open(runtime, folder, kept, Limits::default());
                begun.elapsed()
            })
            .collect();
        println!("open {name:<46} median {:>9.1} ms", median(&mut taken));
    }
}

/// In milliseconds.
fn median(times: &mut [Duration]) -> f64 {
    at(times, 50)
}

/// The time that so many in a hundred do not exceed, in milliseconds.
fn at(times: &mut [Duration], share: usize) -> f64 {
    times.sort_unstable();
    let index = (times.len() * share / 100).min(times.len() - 1);
    times[index].as_secs_f64() * 1e3
}

/// Processes that want to run, over the last minute, where the system tells.
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().unwrap_or_default().to_owned()
}
