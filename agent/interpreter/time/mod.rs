//! What words of time mean: "last week", "el tercer trimestre de 2024", "Black Friday do ano
//! passado". The reader of questions scans a sentence with it and gets typed phrases back.
//!
//! Words are sorted into classes first (a unit, a number, "last", "ago"), so one grammar serves
//! English, Spanish and Portuguese; what it finds is resolved against a calendar. Nothing here
//! reads a clock: [`Calendar`] carries today. [`echo()`] says a meaning in words that read the same.

mod calendar;
mod company;
mod echo;
mod grammar;
mod holidays;
mod phrases;
mod pieces;
mod resolve;
mod said;
mod spelling;
mod tokens;
mod weekdays;
mod words;

pub use calendar::{Calendar, Unit, When};
pub use echo::echo;
pub use grammar::Meaning;
pub(crate) use phrases::goes_on;
pub use phrases::{Phrase, in_text, phrases};
pub(crate) use spelling::{is_month, known, number, spelled};
pub use words::{Days, Part};
