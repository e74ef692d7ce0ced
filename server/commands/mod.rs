//! One file per command.

mod admin;
mod ask;
mod batch;
mod chat;
#[cfg(feature = "ballista")]
mod cluster;
mod demo;
mod doctor;
mod eval;
mod init;
mod manifest;
mod metrics;
mod run;
mod say;
mod serve;
mod service;
mod undelivered;

pub use run::run;
