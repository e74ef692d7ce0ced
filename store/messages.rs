//! What was said. The web chat shows it; REST and the command line wait for it.

use almanac_agent_contract::{Content, Message, Platform, Reply, Side, Space, WorkspaceId};
use tracing::{instrument, warn};

use crate::{Store, StoreError, legible};

/// What became of an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Answered {
    /// No such event was ever accepted.
    Unknown,
    /// It was accepted and is not answered yet.
    NotYet,
    /// Its answer.
    Reply(Box<Reply>),
}

impl Answered {
    /// The answer, where there is one.
    #[must_use]
    pub fn reply(self) -> Option<Reply> {
        match self {
            Self::Reply(reply) => Some(*reply),
            Self::Unknown | Self::NotYet => None,
        }
    }
}

impl Store {
    /// The last `limit` messages of a space, oldest first, in all of its installations. Presses of
    /// buttons are not shown, nor is a message that cannot be read any more.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.history", skip_all, fields(%platform))]
    pub async fn history(
        &self,
        workspace: WorkspaceId,
        platform: &Platform,
        space: &Space,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let rows = sqlx::query!(
            r#"
            SELECT inbox.event_id, message.at, message.side = 'person' AS "by_person!",
                message.body::text AS "body!"
            FROM conversations
            CROSS JOIN LATERAL (
                SELECT position, inbox_id, side, body, at FROM messages
                WHERE conversation_id = conversations.id
                ORDER BY position DESC
                LIMIT $5::bigint
            ) AS message
            JOIN inbox ON inbox.id = message.inbox_id
            WHERE conversations.workspace_id = $1 AND conversations.platform = $2
                AND conversations.space_id = $3
                AND conversations.thread IS NOT DISTINCT FROM $4
            ORDER BY message.position DESC
            LIMIT $5
            "#,
            workspace.0,
            platform.as_str(),
            legible::key(&space.id),
            space.thread.as_deref().map(legible::key),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(rows
            .into_iter()
            .rev()
            .filter_map(|row| {
                let said = side(row.by_person, &row.body)?;
                Some(Message {
                    event_id: row.event_id,
                    at: row.at.to_jiff(),
                    said,
                })
            })
            .collect())
    }

    /// What became of an event; the last answer where it was answered again.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.answer", skip_all, fields(%platform))]
    pub async fn answer(
        &self,
        workspace: WorkspaceId,
        platform: &Platform,
        installation: &str,
        event_id: &str,
    ) -> Result<Answered, StoreError> {
        let body = sqlx::query_scalar!(
            r#"
            SELECT messages.body::text AS "body?"
            FROM inbox
            LEFT JOIN messages ON messages.inbox_id = inbox.id AND messages.side = 'almanac'
            WHERE inbox.workspace_id = $1 AND inbox.platform = $2 AND inbox.installation = $3
                AND inbox.event_id = $4
            ORDER BY messages.position DESC NULLS LAST
            LIMIT 1
            "#,
            workspace.0,
            platform.as_str(),
            legible::key(installation),
            legible::key(event_id),
        )
        .fetch_optional(&mut *self.connection().await?)
        .await?;
        match body {
            None => Ok(Answered::Unknown),
            Some(None) => Ok(Answered::NotYet),
            Some(Some(body)) => serde_json::from_str(&body)
                .map(|reply| Answered::Reply(Box::new(reply)))
                .map_err(|error| sqlx::Error::Decode(error.into()).into()),
        }
    }
}

pub(crate) fn side(by_person: bool, body: &str) -> Option<Side> {
    let read = if by_person {
        serde_json::from_str(body).map(|content| match content {
            Content::Text { text } | Content::Edited { text, .. } => Some(Side::Person(text)),
            Content::Pressed { .. }
            | Content::Reacted { .. }
            | Content::Chosen { .. }
            | Content::Deleted { .. }
            | Content::Notice { .. } => None,
        })
    } else {
        serde_json::from_str(body).map(|reply| Some(Side::Almanac(reply)))
    };
    read.unwrap_or_else(|error| {
        warn!(%error, "a message cannot be read; it is left out");
        None
    })
}
