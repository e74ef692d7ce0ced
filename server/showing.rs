//! Shows that a turn is under way: once it has taken longer than its platform's patience, again
//! every few seconds because typing marks fade, and at every step. The message that says so is
//! noted, so that the answer takes its place even if another replica sends it.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{Adapter, Language, Progress, Working};
use almanac_store::{ClaimedEvent, Store};
use tokio::sync::watch;

/// Typing marks last for five seconds.
const AGAIN: Duration = Duration::from_secs(4);

/// The turn on an event, as its platform sees it.
pub(crate) fn working(
    event: &ClaimedEvent,
    placeholder: Option<String>,
    language: Language,
) -> Working {
    let inbound = &event.inbound;
    Working {
        inbox: event.inbox,
        installation: inbound.installation.clone(),
        space: inbound.space.clone(),
        to: inbound.sender.user.clone(),
        origin: inbound.origin.clone(),
        placeholder: placeholder.or_else(|| event.placeholder.clone()),
        language,
    }
}

/// Shows what `doing` says until its sender is gone. The answer is not sent before this has ended:
/// a placeholder that is being posted must be known to it.
pub(crate) async fn show(
    adapter: Arc<dyn Adapter>,
    store: Store,
    event: Arc<ClaimedEvent>,
    mut working: Working,
    mut doing: watch::Receiver<Option<Progress>>,
) {
    let patience = tokio::time::sleep(adapter.patience());
    tokio::pin!(patience);
    loop {
        tokio::select! {
            () = &mut patience => break,
            gone = doing.changed() => if gone.is_err() { return },
        }
    }
    loop {
        let progress = doing.borrow_and_update().clone();
        if let Some(progress) = progress {
            let said = adapter.progress(&working, &progress).await;
            if let Some(said) = said.filter(|said| working.placeholder.as_ref() != Some(said)) {
                if let Err(error) = store.note_placeholder(&event, &said).await {
                    tracing::warn!(%error, "a placeholder was not noted; it stays beside the answer");
                }
                working.placeholder = Some(said);
            }
        }
        tokio::select! {
            () = tokio::time::sleep(AGAIN) => {}
            gone = doing.changed() => if gone.is_err() { return },
        }
    }
}
