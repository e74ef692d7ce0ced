//! What comes back when something is pressed: a button of an answer, a row of its list, the button
//! of a template, or a reaction to a message.

use almanac_agent_contract::Content;

/// What a reaction says of a message, where it says that an answer was good or bad. A reaction taken
/// back says nothing.
pub(super) fn reacted(emoji: &str, on: &str) -> Option<Content> {
    // Skin tones and the mark that asks for a picture come after the first letter.
    let good = match emoji.chars().next()? {
        '👍' | '👏' | '🙏' | '💯' | '🎉' | '❤' | '✅' | '👌' | '🔥' => true,
        '👎' | '❌' | '😡' | '😠' => false,
        _ => return None,
    };
    let on = on.to_owned();
    Some(Content::Reacted { good, on })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reactions_judge_or_say_nothing() {
        let good = |emoji| match reacted(emoji, "wamid.1") {
            Some(Content::Reacted { good, .. }) => Some(good),
            _ => None,
        };
        assert_eq!(good("👍🏽"), Some(true));
        assert_eq!(good("❤️"), Some(true));
        assert_eq!(good("👎"), Some(false));
        assert_eq!(good("😮"), None);
        assert_eq!(good(""), None);
    }
}
