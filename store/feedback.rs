//! Good or bad: what people thought of answers. The buttons on a card leave it here, and so do
//! words ("that is wrong").

use almanac_agent_contract::Scope;
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
            verdict(good),
        )
        .execute(&mut *self.connection().await?)
        .await?
        .rows_affected();
        Ok(kept > 0)
    }

    /// Keeps what the scope's person thinks of the last answer in the conversation, with a note of
    /// theirs. Thanks for an earlier verdict are no answer. False where nothing was answered yet.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.judge_last_answer", skip_all, fields(inbox = %scope.inbox))]
    pub async fn judge_last_answer(
        &self,
        scope: &Scope,
        good: bool,
        note: Option<&str>,
    ) -> Result<bool, StoreError> {
        let kept = sqlx::query!(
            "INSERT INTO feedback (inbox_id, person_id, workspace_id, verdict, note, given_in)
             SELECT messages.inbox_id, $3::uuid, $2, $4::text, $5::text, $6::uuid
             FROM messages
             WHERE messages.conversation_id = $1 AND messages.workspace_id = $2
                AND messages.exchange
                AND NOT EXISTS (SELECT FROM feedback WHERE given_in = messages.inbox_id)
             ORDER BY messages.position DESC
             LIMIT 1
             ON CONFLICT (inbox_id, person_id)
             DO UPDATE SET verdict = EXCLUDED.verdict, at = now(), given_in = EXCLUDED.given_in,
                note = COALESCE(EXCLUDED.note, feedback.note)",
            scope.conversation.0,
            scope.workspace.0,
            scope.person.0,
            verdict(good),
            note.map(legible::words),
            scope.inbox.0,
        )
        .execute(&mut *self.connection().await?)
        .await?
        .rows_affected();
        Ok(kept > 0)
    }
}

const fn verdict(good: bool) -> &'static str {
    if good { "good" } else { "bad" }
}
