//! `give_feedback`: "that is wrong", "perfect" -> what the person thinks of the last answer is kept.

use std::sync::Arc;

use almanac_agent_contract::{Language, Scope, ToolError, ToolOutput};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::Context;
use crate::registry::TypedTool;
use crate::remember_definition::failed;

/// Longest note in characters; what is beyond is cut.
const LONGEST_NOTE: usize = 1_000;

/// The tool.
pub(crate) struct GiveFeedback(Arc<Context>);

/// The verdict.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// Whether the last answer was right.
    good: bool,
    /// What else the person said of it.
    note: Option<String>,
}

impl TypedTool for GiveFeedback {
    const NAME: &'static str = "give_feedback";
    const DESCRIPTION: &'static str =
        "Keeps what the person thinks of the last answer in this conversation.";
    type Arguments = Arguments;

    fn new(context: Arc<Context>) -> Self {
        Self(context)
    }

    async fn run(&self, arguments: Arguments, scope: &Scope) -> Result<ToolOutput, ToolError> {
        let note: Option<String> = arguments
            .note
            .map(|note| note.trim().chars().take(LONGEST_NOTE).collect());
        let note = note.as_deref().filter(|note| !note.is_empty());
        let good = arguments.good;
        let kept = self
            .0
            .memory
            .judge(scope, good, note)
            .await
            .map_err(failed)?;
        if !kept {
            return Err(ToolError::Person(nothing(scope.language).to_owned()));
        }
        Ok(ToolOutput {
            data: json!({ "kept": true }),
            summary: thanks(good, scope.language).to_owned(),
            ..ToolOutput::default()
        })
    }
}

const fn thanks(good: bool, language: Language) -> &'static str {
    match (good, language) {
        (true, Language::En) => "Thank you, I have noted that it was right.",
        (true, Language::Es) => "Gracias, queda anotado que estaba bien.",
        (true, Language::Pt) => "Obrigado, ficou anotado que estava certo.",
        (false, Language::En) => {
            "Thank you, I have noted that it was wrong. Tell me what you meant and I will try again."
        }
        (false, Language::Es) => {
            "Gracias, queda anotado que estaba mal. Dime qué querías y lo intento de nuevo."
        }
        (false, Language::Pt) => {
            "Obrigado, ficou anotado que estava errado. Diga o que você queria e eu tento de novo."
        }
    }
}

const fn nothing(language: Language) -> &'static str {
    match language {
        Language::En => "I have answered nothing here yet that could be right or wrong.",
        Language::Es => "Aquí todavía no he respondido nada que pueda estar bien o mal.",
        Language::Pt => "Aqui ainda não respondi nada que possa estar certo ou errado.",
    }
}
