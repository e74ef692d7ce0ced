//! What can be read back: the messages of a channel.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::BOT;
use super::rest::{Answer, closed, refused};
use super::state::{FORGETS, Kept, Posted};

/// As many messages are given at once where nobody says how many.
const FEW: usize = 50;
/// How long a nonce is known where nobody says otherwise. Discord says "a few minutes".
pub(super) const NONCE: Duration = Duration::from_secs(180);

impl Kept {
    /// Keeps what people say, as an event tells it.
    pub(super) fn hear(&mut self, kind: &str, event: &Value) {
        let said = match kind {
            "MESSAGE_CREATE" => event["author"]["id"] != BOT,
            "MESSAGE_UPDATE" => self.spoken.iter().any(|it| it["id"] == event["id"]),
            "MESSAGE_DELETE" => false,
            _ => return,
        };
        let id = event["id"].as_str().and_then(|it| it.parse::<u64>().ok());
        if id.is_none() || said && event["content"].is_null() {
            return;
        }
        self.spoken.retain(|it| it["id"] != event["id"]);
        if said {
            let mut message = event.clone();
            // Only the gateway tells these.
            let fields = message.as_object_mut().unwrap();
            fields.remove("guild_id");
            fields.remove("member");
            self.spoken.push(message);
        }
        if self.most.is_some() && self.spoken.len() > FORGETS {
            self.spoken.drain(..FORGETS / 2);
        }
    }

    /// The message that this nonce was posted with, while it is known.
    pub(super) fn of_nonce(&self, channel: &str, nonce: &str) -> Option<String> {
        let place = (channel.to_owned(), nonce.to_owned());
        let (id, at) = self.nonces.get(&place)?;
        (at.elapsed() < self.nonce_life).then(|| id.clone())
    }

    pub(super) fn know_nonce(&mut self, channel: &str, nonce: String, id: &str) {
        let place = (channel.to_owned(), nonce);
        self.nonces.insert(place, (id.to_owned(), Instant::now()));
    }
}

/// `GET /channels/{channel}/messages`
pub(super) fn messages(kept: &Kept, channel: &str, query: &str) -> Answer {
    if let Some(refused) = closed(kept, channel) {
        return refused;
    }
    let asked = |name: &str| {
        let mut pairs = query.split('&').filter_map(|it| it.split_once('='));
        let value = pairs.find_map(|(key, value)| (key == name).then_some(value))?;
        value.parse::<u64>().ok()
    };
    let id = |it: &Value| it["id"].as_str().unwrap().parse::<u64>().unwrap();
    let people = kept.spoken.iter().filter(|it| it["channel_id"] == channel);
    let own = kept.messages.iter().filter(|it| it.channel == channel);
    let own = own.filter(|it| !it.ephemeral).map(shown);
    let mut all: Vec<Value> = people.cloned().chain(own).collect();
    if kept.unreadable {
        all.clear();
    }
    all.sort_by_key(id);
    if let Some(after) = asked("after") {
        all.retain(|it| id(it) > after);
    }
    let limit = asked("limit").map_or(FEW, |it| usize::try_from(it).unwrap());
    // With "after", those that come first after it; else the last ones. The newest is told first.
    if asked("after").is_some() {
        all.truncate(limit);
    } else {
        all.drain(..all.len().saturating_sub(limit));
    }
    all.reverse();
    (200, Value::Array(all))
}

/// `DELETE /channels/{channel}/messages/{message}`
pub(super) fn delete(kept: &mut Kept, channel: &str, message: &str) -> Answer {
    if let Some(refused) = closed(kept, channel) {
        return refused;
    }
    let before = kept.messages.len();
    kept.messages
        .retain(|it| it.id != message || it.channel != channel);
    if kept.messages.len() == before {
        return refused(404, 10_008, "Unknown Message");
    }
    (204, Value::Null)
}

/// A message of the bot's as it is read back. Nonces are not kept for long.
pub(super) fn shown(posted: &Posted) -> Value {
    let body = &posted.body;
    let files = posted.files.iter().enumerate().map(|(at, file)| {
        json!({"id": at.to_string(), "filename": file.name, "size": file.bytes.len(), "url": "",
            "proxy_url": ""})
    });
    let mut shown = json!({
        "id": posted.id, "channel_id": posted.channel, "type": 0,
        "author": {"id": BOT, "username": "Almanac", "discriminator": "0000", "avatar": null,
            "bot": true},
        "content": body["content"].as_str().unwrap_or_default().trim(),
        "embeds": body["embeds"], "components": body["components"], "flags": body["flags"],
        "attachments": files.collect::<Vec<_>>(), "mentions": [], "mention_roles": [],
        "mention_everyone": false, "pinned": false, "tts": false, "edited_timestamp": null,
        "timestamp": "2026-11-20T14:00:00.000000+00:00",
    });
    if body["message_reference"].is_object() {
        shown["type"] = json!(19);
        shown["message_reference"] = body["message_reference"].clone();
    }
    shown
}
