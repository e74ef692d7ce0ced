//! Slack's buttons, menus, shortcuts and views: forms with a JSON payload.
//!
//! From `adapters/`: `cargo fuzz run slack_interactive fuzz/corpus/slack_interactive fuzz/seeds/slack/interactive`; on a
//! stable toolchain with `--sanitizer none`.

#![no_main]

#[path = "../invariants.rs"]
#[expect(dead_code, reason = "a target tries one thing")]
mod invariants;

use almanac_adapters::slack::Door;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|it: &[u8]| {
    invariants::slack(Door::Interactive, it);
});
