//! Statistics: pure functions over series of numbers. No I/O, no dates, no words.

mod center;
mod change;
mod extremes;

pub use center::{mean, median};
pub use change::relative_change;
pub use extremes::{Extremes, extremes};
