//! Indexing a catalogue: how long it takes and how much memory stays, for 200 metrics with 50,000
//! values (the aim: half a second, 30 MB) and with a million (ten seconds, 300 MB with the
//! catalogue itself). Memory is what the operating system counts as resident (Linux only).

#![expect(
    clippy::expect_used,
    reason = "a bench that cannot be set up has failed"
)]

#[expect(dead_code, reason = "the other bench asks questions, too")]
mod synthetic;

use std::sync::Arc;
use std::time::Instant;

use almanac_agent_contract::Settings;
use almanac_agent_interpreter::Lexicon;

fn main() {
    for (dimensions, values) in [(25, 500), (25, 50_000), (20, 1_000_000)] {
        let empty = resident();
        let catalog = Arc::new(synthetic::catalog(200, dimensions, values));
        let before = resident();
        let start = Instant::now();
        let lexicon = Lexicon::new(Arc::clone(&catalog), &Settings::default());
        let took = start.elapsed();
        let after = resident();
        println!(
            "200 metrics, {values} values: {took:?}; catalogue {:.1} MB, index {:.1} MB, peak {:.1} MB; {lexicon:?}",
            before - empty,
            after - before,
            peak()
        );
        drop(lexicon);
    }
}

/// Megabytes of memory that the process holds now.
fn resident() -> f64 {
    status("VmRSS:")
}

/// The most it ever held.
fn peak() -> f64 {
    status("VmHWM:")
}

fn status(field: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with(field));
    let words = line.and_then(|line| line.split_whitespace().nth(1));
    let kilobytes: f64 = words.expect("a field").parse().expect("a number");
    kilobytes / 1024.0
}
