//! Claims events from the inbox and takes a turn on each. Events of one conversation come one at
//! a time and in order; conversations run side by side.
//!
//! A turn that panics or cannot be stored is tried again with backoff; an event that keeps
//! failing is parked, and the person is told.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{
    Action, Adapter, Content, Language, Outcome, Platform, Progress, Reply, Scope,
};
use almanac_agent_turn::{Taken, Turn};
use almanac_memory::Recollection;
use almanac_store::{Claim, ClaimedEvent, Finished, StoreError};
use jiff::SignedDuration;
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::App;

/// Longer than the deadline of a turn.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Events claimed at once, and turns under way at once.
const BATCH: u32 = 16;
/// Looks for events that nobody woke it for: retries that fall due, leases that ran out, events
/// accepted by another replica.
const POLL: Duration = Duration::from_millis(500);

/// The platforms' adapters, by platform.
pub(crate) type Adapters = HashMap<Platform, Arc<dyn Adapter>>;

/// Takes turns.
pub(crate) struct Worker {
    /// The parts.
    pub(crate) app: Arc<App>,
    /// Who is told of progress.
    pub(crate) adapters: Arc<Adapters>,
    /// Its name in the rows it claims.
    pub(crate) name: String,
}

impl Worker {
    /// Works until it is stopped, and finishes what it has begun.
    pub(crate) async fn run(self, stop: CancellationToken) {
        let worker = Arc::new(self);
        let places = Arc::new(Semaphore::new(BATCH as usize));
        let mut turns = JoinSet::new();
        while !stop.is_cancelled() {
            while turns.try_join_next().is_some() {}
            let free = u32::try_from(places.available_permits()).unwrap_or(BATCH);
            let claimed = match free {
                0 => Vec::new(),
                free => worker.claim(free).await,
            };
            if claimed.is_empty() {
                worker.wait(&stop).await;
                continue;
            }
            for event in claimed {
                let Ok(place) = places.clone().acquire_owned().await else {
                    return;
                };
                let worker = worker.clone();
                turns.spawn(async move {
                    worker.handle(event).await;
                    drop(place);
                    // The next event of the conversation may be waiting for this one.
                    worker.app.store.inbox_ready().notify_one();
                });
            }
        }
        while turns.join_next().await.is_some() {}
    }

    async fn claim(&self, free: u32) -> Vec<ClaimedEvent> {
        let claim = Claim {
            workspace: self.app.workspace,
            by: &self.name,
            batch: free,
            lease: LEASE,
        };
        self.app
            .store
            .claim_inbox(claim)
            .await
            .unwrap_or_else(|error| {
                tracing::error!(%error, "no events could be claimed");
                Vec::new()
            })
    }

    async fn wait(&self, stop: &CancellationToken) {
        tokio::select! {
            () = self.app.store.inbox_ready().notified() => {}
            () = tokio::time::sleep(POLL) => {}
            () = stop.cancelled() => {}
        }
    }

    /// Takes an event to its stored reply. What fails is kept on the row for the next try.
    #[tracing::instrument(name = "worker.handle", skip_all, fields(inbox = %event.inbox))]
    async fn handle(self: &Arc<Self>, event: ClaimedEvent) {
        let event = Arc::new(event);
        let finished = if event.poisoned {
            Ok(parked(&event))
        } else {
            let (worker, event) = (self.clone(), event.clone());
            // On a task of its own, so that a panic ends the turn and not the worker.
            let turn = tokio::spawn(async move { worker.turn(&event).await });
            turn.await
                .map_err(|panic| panic.to_string())
                .and_then(|taken| taken.map_err(|e| e.to_string()))
        };
        let stored = match finished {
            Ok(finished) => self
                .app
                .store
                .finish(&event, finished)
                .await
                .map_err(|error| error.to_string()),
            Err(error) => Err(error),
        };
        match stored {
            Ok(true) => self.app.store.outbox_ready().notify_one(),
            Ok(false) => tracing::warn!("the lease ran out; another worker has the event"),
            Err(error) => {
                tracing::error!(error, "the turn is to be tried again");
                if let Err(error) = self.app.store.retry(&event, &error).await {
                    // The lease runs out by itself, and the event is claimed again then.
                    tracing::error!(%error, "the retry was not recorded");
                }
            }
        }
    }

