//! Meta's webhook bodies, read: a body is a batch of batches, and each thing in it stands for itself,
//! so that one that nobody has seen before does not lose its neighbours.
//!
//! Pure: bytes in, [`Update`]s out. [`parse`] is where fuzzing starts.

use almanac_agent_contract::Content;
use jiff::Timestamp;
use serde_json::Value as Json;

use super::press;
use crate::button;

/// The longest that a type is logged.
const MOST_LOGGED: usize = 60;

/// One thing that a webhook tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// A person said or pressed something.
    Message(Message),
    /// What became of a message of ours.
    Status(Status),
    /// Nothing that Almanac acts on: what it is.
    Ignored(String),
}

/// What a person did.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The id of the business's number that it was said to.
    pub number: String,
    /// The person: their `wa_id`, or the id that stands for it where they hide their number.
    pub from: String,
    /// The name in their profile.
    pub name: Option<String>,
    /// The message's `wamid`: the same on every retry.
    pub id: String,
    /// When, as the platform says.
    pub at: Option<Timestamp>,
    /// What.
    pub said: Said,
}

/// What is in a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// Words: a text, or what stands under a picture.
    Words(String),
    /// A button, a row of a list or a reaction.
    Pressed(Content),
    /// Other words for an earlier message.
    Edited {
        /// The new words.
        text: String,
        /// The earlier message's `wamid`.
        message: String,
    },
    /// An earlier message taken back: its `wamid`.
    Deleted(String),
    /// Something without words: a picture, a voice message, a place.
    Wordless,
}

/// What became of a message of ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// The id of the business's number that sent it.
    pub number: String,
    /// Its `wamid`.
    pub id: String,
    /// "sent", "delivered", "read", "failed".
    pub status: String,
    /// When, as the platform says.
    pub at: Option<Timestamp>,
    /// What we sent along with it (`biz_opaque_callback_data`).
    pub tracker: Option<String>,
    /// Why it failed: the code, and the platform's words.
    pub error: Option<(i64, String)>,
}

/// Bytes that are no webhook body at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a webhook body")]
pub struct Malformed;

/// Everything a body tells, in its order. The entry for fuzzing.
///
/// # Errors
/// Where the bytes are not a JSON object.
pub fn parse(bytes: &[u8]) -> Result<Vec<Update>, Malformed> {
    let body: Json = serde_json::from_slice(bytes).map_err(|_| Malformed)?;
    if !body.is_object() {
        return Err(Malformed);
    }
    if text(&body, "/object") != Some("whatsapp_business_account") {
        return Ok(vec![ignored("object", text(&body, "/object"))]);
    }
    let changes = list(&body, "/entry").flat_map(|entry| list(entry, "/changes"));
    Ok(changes.flat_map(change).collect())
}

fn change(change: &Json) -> Vec<Update> {
    let field = text(change, "/field");
    if field != Some("messages") {
        return vec![ignored("field", field)];
    }
    let Some(value) = change.pointer("/value") else {
        return vec![ignored("field", field)];
    };
    let Some(number) = id(value, "/metadata/phone_number_id") else {
        return vec![ignored("number", None)];
    };
    let messages = list(value, "/messages").map(|it| message(value, number, it));
    let statuses = list(value, "/statuses").map(|it| status(number, it));
    // Errors that stand beside the messages are told of again in the messages themselves.
    let errors = list(value, "/errors").map(|it| {
        let code = it.pointer("/code").map(Json::to_string);
        ignored("error", code.as_deref())
    });
    messages.chain(statuses).chain(errors).collect()
}

fn message(value: &Json, number: &str, message: &Json) -> Update {
    let kind = text(message, "/type");
    let from = id(message, "/from").or_else(|| id(message, "/from_user_id"));
    let (Some(from), Some(own_id)) = (from, id(message, "/id")) else {
        return ignored("message", kind);
    };
    let own = text(value, "/metadata/display_phone_number").is_some_and(|own| digits(own) == from);
    if own {
        return ignored("echo", kind);
    }
    if message.get("group_id").is_some() {
        return ignored("group", kind);
    }
    let Some(said) = said(message, kind) else {
        return ignored("message", kind);
    };
    Update::Message(Message {
        number: number.to_owned(),
        from: from.to_owned(),
        name: name(value, from),
        id: own_id.to_owned(),
        at: seconds(message),
        said,
    })
}

