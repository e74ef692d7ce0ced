//! What each method does.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::limits::{attached, buttons, picture, words};
use super::posted::Posted;
use super::server::Inner;
use super::updates::{DATE, bot};

/// A request as it came: fields, and files by the name they are attached under.
pub(super) struct Called {
    pub(super) fields: Map<String, Value>,
    pub(super) files: HashMap<String, (String, Vec<u8>)>,
}

/// How Telegram says no.
pub(super) struct No {
    pub(super) code: u16,
    pub(super) description: String,
    pub(super) moved: Option<i64>,
    pub(super) wait: Option<u32>,
}

impl No {
    /// 400.
    pub(super) fn bad(description: impl Into<String>) -> Self {
        Self {
            code: 400,
            description: description.into(),
            moved: None,
            wait: None,
        }
    }
}

type Answer = Result<Value, No>;

/// Does it.
pub(super) async fn call(inner: &Inner, method: &str, called: Called) -> Answer {
    match method {
        "getme" => Ok(me()),
        "getupdates" => updates(inner, &called.fields).await,
        "setwebhook" => {
            let url = text(&called.fields, "url");
            if !url.is_empty() && !url.starts_with("https://") {
                return Err(No::bad(
                    "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
                ));
            }
            *inner.webhook.lock().unwrap() = Some(Value::Object(called.fields));
            Ok(json!(true))
        }
        "deletewebhook" => {
            *inner.webhook.lock().unwrap() = None;
            Ok(json!(true))
        }
        "getwebhookinfo" => {
            let webhook = inner.webhook.lock().unwrap();
            let url = webhook
                .as_ref()
                .map_or("", |it| it["url"].as_str().unwrap_or_default());
            let mut info = json!({
                "url": url,
                "has_custom_certificate": false,
                "pending_update_count": inner.queue.len(),
            });
            if let Some(error) = &*inner.webhook_error.lock().unwrap() {
                info["last_error_message"] = json!(error);
                info["last_error_date"] = json!(DATE);
            }
            Ok(info)
        }
        "setmycommands" => {
            let key = command_key(&called.fields);
            let commands = called.fields["commands"].clone();
            inner.commands.lock().unwrap().insert(key, commands);
            Ok(json!(true))
        }
        "getmycommands" => {
            let commands = inner.commands.lock().unwrap();
            let found = commands.get(&command_key(&called.fields));
            Ok(found.cloned().unwrap_or_else(|| json!([])))
        }
        "answercallbackquery" => {
            if text(&called.fields, "text").chars().count() > 200 {
                inner.breach("answerCallbackQuery.text is longer than 200 characters");
            }
            let mut presses = inner.presses.lock().unwrap();
            if presses.len() >= 10_000 {
                presses.clear();
            }
            presses.push(Value::Object(called.fields));
            Ok(json!(true))
        }
        "sendchataction" => {
            inner
                .chats
                .lock()
                .unwrap()
                .may_write(chat(&called.fields))
                .map_err(no)?;
            Ok(json!(true))
        }
        "sendmessage" | "sendphoto" | "senddocument" => post(inner, method, &called),
        "editmessagetext"
        | "editmessagecaption"
        | "editmessagemedia"
        | "editmessagereplymarkup" => edit(inner, method, &called),
        "deletemessage" => {
            let mut chats = inner.chats.lock().unwrap();
            let id = number(&called.fields, "message_id");
            if chats.delete(chat(&called.fields), id) {
                Ok(json!(true))
            } else {
                Err(No::bad("Bad Request: message to delete not found"))
            }
        }
        _ => Err(No {
            code: 404,
            description: "Not Found".into(),
            moved: None,
            wait: None,
        }),
    }
}

async fn updates(inner: &Inner, fields: &Map<String, Value>) -> Answer {
    let conflict = |description: &str| No {
        code: 409,
        description: description.into(),
        moved: None,
        wait: None,
    };
    if inner.webhook.lock().unwrap().is_some() {
        return Err(conflict(
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        ));
    }
    let offset = fields.get("offset").and_then(Value::as_i64);
    let limit = fields.get("limit").and_then(Value::as_u64).unwrap_or(100);
    let seconds = fields.get("timeout").and_then(Value::as_u64).unwrap_or(0);
    let limit = usize::try_from(limit).unwrap_or(100);
    match inner
        .queue
        .poll(offset, limit, Duration::from_secs(seconds))
        .await
    {
        Ok(updates) => Ok(Value::Array(updates)),
        Err(_) => Err(conflict(
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        )),
    }
}

