//! The messages that one answer became, as a receipt names them: where a question is edited, the
//! new answer takes the place of all of them. Which is in which chat is said, too, because an answer
//! may stand in another one than its question.

use std::fmt::{self, Display};
use std::str::FromStr;

/// One message, or the messages that one answer became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MessageIds<Chat, Id> {
    /// The chat.
    pub(crate) chat: Chat,
    /// The message with the buttons.
    pub(crate) main: Id,
    /// The others, in the order they were sent.
    pub(crate) others: Vec<Id>,
}

impl<Chat, Id: Copy + Ord> MessageIds<Chat, Id> {
    /// One message alone.
    pub(crate) const fn one(chat: Chat, message: Id) -> Self {
        Self {
            chat,
            main: message,
            others: Vec::new(),
        }
    }

    /// All of them, the first one first.
    pub(crate) fn in_order(&self) -> Vec<Id> {
        let mut all = self.others.clone();
        all.push(self.main);
        all.sort_unstable();
        all
    }
}

impl<Chat: Copy + PartialEq, Id: Copy + Ord> MessageIds<Chat, Id> {
    /// How many of them are not among those that were there before.
    pub(crate) fn not_in(&self, before: Option<&Self>) -> u32 {
        let before = before.filter(|before| before.chat == self.chat);
        let before = before.map(Self::in_order).unwrap_or_default();
        let new = self.in_order().into_iter();
        let new = new.filter(|message| !before.contains(message)).count();
        u32::try_from(new).unwrap_or(u32::MAX)
    }
}

impl<Chat: Display, Id: Display> Display for MessageIds<Chat, Id> {
    /// "-1001:45", or "-1001:45,44,46" with the one that has the buttons first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.chat, self.main)?;
        for other in &self.others {
            write!(f, ",{other}")?;
        }
        Ok(())
    }
}

/// It names no messages.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the name of messages")]
pub(crate) struct NotMessages;

impl<Chat: FromStr, Id: FromStr + Copy> FromStr for MessageIds<Chat, Id> {
    type Err = NotMessages;

    fn from_str(text: &str) -> Result<Self, NotMessages> {
        let (chat, messages) = text.split_once(':').ok_or(NotMessages)?;
        let chat = chat.parse().map_err(|_| NotMessages)?;
        let mut ids = Vec::new();
        for id in messages.split(',') {
            ids.push(id.parse().map_err(|_| NotMessages)?);
        }
        let (main, others) = ids.split_first().ok_or(NotMessages)?;
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
        type Ids = MessageIds<i64, i32>;
        for name in ["7:1", "-1001234567890:45,44,46"] {
            assert_eq!(name.parse::<Ids>().unwrap().to_string(), name);
        }
        let ids: Ids = "7:45,44,46".parse().unwrap();
        assert_eq!(ids.in_order(), [44, 45, 46]);
        for foreign in ["", "7", "7:", ":1", "7:x", "7:1,"] {
            assert_eq!(foreign.parse::<Ids>(), Err(NotMessages), "{foreign}");
        }
    }
}
