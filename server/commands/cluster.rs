//! `almanac cluster scheduler | executor`: runs one part of a Ballista cluster in the foreground,
//! until it is told to stop. `[source] kind = "ballista"` makes use of it.

use std::net::SocketAddr;

use almanac_metrics::{ClusterError, ExecutorOptions, Scheduler};

use super::say::say;
use super::service::told_to_stop;
use crate::cli::{ClusterCommand, ExecutorArgs, SchedulerArgs};
use crate::places::Places;
use crate::{Failure, Status};

pub(super) async fn run(command: ClusterCommand) -> Result<Status, Failure> {
    match command {
        ClusterCommand::Scheduler(args) => scheduler(args).await,
        ClusterCommand::Executor(args) => executor(args).await,
    }
}

async fn scheduler(args: SchedulerArgs) -> Result<Status, Failure> {
    let mut scheduler = Scheduler::start(args.bind, args.host)
        .await
        .map_err(failure)?;
    let address = scheduler.address();
    say!("The scheduler listens at {address}  (Ctrl-C ends it)");
    say!("Add executors with: almanac cluster executor --scheduler {address}");
    warn_of(address);
    tokio::select! {
        told = told_to_stop() => told?,
        ended = scheduler.ended() => ended?,
    }
    Ok(Status::Done)
}

async fn executor(args: ExecutorArgs) -> Result<Status, Failure> {
    let places = Places::at(args.data_dir.as_deref())?;
    say!(
        "An executor starts for the scheduler at {}  (Ctrl-C ends it)",
        args.scheduler
    );
    warn_of(SocketAddr::new(args.bind, args.port.unwrap_or_default()));
    almanac_metrics::run_executor(ExecutorOptions {
        scheduler: args.scheduler,
        bind: args.bind,
        port: args.port,
        work: places.cache().join("cluster"),
        cores: args.cores,
        memory: args
            .memory_mb
            .map(|megabytes| megabytes.saturating_mul(1 << 20)),
    })
    .await
    .map_err(failure)?;
    Ok(Status::Done)
}

fn failure(error: ClusterError) -> Failure {
    match error {
        ClusterError::Stopped(_) => error.into(),
        _ => Failure::usage(error),
    }
}

fn warn_of(address: SocketAddr) {
    if !address.ip().is_loopback() {
        say!("It has no password: whoever reaches {address} can read what the executors can read.");
    }
}
