//! Shows that a turn is under way: once it has taken longer than its platform's patience, again
//! every few seconds because typing marks fade, and at every step. The message that says so is
//! noted, so that the answer takes its place even if another replica sends it.
//!
//! Nothing is shown where there is no room for it, or while a platform asks for patience: it is only
//! progress. A platform that asks for patience here is given it by whatever else would be sent.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{Adapter, Inbound, InboxId, Language, Progress, Working};
use almanac_store::{ClaimedEvent, Store};
use tokio::sync::watch;

use crate::pacer::{Leaving, Pacer};

/// Typing marks last for five seconds.
const AGAIN: Duration = Duration::from_secs(4);

/// The turn on an event, as its platform sees it.
pub(crate) fn working(inbox: InboxId, inbound: &Inbound, language: Language) -> Working {
    Working {
        inbox,
        installation: inbound.installation.clone(),
        space: inbound.space.clone(),
        to: inbound.sender.user.clone(),
        origin: inbound.origin.clone(),
        placeholder: None,
        language,
    }
}

/// Where progress is shown.
pub(crate) struct Screen {
    /// The platform.
    pub(crate) adapter: Arc<dyn Adapter>,
    /// What there is room for.
    pub(crate) pacer: Arc<Pacer>,
}

impl Screen {
    /// A place among what leaves now, where there is room.
    pub(crate) fn room(&self, working: &Working) -> Option<Leaving> {
        let leaving = Leaving::progress(working, self.adapter.as_ref());
        self.pacer.wait(&leaving).is_zero().then_some(leaving)
    }

    /// Shows it in that place. The message that says so, where there is a new one.
    pub(crate) async fn show(
        &self,
        leaving: &Leaving,
        working: &Working,
        progress: &Progress,
    ) -> Option<String> {
        let shown = self.adapter.progress(working, progress).await;
        self.pacer.posted(leaving, shown.posted);
        if let Some(limit) = shown.limit {
            self.pacer.pause(leaving, limit);
        }
        let said = shown.placeholder;
        said.filter(|said| working.placeholder.as_ref() != Some(said))
    }
}

/// Shows what `doing` says until its sender is gone. The answer is not sent before this has ended:
/// a placeholder that is being posted must be known to it.
pub(crate) async fn show(
    screen: Screen,
    store: Store,
    event: Arc<ClaimedEvent>,
    mut working: Working,
    mut doing: watch::Receiver<Option<Progress>>,
) {
    let patience = tokio::time::sleep(screen.adapter.patience());
    tokio::pin!(patience);
    loop {
        tokio::select! {
            () = &mut patience => break,
            gone = doing.changed() => if gone.is_err() { return },
        }
    }
    loop {
        let progress = doing.borrow_and_update().clone();
        if let Some(progress) = progress
            && let Some(leaving) = screen.room(&working)
            && let Some(said) = screen.show(&leaving, &working, &progress).await
        {
            if let Err(error) = store.note_placeholder(&event, &said).await {
                tracing::warn!(%error, "a placeholder was not noted; it stays beside the answer");
            }
            working.placeholder = Some(said);
        }
        tokio::select! {
            () = tokio::time::sleep(AGAIN) => {}
            gone = doing.changed() => if gone.is_err() { return },
        }
    }
}
