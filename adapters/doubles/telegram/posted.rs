//! Messages as they stand in chats.

use serde_json::Value;

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// What it says.
    pub text: String,
    /// What it carries back; `None` for a link.
    pub data: Option<String>,
}

/// A message of the bot.
#[derive(Debug, Clone, PartialEq)]
pub struct Posted {
    /// The chat.
    pub chat: i64,
    /// Its number in the chat.
    pub id: i32,
    /// The topic.
    pub thread: Option<i64>,
    /// Which message it answers.
    pub reply_to: Option<i64>,
    /// Its words, or those under its picture, as they were sent.
    pub html: String,
    /// As they are seen.
    pub visible: String,
    /// Its picture.
    pub photo: Option<Vec<u8>>,
    /// Its file: name and content.
    pub file: Option<(String, Vec<u8>)>,
    /// Its buttons, row by row.
    pub keyboard: Vec<Vec<Key>>,
    /// How often it was changed.
    pub edits: u32,
    /// It rang nobody.
    pub silent: bool,
}

impl Posted {
    /// All its buttons.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.keyboard.iter().flatten()
    }

    /// All that a person can read of it: words, buttons and files of text.
    #[must_use]
    pub fn readable(&self) -> String {
        let mut all = vec![self.visible.clone()];
        all.extend(self.keys().map(|key| key.text.clone()));
        if let Some((name, bytes)) = &self.file {
            all.push(name.clone());
            all.push(String::from_utf8_lossy(bytes).into_owned());
        }
        all.join("\n")
    }
}

/// The buttons of a `reply_markup`.
pub(super) fn keyboard(markup: &Value) -> Vec<Vec<Key>> {
    let key = |key: &Value| Key {
        text: key["text"].as_str().unwrap_or_default().to_owned(),
        data: key["callback_data"].as_str().map(str::to_owned),
    };
    let rows = markup["inline_keyboard"].as_array();
    rows.into_iter()
        .flatten()
        .map(|row| row.as_array().into_iter().flatten().map(key).collect())
        .collect()
}
