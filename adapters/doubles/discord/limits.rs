//! Limits that the published description does not state, and what Almanac owes people: nobody is
//! mentioned, nothing is empty, every picture in an embed came along.

use std::collections::HashSet;

use serde_json::Value;

use super::state::Upload;

const CONTENT: usize = 2000;
const EMBEDS: usize = 6000;
const LABEL: usize = 80;
const ENTRY: usize = 100;
const SUPPRESS_EMBEDS: u64 = 1 << 2;

/// Where a message breaks them.
pub(super) fn of_message(body: &Value, files: &[Upload]) -> Vec<String> {
    let mut breaches = Vec::new();
    let content = body["content"].as_str().unwrap_or_default();
    if units(content) > CONTENT {
        breaches.push(format!("content of {} characters", units(content)));
    }
    let embeds = body["embeds"].as_array().map_or(&[][..], Vec::as_slice);
    let flags = body["flags"].as_u64().unwrap_or_default();
    if content.trim().is_empty() && embeds.is_empty() && files.is_empty() {
        breaches.push("an empty message".into());
    }
    if !embeds.is_empty() && flags & SUPPRESS_EMBEDS != 0 {
        breaches.push("embeds that are suppressed".into());
    }
    if embeds.is_empty() && flags & SUPPRESS_EMBEDS == 0 {
        breaches.push("links that unfold".into());
    }
    let mentions = &body["allowed_mentions"];
    let none = |kind: &str| mentions[kind].as_array().is_none_or(Vec::is_empty);
    let silent =
        mentions["parse"].as_array().is_some_and(Vec::is_empty) && none("users") && none("roles");
    if !silent {
        breaches.push("somebody can be mentioned".into());
    }
    breaches.extend(of_embeds(embeds, files));
    breaches.extend(of_files(body, files));
    breaches.extend(of_components(body));
    breaches
}

fn of_embeds(embeds: &[Value], files: &[Upload]) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut all = 0;
    for embed in embeds {
        let text = |value: &Value| units(value.as_str().unwrap_or_default());
        let parts = [
            &embed["title"],
            &embed["description"],
            &embed["footer"]["text"],
            &embed["author"]["name"],
        ];
        let own: usize = parts.into_iter().map(text).sum();
        let fields = embed["fields"].as_array().into_iter().flatten();
        let of_fields: usize = fields
            .map(|field| text(&field["name"]) + text(&field["value"]))
            .sum();
        all += own + of_fields;
        if embed["title"].as_str() == Some("") {
            breaches.push("an embed with an empty title".into());
        }
        for picture in ["image", "thumbnail"] {
            let url = embed[picture]["url"].as_str().unwrap_or_default();
            let attached = url.strip_prefix("attachment://");
            if let Some(name) = attached
                && !files.iter().any(|file| file.name == name)
            {
                breaches.push(format!("{name} is not attached"));
            }
        }
    }
    if all > EMBEDS {
        breaches.push(format!("embeds of {all} characters"));
    }
    breaches
}

fn of_files(body: &Value, files: &[Upload]) -> Vec<String> {
    let described = body["attachments"].as_array().map_or(0, Vec::len);
    if described != files.len() {
        return vec![format!("{described} files described, {} sent", files.len())];
    }
    if files.len() > 10 {
        return vec![format!("{} files", files.len())];
    }
    vec![]
}

fn of_components(body: &Value) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut ids = HashSet::new();
    let rows = body["components"].as_array().map_or(&[][..], Vec::as_slice);
    if rows.len() > 5 {
        breaches.push(format!("{} rows", rows.len()));
    }
    for component in rows
        .iter()
        .flat_map(|row| row["components"].as_array().into_iter().flatten())
    {
        let id = component["custom_id"].as_str().unwrap_or_default();
        if !ids.insert(id) {
            breaches.push(format!("{id} twice"));
        }
        let label = component["label"].as_str().unwrap_or_default();
        if component["type"] == 2 && (label.is_empty() || units(label) > LABEL) {
            breaches.push(format!("a label of {} characters", units(label)));
        }
        for option in component["options"].as_array().into_iter().flatten() {
            let label = option["label"].as_str().unwrap_or_default();
            if label.is_empty() || units(label) > ENTRY {
                breaches.push(format!("an entry of {} characters", units(label)));
            }
        }
    }
    breaches
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
