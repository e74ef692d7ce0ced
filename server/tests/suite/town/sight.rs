//! What people see, the same of every platform.

use std::collections::HashMap;

use almanac_adapters_doubles::{discord, slack, telegram, whatsapp};
use serde_json::Value as Json;

use super::place::{Chat, Town, until};
use super::speech::{
    FIRST_CHANNEL, FIRST_PERSON, PHONES, discord_channel, phone, slack_channel, telegram_person,
};

/// Something to press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) label: String,
    /// What it brings back.
    pub(crate) carries: String,
    /// What else the platform says of it.
    pub(super) action: String,
}

/// A message, as somebody sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    pub(crate) chat: Chat,
    pub(crate) who: u32,
    /// The platform's id of it.
    pub(crate) id: String,
    /// All its words.
    pub(crate) text: String,
    /// It has a picture.
    pub(crate) picture: bool,
    pub(crate) keys: Vec<Key>,
    /// How often it was changed.
    pub(crate) edits: u32,
}

impl Seen {
    /// The button that brings this back, or a longer thing that begins so: "explain", "0".
    pub(crate) fn key(&self, carries: &str) -> Option<&Key> {
        let begins = format!("{carries}.");
        self.keys
            .iter()
            .find(|key| key.carries.starts_with(&begins))
    }
}

impl Town {
    /// What stands in somebody's chat with Almanac, oldest first.
    pub(crate) fn seen(&self, chat: Chat, who: u32) -> Vec<Seen> {
        let mut all = self.all(chat);
        all.retain(|it| it.who == who);
        all
    }

    /// What stands in everybody's chats with Almanac, oldest first.
    pub(crate) fn all(&self, chat: Chat) -> Vec<Seen> {
        match chat {
            Chat::Slack => self.slack.shown().iter().filter_map(of_slack).collect(),
            Chat::Telegram => {
                let posted = self.telegram.messages();
                posted.iter().filter_map(of_telegram).collect()
            }
            Chat::Discord => self
                .discord
                .posted()
                .iter()
                .filter_map(of_discord)
                .collect(),
            Chat::WhatsApp => {
                let sent = self.whatsapp.sent();
                sent.iter().filter_map(of_whatsapp).collect()
            }
        }
    }

    /// How many of everybody's messages have this in them, person by person.
    pub(crate) fn counted(&self, chat: Chat, text: &str) -> HashMap<u32, usize> {
        let mut counted = HashMap::new();
        for seen in self.all(chat) {
            if seen.text.contains(text) {
                *counted.entry(seen.who).or_default() += 1;
            }
        }
        counted
    }

    /// The text files in somebody's chat: names and contents.
    pub(crate) fn files(&self, chat: Chat, who: u32) -> Vec<(String, String)> {
        let file = |name: &str, bytes: &[u8]| {
            (name.to_owned(), String::from_utf8_lossy(bytes).into_owned())
        };
        match chat {
            Chat::Slack => {
                let channel = slack_channel(who);
                let uploads = self.slack.uploads();
                let here = uploads
                    .iter()
                    .filter(|it| it.shared.as_ref().is_some_and(|(at, _)| *at == channel));
                here.map(|it| file(&it.name, &it.bytes)).collect()
            }
            Chat::Telegram => {
                let posted = self.telegram.messages_in(telegram_person(who));
                let files = posted.iter().filter_map(|it| it.file.as_ref());
                files.map(|(name, bytes)| file(name, bytes)).collect()
            }
            Chat::Discord => {
                let channel = discord_channel(who);
                let posted = self.discord.posted();
                let here = posted.iter().filter(|it| it.channel == channel);
                let files = here.flat_map(|it| &it.files);
                let texts = files.filter(|it| it.kind.starts_with("text/"));
                texts.map(|it| file(&it.name, &it.bytes)).collect()
            }
            Chat::WhatsApp => {
                let to = phone(who);
                let uploads = self.whatsapp.uploads();
                let sent = self.whatsapp.sent();
                let here = sent.iter().filter(|it| it.to == to);
                let documents = here.filter_map(|it| {
                    let document = it.body.get("document")?;
                    let upload = uploads.iter().find(|it| document["id"] == *it.id)?;
                    Some(file(document["filename"].as_str()?, &upload.bytes))
                });
                documents.collect()
            }
        }
    }

    /// The first message in somebody's chat that `wanted` takes, once there is one.
    pub(crate) async fn sees(
        &self,
        (chat, who): (Chat, u32),
        what: &str,
        wanted: impl Fn(&Seen) -> bool,
    ) -> Seen {
        let what = format!("{} {who}: {what}", chat.name());
        until(&what, || {
            let seen = self.seen(chat, who);
            seen.into_iter().find(|it| wanted(it))
        })
        .await
    }
}

