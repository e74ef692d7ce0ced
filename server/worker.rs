//! Claims events from the inbox and takes a turn on each. Events of one conversation come one at
//! a time and in order; conversations run side by side.
//!
//! A turn that panics or cannot be stored is tried again with backoff; an event that keeps
//! failing is parked, and the person is told.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{
    Action, Adapter, Content, Language, Outcome, Platform, Progress, Reply, Scope, SpaceKind,
    Working,
};
use almanac_agent_turn::{Taken, Turn};
use almanac_memory::Recollection;
use almanac_store::{Claim, ClaimedEvent, Finished, StoreError};
use jiff::SignedDuration;
use serde_json::{Value as Json, json};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::App;
use crate::dying::may_die;
use crate::linking::{Wish, fulfil, wish};
use crate::pacer::Pacer;
use crate::pressed::{answer_to, unknown_button};
use crate::showing::{Screen, show, working};

/// Longer than the deadline of a turn.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Events claimed at once, and turns under way at once.
pub(crate) const BATCH: u32 = 16;
/// Looks for events that nobody woke it for: retries that fall due, leases that ran out, events
/// accepted by another replica.
const POLL: Duration = Duration::from_millis(500);
/// As long as an answer waits for a placeholder that is being posted.
const PLACEHOLDER: Duration = Duration::from_secs(5);

/// The platforms' adapters, by platform.
pub(crate) type Adapters = HashMap<Platform, Arc<dyn Adapter>>;

/// Takes turns.
pub(crate) struct Worker {
    /// The parts.
    pub(crate) app: Arc<App>,
    /// Who is told of progress.
    pub(crate) adapters: Arc<Adapters>,
    /// When it is shown.
    pub(crate) pacer: Arc<Pacer>,
    /// Room for as many turns as may be under way at once.
    pub(crate) places: Arc<Semaphore>,
    /// Its name in the rows it claims.
    pub(crate) name: String,
}

