//! Limits that are written only in words: where a message breaks one, a sentence each.
//!
//! developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages and its neighbours.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::state::{State, Upload};

/// What can be uploaded, and its largest size in bytes.
pub(super) const MEDIA: [(&str, usize); 12] = [
    ("audio/aac", 16 << 20),
    ("audio/mp4", 16 << 20),
    ("audio/mpeg", 16 << 20),
    ("audio/ogg", 16 << 20),
    ("image/jpeg", 5 << 20),
    ("image/png", 5 << 20),
    ("image/webp", 500 << 10),
    ("video/mp4", 16 << 20),
    ("text/plain", 100 << 20),
    ("application/pdf", 100 << 20),
    ("application/vnd.ms-excel", 100 << 20),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        100 << 20,
    ),
];

/// What is wrong with a message.
pub(super) fn breaches(message: &Json, state: &State) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut must = |holds: bool, what: &str| {
        if !holds {
            wrong.push(what.to_owned());
        }
    };
    let to = message["to"].as_str();
    must(
        to.is_none_or(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit())),
        "to is no number",
    );
    must(!addressee(message).is_empty(), "it is to nobody");
    if let Some(context) = message.get("context") {
        let id = context["message_id"].as_str().unwrap_or_default();
        must(id.starts_with("wamid."), "the quoted message has no id");
    }
    let tracker = message["biz_opaque_callback_data"].as_str();
    must(
        length(tracker) <= 512,
        "biz_opaque_callback_data is longer than 512",
    );
    match message["type"].as_str().unwrap_or_default() {
        "text" => {
            let body = message["text"]["body"].as_str();
            must(
                (1..=4096).contains(&length(body)),
                "a text has 1 to 4096 characters",
            );
            must(
                message["text"]["preview_url"] != true,
                "a preview would fetch an address out of an answer",
            );
        }
        "interactive" => interactive(&message["interactive"], &mut must),
        "template" => template(&message["template"], &mut must),
        kind @ ("image" | "document") => {
            let media = &message[kind];
            let caption = media["caption"].as_str();
            must(
                length(caption) <= 1024,
                "a caption has at most 1024 characters",
            );
            let upload = state
                .uploads
                .iter()
                .find(|it| media["id"] == it.id.as_str());
            let forgotten = state.was_uploaded(media["id"].as_str().unwrap_or_default());
            must(forgotten, "the file was never uploaded");
            let is_image = |it: &Upload| it.kind.starts_with("image/");
            must(
                upload.is_none_or(|it| is_image(it) == (kind == "image")),
                "the file is of another kind than its message",
            );
            if kind == "document" {
                let name = media["filename"].as_str();
                must((1..=240).contains(&length(name)), "a document has a name");
            }
        }
        other => must(false, &format!("Almanac sends no {other}")),
    }
    wrong
}

fn interactive(it: &Json, must: &mut impl FnMut(bool, &str)) {
    let body = it["body"]["text"].as_str();
    must(
        (1..=1024).contains(&length(body)),
        "a body has 1 to 1024 characters",
    );
    let action = &it["action"];
    let mut ids = Vec::new();
    match it["type"].as_str().unwrap_or_default() {
        "button" => {
            let buttons = list(&action["buttons"]);
            must((1..=3).contains(&buttons.len()), "one to three buttons");
            let mut titles = HashSet::new();
            for button in buttons {
                let title = button["reply"]["title"].as_str();
                must(
                    (1..=20).contains(&length(title)),
                    "a button says 1 to 20 characters",
                );
                must(titles.insert(title), "two buttons say the same");
                ids.push(button["reply"]["id"].as_str().unwrap_or_default());
            }
        }
        "list" => {
            let open = action["button"].as_str();
            must(
                (1..=20).contains(&length(open)),
                "a list's button says 1 to 20 characters",
            );
            let sections = list(&action["sections"]);
            must((1..=10).contains(&sections.len()), "one to ten sections");
            for section in sections {
                let title = length(section["title"].as_str());
                must(title <= 24, "a section's title has at most 24 characters");
                must(
                    title > 0 || sections.len() == 1,
                    "one of several sections has no title",
                );
                for row in list(&section["rows"]) {
                    let title = row["title"].as_str();
                    must(
                        (1..=24).contains(&length(title)),
                        "a row says 1 to 24 characters",
                    );
                    let description = row["description"].as_str();
                    must(
                        length(description) <= 72,
                        "a description has at most 72 characters",
                    );
                    ids.push(row["id"].as_str().unwrap_or_default());
                }
            }
            must((1..=10).contains(&ids.len()), "one to ten rows");
        }
        other => must(false, &format!("Almanac sends no {other}")),
    }
    let known: HashSet<&str> = ids.iter().copied().collect();
    must(known.len() == ids.len(), "two of them carry the same");
    must(
        ids.iter().all(|id| {
            let count = id.chars().count();
            (1..=200).contains(&count) && id.trim() == *id
        }),
        "what they carry has 1 to 200 characters, and no space at its ends",
    );
}

