//! What a button carries back: 36 bytes at most, because Telegram takes 64.
//!
//! `good.018f3c…` is an action on a delivery, `2.018f3c…` the third question it offered. The
//! delivery's own id is in it and not the platform's, which nobody knows before it is sent.

use almanac_agent_contract::{Action, Content, OutboxId};

/// Something to press under a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Button {
    /// An action of its card.
    Act(Action),
    /// A question of [`almanac_agent_contract::Reply::offers`], by its position.
    Ask(usize),
}

impl Button {
    /// What the button carries.
    pub(crate) fn carry(self, delivery: OutboxId) -> String {
        let on = delivery.0.simple();
        match self {
            Self::Act(action) => format!("{}.{on}", action.as_str()),
            Self::Ask(index) => format!("{index}.{on}"),
        }
    }
}

/// What was pressed, where a button of ours carries it.
pub(crate) fn pressed(carried: &str) -> Option<Content> {
    let (what, on) = carried.split_once('.')?;
    let on = on.parse::<OutboxId>().ok()?.0.simple().to_string();
    if let Ok(index) = what.parse() {
        return Some(Content::Chosen { index, on });
    }
    Action::named(what)?;
    Some(Content::Pressed {
        action: what.to_owned(),
        on: Some(on),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_comes_back() {
        let delivery = OutboxId::new();
        let on = delivery.0.simple().to_string();
        for action in Action::ALL {
            let carried = Button::Act(action).carry(delivery);
            assert!(carried.len() <= 64, "{carried}");
            let content = pressed(&carried).unwrap();
            let action = action.as_str().to_owned();
            let on = Some(on.clone());
            assert_eq!(content, Content::Pressed { action, on });
        }
        let carried = Button::Ask(9).carry(delivery);
        assert_eq!(pressed(&carried), Some(Content::Chosen { index: 9, on }));
    }

    #[test]
    fn what_is_not_ours_is_nothing() {
        let foreign = [
            "",
            "good",
            "good.1",
            ".",
            "explode.018f3c0000007000800000000000000a",
        ];
        for carried in foreign {
            assert_eq!(pressed(carried), None, "{carried}");
        }
    }
}
