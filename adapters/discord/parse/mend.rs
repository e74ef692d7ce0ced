//! Events that have something in them that the client library does not know yet. It hands them over
//! as raw JSON; what a message says and to whom is read out of them all the same.

use serde_json::{Map, Value, json};
use serenity::all::{Event, Message, MessageCreateEvent, MessageUpdateEvent};

/// What a message is read by; everything else may be of a new kind.
const KNOWN: [&str; 14] = [
    "id",
    "channel_id",
    "guild_id",
    "author",
    "content",
    "timestamp",
    "edited_timestamp",
    "tts",
    "mention_everyone",
    "mentions",
    "mention_roles",
    "pinned",
    "type",
    "webhook_id",
];

/// The event, read as far as it can be.
pub(in super::super) fn mended(event: Event) -> Event {
    let Event::Unknown(unknown) = &event else {
        return event;
    };
    match unknown.kind.as_str() {
        "MESSAGE_CREATE" => serde_json::from_value::<MessageCreateEvent>(bare(&unknown.value))
            .map_or(event, Event::MessageCreate),
        "MESSAGE_UPDATE" => serde_json::from_value::<MessageUpdateEvent>(bare(&unknown.value))
            .map_or(event, Event::MessageUpdate),
        _ => event,
    }
}

/// A message that is read back, read as far as it can be.
pub(in super::super) fn message(message: Value) -> Option<Message> {
    let bare = bare(&message);
    serde_json::from_value(message)
        .or_else(|_| serde_json::from_value(bare))
        .ok()
}

fn bare(message: &Value) -> Value {
    let mut bare = Map::new();
    for key in KNOWN {
        if let Some(value) = message.get(key) {
            bare.insert(key.to_owned(), value.clone());
        }
    }
    if let Some(author) = bare.get_mut("author") {
        *author = person(author);
    }
    for mentioned in bare
        .get_mut("mentions")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        *mentioned = person(mentioned);
    }
    for list in ["attachments", "embeds", "components"] {
        bare.insert(list.to_owned(), json!([]));
    }
    Value::Object(bare)
}

fn person(user: &Value) -> Value {
    let mut person = json!({"avatar": null});
    for key in ["id", "username", "global_name", "bot", "system"] {
        if let Some(value) = user.get(key) {
            person[key] = value.clone();
        }
    }
    person
}
