//! Webhook bodies as Meta writes them, piece by piece.

use serde_json::{Value as Json, json};

/// The account's id.
pub const ACCOUNT: &str = "102290129340398";
/// The id of the number.
pub const NUMBER: &str = "106540352242900";
/// The number itself.
pub const DISPLAY: &str = "15550783881";

/// A body with these messages and these statuses.
#[must_use]
pub fn body(messages: &[Json], statuses: &[Json]) -> Json {
    let contacts: Vec<Json> = messages
        .iter()
        .filter_map(|it| it["from"].as_str())
        .map(|from| json!({"profile": {"name": "Ana Souza"}, "wa_id": from}))
        .collect();
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": DISPLAY, "phone_number_id": NUMBER},
    });
    if !messages.is_empty() {
        value["contacts"] = json!(contacts);
        value["messages"] = json!(messages);
    }
    if !statuses.is_empty() {
        value["statuses"] = json!(statuses);
    }
    change("messages", &value)
}

/// A body with one change of a field.
#[must_use]
pub fn change(field: &str, value: &Json) -> Json {
    json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": ACCOUNT, "changes": [{"value": value, "field": field}]}],
    })
}

/// Several bodies as one, the way batches come.
#[must_use]
pub fn batch(bodies: &[Json]) -> Json {
    let entries: Vec<&Json> = bodies
        .iter()
        .filter_map(|it| it["entry"].as_array())
        .flatten()
        .collect();
    json!({"object": "whatsapp_business_account", "entry": entries})
}

/// A message of a kind, from somebody, at a time in seconds since 1970.
#[must_use]
pub fn message(from: &str, id: &str, at: i64, (kind, what): (&str, Json)) -> Json {
    let mut message = json!({"from": from, "id": id, "timestamp": at.to_string(), "type": kind});
    message[kind] = what;
    message
}

/// A text.
#[must_use]
pub fn text(body: &str) -> (&'static str, Json) {
    ("text", json!({"body": body}))
}

/// A press on a reply button.
#[must_use]
pub fn button_reply(id: &str, title: &str) -> (&'static str, Json) {
    (
        "interactive",
        json!({"type": "button_reply", "button_reply": {"id": id, "title": title}}),
    )
}

/// A choice from a list.
#[must_use]
pub fn list_reply(id: &str, title: &str) -> (&'static str, Json) {
    (
        "interactive",
        json!({"type": "list_reply", "list_reply": {"id": id, "title": title}}),
    )
}

/// A press on a template's button.
#[must_use]
pub fn template_button(payload: &str, title: &str) -> (&'static str, Json) {
    ("button", json!({"payload": payload, "text": title}))
}

/// A reaction to a message.
#[must_use]
pub fn reaction(on: &str, emoji: &str) -> (&'static str, Json) {
    ("reaction", json!({"message_id": on, "emoji": emoji}))
}

/// Other words for a message.
#[must_use]
pub fn edit(of: &str, body: &str) -> (&'static str, Json) {
    (
        "edit",
        json!({
            "original_message_id": of,
            "message": {"type": "text", "text": {"body": body}},
        }),
    )
}

/// A message taken back.
#[must_use]
pub fn revoke(of: &str) -> (&'static str, Json) {
    ("revoke", json!({"original_message_id": of}))
}

/// A picture, with words under it or none.
#[must_use]
pub fn image(caption: Option<&str>) -> (&'static str, Json) {
    let mut image = json!({"mime_type": "image/jpeg", "sha256": "a=", "id": "65463453"});
    if let Some(caption) = caption {
        image["caption"] = json!(caption);
    }
    ("image", image)
}

/// What became of a message.
#[must_use]
pub fn status(id: &str, status: &str, to: &str, at: i64) -> Json {
    json!({
        "id": id,
        "status": status,
        "timestamp": at.to_string(),
        "recipient_id": to,
    })
}
