//! What people do: the events Discord makes of it, as it documents them.

use serde_json::{Value, json};

use super::double::Discord;
use super::state::Open;
use super::{APPLICATION, BOT};

/// A channel of a server, or a direct chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The channel.
    pub channel: String,
    /// Its server; `None` in a direct chat.
    pub guild: Option<String>,
    /// The channel it is a thread of.
    pub parent: Option<String>,
}

impl Place {
    /// A direct chat.
    #[must_use]
    pub fn direct(channel: &str) -> Self {
        Self {
            channel: channel.into(),
            guild: None,
            parent: None,
        }
    }

    /// A channel of a server.
    #[must_use]
    pub fn channel(channel: &str) -> Self {
        Self {
            channel: channel.into(),
            guild: Some("800000000000000001".into()),
            parent: None,
        }
    }

    /// A thread of a channel.
    #[must_use]
    pub fn thread(thread: &str, parent: &str) -> Self {
        Self {
            parent: Some(parent.into()),
            ..Self::channel(thread)
        }
    }
}

/// A person in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// Where.
    pub place: Place,
    /// Who: a user's id.
    pub user: String,
    /// The language they have Discord in.
    pub locale: String,
}

impl Talk {
    /// Ana, in English.
    #[must_use]
    pub fn of_ana(place: Place) -> Self {
        Self {
            place,
            user: "700000000000000001".into(),
            locale: "en-US".into(),
        }
    }

    fn user(&self) -> Value {
        json!({"id": self.user, "username": "ana", "global_name": "Ana", "discriminator": "0",
            "avatar": null})
    }

    /// A message with this id: `MESSAGE_CREATE`.
    #[must_use]
    pub fn message(&self, id: &str, text: &str) -> Value {
        let mut message = json!({
            "id": id, "channel_id": self.place.channel, "author": self.user(), "content": text,
            "timestamp": "2026-11-20T14:00:00.000000+00:00", "edited_timestamp": null,
            "tts": false, "mention_everyone": false, "mentions": mentions(text),
            "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0,
            "flags": 0, "components": [],
        });
        if let Some(guild) = &self.place.guild {
            message["guild_id"] = json!(guild);
            message["member"] = member(None);
        }
        message
    }

    /// The message in other words: `MESSAGE_UPDATE`. The same second is the same edit.
    #[must_use]
    pub fn edited(&self, id: &str, text: &str, second: u32) -> Value {
        let mut message = self.message(id, text);
        message["edited_timestamp"] = json!(format!("2026-11-20T14:01:{second:02}.000000+00:00"));
        message
    }

    /// The message is gone: `MESSAGE_DELETE`.
    #[must_use]
    pub fn deleted(&self, id: &str) -> Value {
        let mut event = json!({"id": id, "channel_id": self.place.channel});
        if let Some(guild) = &self.place.guild {
            event["guild_id"] = json!(guild);
        }
        event
    }

    /// A command: `INTERACTION_CREATE`. Options as name and value.
    #[must_use]
    pub fn command(&self, double: &Discord, name: &str, options: &[(&str, Value)]) -> Value {
        let options: Vec<Value> = options
            .iter()
            .map(|(name, value)| json!({"name": name, "type": kind(value), "value": value}))
            .collect();
        let data = json!({"id": "600000000000000001", "name": name, "type": 1,
            "options": options});
        self.interaction(double, 2, &data)
    }

    /// Somebody types into an option of a command.
    #[must_use]
    pub fn typing(&self, double: &Discord, command: &str, option: &str, typed: &str) -> Value {
        let data = json!({"id": "600000000000000001", "name": command, "type": 1,
            "options": [{"name": option, "type": 3, "value": typed, "focused": true}]});
        self.interaction(double, 4, &data)
    }

    /// The entry in the menu of a message.
    #[must_use]
    pub fn about(&self, double: &Discord, name: &str, message: &Value) -> Value {
        let id = message["id"].as_str().unwrap();
        let data = json!({"id": "600000000000000002", "name": name, "type": 3, "target_id": id,
            "resolved": {"messages": {id: message}}});
        self.interaction(double, 2, &data)
    }

    /// A button under a message.
    #[must_use]
    pub fn press(&self, double: &Discord, custom_id: &str, flags: u64) -> Value {
        let data = json!({"custom_id": custom_id, "component_type": 2});
        let mut pressed = self.interaction(double, 3, &data);
        pressed["message"] = self.own_message(flags);
        pressed
    }

