//! Tools: what a model may do. A tool is one file in `tools/` and one line in its list.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Card, Choice, Scope, Timing};

/// What a model is told of a tool.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ToolSpec {
    /// Unique name, snake case.
    pub name: &'static str,
    /// When to use it and what comes back.
    pub description: &'static str,
    /// JSON Schema of its arguments.
    pub parameters: Json,
}

/// A model's wish to use a tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToolCall {
    /// The tool's name.
    pub tool: String,
    /// Its arguments.
    pub arguments: Json,
}

/// What a tool found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ToolOutput {
    /// For the model: small, factual JSON.
    pub data: Json,
    /// The finding in one or two sentences in the asker's language.
    pub summary: String,
    /// For the person.
    pub card: Option<Card>,
    /// Questions that make sense next.
    pub choices: Vec<Choice>,
    /// Time spent compiling and running.
    pub timing: Timing,
}

/// Why a tool could not.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// The model's fault: it hears why and may try again.
    #[error("{0}")]
    Arguments(String),
    /// The person hears it: a plain sentence in their language that says what to do.
    #[error("{0}")]
    Person(String),
    /// The operator's matter: logged once; the person hears that something failed.
    #[error("{0}")]
    Operator(String),
}

/// One thing a model may do.
#[async_trait]
pub trait Tool: Send + Sync {
    /// Its name, purpose and arguments.
    fn spec(&self) -> ToolSpec;

    /// Does it, on behalf of `scope`.
    async fn call(&self, arguments: Json, scope: &Scope) -> Result<ToolOutput, ToolError>;
}