fn template(it: &Json, must: &mut impl FnMut(bool, &str)) {
    let components = list(&it["components"]);
    let mut total = 0;
    for component in components {
        for parameter in list(&component["parameters"]) {
            if let Some(text) = parameter["text"].as_str() {
                total += text.chars().count();
                must(!text.is_empty(), "a parameter is empty");
                must(
                    !text.contains(['\n', '\t']) && !text.contains("    "),
                    "a parameter has a line end, a tab or four spaces",
                );
            }
            let payload = parameter["payload"].as_str();
            must(
                length(payload) <= 128,
                "a payload has at most 128 characters",
            );
        }
    }
    must(
        total <= 900,
        "with the words around them, parameters pass 1024 characters",
    );
}

/// To whom a message is, by number or by the id of whoever hides theirs.
pub(super) fn addressee(message: &Json) -> &str {
    let to = message["to"].as_str();
    to.or_else(|| message["recipient"].as_str())
        .unwrap_or_default()
}

fn list(of: &Json) -> &[Json] {
    of.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn length(text: Option<&str>) -> usize {
    text.map_or(0, |it| it.chars().count())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_broken_limit_is_told() {
        let whole = |rest: Json| {
            let mut message = json!({"to": "16505551234"});
            for (key, value) in rest.as_object().unwrap() {
                message[key] = value.clone();
            }
            breaches(&message, &State::default())
        };
        let text = |body: &str| json!({"type": "text", "text": {"body": body}});
        assert_eq!(whole(text(&"é".repeat(4096))), Vec::<String>::new());
        let button = |n: usize| json!({"type": "reply", "reply": {"id": n.to_string(), "title": n.to_string()}});
        let buttons = |count: usize, body: &str| {
            json!({"type": "interactive", "interactive": {
                "type": "button",
                "body": {"text": body},
                "action": {"buttons": (0..count).map(button).collect::<Vec<_>>()},
            }})
        };
        assert_eq!(whole(buttons(3, "b")), Vec::<String>::new());
        let rows = |count: usize, title: &str| {
            let row = |n| json!({"id": format!("{n}"), "title": title});
            let rows: Vec<Json> = (0..count).map(row).collect();
            json!({"type": "interactive", "interactive": {
                "type": "list",
                "body": {"text": "b"},
                "action": {"button": "open", "sections": [{"rows": rows}]},
            }})
        };
        assert_eq!(whole(rows(10, "t")), Vec::<String>::new());
        let parameter = |text: &str| {
            json!({"type": "template", "template": {"components": [
                {"type": "body", "parameters": [{"type": "text", "text": text}]},
            ]}})
        };
        assert_eq!(whole(parameter("p")), Vec::<String>::new());
        for broken in [
            text(""),
            text(&"x".repeat(4097)),
            buttons(4, "b"),
            buttons(0, "b"),
            buttons(3, &"b".repeat(1025)),
            rows(11, "t"),
            rows(1, &"t".repeat(25)),
            parameter("a\nb"),
            parameter("a    b"),
            parameter(""),
            json!({"type": "image", "image": {"id": "1"}}),
            json!({"type": "sticker"}),
            json!({"type": "text", "text": {"body": "b", "preview_url": true}}),
            json!({"type": "text", "text": {"body": "b"}, "context": {"message_id": "7"}}),
        ] {
            assert!(!whole(broken.clone()).is_empty(), "{broken}");
        }
    }
}
