//! Updates as Telegram sends them, for tests to hand in.

use serde_json::{Value, json};

use super::posted::Posted;
use super::server::{BOT, USERNAME};

/// When everything was said: 2026-11-20, 14:00 UTC.
pub const DATE: i64 = 1_795_183_200;

/// A person's message: in their own chat with the bot where `chat` is theirs, else in a group, whose
/// ids are negative. Mentions and commands in the text are marked as Telegram marks them.
#[must_use]
pub fn message(update_id: i64, message_id: i64, from: i64, chat: i64, text: &str) -> Value {
    json!({
        "update_id": update_id,
        "message": said(message_id, from, chat, text),
    })
}

/// A person's message with other words.
#[must_use]
pub fn edited(update_id: i64, message_id: i64, from: i64, chat: i64, text: &str) -> Value {
    let mut message = said(message_id, from, chat, text);
    message["edit_date"] = json!(DATE + 30);
    json!({ "update_id": update_id, "edited_message": message })
}

/// A person presses a button under a message of the bot.
#[must_use]
pub fn pressed(update_id: i64, from: i64, on: &Posted, data: &str) -> Value {
    let rows: Vec<Vec<Value>> = on
        .keyboard
        .iter()
        .map(|row| {
            row.iter()
                .map(|key| json!({ "text": key.text, "callback_data": key.data }))
                .collect()
        })
        .collect();
    json!({
        "update_id": update_id,
        "callback_query": {
            "id": format!("{}", 7_000_000_000 + update_id),
            "from": person(from),
            "message": {
                "message_id": on.id,
                "from": bot(),
                "chat": chat_of(on.chat),
                "date": DATE,
                "text": on.visible,
                "reply_markup": { "inline_keyboard": rows },
            },
            "chat_instance": "-42",
            "data": data,
        },
    })
}

/// The bot's standing in a chat: "member", "kicked", "left".
#[must_use]
pub fn standing(update_id: i64, from: i64, chat: i64, status: &str) -> Value {
    json!({
        "update_id": update_id,
        "my_chat_member": {
            "chat": chat_of(chat),
            "from": person(from),
            "date": DATE,
            "old_chat_member": { "user": bot(), "status": "member" },
            "new_chat_member": { "user": bot(), "status": status, "until_date": 0 },
        },
    })
}

/// The bot as a user.
#[must_use]
pub fn bot() -> Value {
    json!({ "id": BOT, "is_bot": true, "first_name": "Almanac", "username": USERNAME })
}

fn said(message_id: i64, from: i64, chat: i64, text: &str) -> Value {
    let mut message = json!({
        "message_id": message_id,
        "from": person(from),
        "chat": chat_of(chat),
        "date": DATE,
        "text": text,
    });
    let entities = entities(text);
    if !entities.is_empty() {
        message["entities"] = Value::Array(entities);
    }
    message
}

fn person(id: i64) -> Value {
    json!({
        "id": id,
        "is_bot": false,
        "first_name": "Ana",
        "last_name": "Silva",
        "username": format!("person{id}"),
        "language_code": "en",
    })
}

fn chat_of(id: i64) -> Value {
    if id > 0 {
        json!({ "id": id, "first_name": "Ana", "type": "private" })
    } else {
        json!({ "id": id, "title": "The shop", "type": "supergroup" })
    }
}

fn entities(text: &str) -> Vec<Value> {
    let mut entities = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive([' ', '\n']) {
        let bare = word.trim_end_matches([' ', '\n', ',', ':', '?']);
        let kind = match bare.chars().next() {
            Some('@') if bare.len() > 1 => Some("mention"),
            Some('/') if bare.len() > 1 => Some("bot_command"),
            _ => None,
        };
        if let Some(kind) = kind {
            let length = bare.encode_utf16().count();
            entities.push(json!({ "type": kind, "offset": offset, "length": length }));
        }
        offset += word.encode_utf16().count();
    }
    entities
}
