//! One message of a delivery: which method it goes by and what that is given. Links never unfold and
//! names never ping, whatever the text.

use almanac_agent_contract::{Delivery, Space, SpaceKind};
use serde_json::{Value, json};

use super::render::Page;
use super::text::escape;

/// What a message of ours says it is, so that it can be found again.
pub(super) const EVENT: &str = "almanac_answer";

/// A call that shows something.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) method: &'static str,
    pub(super) body: Value,
}

/// Which of how many messages of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) index: usize,
    pub(super) of: usize,
}

/// A message in the delivery's space.
pub(super) fn message(delivery: &Delivery, page: &Page, part: Part) -> Call {
    let mut body = content(page);
    place(&mut body, &delivery.space);
    body["metadata"] = metadata(delivery, part);
    body["unfurl_links"] = json!(false);
    body["unfurl_media"] = json!(false);
    body["mrkdwn"] = json!(false);
    Call {
        method: "chat.postMessage",
        body,
    }
}

/// A message that takes another's place.
pub(super) fn change(delivery: &Delivery, page: &Page, part: Part, ts: &str) -> Call {
    let mut body = content(page);
    body["channel"] = json!(delivery.space.id);
    body["ts"] = json!(ts);
    body["metadata"] = metadata(delivery, part);
    Call {
        method: "chat.update",
        body,
    }
}

/// A message for one person's eyes.
pub(super) fn whisper(delivery: &Delivery, page: &Page, user: &str) -> Call {
    let mut body = content(page);
    place(&mut body, &delivery.space);
    body["user"] = json!(user);
    Call {
        method: "chat.postEphemeral",
        body,
    }
}

/// The same as an answer to what the person did.
pub(super) fn response(delivery: &Delivery, page: &Page) -> Value {
    let mut body = content(page);
    body["response_type"] = json!("ephemeral");
    body["replace_original"] = json!(false);
    if let Some(thread) = &delivery.space.thread {
        body["thread_ts"] = json!(thread);
    }
    body
}

/// A sentence for one person: in a channel, nobody else sees it.
pub(super) fn tell(space: &Space, user: &str, text: &str) -> Call {
    let mut body = json!({"text": escape(text)});
    place(&mut body, space);
    match space.kind {
        SpaceKind::Direct => Call {
            method: "chat.postMessage",
            body,
        },
        SpaceKind::Channel => {
            body["user"] = json!(user);
            Call {
                method: "chat.postEphemeral",
                body,
            }
        }
    }
}

fn content(page: &Page) -> Value {
    json!({"text": page.text, "blocks": page.blocks, "link_names": false, "parse": "none"})
}

fn place(body: &mut Value, space: &Space) {
    body["channel"] = json!(space.id);
    if let Some(thread) = &space.thread {
        body["thread_ts"] = json!(thread);
    }
}

fn metadata(delivery: &Delivery, part: Part) -> Value {
    json!({"event_type": EVENT, "event_payload": {
        "delivery": delivery.id.to_string(),
        "part": part.index,
        "of": part.of,
    }})
}
