//! A model that says what a test wrote down, and remembers what it heard.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use almanac_agent_contract::{ConversationState, Model, ModelError, ModelRequest, ModelStep, Term};
use async_trait::async_trait;
use serde_json::Value as Json;

/// Plays its steps in order, whatever it is asked; fails when it has none left.
#[derive(Debug, Default)]
pub struct Scripted {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    steps: VecDeque<ModelStep>,
    heard: Vec<Heard>,
}

/// What the model was given for one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The system prompt.
    pub system: String,
    /// The question.
    pub question: String,
    /// Exchanges before it.
    pub history: usize,
    /// Where the conversation stood.
    pub state: ConversationState,
    /// What is meant by which words.
    pub terms: Vec<Term>,
    /// Tools on offer.
    pub tools: Vec<&'static str>,
    /// What each step so far came to: data, or the error text.
    pub results: Vec<Result<Json, String>>,
}

impl Scripted {
    /// A model that will say these steps.
    pub fn new(steps: impl IntoIterator<Item = ModelStep>) -> Self {
        let inner = Inner {
            steps: steps.into_iter().collect(),
            heard: Vec::new(),
        };
        Self {
            inner: Mutex::new(inner),
        }
    }

    /// What it has heard so far.
    #[must_use]
    pub fn heard(&self) -> Vec<Heard> {
        self.inner
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .heard
            .clone()
    }
}

#[async_trait]
impl Model for Scripted {
    async fn next(&self, request: ModelRequest<'_>) -> Result<ModelStep, ModelError> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.heard.push(Heard {
            system: request.system.to_owned(),
            question: request.question.to_owned(),
            history: request.history.len(),
            state: request.state.cloned().unwrap_or_default(),
            terms: request.terms.to_vec(),
            tools: request.tools.iter().map(|tool| tool.name).collect(),
            results: request
                .steps
                .iter()
                .map(|step| {
                    step.result
                        .as_ref()
                        .map(|o| o.data.clone())
                        .map_err(Clone::clone)
                })
                .collect(),
        });
        inner
            .steps
            .pop_front()
            .ok_or_else(|| ModelError::Failed("the script is over".into()))
    }
}
