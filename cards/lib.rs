//! What a person reads. [`Writer`] writes numbers, dates and lists in the reader's locale; tools
//! build cards with it.

mod csv;
mod currency;
mod dates;
mod digits;
mod duration;
mod locale;
mod quantity;
mod words;
mod writer;

pub use csv::csv;
pub use writer::Writer;
