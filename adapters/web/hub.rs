//! Who waits for which space in this process: open pages and requests in progress.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use almanac_agent_contract::{Delivery, Progress};
use tokio::sync::broadcast::{self, error::RecvError};

/// A listener this far behind has missed something and looks at the line again.
const KEPT: usize = 64;

/// Something that happened in a space.
#[derive(Debug, Clone)]
pub(super) enum Happened {
    /// A turn goes on.
    Progress(Progress),
    /// Almanac said something.
    Said(Arc<Delivery>),
}

/// What a listener hears next.
#[derive(Debug)]
pub(super) enum Heard {
    /// This.
    This(Happened),
    /// Something was missed.
    Missed,
    /// The web closes: nothing more comes.
    Closed,
}

/// The listeners, by space. A space without listeners takes no room.
#[derive(Debug)]
pub(super) struct Hub {
    /// `None` once closed.
    spaces: Mutex<Option<HashMap<String, broadcast::Sender<Happened>>>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            spaces: Mutex::new(Some(HashMap::new())),
        }
    }
}

impl Hub {
    /// Listens to a space from now on.
    pub(super) fn listen(self: &Arc<Self>, space: &str) -> Listener {
        let receiver = self.with(|spaces| {
            spaces
                .entry(space.to_owned())
                .or_insert_with(|| broadcast::Sender::new(KEPT))
                .subscribe()
        });
        Listener {
            hub: Arc::clone(self),
            space: space.to_owned(),
            // Of a closed hub: a receiver whose sender is already gone.
            receiver: receiver.unwrap_or_else(|| broadcast::Sender::new(1).subscribe()),
        }
    }

    /// Tells the listeners of a space.
    pub(super) fn publish(&self, space: &str, happened: Happened) {
        self.with(|spaces| {
            if let Some(sender) = spaces.get(space) {
                // Refused when nobody listens any more.
                let _ = sender.send(happened);
            }
        });
    }

    /// Lets every listener go, now and from now on.
    pub(super) fn close(&self) {
        *self.spaces.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn with<T>(
        &self,
        act: impl FnOnce(&mut HashMap<String, broadcast::Sender<Happened>>) -> T,
    ) -> Option<T> {
        self.spaces
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_mut()
            .map(act)
    }
}

/// One page or request that listens to a space.
#[derive(Debug)]
pub(super) struct Listener {
    hub: Arc<Hub>,
    space: String,
    receiver: broadcast::Receiver<Happened>,
}

impl Listener {
    /// What happens next.
    pub(super) async fn next(&mut self) -> Heard {
        match self.receiver.recv().await {
            Ok(happened) => Heard::This(happened),
            Err(RecvError::Lagged(_)) => Heard::Missed,
            Err(RecvError::Closed) => Heard::Closed,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.hub.with(|spaces| {
            // This listener's own receiver is still counted.
            if spaces
                .get(&self.space)
                .is_some_and(|sender| sender.receiver_count() <= 1)
            {
                spaces.remove(&self.space);
            }
        });
    }
}
