//! What the stand-in remembers.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

use super::fault::Fault;

/// A message that somebody sees.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Its id.
    pub ts: String,
    /// Where.
    pub channel: String,
    /// In which thread.
    pub thread: Option<String>,
    /// The only person who sees it.
    pub only: Option<String>,
    /// The line for notifications.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Value>,
    /// What it says it is.
    pub metadata: Value,
    /// How often it was changed.
    pub changes: u32,
    /// It is a stream that goes on.
    pub streaming: bool,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Its upload was completed.
    pub complete: bool,
    /// Channel and thread in which it was shared.
    pub shared: Option<(String, Option<String>)>,
    /// As many bytes were announced.
    pub announced: usize,
}

/// Whose a token is.
#[derive(Debug, Clone)]
pub(super) struct Holder {
    pub(super) team: String,
    pub(super) user: String,
}

#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) shown: VecDeque<Shown>,
    pub(super) uploads: VecDeque<Upload>,
    pub(super) calls: VecDeque<(String, Value)>,
    pub(super) called: HashMap<String, u64>,
    pub(super) breaches: Vec<String>,
    pub(super) faults: HashMap<String, VecDeque<Fault>>,
    pub(super) tokens: HashMap<String, Holder>,
    pub(super) revoked: Vec<String>,
    pub(super) scopes: String,
    pub(super) links: Vec<UnboundedSender<String>>,
    pub(super) acknowledged: VecDeque<Value>,
    pub(super) undeveloped: u32,
    /// The most messages that are read back at once.
    pub(super) page: usize,
    pub(super) assistant: bool,
    pub(super) streams: bool,
    pub(super) counter: u64,
    pub(super) next_link: usize,
    pub(super) time: Option<i64>,
}

/// All of it, behind a lock that is held for moments.
#[derive(Debug)]
pub(super) struct State {
    kept: Mutex<Kept>,
    /// As much of each kind is remembered.
    pub(super) most: usize,
    pub(super) origin: String,
}

impl State {
    pub(super) fn new(origin: String, most: usize) -> Self {
        Self {
            kept: Mutex::default(),
            most,
            origin,
        }
    }

    /// Looks at or changes what is remembered, and forgets what is too old.
    pub(super) fn with<T>(&self, change: impl FnOnce(&mut Kept) -> T) -> T {
        let mut kept = self.kept.lock().unwrap();
        let result = change(&mut kept);
        while kept.shown.len() > self.most {
            kept.shown.pop_front();
        }
        while kept.calls.len() > self.most {
            kept.calls.pop_front();
        }
        while kept.uploads.len() > self.most {
            kept.uploads.pop_front();
        }
        while kept.acknowledged.len() > self.most {
            kept.acknowledged.pop_front();
        }
        kept.breaches.truncate(1_000);
        result
    }
}

impl Kept {
    /// A number that was not given before.
    pub(super) fn number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// The id of a new message.
    pub(super) fn ts(&mut self) -> String {
        let number = self.number();
        format!(
            "{}.{:06}",
            1_795_183_200 + number / 1_000_000,
            number % 1_000_000
        )
    }

    pub(super) fn breach(&mut self, told: impl Into<String>) {
        self.breaches.push(told.into());
    }
}
