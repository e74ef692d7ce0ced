//! Makes foreign words fit for a row: PostgreSQL refuses NUL in text and keys beyond 2,704 bytes.
//! An event with either must still be accepted, so the words give way and not the event.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use serde::Serialize;
use serde_json::Value as Json;
use uuid::Uuid;

/// Longest key kept as it is, in bytes. Four of them fit an index row.
const KEY_BYTES: usize = 512;
/// How much of a longer key is kept before its hash.
const KEPT_BYTES: usize = 256;

/// The words without NUL.
pub(crate) fn words(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// A platform's identifier, as it is stored and looked up. One too long for an index is cut, with a
/// hash of the whole behind it: different identifiers stay different.
pub(crate) fn key(text: &str) -> String {
    let text = words(text);
    if text.len() <= KEY_BYTES {
        return text;
    }
    let end = text.floor_char_boundary(KEPT_BYTES);
    let hash = Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes());
    format!("{}…{hash}", &text[..end])
}

/// A value as JSON text without NUL in any string.
///
/// # Errors
/// Where the value has no JSON form (a map with keys that are not strings).
pub(crate) fn json(value: &impl Serialize) -> Result<String, sqlx::Error> {
    let text = serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))?;
    // Serialised text holds NUL only as this escape. It also turns up behind an escaped backslash,
    // which the slow way tells apart.
    if !text.contains("\\u0000") {
        return Ok(text);
    }
    let mut tree: Json =
        serde_json::from_str(&text).map_err(|error| sqlx::Error::Encode(error.into()))?;
    without_nul(&mut tree);
    Ok(tree.to_string())
}

fn without_nul(tree: &mut Json) {
    match tree {
        Json::String(text) => *text = words(text),
        Json::Array(items) => items.iter_mut().for_each(without_nul),
        Json::Object(fields) => {
            *fields = std::mem::take(fields)
                .into_iter()
                .map(|(name, mut value)| {
                    without_nul(&mut value);
                    (words(&name), value)
                })
                .collect();
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// A moment as a row can hold it and reckon with it: to the microsecond, in the years 1 to 8999.
pub(crate) fn moment(at: Timestamp) -> jiff_sqlx::Timestamp {
    /// 0001-01-01T00:00:00Z.
    const FIRST: Timestamp = Timestamp::constant(-62_135_596_800, 0);
    /// 9000-01-01T00:00:00Z.
    const LAST: Timestamp = Timestamp::constant(221_845_392_000, 0);
    at.clamp(FIRST, LAST).to_sqlx()
}
