//! Takes one question to one reply. Never fails: what goes wrong is a reply that says so.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use almanac_agent_contract::{
    ConversationState, Draft, Language, Model, Outcome, Progress, Reply, Scope, Timing, Tool,
    ToolSpec, Weekday,
};
use almanac_memory::Recollection;
use almanac_prompts::{Named, PromptError, Prompts, Rendered, System};
use serde_json::{Value as Json, json};

use crate::Limits;
use crate::standing;
use crate::steps::{Given, Steps, Trail};
use crate::words::{Failure, say};

/// Readings that a person is asked to choose from, at most.
const MOST_CHOICES: usize = 4;

/// What the system prompt lists.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Metrics by name.
    pub metrics: Vec<Named>,
    /// Dimensions by name.
    pub dimensions: Vec<Named>,
}

/// Everything turns are made with; one for the whole process.
pub struct Turns {
    mind: RwLock<Arc<Mind>>,
    tools: HashMap<&'static str, Arc<dyn Tool>>,
    specs: Vec<ToolSpec>,
    prompts: Prompts,
    limits: Limits,
}

/// What may be replaced between turns; a turn keeps to the one it began with.
struct Mind {
    model: Arc<dyn Model>,
    catalogue: Catalogue,
}

/// One question, and on whose behalf.
#[derive(Clone, Copy)]
pub struct Turn<'a> {
    /// On whose behalf.
    pub scope: &'a Scope,
    /// What the person says.
    pub question: &'a str,
    /// What is remembered of the conversation.
    pub recollection: &'a Recollection,
    /// Told what the turn is doing.
    pub progress: &'a (dyn Fn(Progress) + Send + Sync),
}

/// What came of a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The one reply.
    pub reply: Reply,
    /// Where the conversation now stands.
    pub state: ConversationState,
    /// What was done, for the audit log: tools with arguments, prompt hash, times.
    pub audit: Json,
}

impl Turns {
    /// With this model and these tools.
    ///
    /// # Errors
    /// Where a prompt template does not parse.
    pub fn new(
        model: Arc<dyn Model>,
        tools: Vec<Arc<dyn Tool>>,
        catalogue: Catalogue,
        limits: Limits,
    ) -> Result<Self, PromptError> {
        let specs: Vec<_> = tools.iter().map(|tool| tool.spec()).collect();
        let tools = specs.iter().map(|spec| spec.name).zip(tools).collect();
        Ok(Self {
            mind: RwLock::new(Arc::new(Mind { model, catalogue })),
            tools,
            specs,
            prompts: Prompts::load()?,
            limits,
        })
    }

    /// Turns that begin from now on are taken with this model over this catalogue.
    pub fn replace(&self, model: Arc<dyn Model>, catalogue: Catalogue) {
        let mut mind = self.mind.write().unwrap_or_else(PoisonError::into_inner);
        *mind = Arc::new(Mind { model, catalogue });
    }

    /// Takes the question to its reply.
    #[tracing::instrument(name = "turn.take", skip_all, fields(conversation = %turn.scope.conversation))]
    pub async fn take(&self, turn: Turn<'_>) -> Taken {
        let started = Instant::now();
        let mut trail = Trail::default();
        let mut prompt_hash = None;
        let ended = self.answer(turn, &mut trail, &mut prompt_hash).await;
        let before = &turn.recollection.state;
        let (failure, reply, state) = match ended {
            Ok(draft) => {
                let (reply, state) = compose(draft, &mut trail, before, turn.question);
                (None, reply, state)
            }
            Err(failure) => {
                let outcome = match failure {
                    Failure::TooLong => Outcome::Refuse,
                    Failure::TooSlow | Failure::Lost | Failure::Broken => Outcome::Error,
                };
                let reply = Reply::words(outcome, say(failure, turn.scope.language));
                (Some(failure), reply, before.clone())
            }
        };
        let timing = spent(&trail, started.elapsed());
        let audit = json!({
            "outcome": reply.outcome,
            "failure": failure.map(|failure| format!("{failure:?}")),
            "tools": trail.steps.iter().map(|step| json!({
                "tool": step.call.tool,
                "arguments": step.call.arguments,
                "error": step.result.as_ref().err(),
            })).collect::<Vec<_>>(),
            "prompt": prompt_hash.map(|hash: u64| format!("{hash:016x}")),
            "timing_ms": timing,
        });
        Taken {
            reply: Reply { timing, ..reply },
            state,
            audit,
        }
    }

