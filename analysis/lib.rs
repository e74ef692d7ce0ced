//! Statistics: pure functions over series of numbers. No I/O, no dates, no words.

mod change;
mod extremes;

pub use change::relative_change;
pub use extremes::{Extremes, extremes};
