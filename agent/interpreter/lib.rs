//! The built-in model: a question becomes one tool call by grammar over the metric catalogue of
//! any manifest, in English, Spanish and Portuguese. It does no I/O and reads no clock.

mod accounted;
mod amounts;
mod calls;
mod compose;
mod definitions;
mod explain;
mod feasts;
mod heard;
mod intent;
mod lexicon;
mod model;
mod offers;
mod phrases;
mod reach;
mod read;
mod say;
mod sentences;
mod slots;
mod spans;
mod sql;
mod standing;
mod text;
pub mod time;
mod unknown;
mod vocabulary;
mod walk;
mod wants;

pub use intent::{Bound, Feature, Form, Intent, Manner, Reading, Statistic, Than, Wish};
pub use lexicon::{Lexicon, Unit};
pub use model::BuiltIn;
pub use read::{Question, read};
