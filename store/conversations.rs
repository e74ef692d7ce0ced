//! What a turn recalls of its conversation, and where people speak with Almanac at all.

use almanac_agent_contract::{
    ConversationId, ConversationState, Exchange, Platform, SpaceKind, WorkspaceId,
};
use jiff::Timestamp;
use tracing::instrument;

use crate::inbox::kind;
use crate::{Store, StoreError};

/// A conversation so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recalled {
    /// Where it stands.
    pub state: ConversationState,
    /// Its last exchanges, oldest first.
    pub exchanges: Vec<Exchange>,
}

/// A channel or chat in which something was said to Almanac.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Which platform.
    pub platform: Platform,
    /// Which installation of it.
    pub installation: String,
    /// The platform's own id of the channel or chat.
    pub space: String,
    /// Direct or shared.
    pub kind: SpaceKind,
    /// The name of whoever spoke last, as far as it is known.
    pub who: Option<String>,
    /// When that was.
    pub at: Timestamp,
}

impl Store {
    /// The channels and chats of some platforms in which something was said last, all threads of one
    /// together, at most `limit`: the latest first.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.spoken_in", skip_all)]
    pub async fn spoken_in(
        &self,
        workspace: WorkspaceId,
        platforms: &[Platform],
        limit: u32,
    ) -> Result<Vec<Spoken>, StoreError> {
        let platforms: Vec<String> = platforms.iter().map(Platform::to_string).collect();
        let rows = sqlx::query!(
            r#"
            SELECT spaces.platform, spaces.installation, spaces.space_id, spaces.kind,
                spaces.active_at AS "active_at!", speaker.name AS "name?"
            FROM (
                SELECT DISTINCT ON (platform, installation, space_id)
                    id, platform, installation, space_id, kind, active_at
                FROM conversations
                WHERE workspace_id = $1 AND platform = ANY ($2)
                ORDER BY platform, installation, space_id, active_at DESC
            ) AS spaces
            LEFT JOIN LATERAL (
                SELECT identities.name FROM inbox
                JOIN identities ON identities.id = inbox.identity_id
                WHERE inbox.conversation_id = spaces.id
                ORDER BY inbox.position DESC
                LIMIT 1
            ) AS speaker ON true
            ORDER BY spaces.active_at DESC
            LIMIT $3::bigint
            "#,
            workspace.0,
            &platforms,
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        let spoken = rows.into_iter().map(|row| Spoken {
            platform: Platform::stored(row.platform),
            installation: row.installation,
            space: row.space_id,
            kind: kind(&row.kind),
            who: row.name,
            at: row.active_at.to_jiff(),
        });
        Ok(spoken.collect())
    }

    /// The state of a conversation and its last `turns` questions with their answers. Presses of
    /// buttons are no questions. Empty where there is no such conversation.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.recall", skip_all, fields(%conversation))]
    pub async fn recall(
        &self,
        conversation: ConversationId,
        turns: u32,
    ) -> Result<Recalled, StoreError> {
        let rows = sqlx::query!(
            r#"
            SELECT conversations.state AS "state?", question.body ->> 'text' AS "question?",
                answer.body ->> 'text' AS "answer?"
            FROM conversations
            LEFT JOIN LATERAL (
                SELECT position, inbox_id, body FROM messages
                WHERE conversation_id = conversations.id AND exchange
                ORDER BY position DESC
                LIMIT $2::bigint
            ) AS answer ON true
            LEFT JOIN messages AS question
                ON question.inbox_id = answer.inbox_id AND question.side = 'person'
            WHERE conversations.id = $1
            ORDER BY answer.position
            "#,
            conversation.0,
            i64::from(turns),
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;

        let mut recalled = Recalled::default();
        for row in rows {
            recalled.state = row.state.map(ConversationState::from).unwrap_or_default();
            if let (Some(question), Some(answer)) = (row.question, row.answer) {
                recalled.exchanges.push(Exchange { question, answer });
            }
        }
        Ok(recalled)
    }
}
