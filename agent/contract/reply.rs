//! What goes out: one final answer a turn.

use serde::{Deserialize, Serialize};

use crate::{Card, Timing};

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A number, a list, a definition: the question is answered.
    Answer,
    /// A question back, with choices.
    Clarify,
    /// It cannot be answered, and why.
    Refuse,
    /// Something failed; what to do next.
    Error,
}

/// Something to press that sends a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What the button says.
    pub label: String,
    /// The question it asks.
    pub ask: String,
}

/// One final answer. Every adapter renders all of it as well as its platform can.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// How the turn ended.
    pub outcome: Outcome,
    /// The answer in words; plain text, never markup.
    pub text: String,
    /// The numbers.
    pub card: Option<Card>,
    /// Readings to choose from, or examples that work.
    pub choices: Vec<Choice>,
    /// Time spent.
    pub timing: Timing,
}

impl Reply {
    /// Words alone.
    #[must_use]
    pub fn words(outcome: Outcome, text: impl Into<String>) -> Self {
        Self {
            outcome,
            text: text.into(),
            card: None,
            choices: Vec::new(),
            timing: Timing::default(),
        }
    }
}
