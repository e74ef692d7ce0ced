//! The layer as everyone else uses it: open it over definitions and a source, ask its catalogue,
//! run queries.

mod answer;
mod cache;
mod complete;
mod coverage;
mod describe;
mod empty;
mod explain;
mod index;
mod keys;
mod limits;
mod open;
mod refresh;
mod run;
mod runner;
mod saved;
mod without_data;
mod words;

pub use answer::{Answer, Compiled};
pub use explain::Explanation;
pub use limits::Limits;
pub use open::{LayerOptions, Source};
pub use run::Layer;
pub use saved::SavedQuery;
pub use without_data::WithoutData;
