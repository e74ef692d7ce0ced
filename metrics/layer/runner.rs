//! Runs statements within the layer's limits: from the cache where it can, in turn where too many
//! run already.

use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::cache::{Cache, Key, Outcome};
use super::limits::Limits;
use crate::engine::Engine;
use crate::error::QueryError;

/// An engine with what bounds it.
pub(super) struct Runner {
    pub(super) engine: Arc<dyn Engine>,
    pub(super) limits: Limits,
    turns: Arc<Semaphore>,
    cache: Arc<Cache>,
}

impl Runner {
    pub(super) fn new(engine: Arc<dyn Engine>, limits: Limits) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(limits.at_once.max(1))),
            cache: Cache::new(limits.kept),
            engine,
            limits,
        }
    }

    /// The rows of a statement, and whether another question's run gave them.
    pub(super) async fn run(&self, sql: &str) -> (Outcome, bool) {
        // Asked before the statement runs: rows newer than their version are never found again,
        // rows older than it would be.
        let version = self.engine.version().await;
        let sql: Arc<str> = sql.into();
        let run = self.fresh(Arc::clone(&sql));
        match version {
            Some(version) if self.limits.kept > 0 => {
                let version = version.into();
                self.cache.get(Key { sql, version }, run).await
            }
            _ => (run.await, false),
        }
    }

    fn fresh(&self, sql: Arc<str>) -> BoxFuture<'static, Outcome> {
        let engine = Arc::clone(&self.engine);
        let turns = Arc::clone(&self.turns);
        let (time, patience) = (self.limits.time, self.limits.patience());
        async move {
            let turn = timeout(patience, turns.acquire_owned()).await;
            let Ok(Ok(_turn)) = turn else {
                return Err(QueryError::TooBusy);
            };
            match timeout(time, engine.run(&sql)).await {
                Ok(rows) => rows.map(Arc::new),
                Err(_) => Err(QueryError::TooSlow(time)),
            }
        }
        .boxed()
    }
}
