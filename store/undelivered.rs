//! Deliveries that did not arrive for certain, for the people who run Almanac: they are listed until
//! somebody has seen them, or has them sent again.

use almanac_agent_contract::{InboxId, OutboxId, Platform, WorkspaceId};
use jiff::Timestamp;
use tracing::instrument;

use crate::{Store, StoreError};

/// How a delivery ended that did not arrive for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndeliveredState {
    /// It may have arrived or not.
    Unknown,
    /// It did not arrive and never will.
    Failed,
    /// As [`Self::Failed`], and nobody has to mend anything: the person blocked Almanac, left, or
    /// took the question back.
    Gone,
}

/// A delivery that did not arrive for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// Its row.
    pub outbox: OutboxId,
    /// The event it answers, if it answers one.
    pub inbox: Option<InboxId>,
    /// Which platform.
    pub platform: Platform,
    /// Which installation of it.
    pub installation: String,
    /// The platform's own id of the channel or chat.
    pub space: String,
    /// What is known of it.
    pub state: UndeliveredState,
    /// Why.
    pub error: String,
    /// When that was settled.
    pub at: Timestamp,
}

impl Store {
    /// The deliveries of a workspace that did not arrive for certain and that nobody has dismissed,
    /// oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.undelivered", skip_all)]
    pub async fn undelivered(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<Undelivered>, StoreError> {
        let rows = sqlx::query!(
            r#"
            SELECT outbox.id, outbox.inbox_id, outbox.platform, outbox.installation,
                conversations.space_id, outbox.state = 'unknown' AS "unknown!", outbox.gone,
                outbox.error, outbox.settled_at AS "settled_at!"
            FROM outbox
            JOIN conversations ON conversations.id = outbox.conversation_id
            WHERE outbox.workspace_id = $1 AND outbox.state IN ('unknown', 'failed')
                AND outbox.dismissed_at IS NULL
            ORDER BY outbox.position
            "#,
            workspace.0,
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| Undelivered {
                outbox: OutboxId(row.id),
                inbox: row.inbox_id.map(InboxId),
                platform: Platform::stored(row.platform),
                installation: row.installation,
                space: row.space_id,
                state: match (row.unknown, row.gone) {
                    (true, _) => UndeliveredState::Unknown,
                    (false, true) => UndeliveredState::Gone,
                    (false, false) => UndeliveredState::Failed,
                },
                error: row.error.unwrap_or_default(),
                at: row.settled_at.to_jiff(),
            })
            .collect())
    }

    /// Lists a delivery no more, or none of those that are listed now. How many that were.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.dismiss", skip_all)]
    pub async fn dismiss(
        &self,
        workspace: WorkspaceId,
        delivery: Option<OutboxId>,
    ) -> Result<u64, StoreError> {
        let done = sqlx::query!(
            "UPDATE outbox SET dismissed_at = now()
             WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id = $2)
                AND state IN ('unknown', 'failed') AND dismissed_at IS NULL",
            workspace.0,
            delivery.map(|delivery| delivery.0),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(done.rows_affected())
    }

    /// Puts a delivery that did not arrive for certain back into the queue, dismissed or not, as if
    /// it had never been tried. One that did arrive arrives twice. False where it is no such
    /// delivery.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.redeliver", skip_all, fields(outbox = %delivery))]
    pub async fn redeliver(
        &self,
        workspace: WorkspaceId,
        delivery: OutboxId,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query!(
            "UPDATE outbox
             SET state = 'queued', due_at = now(), attempts = 0, settled_at = NULL,
                 gone = false, dismissed_at = NULL, epoch = epoch + 1
             WHERE workspace_id = $1 AND id = $2 AND state IN ('unknown', 'failed')",
            workspace.0,
            delivery.0,
        )
        .execute(&mut *self.connection().await?)
        .await?
        .rows_affected();
        if done > 0 {
            self.outbox_ready().notify_one();
        }
        Ok(done > 0)
    }
}
