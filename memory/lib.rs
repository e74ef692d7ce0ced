//! What is remembered and recalled. Postgres holds the truth; this crate decides how much of it
//! a turn is given.

mod recollection;

pub use recollection::{Memory, Recollection};
