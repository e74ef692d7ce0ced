//! A reply as Slack messages: words, the number, the picture, the table, the statement, what it rests
//! on, and what can be pressed. Nothing is cut: what is too long for a message goes into the next, and
//! what is too long for messages goes into a file.

use almanac_agent_contract::{Choice, Language, OutboxId, Reply, TextFile};
use almanac_cards::{Parts, parts};
use serde_json::Value;

use super::blocks::{self, BUTTONS, Press};
use super::tables;
use super::text::{calm, escape, escaped_length};
use super::words as own;
use crate::button::Button;
use crate::split::split;
use crate::words;

/// Slack recommends 4,000 characters for what notifications and screen readers get.
const FALLBACK: usize = 3_500;

/// One message.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Page {
    /// For notifications and screen readers, escaped.
    pub(super) text: String,
    pub(super) blocks: Vec<Value>,
}

/// What the blocks stand on beside the reply.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) delivery: OutboxId,
    pub(super) language: Language,
    /// The chart's picture, where it was uploaded.
    pub(super) picture: Option<&'a str>,
    /// The files are in the person's direct chat, not here.
    pub(super) files_elsewhere: bool,
}

/// The files that go with a reply: its own, and the table where a message does not hold it.
pub(super) fn files(reply: &Reply) -> Vec<TextFile> {
    let mut files: Vec<TextFile> = reply.file.iter().cloned().collect();
    if let (Some(card), Some(grid)) = (&reply.card, parts(reply).table) {
        let whole = tables::shown(card, &grid).whole;
        if !whole && reply.file.is_none() {
            files.push(tables::file(card));
        }
    }
    files
}

/// The messages, at least one.
pub(super) fn pages(reply: &Reply, setting: Setting<'_>) -> Vec<Page> {
    let parts = parts(reply);
    let mut blocks = blocks::words(&parts.text);
    if let Some(head) = &parts.head {
        blocks.extend(blocks::bold(head));
    }
    blocks.extend(drawn(reply, setting.picture));
    if let (Some(card), Some(grid)) = (&reply.card, &parts.table) {
        blocks.extend(tables::shown(card, grid).blocks);
    }
    if let Some(code) = &parts.code {
        blocks.extend(blocks::letters(code));
    }
    let basis = basis(&parts);
    blocks.extend(blocks::small(&basis));
    if setting.files_elsewhere {
        blocks.extend(blocks::small(own::file_in_chat(setting.language)));
    }
    blocks.extend(offers(reply, setting));
    blocks.extend(actions(reply, setting));
    if blocks.is_empty() {
        blocks = blocks::words(words::silence(setting.language));
    }
    let text = fallback(&parts, setting.language);
    let rest = "…".to_owned();
    blocks::messages(blocks)
        .into_iter()
        .enumerate()
        .map(|(at, blocks)| Page {
            text: if at == 0 { text.clone() } else { rest.clone() },
            blocks,
        })
        .collect()
}

/// The chart as a picture, else in words.
fn drawn(reply: &Reply, picture: Option<&str>) -> Vec<Value> {
    let chart = reply.card.as_ref().and_then(|card| card.chart.as_ref());
    match (chart, picture) {
        (Some(chart), Some(file)) => vec![blocks::picture(file, &chart.alt)],
        (Some(chart), None) => blocks::small(&chart.alt),
        (None, _) => Vec::new(),
    }
}

/// How it was understood, and what the numbers rest on.
fn basis(parts: &Parts) -> String {
    let reading = parts.reading.iter().cloned();
    let lines: Vec<String> = reading.chain(parts.basis.iter().cloned()).collect();
    lines.join("\n")
}

/// Questions to press: buttons, or menus where they are many; and written out where a button does
/// not hold all of one.
fn offers(reply: &Reply, setting: Setting<'_>) -> Vec<Value> {
    let offers: Vec<Choice> = reply.offers().collect();
    if offers.is_empty() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    let tight = offers.iter().any(|offer| !blocks::fits(&offer.label));
    if tight {
        let lines: Vec<String> = offers
            .iter()
            .enumerate()
            .map(|(at, offer)| format!("{}. {}", at + 1, offer.label.replace('\n', " ")))
            .collect();
        blocks.extend(blocks::words(&lines.join("\n")));
    }
    let presses: Vec<Press> = offers
        .iter()
        .enumerate()
        .map(|(at, offer)| Press {
            label: if tight {
                format!("{}. {}", at + 1, offer.label)
            } else {
                offer.label.clone()
            },
            id: format!("ask:{at}"),
            carries: Button::Ask(at).carry(setting.delivery),
        })
        .collect();
    if presses.len() <= BUTTONS {
        blocks.extend(blocks::buttons(&presses));
    } else {
        let says = own::choose(setting.language);
        blocks.extend(blocks::menus(&presses, says));
    }
    blocks
}

fn actions(reply: &Reply, setting: Setting<'_>) -> Vec<Value> {
    let actions = reply.card.iter().flat_map(|card| &card.actions);
    let presses: Vec<Press> = actions
        .map(|action| Press {
            label: words::action(*action, setting.language).to_owned(),
            id: format!("act:{}", action.as_str()),
            carries: Button::Act(*action).carry(setting.delivery),
        })
        .collect();
    blocks::buttons(&presses)
}

fn fallback(parts: &Parts, language: Language) -> String {
    let said = [Some(&parts.text), parts.head.as_ref(), parts.code.as_ref()];
    let said = said.into_iter().flatten().find(|it| !it.trim().is_empty());
    let said = said.map_or(words::silence(language), String::as_str);
    let pieces = split(&calm(said), FALLBACK, escaped_length);
    match pieces.as_slice() {
        [] => words::silence(language).to_owned(),
        [whole] => escape(whole),
        [first, ..] => format!("{} …", escape(first)),
    }
}
