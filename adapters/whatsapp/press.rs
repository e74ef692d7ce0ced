//! What comes back when something is pressed: a button of an answer, a row of its list, the button
//! of a template, or a reaction to a message.

use almanac_agent_contract::{Action, Content, OutboxId};

use crate::button;

/// The action of a template's button: show the whole answer, now that the person may be written to.
pub const SHOW: &str = "show";

/// What a template's button carries.
pub(super) fn show(delivery: OutboxId) -> String {
    format!("{SHOW}.{}", delivery.0.simple())
}

/// What was pressed, where a button of ours carries it.
pub(super) fn pressed(carried: &str) -> Option<Content> {
    let Some(on) = carried
        .strip_prefix(SHOW)
        .and_then(|it| it.strip_prefix('.'))
    else {
        return button::pressed(carried);
    };
    let on = on.parse::<OutboxId>().ok()?;
    Some(Content::Pressed {
        action: SHOW.to_owned(),
        on: Some(on.0.simple().to_string()),
    })
}

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
    fn a_templates_button_comes_back() {
        let delivery = OutboxId::new();
        let Some(Content::Pressed { action, on }) = pressed(&show(delivery)) else {
            panic!("nothing");
        };
        assert_eq!(action, SHOW);
        assert_eq!(on, Some(delivery.0.simple().to_string()));
        for foreign in ["show", "show.", "show.1", "explode.1"] {
            assert_eq!(pressed(foreign), None, "{foreign}");
        }
    }

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
