//! Results that are kept while the data stays as it is. Equal questions asked at the same time
//! share one statement: it runs for as long as one of them waits for it.

use std::collections::{BTreeMap, HashMap};
use std::mem::size_of;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use almanac_agent_contract::{Table, Value};
use futures::FutureExt;
use futures::future::{BoxFuture, WeakShared};

use crate::engine::Rows;
use crate::error::QueryError;

/// What a statement's run comes to.
pub(super) type Outcome = Result<Arc<Rows>, QueryError>;

/// A statement over one state of the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) sql: Arc<str>,
    pub(super) version: Arc<str>,
}

/// Kept results and running statements.
pub(super) struct Cache {
    /// Bytes to keep at most.
    room: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    kept: HashMap<Key, Kept>,
    /// Keys by when they were last asked for, longest ago first.
    order: BTreeMap<u64, Key>,
    bytes: usize,
    /// Counts what was asked for.
    asked: u64,
    running: HashMap<Key, WeakShared<BoxFuture<'static, Outcome>>>,
}

struct Kept {
    rows: Arc<Rows>,
    bytes: usize,
    asked: u64,
}

impl Cache {
    /// A cache of at most so many bytes.
    pub(super) fn new(room: usize) -> Arc<Self> {
        Arc::new(Self {
            room,
            state: Mutex::default(),
        })
    }

    /// The kept rows, those of an equal question that is running, or those of `run`; and whether
    /// `run` was spared. Errors are not kept.
    pub(super) async fn get(
        self: &Arc<Self>,
        key: Key,
        run: BoxFuture<'static, Outcome>,
    ) -> (Outcome, bool) {
        let (shared, spared) = {
            let mut state = self.state();
            if let Some(rows) = state.find(&key) {
                tracing::debug!("kept rows answer the question");
                return (Ok(rows), true);
            }
            // What nobody waits for any more is gone.
            state
                .running
                .retain(|_, running| running.upgrade().is_some());
            match state.running.get(&key).and_then(WeakShared::upgrade) {
                Some(running) => (running, true),
                None => {
                    let shared = Arc::clone(self).keeping(key.clone(), run).boxed().shared();
                    if let Some(weak) = shared.downgrade() {
                        state.running.insert(key, weak);
                    }
                    (shared, false)
                }
            }
        };
        tracing::debug!(spared, "a statement answers the question");
        (shared.await, spared)
    }

    async fn keeping(self: Arc<Self>, key: Key, run: BoxFuture<'static, Outcome>) -> Outcome {
        let outcome = run.await;
        let mut state = self.state();
        state.running.remove(&key);
        if let Ok(rows) = &outcome {
            state.keep(key, Arc::clone(rows), self.room);
        }
        outcome
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the lock; the state is whole in any case.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn find(&mut self, key: &Key) -> Option<Arc<Rows>> {
        let kept = self.kept.get_mut(key)?;
        self.asked += 1;
        self.order.remove(&kept.asked);
        kept.asked = self.asked;
        self.order.insert(self.asked, key.clone());
        Some(Arc::clone(&kept.rows))
    }

    fn keep(&mut self, key: Key, rows: Arc<Rows>, room: usize) {
        let bytes = key.sql.len() + key.version.len() + size(&rows.table);
        if bytes > room || self.kept.contains_key(&key) {
            return;
        }
        self.bytes += bytes;
        while self.bytes > room {
            let Some((_, oldest)) = self.order.pop_first() else {
                break;
            };
            if let Some(gone) = self.kept.remove(&oldest) {
                self.bytes -= gone.bytes;
            }
        }
        self.asked += 1;
        let asked = self.asked;
        self.order.insert(asked, key.clone());
        self.kept.insert(key, Kept { rows, bytes, asked });
    }
}

/// Bytes of a table in memory, near enough.
fn size(table: &Table) -> usize {
    let text = |value: &Value| match value {
        Value::Text(text) => text.len(),
        _ => 0,
    };
    let row = |row: &Vec<Value>| {
        size_of::<Vec<Value>>()
            + row.len() * size_of::<Value>()
            + row.iter().map(text).sum::<usize>()
    };
    let names: usize = table.columns.iter().map(|column| column.name.len()).sum();
    names + table.rows.iter().map(row).sum::<usize>()
}
