//! Prompts: templates as files in `templates/`, each with a typed context.

mod registry;
mod system;

pub use registry::{PromptError, Prompts, Rendered};
pub use system::{Named, System};
