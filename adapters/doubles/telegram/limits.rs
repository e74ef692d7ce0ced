//! What Telegram takes of texts, buttons and files.

use serde_json::{Map, Value, json};

use super::html::{units, visible};
use super::methods::{Called, No, text};
use super::posted::{Key, Posted, keyboard};
use super::server::Inner;

/// Takes in a text or caption, held to the limits.
pub(super) fn words(
    inner: &Inner,
    posted: &mut Posted,
    fields: &Map<String, Value>,
    name: &str,
) -> Result<(), No> {
    let html = text(fields, name);
    posted.visible = if fields.get("parse_mode") == Some(&json!("HTML")) {
        visible(&html).map_err(|why| {
            inner.breach(&why);
            No::bad(why)
        })?
    } else {
        html.clone()
    };
    posted.html = html;
    let length = units(posted.visible.trim());
    if name == "text" {
        if length == 0 {
            inner.breach("a text is empty");
            return Err(No::bad("Bad Request: message text is empty"));
        }
        if length > 4096 {
            inner.breach(&format!("a text of {length} units"));
            return Err(No::bad("Bad Request: message is too long"));
        }
        let previews = fields.get("link_preview_options");
        let has_address = posted.visible.contains("://");
        if has_address && previews.is_none_or(|it| it["is_disabled"] != true) {
            inner.breach("a text with an address is shown with a preview");
        }
    } else if length > 1024 {
        inner.breach(&format!("a caption of {length} units"));
        return Err(No::bad("Bad Request: message caption is too long"));
    }
    Ok(())
}

/// The buttons, held to the limits.
pub(super) fn buttons(inner: &Inner, fields: &Map<String, Value>) -> Result<Vec<Vec<Key>>, No> {
    let rows = fields.get("reply_markup").map(keyboard).unwrap_or_default();
    let keys: Vec<_> = rows.iter().flatten().collect();
    if keys.len() > 100 {
        inner.breach("a keyboard has more than 100 buttons");
    }
    if rows.iter().any(|row| row.len() > 8) {
        inner.breach("a row has more than 8 buttons");
    }
    for key in keys {
        if key.text.trim().is_empty() {
            inner.breach("a button says nothing");
            return Err(No::bad("Bad Request: text buttons must be non-empty"));
        }
        if key
            .data
            .as_ref()
            .is_some_and(|data| data.is_empty() || data.len() > 64)
        {
            inner.breach("a button carries more than 64 bytes");
            return Err(No::bad("Bad Request: BUTTON_DATA_INVALID"));
        }
    }
    Ok(rows)
}

/// A file that came with the request.
pub(super) fn attached(called: &Called, value: &str) -> Result<(String, Vec<u8>), No> {
    let name = value.strip_prefix("attach://").unwrap_or(value);
    called
        .files
        .get(name)
        .cloned()
        .ok_or_else(|| No::bad("Bad Request: wrong remote file identifier specified"))
}

/// A picture that Telegram would show: 10 MB, PNG, its sides together at most 10,000 pixels.
pub(super) fn picture(bytes: Vec<u8>) -> Result<Vec<u8>, No> {
    if bytes.len() > 10_000_000 {
        return Err(No::bad("Bad Request: file is too big"));
    }
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.len() < 24 {
        return Err(No::bad("Bad Request: IMAGE_PROCESS_FAILED"));
    }
    let side = |at: usize| {
        let four: [u8; 4] = bytes[at..at + 4].try_into().unwrap();
        u32::from_be_bytes(four)
    };
    let (width, height) = (side(16), side(20));
    if width + height > 10_000 || width.max(height) > 20 * width.min(height) {
        return Err(No::bad("Bad Request: PHOTO_INVALID_DIMENSIONS"));
    }
    Ok(bytes)
}
