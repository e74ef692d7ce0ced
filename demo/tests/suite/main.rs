//! The shop as others see it: its files, its rows, its stories, its metrics.

#[cfg(test)]
mod definitions;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod table;
