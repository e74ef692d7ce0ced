//! What was said before, as far as platforms and presses of buttons must know it.

use almanac_agent_contract::{
    Content, InboxId, Message, Place, Platform, Reply, Space, WorkspaceId,
};
use jiff::Timestamp;
use tracing::{instrument, warn};
use uuid::Uuid;

use crate::inbox::{ClaimedEvent, kind};
use crate::messages::side;
use crate::{Store, StoreError, legible};

/// The answer a button was on.
#[derive(Debug, Clone, PartialEq)]
pub struct Pressable {
    /// The event that it answers.
    pub inbox: InboxId,
    /// The answer.
    pub reply: Reply,
}

/// What was there of a question before it was edited or deleted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Earlier {
    /// The platform's id of its answer.
    pub answer: Option<String>,
    /// The platform's id of the message that said that the turn was under way.
    pub placeholder: Option<String>,
}

impl Store {
    /// When an identity last said or pressed something.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.last_heard", skip_all, fields(%platform))]
    pub async fn last_heard(
        &self,
        workspace: WorkspaceId,
        platform: &Platform,
        installation: &str,
        user: &str,
    ) -> Result<Option<Timestamp>, StoreError> {
        // Events come out of order, but not by many.
        let at = sqlx::query_scalar!(
            "SELECT max(last.at) FROM (
                 SELECT messages.at FROM identities
                 JOIN inbox ON inbox.identity_id = identities.id
                 JOIN messages ON messages.inbox_id = inbox.id AND messages.side = 'person'
                 WHERE identities.workspace_id = $1 AND identities.platform = $2
                     AND identities.installation = $3 AND identities.user_id = $4
                 ORDER BY inbox.position DESC
                 LIMIT 20
             ) AS last",
            workspace.0,
            platform.as_str(),
            legible::key(installation),
            legible::key(user),
        )
        .fetch_one(&mut *self.connection().await?)
        .await?;
        Ok(at.map(|at| at.to_jiff()))
    }

    /// Whether somebody has asked something in this very space and thread.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.takes_part", skip_all, fields(%platform))]
    pub async fn takes_part(
        &self,
        workspace: WorkspaceId,
        platform: &Platform,
        installation: &str,
        space: &Space,
    ) -> Result<bool, StoreError> {
        let known = sqlx::query_scalar!(
            r#"SELECT EXISTS (
                 SELECT FROM conversations
                 JOIN messages ON messages.conversation_id = conversations.id
                 WHERE conversations.workspace_id = $1 AND conversations.platform = $2
                     AND conversations.installation = $3 AND conversations.space_id = $4
                     AND conversations.thread IS NOT DISTINCT FROM $5
                     AND messages.side = 'person'
                     AND messages.body ->> 'type' IN ('text', 'chosen', 'pressed')
             ) AS "known!""#,
            workspace.0,
            platform.as_str(),
            legible::key(installation),
            legible::key(&space.id),
            space.thread.as_deref().map(legible::key),
        )
        .fetch_one(&mut *self.connection().await?)
        .await?;
        Ok(known)
    }

    /// The places where somebody asked something, `limit` at most: those first where something was
    /// said last. Each with when that was.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.places", skip_all, fields(%platform))]
    pub async fn places(
        &self,
        workspace: WorkspaceId,
        platform: &Platform,
        installation: &str,
        limit: u32,
    ) -> Result<Vec<Place>, StoreError> {
        let rows = sqlx::query!(
            r#"
            SELECT conversations.space_id, conversations.kind, conversations.thread,
                last.at AS "at!"
            FROM conversations
            JOIN LATERAL (
                SELECT max(messages.at) AS at FROM messages
                WHERE messages.conversation_id = conversations.id AND messages.side = 'person'
                    AND messages.body ->> 'type' IN ('text', 'chosen', 'pressed')
            ) AS last ON last.at IS NOT NULL
            WHERE conversations.workspace_id = $1 AND conversations.platform = $2
                AND conversations.installation = $3
            ORDER BY conversations.active_at DESC
            LIMIT $4::bigint
            "#,
            workspace.0,
            platform.as_str(),
            legible::key(installation),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        let places = rows.into_iter().map(|row| Place {
            space: Space {
                id: row.space_id,
                kind: kind(&row.kind),
                thread: row.thread,
            },
            heard: row.at.to_jiff(),
        });
        Ok(places.collect())
    }

    /// The last `limit` messages of an identity's own questions and their answers, in all spaces,
    /// oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.said_by", skip_all, fields(%platform))]
    pub async fn said_by(
        &self,
        workspace: WorkspaceId,
        (platform, installation): (&Platform, &str),
        user: &str,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let rows = sqlx::query!(
            r#"
            SELECT inbox.event_id, messages.at, messages.side = 'person' AS "by_person!",
                messages.body::text AS "body!"
            FROM identities
            JOIN inbox ON inbox.identity_id = identities.id
            JOIN messages ON messages.inbox_id = inbox.id
            WHERE identities.workspace_id = $1 AND identities.platform = $2
                AND identities.installation = $3 AND identities.user_id = $4
            ORDER BY inbox.position DESC, messages.position DESC
            LIMIT $5::bigint
            "#,
            workspace.0,
            platform.as_str(),
            legible::key(installation),
            legible::key(user),
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        let said = rows.into_iter().rev().filter_map(|row| {
            Some(Message {
                event_id: row.event_id,
                at: row.at.to_jiff(),
                said: side(row.by_person, &row.body)?,
            })
        });
        Ok(said.collect())
    }

    /// The answer that a press was on: by the delivery's id, the platform's id of any message it
    /// became, or the id of the event it answers. Only one that was said in the same space, or to
    /// the person who presses. `None` where there is none.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.pressable", skip_all, fields(inbox = %pressed.inbox))]
    pub async fn pressable(
        &self,
        pressed: &ClaimedEvent,
        on: &str,
    ) -> Result<Option<Pressable>, StoreError> {
        let row = sqlx::query!(
            r#"
            WITH found AS (
                SELECT id FROM inbox
                WHERE workspace_id = $1 AND platform = $2 AND installation = $3 AND event_id = $4
                UNION
                SELECT inbox_id FROM outbox
                WHERE workspace_id = $1 AND platform = $2 AND installation = $3
                    AND provider_id = $4
                UNION
                SELECT inbox_id FROM outbox
                WHERE workspace_id = $1 AND platform = $2 AND installation = $3
                    AND others @> ARRAY[$4]
                UNION
                SELECT inbox_id FROM outbox
                WHERE id = $5 AND workspace_id = $1 AND platform = $2 AND installation = $3
            )
            SELECT inbox.id, messages.body::text AS "body!"
            FROM found
            JOIN inbox ON inbox.id = found.id
            JOIN conversations ON conversations.id = inbox.conversation_id
            JOIN messages ON messages.inbox_id = inbox.id AND messages.side = 'almanac'
            LEFT JOIN outbox ON outbox.message_id = messages.id
            WHERE conversations.space_id = $6 OR inbox.person_id = $7
            ORDER BY outbox.id IS NOT DISTINCT FROM $5 DESC,
                (outbox.provider_id = $4 OR outbox.others @> ARRAY[$4]) IS TRUE DESC,
                messages.position DESC
            LIMIT 1
            "#,
            pressed.workspace.0,
            pressed.inbound.platform.as_str(),
            legible::key(&pressed.inbound.installation),
            legible::key(on),
            Uuid::parse_str(on).ok(),
            legible::key(&pressed.inbound.space.id),
            pressed.person.0,
        )
        .fetch_optional(&mut *self.connection().await?)
        .await?;
        Ok(row.and_then(|row| match serde_json::from_str(&row.body) {
            Ok(reply) => Some(Pressable {
                inbox: InboxId(row.id),
                reply,
            }),
            Err(error) => {
                warn!(inbox = %row.id, %error, "an answer cannot be read any more");
                None
            }
        }))
    }

    /// Puts the words that a press stands for in its place, so that the conversation's history has
    /// them. Does nothing where the lease is lost.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.spell_out", skip_all, fields(inbox = %pressed.inbox))]
    pub async fn spell_out(&self, pressed: &ClaimedEvent, words: &str) -> Result<(), StoreError> {
        let text = Content::Text {
            text: words.to_owned(),
        };
        sqlx::query!(
            "UPDATE messages SET body = $3::text::json
             FROM inbox
             WHERE messages.inbox_id = inbox.id AND messages.side = 'person'
                AND inbox.id = $1 AND inbox.epoch = $2 AND inbox.state = 'claimed'",
            pressed.inbox.0,
            pressed.epoch,
            legible::json(&text)?,
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }

    /// What was there of the question before this edit or deletion of it; `None` where Almanac was
    /// never asked it.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.earlier", skip_all, fields(inbox = %event.inbox))]
    pub async fn earlier(
        &self,
        event: &ClaimedEvent,
        message: &str,
    ) -> Result<Option<Earlier>, StoreError> {
        let row = sqlx::query!(
            r#"
            SELECT inbox.placeholder, outbox.provider_id AS "provider_id?"
            FROM inbox
            JOIN inbox AS this ON this.id = $1
            LEFT JOIN outbox ON outbox.inbox_id = inbox.id AND outbox.state = 'sent'
            WHERE inbox.conversation_id = this.conversation_id AND inbox.message_id = $2
                AND inbox.position < this.position
            ORDER BY outbox.provider_id IS NOT NULL DESC, inbox.placeholder IS NOT NULL DESC,
                inbox.position DESC, outbox.position DESC
            LIMIT 1
            "#,
            event.inbox.0,
            legible::key(message),
        )
        .fetch_optional(&mut *self.connection().await?)
        .await?;
        Ok(row.map(|row| Earlier {
            answer: row.provider_id,
            placeholder: row.placeholder,
        }))
    }

    /// Takes back what is not yet answered of a message, because of a later event (its edit or
    /// deletion): its open events end, whoever works on them writes nothing, and an answer that
    /// still waits to be sent is not.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.withdraw", skip_all, fields(%because))]
    pub async fn withdraw(&self, because: InboxId, message: &str) -> Result<(), StoreError> {
        sqlx::query!(
            "WITH of AS (
                 SELECT inbox.id FROM inbox
                 JOIN inbox AS later ON later.id = $1
                 WHERE inbox.conversation_id = later.conversation_id AND inbox.message_id = $2
                     AND inbox.position < later.position
             ), events AS (
                 UPDATE inbox
                 SET state = 'done', finished_at = now(), epoch = epoch + 1, worker = NULL,
                     error = 'taken back'
                 FROM of
                 WHERE inbox.id = of.id AND inbox.state IN ('queued', 'claimed')
             )
             UPDATE outbox
             SET state = 'failed', settled_at = now(), gone = true,
                 error = 'the question was taken back'
             FROM of
             WHERE outbox.inbox_id = of.id AND outbox.state = 'queued'",
            because.0,
            legible::key(message),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        self.inbox_ready().notify_one();
        Ok(())
    }
}
