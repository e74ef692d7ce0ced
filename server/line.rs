//! The line as platforms see it, over the store.

use almanac_agent_contract::{
    Accepted, Content, Inbound, Line, LineError, Message, Platform, Reply, Space, WorkspaceId,
};
use almanac_store::{Answered, Store, StoreError};
use async_trait::async_trait;

use crate::dying::may_die;

/// One workspace's line.
#[derive(Debug, Clone)]
pub struct StoreLine {
    /// Where events become durable.
    pub store: Store,
    /// Whose they are.
    pub workspace: WorkspaceId,
}

#[async_trait]
impl Line for StoreLine {
    async fn accept(&self, inbound: Inbound) -> Result<Accepted, LineError> {
        let accepted = self
            .store
            .accept(self.workspace, &inbound)
            .await
            .map_err(unavailable)?;
        if let Content::Edited { message, .. } | Content::Deleted { message } = &inbound.content
            && !accepted.duplicate
            && let Err(error) = self.store.withdraw(accepted.inbox, message).await
        {
            // The question is answered as it was, then; this event comes after it.
            tracing::error!(%error, "a question was not withdrawn");
        }
        may_die("line.accepted");
        Ok(accepted)
    }

    async fn answer(
        &self,
        platform: &Platform,
        installation: &str,
        event_id: &str,
    ) -> Result<Option<Reply>, LineError> {
        let answered = self
            .store
            .answer(self.workspace, platform, installation, event_id)
            .await
            .map_err(unavailable)?;
        match answered {
            Answered::Unknown => Err(LineError::Unknown),
            Answered::NotYet => Ok(None),
            Answered::Reply(reply) => Ok(Some(*reply)),
        }
    }

    async fn history(
        &self,
        platform: &Platform,
        space: &Space,
        limit: u32,
    ) -> Result<Vec<Message>, LineError> {
        self.store
            .history(self.workspace, platform, space, limit)
            .await
            .map_err(unavailable)
    }
}

pub(crate) fn unavailable(error: StoreError) -> LineError {
    tracing::error!(%error, "the store did not do it");
    LineError::Unavailable(error.to_string())
}
