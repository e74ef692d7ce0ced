//! What people write, changed at random a few times over: what must hold is in
//! `metrics/fuzz/invariants.rs`, which the coverage-guided fuzz targets of that folder try too.
//! The seed is fixed, so that a run is the same everywhere; `PROPTEST_CASES` makes it longer.

use std::cell::Cell;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use almanac_agent_contract::Settings;
use almanac_metrics::WithoutData;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use serde_json::Value as Json;

#[path = "../../fuzz/invariants.rs"]
mod invariants;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds");
/// What nothing may take, beside other tests on a machine without optimisation.
const PATIENCE: Duration = Duration::from_secs(10);

/// Pieces that mean something somewhere.
const SCRAPS: &[&str] = &[
    "'",
    "\"",
    "\\",
    "--",
    "/*",
    ";",
    "$1",
    "$$",
    "{{",
    "}}",
    "{%",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "- ",
    "\n",
    "\n  ",
    "\t",
    "\0",
    "\u{1}",
    "\u{1}0",
    "\u{2028}",
    "\u{202e}",
    "é",
    "💥",
    "&a ",
    "*a",
    "!!binary ",
    "|\n",
    "<<: ",
    "null",
    "~",
    "true",
    "NO",
    "0",
    "-1",
    "1e999",
    ".nan",
    "0x10",
    "9223372036854775808",
    "-9999-01-01",
    "9999-12-31",
    "'1969-12-31'",
    "2026-02-30",
    "E'\\''",
    "U&'\\0027'",
    "N'x'",
    "x'00'",
    "::",
    "->>",
    "||",
    "~",
    "SELECT 1",
    "(SELECT 1)",
    "count(*)",
    "pg_sleep(1)",
    "CASE WHEN 1=1 THEN 2 END",
    "NOT ",
    " AND ",
    " IS NOT NULL",
    "{{ Metric('sales', ['buyer']) }}",
    "{{ Dimension('sale__channel') }}",
    "{{ TimeDimension('metric_time', 'year') }}",
    "INTERVAL '9999999 years'",
    "metric_time",
    "metric_time__week",
    "metric_time__nanosecond",
    "sale__sold_at__extract_doy",
    "buyer__sale",
    "days",
    "season",
    "name",
    "expr",
    "filter",
    "type",
    "metrics",
    "semantic_model",
    "primary",
    "natural",
    "__",
    "a\u{301}",
];

/// A change of a text; places are shares of its length, in 65536ths.
#[derive(Debug, Clone)]
enum Change {
    Put {
        at: u16,
        over: u8,
        scrap: &'static str,
    },
    Write {
        at: u16,
        over: u8,
        text: String,
    },
    Copy {
        from: u16,
        length: u8,
        to: u16,
    },
    Repeat {
        from: u16,
        length: u8,
        times: u16,
    },
    Cut {
        from: u16,
        length: u16,
    },
}

fn change() -> impl Strategy<Value = Change> {
    let scrap = proptest::sample::select(SCRAPS);
    prop_oneof![
        4 => (any::<u16>(), 0..12_u8, scrap).prop_map(|(at, over, scrap)| Change::Put { at, over, scrap }),
        1 => (any::<u16>(), 0..6_u8, ".{0,12}").prop_map(|(at, over, text)| Change::Write { at, over, text }),
        2 => (any::<u16>(), any::<u8>(), any::<u16>()).prop_map(|(from, length, to)| Change::Copy { from, length, to }),
        1 => (any::<u16>(), 1..20_u8, 2..400_u16).prop_map(|(from, length, times)| Change::Repeat { from, length, times }),
        1 => (any::<u16>(), 0..400_u16).prop_map(|(from, length)| Change::Cut { from, length }),
    ]
}

