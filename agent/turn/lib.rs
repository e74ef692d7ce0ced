//! One turn: prompt, model <-> tools, budget, one final reply.
//!
//! The worker hands in the question and what is remembered of its conversation; it gets back a
//! reply, always. The model and the tools are values, so a turn knows neither platforms nor SQL.

mod limits;
mod standing;
mod steps;
mod turn;
mod words;

pub use limits::Limits;
pub use turn::{Catalogue, Taken, Turn, Turns};
