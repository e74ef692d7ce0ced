//! A small real-looking shop: what `almanac demo`, the tests and the eval cases ask about.
//!
//! [`ensure`] makes its tables once and finds them again; `definitions/` says what can be asked of
//! them; `stories.md` lists what was planted in them. Nothing here is drawn without a seed.

mod calendar;
mod catalogue;
mod channels;
mod countries;
mod customers;
mod definitions;
mod draws;
mod error;
mod items;
mod marketing;
mod orders;
mod rates;
mod refunds;
mod seasons;
mod sessions;
mod sheet;
mod shop;
mod stories;
mod subscriptions;
mod tables;

pub use error::DemoError;
pub use shop::{Shop, Size, ensure, ensure_sized, settings};
