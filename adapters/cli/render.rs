//! A reply on a terminal.

use almanac_agent_contract::Reply;

/// What stands for an answer without words.
const SILENCE: &str = "There is nothing to show for that: ask it in other words.";

/// The reply as text that is safe to print, and never nothing.
#[must_use]
pub fn render(reply: &Reply) -> String {
    let text = almanac_cards::plain(reply);
    if text.trim().is_empty() {
        SILENCE.to_owned()
    } else {
        text
    }
}