impl Worker {
    /// Works until it is stopped, and finishes what it has begun.
    pub(crate) async fn run(self, stop: CancellationToken) {
        let worker = Arc::new(self);
        let places = worker.places.clone();
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
        may_die("worker.claimed");
        let event = Arc::new(event);
        let finished = if event.poisoned {
            Ok(parked(&event, self.app.settings.language()))
        } else {
            let (worker, event) = (self.clone(), event.clone());
            // On a task of its own, so that a panic ends the turn and not the worker.
            let turn = tokio::spawn(async move { worker.turn(&event).await });
            turn.await
                .map_err(|panic| panic.to_string())
                .and_then(|taken| taken.map_err(|e| e.to_string()))
        };
        may_die("worker.answered");
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
            Ok(true) => {
                may_die("worker.finished");
                self.app.store.outbox_ready().notify_one();
            }
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

    async fn turn(&self, event: &Arc<ClaimedEvent>) -> Result<Finished, StoreError> {
        if let Some(finished) = self.turned_away(event).await? {
            return Ok(finished);
        }
        match &event.inbound.content {
            Content::Text { text } => match self.linking(event, text) {
                Some(wish) => self.link(event, wish, text).await,
                None => self.answer(event, text, None).await,
            },
            Content::Pressed { action, on } => self.pressed(event, action, on.as_deref()).await,
            Content::Reacted { good, on } => self.reacted(event, *good, on).await,
            Content::Chosen { index, on } => self.chosen(event, *index, on).await,
            Content::Edited {
                text,
                message,
                addressed,
            } => self.edited(event, text, message, *addressed).await,
            Content::Deleted { message } => self.deleted(event, message).await,
            Content::Notice { text } => Ok(said(
                Reply::words(Outcome::Answer, text),
                json!({ "notice": true }),
            )),
        }
    }

    /// Answers words; `replaces` is the platform's id of the answer whose place the new one takes.
    async fn answer(
        &self,
        event: &Arc<ClaimedEvent>,
        text: &str,
        replaces: Option<String>,
    ) -> Result<Finished, StoreError> {
        let mut scope = self.scope(event);
        let recollection = self.app.memory.recall(&scope).await?;
        scope.language = self.language(event, text, &recollection).await;
        let (doing, shown) = watch::channel(None);
        let working = Working {
            placeholder: replaces.clone().or_else(|| event.placeholder.clone()),
            ..working(event.inbox, &event.inbound, scope.language)
        };
        let adapter = self.adapters.get(&event.inbound.platform).cloned();
        // Progress is shown beside the turn, so that a slow platform does not slow the answer.
        let showing = adapter.map(|adapter| {
            let (store, event) = (self.app.store.clone(), event.clone());
            let pacer = self.pacer.clone();
            tokio::spawn(show(
                Screen { adapter, pacer },
                store,
                event,
                working,
                shown,
            ))
        });
        let progress = move |progress: Progress| {
            // Refused only where nobody shows it.
            let _ = doing.send(Some(progress));
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
        if let Some(showing) = showing {
            // A placeholder on its way is waited for: the answer is to take its place.
            let _ = tokio::time::timeout(PLACEHOLDER, showing).await;
        }
        Ok(Finished {
            reply: Some(reply),
            replaces,
            state: Some(state),
            audit,
            parked: None,
            stranger: false,
        })
    }

    async fn pressed(
        &self,
        event: &Arc<ClaimedEvent>,
        action: &str,
        on: Option<&str>,
    ) -> Result<Finished, StoreError> {
        let audit = json!({ "pressed": action, "on": on });
        let usual = self.app.settings.language();
        let pressable = match on {
            Some(on) => self.app.store.pressable(event, on).await?,
            None => None,
        };
        let (Some(action), Some(answered)) = (Action::named(action), pressable) else {
            return Ok(said(unknown_button(usual), audit));
        };
        match action {
            Action::Good | Action::Bad => {
                let good = action == Action::Good;
                self.app
                    .store
                    .record_feedback(event, answered.inbox, good)
                    .await?;
            }
            Action::Explain | Action::ExportCsv | Action::Show => {}
        }
        let built_in = self.app.interpreter.up_to_date(&self.app.turns).await;
        let language = built_in.language_of(&answered.reply.text, usual);
        // A press that is only kept has been confirmed where it was made.
        let reply = answer_to(action, answered.reply, language);
        Ok(Finished {
            reply,
            replaces: None,
            state: None,
            audit,
            parked: None,
            stranger: false,
        })
    }

    /// A mark on a message. People put them on whatever they like, and wait for no answer.
    async fn reacted(
        &self,
        event: &Arc<ClaimedEvent>,
        good: bool,
        on: &str,
    ) -> Result<Finished, StoreError> {
        let store = &self.app.store;
        let answered = store.pressable(event, on).await?.map(|it| it.inbox);
        match answered {
            Some(answered) => store.record_feedback(event, answered, good).await?,
            None => tracing::info!("left a reaction to what is no answer"),
        }
        Ok(silent(json!({ "reacted": good, "answer": answered })))
    }

    /// A question that a reply offered: asked as if it had been typed.
    async fn chosen(
        &self,
        event: &Arc<ClaimedEvent>,
        index: usize,
        on: &str,
    ) -> Result<Finished, StoreError> {
        let answered = self.app.store.pressable(event, on).await?;
        let chosen = answered.and_then(|answered| answered.reply.offers().nth(index));
        match chosen {
            Some(chosen) => {
                self.app.store.spell_out(event, &chosen.ask).await?;
                self.answer(event, &chosen.ask, None).await
            }
            None => {
                let audit = json!({ "chosen": index, "on": on });
                Ok(said(unknown_button(self.app.settings.language()), audit))
            }
        }
    }

    /// A question in other words. What was no question and is not said to Almanac now is none by
    /// being edited.
    async fn edited(
        &self,
        event: &Arc<ClaimedEvent>,
        text: &str,
        message: &str,
        addressed: bool,
    ) -> Result<Finished, StoreError> {
        let earlier = self.app.store.earlier(event, message).await?;
        if earlier.is_none() && !addressed {
            return Ok(silent(json!({ "edited": "not a question" })));
        }
        let earlier = earlier.unwrap_or_default();
        let replaces = earlier.answer.or(earlier.placeholder);
        self.answer(event, text, replaces).await
    }

    /// A question that was taken back. It was withdrawn when this was accepted; what remains is the
    /// message that said that it was being worked on.
    async fn deleted(
        &self,
        event: &Arc<ClaimedEvent>,
        message: &str,
    ) -> Result<Finished, StoreError> {
        let earlier = self.app.store.earlier(event, message).await?;
        let audit = json!({ "deleted": true });
        let left = earlier.filter(|earlier| earlier.answer.is_none());
        let Some(placeholder) = left.and_then(|earlier| earlier.placeholder) else {
            return Ok(silent(audit));
        };
        let text = taken_back(self.app.settings.language());
        Ok(Finished {
            replaces: Some(placeholder),
            ..said(Reply::words(Outcome::Answer, text), audit)
        })
    }

    /// What these words want of a person's identities: only where nobody else reads them.
    pub(crate) fn linking(&self, event: &ClaimedEvent, text: &str) -> Option<Wish> {
        let direct = event.inbound.space.kind == SpaceKind::Direct;
        direct.then(|| wish(text)).flatten()
    }

    async fn link(
        &self,
        event: &ClaimedEvent,
        wish: Wish,
        text: &str,
    ) -> Result<Finished, StoreError> {
        let usual = self.app.settings.language();
        let built_in = self.app.interpreter.up_to_date(&self.app.turns).await;
        let language = built_in.language_of(text, usual);
        let reply = fulfil(wish, &self.app.store, event, language).await?;
        Ok(said(reply, json!({ "link": true })))
    }

    /// The language of these words. Where they do not tell, that of the words before them; where
    /// there are none, or these are in another and could be in several ("alertas"), the one that the
    /// asker has the platform in.
    async fn language(
        &self,
        event: &ClaimedEvent,
        text: &str,
        recollection: &Recollection,
    ) -> Language {
        let built_in = self.app.interpreter.up_to_date(&self.app.turns).await;
        let own = event.inbound.origin.language;
        let usual = own.unwrap_or(self.app.settings.language());
        let before = recollection.history.last();
        let before = before.map_or(usual, |said| built_in.language_of(&said.question, usual));
        let language = built_in.language_of(text, before);
        match own {
            Some(own) if language != before => built_in.language_of(text, own),
            _ => language,
        }
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

/// This is the answer, and the conversation stands where it stood.
pub(crate) fn said(reply: Reply, audit: Json) -> Finished {
    Finished {
        reply: Some(reply),
        replaces: None,
        state: None,
        audit,
        parked: None,
        stranger: false,
    }
}

/// Nothing is to be said.
pub(crate) fn silent(audit: Json) -> Finished {
    Finished {
        reply: None,
        replaces: None,
        state: None,
        audit,
        parked: None,
        stranger: false,
    }
}

/// The visible failure of an event that was tried too often.
fn parked(event: &ClaimedEvent, language: Language) -> Finished {
    let text = match language {
        Language::En => {
            "I tried to answer this several times and failed each time. It is kept for the people \
             who run me; please ask in another way meanwhile."
        }
        Language::Es => {
            "Intenté responder varias veces y fallé cada vez. Queda guardado para quienes me \
             administran; mientras tanto, pregúntalo de otra manera."
        }
        Language::Pt => {
            "Tentei responder várias vezes e falhei em todas. Fica guardado para quem me \
             administra; enquanto isso, pergunte de outra maneira."
        }
    };
    Finished {
        parked: Some(format!("failed {} times", event.attempts)),
        ..said(
            Reply::words(Outcome::Error, text),
            json!({ "parked": true, "attempts": event.attempts }),
        )
    }
}

const fn taken_back(language: Language) -> &'static str {
    match language {
        Language::En => "You took the question back.",
        Language::Es => "Retiraste la pregunta.",
        Language::Pt => "Você retirou a pergunta.",
    }
}
