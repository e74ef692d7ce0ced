//! The shop as others see it: its files, its rows, its stories.

mod disk;
mod rows;
mod stories;
mod table;
