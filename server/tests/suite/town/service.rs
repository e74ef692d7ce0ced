//! `almanac serve` as a process, ended with the test whatever happens.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a process takes to end once it was told to.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running service.
pub(crate) struct Service(pub(crate) Child);

impl Service {
    /// Starts it in its folder, to die at the places that are named.
    pub(crate) fn start(folder: &Path, database: Option<&str>, dies: Option<&str>) -> Self {
        let mut command = almanac(folder, database);
        command.arg("serve").stdout(Stdio::null());
        if let Some(dies) = dies {
            command.env("FAILPOINTS", dies);
        }
        Self(command.spawn().unwrap())
    }

    /// Starts it with turns that take two seconds each, whatever the machine: more are asked for at once
    /// than are taken at once.
    pub(crate) fn start_slowly(folder: &Path, database: Option<&str>) -> Self {
        let mut command = almanac(folder, database);
        command
            .arg("serve")
            .stdout(Stdio::null())
            .env("FAILPOINTS", "worker.claimed=sleep(2000)")
            // They sleep on threads of the runtime: there are others.
            .env("TOKIO_WORKER_THREADS", "40");
        Self(command.spawn().unwrap())
    }

    /// SIGKILL: nothing in the process gets to clean up.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Tells it to stop, and waits until it has.
    pub(crate) async fn stop(mut self) {
        let told = Command::new("kill")
            .args(["-TERM", &self.0.id().to_string()])
            .status();
        assert!(told.unwrap().success());
        assert!(self.ended(PATIENCE).await, "it does not stop");
    }

    /// Whether it ends by itself within this time.
    pub(crate) async fn ended(&mut self, within: Duration) -> bool {
        let started = Instant::now();
        while started.elapsed() < within {
            if self.0.try_wait().unwrap().is_some() {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        false
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The binary, in a folder of its own.
pub(super) fn almanac(folder: &Path, database: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_almanac"));
    command
        .current_dir(folder)
        .env("ALMANAC_DATA_DIR", folder.join("data"))
        .env_remove("DATABASE_URL")
        .env_remove("FAILPOINTS");
    if let Some(url) = database {
        command.env("DATABASE_URL", url);
    }
    command
}
