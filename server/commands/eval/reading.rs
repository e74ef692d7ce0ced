//! Reads questions by the model alone: which tool would be called, without calling it. Nothing is
//! stored and, but for what was said before in a conversation, no number is looked up.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use almanac_agent_contract::{
    ConversationId, ConversationState, Draft, InboxId, Language, Model, ModelRequest, ModelStep,
    Outcome, PersonId, Scope, Step, ToolCall, ToolOutput, ToolSpec, WorkspaceId,
};
use almanac_agent_interpreter::BuiltIn;
use almanac_agent_turn::{Catalogue, Limits, Turn, Turns};
use almanac_evals::{Dialogue, QUERY, Told, split};
use almanac_memory::Recollection;
use almanac_metrics::Layer;
use jiff::Timestamp;

use super::recorder::Recorder;
use crate::Failure;

/// The built-in model over one catalogue.
pub(super) struct Reader {
    model: Arc<BuiltIn>,
    layer: Arc<Layer>,
    turns: Turns,
    tools: Vec<ToolSpec>,
    /// Where conversations stand after what was said in them.
    stands: Mutex<HashMap<(Vec<String>, Timestamp), Stand>>,
    /// What is wrong with a query, by the query.
    checked: Mutex<HashMap<String, Option<String>>>,
}

/// Where a conversation stands, and in which language it is held.
#[derive(Clone)]
struct Stand {
    state: ConversationState,
    language: Language,
}

impl Reader {
    pub(super) fn new(layer: Arc<Layer>) -> Result<Self, Failure> {
        let model = Arc::new(BuiltIn::new(layer.catalog(), layer.settings()));
        let tools = almanac_tools::specs();
        let recorders = tools.iter().map(|spec| Recorder::over(&layer, spec));
        let turns = Turns::new(
            model.clone(),
            recorders.collect(),
            Catalogue::default(),
            Limits::default(),
        )?;
        Ok(Self {
            model,
            layer,
            turns,
            tools,
            stands: Mutex::default(),
            checked: Mutex::default(),
        })
    }

    pub(super) fn layer(&self) -> &Layer {
        &self.layer
    }

    /// What would come of the last question of a conversation.
    pub(super) async fn read(&self, dialogue: Dialogue<'_>) -> Result<Told, Failure> {
        let stand = self.stand(dialogue.before, dialogue.now).await;
        let language = self.model.language_of(dialogue.question, stand.language);
        let scope = self.scope(language, dialogue.now);
        let request = ModelRequest {
            scope: &scope,
            system: "",
            history: &[],
            state: Some(&stand.state).filter(|state| !state.is_empty()),
            terms: &[],
            question: dialogue.question,
            tools: &self.tools,
            steps: &[],
        };
        let call = match self.model.next(request).await? {
            ModelStep::Final(draft) => return Ok(told(draft, None)),
            ModelStep::Call(call) => call,
        };
        let result = match self.wrong(&call) {
            None => Ok(ToolOutput::default()),
            Some(text) => Err(text),
        };
        let step = Step { call, result };
        let request = ModelRequest {
            steps: std::slice::from_ref(&step),
            ..request
        };
        match self.model.next(request).await? {
            ModelStep::Final(draft) => {
                let call = step.result.is_ok().then_some(step.call);
                Ok(told(draft, call))
            }
            // A second tool would need what the first one found.
            ModelStep::Call(call) => Ok(told(Draft::words(Outcome::Answer, ""), Some(call))),
        }
    }

    /// Why the query of a call would not run.
    fn wrong(&self, call: &ToolCall) -> Option<String> {
        let (query, _) = split(&call.arguments).filter(|_| call.tool == QUERY)?;
        let key = serde_json::to_string(&query).ok()?;
        let mut checked = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        checked
            .entry(key)
            .or_insert_with(|| self.layer.compile(&query).err().map(|e| e.to_string()))
            .clone()
    }

    /// Where a conversation stands after `before`: the turn itself says so.
    async fn stand(&self, before: &[String], now: Timestamp) -> Stand {
        let key = (before.to_vec(), now);
        let known = {
            let stands = self.stands.lock().unwrap_or_else(PoisonError::into_inner);
            stands.get(&key).cloned()
        };
        if let Some(stand) = known {
            return stand;
        }
        let mut stand = Stand {
            state: ConversationState::default(),
            language: self.layer.settings().language(),
        };
        for said in before {
            stand.language = self.model.language_of(said, stand.language);
            let recollection = Recollection {
                state: stand.state,
                ..Recollection::default()
            };
            let turn = Turn {
                scope: &self.scope(stand.language, now),
                question: said,
                recollection: &recollection,
                progress: &|_| {},
            };
            stand.state = self.turns.take(turn).await.state;
        }
        let mut stands = self.stands.lock().unwrap_or_else(PoisonError::into_inner);
        stands.insert(key, stand.clone());
        stand
    }

    fn scope(&self, language: Language, now: Timestamp) -> Scope {
        Scope {
            workspace: WorkspaceId::new(),
            person: PersonId::new(),
            conversation: ConversationId::new(),
            inbox: InboxId::new(),
            settings: self.layer.settings().clone(),
            language,
            now,
        }
    }
}

fn told(draft: Draft, call: Option<ToolCall>) -> Told {
    Told {
        outcome: draft.outcome,
        text: draft.text,
        call,
        choices: draft.choices,
        confidence: draft.confidence,
    }
}
