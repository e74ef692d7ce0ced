//! Good or bad: what people thought of answers. The buttons on a card leave it here.

use tracing::instrument;

use crate::inbox::ClaimedEvent;
use crate::{Store, StoreError, legible};

impl Store {
    /// Keeps what the sender of `pressed` thinks of the answer `on`: the platform's id of the
    /// message, or the id of the event that it answers. Their last word counts. False where the
    /// installation has no such answer.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.record_feedback", skip_all, fields(inbox = %pressed.inbox))]
    pub async fn record_feedback(
        &self,
        pressed: &ClaimedEvent,
        on: &str,
        good: bool,
    ) -> Result<bool, StoreError> {
        let kept = sqlx::query!(
            "WITH answered AS (
                 SELECT id FROM inbox
                 WHERE workspace_id = $1 AND platform = $2 AND installation = $3 AND event_id = $4
                 UNION
                 SELECT inbox_id FROM outbox
                 WHERE workspace_id = $1 AND platform = $2 AND installation = $3
                    AND provider_id = $4 AND inbox_id IS NOT NULL
                 LIMIT 1
             )
             INSERT INTO feedback (inbox_id, person_id, workspace_id, verdict)
             SELECT id, $5::uuid, $1, $6::text FROM answered
             ON CONFLICT (inbox_id, person_id)
             DO UPDATE SET verdict = EXCLUDED.verdict, at = now()",
            pressed.workspace.0,
            pressed.inbound.platform.as_str(),
            legible::key(&pressed.inbound.installation),
            legible::key(on),
            pressed.person.0,
            if good { "good" } else { "bad" },
        )
        .execute(&mut *self.connection().await?)
        .await?
        .rows_affected();
        Ok(kept > 0)
    }
}
