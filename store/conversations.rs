//! What a turn recalls of its conversation.

use almanac_agent_contract::{ConversationId, ConversationState, Exchange};
use tracing::instrument;

use crate::{Store, StoreError};

/// A conversation so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recalled {
    /// Where it stands.
    pub state: ConversationState,
    /// Its last exchanges, oldest first.
    pub exchanges: Vec<Exchange>,
}

impl Store {
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
