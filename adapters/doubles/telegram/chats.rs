//! Chats, what stands in them, and what has become of them.

use std::collections::{HashMap, VecDeque};

use super::posted::Posted;

/// What keeps a bot from writing into a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closed {
    /// A person blocked the bot.
    Blocked,
    /// The bot was removed from a group.
    Kicked,
    /// The group is a supergroup now, with this id.
    Moved(i64),
}

/// All chats that the bot knows.
#[derive(Debug, Default)]
pub(super) struct Chats {
    known: HashMap<i64, Option<Closed>>,
    numbers: HashMap<i64, i32>,
    messages: HashMap<(i64, i32), Posted>,
    order: VecDeque<(i64, i32)>,
    /// As many messages are kept.
    pub(super) keep: Option<usize>,
}

/// The bot's messages are numbered from here on, so that numbers of people's messages can be chosen.
const FIRST: i32 = 1_000_000;

impl Chats {
    pub(super) fn open(&mut self, chat: i64) {
        self.known.entry(chat).or_insert(None);
    }

    pub(super) fn close(&mut self, chat: i64, why: Option<Closed>) {
        self.known.insert(chat, why);
    }

    /// Whether the bot may write there.
    pub(super) fn may_write(&self, chat: i64) -> Result<(), (u16, String, Option<i64>)> {
        let no = |code, text: &str| Err((code, text.to_owned(), None));
        match self.known.get(&chat) {
            None if chat > 0 => no(
                403,
                "Forbidden: bot can't initiate conversation with a user",
            ),
            None => no(400, "Bad Request: chat not found"),
            Some(None) => Ok(()),
            Some(Some(Closed::Blocked)) => no(403, "Forbidden: bot was blocked by the user"),
            Some(Some(Closed::Kicked)) => {
                no(403, "Forbidden: bot was kicked from the supergroup chat")
            }
            Some(Some(Closed::Moved(to))) => Err((
                400,
                "Bad Request: group chat was upgraded to a supergroup chat".into(),
                Some(*to),
            )),
        }
    }

    pub(super) fn post(&mut self, mut posted: Posted) -> i32 {
        let number = self.numbers.entry(posted.chat).or_insert(FIRST);
        *number += 1;
        posted.id = *number;
        let at = (posted.chat, posted.id);
        self.messages.insert(at, posted);
        self.order.push_back(at);
        while self.keep.is_some_and(|keep| self.order.len() > keep) {
            if let Some(oldest) = self.order.pop_front() {
                self.messages.remove(&oldest);
            }
        }
        at.1
    }

    pub(super) fn message(&mut self, chat: i64, id: i32) -> Option<&mut Posted> {
        self.messages.get_mut(&(chat, id))
    }

    pub(super) fn delete(&mut self, chat: i64, id: i32) -> bool {
        self.order.retain(|at| *at != (chat, id));
        self.messages.remove(&(chat, id)).is_some()
    }

    pub(super) fn all(&self) -> Vec<Posted> {
        let found = self.order.iter().filter_map(|at| self.messages.get(at));
        found.cloned().collect()
    }
}