    async fn turn(&self, event: &ClaimedEvent) -> Result<Finished, StoreError> {
        match &event.inbound.content {
            Content::Text { text } => self.answer(event, text).await,
            Content::Pressed { action, on } => self.pressed(event, action, on.as_deref()).await,
        }
    }

    async fn answer(&self, event: &ClaimedEvent, text: &str) -> Result<Finished, StoreError> {
        let mut scope = self.scope(event);
        let recollection = self.app.memory.recall(&scope).await?;
        scope.language = self.language(text, &recollection).await;
        let adapter = self.adapters.get(&event.inbound.platform).cloned();
        let (told, mut telling) = tokio::sync::mpsc::unbounded_channel();
        let space = event.inbound.space.clone();
        // Progress is shown beside the turn, so that a slow platform does not slow the answer.
        let shown = tokio::spawn(async move {
            while let (Some(progress), Some(adapter)) = (telling.recv().await, &adapter) {
                adapter.progress(&space, &progress).await;
            }
        });
        let progress = move |progress: Progress| {
            // Refused only where nobody shows it.
            let _ = told.send(progress);
        };
        let turn = Turn {
            scope: &scope,
            question: text,
            recollection: &recollection,
            progress: &progress,
        };
        let Taken {
            reply,
            state,
            audit,
        } = self.app.turns.take(turn).await;
        drop(progress);
        shown.abort();
        Ok(Finished {
            reply: Some(reply),
            state: Some(state),
            audit,
            parked: None,
        })
    }

    async fn pressed(
        &self,
        event: &ClaimedEvent,
        action: &str,
        on: Option<&str>,
    ) -> Result<Finished, StoreError> {
        let language = self.app.settings.language();
        let audit = json!({ "pressed": action, "on": on });
        let good = match Action::named(action) {
            Some(Action::Good) => Some(true),
            Some(Action::Bad) => Some(false),
            Some(Action::Explain | Action::ExportCsv) | None => None,
        };
        let known = match good.zip(on) {
            Some((good, on)) => self.app.store.record_feedback(event, on, good).await?,
            None => false,
        };
        // A press that is kept has been confirmed where it was made.
        let reply = (!known).then(|| Reply::words(Outcome::Refuse, unknown_button(language)));
        Ok(Finished {
            reply,
            state: None,
            audit,
            parked: None,
        })
    }

    /// The language of these words; where they do not tell, that of the words before them.
    async fn language(&self, text: &str, recollection: &Recollection) -> Language {
        let built_in = self.app.interpreter.up_to_date(&self.app.turns).await;
        let usual = self.app.settings.language();
        let before = recollection.history.last();
        let before = before.map_or(usual, |said| built_in.language_of(&said.question, usual));
        built_in.language_of(text, before)
    }

    fn scope(&self, event: &ClaimedEvent) -> Scope {
        Scope {
            workspace: event.workspace,
            person: event.person,
            conversation: event.conversation,
            inbox: event.inbox,
            settings: self.app.settings.clone(),
            language: self.app.settings.language(),
            now: event.inbound.at,
        }
    }
}

/// The visible failure of an event that was tried too often.
fn parked(event: &ClaimedEvent) -> Finished {
    let text = "I tried to answer this several times and failed each time. It is kept for the \
                people who run me; please ask in another way meanwhile.";
    Finished {
        reply: Some(Reply::words(Outcome::Error, text)),
        state: None,
        audit: json!({ "parked": true, "attempts": event.attempts }),
        parked: Some(format!("failed {} times", event.attempts)),
    }
}

const fn unknown_button(language: Language) -> &'static str {
    match language {
        Language::En => "That button is of an older version of me. Please type what you need.",
        Language::Es => "Ese botón es de una versión anterior. Escribe lo que necesitas.",
        Language::Pt => "Esse botão é de uma versão anterior. Escreva o que você precisa.",
    }
}