/// What a message says; `None` where nobody said anything.
fn said(message: &Json, kind: Option<&str>) -> Option<Said> {
    match kind? {
        "text" => text(message, "/text/body").map(|it| Said::Words(it.to_owned())),
        "interactive" => {
            let carried = text(message, "/interactive/button_reply/id")
                .or_else(|| text(message, "/interactive/list_reply/id"))?;
            button::pressed(carried).map(Said::Pressed)
        }
        "button" => {
            let payload = text(message, "/button/payload")?;
            button::pressed(payload).map(Said::Pressed)
        }
        "reaction" => {
            let on = id(message, "/reaction/message_id")?;
            press::reacted(text(message, "/reaction/emoji")?, on).map(Said::Pressed)
        }
        "edit" => {
            let original = id(message, "/edit/original_message_id")?;
            let inner = message.pointer("/edit/message")?;
            Some(Said::Edited {
                text: words(inner).unwrap_or_default().to_owned(),
                message: original.to_owned(),
            })
        }
        "revoke" => {
            let original = id(message, "/revoke/original_message_id")?;
            Some(Said::Deleted(original.to_owned()))
        }
        "image" | "video" | "document" | "audio" | "voice" | "sticker" | "location"
        | "contacts" | "order" | "unsupported" => Some(match words(message) {
            Some(caption) => Said::Words(caption.to_owned()),
            None => Said::Wordless,
        }),
        _ => None,
    }
}

/// A text, or the words under a picture, a film or a document.
fn words(message: &Json) -> Option<&str> {
    let captions = ["/image/caption", "/video/caption", "/document/caption"];
    let mut places = std::iter::once("/text/body").chain(captions);
    places
        .find_map(|place| text(message, place))
        .filter(|words| !words.trim().is_empty())
}

fn status(number: &str, status: &Json) -> Update {
    let what = text(status, "/status");
    let call = text(status, "/type").is_some_and(|it| it != "message");
    let (Some(of), Some(what), false) = (id(status, "/id"), what, call) else {
        return ignored("status", what);
    };
    let error = status.pointer("/errors/0").map(|error| {
        let code = error.pointer("/code").and_then(Json::as_i64).unwrap_or(0);
        let words = ["/error_data/details", "/message", "/title"];
        let words = words.into_iter().find_map(|at| text(error, at));
        (code, words.unwrap_or("no reason given").to_owned())
    });
    Update::Status(Status {
        number: number.to_owned(),
        id: of.to_owned(),
        status: what.to_owned(),
        at: seconds(status),
        tracker: text(status, "/biz_opaque_callback_data").map(str::to_owned),
        error,
    })
}

fn name(value: &Json, from: &str) -> Option<String> {
    list(value, "/contacts")
        .find(|contact| {
            text(contact, "/wa_id") == Some(from) || text(contact, "/user_id") == Some(from)
        })
        .and_then(|contact| text(contact, "/profile/name"))
        .map(str::to_owned)
}

/// Seconds since 1970, which come as a text.
fn seconds(of: &Json) -> Option<Timestamp> {
    let seconds = match of.get("timestamp")? {
        Json::String(text) => text.parse().ok()?,
        number => number.as_i64()?,
    };
    (seconds > 0)
        .then(|| Timestamp::from_second(seconds).ok())
        .flatten()
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

/// The name of something. An empty one names nothing: two events would be the same one.
fn id<'a>(json: &'a Json, pointer: &str) -> Option<&'a str> {
    text(json, pointer).filter(|id| !id.is_empty())
}

fn text<'a>(json: &'a Json, pointer: &str) -> Option<&'a str> {
    json.pointer(pointer)?.as_str()
}

fn list<'a>(json: &'a Json, pointer: &str) -> impl Iterator<Item = &'a Json> + use<'a> {
    json.pointer(pointer)
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
}

/// What is logged is told by whoever wrote the body: short, and without anything but a name.
fn ignored(what: &str, kind: Option<&str>) -> Update {
    let kind: String = kind
        .unwrap_or("none")
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
        .take(MOST_LOGGED)
        .collect();
    Update::Ignored(format!("{what} {kind}"))
}
