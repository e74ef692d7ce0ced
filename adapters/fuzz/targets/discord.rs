//! Frames of Discord's gateway, and interactions as they come over HTTP.
//!
//! From `adapters/`: `cargo fuzz run discord fuzz/corpus/discord fuzz/seeds/discord`; on a
//! stable toolchain with `--sanitizer none`.

#![no_main]

#[path = "../invariants.rs"]
#[expect(dead_code, reason = "a target tries one thing")]
mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|it: &[u8]| {
    invariants::discord(it);
});
