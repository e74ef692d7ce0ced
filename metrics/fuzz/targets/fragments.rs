//! Fragments of SQL: a condition of a query, and the `expr` and `filter` of a metric.
//!
//! From `metrics/`: `cargo fuzz run fragments fuzz/corpus/fragments fuzz/seeds/fragments`; on a
//! stable toolchain with `--sanitizer none`.

#![no_main]

#[path = "../invariants.rs"]
#[expect(dead_code, reason = "a target tries one thing")]
mod invariants;

use std::sync::LazyLock;

use almanac_agent_contract::Settings;
use almanac_metrics::WithoutData;
use libfuzzer_sys::fuzz_target;

const DEFINITIONS: &str = include_str!("../seeds/definitions/every_type.yml");

static LAYER: LazyLock<Option<WithoutData>> = LazyLock::new(|| {
    WithoutData::read(&[("every_type.yml", DEFINITIONS)], Settings::default()).ok()
});

fuzz_target!(|text: &str| {
    if let Some(layer) = &*LAYER {
        invariants::fragment(layer, text);
    }
});