    /// An entry of a menu under a message.
    #[must_use]
    pub fn choose(&self, double: &Discord, custom_id: &str, value: &str) -> Value {
        let data = json!({"custom_id": custom_id, "component_type": 3, "values": [value]});
        let mut chosen = self.interaction(double, 3, &data);
        chosen["message"] = self.own_message(0);
        chosen
    }

    /// A form, filled in: fields as id and value.
    #[must_use]
    pub fn fill(&self, double: &Discord, form: &str, fields: &[(&str, &str)]) -> Value {
        let rows: Vec<Value> = fields
            .iter()
            .map(|(id, value)| {
                json!({"type": 1, "components": [{"type": 4, "custom_id": id, "value": value}]})
            })
            .collect();
        let data = json!({"custom_id": form, "components": rows});
        self.interaction(double, 5, &data)
    }

    /// A message of the bot itself.
    #[must_use]
    pub fn own_message(&self, flags: u64) -> Value {
        let mut message = self.message("500000000000000001", "What it said.");
        message["author"] = json!({"id": BOT, "username": "Almanac", "discriminator": "0000",
            "avatar": null, "bot": true});
        message["flags"] = json!(flags);
        message
    }

    fn interaction(&self, double: &Discord, kind: u8, data: &Value) -> Value {
        let id = double.new_id();
        let token = format!("interaction-token-{id}");
        let mut kept = double.state.kept();
        kept.interactions.insert(
            token.clone(),
            Open {
                channel: self.place.channel.clone(),
                ..Open::default()
            },
        );
        drop(kept);
        let channel_kind = match (&self.place.guild, &self.place.parent) {
            (None, _) => 1,
            (_, Some(_)) => 11,
            _ => 0,
        };
        let mut asked = json!({
            "id": id, "application_id": APPLICATION, "type": kind, "token": token, "version": 1,
            "data": data, "channel_id": self.place.channel,
            "channel": {"id": self.place.channel, "type": channel_kind, "name": "numbers",
                "parent_id": self.place.parent},
            "locale": self.locale, "entitlements": [],
            "authorizing_integration_owners": {}, "attachment_size_limit": 10_485_760,
            "app_permissions": "0",
        });
        match &self.place.guild {
            Some(guild) => {
                asked["guild_id"] = json!(guild);
                asked["guild_locale"] = json!("en-US");
                asked["member"] = member(Some(self.user()));
            }
            None => asked["user"] = self.user(),
        }
        asked
    }
}

impl Discord {
    /// An id later than all before.
    #[must_use]
    pub fn new_id(&self) -> String {
        self.state.kept().id()
    }

    /// Says something: gives the message's id.
    pub fn say(&self, talk: &Talk, text: &str) -> String {
        let id = self.new_id();
        self.say_as(talk, &id, text);
        id
    }

    /// Says something with an id that is known. The same again is Discord telling twice.
    pub fn say_as(&self, talk: &Talk, id: &str, text: &str) {
        self.state.kept().said.insert(id.to_owned());
        self.dispatch("MESSAGE_CREATE", &talk.message(id, text));
    }

    /// Sends an interaction over the gateway.
    pub fn interact(&self, interaction: &Value) {
        self.dispatch("INTERACTION_CREATE", interaction);
    }

    /// Tells that a thread was opened.
    pub fn tell_thread(&self, thread: &str, parent: &str) {
        let opened = json!({
            "id": thread, "guild_id": "800000000000000001", "parent_id": parent, "type": 11,
            "name": "a thread", "owner_id": BOT, "message_count": 0, "member_count": 1,
            "rate_limit_per_user": 0, "flags": 0,
            "thread_metadata": {"archived": false, "auto_archive_duration": 1440,
                "archive_timestamp": "2026-11-20T14:00:00.000000+00:00", "locked": false},
        });
        let id = thread.to_owned();
        self.state.kept().threads.insert(id, opened.clone());
        self.dispatch("THREAD_CREATE", &opened);
    }
}

fn mentions(text: &str) -> Value {
    if text.contains(&format!("<@{BOT}>")) {
        json!([{"id": BOT, "username": "Almanac", "discriminator": "0000", "avatar": null,
            "bot": true}])
    } else {
        json!([])
    }
}

fn member(user: Option<Value>) -> Value {
    let mut member = json!({"roles": [], "joined_at": "2026-01-01T00:00:00.000000+00:00",
        "deaf": false, "mute": false, "flags": 0, "pending": false, "permissions": "0"});
    if let Some(user) = user {
        member["user"] = user;
    }
    member
}

fn kind(value: &Value) -> u8 {
    match value {
        Value::Bool(_) => 5,
        Value::Number(_) => 4,
        _ => 3,
    }
}