    async fn answer(
        &self,
        turn: Turn<'_>,
        trail: &mut Trail,
        prompt_hash: &mut Option<u64>,
    ) -> Result<Draft, Failure> {
        if turn.question.chars().nth(self.limits.question).is_some() {
            return Err(Failure::TooLong);
        }
        let mind = Arc::clone(&self.mind.read().unwrap_or_else(PoisonError::into_inner));
        let system = self.system(&turn, &mind.catalogue).map_err(|error| {
            tracing::error!(%error, "the prompt did not render");
            Failure::Broken
        })?;
        *prompt_hash = Some(system.hash);
        let steps = Steps {
            model: mind.model.as_ref(),
            tools: &self.tools,
            specs: &self.specs,
            limits: self.limits,
            progress: turn.progress,
        };
        let given = Given {
            scope: turn.scope,
            system: &system.text,
            history: &turn.recollection.history,
            state: Some(&turn.recollection.state).filter(|state| !state.is_empty()),
            terms: &turn.recollection.terms,
            question: turn.question,
        };
        tokio::time::timeout(self.limits.deadline, steps.run(given, trail))
            .await
            .unwrap_or(Err(Failure::TooSlow))
    }

    fn system(&self, turn: &Turn<'_>, catalogue: &Catalogue) -> Result<Rendered, PromptError> {
        let scope = turn.scope;
        self.prompts.system(&System {
            workspace: &scope.settings.name,
            language: match scope.language {
                Language::En => "English",
                Language::Es => "Spanish",
                Language::Pt => "Portuguese",
            },
            today: scope.today().to_string(),
            zone: scope.settings.zone.name(),
            week_start: match scope.settings.week_start {
                Weekday::Monday => "Monday",
                Weekday::Sunday => "Sunday",
                Weekday::Saturday => "Saturday",
            },
            currency: &scope.settings.currency,
            metrics: &catalogue.metrics,
            dimensions: &catalogue.dimensions,
            terms: &turn.recollection.terms,
        })
    }
}

/// The draft with the card of the step it names, and where that leaves the conversation.
fn compose(
    mut draft: Draft,
    trail: &mut Trail,
    before: &ConversationState,
    question: &str,
) -> (Reply, ConversationState) {
    if draft.outcome == Outcome::Clarify {
        draft.choices.truncate(MOST_CHOICES);
    }
    let step = draft.card.and_then(|step| trail.steps.get_mut(step));
    let answered = step.and_then(|step| {
        let card = step.result.as_mut().ok()?.card.take()?;
        Some((&step.call, card))
    });
    let numbers = answered.as_ref().map(|(call, card)| (*call, card));
    let state = standing::after(before, question, &draft, numbers);
    let reply = Reply {
        card: answered.map(|(_, card)| card),
        choices: draft.choices,
        reading: draft.reading,
        confidence: draft.confidence,
        ..Reply::words(draft.outcome, draft.text)
    };
    (reply, state)
}

fn spent(trail: &Trail, total: Duration) -> Timing {
    let tools = trail
        .steps
        .iter()
        .filter_map(|step| step.result.as_ref().ok());
    let (compile, run) = tools.fold((0.0, 0.0), |(c, r), o| {
        (c + o.timing.compile, r + o.timing.run)
    });
    Timing {
        total: total.as_secs_f64() * 1e3,
        interpret: trail.thinking.as_secs_f64() * 1e3,
        compile,
        run,
    }
}
