//! Flood control, for runs that want it: a message a second to a chat and 20 a minute to a group, with
//! the short bursts that Telegram lets pass, and 30 a second in all.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

/// Seconds that a chat may be ahead of one message each.
const AHEAD: usize = 4;

/// When messages were sent.
#[derive(Debug, Default)]
pub(super) struct Flood {
    chats: HashMap<i64, VecDeque<Instant>>,
    all: VecDeque<Instant>,
    /// Whether anybody is held back.
    pub(super) on: bool,
}

impl Flood {
    /// Notes a message; seconds to wait where it is one too many.
    pub(super) fn pass(&mut self, chat: i64) -> Option<u32> {
        if !self.on {
            return None;
        }
        let now = Instant::now();
        let of_chat = self.chats.entry(chat).or_default();
        forget(of_chat, now, Duration::from_secs(60));
        forget(&mut self.all, now, Duration::from_secs(1));
        let lately = of_chat
            .iter()
            .filter(|at| now - **at < Duration::from_secs(AHEAD as u64));
        let wait = if self.all.len() >= 30 {
            Some(1)
        } else if lately.count() > AHEAD {
            Some(2)
        } else if chat < 0 && of_chat.len() >= 20 {
            Some(5)
        } else {
            None
        };
        if wait.is_none() {
            of_chat.push_back(now);
            self.all.push_back(now);
        }
        wait
    }
}

fn forget(sent: &mut VecDeque<Instant>, now: Instant, after: Duration) {
    while sent.front().is_some_and(|at| now - *at >= after) {
        sent.pop_front();
    }
}
