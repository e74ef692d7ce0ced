//! Whoever waits for a turn is shown that they do: under load a question stands in the inbox for longer
//! than people take to wonder whether anybody is there. The message that says so becomes the
//! placeholder of the turn, and the answer takes its place.
//!
//! It costs the burst little: nothing is looked for unless nearly all turns are taken, each question
//! is shown to wait once, where there is room for it, and at most [`MOST`] at a time. Of thousands
//! that come at once, the first are shown, and the others as those get their turn.

use std::sync::Arc;
use std::time::Duration;

use almanac_agent_contract::{Content, Platform, Progress, Working};
use almanac_store::{LookFor, StoreError, WaitingEvent};
use jiff::SignedDuration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::App;
use crate::pacer::{Leaving, Pacer};
use crate::showing::{Screen, working};
use crate::worker::Adapters;

/// Most questions have their answer or a sign of it by then.
const PATIENCE: SignedDuration = SignedDuration::from_millis(700);
/// How often it is looked who waits.
const LOOK: Duration = Duration::from_millis(250);
/// As many are shown to wait at a time.
const MOST: u32 = 256;
/// As many are being shown it at once.
const AT_ONCE: usize = 24;
/// As long as a platform may take to show it.
const SHOWING: Duration = Duration::from_secs(4);
/// As long as a question is held back from workers meanwhile, where nobody lets it go: longer than
/// that.
const HOLD: SignedDuration = SignedDuration::from_secs(6);
/// Where so many more turns could begin, nobody waits for one.
const FREE: usize = 4;

/// Shows who waits.
pub(crate) struct Waiting {
    /// The parts.
    pub(crate) app: Arc<App>,
    /// Who shows it.
    pub(crate) adapters: Arc<Adapters>,
    /// When it is shown.
    pub(crate) pacer: Arc<Pacer>,
    /// The room for turns.
    pub(crate) turns: Arc<Semaphore>,
}

/// A question with the place it was given.
struct Placed {
    screen: Screen,
    leaving: Leaving,
    /// How long until then.
    wait: Duration,
    working: Working,
    content: Content,
}

impl Waiting {
    /// Looks until it is stopped, and finishes what it has begun.
    pub(crate) async fn run(self, stop: CancellationToken) {
        let waiting = Arc::new(self);
        let platforms: Vec<Platform> = waiting.adapters.keys().cloned().collect();
        let mut showing = JoinSet::new();
        loop {
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = stop.cancelled() => break,
            }
            while showing.try_join_next().is_some() {}
            let room = AT_ONCE.saturating_sub(showing.len());
            if room == 0 || waiting.turns.available_permits() >= FREE {
                continue;
            }
            match waiting.placed(&platforms, room).await {
                Ok(placed) => {
                    for one in placed {
                        let waiting = waiting.clone();
                        showing.spawn(async move { waiting.show(one).await });
                    }
                }
                Err(error) => tracing::warn!(%error, "who waits was not found out"),
            }
        }
        while showing.join_next().await.is_some() {}
    }

    /// The questions that are shown to wait now, held back from workers.
    async fn placed(&self, platforms: &[Platform], room: usize) -> Result<Vec<Placed>, StoreError> {
        let store = &self.app.store;
        let look = LookFor {
            workspace: self.app.workspace,
            platforms,
            open: &self.app.reserved,
            since: PATIENCE,
            most: MOST,
        };
        let found = store.waiting(look).await?.into_iter();
        let placed: Vec<_> = found
            .filter_map(|event| self.place(event))
            .take(room)
            .collect();
        if placed.is_empty() {
            return Ok(placed);
        }
        let events: Vec<_> = placed.iter().map(|one| one.working.inbox).collect();
        let held = store.hold(&events, HOLD).await.inspect_err(|_| {
            for one in &placed {
                self.pacer.posted(&one.leaving, 0);
            }
        })?;
        let (held, begun): (Vec<_>, Vec<_>) = placed
            .into_iter()
            .partition(|one| held.contains(&one.working.inbox));
        for one in begun {
            self.pacer.posted(&one.leaving, 0);
        }
        Ok(held)
    }

    /// A place for it, where there is room before the next look.
    fn place(&self, event: WaitingEvent) -> Option<Placed> {
        let inbound = event.inbound;
        let screen = Screen {
            adapter: self.adapters.get(&inbound.platform)?.clone(),
            pacer: self.pacer.clone(),
        };
        let usual = inbound
            .origin
            .language
            .unwrap_or(self.app.settings.language());
        let working = working(event.inbox, &inbound, usual);
        let leaving = Leaving::progress(&working, screen.adapter.as_ref());
        let wait = self.pacer.reserve(&leaving, LOOK);
        (wait <= LOOK).then_some(Placed {
            screen,
            leaving,
            wait,
            working,
            content: inbound.content,
        })
    }

    async fn show(&self, placed: Placed) {
        let Placed {
            screen,
            leaving,
            wait,
            mut working,
            content,
        } = placed;
        tokio::time::sleep(wait).await;
        if let Content::Text { text } = &content {
            let built_in = self.app.interpreter.up_to_date(&self.app.turns).await;
            working.language = built_in.language_of(text, working.language);
        }
        let said = if self.pacer.is_paused(&leaving) {
            self.pacer.posted(&leaving, 0);
            None
        } else {
            let shown = screen.show(&leaving, &working, &Progress::Queued);
            let said = tokio::time::timeout(SHOWING, shown).await;
            said.unwrap_or_default()
        };
        let store = &self.app.store;
        if let Err(error) = store.let_go(working.inbox, said.as_deref()).await {
            tracing::warn!(%error, "a placeholder was not noted; it stays beside the answer");
        }
    }
}
