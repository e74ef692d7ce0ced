//! Events of kinds that are known with something in them that is not: serenity then reads nothing of
//! them at all. Of a message, what somebody said and where is still to be had; a question in it is not
//! lost over an embed of a new kind beside it.

use serde_json::{Map, Value, json};
use serenity::all::{Event, UnknownEvent};

/// What of a message is read here.
const OF_MESSAGE: &[&str] = &[
    "id",
    "channel_id",
    "guild_id",
    "author",
    "content",
    "timestamp",
    "edited_timestamp",
    "tts",
    "mention_everyone",
    "pinned",
    "type",
    "webhook_id",
];
/// And of people in it.
const OF_PERSON: &[&str] = &[
    "id",
    "username",
    "global_name",
    "discriminator",
    "bot",
    "system",
];

/// The event, with as much of it as can be read.
pub(super) fn salvaged(event: Event) -> Event {
    let Event::Unknown(unknown) = &event else {
        return event;
    };
    match unknown.kind.as_str() {
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" => {}
        "INTERACTION_CREATE" | "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => {
            tracing::warn!(kind = unknown.kind, "an event cannot be read");
            return event;
        }
        _ => return event,
    }
    match message(unknown) {
        Some(message) => message,
        None => {
            tracing::warn!(kind = unknown.kind, "an event cannot be read");
            event
        }
    }
}

fn message(unknown: &UnknownEvent) -> Option<Event> {
    let mut message = kept(&unknown.value, OF_MESSAGE)?;
    message.insert("author".into(), person(&unknown.value["author"])?);
    for absent in ["mention_roles", "attachments", "embeds"] {
        message.insert(absent.into(), json!([]));
    }
    let mentioned = unknown.value["mentions"].as_array().into_iter().flatten();
    message.insert("mentions".into(), mentioned.filter_map(person).collect());
    let event = json!({"t": unknown.kind, "d": message});
    match serde_json::from_value(event) {
        Ok(Event::Unknown(_)) | Err(_) => None,
        Ok(event) => Some(event),
    }
}

fn person(person: &Value) -> Option<Value> {
    kept(person, OF_PERSON).map(Value::Object)
}

fn kept(value: &Value, names: &[&str]) -> Option<Map<String, Value>> {
    let members = value.as_object()?.iter();
    let kept = members.filter(|(name, _)| names.contains(&name.as_str()));
    Some(kept.map(|(name, it)| (name.clone(), it.clone())).collect())
}