fn post(inner: &Inner, method: &str, called: &Called) -> Answer {
    let fields = &called.fields;
    let mut chats = inner.chats.lock().unwrap();
    let chat = chat(fields);
    chats.may_write(chat).map_err(no)?;
    if let Some(seconds) = inner.flood.lock().unwrap().pass(chat) {
        return Err(No {
            code: 429,
            description: format!("Too Many Requests: retry after {seconds}"),
            moved: None,
            wait: Some(seconds),
        });
    }
    let mut posted = Posted {
        chat,
        id: 0,
        thread: fields.get("message_thread_id").and_then(Value::as_i64),
        reply_to: fields
            .get("reply_parameters")
            .and_then(|it| it["message_id"].as_i64()),
        html: String::new(),
        visible: String::new(),
        photo: None,
        file: None,
        keyboard: buttons(inner, fields)?,
        edits: 0,
        silent: fields.get("disable_notification") == Some(&json!(true)),
    };
    let replying = fields.get("reply_parameters");
    if replying.is_some_and(|it| it["allow_sending_without_reply"] != true) {
        inner.breach("a reply to a message that may be gone is not sent without it");
    }
    match method {
        "sendmessage" => words(inner, &mut posted, fields, "text")?,
        "sendphoto" => {
            let photo = attached(called, &text(fields, "photo"))?;
            posted.photo = Some(picture(photo.1)?);
            words(inner, &mut posted, fields, "caption")?;
        }
        _ => {
            let file = attached(called, &text(fields, "document"))?;
            if file.1.is_empty() {
                return Err(No::bad("Bad Request: file must be non-empty"));
            }
            if file.1.len() > 50_000_000 {
                inner.breach("a document is larger than 50 MB");
            }
            posted.file = Some(file);
            words(inner, &mut posted, fields, "caption")?;
        }
    }
    let answer = posted.clone();
    let id = chats.post(posted);
    inner.changed();
    Ok(shown(&answer, id))
}

fn edit(inner: &Inner, method: &str, called: &Called) -> Answer {
    let fields = &called.fields;
    let mut chats = inner.chats.lock().unwrap();
    let (chat, id) = (chat(fields), number(fields, "message_id"));
    chats.may_write(chat).map_err(no)?;
    let keyboard = buttons(inner, fields)?;
    let Some(message) = chats.message(chat, id) else {
        return Err(No::bad("Bad Request: message to edit not found"));
    };
    let mut new = message.clone();
    new.keyboard = keyboard;
    match method {
        "editmessagetext" => {
            if message.photo.is_some() || message.file.is_some() {
                return Err(No::bad(
                    "Bad Request: there is no text in the message to edit",
                ));
            }
            words(inner, &mut new, fields, "text")?;
        }
        "editmessagecaption" => {
            if message.photo.is_none() && message.file.is_none() {
                return Err(No::bad(
                    "Bad Request: there is no caption in the message to edit",
                ));
            }
            words(inner, &mut new, fields, "caption")?;
        }
        "editmessagemedia" => {
            let media = fields["media"].as_object().cloned().unwrap_or_default();
            let photo = attached(called, &text(&media, "media"))?;
            new.photo = Some(picture(photo.1)?);
            words(inner, &mut new, &media, "caption")?;
        }
        _ => {}
    }
    if new == *message {
        return Err(No::bad(
            "Bad Request: message is not modified: specified new message content and reply markup are \
             exactly the same as a current content and reply markup of the message",
        ));
    }
    new.edits += 1;
    *message = new.clone();
    inner.changed();
    Ok(shown(&new, id))
}

fn no((code, description, moved): (u16, String, Option<i64>)) -> No {
    No {
        code,
        description,
        moved,
        wait: None,
    }
}

fn chat(fields: &Map<String, Value>) -> i64 {
    fields.get("chat_id").and_then(Value::as_i64).unwrap_or(0)
}

fn number(fields: &Map<String, Value>, name: &str) -> i32 {
    let number = fields.get(name).and_then(Value::as_i64).unwrap_or(0);
    i32::try_from(number).unwrap_or(0)
}

/// A field of words.
pub(super) fn text(fields: &Map<String, Value>, name: &str) -> String {
    fields
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn command_key(fields: &Map<String, Value>) -> String {
    let scope = fields
        .get("scope")
        .map(|it| it["type"].as_str().unwrap_or("default"));
    format!(
        "{} {}",
        scope.unwrap_or("default"),
        text(fields, "language_code")
    )
}

fn me() -> Value {
    let mut me = bot();
    for (name, value) in [
        ("can_join_groups", true),
        ("can_read_all_group_messages", false),
        ("supports_inline_queries", false),
        ("can_connect_to_business", false),
        ("has_main_web_app", false),
    ] {
        me[name] = json!(value);
    }
    me
}

fn shown(posted: &Posted, id: i32) -> Value {
    json!({
        "message_id": id,
        "from": bot(),
        "chat": { "id": posted.chat, "type": if posted.chat > 0 { "private" } else { "supergroup" } },
        "date": DATE,
        "text": posted.visible,
    })
}
