//! What comes back when something is pressed: a button of an answer, a row of its list, the button
//! of a template, or a reaction to a message.

use almanac_agent_contract::{Action, Content};

/// What a reaction says of a message, where it says that an answer was good or bad. A reaction taken
/// back says nothing.
pub(super) fn reacted(emoji: &str, on: &str) -> Option<Content> {
    // Skin tones and the mark that asks for a picture come after the first letter.
    let action = match emoji.chars().next()? {
        '👍' | '👏' | '🙏' | '💯' | '🎉' | '❤' | '✅' | '👌' | '🔥' => {
            Action::Good
        }
        '👎' | '❌' | '😡' | '😠' => Action::Bad,
        _ => return None,
    };
    Some(Content::Pressed {
        action: action.as_str().to_owned(),
        on: Some(on.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reactions_judge_or_say_nothing() {
        let action = |emoji| match reacted(emoji, "wamid.1") {
            Some(Content::Pressed { action, .. }) => action,
            _ => "nothing".to_owned(),
        };
        assert_eq!(action("👍🏽"), "good");
        assert_eq!(action("❤️"), "good");
        assert_eq!(action("👎"), "bad");
        assert_eq!(action("😮"), "nothing");
        assert_eq!(action(""), "nothing");
    }
}
