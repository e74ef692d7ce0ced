//! Buttons under a message: a row for each question that can be asked next, then what can be done
//! with the answer. Questions too long for a button stand in the message, and their numbers on the
//! buttons.

use almanac_agent_contract::{Action, Choice, Content, Delivery, Language};
use teloxide::types::{InlineKeyboardButton, InlineKeyboardMarkup};
use unicode_segmentation::UnicodeSegmentation;

use super::markup::clean;
use super::update::Markup;
use crate::button::{Button, pressed};
use crate::words;

/// As many letters as a telephone shows on a button of full width.
const LABEL: usize = 36;
/// Numbers in a row.
const NUMBERS: usize = 5;
/// Telegram takes a hundred buttons; these leave room for the actions.
const MOST: usize = 90;
/// Before what was chosen.
const CHOSEN: &str = "✓ ";

/// The buttons of a reply, and the questions that are listed in its text because no button has
/// their words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Keyboard {
    /// `None` where there is nothing to press.
    pub(super) markup: Option<InlineKeyboardMarkup>,
    /// "1. Revenue last week", a line each.
    pub(super) listed: Vec<String>,
}

/// The keyboard of a delivery.
pub(super) fn keyboard(delivery: &Delivery, language: Language) -> Keyboard {
    let offers: Vec<Choice> = delivery.reply.offers().collect();
    let labels: Vec<String> = offers.iter().map(|offer| clean(&offer.label)).collect();
    let fits = |label: &String| !label.is_empty() && label.graphemes(true).count() <= LABEL;
    let ask = |index: usize, text: String| {
        InlineKeyboardButton::callback(text, Button::Ask(index).carry(delivery.id))
    };
    let mut rows: Vec<Vec<InlineKeyboardButton>> = Vec::new();
    let mut listed = Vec::new();
    if labels.len() <= 10 && labels.iter().all(fits) {
        let row = |(index, label)| vec![ask(index, label)];
        rows.extend(labels.into_iter().enumerate().map(row));
    } else {
        let numbers: Vec<InlineKeyboardButton> = (0..labels.len().min(MOST))
            .map(|index| ask(index, (index + 1).to_string()))
            .collect();
        rows.extend(numbers.chunks(NUMBERS).map(<[_]>::to_vec));
        let line = |(index, label)| format!("{}. {label}", index + 1);
        listed.extend(labels.into_iter().enumerate().map(line));
    }
    let actions: &[Action] = match &delivery.reply.card {
        Some(card) => &card.actions,
        None => &[],
    };
    let act = |action: &Action| {
        InlineKeyboardButton::callback(
            words::action(*action, language),
            Button::Act(*action).carry(delivery.id),
        )
    };
    let actions: Vec<InlineKeyboardButton> = actions.iter().map(act).collect();
    rows.extend(actions.chunks(2).map(<[_]>::to_vec));
    Keyboard {
        markup: (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows)),
        listed,
    }
}

/// The keyboard with a mark on what was pressed; `None` where there is nothing to mark, or a button
/// that is not ours. Of right and wrong only one is marked; what only shows something never is.
pub(super) fn marked(keyboard: &Markup, data: &str) -> Option<InlineKeyboardMarkup> {
    let verdict = |data: &str| match pressed(data) {
        Some(Content::Pressed { action, .. }) => match Action::named(&action) {
            Some(Action::Good | Action::Bad) => Some(true),
            _ => None,
        },
        Some(Content::Chosen { .. }) => Some(false),
        _ => None,
    };
    let judged = verdict(data)?;
    let mut changed = false;
    let mut rows = Vec::new();
    for row in &keyboard.inline_keyboard {
        let mut keys = Vec::new();
        for key in row {
            let carried = key.callback_data.as_deref()?;
            let bare = key.text.strip_prefix(CHOSEN).unwrap_or(&key.text);
            let text = if carried == data {
                format!("{CHOSEN}{bare}")
            } else if judged && verdict(carried) == Some(true) {
                bare.to_owned()
            } else {
                key.text.clone()
            };
            changed |= text != key.text;
            keys.push(InlineKeyboardButton::callback(text, carried));
        }
        rows.push(keys);
    }
    changed.then(|| InlineKeyboardMarkup::new(rows))
}
