//! The queue of events to answer. Workers claim from it, and give back what they could not finish.
//!
//! A conversation is worked on by one worker at a time, in order: only its first open event can be
//! claimed. A claim is a lease with an epoch. A worker that lost its lease finds its epoch stale
//! and writes nothing.

use almanac_agent_contract::{
    Content, ConversationId, Inbound, InboxId, Language, Origin, PersonId, Platform, Sender, Space,
    SpaceKind, WorkspaceId,
};
use jiff::Timestamp;
use tracing::{instrument, warn};

use crate::{Claim, Store, StoreError, legible};

/// An event claimed more often than this is poison: its worker should answer with a plain failure
/// and park it.
pub const MAX_ATTEMPTS: i32 = 5;

/// An event, on lease.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedEvent {
    /// Its row.
    pub inbox: InboxId,
    /// The lease. Whoever claims the row next has a higher one.
    pub epoch: i64,
    /// Claims so far, this one included.
    pub attempts: i32,
    /// It was claimed more than [`MAX_ATTEMPTS`] times and never finished.
    pub poisoned: bool,
    /// The tenant.
    pub workspace: WorkspaceId,
    /// Who sent it.
    pub person: PersonId,
    /// Where it belongs.
    pub conversation: ConversationId,
    /// The event, as it was accepted.
    pub inbound: Inbound,
    /// The platform's id of the message that says that the turn is under way: an earlier try may
    /// have left one.
    pub placeholder: Option<String>,
    /// When it was accepted, by the database's clock.
    pub accepted_at: Timestamp,
}

/// An event that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkedEvent {
    /// Its row.
    pub inbox: InboxId,
    /// Which platform.
    pub platform: Platform,
    /// The platform's id of the event.
    pub event_id: String,
    /// Claims before it was parked.
    pub attempts: i32,
    /// The last error.
    pub error: String,
    /// When it was accepted.
    pub accepted_at: Timestamp,
    /// When it was given up.
    pub parked_at: Timestamp,
}

impl Store {
    /// Claims events, oldest first: the first open one of each conversation, where it is due or
    /// its lease ran out.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.claim_inbox", skip_all)]
    pub async fn claim_inbox(&self, claim: Claim<'_>) -> Result<Vec<ClaimedEvent>, StoreError> {
        let rows = sqlx::query!(
            r#"
            WITH next AS (
                SELECT id FROM inbox AS event
                WHERE workspace_id = $4 AND state IN ('queued', 'claimed') AND due_at <= now()
                    AND NOT EXISTS (
                        SELECT FROM inbox AS earlier
                        WHERE earlier.conversation_id = event.conversation_id
                            AND earlier.position < event.position
                            AND earlier.state IN ('queued', 'claimed')
                    )
                ORDER BY position
                LIMIT $2::bigint
                FOR UPDATE SKIP LOCKED
            ), claimed AS (
                UPDATE inbox
                SET state = 'claimed', worker = $1::text, epoch = epoch + 1,
                    attempts = attempts + 1, due_at = now() + make_interval(secs => $3)
                FROM next
                WHERE inbox.id = next.id
                RETURNING inbox.*
            )
            SELECT claimed.id AS "id!", claimed.epoch AS "epoch!", claimed.attempts AS "attempts!",
                claimed.workspace_id AS "workspace_id!", claimed.person_id AS "person_id!",
                claimed.conversation_id AS "conversation_id!", claimed.platform AS "platform!",
                claimed.installation AS "installation!", claimed.event_id AS "event_id!",
                claimed.accepted_at AS "accepted_at!", claimed.message_id, claimed.handle,
                claimed.private AS "private!", claimed.language, claimed.placeholder,
                conversations.space_id, conversations.kind, conversations.thread,
                identities.user_id, identities.name,
                messages.body::text AS "body!", messages.at
            FROM claimed
            JOIN conversations ON conversations.id = claimed.conversation_id
            JOIN identities ON identities.id = claimed.identity_id
            JOIN messages ON messages.inbox_id = claimed.id AND messages.side = 'person'
            ORDER BY claimed.position
            "#,
            claim.by,
            i64::from(claim.batch),
            claim.lease.as_secs_f64(),
            claim.workspace.0,
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;

        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            let inbox = InboxId(row.id);
            let content: Content = match serde_json::from_str(&row.body) {
                Ok(content) => content,
                Err(error) => {
                    // It would come back with every claim and never be read.
                    warn!(%inbox, %error, "an event's message cannot be read; it is parked");
                    self.park(inbox, row.epoch, &error.to_string()).await?;
                    continue;
                }
            };
            claimed.push(ClaimedEvent {
                inbox,
                epoch: row.epoch,
                attempts: row.attempts,
                poisoned: row.attempts > MAX_ATTEMPTS,
                workspace: WorkspaceId(row.workspace_id),
                person: PersonId(row.person_id),
                conversation: ConversationId(row.conversation_id),
                inbound: Inbound {
                    platform: Platform::stored(row.platform),
                    installation: row.installation,
                    event_id: row.event_id,
                    space: Space {
                        id: row.space_id,
                        kind: kind(&row.kind),
                        thread: row.thread,
                    },
                    sender: Sender {
                        user: row.user_id,
                        name: row.name,
                    },
                    content,
                    origin: Origin {
                        message: row.message_id,
                        handle: row.handle,
                        private: row.private,
                        language: row.language.as_deref().and_then(Language::of_locale),
                    },
                    at: row.at.to_jiff(),
                },
                placeholder: row.placeholder,
                accepted_at: row.accepted_at.to_jiff(),
            });
        }
        Ok(claimed)
    }

