//! Good or bad: what people thought of answers. The buttons on a card leave it here, and so do
//! words ("that is wrong").

use almanac_agent_contract::{InboxId, Scope};
use tracing::instrument;

use crate::inbox::ClaimedEvent;
use crate::{Store, StoreError, legible};

impl Store {
    /// Keeps what the sender of `pressed` thinks of the answer to `answered`. Their last word
    /// counts.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.record_feedback", skip_all, fields(inbox = %pressed.inbox))]
    pub async fn record_feedback(
        &self,
        pressed: &ClaimedEvent,
        answered: InboxId,
        good: bool,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO feedback (inbox_id, person_id, workspace_id, verdict)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (inbox_id, person_id)
             DO UPDATE SET verdict = EXCLUDED.verdict, at = now()",
            answered.0,
            pressed.person.0,
            pressed.workspace.0,
            verdict(good),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
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