impl Change {
    fn of(&self, text: &str) -> String {
        let place = |share: u16| {
            let mut at = text.len() * usize::from(share) / 65_536;
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let end = |from: usize, length: usize| {
            let mut to = (from + length).min(text.len());
            while !text.is_char_boundary(to) {
                to += 1;
            }
            to
        };
        let put = |at: usize, over: usize, piece: &str| {
            [&text[..at], piece, &text[end(at, over)..]].concat()
        };
        match self {
            Self::Put { at, over, scrap } => put(place(*at), (*over).into(), scrap),
            Self::Write { at, over, text } => put(place(*at), (*over).into(), text),
            Self::Copy { from, length, to } => {
                let from = place(*from);
                put(place(*to), 0, &text[from..end(from, (*length).into())])
            }
            Self::Repeat {
                from,
                length,
                times,
            } => {
                let from = place(*from);
                let piece = &text[from..end(from, (*length).into())];
                put(from, 0, &piece.repeat((*times).into()))
            }
            Self::Cut { from, length } => put(place(*from), (*length).into(), ""),
        }
    }
}

/// The files of a folder, by name; none where it is not there.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut texts: Vec<(String, String)> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    texts.sort();
    texts
}

fn config(cases: u32) -> Config {
    let longer = std::env::var("PROPTEST_CASES").ok();
    Config {
        cases: longer.and_then(|cases| cases.parse().ok()).unwrap_or(cases),
        rng_seed: RngSeed::Fixed(20_260_101),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    }
}

