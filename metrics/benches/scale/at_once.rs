//! Many different questions at the same time.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use almanac_metrics::{Limits, MetricQuery};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::questions::{different, heaviest};
use crate::{at, median, open, without_cache};

const AT_ONCE: usize = 64;

/// Asks them all, and prints how long they took and how much memory.
pub(crate) fn run(runtime: &Runtime, folder: &Path) {
    let limits = without_cache();
    // Memory that does for one of them at a time: those that it fails run by themselves.
    let tight = Limits {
        memory: limits.memory / 4,
        ..limits.clone()
    };
    ask(runtime, folder, limits.clone(), different(AT_ONCE));
    ask(runtime, folder, limits, heaviest(AT_ONCE));
    ask(runtime, folder, tight, heaviest(AT_ONCE / 4));
}

fn ask(runtime: &Runtime, folder: &Path, limits: Limits, queries: Vec<MetricQuery>) {
    println!(
        "{} questions at once, {} of them running at a time, {} MiB for statements:",
        queries.len(),
        limits.at_once,
        limits.memory >> 20
    );
    let layer = Arc::new(open(runtime, folder, true, limits));
    // From now on, where the system allows it.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = resident("VmRSS:");
    let begun = Instant::now();
    let mut taken: Vec<Duration> = runtime.block_on(async {
        let mut asked = JoinSet::new();
        for query in queries {
            let layer = Arc::clone(&layer);
            asked.spawn(async move {
                let begun = Instant::now();
                let answer = layer.run(&query).await.unwrap();
                assert!(!answer.table.rows.is_empty() && !answer.cached);
                begun.elapsed()
            });
        }
        asked.join_all().await
    });
    let all = begun.elapsed().as_secs_f64();
    println!(
        "p50 {:.1} s   p95 {:.1} s   all {all:.1} s   {:.2} questions a second",
        median(&mut taken) / 1e3,
        at(&mut taken, 95) / 1e3,
        taken.len() as f64 / all
    );
    if let (Some(before), Some(peak)) = (before, resident("VmHWM:")) {
        println!("memory: {before} MiB resident before, {peak} MiB at most");
    }
}

/// A line of this process's status in MiB, where the system tells.
fn resident(line: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|text| text.strip_prefix(line))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes >> 10)
}
