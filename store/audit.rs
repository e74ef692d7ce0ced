//! Who did what. Admins read and export it; the database refuses to change it.

use almanac_agent_contract::{ConversationId, InboxId, PersonId, WorkspaceId};
use jiff::Timestamp;
use serde_json::{Value as Json, json};
use sqlx::Connection as _;
use tracing::instrument;
use uuid::Uuid;

use crate::{Store, StoreError, legible};

/// One thing done.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// Its place in the log: higher is later.
    pub position: i64,
    /// When, by the database's clock.
    pub at: Timestamp,
    /// Who did it; `None` for Almanac itself and where the person was erased.
    pub person: Option<PersonId>,
    /// Where.
    pub conversation: Option<ConversationId>,
    /// In answer to what.
    pub inbox: Option<InboxId>,
    /// What was done: "turn", "settings", "erased".
    pub action: String,
    /// The particulars. Null where they were erased.
    pub detail: Json,
}

impl Store {
    /// Adds to the log what did not come of a turn; [`Store::finish`] adds turns.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.append_audit", skip_all, fields(action))]
    pub async fn append_audit(
        &self,
        workspace: WorkspaceId,
        person: Option<PersonId>,
        action: &str,
        detail: &Json,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO audit (id, workspace_id, person_id, action, detail)
             VALUES ($1, $2, $3, $4, $5::text::jsonb)",
            Uuid::now_v7(),
            workspace.0,
            person.map(|person| person.0),
            legible::words(action),
            legible::json(detail)?,
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }

    /// Up to `limit` rows of a workspace's log after position `after` (0 for the beginning), oldest
    /// first.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.audit", skip_all)]
    pub async fn audit(
        &self,
        workspace: WorkspaceId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let rows = sqlx::query!(
            "SELECT position, at, person_id, conversation_id, inbox_id, action, detail
             FROM audit WHERE workspace_id = $1 AND position > $2
             ORDER BY position LIMIT $3",
            workspace.0,
            after,
            i64::from(limit),
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| AuditRow {
                position: row.position,
                at: row.at.to_jiff(),
                person: row.person_id.map(PersonId),
                conversation: row.conversation_id.map(ConversationId),
                inbox: row.inbox_id.map(InboxId),
                action: row.action,
                detail: row.detail,
            })
            .collect())
    }

    /// Takes a person out of the log: who and the particulars go, that something was done stays,
    /// and so does a row that says how much was erased. This is the one way in which the log
    /// changes. Gives the number of rows blanked.
    ///
    /// # Errors
    /// Where the database fails: nothing is erased.
    #[instrument(name = "store.erase_audit", skip_all)]
    pub async fn erase_audit(
        &self,
        workspace: WorkspaceId,
        person: PersonId,
    ) -> Result<u64, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        sqlx::query!("SET LOCAL almanac.erasure = 'on'")
            .execute(&mut *transaction)
            .await?;
        let erased = sqlx::query!(
            "UPDATE audit SET person_id = NULL, detail = 'null'
             WHERE workspace_id = $1 AND person_id = $2",
            workspace.0,
            person.0,
        )
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        sqlx::query!(
            "INSERT INTO audit (id, workspace_id, action, detail) VALUES ($1, $2, 'erased', $3)",
            Uuid::now_v7(),
            workspace.0,
            json!({ "audit_rows": erased }),
        )
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(erased)
    }
}
