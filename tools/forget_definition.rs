//! `forget_definition`: "forget what I said about sales" -> the word is read as everybody's again.

use std::sync::Arc;

use almanac_agent_contract::{Language, Scope, ToolError, ToolOutput};
use almanac_memory::Phrase;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::Context;
use crate::registry::TypedTool;
use crate::remember_definition::failed;

/// The tool.
pub(crate) struct ForgetDefinition(Arc<Context>);

/// Which one.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// The words, as list_definitions gives them.
    phrase: String,
}

impl TypedTool for ForgetDefinition {
    const NAME: &'static str = "forget_definition";
    const DESCRIPTION: &'static str =
        "Forgets which metric is meant by a word or phrase. Only where the person says so.";
    type Arguments = Arguments;

    fn new(context: Arc<Context>) -> Self {
        Self(context)
    }

    async fn run(&self, arguments: Arguments, scope: &Scope) -> Result<ToolOutput, ToolError> {
        let forgotten = match Phrase::new(&arguments.phrase) {
            Some(phrase) => self.0.memory.forget(scope, &phrase).await.map_err(failed)?,
            None => None,
        };
        let Some(term) = forgotten else {
            let text = nothing(arguments.phrase.trim(), scope.language);
            return Err(ToolError::Person(text));
        };
        let catalog = self.0.layer.catalog();
        let label = catalog
            .metric(&term.metric)
            .map_or(&term.metric, |metric| &metric.label);
        Ok(ToolOutput {
            summary: forgot(&term.phrase, label, scope.language),
            data: json!(term),
            ..ToolOutput::default()
        })
    }
}

fn forgot(phrase: &str, label: &str, language: Language) -> String {
    match language {
        Language::En => format!("Forgotten: “{phrase}” is no longer {label} to me."),
        Language::Es => format!("Olvidado: “{phrase}” ya no es {label} para mí."),
        Language::Pt => format!("Esquecido: “{phrase}” não é mais {label} para mim."),
    }
}

fn nothing(phrase: &str, language: Language) -> String {
    match language {
        Language::En => {
            format!("Nobody here has told me what “{phrase}” means: nothing to forget.")
        }
        Language::Es => {
            format!("Nadie aquí me ha dicho qué significa “{phrase}”: nada que olvidar.")
        }
        Language::Pt => {
            format!("Ninguém aqui me disse o que “{phrase}” significa: nada a esquecer.")
        }
    }
}
