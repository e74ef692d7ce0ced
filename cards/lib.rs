//! What a person reads. [`Writer`] writes numbers, dates and lists in the reader's locale; [`svg`]
//! and [`png()`] draw charts; [`plain()`] and [`csv()`] are whole cards for terminals and spreadsheets,
//! [`parts()`] what chat platforms put into their own markup.
//! No I/O; nothing outside the binary is needed, fonts included.

mod chart;
mod csv;
mod currency;
mod dates;
mod digits;
mod duration;
mod grid;
mod locale;
mod plain;
mod quantity;
mod spark;
mod words;
mod writer;

pub use chart::{ChartError, Size, Theme, png, svg};
pub use csv::csv;
pub use plain::{GridText, Parts, parts, plain};
pub use writer::Writer;
