//! The way in: a platform's event becomes durable before the platform is told it was taken.

use almanac_agent_contract::{
    Accepted, ConversationId, Inbound, InboxId, Language, MessageId, PersonId, SpaceKind,
    WorkspaceId,
};
use sqlx::PgConnection;
use tracing::instrument;
use uuid::Uuid;

use crate::{Store, StoreError, legible};

impl Store {
    /// Makes an event durable: the person, the identity and the conversation where they are new,
    /// the message, and the row that workers claim, in one statement. The same event delivered
    /// again writes nothing and gives the first row's id, and says whether it was the same indeed.
    ///
    /// The conversation's row is locked before the event takes its position, so positions within a
    /// conversation are in the order of acceptance.
    ///
    /// # Errors
    /// Where the database fails: the event is not durable and the platform should deliver it again.
    #[instrument(name = "store.accept", skip_all, fields(platform = %inbound.platform))]
    pub async fn accept(
        &self,
        workspace: WorkspaceId,
        inbound: &Inbound,
    ) -> Result<Accepted, StoreError> {
        // A copy accepted at this very moment elsewhere is neither inserted nor seen by the
        // statement's snapshot. The next statement sees it.
        for _ in 0..3 {
            let mut connection = self.connection().await?;
            if let Some(accepted) = accept_once(&mut connection, workspace, inbound).await? {
                if !accepted.duplicate {
                    self.inbox_ready().notify_one();
                }
                return Ok(accepted);
            }
        }
        Err(StoreError::Unavailable(sqlx::Error::RowNotFound))
    }
}

/// The one statement; `None` where a copy is being accepted at this very moment.
pub(crate) async fn accept_once(
    connection: &mut PgConnection,
    workspace: WorkspaceId,
    inbound: &Inbound,
) -> Result<Option<Accepted>, StoreError> {
    let row = sqlx::query!(
        r#"
            WITH known AS (
                SELECT inbox.id, COALESCE(
                    messages.body::text <> $15::text OR conversations.space_id <> $10, false
                ) AS differs
                FROM inbox
                JOIN conversations ON conversations.id = inbox.conversation_id
                LEFT JOIN messages ON messages.inbox_id = inbox.id AND messages.side = 'person'
                WHERE inbox.workspace_id = $1 AND inbox.platform = $2
                    AND inbox.installation = $3 AND inbox.event_id = $4
            ), identity AS (
                INSERT INTO identities
                    (id, workspace_id, platform, installation, user_id, person_id, name)
                SELECT $5::uuid, $1, $2, $3, $6::text, $7::uuid, $8::text
                WHERE NOT EXISTS (SELECT FROM known)
                ON CONFLICT (workspace_id, platform, installation, user_id)
                DO UPDATE SET name = COALESCE(EXCLUDED.name, identities.name)
                RETURNING id, person_id
            ), person AS (
                INSERT INTO people (id, workspace_id, name)
                SELECT person_id, $1, $8 FROM identity WHERE person_id = $7
            ), conversation AS (
                INSERT INTO conversations
                    (id, workspace_id, platform, installation, space_id, kind, thread)
                SELECT $9::uuid, $1, $2, $3, $10::text, $11::text, $12::text FROM identity
                ON CONFLICT (workspace_id, platform, installation, space_id, thread)
                DO UPDATE SET active_at = now(),
                    -- Whoever sends a notice does not know what kind of space it is.
                    kind = CASE WHEN $15::text::json ->> 'type' = 'notice'
                        THEN conversations.kind ELSE EXCLUDED.kind END
                RETURNING id
            ), event AS (
                INSERT INTO inbox
                    (id, workspace_id, platform, installation, event_id, conversation_id,
                     identity_id, person_id, message_id, handle, private, language)
                SELECT $13::uuid, $1, $2, $3, $4, conversation.id, identity.id,
                    identity.person_id, $17::text, $18::text, $19::boolean, $20::text
                FROM identity CROSS JOIN conversation
                ON CONFLICT (workspace_id, platform, installation, event_id) DO NOTHING
                RETURNING id, conversation_id, person_id
            ), message AS (
                INSERT INTO messages
                    (id, workspace_id, conversation_id, inbox_id, person_id, side, body, at)
                SELECT $14::uuid, $1, conversation_id, id, person_id, 'person',
                    $15::text::json, $16::timestamptz
                FROM event
            )
            SELECT id AS "id!", true AS "duplicate!", differs AS "differs!" FROM known
            UNION ALL
            SELECT id, false, false FROM event
            "#,
        workspace.0,
        inbound.platform.as_str(),
        legible::key(&inbound.installation),
        legible::key(&inbound.event_id),
        Uuid::now_v7(),
        legible::key(&inbound.sender.user),
        PersonId::new().0,
        inbound.sender.name.as_deref().map(legible::words),
        ConversationId::new().0,
        legible::key(&inbound.space.id),
        kind_name(inbound.space.kind),
        inbound.space.thread.as_deref().map(legible::key),
        InboxId::new().0,
        MessageId::new().0,
        legible::json(&inbound.content)?,
        legible::moment(inbound.at),
        inbound.origin.message.as_deref().map(legible::key),
        inbound.origin.handle.as_deref().map(legible::words),
        inbound.origin.private,
        inbound.origin.language.map(Language::code),
    )
    .fetch_optional(&mut *connection)
    .await?;
    Ok(row.map(|row| Accepted {
        inbox: InboxId(row.id),
        duplicate: row.duplicate,
        differs: row.differs,
    }))
}

fn kind_name(kind: SpaceKind) -> &'static str {
    match kind {
        SpaceKind::Direct => "direct",
        SpaceKind::Channel => "channel",
    }
}
