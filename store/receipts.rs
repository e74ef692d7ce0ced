//! How far messages got after their platform took them.

use almanac_agent_contract::{Platform, Stage, WorkspaceId};
use tracing::instrument;

use crate::{Store, StoreError, legible};

/// Tries of one delivery, those that a platform asked for again included.
const MOST_TRIES: i32 = 8;

impl Store {
    /// Notes a stage. They come late, twice and out of order: read is not taken back by delivered,
    /// and a message that reached somebody has not failed. One that failed is sent again where that
    /// may help, else listed with what did not arrive. False where no such message is known as
    /// sent: its receipt may still be on its way.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.note_receipt", skip_all, fields(%platform))]
    pub async fn note_receipt(
        &self,
        workspace: WorkspaceId,
        (platform, installation): (&Platform, &str),
        provider_id: &str,
        stage: &Stage,
    ) -> Result<bool, StoreError> {
        let (name, reason, again, gone) = match stage {
            Stage::Delivered => ("delivered", None, false, false),
            Stage::Read => ("read", None, false, false),
            Stage::Failed {
                reason,
                again,
                gone,
            } => ("failed", Some(legible::words(reason)), *again, *gone),
        };
        let row = sqlx::query!(
            r#"
            WITH known AS (
                SELECT id FROM outbox
                WHERE workspace_id = $1 AND platform = $2 AND installation = $3
                    AND provider_id = $4
            ), noted AS (
                INSERT INTO receipts
                    (workspace_id, platform, installation, provider_id, stage, reason)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (workspace_id, platform, installation, provider_id) DO UPDATE
                SET stage = EXCLUDED.stage, reason = EXCLUDED.reason, at = now()
                WHERE EXCLUDED.stage = 'read' AND receipts.stage <> 'read'
                    OR EXCLUDED.stage = 'delivered' AND receipts.stage = 'failed'
                RETURNING stage
            ), failed AS (
                UPDATE outbox
                SET state = CASE WHEN $7::boolean AND attempts < $8 THEN 'queued' ELSE 'failed' END,
                    provider_id = NULL, others = NULL, error = $6, gone = $9, due_at = now(),
                    settled_at = CASE WHEN $7 AND attempts < $8 THEN NULL ELSE now() END
                FROM known, noted
                WHERE outbox.id = known.id AND noted.stage = 'failed' AND outbox.state = 'sent'
            )
            SELECT EXISTS (SELECT FROM known) AS "known!"
            "#,
            workspace.0,
            platform.as_str(),
            legible::key(installation),
            legible::key(provider_id),
            name,
            reason,
            again,
            MOST_TRIES,
            gone,
        )
        .fetch_one(&mut *self.connection().await?)
        .await?;
        if again && row.known {
            self.outbox_ready().notify_one();
        }
        Ok(row.known)
    }
}
