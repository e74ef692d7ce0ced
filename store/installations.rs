//! Where platforms let Almanac in, and whether they still do. Adapters keep what opens them here,
//! sealed; the courier sends nothing through one that is parked.

use almanac_agent_contract::{Inbound, Installation, Platform, WorkspaceId};
use jiff::Timestamp;
use tracing::{error, instrument};

use crate::accept::accept_once;
use crate::{Seal, Store, StoreError, legible};

/// An installation through which nothing more is to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Parking<'a> {
    /// Which platform.
    pub platform: &'a Platform,
    /// The platform's own id of it.
    pub installation: &'a str,
    /// Why.
    pub reason: &'a str,
    /// What the admins are told, each on a channel of theirs.
    pub notices: &'a [Inbound],
}

impl Store {
    /// A platform's installations, or all. One whose secret does not open is there without it.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.installations", skip_all)]
    pub async fn installations(
        &self,
        workspace: WorkspaceId,
        platform: Option<&Platform>,
        seal: &Seal,
    ) -> Result<Vec<Installation>, StoreError> {
        let rows = sqlx::query!(
            "SELECT platform, installation, name, secret, parked_reason FROM installations
             WHERE workspace_id = $1 AND platform = COALESCE($2, platform)
             ORDER BY installed_at, installation",
            workspace.0,
            platform.map(Platform::as_str),
        )
        .fetch_all(&mut *self.connection().await?)
        .await?;
        let opened = rows.into_iter().map(|row| {
            let secret = row.secret.and_then(|kept| {
                let opened = seal.open(workspace, &kept);
                opened
                    .inspect_err(|cause| error!(installation = row.installation, %cause))
                    .ok()
            });
            Installation {
                platform: Platform::stored(row.platform),
                id: row.installation,
                name: row.name,
                secret,
                parked: row.parked_reason,
            }
        });
        Ok(opened.collect())
    }

    /// The moment, by the database's clock.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.now", skip_all)]
    pub async fn now(&self) -> Result<Timestamp, StoreError> {
        let now = sqlx::query_scalar!(r#"SELECT now() AS "now!: jiff_sqlx::Timestamp""#)
            .fetch_one(&mut *self.connection().await?)
            .await?;
        Ok(now.to_jiff())
    }

    /// Keeps an installation, or what is new about it. A name or a secret that is not given stays;
    /// so does that it was parked, if that was after the platform was `asked`, a moment that
    /// [`Self::now`] gave: what it said then is older than the news.
    ///
    /// # Errors
    /// Where the database fails, or no randomness is to be had.
    #[instrument(name = "store.keep_installation", skip_all, fields(platform = %installation.platform))]
    pub async fn keep_installation(
        &self,
        workspace: WorkspaceId,
        installation: &Installation,
        seal: &Seal,
        asked: Timestamp,
    ) -> Result<(), StoreError> {
        let secret = installation
            .secret
            .as_ref()
            .map(|secret| seal.seal(workspace, secret))
            .transpose()
            .map_err(|error| StoreError::Failed(sqlx::Error::Encode(error.into())))?;
        sqlx::query!(
            "INSERT INTO installations
                 (workspace_id, platform, installation, name, secret, parked_reason, parked_at)
             VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $6::text IS NOT NULL THEN now() END)
             ON CONFLICT (workspace_id, platform, installation) DO UPDATE
             SET name = COALESCE(EXCLUDED.name, installations.name),
                 secret = COALESCE(EXCLUDED.secret, installations.secret),
                 parked_reason = CASE WHEN EXCLUDED.parked_at IS NULL
                         AND installations.parked_at > $7
                     THEN installations.parked_reason ELSE EXCLUDED.parked_reason END,
                 parked_at = CASE WHEN EXCLUDED.parked_at IS NOT NULL
                         OR installations.parked_at > $7
                     THEN COALESCE(installations.parked_at, EXCLUDED.parked_at) END,
                 changed_at = now()",
            workspace.0,
            installation.platform.as_str(),
            legible::key(&installation.id),
            installation.name.as_deref().map(legible::words),
            secret,
            installation.parked.as_deref().map(legible::words),
            legible::moment(asked),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        // What waited for it may go.
        self.outbox_ready().notify_one();
        Ok(())
    }

    /// Sends nothing more through an installation. True where it was not parked before: then, and in
    /// the same transaction, the notices are accepted, so that whatever is parked was told of.
    ///
    /// # Errors
    /// Where the database fails: nothing is parked then, and nobody told.
    #[instrument(name = "store.park_installation", skip_all, fields(platform = %parking.platform))]
    pub async fn park_installation(
        &self,
        workspace: WorkspaceId,
        parking: Parking<'_>,
    ) -> Result<bool, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = sqlx::Connection::begin(&mut *connection).await?;
        let parked = sqlx::query!(
            "INSERT INTO installations
                 (workspace_id, platform, installation, parked_reason, parked_at)
             VALUES ($1, $2, $3, $4, now())
             ON CONFLICT (workspace_id, platform, installation) DO UPDATE
             SET parked_reason = EXCLUDED.parked_reason, parked_at = now(), changed_at = now()
             WHERE installations.parked_at IS NULL",
            workspace.0,
            parking.platform.as_str(),
            legible::key(parking.installation),
            legible::words(parking.reason),
        )
        .execute(&mut *transaction)
        .await?
        .rows_affected();
        if parked == 0 {
            return Ok(false);
        }
        for notice in parking.notices {
            // One that is being accepted elsewhere at this moment is as good.
            accept_once(&mut transaction, workspace, notice).await?;
        }
        transaction.commit().await?;
        self.inbox_ready().notify_one();
        Ok(true)
    }

    /// Seals every secret of a workspace anew, in one transaction. How many there were.
    ///
    /// # Errors
    /// Where one does not open with the old key: nothing is changed then.
    #[instrument(name = "store.reseal", skip_all)]
    pub async fn reseal(
        &self,
        workspace: WorkspaceId,
        old: &Seal,
        new: &Seal,
    ) -> Result<usize, StoreError> {
        let failed =
            |error: crate::seal::Sealed| StoreError::Failed(sqlx::Error::Decode(error.into()));
        let mut connection = self.connection().await?;
        let mut transaction = sqlx::Connection::begin(&mut *connection).await?;
        let rows = sqlx::query!(
            r#"SELECT platform, installation, secret AS "secret!" FROM installations
               WHERE workspace_id = $1 AND secret IS NOT NULL FOR UPDATE"#,
            workspace.0,
        )
        .fetch_all(&mut *transaction)
        .await?;
        for row in &rows {
            let secret = old.open(workspace, &row.secret).map_err(failed)?;
            let sealed = new.seal(workspace, &secret).map_err(failed)?;
            sqlx::query!(
                "UPDATE installations SET secret = $4, changed_at = now()
                 WHERE workspace_id = $1 AND platform = $2 AND installation = $3",
                workspace.0,
                row.platform,
                row.installation,
                sealed,
            )
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(rows.len())
    }
}