    /// Gives an event back, to be tried again after 2, 4, 8 ... seconds, at most five minutes.
    /// Its conversation waits for it. The error stays on the row. Does nothing where the lease is
    /// lost.
    ///
    /// # Errors
    /// Where the database fails: the event comes back when its lease runs out.
    #[instrument(name = "store.retry", skip_all, fields(inbox = %claimed.inbox))]
    pub async fn retry(&self, claimed: &ClaimedEvent, error: &str) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE inbox
             SET state = 'queued', worker = NULL, error = $3,
                 due_at = now() + make_interval(secs => least(300, power(2, least(attempts, 20))))
             WHERE id = $1 AND epoch = $2 AND state = 'claimed'",
            claimed.inbox.0,
            claimed.epoch,
            legible::words(error),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }

    /// Notes the message that says that the turn is under way, for the answer to take its place.
    /// Does nothing where the lease is lost.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.note_placeholder", skip_all, fields(inbox = %claimed.inbox))]
    pub async fn note_placeholder(
        &self,
        claimed: &ClaimedEvent,
        provider_id: &str,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE inbox SET placeholder = $3
             WHERE id = $1 AND epoch = $2 AND state = 'claimed'",
            claimed.inbox.0,
            claimed.epoch,
            legible::key(provider_id),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }

    /// The events of a workspace that were given up, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.parked", skip_all)]
    pub async fn parked(&self, workspace: WorkspaceId) -> Result<Vec<ParkedEvent>, StoreError> {
        let rows = sqlx::query!(
            r#"
            SELECT id, platform, event_id, attempts, error, accepted_at,
                finished_at AS "finished_at!"
            FROM inbox
            WHERE workspace_id = $1 AND state = 'parked'
            ORDER BY position
            "#,
            workspace.0,
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| ParkedEvent {
                inbox: InboxId(row.id),
                platform: Platform::stored(row.platform),
                event_id: row.event_id,
                attempts: row.attempts,
                error: row.error.unwrap_or_default(),
                accepted_at: row.accepted_at.to_jiff(),
                parked_at: row.finished_at.to_jiff(),
            })
            .collect())
    }

    /// Puts a parked event back to work, at the end of its conversation. What it is answered now
    /// is a message of its own; the failure it was answered before stays. False where no such
    /// event is parked.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.unpark", skip_all, fields(%inbox))]
    pub async fn unpark(&self, inbox: InboxId) -> Result<bool, StoreError> {
        // In the line it left, its conversation may be on lease already. The new position is drawn
        // under the conversation's lock, as in accept.
        let done = sqlx::query!(
            "WITH conversation AS (
                 SELECT conversations.id FROM conversations
                 JOIN inbox ON inbox.conversation_id = conversations.id
                 WHERE inbox.id = $1
                 FOR NO KEY UPDATE OF conversations
             )
             UPDATE inbox
             SET state = 'queued', position = DEFAULT, due_at = now(), finished_at = NULL,
                 attempts = 0, times_parked = times_parked + 1
             FROM conversation
             WHERE inbox.id = $1 AND inbox.state = 'parked'
                AND inbox.conversation_id = conversation.id",
            inbox.0,
        )
        .execute(&mut *self.connection().await?)
        .await?
        .rows_affected();
        if done > 0 {
            self.inbox_ready().notify_one();
        }
        Ok(done > 0)
    }

    async fn park(&self, inbox: InboxId, epoch: i64, error: &str) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE inbox SET state = 'parked', worker = NULL, error = $3, finished_at = now()
             WHERE id = $1 AND epoch = $2 AND state = 'claimed'",
            inbox.0,
            epoch,
            legible::words(error),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        self.inbox_ready().notify_one();
        Ok(())
    }
}

/// The kind of a stored space; the table allows no third.
pub(crate) fn kind(name: &str) -> SpaceKind {
    if name == "direct" {
        SpaceKind::Direct
    } else {
        SpaceKind::Channel
    }
}
