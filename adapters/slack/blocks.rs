//! Blocks, and messages made of them within Slack's limits: 50 blocks and some 13,200 characters a
//! message, 3,000 characters a block.
//!
//! Words go into rich text, whose letters Slack never reads as markup: a question with asterisks in
//! it, a statement with backticks and `<!channel>` are shown as they are. Only labels and the line
//! for notifications are escaped, because those are read.

use serde_json::{Value, json};

use super::text::{calm, escape, escaped_length};
use crate::split::{characters, split};

/// Slack takes 50; some are left for what is added to a message later.
const BLOCKS: usize = 46;

/// Slack takes some 13,200 characters a message.
const MESSAGE: usize = 12_000;

/// Slack takes 3,000 characters a text.
pub(super) const TEXT: usize = 2_900;

/// Slack takes 75 characters on a button and in an option.
const LABEL: usize = 75;

/// Slack takes 25 buttons in a row; five are read at a glance.
pub(super) const BUTTONS: usize = 5;

/// Options a menu; Slack takes 100, and counts their letters.
pub(super) const OPTIONS: usize = 50;

/// Slack takes 2,000 characters beside a picture.
const ALT: usize = 1_900;

/// Words, in as many blocks as they need.
pub(super) fn words(text: &str) -> Vec<Value> {
    styled(text, &json!({}))
}

/// Bold words.
pub(super) fn bold(text: &str) -> Vec<Value> {
    styled(text, &json!({"bold": true}))
}

fn styled(text: &str, style: &Value) -> Vec<Value> {
    let block = |piece: String| {
        let mut element = json!({"type": "text", "text": piece});
        if style.as_object().is_some_and(|it| !it.is_empty()) {
            element["style"] = style.clone();
        }
        rich("rich_text_section", element)
    };
    let pieces = split(&calm(text), TEXT, escaped_length);
    pieces.into_iter().map(block).collect()
}

/// Lines letter by letter, in as many blocks as they need.
pub(super) fn letters(text: &str) -> Vec<Value> {
    let block = |piece: String| {
        rich(
            "rich_text_preformatted",
            json!({"type": "text", "text": piece}),
        )
    };
    lines(&calm(text), TEXT).into_iter().map(block).collect()
}

fn rich(kind: &str, element: Value) -> Value {
    json!({"type": "rich_text", "elements": [{"type": kind, "elements": [element]}]})
}

/// Pieces that end where lines do, white space and all; a line that is too long by itself is broken.
fn lines(text: &str, limit: usize) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for line in text.lines() {
        let parts = if escaped_length(line) > limit {
            split(line, limit, escaped_length)
        } else {
            vec![line.to_owned()]
        };
        for part in parts {
            match pieces.last_mut() {
                Some(last) if escaped_length(last) + escaped_length(&part) < limit => {
                    last.push('\n');
                    last.push_str(&part);
                }
                _ => pieces.push(part),
            }
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// Small print.
pub(super) fn small(text: &str) -> Vec<Value> {
    let pieces = split(&calm(text), TEXT, escaped_length);
    let block = |piece: String| {
        let text = json!({"type": "plain_text", "text": escape(&piece), "emoji": false});
        json!({"type": "context", "elements": [text]})
    };
    pieces.into_iter().map(block).collect()
}

/// A picture that was uploaded, with what it shows in words.
pub(super) fn picture(file: &str, alt: &str) -> Value {
    let alt = split(&calm(alt), ALT, escaped_length);
    let alt = alt.first().map_or_else(String::new, |alt| escape(alt));
    let alt = if alt.is_empty() { "—".into() } else { alt };
    json!({"type": "image", "slack_file": {"id": file}, "alt_text": alt})
}

/// Something to press: what it says, its id within the message, and what it carries.
pub(super) struct Press {
    pub(super) label: String,
    pub(super) id: String,
    pub(super) carries: String,
}

/// Buttons, five a row.
pub(super) fn buttons(presses: &[Press]) -> Vec<Value> {
    let button = |press: &Press| {
        json!({"type": "button", "action_id": press.id, "value": press.carries,
            "text": label(&press.label)})
    };
    let row = |row: &[Press]| {
        let elements: Vec<Value> = row.iter().map(button).collect();
        json!({"type": "actions", "elements": elements})
    };
    presses.chunks(BUTTONS).map(row).collect()
}

/// Menus, where there are too many for buttons.
pub(super) fn menus(presses: &[Press], says: &str) -> Vec<Value> {
    let option = |press: &Press| json!({"text": label(&press.label), "value": press.carries});
    let menu = |menu: &[Press]| {
        let options: Vec<Value> = menu.iter().map(option).collect();
        let id = menu.first().map(|it| it.id.as_str());
        json!({"type": "actions", "elements": [{"type": "static_select", "action_id": id,
            "placeholder": label(says), "options": options}]})
    };
    presses.chunks(OPTIONS).map(menu).collect()
}

/// Whether a label is shown whole.
pub(super) fn fits(text: &str) -> bool {
    escaped_length(text) <= LABEL
}

fn label(text: &str) -> Value {
    let calm = calm(text).replace('\n', " ");
    let text = if fits(&calm) {
        calm
    } else {
        let pieces = split(&calm, LABEL - 2, escaped_length);
        format!("{} …", pieces.first().map_or("", String::as_str))
    };
    let text = if text.trim().is_empty() { "—" } else { &text };
    json!({"type": "plain_text", "text": escape(text), "emoji": false})
}

/// Blocks as messages, in order, each within the limits.
pub(super) fn messages(blocks: Vec<Value>) -> Vec<Vec<Value>> {
    let mut messages: Vec<Vec<Value>> = Vec::new();
    let mut weight = 0;
    for block in blocks {
        let more = weigh(&block);
        match messages.last_mut() {
            Some(last) if last.len() < BLOCKS && weight + more <= MESSAGE => {
                weight += more;
                last.push(block);
            }
            _ => {
                weight = more;
                messages.push(vec![block]);
            }
        }
    }
    messages
}

/// How many characters of a block Slack counts: all that is to be read.
fn weigh(value: &Value) -> usize {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| match value {
                Value::String(text) if name == "text" || name == "alt_text" => {
                    escaped_length(text).max(characters(text))
                }
                Value::String(_) => 0,
                value => weigh(value),
            })
            .sum(),
        Value::Array(items) => items.iter().map(weigh).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_blocks_are_several_messages_and_none_is_lost() {
        let blocks: Vec<Value> = (0..100)
            .flat_map(|n| words(&format!("block {n}")))
            .collect();
        let messages = messages(blocks.clone());
        assert_eq!(messages.len(), 3);
        assert_eq!(messages.concat(), blocks);
        let long: Vec<Value> = words(&"a word ".repeat(6_000));
        for message in super::messages(long) {
            assert!(message.iter().map(weigh).sum::<usize>() <= MESSAGE);
        }
    }

    #[test]
    fn a_statement_keeps_its_white_space() {
        let blocks = letters("SELECT a,\n       b\nFROM t");
        let text = blocks[0].pointer("/elements/0/elements/0/text").unwrap();
        assert_eq!(text, "SELECT a,\n       b\nFROM t");
    }

    #[test]
    fn a_label_is_cut_only_where_it_must_be() {
        let text = |n: usize| label(&"<".repeat(n))["text"].as_str().unwrap().to_owned();
        assert_eq!(text(3), "&lt;&lt;&lt;");
        assert!(text(40).chars().count() <= LABEL, "{}", text(40));
        assert!(text(40).ends_with('…'));
    }
}
