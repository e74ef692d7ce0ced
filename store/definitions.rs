//! What people mean by their words, each in the scope of whoever said so. Memory decides which one
//! counts for a turn; the tools keep, list and forget them.
//!
//! Whose words are seen and changed follows from the turn's [`Scope`] alone.

use almanac_agent_contract::{Scope, Term, TermScope};
use tracing::instrument;
use uuid::Uuid;

use crate::{Store, StoreError, legible};

/// A definition to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDefinition<'a> {
    /// Whose it is to be.
    pub scope: TermScope,
    /// The phrase as the person wrote it.
    pub phrase: &'a str,
    /// The phrase as it is compared.
    pub folded: &'a str,
    /// The metric's name in the catalogue.
    pub metric: &'a str,
}

/// What became of a definition that was to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Defined {
    /// It is kept.
    New,
    /// It is kept, and took the place of one that meant this metric.
    Instead(String),
    /// That was meant already.
    Known,
    /// There is no channel here.
    NoChannel,
    /// There are [`MAX_DEFINITIONS`] already.
    TooMany,
}

/// Definitions in force of one person or one channel, at most.
pub const MAX_DEFINITIONS: u32 = 200;

impl Store {
    /// Keeps a definition in the name of the scope's person. The one it contradicts ends where it
    /// begins.
    ///
    /// # Errors
    /// [`StoreError::Refused`] for one of the whole workspace; where the database fails.
    #[instrument(name = "store.define", skip_all, fields(inbox = %scope.inbox))]
    pub async fn define(
        &self,
        scope: &Scope,
        new: NewDefinition<'_>,
    ) -> Result<Defined, StoreError> {
        if new.scope == TermScope::Workspace {
            return Err(StoreError::Refused(
                "nobody may define words for the whole workspace yet",
            ));
        }
        // Somebody else in the channel may define the phrase at this very moment: what is neither
        // written nor seen by the statement's snapshot is seen by the next.
        for _ in 0..3 {
            if let Some(defined) = self.define_once(scope, new).await? {
                return Ok(defined);
            }
        }
        Err(StoreError::Unavailable(sqlx::Error::RowNotFound))
    }

    async fn define_once(
        &self,
        scope: &Scope,
        new: NewDefinition<'_>,
    ) -> Result<Option<Defined>, StoreError> {
        let row = sqlx::query!(
            r#"
            WITH owner AS (
                SELECT CASE $3::text
                    WHEN 'person' THEN $4::uuid::text
                    ELSE (
                        SELECT json_build_array(platform, installation, space_id)::text
                        FROM conversations
                        WHERE id = $5 AND workspace_id = $2 AND kind = 'channel'
                    )
                END AS id
            ), in_force AS (
                SELECT definitions.folded, definitions.metric FROM definitions, owner
                WHERE workspace_id = $2 AND scope_kind = $3 AND scope_id = owner.id
                    AND valid_to IS NULL
            ), known AS (
                SELECT FROM in_force WHERE folded = $7 AND metric = $8
            ), room AS (
                SELECT FROM in_force WHERE folded <> $7 HAVING count(*) < $11::bigint
            ), before AS (
                UPDATE definitions
                SET valid_to = greatest(valid_from, $10::timestamptz), superseded_by = $1
                FROM owner
                WHERE workspace_id = $2 AND scope_kind = $3 AND scope_id = owner.id
                    AND folded = $7 AND valid_to IS NULL AND metric <> $8
                RETURNING metric
            ), made AS (
                INSERT INTO definitions
                    (id, workspace_id, scope_kind, scope_id, phrase, folded, metric, inbox_id,
                     person_id, valid_from)
                SELECT $1::uuid, $2, $3, owner.id, $6::text, $7::text, $8::text, $9::uuid, $4,
                    $10
                FROM owner CROSS JOIN room LEFT JOIN before ON true
                WHERE owner.id IS NOT NULL AND NOT EXISTS (SELECT FROM known)
                ON CONFLICT (workspace_id, scope_kind, scope_id, folded) WHERE valid_to IS NULL
                DO NOTHING
                RETURNING id
            )
            SELECT owner.id IS NOT NULL AS "owned!", EXISTS (SELECT FROM known) AS "known!",
                EXISTS (SELECT FROM room) AS "room!", EXISTS (SELECT FROM made) AS "made!",
                (SELECT metric FROM before) AS before
            FROM owner
            "#,
            Uuid::now_v7(),
            scope.workspace.0,
            kind(new.scope),
            scope.person.0,
            scope.conversation.0,
            legible::words(new.phrase),
            legible::key(new.folded),
            legible::words(new.metric),
            scope.inbox.0,
            legible::moment(scope.now),
            i64::from(MAX_DEFINITIONS),
        )
        .fetch_one(&mut *self.connection().await?)
        .await?;
        Ok(match row.before {
            _ if !row.owned => Some(Defined::NoChannel),
            _ if row.known => Some(Defined::Known),
            _ if !row.room => Some(Defined::TooMany),
            _ if !row.made => None,
            Some(metric) => Some(Defined::Instead(metric)),
            None => Some(Defined::New),
        })
    }

