//! Slack's limits, as its reference gives them. What breaks one is noted as a sentence.

use serde_json::{Value, json};

use super::state::Kept;

/// Kinds of blocks that are used, in messages and views.
const KINDS: [&str; 9] = [
    "actions",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "markdown",
    "rich_text",
    "section",
];

/// A message.
pub(super) fn message(kept: &mut Kept, method: &str, body: &Value) {
    let mut wrong = Vec::new();
    let text = body["text"].as_str().unwrap_or_default();
    if text.is_empty() {
        wrong.push("no text for notifications".to_owned());
    }
    longest(&mut wrong, "text", text, 40_000);
    live(&mut wrong, "text", text);
    let none = Vec::new();
    let all = body["blocks"].as_array().unwrap_or(&none);
    if all.len() > 50 {
        wrong.push(format!("{} blocks", all.len()));
    }
    blocks(&mut wrong, all);
    let total: usize = all.iter().map(weigh).sum();
    if total > 13_200 {
        wrong.push(format!("msg_blocks_too_long: {total} characters"));
    }
    kept.breaches
        .extend(wrong.into_iter().map(|it| format!("{method}: {it}")));
}

/// Markdown of a stream.
pub(super) fn markdown(kept: &mut Kept, method: &str, body: &Value) {
    let text = body["markdown_text"].as_str().unwrap_or_default();
    let mut wrong = Vec::new();
    longest(&mut wrong, "markdown_text", text, 12_000);
    live(&mut wrong, "markdown_text", text);
    kept.breaches
        .extend(wrong.into_iter().map(|it| format!("{method}: {it}")));
}

/// A form or a home tab.
pub(super) fn view(kept: &mut Kept, method: &str, view: &Value, kind: &str) {
    let mut wrong = Vec::new();
    if view["type"] != json!(kind) {
        wrong.push(format!("the view is no {kind}"));
    }
    for (name, limit) in [("title", 24), ("submit", 24), ("close", 24)] {
        let text = view[name]["text"].as_str().unwrap_or_default();
        longest(&mut wrong, name, text, limit);
        if kind == "modal" && text.is_empty() {
            wrong.push(format!("no {name}"));
        }
    }
    let left = view["private_metadata"].as_str().unwrap_or_default();
    longest(&mut wrong, "private_metadata", left, 3_000);
    let none = Vec::new();
    let all = view["blocks"].as_array().unwrap_or(&none);
    if all.is_empty() || all.len() > 100 {
        wrong.push(format!("{} blocks", all.len()));
    }
    blocks(&mut wrong, all);
    kept.breaches
        .extend(wrong.into_iter().map(|it| format!("{method}: {it}")));
}

fn blocks(wrong: &mut Vec<String>, all: &[Value]) {
    let mut ids = Vec::new();
    for block in all {
        let kind = block["type"].as_str().unwrap_or_default();
        if !KINDS.contains(&kind) {
            wrong.push(format!("a block of an unknown kind: {kind}"));
        }
        let text = block["text"]["text"].as_str().unwrap_or_default();
        match kind {
            "section" => longest(wrong, "a section", text, 3_000),
            "header" => longest(wrong, "a header", text, 150),
            "markdown" => longest(wrong, "markdown", text, 12_000),
            "image" => {
                let alt = block["alt_text"].as_str().unwrap_or_default();
                longest(wrong, "alt_text", alt, 2_000);
                live(wrong, "alt_text", alt);
                if alt.is_empty() {
                    wrong.push("a picture without words".into());
                }
            }
            "input" => {
                let label = block["label"]["text"].as_str().unwrap_or_default();
                longest(wrong, "a label", label, 2_000);
                element(wrong, &block["element"]);
            }
            _ => {}
        }
        live(wrong, kind, text);
        let none = Vec::new();
        let elements = block["elements"].as_array().unwrap_or(&none);
        let most = if kind == "context" { 10 } else { 25 };
        if elements.len() > most || (kind == "actions" && elements.is_empty()) {
            wrong.push(format!("{} elements in {kind}", elements.len()));
        }
        if kind == "rich_text" {
            letters(wrong, block);
            continue;
        }
        for it in elements {
            if kind == "context" {
                let text = it["text"].as_str().unwrap_or_default();
                longest(wrong, "a context", text, 3_000);
                live(wrong, "a context", text);
                continue;
            }
            element(wrong, it);
            let id = it["action_id"].as_str().unwrap_or_default().to_owned();
            if id.is_empty() || ids.contains(&id) {
                wrong.push(format!("an action_id twice or not at all: {id}"));
            }
            ids.push(id);
        }
    }
}

fn element(wrong: &mut Vec<String>, element: &Value) {
    let label = element["text"]["text"].as_str().unwrap_or_default();
    longest(wrong, "a button", label, 75);
    live(wrong, "a button", label);
    if element["type"] == json!("button") && label.is_empty() {
        wrong.push("a button that says nothing".into());
    }
    let value = element["value"].as_str().unwrap_or_default();
    longest(wrong, "a button's value", value, 2_000);
    let id = element["action_id"].as_str().unwrap_or_default();
    longest(wrong, "an action_id", id, 255);
    let initial = element["initial_value"].as_str().unwrap_or_default();
    longest(wrong, "an initial value", initial, 3_000);
    let Some(options) = element["options"].as_array() else {
        return;
    };
    if options.is_empty() || options.len() > 100 {
        wrong.push(format!("{} options", options.len()));
    }
    for option in options {
        let label = option["text"]["text"].as_str().unwrap_or_default();
        longest(wrong, "an option", label, 75);
        live(wrong, "an option", label);
        let value = option["value"].as_str().unwrap_or_default();
        longest(wrong, "an option's value", value, 150);
    }
}

/// Rich text is never read as markup, and has elements for what pings: none is used.
fn letters(wrong: &mut Vec<String>, value: &Value) {
    match value {
        Value::Object(members) => {
            let kind = members.get("type").and_then(Value::as_str);
            if let Some(kind @ ("broadcast" | "user" | "usergroup" | "link")) = kind {
                wrong.push(format!("{kind} in rich text"));
            }
            if kind == Some("text") {
                let text = members["text"].as_str().unwrap_or_default();
                longest(wrong, "rich text", text, 3_000);
                if text.is_empty() {
                    wrong.push("rich text that says nothing".into());
                }
            }
            members.values().for_each(|it| letters(wrong, it));
        }
        Value::Array(items) => items.iter().for_each(|it| letters(wrong, it)),
        _ => {}
    }
}

fn longest(wrong: &mut Vec<String>, what: &str, text: &str, limit: usize) {
    let length = text.chars().count();
    if length > limit {
        wrong.push(format!("{what} of {length} characters, of {limit} at most"));
    }
}

/// Slack reads what stands in angle brackets.
fn live(wrong: &mut Vec<String>, what: &str, text: &str) {
    if text.contains('<') {
        wrong.push(format!("{what} has an angle bracket that is read"));
    }
}

fn weigh(value: &Value) -> usize {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| match value {
                Value::String(text) if name == "text" || name == "alt_text" => text.chars().count(),
                Value::String(_) => 0,
                value => weigh(value),
            })
            .sum(),
        Value::Array(items) => items.iter().map(weigh).sum(),
        _ => 0,
    }
}
