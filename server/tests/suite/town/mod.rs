//! A town in which everybody has Almanac on their platform: stand-ins for all four, the real binary
//! connected to them, people who write and press, and what they see. For tests and benchmarks.

mod place;
mod service;
mod sight;
mod speech;

pub(crate) use place::{Chat, Ground, Plan, Town, until};
pub(crate) use service::Service;
pub(crate) use sight::Seen;
pub(crate) use speech::Event;
