//! The binary `almanac`.

use std::process::ExitCode;

use almanac_server::Command;
use clap::Parser;

fn main() -> ExitCode {
    match Command::try_parse() {
        Ok(command) => almanac_server::run(command),
        Err(told) if told.exit_code() == 0 => {
            print!("{told}");
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            eprintln!("almanac: {}", in_one_line(&wrong.to_string()));
            ExitCode::from(2)
        }
    }
}

/// What is wrong with the words of a command, as one sentence.
fn in_one_line(error: &str) -> String {
    let wrong = error.split("\n\n").next().unwrap_or(error);
    let wrong = wrong.trim_start_matches("error: ");
    let words: Vec<_> = wrong.split_whitespace().collect();
    format!(
        "{}; `almanac --help` shows what can be said",
        words.join(" ")
    )
}
