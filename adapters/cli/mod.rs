//! The command line: `almanac ask` and `almanac chat`. A person types a question and reads the
//! answer card as text.

mod render;
mod terminal;
mod typed;

pub use render::render;
pub use terminal::{CLI, LOCAL, Terminal};
pub use typed::Typed;
