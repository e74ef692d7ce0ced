//! Frames of Slack's Socket Mode.
//!
//! From `adapters/`: `cargo fuzz run slack_frames fuzz/corpus/slack_frames fuzz/seeds/slack/frames`; on a
//! stable toolchain with `--sanitizer none`.

#![no_main]

#[path = "../invariants.rs"]
#[expect(dead_code, reason = "a target tries one thing")]
mod invariants;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|it: &[u8]| {
    invariants::slack_frame(it);
});
