//! The binary `almanac`: its command line, and the assembly of every part into the line
//! platform -> inbox -> worker -> turn -> outbox -> courier -> platform.

mod app;
mod asking;
mod cli;
mod commands;
mod config;
mod courier;
mod exit;
mod http;
mod interpreter;
mod line;
mod places;
mod running;
mod setup;
mod worker;

pub use app::App;
pub use asking::{Asker, Question};
pub use cli::Command;
pub use commands::run;
pub use exit::{Failure, Status};
pub use places::Places;
pub use running::Running;
pub use setup::Setup;
