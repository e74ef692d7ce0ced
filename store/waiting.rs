//! Questions that wait for their turn, so that whoever asked is shown that they do.
//!
//! What is being shown is held back from workers for a moment: the message that says so is known
//! before anybody answers, however many replicas there are, and the answer takes its place.

use almanac_agent_contract::{
    Content, Inbound, InboxId, Language, Origin, Platform, Sender, Space, WorkspaceId,
};
use jiff::SignedDuration;
use tracing::{instrument, warn};

use crate::inbox::kind;
use crate::{Store, StoreError, legible};

/// Which questions are looked for.
#[derive(Debug, Clone, Copy)]
pub struct LookFor<'a> {
    /// Whose.
    pub workspace: WorkspaceId,
    /// Of these platforms.
    pub platforms: &'a [Platform],
    /// Where a stranger is not answered: the platforms that are open to anybody.
    pub open: &'a [Platform],
    /// They have waited for so long.
    pub since: SignedDuration,
    /// As many may be shown as waiting at a time.
    pub most: u32,
}

/// A question that nobody has begun with.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitingEvent {
    /// Its row.
    pub inbox: InboxId,
    /// The event, as it was accepted.
    pub inbound: Inbound,
}

impl Store {
    /// The questions that wait and are not shown to, oldest first: of each conversation the first,
    /// and no more than there is room for beside those that are shown already.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.waiting", skip_all)]
    pub async fn waiting(&self, look: LookFor<'_>) -> Result<Vec<WaitingEvent>, StoreError> {
        let named = |all: &[Platform]| all.iter().map(Platform::to_string).collect::<Vec<_>>();
        let rows = sqlx::query!(
            r#"
            SELECT event.id, event.platform, event.installation, event.event_id,
                event.message_id, event.handle, event.private, event.language,
                conversations.space_id, conversations.kind, conversations.thread,
                identities.user_id, identities.name,
                messages.body::text AS "body!", messages.at
            FROM inbox AS event
            JOIN conversations ON conversations.id = event.conversation_id
            JOIN identities ON identities.id = event.identity_id
            JOIN messages ON messages.inbox_id = event.id AND messages.side = 'person'
            WHERE event.workspace_id = $1 AND event.state = 'queued' AND event.attempts = 0
                AND event.shown_at IS NULL AND event.due_at <= now()
                AND event.accepted_at <= now() - make_interval(secs => $2)
                AND event.platform = ANY ($3::text[])
                AND messages.body ->> 'type' IN ('text', 'chosen')
                AND NOT EXISTS (
                    SELECT FROM inbox AS earlier
                    WHERE earlier.conversation_id = event.conversation_id
                        AND earlier.position < event.position
                        AND earlier.state IN ('queued', 'claimed')
                )
                AND (event.platform <> ALL ($4::text[]) OR EXISTS (
                    SELECT FROM identities AS other
                    WHERE other.person_id = identities.person_id
                        AND other.platform <> ALL ($4)
                ))
            ORDER BY event.position
            LIMIT greatest(0, $5::bigint - (
                SELECT count(*) FROM inbox
                WHERE workspace_id = $1 AND state = 'queued' AND shown_at IS NOT NULL
            ))
            "#,
            look.workspace.0,
            look.since.as_secs_f64(),
            &named(look.platforms),
            &named(look.open),
            i64::from(look.most),
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        let waiting = rows.into_iter().filter_map(|row| {
            let inbox = InboxId(row.id);
            let content: Content = serde_json::from_str(&row.body)
                .inspect_err(|error| warn!(%inbox, %error, "a question cannot be read"))
                .ok()?;
            Some(WaitingEvent {
                inbox,
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
            })
        });
        Ok(waiting.collect())
    }

    /// Holds questions back from workers for this long at most, because it is shown now that they
    /// wait. Those that are held; not one that somebody has begun with, and none twice.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.hold", skip_all)]
    pub async fn hold(
        &self,
        events: &[InboxId],
        length: SignedDuration,
    ) -> Result<Vec<InboxId>, StoreError> {
        let events: Vec<_> = events.iter().map(|event| event.0).collect();
        let held = sqlx::query_scalar!(
            "UPDATE inbox
             SET shown_at = now(), due_at = now() + make_interval(secs => $2)
             WHERE id = ANY ($1) AND state = 'queued' AND attempts = 0 AND shown_at IS NULL
             RETURNING id",
            &events,
            length.as_secs_f64(),
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(held.into_iter().map(InboxId).collect())
    }

    /// Lets workers have a question again, and notes the message that says that it waits, for the
    /// answer to take its place.
    ///
    /// # Errors
    /// Where the database fails: workers have it when it was held for as long as was said.
    #[instrument(name = "store.let_go", skip_all, fields(%event))]
    pub async fn let_go(
        &self,
        event: InboxId,
        placeholder: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE inbox
             SET placeholder = COALESCE(placeholder, $2),
                 due_at = CASE WHEN state = 'queued' AND attempts = 0 THEN now() ELSE due_at END
             WHERE id = $1",
            event.0,
            placeholder.map(legible::key),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        self.inbox_ready().notify_one();
        Ok(())
    }
}
