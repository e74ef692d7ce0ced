//! The built-in model: the turn asks it what to do next, and it reads the question instead of
//! sending it anywhere. It needs no key, no network and no history but the conversation's query.

use std::sync::Arc;

use almanac_agent_contract::{
    Choice, Draft, Language, Model, ModelError, ModelRequest, ModelStep, Outcome, Settings, Step,
    ToolCall, ToolOutput,
};
use almanac_metrics::Catalog;
use async_trait::async_trait;
use serde_json::{Value as Json, json};

use crate::compose::{Asked, examples};
use crate::intent::{Intent, Reading, Wish};
use crate::lexicon::Lexicon;
use crate::phrases::Say;
use crate::read::read;
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
        let reading = read(
            &self.lexicon,
            request.question,
            request.state.and_then(|state| state.query.as_ref()),
            request.scope,
        );
        Ok(match request.steps.last() {
            None => self.first(reading, &request),
            Some(step) => ModelStep::Final(told(step, request.steps.len() - 1, &reading)),
        })
    }
}

impl BuiltIn {
    fn first(&self, reading: Reading, request: &ModelRequest<'_>) -> ModelStep {
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
        let words = |outcome, say: Say<'_>| {
            let choices = if matches!(say, Say::Thanks) {
                Vec::new()
            } else {
                examples(&asked, None)
            };
            last(outcome, say.in_language(language), choices)
        };
        match reading.intent {
            Intent::Ask { query, wish, .. } => match serde_json::to_value(&query) {
                Ok(mut arguments) => {
                    if let (Some(object), Some(wish)) = (arguments.as_object_mut(), wish) {
                        let chart = chart(wish, query.grain.is_some());
                        object.insert("chart".to_owned(), Json::from(chart));
                    }
                    call("query_metrics", arguments)
                }
                Err(error) => last(Outcome::Error, error.to_string(), Vec::new()),
            },
            Intent::Define { metric } => call("describe_metric", json!({ "metric": metric })),
            Intent::Catalogue => call("list_metrics", json!({})),
            Intent::Help => words(Outcome::Answer, Say::Help),
            Intent::Hello => words(Outcome::Answer, Say::Hello),
            Intent::Thanks => words(Outcome::Answer, Say::Thanks),
            Intent::Reset => words(Outcome::Answer, Say::Fresh),
            Intent::Clarify { text, choices } => {
                last(Outcome::Clarify, noted(&reading.notes, &text), choices)
            }
            Intent::Refuse { text, choices } => {
                last(Outcome::Refuse, noted(&reading.notes, &text), choices)
            }
        }
    }
}

fn call(tool: &str, arguments: Json) -> ModelStep {
    ModelStep::Call(ToolCall {
        tool: tool.to_owned(),
        arguments,
    })
}

fn last(outcome: Outcome, text: String, choices: Vec<Choice>) -> ModelStep {
    ModelStep::Final(Draft {
        choices,
        ..Draft::words(outcome, text)
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
            choices: choices.clone(),
            card: card.as_ref().map(|_| at),
            ..Draft::words(Outcome::Answer, noted(&reading.notes, summary))
        },
        Err(text) => Draft::words(Outcome::Refuse, text),
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

/// The tool's word for a form of answer.
fn chart(wish: Wish, series: bool) -> &'static str {
    match wish {
        Wish::Chart if series => "line",
        Wish::Line => "line",
        Wish::Chart | Wish::Bar => "bar",
        Wish::Stacked => "stacked_bar",
        Wish::Table => "table",
    }
}
