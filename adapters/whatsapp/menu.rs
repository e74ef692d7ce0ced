//! What can be pressed under an answer: three reply buttons where they do, else lists of ten rows.
//! What a row has no room for is spelled out in the text.

use almanac_agent_contract::{Delivery, Language};
use serde_json::{Value as Json, json};
use unicode_segmentation::UnicodeSegmentation;

use super::{escape, words};
use crate::button::Button;
use crate::split::utf16_units;
use crate::words::action;

/// Reply buttons under a message.
const BUTTONS: usize = 3;
/// What a reply button says.
const BUTTON_TITLE: usize = 20;
/// Rows of a list, all sections together.
const ROWS: usize = 10;
/// Lists after one another: more are a flood.
const LISTS: usize = 5;
/// What a row says.
const ROW_TITLE: usize = 24;
/// What stands under it.
const ROW_DESCRIPTION: usize = 72;

/// Something to press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    label: String,
    carries: String,
    asks: bool,
}

/// A message with things to press, as the platform takes it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Menu(pub(super) Json);

/// The questions a reply offers, then the actions of its card.
pub(super) fn entries(delivery: &Delivery, language: Language) -> Vec<Entry> {
    let reply = &delivery.reply;
    let asks = reply.offers().enumerate().map(|(index, choice)| Entry {
        label: label(&choice.label),
        carries: Button::Ask(index).carry(delivery.id),
        asks: true,
    });
    let actions = reply.card.iter().flat_map(|card| &card.actions);
    let acts = actions.map(|&act| Entry {
        label: action(act, language).to_owned(),
        carries: Button::Act(act).carry(delivery.id),
        asks: false,
    });
    asks.chain(acts)
        .filter(|entry| !entry.label.is_empty())
        .collect()
}

/// The questions that no row shows whole, numbered as in the list.
pub(super) fn spelled(entries: &[Entry], language: Language) -> Option<String> {
    let rows = entries.len().min(LISTS * ROWS);
    let cut: Vec<String> = entries
        .iter()
        .enumerate()
        .filter(|(at, entry)| *at >= rows || utf16_units(&entry.label) > ROW_DESCRIPTION)
        .map(|(at, entry)| format!("{}. {}", at + 1, entry.label))
        .collect();
    (!cut.is_empty()).then(|| format!("{}\n{}", words::you_can_ask(language), cut.join("\n")))
}

/// The messages to press something in; the text stands over the first.
pub(super) fn menus(text: &str, entries: Vec<Entry>, language: Language) -> Vec<Menu> {
    let text = if text.trim().is_empty() {
        words::what_next(language)
    } else {
        text
    };
    if as_buttons(&entries) {
        return vec![buttons(text, &entries)];
    }
    let several = entries.len() > ROWS;
    let numbered: Vec<(usize, Entry)> = entries.into_iter().enumerate().collect();
    numbered
        .chunks(ROWS)
        .take(LISTS)
        .enumerate()
        .map(|(at, rows)| {
            let range = match rows {
                [(first, _), .., (last, _)] => format!("{}–{}", first + 1, last + 1),
                [(only, _)] => (only + 1).to_string(),
                [] => String::new(),
            };
            let text = if at == 0 {
                text.to_owned()
            } else {
                format!("{} {range}", words::you_can_ask(language))
            };
            let open = if several {
                format!("{} {range}", words::open(language))
            } else {
                words::open(language).to_owned()
            };
            list(&text, &open, rows, language)
        })
        .collect()
}

fn as_buttons(entries: &[Entry]) -> bool {
    let alike = |at: usize, entry: &Entry| {
        entries[..at]
            .iter()
            .any(|other| other.label.eq_ignore_ascii_case(&entry.label))
    };
    entries.len() <= BUTTONS
        && entries
            .iter()
            .enumerate()
            .all(|(at, entry)| utf16_units(&entry.label) <= BUTTON_TITLE && !alike(at, entry))
}

fn buttons(text: &str, entries: &[Entry]) -> Menu {
    let buttons: Vec<Json> = entries
        .iter()
        .map(|entry| json!({"type": "reply", "reply": {"id": entry.carries, "title": entry.label}}))
        .collect();
    Menu(json!({"type": "button", "body": {"text": text}, "action": {"buttons": buttons}}))
}

fn list(text: &str, open: &str, rows: &[(usize, Entry)], language: Language) -> Menu {
    let section = |asks: bool, title: &str| {
        let rows: Vec<Json> = rows
            .iter()
            .filter(|(_, entry)| entry.asks == asks)
            .map(|(at, entry)| row(*at, entry))
            .collect();
        (!rows.is_empty()).then(|| json!({"title": title, "rows": rows}))
    };
    let sections: Vec<Json> = [
        section(true, words::ask_next(language)),
        section(false, words::this_answer(language)),
    ]
    .into_iter()
    .flatten()
    .collect();
    Menu(json!({
        "type": "list",
        "body": {"text": text},
        "action": {"button": open, "sections": sections},
    }))
}

/// A question that is longer than a row's title stands under it, and the title says its number.
fn row(at: usize, entry: &Entry) -> Json {
    if utf16_units(&entry.label) <= ROW_TITLE {
        return json!({"id": entry.carries, "title": entry.label});
    }
    let title = shortened(&format!("{}. {}", at + 1, entry.label), ROW_TITLE);
    let description = shortened(&entry.label, ROW_DESCRIPTION);
    json!({"id": entry.carries, "title": title, "description": description})
}

/// On one line, and text alone: titles have no markup, but what the text spells out has.
fn label(label: &str) -> String {
    let line = escape::line(label);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a text that fits, with a mark that it goes on.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    if utf16_units(text) <= limit {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = 1;
    for letter in text.graphemes(true) {
        used += utf16_units(letter);
        if used > limit {
            break;
        }
        short.push_str(letter);
    }
    format!("{}…", short.trim_end())
}
