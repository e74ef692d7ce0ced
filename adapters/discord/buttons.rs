//! What can be pressed under an answer: buttons where there are few questions, menus where there
//! are many, and a list in words for what does not fit on either.

use almanac_agent_contract::{Delivery, Language};
use serenity::all::ButtonStyle;
use serenity::builder::{
    CreateActionRow, CreateButton, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};

use super::escape::one_line;
use super::words;
use crate::button::Button;
use crate::split::{split, utf16_units};
use crate::words as shared;

/// Rows under a message.
const ROWS: usize = 5;
/// Buttons in a row.
const IN_ROW: usize = 5;
/// Questions that are still buttons.
const FEW: usize = 10;
/// Entries of a menu.
const IN_MENU: usize = 25;
/// What a button's label takes, in characters.
const LABEL: usize = 80;
/// What an entry's label takes.
const ENTRY: usize = 100;

/// Rows, and the questions that are not wholly on them, numbered.
pub(super) fn rows(delivery: &Delivery, language: Language) -> (Vec<CreateActionRow>, Vec<String>) {
    let offers: Vec<String> = delivery
        .reply
        .offers()
        .map(|choice| one_line(&choice.label))
        .collect();
    let actions = actions(delivery, language);
    let (mut rows, room) = if offers.len() <= FEW {
        (buttons(delivery, &offers), LABEL)
    } else {
        (
            menus(
                delivery,
                &offers,
                ROWS - usize::from(actions.is_some()),
                language,
            ),
            ENTRY,
        )
    };
    let on_rows = if offers.len() <= FEW {
        offers.len()
    } else {
        rows.len() * IN_MENU
    };
    let listed = offers
        .iter()
        .enumerate()
        .filter(|(at, label)| *at >= on_rows || utf16_units(label) > room)
        .map(|(at, label)| format!("{}. {label}", at + 1))
        .collect();
    rows.extend(actions);
    (rows, listed)
}

fn buttons(delivery: &Delivery, offers: &[String]) -> Vec<CreateActionRow> {
    let all: Vec<CreateButton> = offers
        .iter()
        .enumerate()
        .map(|(at, label)| {
            CreateButton::new(Button::Ask(at).carry(delivery.id))
                .label(cut(label, at, LABEL))
                .style(ButtonStyle::Primary)
        })
        .collect();
    all.chunks(IN_ROW)
        .map(|row| CreateActionRow::Buttons(row.to_vec()))
        .collect()
}

fn menus(
    delivery: &Delivery,
    offers: &[String],
    room: usize,
    language: Language,
) -> Vec<CreateActionRow> {
    let entries: Vec<CreateSelectMenuOption> = offers
        .iter()
        .enumerate()
        .map(|(at, label)| {
            let value = Button::Ask(at).carry(delivery.id);
            CreateSelectMenuOption::new(cut(label, at, ENTRY), value)
        })
        .collect();
    let chunks = entries.chunks(IN_MENU).take(room).enumerate();
    let menus = chunks.map(|(at, options)| {
        let options = options.to_vec();
        let kind = CreateSelectMenuKind::String { options };
        let menu = CreateSelectMenu::new(format!("menu.{at}"), kind)
            .placeholder(words::CHOOSE.of(language));
        CreateActionRow::SelectMenu(menu)
    });
    menus.collect()
}

fn actions(delivery: &Delivery, language: Language) -> Option<CreateActionRow> {
    let card = delivery.reply.card.as_ref()?;
    let buttons: Vec<CreateButton> = card
        .actions
        .iter()
        .take(IN_ROW)
        .map(|action| {
            CreateButton::new(Button::Act(*action).carry(delivery.id))
                .label(shared::action(*action, language))
                .style(ButtonStyle::Secondary)
        })
        .collect();
    (!buttons.is_empty()).then_some(CreateActionRow::Buttons(buttons))
}

/// The label, ended with dots where it is too long, and a number where there is none.
fn cut(label: &str, at: usize, room: usize) -> String {
    if label.is_empty() {
        return (at + 1).to_string();
    }
    if utf16_units(label) <= room {
        return label.to_owned();
    }
    let first = split(label, room - 1, utf16_units).into_iter().next();
    format!("{}…", first.unwrap_or_default())
}
