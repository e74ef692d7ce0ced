//! Six questions against SQL by hand, taking turns.

use std::path::Path;
use std::time::{Duration, Instant};

use almanac_agent_contract::Value;
use almanac_metrics::Layer;
use tokio::runtime::Runtime;

use crate::questions::{Question, questions};
use crate::rivals::{ByHand, DuckDb, Timed, forget};
use crate::{at, median, open, without_cache};

/// Runs of each question by each, after one that is not timed.
const RUNS: usize = 11;

/// Prints what each takes.
pub(crate) fn run(runtime: &Runtime, folder: &Path, python: Option<&Path>) {
    let layer = open(runtime, folder, true, without_cache());
    let by_hand = ByHand::open(runtime, folder);
    let mut duckdb = python.map(|python| DuckDb::open(python, folder));
    println!(
        "{:<42} {:>9} {:>9} {:>6} {:>6} {:>9} {:>6} {:>6}",
        "milliseconds: median of runs; ratio (of least)",
        "layer",
        "by hand",
        "ratio",
        "least",
        "DuckDB",
        "ratio",
        "least"
    );
    for question in questions() {
        let (mut ours, mut hand, mut duck) = (Vec::new(), Vec::new(), Vec::new());
        for run in 0..=RUNS {
            let mut turns = [
                Some(time(runtime, &layer, &question)),
                Some(by_hand.time(runtime, question.sql)),
                duckdb.as_mut().map(|duckdb| duckdb.time(question.sql)),
            ];
            let [ours_now, hand_now, duck_now] = &mut turns;
            for (all, now) in [
                (&mut ours, ours_now),
                (&mut hand, hand_now),
                (&mut duck, duck_now),
            ] {
                if let Some((taken, _)) = now
                    && run > 0
                {
                    all.push(*taken);
                }
            }
            same(&question, &turns);
        }
        let (least, others) = (least(&mut ours), [least(&mut hand), least(&mut duck)]);
        let (middle, hand) = (median(&mut ours), median(&mut hand));
        print!(
            "{:<42} {middle:>9.1} {hand:>9.1} {:>6.2} {:>6.2}",
            question.name,
            middle / hand,
            least / others[0]
        );
        if duck.is_empty() {
            println!();
        } else {
            let duck = median(&mut duck);
            println!(
                " {duck:>9.1} {:>6.2} {:>6.2}",
                middle / duck,
                least / others[1]
            );
        }
    }
    if let Some(python) = python {
        cold(runtime, folder, python);
    }
}

/// The first run of a process or layer that was just opened, with nothing of the files in memory.
fn cold(runtime: &Runtime, folder: &Path, python: &Path) {
    println!("milliseconds, first run after opening, files not in memory:");
    for question in questions() {
        let layer = open(runtime, folder, true, without_cache());
        if !forget(folder) {
            println!("the system's own copies of files cannot be dropped here");
            return;
        }
        let (ours, _) = time(runtime, &layer, &question);
        let mut duckdb = DuckDb::open(python, folder);
        forget(folder);
        let (duck, _) = duckdb.time(question.sql);
        let (ours, duck) = (ours.as_secs_f64() * 1e3, duck.as_secs_f64() * 1e3);
        println!(
            "{:<42} layer {ours:>9.1}   DuckDB {duck:>9.1}   ratio {:.2}",
            question.name,
            ours / duck
        );
    }
}

/// Prints how the engine runs each question, as the layer asks it and by hand.
pub(crate) fn explain(runtime: &Runtime, folder: &Path) {
    let layer = open(runtime, folder, true, without_cache());
    let by_hand = ByHand::open(runtime, folder);
    for question in questions() {
        let compiled = layer.compile(&question.query).unwrap();
        for sql in [compiled.sql.as_str(), question.sql] {
            println!("{}: {sql}", question.name);
            by_hand.explain(runtime, sql);
        }
    }
}

fn time(runtime: &Runtime, layer: &Layer, question: &Question) -> Timed {
    let begun = Instant::now();
    let answer = runtime.block_on(layer.run(&question.query)).unwrap();
    let taken = begun.elapsed();
    let last = answer.table.rows.iter().filter_map(|row| match row.last() {
        Some(Value::Float(number)) => Some(*number),
        #[expect(clippy::cast_precision_loss, reason = "counts of buyers are small")]
        Some(Value::Integer(number)) => Some(*number as f64),
        _ => None,
    });
    let mut numbers: Vec<f64> = last.collect();
    numbers.sort_by(f64::total_cmp);
    (taken, numbers)
}

/// All must have given the same numbers: else they were not asked the same.
fn same(question: &Question, turns: &[Option<Timed>]) {
    let mut all = turns.iter().flatten().map(|(_, numbers)| numbers);
    let first = all.next().unwrap();
    for other in all {
        let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
        let equal = first.len() == other.len() && first.iter().zip(other).all(close);
        assert!(equal, "{}: {first:?} is not {other:?}", question.name);
    }
    assert!(!first.is_empty(), "{} gave nothing", question.name);
}

fn least(times: &mut [Duration]) -> f64 {
    if times.is_empty() {
        return f64::NAN;
    }
    at(times, 0)
}
