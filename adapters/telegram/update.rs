//! Updates as they stand on the wire: only what is read of them. Everything else of an update, known
//! or not, is let pass.

use serde::Deserialize;

/// The kinds that are asked for.
pub(super) const WANTED: &[&str] = &[
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
];

/// One update.
#[derive(Debug, Deserialize)]
pub(super) struct Update {
    pub(super) update_id: i64,
    pub(super) message: Option<Message>,
    pub(super) edited_message: Option<Message>,
    pub(super) callback_query: Option<CallbackQuery>,
    pub(super) my_chat_member: Option<Member>,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub(super) id: i64,
    #[serde(default)]
    pub(super) is_bot: bool,
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) language_code: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Chat {
    pub(super) id: i64,
    #[serde(rename = "type")]
    pub(super) kind: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub(super) message_id: i32,
    pub(super) message_thread_id: Option<i32>,
    #[serde(default)]
    pub(super) is_topic_message: bool,
    pub(super) from: Option<User>,
    pub(super) sender_chat: Option<Chat>,
    pub(super) chat: Chat,
    #[serde(default)]
    pub(super) date: i64,
    pub(super) edit_date: Option<i64>,
    pub(super) text: Option<String>,
    pub(super) caption: Option<String>,
    #[serde(default)]
    pub(super) entities: Vec<Entity>,
    #[serde(default)]
    pub(super) caption_entities: Vec<Entity>,
    pub(super) reply_to_message: Option<Box<Replied>>,
    pub(super) media_group_id: Option<String>,
    pub(super) migrate_to_chat_id: Option<i64>,
    pub(super) migrate_from_chat_id: Option<i64>,
    // What a person sends that is no words.
    pub(super) voice: Option<Something>,
    pub(super) photo: Option<Something>,
    pub(super) document: Option<Something>,
    pub(super) sticker: Option<Something>,
    pub(super) video: Option<Something>,
    pub(super) video_note: Option<Something>,
    pub(super) audio: Option<Something>,
    pub(super) reply_markup: Option<Markup>,
}

/// That it is there is all that is asked of it.
#[derive(Debug)]
pub(super) struct Something;

impl<'de> Deserialize<'de> for Something {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Replied {
    pub(super) from: Option<User>,
    pub(super) forum_topic_created: Option<Something>,
}

/// A part of a text, counted in UTF-16 units.
#[derive(Debug, Deserialize)]
pub(super) struct Entity {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) offset: usize,
    pub(super) length: usize,
    pub(super) user: Option<User>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CallbackQuery {
    pub(super) id: String,
    pub(super) from: User,
    pub(super) message: Option<Message>,
    pub(super) data: Option<String>,
}

/// A keyboard under a message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Markup {
    /// Rows of buttons.
    #[serde(default)]
    pub(super) inline_keyboard: Vec<Vec<Key>>,
}

/// One of its buttons.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) callback_data: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Member {
    pub(super) chat: Chat,
    pub(super) new_chat_member: Standing,
}

#[derive(Debug, Deserialize)]
pub(super) struct Standing {
    pub(super) status: String,
}
