//! Telegram numbers messages within a chat: ours are named by chat and number, so that one name
//! means one message. An answer that became several messages is named by all of them.

use std::fmt;
use std::str::FromStr;

/// One message, or the messages that one answer became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MessageIds {
    /// The chat.
    pub(super) chat: i64,
    /// The message with the buttons.
    pub(super) main: i32,
    /// The others, in the order they were sent.
    pub(super) others: Vec<i32>,
}

impl MessageIds {
    /// One message alone.
    pub(super) const fn one(chat: i64, message: i32) -> Self {
        Self {
            chat,
            main: message,
            others: Vec::new(),
        }
    }

    /// All of them, the first one first.
    pub(super) fn in_order(&self) -> Vec<i32> {
        let mut all = self.others.clone();
        all.push(self.main);
        all.sort_unstable();
        all
    }

    /// How many of them are not among those that were there before.
    pub(super) fn not_in(&self, before: Option<&Self>) -> u32 {
        let before = before.filter(|before| before.chat == self.chat);
        let before = before.map(Self::in_order).unwrap_or_default();
        let new = self.in_order().into_iter();
        let new = new.filter(|message| !before.contains(message)).count();
        u32::try_from(new).unwrap_or(u32::MAX)
    }
}

impl fmt::Display for MessageIds {
    /// "-1001:45", or "-1001:45,44,46" with the one that has the buttons first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.chat, self.main)?;
        for other in &self.others {
            write!(f, ",{other}")?;
        }
        Ok(())
    }
}

/// It names no message of Telegram.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a message of Telegram")]
pub(super) struct NotAMessage;

impl FromStr for MessageIds {
    type Err = NotAMessage;

    fn from_str(text: &str) -> Result<Self, NotAMessage> {
        let (chat, messages) = text.split_once(':').ok_or(NotAMessage)?;
        let chat = chat.parse().map_err(|_| NotAMessage)?;
        let mut ids = Vec::new();
        for id in messages.split(',') {
            ids.push(id.parse().map_err(|_| NotAMessage)?);
        }
        let (main, others) = ids.split_first().ok_or(NotAMessage)?;
        Ok(Self {
            chat,
            main: *main,
            others: others.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for name in ["7:1", "-1001234567890:45,44,46"] {
            assert_eq!(name.parse::<MessageIds>().unwrap().to_string(), name);
        }
        let ids: MessageIds = "7:45,44,46".parse().unwrap();
        assert_eq!(ids.in_order(), [44, 45, 46]);
        for foreign in ["", "7", "7:", ":1", "7:x", "7:1,"] {
            assert_eq!(foreign.parse::<MessageIds>(), Err(NotAMessage), "{foreign}");
        }
    }
}
