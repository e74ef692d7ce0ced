//! What words of time mean: "last week", "el tercer trimestre de 2024", "Black Friday do ano
//! passado". The reader of questions scans a sentence with it and gets typed phrases back.
//!
//! Words are sorted into classes first (a unit, a number, "last", "ago"), so one grammar serves
//! English, Spanish and Portuguese. Nothing here reads a clock: [`Calendar`] carries today.

mod absolute;
mod calendar;
mod dates;
mod grammar;
mod holidays;
mod ranges;
mod relative;
mod spelling;
mod words;

pub use calendar::{Calendar, Unit, When};
pub use grammar::{Meaning, Phrase, phrases};
pub(crate) use spelling::{known, spelled};
pub(crate) use words::{is_month, number};
