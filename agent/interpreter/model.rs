//! The built-in model: the turn asks it what to do next, and it reads the question instead of
//! sending it anywhere. It needs no key, no network and no history but the conversation's query.

use std::sync::Arc;

use almanac_agent_contract::{
    Choice, Draft, Language, Model, ModelError, ModelRequest, ModelStep, Outcome, Settings, Step,
    ToolOutput,
};
use almanac_metrics::Catalog;
use async_trait::async_trait;

use crate::calls;
use crate::compose::{Asked, examples};
use crate::intent::{Feature, Intent, Reading};
use crate::lexicon::Lexicon;
use crate::phrases::Say;
use crate::read::{Question, read};
use crate::text::{LONGEST, tokens};
use crate::time::Calendar;

/// Chooses tools by grammar.
#[derive(Debug, Clone)]
pub struct BuiltIn {
    lexicon: Arc<Lexicon>,
}

impl BuiltIn {
    /// Indexes the catalogue. Build a new one when the catalogue changes.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>, settings: &Settings) -> Self {
        Self {
            lexicon: Arc::new(Lexicon::new(catalog, settings)),
        }
    }

    /// The language a question is asked in, where its words tell; else `usual`.
    #[must_use]
    pub fn language_of(&self, question: &str, usual: Language) -> Language {
        if question.len() > LONGEST {
            return usual;
        }
        self.lexicon.vocabulary.language(&tokens(question), usual)
    }

    /// The index, for [`read`].
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}

#[async_trait]
impl Model for BuiltIn {
    async fn next(&self, request: ModelRequest<'_>) -> Result<ModelStep, ModelError> {
        let question = Question {
            text: request.question,
            state: request.state,
            terms: request.terms,
            scope: request.scope,
        };
        let reading = read(&self.lexicon, question);
        Ok(match request.steps.last() {
            None => self.first(reading, &request),
            Some(step) => ModelStep::Final(told(step, request.steps.len() - 1, &reading)),
        })
    }
}

impl BuiltIn {
    /// The tool call that the reading is; where it needs no tool, or there is none for it yet, the
    /// words.
    fn first(&self, reading: Reading, request: &ModelRequest<'_>) -> ModelStep {
        let call = calls::call(&reading.intent);
        if let Some(call) =
            call.filter(|call| request.tools.iter().any(|tool| tool.name == call.tool))
        {
            return ModelStep::Call(call);
        }
        let language = reading.language;
        let scope = request.scope;
        let calendar = Calendar::new(&scope.settings, scope.today(), self.lexicon.beginning);
        let asked = Asked {
            lexicon: &self.lexicon,
            calendar: &calendar,
            language,
            state: None,
            depth: 0,
        };
        let (outcome, say) = match &reading.intent {
            Intent::Help => (Outcome::Answer, Say::Help),
            Intent::Hello => (Outcome::Answer, Say::Hello),
            Intent::Thanks => (Outcome::Answer, Say::Thanks),
            Intent::Reset => (Outcome::Answer, Say::Fresh),
            Intent::Decline => (Outcome::Answer, Say::Declined),
            Intent::Feedback { good: true } => (Outcome::Answer, Say::Thanks),
            Intent::Want {
                feature: Feature::Export,
                ..
            } => (Outcome::Refuse, Say::ExportButton),
            Intent::Want { feature, .. } => (Outcome::Refuse, Say::NotYet(*feature)),
            Intent::Clarify { text, choices } => {
                return ending(Outcome::Clarify, text, choices, &reading);
            }
            Intent::Refuse { text, choices } => {
                return ending(Outcome::Refuse, text, choices, &reading);
            }
            _ => (Outcome::Refuse, Say::NoTool),
        };
        let about = match &reading.intent {
            Intent::Want { query, .. } => query.as_ref().and_then(|query| query.metrics.first()),
            _ => None,
        };
        let choices = if matches!(say, Say::Thanks) {
            Vec::new()
        } else {
            examples(&asked, about.map(String::as_str))
        };
        let draft = Draft {
            choices,
            forget: reading.intent == Intent::Reset,
            confidence: Some(reading.confidence),
            ..Draft::words(outcome, say.in_language(language))
        };
        ModelStep::Final(draft)
    }
}

fn ending(outcome: Outcome, text: &str, choices: &[Choice], reading: &Reading) -> ModelStep {
    ModelStep::Final(Draft {
        choices: choices.to_vec(),
        confidence: Some(reading.confidence),
        ..Draft::words(outcome, noted(&reading.notes, text))
    })
}

/// What a tool found, with what was read differently from how it was typed in front.
fn told(step: &Step, at: usize, reading: &Reading) -> Draft {
    match &step.result {
        Ok(ToolOutput {
            summary,
            card,
            choices,
            ..
        }) => Draft {
            choices: reading.offer.iter().chain(choices).cloned().collect(),
            card: card.as_ref().map(|_| at),
            reading: reading.understood.clone(),
            confidence: Some(reading.confidence),
            ..Draft::words(Outcome::Answer, noted(&reading.notes, summary))
        },
        Err(text) => Draft {
            reading: reading.understood.clone(),
            confidence: Some(reading.confidence),
            ..Draft::words(Outcome::Refuse, text)
        },
    }
}

fn noted(notes: &[String], text: &str) -> String {
    let mut whole = notes.join(" ");
    if !whole.is_empty() && !text.is_empty() {
        whole.push(' ');
    }
    whole.push_str(text);
    whole
}
