//! What is remembered and recalled. Postgres holds the truth; this crate decides how much of it
//! a turn is given.

mod definitions;
mod phrase;
mod recollection;

pub use almanac_store::{Defined, MAX_DEFINITIONS, StoreError};
pub use phrase::Phrase;
pub use recollection::{Memory, Recollection};
