//! The binary `almanac`: its command line, and the assembly of every part into the line
//! platform -> inbox -> worker -> turn -> outbox -> courier -> platform.

mod admins;
mod app;
mod asking;
mod cli;
mod commands;
mod config;
mod courier;
mod dying;
mod examples;
mod exit;
mod http;
mod interpreter;
mod key;
mod line;
mod linking;
mod pacer;
mod places;
mod pressed;
mod reception;
mod running;
mod services;
mod setup;
mod showing;
mod strangers;
mod thrift;
mod waiting;
mod worker;

pub use admins::Admin;
pub use app::App;
pub use asking::{Asker, Question};
pub use cli::Command;
pub use commands::run;
pub use exit::{Failure, Status};
pub use key::Key;
pub use places::Places;
pub use running::Running;
pub use setup::Setup;
pub use strangers::Strangers;
