//! Renders prompts. Undefined names are errors; the hash of the result is logged with the turn,
//! so that an answer can be traced to the words that led to it.

use std::hash::{DefaultHasher, Hash, Hasher};

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};

use crate::System;

const SYSTEM: &str = "system.md";

/// A template that does not fit its context. The operator hears it.
#[derive(Debug, thiserror::Error)]
#[error("prompt template {name}: {source}")]
pub struct PromptError {
    name: &'static str,
    source: minijinja::Error,
}

/// A prompt and the hash of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// What the model reads.
    pub text: String,
    /// Equal texts have equal hashes within one build.
    pub hash: u64,
}

/// All templates, parsed once.
#[derive(Debug)]
pub struct Prompts {
    environment: Environment<'static>,
}

impl Prompts {
    /// Parses the templates that are built into the binary.
    ///
    /// # Errors
    /// Where a template does not parse.
    pub fn load() -> Result<Self, PromptError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment
            .add_template(SYSTEM, include_str!("templates/system.md"))
            .map_err(|source| PromptError {
                name: SYSTEM,
                source,
            })?;
        Ok(Self { environment })
    }

    /// The system prompt.
    ///
    /// # Errors
    /// Where the template names what the context does not have.
    pub fn system(&self, context: &System<'_>) -> Result<Rendered, PromptError> {
        let text = self
            .environment
            .get_template(SYSTEM)
            .and_then(|template| template.render(Serde(context)))
            .map_err(|source| PromptError {
                name: SYSTEM,
                source,
            })?;
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        Ok(Rendered {
            hash: hasher.finish(),
            text,
        })
    }
}

#[cfg(test)]
mod tests {
    use almanac_agent_contract::{Term, TermScope};

    use super::*;
    use crate::Named;

    #[test]
    fn every_template_renders_its_sample() {
        let metrics = [Named {
            name: "revenue".into(),
            label: "Revenue".into(),
            description: "Paid".into(),
        }];
        let terms = [Term {
            phrase: "sales".into(),
            metric: "revenue".into(),
            scope: TermScope::Person,
        }];
        let context = System {
            metrics: &metrics,
            terms: &terms,
            ..System::sample()
        };
        let rendered = Prompts::load().unwrap().system(&context).unwrap();
        assert!(
            rendered.text.contains("- revenue: Revenue - Paid"),
            "{}",
            rendered.text
        );
        assert!(
            rendered.text.contains("- <quoted>sales</quoted>: revenue"),
            "{}",
            rendered.text
        );
        assert!(
            rendered.text.contains("2026-11-20 (America/Sao_Paulo)"),
            "{}",
            rendered.text
        );
    }

    #[test]
    fn the_hash_follows_the_text() {
        let prompts = Prompts::load().unwrap();
        let today = prompts.system(&System::sample()).unwrap();
        let again = prompts.system(&System::sample()).unwrap();
        let tomorrow = System {
            today: "2026-11-21".into(),
            ..System::sample()
        };
        assert_eq!(today, again);
        assert_ne!(today.hash, prompts.system(&tomorrow).unwrap().hash);
    }
}
