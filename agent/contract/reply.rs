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

/// A small file: an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFile {
    /// Its name: "revenue.csv".
    pub name: String,
    /// Its MIME type.
    pub kind: String,
    /// What is in it.
    pub text: String,
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
    /// A statement or definition, shown letter by letter.
    #[serde(default)]
    pub code: Option<String>,
    /// A file that goes with it.
    #[serde(default)]
    pub file: Option<TextFile>,
    /// For the asker's eyes alone: a platform that can shows it to nobody else.
    #[serde(default)]
    pub private: bool,
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
            code: None,
            file: None,
            private: false,
            reading: None,
            confidence: None,
            timing: Timing::default(),
        }
    }
    /// Every question that can be pressed under it, in order: the choices, then the card's
    /// follow-ups. A button carries a position in this list.
    pub fn offers(&self) -> impl Iterator<Item = Choice> {
        let follow_ups = self.card.iter().flat_map(|card| &card.follow_ups);
        self.choices
            .iter()
            .cloned()
            .chain(follow_ups.map(|ask| Choice {
                label: ask.clone(),
                ask: ask.clone(),
            }))
    }
}
