//! A page as Discord takes it: as JSON beside its files. Nobody is ever mentioned by it, and no
//! link in it unfolds.

use serde_json::{Map, Value, json};
use serenity::all::{ChannelId, MessageFlags, MessageId, MessageReference};
use serenity::builder::CreateAllowedMentions;
use uuid::Uuid;

use super::render::Page;

/// What a nonce may be long, in characters.
const NONCE: usize = 25;

/// The page's JSON.
pub(super) fn payload(page: &Page) -> Map<String, Value> {
    let mut flags = MessageFlags::empty();
    if page.embeds.is_empty() {
        flags |= MessageFlags::SUPPRESS_EMBEDS;
    }
    let attachments: Vec<Value> = page
        .files
        .iter()
        .enumerate()
        .map(|(at, file)| match &file.description {
            Some(text) => json!({"id": at.to_string(), "filename": file.name, "description": text}),
            None => json!({"id": at.to_string(), "filename": file.name}),
        })
        .collect();
    let whole = json!({
        "content": page.content,
        "embeds": page.embeds,
        "components": page.components,
        "attachments": attachments,
        "allowed_mentions": CreateAllowedMentions::new().replied_user(false),
        "flags": flags.bits(),
    });
    match whole {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// Seen by one person.
pub(super) fn for_one(mut payload: Map<String, Value>) -> Map<String, Value> {
    let flags = payload.get("flags").and_then(Value::as_u64).unwrap_or(0);
    let flags = flags | MessageFlags::EPHEMERAL.bits();
    payload.insert("flags".into(), flags.into());
    payload
}

/// Shown once, however often it is sent within minutes.
pub(super) fn once(mut payload: Map<String, Value>, nonce: String) -> Map<String, Value> {
    payload.insert("nonce".into(), nonce.into());
    payload.insert("enforce_nonce".into(), true.into());
    payload
}

/// Quoting a message, as long as that is there.
pub(super) fn quoting(
    mut payload: Map<String, Value>,
    channel: ChannelId,
    message: MessageId,
) -> Map<String, Value> {
    let reference = MessageReference::from((channel, message)).fail_if_not_exists(false);
    payload.insert("message_reference".into(), json!(reference));
    payload
}

/// The nonce of a part: the id it stands for in 22 digits of base 62, and the part's number.
pub(super) fn nonce(id: Uuid, part: usize) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut rest = id.as_u128();
    let mut nonce = String::with_capacity(NONCE);
    while rest > 0 {
        let digit = usize::try_from(rest % 62).unwrap_or_default();
        nonce.push(char::from(DIGITS[digit]));
        rest /= 62;
    }
    nonce.push('.');
    nonce.push_str(&part.to_string());
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_fits_and_is_of_one_part() {
        let id = Uuid::from_u128(u128::MAX);
        assert!(nonce(id, 99).len() <= NONCE, "{}", nonce(id, 99));
        assert_ne!(nonce(id, 0), nonce(id, 1));
        assert_ne!(nonce(Uuid::now_v7(), 0), nonce(Uuid::now_v7(), 0));
    }
}
