//! Claims deliveries from the outbox and hands each to its platform's adapter. What became of it
//! is recorded: sent, to be tried again, unknown, or failed; never silence.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{SendError, WorkspaceId};
use almanac_store::{Claim, ClaimedDelivery, Served, Store, StoreError};
use jiff::SignedDuration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::worker::Adapters;

/// Longer than any platform takes to answer.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Deliveries claimed at once.
const BATCH: u32 = 32;
/// Looks for deliveries that nobody woke it for: retries that fall due, replies of another
/// replica.
const POLL: Duration = Duration::from_millis(500);

/// Sends.
pub(crate) struct Courier {
    /// Where deliveries wait.
    pub(crate) store: Store,
    /// Whose they are.
    pub(crate) workspace: WorkspaceId,
    /// Who sends them.
    pub(crate) adapters: Arc<Adapters>,
    /// Its name in the rows it claims.
    pub(crate) name: String,
}

impl Courier {
    /// Sends until it is stopped, and finishes what it has begun.
    pub(crate) async fn run(self, stop: CancellationToken) {
        let courier = Arc::new(self);
        let serves: Vec<_> = courier
            .adapters
            .values()
            .map(|adapter| Served {
                platform: adapter.platform(),
                is_idempotent: adapter.is_idempotent(),
            })
            .collect();
        while !stop.is_cancelled() {
            let claimed = courier.claim(&serves).await;
            if claimed.is_empty() {
                tokio::select! {
                    () = courier.store.outbox_ready().notified() => {}
                    () = tokio::time::sleep(POLL) => {}
                    () = stop.cancelled() => {}
                }
                continue;
            }
            let mut sending = JoinSet::new();
            for delivery in claimed {
                let courier = courier.clone();
                sending.spawn(async move { courier.deliver(delivery).await });
            }
            while sending.join_next().await.is_some() {}
        }
    }

    async fn claim(&self, serves: &[Served]) -> Vec<ClaimedDelivery> {
        let claim = Claim {
            workspace: self.workspace,
            by: &self.name,
            batch: BATCH,
            lease: LEASE,
        };
        let claimed = self.store.claim_outbox(claim, serves).await;
        claimed.unwrap_or_else(|error| {
            tracing::error!(%error, "no deliveries could be claimed");
            Vec::new()
        })
    }

    #[tracing::instrument(name = "courier.deliver", skip_all, fields(outbox = %claimed.delivery.id))]
    async fn deliver(&self, claimed: ClaimedDelivery) {
        let Some(adapter) = self.adapters.get(&claimed.platform) else {
            return;
        };
        let recorded = match adapter.send(&claimed.delivery).await {
            Ok(receipt) => self.store.sent(&claimed, &receipt).await,
            Err(error) => self.record(&claimed, &error).await,
        };
        if let Err(error) = recorded {
            // The lease runs out by itself; the row then says that nobody knows.
            tracing::error!(%error, "what became of the delivery was not recorded");
        }
    }

    async fn record(&self, claimed: &ClaimedDelivery, error: &SendError) -> Result<(), StoreError> {
        tracing::warn!(%error, platform = %claimed.platform, "a delivery did not go out");
        match error {
            SendError::Retry { reason, after } => {
                self.store.retry_delivery(claimed, reason, *after).await
            }
            SendError::Unknown(reason) => self.store.delivery_unknown(claimed, reason).await,
            SendError::Refused(reason) => self.store.delivery_failed(claimed, reason).await,
        }
    }
}
