//! The end of a turn: what a worker leaves behind, all of it or none.

use almanac_agent_contract::{Content, ConversationState, MessageId, OutboxId, Reply};
use serde_json::Value as Json;
use tracing::instrument;
use uuid::Uuid;

use crate::inbox::ClaimedEvent;
use crate::{Store, StoreError, legible};

/// What came of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    /// The answer: the one message the person gets. `None` where the event asks nothing, as a
    /// button whose platform has confirmed it.
    pub reply: Option<Reply>,
    /// The platform's id of the message whose place the reply takes.
    pub replaces: Option<String>,
    /// Where the conversation now stands; `None` keeps what it was.
    pub state: Option<ConversationState>,
    /// What the audit log keeps of the turn. No message bodies.
    pub audit: Json,
    /// Why the event was given up; the reply then says that it failed.
    pub parked: Option<String>,
    /// It came from a stranger, who is not answered: their words are not kept, nothing of it is
    /// recalled, and it is noted that they were told.
    pub stranger: bool,
}

impl Store {
    /// Ends an event, in one statement: the answer as a message, the outbox row that sends it, the
    /// conversation's state, the audit row, and the event done or parked. False where the lease is
    /// lost: nothing is written then, another worker has the event.
    ///
    /// The answer is dated on the question's clock, so that a conversation held at a set moment
    /// stays at that moment.
    ///
    /// # Errors
    /// Where the database fails: nothing is written.
    #[instrument(name = "store.finish", skip_all, fields(inbox = %claimed.inbox))]
    pub async fn finish(
        &self,
        claimed: &ClaimedEvent,
        finished: Finished,
    ) -> Result<bool, StoreError> {
        let state = finished.state.as_ref().map(legible::json).transpose()?;
        let reply = finished.reply.as_ref().map(legible::json).transpose()?;
        let row = sqlx::query!(
            r#"
            WITH event AS (
                UPDATE inbox
                SET state = CASE WHEN $3::text IS NULL THEN 'done' ELSE 'parked' END,
                    error = COALESCE($3, error), worker = NULL, finished_at = now()
                WHERE id = $1 AND epoch = $2 AND state = 'claimed'
                RETURNING *
            ), conversation AS (
                UPDATE conversations SET state = $4::text::json
                FROM event
                WHERE conversations.id = event.conversation_id AND $4::text IS NOT NULL
            ), answer AS (
                INSERT INTO messages
                    (id, workspace_id, conversation_id, inbox_id, side, exchange, body, at)
                SELECT $5::uuid, event.workspace_id, event.conversation_id, event.id, 'almanac',
                    $11::boolean, $6::text::json, $7::timestamptz + (now() - event.accepted_at)
                FROM event
                WHERE $6::text IS NOT NULL
            ), delivery AS (
                INSERT INTO outbox
                    (id, workspace_id, intent_key, destination, platform, installation,
                     conversation_id, inbox_id, message_id, replaces)
                SELECT $8::uuid, event.workspace_id,
                    concat_ws('/', event.id, nullif(event.times_parked, 0)),
                    concat_ws('/', space.platform, space.installation, space.space_id, space.thread),
                    event.platform, event.installation, event.conversation_id, event.id, $5,
                    $12::text
                FROM event JOIN conversations AS space ON space.id = event.conversation_id
                WHERE $6::text IS NOT NULL
                ON CONFLICT (workspace_id, intent_key, destination) DO NOTHING
            ), forgotten AS (
                UPDATE messages SET body = '{"type":"notice","text":""}'::json
                FROM event
                WHERE messages.inbox_id = event.id AND messages.side = 'person' AND $13::boolean
            ), told AS (
                UPDATE identities SET told_at = COALESCE(told_at, now())
                FROM event
                WHERE identities.id = event.identity_id AND $13 AND $6::text IS NOT NULL
            ), noted AS (
                INSERT INTO audit
                    (id, workspace_id, person_id, conversation_id, inbox_id, action, detail)
                SELECT $9::uuid, event.workspace_id, event.person_id, event.conversation_id,
                    event.id, 'turn', $10::text::jsonb
                FROM event
            )
            SELECT EXISTS (
                SELECT FROM inbox
                WHERE inbox.conversation_id = event.conversation_id AND inbox.id <> event.id
                    AND inbox.state IN ('queued', 'claimed')
            ) AS "more!"
            FROM event
            "#,
            claimed.inbox.0,
            claimed.epoch,
            finished.parked.as_deref().map(legible::words),
            state,
            MessageId::new().0,
            reply,
            legible::moment(claimed.inbound.at),
            OutboxId::new().0,
            Uuid::now_v7(),
            legible::json(&finished.audit)?,
            matches!(
                claimed.inbound.content,
                Content::Text { .. } | Content::Edited { .. }
            ) && !finished.stranger,
            finished.replaces.as_deref().map(legible::key),
            finished.stranger,
        )
        .fetch_optional(&mut *self.connection().await?)
        .await?;

        let Some(row) = row else { return Ok(false) };
        self.count_turn();
        self.outbox_ready().notify_one();
        if row.more {
            self.inbox_ready().notify_one();
        }
        Ok(true)
    }
}
