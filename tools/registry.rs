//! The list of tools. A tool is a file with a type that implements [`TypedTool`], and a line in
//! `tools!`: its arguments are parsed and its JSON Schema is made from their type.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};

use almanac_agent_contract::{Language, Scope, Tool, ToolError, ToolOutput, ToolSpec};
use almanac_cards::Writer;
use almanac_memory::Memory;
use almanac_metrics::Layer;
use async_trait::async_trait;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

/// What tools work with.
pub struct Context {
    /// The metric layer.
    pub layer: Arc<Layer>,
    /// What people have told it to remember.
    pub memory: Memory,
    writers: RwLock<HashMap<(String, String), Writer>>,
}

impl Context {
    /// Over this metric layer and this memory.
    #[must_use]
    pub fn new(layer: Arc<Layer>, memory: Memory) -> Arc<Self> {
        Arc::new(Self {
            layer,
            memory,
            writers: RwLock::default(),
        })
    }

    /// Writes numbers and dates for the reader of this scope: in the workspace's own locale
    /// where it is of the turn's language.
    pub(crate) fn writer(&self, scope: &Scope) -> Writer {
        let locale = if scope.language == scope.settings.language() {
            scope.settings.locale.as_str()
        } else {
            match scope.language {
                Language::En => "en",
                Language::Es => "es",
                Language::Pt => "pt-BR",
            }
        };
        let key = (locale.to_owned(), scope.settings.currency.clone());
        let known = self
            .writers
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .cloned();
        known.unwrap_or_else(|| {
            let writer = Writer::new(&key.0, &key.1);
            let mut writers = self.writers.write().unwrap_or_else(PoisonError::into_inner);
            writers.insert(key, writer.clone());
            writer
        })
    }
}

/// A tool whose arguments have a type.
pub(crate) trait TypedTool: Send + Sync + 'static {
    /// Unique name, snake case.
    const NAME: &'static str;
    /// When to use it and what comes back.
    const DESCRIPTION: &'static str;
    /// What it takes.
    type Arguments: DeserializeOwned + JsonSchema + Send;

    /// The tool over this context.
    fn new(context: Arc<Context>) -> Self;

    /// Does it.
    fn run(
        &self,
        arguments: Self::Arguments,
        scope: &Scope,
    ) -> impl Future<Output = Result<ToolOutput, ToolError>> + Send;
}

/// A typed tool as the turn sees it.
pub(crate) struct Typed<T>(pub(crate) T);

#[async_trait]
impl<T: TypedTool> Tool for Typed<T> {
    fn spec(&self) -> ToolSpec {
        spec::<T>()
    }

    async fn call(&self, arguments: Json, scope: &Scope) -> Result<ToolOutput, ToolError> {
        let arguments = serde_json::from_value(arguments)
            .map_err(|error| ToolError::Arguments(format!("{}: {error}", T::NAME)))?;
        self.0.run(arguments, scope).await
    }
}

/// What a model is told of a tool.
pub(crate) fn spec<T: TypedTool>() -> ToolSpec {
    ToolSpec {
        name: T::NAME,
        description: T::DESCRIPTION,
        parameters: schemars::schema_for!(T::Arguments).to_value(),
    }
}

/// Declares the tools' modules and the functions that make them all and tell of them.
macro_rules! tools {
    ($($module:ident :: $tool:ident),+ $(,)?) => {
        $(mod $module;)+

        /// Every tool, over this context.
        #[must_use]
        pub fn all(
            context: &std::sync::Arc<Context>,
        ) -> Vec<std::sync::Arc<dyn almanac_agent_contract::Tool>> {
            use registry::{Typed, TypedTool};
            vec![$(std::sync::Arc::new(Typed($module::$tool::new(context.clone())))),+]
        }

        /// What a model is told of every tool, for those who call none.
        #[must_use]
        pub fn specs() -> Vec<almanac_agent_contract::ToolSpec> {
            vec![$(registry::spec::<$module::$tool>()),+]
        }
    };
}
pub(crate) use tools;
