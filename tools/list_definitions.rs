//! `list_definitions`: "what do you know of my words?" -> which metric is meant by which phrase
//! here, in a sentence.

use std::sync::Arc;

use almanac_agent_contract::{Language, Scope, Term, TermScope, ToolError, ToolOutput};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::Context;
use crate::registry::TypedTool;
use crate::remember_definition::failed;

/// The tool.
pub(crate) struct ListDefinitions(Arc<Context>);

/// Takes nothing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {}

impl TypedTool for ListDefinitions {
    const NAME: &'static str = "list_definitions";
    const DESCRIPTION: &'static str =
        "Lists the words that people here have given a meaning to, with the metric of each.";
    type Arguments = Arguments;

    fn new(context: Arc<Context>) -> Self {
        Self(context)
    }

    async fn run(&self, _: Arguments, scope: &Scope) -> Result<ToolOutput, ToolError> {
        let terms = self.0.memory.terms(scope).await.map_err(failed)?;
        let catalog = self.0.layer.catalog();
        let told: Vec<_> = terms
            .iter()
            .map(|term| {
                let label = catalog
                    .metric(&term.metric)
                    .map_or(&term.metric, |metric| &metric.label);
                told(term, label, scope.language)
            })
            .collect();
        let summary = if told.is_empty() {
            none(scope.language).to_owned()
        } else {
            format!("{}: {}.", heading(scope.language), told.join("; "))
        };
        Ok(ToolOutput {
            data: json!(terms),
            summary,
            ..ToolOutput::default()
        })
    }
}

fn told(term: &Term, label: &str, language: Language) -> String {
    let whose = match (term.scope, language) {
        (TermScope::Person, _) => "",
        (TermScope::Channel, Language::En) => " (everybody in this channel)",
        (TermScope::Channel, Language::Es) => " (todos en este canal)",
        (TermScope::Channel, Language::Pt) => " (todos neste canal)",
        (TermScope::Workspace, Language::En) => " (everybody)",
        (TermScope::Workspace, Language::Es | Language::Pt) => " (todos)",
    };
    let is = match language {
        Language::En => "is",
        Language::Es => "es",
        Language::Pt => "é",
    };
    format!("“{}” {is} {label}{whose}", term.phrase)
}

const fn heading(language: Language) -> &'static str {
    match language {
        Language::En => "What I know of your words",
        Language::Es => "Lo que sé de tus palabras",
        Language::Pt => "O que sei das suas palavras",
    }
}

const fn none(language: Language) -> &'static str {
    match language {
        Language::En => {
            "Nobody has told me yet what they mean by their words. Say “when I say … I mean …” and I will remember."
        }
        Language::Es => {
            "Nadie me ha dicho todavía qué significan sus palabras. Di “cuando digo … quiero decir …” y lo recordaré."
        }
        Language::Pt => {
            "Ninguém me disse ainda o que quer dizer com suas palavras. Diga “quando digo … quero dizer …” e eu vou lembrar."
        }
    }
}