    /// The definitions in force where this turn is taken, by phrase, the nearest to the asker
    /// first: the person's own, the channel's, the workspace's. Each with its folded phrase.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.definitions", skip_all, fields(inbox = %scope.inbox))]
    pub async fn definitions(&self, scope: &Scope) -> Result<Vec<(String, Term)>, StoreError> {
        let rows = sqlx::query!(
            "SELECT folded, phrase, metric, scope_kind FROM definitions
             WHERE workspace_id = $1 AND valid_to IS NULL AND (
                 scope_kind = 'person' AND scope_id = $2::uuid::text
                 OR scope_kind = 'channel' AND scope_id = (
                     SELECT json_build_array(platform, installation, space_id)::text
                     FROM conversations
                     WHERE id = $3 AND workspace_id = $1 AND kind = 'channel'
                 )
                 OR scope_kind = 'workspace'
             )
             ORDER BY folded, array_position(ARRAY['person', 'channel', 'workspace'], scope_kind)",
            scope.workspace.0,
            scope.person.0,
            scope.conversation.0,
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let term = Term {
                    phrase: row.phrase,
                    metric: row.metric,
                    scope: of_kind(&row.scope_kind),
                };
                (row.folded, term)
            })
            .collect())
    }

    /// Ends the definition of a phrase that is nearest to the asker: their own, else the channel's.
    /// `None` where there is neither.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.retract_definition", skip_all, fields(inbox = %scope.inbox))]
    pub async fn retract_definition(
        &self,
        scope: &Scope,
        folded: &str,
    ) -> Result<Option<Term>, StoreError> {
        let row = sqlx::query!(
            "UPDATE definitions SET valid_to = greatest(valid_from, $5::timestamptz)
             WHERE id = (
                 SELECT id FROM definitions
                 WHERE workspace_id = $1 AND valid_to IS NULL AND folded = $4 AND (
                     scope_kind = 'person' AND scope_id = $2::uuid::text
                     OR scope_kind = 'channel' AND scope_id = (
                         SELECT json_build_array(platform, installation, space_id)::text
                         FROM conversations
                         WHERE id = $3 AND workspace_id = $1 AND kind = 'channel'
                     )
                 )
                 ORDER BY array_position(ARRAY['person', 'channel'], scope_kind)
                 LIMIT 1
             )
             RETURNING phrase, metric, scope_kind",
            scope.workspace.0,
            scope.person.0,
            scope.conversation.0,
            legible::key(folded),
            legible::moment(scope.now),
        )
        .fetch_optional(&mut *self.connection().await?)
        .await?;
        Ok(row.map(|row| Term {
            phrase: row.phrase,
            metric: row.metric,
            scope: of_kind(&row.scope_kind),
        }))
    }
}

const fn kind(scope: TermScope) -> &'static str {
    match scope {
        TermScope::Person => "person",
        TermScope::Channel => "channel",
        TermScope::Workspace => "workspace",
    }
}

/// The table's own check leaves no other kind.
fn of_kind(kind: &str) -> TermScope {
    match kind {
        "person" => TermScope::Person,
        "channel" => TermScope::Channel,
        _ => TermScope::Workspace,
    }
}
