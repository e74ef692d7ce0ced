//! What is done at set times. The scheduler asks for each time it was due whether it is the first
//! to do it.

use almanac_agent_contract::{ConversationId, PersonId, WorkspaceId};
use jiff::Timestamp;
use serde_json::Value as Json;
use tracing::instrument;
use uuid::Uuid;

use crate::{Store, StoreError, legible};

/// A schedule's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScheduleId(pub Uuid);

/// Something to do at set times.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// Its row.
    pub id: ScheduleId,
    /// The tenant.
    pub workspace: WorkspaceId,
    /// Whose it is.
    pub person: PersonId,
    /// Where its message goes.
    pub conversation: ConversationId,
    /// Its name; a person's schedules have different ones.
    pub name: String,
    /// When and what, in the scheduler's own words.
    pub spec: Json,
    /// Not done for the time being.
    pub paused: bool,
}

impl Store {
    /// Keeps a new schedule.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where the person has one of that name; where the database fails.
    #[instrument(name = "store.insert_schedule", skip_all)]
    pub async fn insert_schedule(&self, schedule: &Schedule) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO schedules
                 (id, workspace_id, person_id, conversation_id, name, spec, paused)
             VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7)",
            schedule.id.0,
            schedule.workspace.0,
            schedule.person.0,
            schedule.conversation.0,
            legible::key(&schedule.name),
            legible::json(&schedule.spec)?,
            schedule.paused,
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }

    /// The schedules of a workspace, oldest first.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.schedules", skip_all)]
    pub async fn schedules(&self, workspace: WorkspaceId) -> Result<Vec<Schedule>, StoreError> {
        let rows = sqlx::query!(
            "SELECT id, person_id, conversation_id, name, spec, paused
             FROM schedules WHERE workspace_id = $1 ORDER BY created_at, id",
            workspace.0,
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| Schedule {
                id: ScheduleId(row.id),
                workspace,
                person: PersonId(row.person_id),
                conversation: ConversationId(row.conversation_id),
                name: row.name,
                spec: row.spec,
                paused: row.paused,
            })
            .collect())
    }

    /// True once for each time a schedule is due, whichever replica asks first; false for all that
    /// ask later and where the schedule is gone.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.record_occurrence", skip_all)]
    pub async fn record_occurrence(
        &self,
        schedule: ScheduleId,
        due: Timestamp,
    ) -> Result<bool, StoreError> {
        let first = sqlx::query!(
            "INSERT INTO schedule_occurrences (schedule_id, due_utc, workspace_id)
             SELECT id, $2::timestamptz, workspace_id FROM schedules WHERE id = $1
             ON CONFLICT (schedule_id, due_utc) DO NOTHING",
            schedule.0,
            legible::moment(due),
        )
        .execute(&mut *self.connection().await?)
        .await?
        .rows_affected();
        Ok(first > 0)
    }
}
