//! Workspaces: the tenants. The server makes its own when it starts.

use almanac_agent_contract::{Settings, WorkspaceId};
use tracing::instrument;

use crate::{Store, StoreError, legible};

impl Store {
    /// The workspace of the settings' name, made if it is new, with its settings brought up to
    /// date.
    ///
    /// # Errors
    /// Where the database fails.
    #[instrument(name = "store.ensure_workspace", skip_all)]
    pub async fn ensure_workspace(&self, settings: &Settings) -> Result<WorkspaceId, StoreError> {
        let id = sqlx::query_scalar!(
            "INSERT INTO workspaces (id, name, settings) VALUES ($1, $2, $3::text::jsonb)
             ON CONFLICT (name) DO UPDATE SET settings = EXCLUDED.settings
             RETURNING id",
            WorkspaceId::new().0,
            legible::key(&settings.name),
            legible::json(settings)?,
        )
        .fetch_one(&mut *self.connection().await?)
        .await?;
        Ok(WorkspaceId(id))
    }
}
