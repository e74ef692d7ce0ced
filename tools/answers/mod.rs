//! Answers through whole tools.

mod computed;
mod shop;
mod told;
