//! The built-in model: a question becomes one tool call by grammar over the metric catalogue of
//! any manifest, in English, Spanish and Portuguese. It does no I/O and reads no clock.

mod compose;
mod intent;
mod lexicon;
mod model;
mod phrases;
mod read;
mod say;
mod slots;
mod spans;
mod text;
pub mod time;
mod unknown;
mod vocabulary;
mod walk;

pub use intent::{Feature, Form, Intent, Reading, Wish};
pub use lexicon::Lexicon;
pub use model::BuiltIn;
pub use read::read;
