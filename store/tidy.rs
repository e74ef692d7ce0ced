//! Cleaning up after the queues. A server does this by itself; an embedded database has nobody but
//! this process to do it.
//!
//! Queue rows are rewritten a few times each, and every version stays until it is cleaned up. The
//! log of what was written stays, too, until a checkpoint, and is read from there when the database
//! is opened after `kill -9`.

use std::sync::atomic::Ordering;

use tracing::{instrument, warn};

use crate::{Store, StoreError};

/// Turns between two clean-ups of an embedded database: some 15 MB of log.
const TURNS: u64 = 2_000;

impl Store {
    /// Cleans up the tables and brings what the database knows of them up to date. On an embedded
    /// database this happens by itself every 2,000 turns.
    ///
    /// # Errors
    /// Where the database fails; nothing is lost by it.
    #[instrument(name = "store.tidy", skip_all)]
    pub async fn tidy(&self) -> Result<(), StoreError> {
        sqlx::raw_sql("VACUUM (ANALYZE) inbox, outbox, messages, conversations, identities")
            .execute(&mut *self.connection().await?)
            .await?;
        if self.shared.keeps_house {
            sqlx::raw_sql("CHECKPOINT")
                .execute(&mut *self.connection().await?)
                .await?;
        }
        Ok(())
    }

    /// Counts a turn, and tidies in the background when it is time.
    pub(crate) fn count_turn(&self) {
        let turns = self.shared.turns.fetch_add(1, Ordering::Relaxed) + 1;
        if !self.shared.keeps_house || !turns.is_multiple_of(TURNS) {
            return;
        }
        let store = self.clone();
        tokio::spawn(async move {
            if let Err(error) = store.tidy().await {
                warn!(%error, "the embedded database was not cleaned up");
            }
        });
    }
}
