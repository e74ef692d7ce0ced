//! Definition files: what begins with a `{` is read as JSON, everything else as YAML.
//!
//! From `metrics/`: `cargo fuzz run definitions fuzz/corpus/definitions fuzz/seeds/definitions
//! ../demo/definitions`; on a stable toolchain with `--sanitizer none`.

#![no_main]

#[path = "../invariants.rs"]
#[expect(dead_code, reason = "a target tries one thing")]
mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let json = text.trim_start().starts_with('{');
    let name = if json { "tried.json" } else { "tried.yml" };
    invariants::definitions(&[(name, text)]);
});
