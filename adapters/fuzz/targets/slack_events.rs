//! Bodies of Slack's Events API.
//!
//! From `adapters/`: `cargo fuzz run slack_events fuzz/corpus/slack_events fuzz/seeds/slack/events`; on a
//! stable toolchain with `--sanitizer none`.

#![no_main]

#[path = "../invariants.rs"]
#[expect(dead_code, reason = "a target tries one thing")]
mod invariants;

use almanac_adapters::slack::Door;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|it: &[u8]| {
    invariants::slack(Door::Events, it);
});
