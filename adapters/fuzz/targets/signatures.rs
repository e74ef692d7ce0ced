//! Signatures: a secret, hexadecimal digits, seconds and a body, in lines.
//!
//! From `adapters/`: `cargo fuzz run signatures fuzz/corpus/signatures fuzz/seeds/signatures`; on a
//! stable toolchain with `--sanitizer none`.

#![no_main]

#[path = "../invariants.rs"]
#[expect(dead_code, reason = "a target tries one thing")]
mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|it: &str| {
    invariants::signature(it);
});