/// Tries each seed, which must hold, then `cases` changed ones, of which one in
/// `least` must.
fn try_changed(
    seeds: &[(String, String)],
    cases: u32,
    least: u32,
    attempt: impl Fn(&str, &str) -> bool,
) {
    assert!(!seeds.is_empty(), "the seeds are not there");
    let timed = |name: &str, text: &str| {
        let start = Instant::now();
        let held = attempt(name, text);
        assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
        held
    };
    for (name, text) in seeds {
        // Files of the demo may need each other.
        assert!(
            timed(name, text) || name.ends_with(".yml"),
            "{name} is refused"
        );
    }
    let config = config(cases);
    let cases = config.cases;
    let changed = (0..seeds.len(), vec(change(), 1..5));
    let held = Cell::new(0_u32);
    let outcome = TestRunner::new(config).run(&changed, |(seed, changes)| {
        let (name, text) = &seeds[seed];
        let text = changes
            .iter()
            .fold(text.clone(), |text, change| change.of(&text));
        let tried = std::panic::AssertUnwindSafe(|| timed(name, &text));
        match std::panic::catch_unwind(tried) {
            Ok(held_too) => held.set(held.get() + u32::from(held_too)),
            Err(panic) => {
                let words = panic.downcast_ref::<String>().cloned().unwrap_or_default();
                return Err(TestCaseError::fail(format!("{words}\nin {name}:\n{text}")));
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    println!("{} of {cases} changed ones held", held.get());
    assert!(
        held.get() > cases / least,
        "the changes leave nothing to try"
    );
}

fn every_type() -> WithoutData {
    let text = fs::read_to_string(Path::new(SEEDS).join("definitions/every_type.yml")).unwrap();
    match WithoutData::read(&[("every_type.yml", &text)], Settings::default()) {
        Ok(layer) => layer,
        Err(problems) => panic!("{problems:?}"),
    }
}

#[test]
fn definitions_hold_or_are_refused_in_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = texts(&Path::new(SEEDS).join("definitions"));
    seeds.extend(texts(&root.join("../demo/definitions")));
    let suite = "../../shared/conformance/metricflow/semantic_manifests";
    let manifests = texts(&root.join(suite));
    seeds.extend(
        manifests
            .into_iter()
            .filter(|(_, text)| text.len() < 50_000),
    );
    try_changed(&seeds, 1_000, 50, |name, text| {
        invariants::definitions(&[(name, text)])
    });
}

#[test]
fn fragments_hold_or_are_refused_in_words() {
    let layer = every_type();
    let seeds = texts(&Path::new(SEEDS).join("fragments"));
    try_changed(&seeds, 2_000, 50, |_, text| {
        invariants::fragment(&layer, text)
    });
}

/// What a query may be changed to at any place: names that are there, values and things that are
/// neither.
fn pieces(layer: &WithoutData) -> Vec<Json> {
    let names = layer.names().into_iter().chain(layer.metrics());
    let timed = ["week", "fiscal_year", "extract_month", "season"];
    let times = timed.map(|end| format!("metric_time__{end}"));
    let strays = [
        "in",
        "not_in",
        "gt",
        "contains",
        "is_null",
        "day",
        "hour",
        "year",
        "previous_period",
        "same_period_last_year",
        "weekday",
        "EUR",
        "1969-12-31",
        "9999-12-31T23:59:59",
        "x' --",
        "\0",
        "{{ Metric('sales', ['buyer']) }} > 1",
        "{{ Dimension('buyer__country') }} = 'x'",
    ];
    let values = serde_json::json!([
        null,
        true,
        0,
        -1,
        1e300,
        4_294_967_295_u32,
        [],
        {},
        ["sold"]
    ]);
    names
        .map(str::to_owned)
        .chain(times)
        .chain(strays.map(str::to_owned))
        .map(Json::from)
        .chain(values.as_array().cloned().unwrap_or_default())
        .collect()
}

/// Puts a piece in place of the leaf of that number, or takes the leaf away, or says it twice.
fn changed(json: &mut Json, leaf: &mut usize, piece: &Json, how: u8) -> bool {
    let children: Vec<&mut Json> = match json {
        Json::Array(items) => {
            if *leaf < items.len() && how > 0 {
                match how {
                    1 => drop(items.remove(*leaf)),
                    2 => items.push(items[*leaf].clone()),
                    _ => items.push(piece.clone()),
                }
                return true;
            }
            items.iter_mut().collect()
        }
        Json::Object(entries) => entries.values_mut().collect(),
        leaf_itself => {
            if *leaf == 0 {
                *leaf_itself = piece.clone();
                return true;
            }
            *leaf -= 1;
            return false;
        }
    };
    children
        .into_iter()
        .any(|child| changed(child, leaf, piece, how))
}

#[test]
fn queries_hold_or_are_refused_in_words() {
    let layer = every_type();
    let seeds = texts(&Path::new(SEEDS).join("queries"));
    try_changed(&seeds, 1_000, 2_000, |_, text| {
        invariants::query(&layer, text)
    });
}

#[test]
fn queries_of_other_names_hold_or_are_refused_in_words() {
    let layer = every_type();
    let seeds: Vec<Json> = texts(&Path::new(SEEDS).join("queries"))
        .iter()
        .map(|(_, text)| serde_json::from_str(text).unwrap())
        .collect();
    let pieces = pieces(&layer);
    let change = (0..12_usize, 0..pieces.len(), 0..6_u8);
    let changes = (0..seeds.len(), 0..seeds.len(), vec(change, 1..4));
    let (tried, held) = (Cell::new(0_u32), Cell::new(0_u32));
    let outcome = TestRunner::new(config(2_000)).run(&changes, |(seed, other, changes)| {
        let mut query = seeds[seed].clone();
        if let (Json::Object(query), Json::Object(other), 0) =
            (&mut query, &seeds[other], changes[0].0 % 2)
        {
            query.extend(other.clone());
        }
        for (mut leaf, piece, how) in changes {
            changed(&mut query, &mut leaf, &pieces[piece], how.saturating_sub(2));
        }
        tried.set(tried.get() + 1);
        held.set(held.get() + u32::from(invariants::query(&layer, &query.to_string())));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    println!("{} of {} changed ones held", held.get(), tried.get());
    assert!(
        held.get() > tried.get() / 10,
        "the changes leave nothing to try"
    );
}
