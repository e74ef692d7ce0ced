//! The queue of updates: what is polled stays until a later poll confirms it, and of two pollers the
//! first is sent away.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Notify;

/// Updates that wait.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Mutex<VecDeque<Value>>,
    poller: AtomicU64,
    changed: Notify,
}

/// Another poller came.
pub(super) struct Terminated;

impl Queue {
    pub(super) fn push(&self, update: Value) {
        self.waiting.lock().unwrap().push_back(update);
        self.changed.notify_waiters();
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.lock().unwrap().len()
    }

    /// Waits for updates from `offset` on, and forgets those before it.
    pub(super) async fn poll(
        &self,
        offset: Option<i64>,
        limit: usize,
        timeout: Duration,
    ) -> Result<Vec<Value>, Terminated> {
        let mine = self.poller.fetch_add(1, Ordering::SeqCst) + 1;
        self.changed.notify_waiters();
        let until = tokio::time::Instant::now() + timeout;
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if self.poller.load(Ordering::SeqCst) != mine {
                return Err(Terminated);
            }
            {
                let mut waiting = self.waiting.lock().unwrap();
                if let Some(offset) = offset {
                    waiting.retain(|update| update["update_id"].as_i64() >= Some(offset));
                }
                if !waiting.is_empty() {
                    return Ok(waiting.iter().take(limit).cloned().collect());
                }
            }
            if tokio::time::timeout_at(until, changed).await.is_err() {
                return Ok(Vec::new());
            }
        }
    }
}
