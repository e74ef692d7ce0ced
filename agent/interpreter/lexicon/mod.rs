//! The catalogue as words: which metric, dimension or value a few words of a question may name.
//! Built once a catalogue; looked up for every window of words of every question.

mod acronyms;
mod builder;
mod concepts;
mod countries;
mod country_names;
mod currencies;
mod described;
mod expressions;
mod forms;
mod index;
mod kin;
mod languages;
mod lemmas;
mod meanings;
mod nearest;
mod places;
mod slips;
mod table;
mod typos;
mod units;
mod unspaced;
mod values;

pub(crate) use concepts::is_verb;
pub(crate) use currencies::currency;
pub(crate) use described::{Sense, is_content};
pub(crate) use forms::{is_plural, is_plural_of, links, plain};
pub use index::Lexicon;
pub(crate) use index::{Fit, LONGEST_NAME, Named, Target, Word};
pub(crate) use kin::{condition_of, own_rows, owner};
pub use units::Unit;
pub(crate) use values::{holds_countries, spoken};
