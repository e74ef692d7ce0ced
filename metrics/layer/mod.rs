//! The layer as everyone else uses it: open it over definitions and a source, ask its catalogue,
//! run queries.

mod answer;
mod coverage;
mod describe;
mod index;
mod open;
mod run;
mod saved;
mod words;

pub use answer::{Answer, Compiled};
pub use open::{LayerOptions, Source};
pub use run::Layer;
