//! What the double keeps.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::{mpsc, watch};

use super::faults::{Fault, Trouble};
use super::history::NONCE;

/// Discord's first moment, in milliseconds of Unix time.
const EPOCH: u64 = 1_420_070_400_000;
/// When the double's ids say they were made: 20 November 2026, 14:00 UTC.
const MADE: u64 = 1_795_183_200_000;
/// Messages of people that are remembered where memory is bounded.
pub(super) const FORGETS: usize = 20_000;
/// How long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(120);
/// Ids that leave room for what sorts between them.
const STEP: u64 = 16;

/// A file that was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A message as it stands now.
#[derive(Debug, Clone, PartialEq)]
pub struct Posted {
    /// Its id.
    pub id: String,
    /// The channel it is in.
    pub channel: String,
    /// What it was posted or last edited with.
    pub body: Value,
    /// Its files.
    pub files: Vec<Upload>,
    /// How often it was edited.
    pub edits: u32,
    /// Only one person sees it.
    pub ephemeral: bool,
}

/// A first answer to an interaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Callback {
    /// The interaction's id.
    pub interaction: String,
    /// `{"type": 5, "data": {...}}`
    pub body: Value,
}

/// An interaction that can be answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    pub(super) channel: String,
    pub(super) answered: bool,
    pub(super) ephemeral: bool,
    pub(super) original: Option<String>,
    pub(super) expired: bool,
}

/// What a gateway connection is told from outside.
#[derive(Debug)]
pub(super) enum Out {
    Frame(Value),
    Close(u16),
    Drop,
}

/// A gateway session: it outlives its connection.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) seq: u64,
    pub(super) sent: Vec<(u64, Value)>,
    pub(super) intents: u64,
    pub(super) to: Option<mpsc::UnboundedSender<Out>>,
    pub(super) valid: bool,
}

#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) next: u64,
    pub(super) messages: Vec<Posted>,
    pub(super) total: u64,
    pub(super) most: Option<usize>,
    pub(super) nonces: HashMap<(String, String), (String, Instant)>,
    pub(super) nonce_life: Duration,
    pub(super) spoken: Vec<Value>,
    pub(super) unreadable: bool,
    pub(super) callbacks: Vec<Callback>,
    pub(super) interactions: HashMap<String, Open>,
    pub(super) commands: BTreeMap<String, Value>,
    pub(super) threads: HashMap<String, Value>,
    pub(super) said: HashSet<String>,
    pub(super) directs: HashMap<String, String>,
    pub(super) gone: HashSet<String>,
    pub(super) forbidden: HashSet<String>,
    pub(super) blocking: HashSet<String>,
    pub(super) sessions: BTreeMap<String, Session>,
    pub(super) faults: VecDeque<Fault>,
    pub(super) breaches: Vec<String>,
    pub(super) requests: Vec<String>,
    pub(super) revoked: bool,
    pub(super) reads_messages: bool,
    pub(super) threadless: bool,
    pub(super) endpoint: Option<String>,
    pub(super) identified: u32,
    pub(super) resumed: u32,
}

/// All of it, and word of every change.
#[derive(Debug)]
pub(super) struct State {
    kept: Mutex<Kept>,
    changes: watch::Sender<u64>,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            kept: Mutex::new(Kept {
                reads_messages: true,
                nonce_life: NONCE,
                ..Kept::default()
            }),
            changes: watch::Sender::new(0),
        }
    }

    pub(super) fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap()
    }

    /// After a change.
    pub(super) fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// Waits until something is there; a test that waits in vain fails.
    pub(super) async fn until<T>(&self, mut find: impl FnMut(&Kept) -> Option<T>) -> T {
        let mut changes = self.changes.subscribe();
        let found = async {
            loop {
                if let Some(found) = find(&self.kept()) {
                    return found;
                }
                changes.changed().await.expect("the double is there");
            }
        };
        tokio::time::timeout(PATIENCE, found)
            .await
            .expect("what is waited for comes")
    }
}

impl Kept {
    /// A new id, later than all before.
    pub(super) fn id(&mut self) -> String {
        self.next += STEP;
        (((MADE - EPOCH) << 22) + self.next).to_string()
    }

    /// What meets this request.
    pub(super) fn trouble(&mut self, request: &str) -> Option<Trouble> {
        let at = self.faults.iter().position(|it| request.contains(&it.on))?;
        let fault = &mut self.faults[at];
        let trouble = fault.trouble.clone();
        fault.times -= 1;
        if fault.times == 0 {
            self.faults.remove(at);
        }
        Some(trouble)
    }

    /// Keeps a message, and forgets the oldest where there are to be no more.
    pub(super) fn keep(&mut self, message: Posted) {
        self.total += 1;
        if let Some(most) = self.most {
            while self.messages.len() >= most.max(1) {
                let oldest = self.messages.remove(0);
                self.nonces.retain(|_, (id, _)| *id != oldest.id);
            }
            self.requests.clear();
            if self.callbacks.len() > most {
                self.callbacks.clear();
            }
            if self.said.len() > FORGETS {
                self.said.clear();
                self.threads.clear();
                self.interactions.retain(|_, open| !open.answered);
            }
        }
        self.messages.push(message);
    }

    /// Sends an event to every session; one that is broken off gets it when it is resumed. False
    /// where nobody is connected.
    pub(super) fn dispatch(&mut self, kind: &str, data: &Value) -> bool {
        self.hear(kind, data);
        let most = self.most;
        let mut taken = false;
        for session in self.sessions.values_mut().filter(|it| it.valid) {
            session.seq += 1;
            let frame = serde_json::json!({
                "op": 0, "t": kind, "s": session.seq, "d": content(data, session.intents),
            });
            session.sent.push((session.seq, frame.clone()));
            if most.is_some() && session.sent.len() > 1000 {
                session.sent.drain(..500);
            }
            if let Some(to) = &session.to {
                taken |= to.send(Out::Frame(frame)).is_ok();
            }
        }
        taken
    }
}

/// Without the intent for it, what people say to each other is blank.
fn content(data: &Value, intents: u64) -> Value {
    const MESSAGE_CONTENT: u64 = 1 << 15;
    let aside = data.get("content").is_some() && data.get("guild_id").is_some();
    let mentioned = data["mentions"]
        .as_array()
        .is_some_and(|all| all.iter().any(|it| it["id"] == super::BOT));
    let mut data = data.clone();
    if aside && !mentioned && intents & MESSAGE_CONTENT == 0 {
        data["content"] = "".into();
    }
    data
}
