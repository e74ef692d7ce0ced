//! Webhook bodies of WhatsApp's.
//!
//! From `adapters/`: `cargo fuzz run whatsapp fuzz/corpus/whatsapp fuzz/seeds/whatsapp`; on a
//! stable toolchain with `--sanitizer none`.

#![no_main]

#[path = "../invariants.rs"]
#[expect(dead_code, reason = "a target tries one thing")]
mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|it: &[u8]| {
    invariants::whatsapp(it);
});
