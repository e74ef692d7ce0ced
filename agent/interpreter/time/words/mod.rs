//! The words of time, a table a language: what each word or fixed phrase may be. Lower case,
//! without accents. The grammar reads classes, never words.

mod class;
mod english;
mod fused;
mod holidays;
mod numbers;
mod portuguese;
mod spanish;
mod table;

pub(super) use class::Class;
pub use class::{Days, Part};
pub(super) use fused::fused;
pub(super) use table::{entries, single};
