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

/// How sure a reading of a question is, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Confidence {
    /// Of the reading that was taken.
    pub score: f32,
    /// Of the next best; 0 where there is none.
    pub runner_up: f32,
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
    /// How the question was understood, in words, in the asker's language.
    #[serde(default)]
    pub reading: Option<String>,
    /// How sure that is.
    #[serde(default)]
    pub confidence: Option<Confidence>,
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
            reading: None,
            confidence: None,
            timing: Timing::default(),
        }
    }
}
