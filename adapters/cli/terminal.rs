//! `almanac ask` and `almanac chat` wait here for their answer: the courier sends it, the command
//! that asked prints it.
//!
//! An answer that nobody waits for (the command was stopped) is dropped: it stays in the
//! conversation's history.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use almanac_agent_contract::{
    Adapter, Delivery, Platform, Progress, Receipt, Recovery, SendError, Shown, Space, Working,
};
use async_trait::async_trait;
use tokio::sync::{broadcast, oneshot};
use tracing::instrument;

/// The command line's name.
pub const CLI: Platform = Platform::named("cli");

/// Its one installation: this machine.
pub const LOCAL: &str = "local";

/// Progress is for the eye: a reader that falls this far behind skips some.
const PROGRESS_KEPT: usize = 16;

/// Hands deliveries to the commands that wait for them.
#[derive(Debug)]
pub struct Terminal {
    waiting: Mutex<HashMap<String, Vec<oneshot::Sender<Delivery>>>>,
    progress: broadcast::Sender<(Space, Progress)>,
}

impl Terminal {
    /// Nobody waits yet.
    #[must_use]
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            waiting: Mutex::default(),
            progress: broadcast::Sender::new(PROGRESS_KEPT),
        })
    }

    /// The answer to an event. It is waited for from this call on, not from the first poll: call
    /// it before the event is accepted. It never ends by itself: the caller knows how long a
    /// person waits.
    pub fn wait(self: &Arc<Self>, event_id: &str) -> impl Future<Output = Delivery> + use<> {
        let (sender, receiver) = oneshot::channel();
        {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.retain(|_, senders| {
                senders.retain(|sender| !sender.is_closed());
                !senders.is_empty()
            });
            waiting.entry(event_id.to_owned()).or_default().push(sender);
        }
        let terminal = Arc::clone(self);
        async move {
            let delivery = receiver.await;
            drop(terminal);
            match delivery {
                Ok(delivery) => delivery,
                // The sender is kept until it sends, by the terminal this future keeps.
                Err(_) => std::future::pending().await,
            }
        }
    }

    /// What turns are doing, from this call on, with the space each is in.
    pub fn progress_feed(&self) -> broadcast::Receiver<(Space, Progress)> {
        self.progress.subscribe()
    }
}

#[async_trait]
impl Adapter for Terminal {
    fn platform(&self) -> Platform {
        CLI
    }

    fn recovery(&self) -> Recovery {
        Recovery::Resend
    }

    #[instrument(name = "adapters.send", skip_all, fields(delivery = %delivery.id))]
    async fn send(&self, delivery: &Delivery) -> Result<Receipt, SendError> {
        if let Some(event_id) = &delivery.event_id {
            let senders = self
                .waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .remove(event_id)
                .unwrap_or_default();
            for sender in senders {
                // Refused by a command that has stopped waiting.
                let _ = sender.send(delivery.clone());
            }
        }
        Ok(Receipt::one(delivery.id.to_string()))
    }

    async fn progress(&self, working: &Working, progress: &Progress) -> Shown {
        // Refused where nobody looks.
        let _ = self
            .progress
            .send((working.space.clone(), progress.clone()));
        Shown::default()
    }
}
