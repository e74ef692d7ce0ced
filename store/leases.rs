//! What one replica at a time may do: whoever has the row and has not let it run out.

use almanac_agent_contract::WorkspaceId;
use jiff::SignedDuration;
use tracing::instrument;

use crate::{Store, StoreError, legible};

impl Store {
    /// Takes or renews a lease, by the database's clock. False while another holder has it.
    ///
    /// # Errors
    /// Where the database fails: the lease is not held then.
    #[instrument(name = "store.hold_lease", skip_all, fields(name))]
    pub async fn hold_lease(
        &self,
        workspace: WorkspaceId,
        name: &str,
        holder: &str,
        length: SignedDuration,
    ) -> Result<bool, StoreError> {
        let held = sqlx::query!(
            "INSERT INTO leases (workspace_id, name, holder, until)
             VALUES ($1, $2, $3, now() + make_interval(secs => $4))
             ON CONFLICT (workspace_id, name) DO UPDATE
             SET holder = EXCLUDED.holder, until = EXCLUDED.until
             WHERE leases.holder = EXCLUDED.holder OR leases.until <= now()",
            workspace.0,
            legible::key(name),
            legible::key(holder),
            length.as_secs_f64(),
        )
        .execute(&mut *self.connection().await?)
        .await?
        .rows_affected();
        Ok(held > 0)
    }

    /// Gives a lease back; does nothing where another has it.
    ///
    /// # Errors
    /// Where the database fails: it runs out by itself then.
    #[instrument(name = "store.release_lease", skip_all, fields(name))]
    pub async fn release_lease(
        &self,
        workspace: WorkspaceId,
        name: &str,
        holder: &str,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "DELETE FROM leases WHERE workspace_id = $1 AND name = $2 AND holder = $3",
            workspace.0,
            legible::key(name),
            legible::key(holder),
        )
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }
}
