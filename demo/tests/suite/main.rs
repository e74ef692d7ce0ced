//! The shop as others see it: its files, its rows, its stories.

#[cfg(test)]
mod disk;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod table;
