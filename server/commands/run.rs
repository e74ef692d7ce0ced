//! Runs a command on a runtime of its own, with logs on standard error.

use std::io::IsTerminal;
use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

#[cfg(feature = "ballista")]
use super::cluster;
use super::{admin, ask, batch, chat, demo, doctor, eval, init, manifest, metrics, serve};
use crate::{Command, Failure, Status, thrift};

/// What a thread may use: plans travel through a cluster, and they are written and read by
/// recursion.
const STACK: usize = 8 << 20;

/// Runs the command; an error is printed as one sentence.
#[must_use]
pub fn run(command: Command) -> ExitCode {
    if matches!(command, Command::Demo(_) | Command::Serve(_)) {
        thrift::begin_again();
    }
    log(&command);
    // Reads where a test wants the process to end; nothing in any other build.
    let _places_to_die = fail::FailScenario::setup();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(STACK)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("almanac: the runtime does not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(dispatch(command)) {
        Ok(status) => status.into(),
        Err(failure) => {
            eprintln!("almanac: {failure}");
            failure.code()
        }
    }
}

async fn dispatch(command: Command) -> Result<Status, Failure> {
    match command {
        Command::Demo(args) => demo::run(args).await,
        Command::Serve(place) => serve::run(place).await,
        Command::Init(args) => init::run(&args),
        Command::Doctor(place) => doctor::run(place).await,
        Command::Ask(args) => match &args.batch {
            Some(file) => batch::run(file, &args).await,
            None => ask::run(&args).await,
        },
        Command::Chat(args) => chat::run(args).await,
        Command::Metrics(command) => metrics::run(command).await,
        Command::Eval(args) => eval::run(args).await,
        Command::Manifest(args) => manifest::run(&args),
        Command::Admin(command) => admin::run(command).await,
        #[cfg(feature = "ballista")]
        Command::Cluster(command) => cluster::run(command).await,
    }
}

/// `ALMANAC_LOG` sets what is logged ("info", "almanac_server=debug"); JSON unless a person
/// watches.
fn log(command: &Command) {
    // A service is watched by an operator; a command by somebody who wants its answer.
    let usual = match command {
        Command::Demo(_) | Command::Serve(_) => "warn",
        // The scheduler draws plans for a page that we do not serve, and some it cannot draw.
        #[cfg(feature = "ballista")]
        Command::Cluster(_) => "warn,ballista_scheduler::display=off",
        _ => "error",
    };
    let mut filter =
        EnvFilter::try_from_env("ALMANAC_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    // Below errors, these log what people say; Slack's client logs the address that opens a
    // connection with its errors, and that it broke the adapter says itself.
    for client in ["serenity=error", "slack_morphism=off", "teloxide=error"] {
        filter = filter.add_directive(client.parse().unwrap_or_default());
    }
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        builder.compact().init();
    } else {
        builder.json().init();
    }
}