fn of_slack(shown: &slack::Shown) -> Option<Seen> {
    let who = shown.channel.strip_prefix("DU")?.parse().ok()?;
    let mut text = vec![shown.text.clone()];
    let mut keys = Vec::new();
    for block in &shown.blocks {
        read(block, &mut text);
        for element in block["elements"].as_array().into_iter().flatten() {
            let action = element["action_id"].as_str().unwrap_or_default();
            let key = |it: &Json| {
                Some(Key {
                    label: it["text"]["text"].as_str()?.to_owned(),
                    carries: it["value"].as_str()?.to_owned(),
                    action: action.to_owned(),
                })
            };
            keys.extend(key(element));
        }
    }
    Some(Seen {
        chat: Chat::Slack,
        who,
        id: shown.ts.clone(),
        text: text.join("\n"),
        picture: shown.blocks.iter().any(|it| it["type"] == "image"),
        keys,
        edits: shown.changes,
    })
}

fn of_telegram(posted: &telegram::Posted) -> Option<Seen> {
    let who = u32::try_from(posted.chat - FIRST_PERSON).ok()?;
    let keys = posted.keys().map(|it| Key {
        label: it.text.clone(),
        carries: it.data.clone().unwrap_or_default(),
        action: String::new(),
    });
    Some(Seen {
        chat: Chat::Telegram,
        who,
        id: posted.id.to_string(),
        text: posted.visible.clone(),
        picture: posted.photo.is_some(),
        keys: keys.collect(),
        edits: posted.edits,
    })
}

fn of_discord(posted: &discord::Posted) -> Option<Seen> {
    let who = who_in(&posted.channel)?;
    let body = &posted.body;
    let mut text = vec![body["content"].as_str().unwrap_or_default().to_owned()];
    for embed in body["embeds"].as_array().into_iter().flatten() {
        for part in [
            &embed["title"],
            &embed["description"],
            &embed["footer"]["text"],
        ] {
            text.extend(part.as_str().map(str::to_owned));
        }
    }
    let rows = body["components"].as_array().into_iter().flatten();
    let parts = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
    let keys = parts.filter_map(|it| {
        Some(Key {
            label: it["label"].as_str()?.to_owned(),
            carries: it["custom_id"].as_str()?.to_owned(),
            action: String::new(),
        })
    });
    Some(Seen {
        chat: Chat::Discord,
        who,
        id: posted.id.clone(),
        text: text.join("\n"),
        picture: posted.files.iter().any(|it| it.kind.starts_with("image/")),
        keys: keys.collect(),
        edits: posted.edits,
    })
}

fn of_whatsapp(sent: &whatsapp::Sent) -> Option<Seen> {
    let who = sent.to.strip_prefix(PHONES)?.parse().ok()?;
    let body = &sent.body;
    let menu = &body["interactive"];
    let words = [
        &body["text"]["body"],
        &body["image"]["caption"],
        &menu["body"]["text"],
    ];
    let text: Vec<&str> = words.iter().filter_map(|it| it.as_str()).collect();
    let key = |it: &Json, action: &str| {
        Some(Key {
            label: it["title"].as_str()?.to_owned(),
            carries: it["id"].as_str()?.to_owned(),
            action: action.to_owned(),
        })
    };
    let action = &menu["action"];
    let buttons = action["buttons"].as_array().into_iter().flatten();
    let mut keys: Vec<Key> = buttons.filter_map(|it| key(&it["reply"], "")).collect();
    let sections = action["sections"].as_array().into_iter().flatten();
    let rows = sections.flat_map(|it| it["rows"].as_array().into_iter().flatten());
    keys.extend(rows.filter_map(|it| key(it, "row")));
    Some(Seen {
        chat: Chat::WhatsApp,
        who,
        id: sent.id.clone(),
        text: text.join("\n"),
        picture: body.get("image").is_some(),
        keys,
        edits: 0,
    })
}

/// All the words in a block.
fn read(value: &Json, into: &mut Vec<String>) {
    match value {
        Json::Object(members) => {
            for (name, value) in members {
                match value {
                    Json::String(text) if name == "text" => into.push(text.clone()),
                    _ => read(value, into),
                }
            }
        }
        Json::Array(values) => values.iter().for_each(|it| read(it, into)),
        _ => {}
    }
}

fn who_in(channel: &str) -> Option<u32> {
    let channel: u64 = channel.parse().ok()?;
    u32::try_from(channel.checked_sub(FIRST_CHANNEL)?).ok()
}
