//! A reply on a terminal.

use almanac_agent_contract::Reply;

/// What stands for an answer without words.
const SILENCE: &str = "There is nothing to show for that: ask it in other words.";

/// The reply as text that is safe to print: whatever the data says, it cannot move the cursor,
/// colour the screen or rename the window.
#[must_use]
pub fn render(reply: &Reply) -> String {
    let text: String = almanac_cards::plain(reply)
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    if text.trim().is_empty() {
        SILENCE.to_owned()
    } else {
        text
    }
}
