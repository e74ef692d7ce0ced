//! Slack's slash commands: forms.
//!
//! From `adapters/`: `cargo fuzz run slack_commands fuzz/corpus/slack_commands fuzz/seeds/slack/commands`; on a
//! stable toolchain with `--sanitizer none`.

#![no_main]

#[path = "../invariants.rs"]
#[expect(dead_code, reason = "a target tries one thing")]
mod invariants;

use almanac_adapters::slack::Door;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|it: &[u8]| {
    invariants::slack(Door::Commands, it);
});
