//! Language models and their stand-ins, one file each. The turn knows only `contract::Model`.

mod scripted;

pub use scripted::{Heard, Scripted};
