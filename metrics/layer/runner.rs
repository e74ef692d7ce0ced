//! Runs statements within the layer's limits: from the cache where it can, in turn where too many
//! run already, and by themselves where memory does not do for them beside others.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::cache::{Cache, Key, Outcome};
use super::limits::Limits;
use crate::engine::{Engine, Rows};
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
        let all = self.limits.at_once.max(1);
        async move {
            let one = turn(&turns, 1, patience).await?;
            let before = turns.available_permits();
            let outcome = within(time, engine.run(&sql)).await;
            let crowded = before.min(turns.available_permits()) + 1 < all;
            drop(one);
            match outcome {
                // Statements that run at the same time share the memory: by itself it may fit.
                Err(QueryError::TooBig) if crowded => {
                    tracing::debug!("a statement that was too big beside others runs by itself");
                    let _all = turn(&turns, all, patience).await?;
                    within(time, engine.run(&sql)).await
                }
                outcome => outcome,
            }
        }
        .boxed()
    }
}

/// Waits for so many turns, first come first served.
async fn turn(
    turns: &Arc<Semaphore>,
    count: usize,
    patience: Duration,
) -> Result<OwnedSemaphorePermit, QueryError> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    match timeout(patience, Arc::clone(turns).acquire_many_owned(count)).await {
        Ok(Ok(turn)) => Ok(turn),
        _ => Err(QueryError::TooBusy),
    }
}

async fn within(time: Duration, run: impl Future<Output = Result<Rows, QueryError>>) -> Outcome {
    match timeout(time, run).await {
        Ok(rows) => rows.map(Arc::new),
        Err(_) => Err(QueryError::TooSlow(time)),
    }
}
