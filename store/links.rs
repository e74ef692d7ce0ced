//! One person behind several identities: a code given in one direct chat is typed in another.

use almanac_agent_contract::{PersonId, Platform, WorkspaceId};
use jiff::SignedDuration;
use tracing::instrument;

use crate::inbox::ClaimedEvent;
use crate::{Store, StoreError};

/// What became of a code that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linked {
    /// Both are one person now: all of the person's identities, as (platform, name).
    Joined(Vec<(Platform, Option<String>)>),
    /// It is the person's own.
    Already,
    /// There is no such code, or its time is over, or it was used.
    Unknown,
}

impl Store {
    /// Keeps the hash of a code that stands for a person, instead of any before it.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.offer_link", skip_all)]
    pub async fn offer_link(
        &self,
        workspace: WorkspaceId,
        person: PersonId,
        code_hash: &str,
        valid: SignedDuration,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "WITH before AS (
                 DELETE FROM link_codes WHERE person_id = $2 OR until <= now()
             )
             INSERT INTO link_codes (code_hash, workspace_id, person_id, until)
             VALUES ($3, $1, $2, now() + make_interval(secs => $4))",
            workspace.0,
            person.0,
            code_hash,
            valid.as_secs_f64(),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }

    /// Makes whoever typed the code the person it stands for: all that is theirs becomes that
    /// person's, in one transaction. The code is used up.
    ///
    /// # Errors
    /// Where the database fails: nothing is changed then.
    #[instrument(name = "store.redeem_link", skip_all, fields(inbox = %typed.inbox))]
    pub async fn redeem_link(
        &self,
        typed: &ClaimedEvent,
        code_hash: &str,
    ) -> Result<Linked, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = sqlx::Connection::begin(&mut *connection).await?;
        let into = sqlx::query_scalar!(
            "DELETE FROM link_codes
             WHERE workspace_id = $1 AND code_hash = $2 AND until > now()
             RETURNING person_id",
            typed.workspace.0,
            code_hash,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(into) = into else {
            return Ok(Linked::Unknown);
        };
        // The person as they are now: the event may have been accepted before another link.
        let from = sqlx::query_scalar!(
            "SELECT identities.person_id FROM inbox
             JOIN identities ON identities.id = inbox.identity_id
             WHERE inbox.id = $1",
            typed.inbox.0,
        )
        .fetch_one(&mut *transaction)
        .await?;
        if from == into {
            transaction.commit().await?;
            return Ok(Linked::Already);
        }
        for statement in [
            sqlx::query!(
                "UPDATE identities SET person_id = $2 WHERE person_id = $1",
                from,
                into
            ),
            sqlx::query!(
                "UPDATE inbox SET person_id = $2 WHERE person_id = $1",
                from,
                into
            ),
            sqlx::query!(
                "UPDATE messages SET person_id = $2 WHERE person_id = $1",
                from,
                into
            ),
            sqlx::query!(
                "UPDATE feedback SET person_id = $2
                 WHERE person_id = $1 AND NOT EXISTS (
                     SELECT FROM feedback AS kept
                     WHERE kept.inbox_id = feedback.inbox_id AND kept.person_id = $2
                 )",
                from,
                into
            ),
            sqlx::query!(
                "UPDATE schedules SET person_id = $2,
                     name = CASE WHEN EXISTS (
                         SELECT FROM schedules AS kept
                         WHERE kept.workspace_id = schedules.workspace_id
                             AND kept.person_id = $2 AND kept.name = schedules.name
                     ) THEN schedules.name || ' ' || left(schedules.id::text, 8)
                     ELSE schedules.name END
                 WHERE person_id = $1",
                from,
                into
            ),
            // What both have defined stays as the one they join has it.
            sqlx::query!(
                "UPDATE definitions SET valid_to = greatest(valid_from, now())
                 WHERE scope_kind = 'person' AND scope_id = $1::uuid::text AND valid_to IS NULL
                     AND EXISTS (
                         SELECT FROM definitions AS kept
                         WHERE kept.scope_kind = 'person' AND kept.scope_id = $2::uuid::text
                             AND kept.folded = definitions.folded AND kept.valid_to IS NULL
                     )",
                from,
                into
            ),
            sqlx::query!(
                "UPDATE definitions SET person_id = $2::uuid,
                     scope_id = CASE WHEN scope_kind = 'person' THEN $2::uuid::text
                         ELSE scope_id END
                 WHERE person_id = $1::uuid",
                from,
                into
            ),
        ] {
            statement.execute(&mut *transaction).await?;
        }
        sqlx::query!(
            "INSERT INTO audit (id, workspace_id, person_id, inbox_id, action, detail)
             VALUES ($1, $2, $3, $4, 'link', jsonb_build_object('joined', $5::uuid))",
            uuid::Uuid::now_v7(),
            typed.workspace.0,
            into,
            typed.inbox.0,
            from,
        )
        .execute(&mut *transaction)
        .await?;
        let identities = sqlx::query!(
            "SELECT platform, name FROM identities WHERE person_id = $1 ORDER BY created_at",
            into,
        )
        .fetch_all(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Linked::Joined(
            identities
                .into_iter()
                .map(|row| (Platform::stored(row.platform), row.name))
                .collect(),
        ))
    }

    /// Makes the identity of an event a person of its own again. What was said meanwhile stays with
    /// the person it was linked to. False where it was alone already.
    ///
    /// # Errors
    /// Where the database fails: nothing is changed then.
    #[instrument(name = "store.unlink", skip_all, fields(inbox = %event.inbox))]
    pub async fn unlink(&self, event: &ClaimedEvent) -> Result<bool, StoreError> {
        let apart = sqlx::query!(
            "WITH identity AS (
                 SELECT identities.id, identities.person_id, identities.name FROM inbox
                 JOIN identities ON identities.id = inbox.identity_id
                 WHERE inbox.id = $1 AND EXISTS (
                     SELECT FROM identities AS other
                     WHERE other.person_id = identities.person_id AND other.id <> identities.id
                 )
             ), person AS (
                 INSERT INTO people (id, workspace_id, name)
                 SELECT $2::uuid, $3, name FROM identity
                 RETURNING id
             ), noted AS (
                 INSERT INTO audit (id, workspace_id, person_id, inbox_id, action, detail)
                 SELECT $4::uuid, $3, identity.person_id, $1, 'unlink',
                     jsonb_build_object('apart', $2::uuid)
                 FROM identity
             )
             UPDATE identities SET person_id = person.id, told_at = NULL
             FROM identity, person
             WHERE identities.id = identity.id",
            event.inbox.0,
            PersonId::new().0,
            event.workspace.0,
            uuid::Uuid::now_v7(),
        )
        .execute(&mut *self.connection().await?)
        .await?
        .rows_affected();
        Ok(apart > 0)
    }
}
