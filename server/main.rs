//! The binary `almanac`.

use std::process::ExitCode;

use almanac_server::Command;
use clap::Parser;

fn main() -> ExitCode {
    let command = Command::parse();
    almanac_server::run(command)
}
