//! Claims deliveries from the outbox and hands each to its platform's adapter. What became of it
//! is recorded: sent, to be tried again, unknown, or failed; never silence.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{
    Adapter, Installations, Limit, Receipt, Recovery, SendError, WorkspaceId,
};
use almanac_store::{Claim, ClaimedDelivery, Served, Store, StoreError};
use jiff::SignedDuration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::dying::may_die;
use crate::pacer::{Leaving, Pacer};
use crate::worker::Adapters;

/// Longer than a delivery takes from claim to receipt.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Longer than any platform takes to answer.
const PATIENCE: Duration = Duration::from_secs(45);
/// Deliveries under way at once.
const AT_ONCE: usize = 64;
/// Looks for deliveries that nobody woke it for: retries that fall due, replies of another
/// replica.
const POLL: Duration = Duration::from_millis(500);
/// A delivery whose time is nearer than this is waited for; one whose time is later is given back.
const SOON: Duration = Duration::from_secs(1);
/// A receipt that was lost is looked for after this long.
const RECHECK: SignedDuration = SignedDuration::from_secs(2);
/// Tries, after which a delivery has failed: with the waits between them, over an hour.
const MOST_TRIES: i32 = 20;

/// Sends.
pub(crate) struct Courier {
    /// Where deliveries wait.
    pub(crate) store: Store,
    /// Whose they are.
    pub(crate) workspace: WorkspaceId,
    /// Who sends them.
    pub(crate) adapters: Arc<Adapters>,
    /// Where installations that are closed to us are parked.
    pub(crate) installations: Arc<dyn Installations>,
    /// When they may leave.
    pub(crate) pacer: Arc<Pacer>,
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
                recovery: adapter.recovery(),
            })
            .collect();
        let places = Arc::new(Semaphore::new(AT_ONCE));
        let mut sending = JoinSet::new();
        while !stop.is_cancelled() {
            while sending.try_join_next().is_some() {}
            let free = u32::try_from(places.available_permits()).unwrap_or(0);
            let claimed = match free {
                0 => Vec::new(),
                free => courier.claim(&serves, free).await,
            };
            if claimed.is_empty() {
                tokio::select! {
                    () = courier.store.outbox_ready().notified() => {}
                    () = tokio::time::sleep(POLL) => {}
                    () = stop.cancelled() => {}
                }
                continue;
            }
            for delivery in claimed {
                let Ok(place) = places.clone().acquire_owned().await else {
                    return;
                };
                let courier = courier.clone();
                sending.spawn(async move {
                    courier.deliver(delivery).await;
                    drop(place);
                    // There is room for what was not claimed.
                    courier.store.outbox_ready().notify_one();
                });
            }
        }
        while sending.join_next().await.is_some() {}
    }

    async fn claim(&self, serves: &[Served], free: u32) -> Vec<ClaimedDelivery> {
        let claim = Claim {
            workspace: self.workspace,
            by: &self.name,
            batch: free,
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
        may_die("courier.claimed");
        let Some(adapter) = self.adapters.get(&claimed.platform) else {
            return;
        };
        let leaving = Leaving::delivery(&claimed, adapter.as_ref());
        let wait = self.pacer.wait(&leaving);
        let wait = if wait.is_zero() || wait > SOON {
            wait
        } else {
            tokio::time::sleep(wait).await;
            self.pacer.wait(&leaving)
        };
        let recorded = if wait.is_zero() {
            match sent(adapter.as_ref(), &claimed).await {
                Ok(receipt) => {
                    self.pacer.posted(&leaving, receipt.posted);
                    may_die("courier.sent");
                    self.store.sent(&claimed, &receipt).await
                }
                Err(error) => {
                    if let SendError::Limited {
                        after, everywhere, ..
                    } = error
                    {
                        self.pacer.pause(&leaving, Limit { after, everywhere });
                    }
                    self.record(&claimed, error, adapter.recovery()).await
                }
            }
        } else {
            self.store.delay_delivery(&claimed, signed(wait)).await
        };
        if let Err(error) = recorded {
            // The lease runs out by itself; the row then says that nobody knows.
            tracing::error!(%error, "what became of the delivery was not recorded");
        }
        may_die("courier.recorded");
    }

    async fn record(
        &self,
        claimed: &ClaimedDelivery,
        error: SendError,
        recovery: Recovery,
    ) -> Result<(), StoreError> {
        tracing::warn!(%error, platform = %claimed.platform, "a delivery did not go out");
        let last = claimed.attempts >= MOST_TRIES;
        match error {
            SendError::Limited { after, .. } => self.store.delay_delivery(claimed, after).await,
            SendError::Retry(reason) if last && !claimed.doubtful => {
                self.store.delivery_failed(claimed, &reason).await
            }
            // What may have been sent must not be sent again because it could not be looked up.
            SendError::Retry(reason) if !claimed.doubtful => {
                self.store.retry_delivery(claimed, &reason).await
            }
            SendError::Retry(reason) | SendError::Unknown(reason) => {
                if last || recovery == Recovery::Surface {
                    self.store.delivery_unknown(claimed, &reason).await
                } else {
                    self.store.doubt_delivery(claimed, &reason, RECHECK).await
                }
            }
            SendError::Refused(reason) => self.store.delivery_failed(claimed, &reason).await,
            SendError::Gone(reason) => self.store.delivery_gone(claimed, &reason).await,
            SendError::Revoked(reason) => {
                let installation = &claimed.delivery.installation;
                let parked = self
                    .installations
                    .park(&claimed.platform, installation, &reason)
                    .await;
                if let Err(error) = parked {
                    tracing::error!(%error, "a closed installation could not be parked");
                }
                // It waits until the installation is open again.
                self.store.delay_delivery(claimed, RECHECK).await
            }
        }
    }
}

/// Sends, but for what was sent before and is there.
async fn sent(adapter: &dyn Adapter, claimed: &ClaimedDelivery) -> Result<Receipt, SendError> {
    let delivery = &claimed.delivery;
    let sending = async {
        if claimed.doubtful
            && adapter.recovery() == Recovery::LookUp
            && let Some(receipt) = adapter.find(delivery).await?
        {
            return Ok(receipt);
        }
        adapter.send(delivery).await
    };
    tokio::time::timeout(PATIENCE, sending)
        .await
        .unwrap_or_else(|_| {
            let seconds = PATIENCE.as_secs();
            let reason = format!("the platform did not answer in {seconds} seconds");
            Err(SendError::Unknown(reason))
        })
}

fn signed(wait: Duration) -> SignedDuration {
    SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX)
}
