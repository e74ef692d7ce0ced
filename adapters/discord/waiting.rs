//! Interactions whose first answer ("Almanac is thinking…") is on its way to Discord. The real one
//! must not overtake it: there would be nothing to edit yet.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

/// How long an answer waits for it: Discord itself waits no longer.
const LONGEST: Duration = Duration::from_secs(3);

/// Those that are on their way from this process.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    open: Mutex<HashMap<String, Arc<Semaphore>>>,
}

/// One on its way: dropped when it has arrived, or never will.
#[derive(Debug)]
pub(super) struct OnItsWay {
    of: Arc<Waiting>,
    handle: String,
}

impl Waiting {
    /// From now on, answers to this handle wait.
    pub(super) fn begin(self: &Arc<Self>, handle: String) -> OnItsWay {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.insert(handle.clone(), Arc::new(Semaphore::new(0)));
        drop(open);
        OnItsWay {
            of: Arc::clone(self),
            handle,
        }
    }

    /// Returns when the first answer has arrived, as far as this process knows of one.
    pub(super) async fn first(&self, handle: &str) {
        let open = {
            let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.get(handle).cloned()
        };
        if let Some(open) = open {
            // Closed when it has arrived: there is never a permit to take.
            let _ = tokio::time::timeout(LONGEST, open.acquire()).await;
        }
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        let mut open = self.of.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = open.remove(&self.handle) {
            waiting.close();
        }
    }
}
