//! What buttons carry.
//!
//! From `adapters/`: `cargo fuzz run buttons fuzz/corpus/buttons fuzz/seeds/buttons`; on a
//! stable toolchain with `--sanitizer none`.

#![no_main]

#[path = "../invariants.rs"]
#[expect(dead_code, reason = "a target tries one thing")]
mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|it: &str| {
    invariants::button(it);
});
