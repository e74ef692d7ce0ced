//! Models: what chooses tools and words. The built-in interpreter is one, so is any language
//! model, so is a test's script.

use async_trait::async_trait;

use crate::{
    Choice, Confidence, ConversationState, Outcome, Scope, Term, ToolCall, ToolOutput, ToolSpec,
};

/// A question and its answer, earlier in the conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    /// What the person said.
    pub question: String,
    /// What Almanac answered, in words.
    pub answer: String,
}

/// A tool call made in this turn, and what came of it. An error is told to the model as text.
#[derive(Debug, Clone)]
pub struct Step {
    /// The call.
    pub call: ToolCall,
    /// What the tool found, or what was wrong with the call.
    pub result: Result<ToolOutput, String>,
}

/// All a model is given.
#[derive(Debug, Clone, Copy)]
pub struct ModelRequest<'a> {
    /// On whose behalf.
    pub scope: &'a Scope,
    /// The system prompt.
    pub system: &'a str,
    /// The conversation so far, oldest first.
    pub history: &'a [Exchange],
    /// Where the conversation stands; `None` at its start.
    pub state: Option<&'a ConversationState>,
    /// What people here mean by their words; at most one a phrase, the nearest to the asker.
    pub terms: &'a [Term],
    /// What the person says now.
    pub question: &'a str,
    /// The tools of this turn.
    pub tools: &'a [ToolSpec],
    /// What has been done in this turn.
    pub steps: &'a [Step],
}

/// The final words of a turn. The card is that of the step it names.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// How the turn ends.
    pub outcome: Outcome,
    /// The words.
    pub text: String,
    /// Readings to choose from, or examples.
    pub choices: Vec<Choice>,
    /// The step (index into [`ModelRequest::steps`]) whose card is the answer.
    pub card: Option<usize>,
    /// How the question was understood, in words, in the asker's language.
    pub reading: Option<String>,
    /// How sure that is.
    pub confidence: Option<Confidence>,
    /// The conversation starts anew: what it stood at is forgotten.
    pub forget: bool,
}

impl Draft {
    /// Words alone.
    #[must_use]
    pub fn words(outcome: Outcome, text: impl Into<String>) -> Self {
        Self {
            outcome,
            text: text.into(),
            choices: Vec::new(),
            card: None,
            reading: None,
            confidence: None,
            forget: false,
        }
    }
}

/// What a model wants next.
#[derive(Debug, Clone, PartialEq)]
pub enum ModelStep {
    /// Use this tool, then ask me again.
    Call(ToolCall),
    /// This is the answer.
    Final(Draft),
}

/// Why a model could not go on. The operator hears it.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Trying again later, or another model, may help.
    #[error("the model is unavailable: {0}")]
    Unavailable(String),
    /// It will not get better by trying again.
    #[error("the model failed: {0}")]
    Failed(String),
}

/// Chooses what to do next in a turn.
#[async_trait]
pub trait Model: Send + Sync {
    /// The next step.
    async fn next(&self, request: ModelRequest<'_>) -> Result<ModelStep, ModelError>;
}
