//! A server of the test's own, which is restarted in the middle of a statement.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use almanac_agent_contract::Settings;
use almanac_metrics::{Limits, QueryError};
use tokio::time::sleep;

use super::scratch::{Scratch, connect, server};
use crate::suite::shop::{ask, rows};

/// A PostgreSQL in a folder that goes with it.
struct Server {
    folder: tempfile::TempDir,
    programs: PathBuf,
    port: u16,
}

impl Server {
    fn start() -> Option<Self> {
        server()?;
        let programs = std::fs::read_dir("/usr/lib/postgresql").ok()?;
        let programs = programs.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
        let programs = programs.max()?;
        let folder = tempfile::tempdir().unwrap();
        let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let server = Self {
            folder,
            programs,
            port,
        };
        let data = server.data();
        std::fs::create_dir(&data).unwrap();
        if is_root() {
            // PostgreSQL refuses to run as root.
            let path = server.folder.path().to_str().unwrap();
            done(Command::new("chown").args(["-R", "postgres", path]));
        }
        done(
            server
                .program("initdb")
                .args(["-D", text(&data), "-U", "almanac", "--auth=trust"]),
        );
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        );
        let log = server.folder.path().join("log");
        let starting = [
            "-D",
            text(&data),
            "-w",
            "-l",
            text(&log),
            "-o",
            &options,
            "start",
        ];
        done(server.program("pg_ctl").args(starting));
        Some(server)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn url(&self) -> String {
        format!("postgres://almanac@127.0.0.1:{}/postgres", self.port)
    }

    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        if !is_root() {
            return Command::new(program);
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", text(&program)]);
        command
    }

    fn control(&self, words: &[&str]) {
        let data = self.data();
        done(
            self.program("pg_ctl")
                .args(["-D", text(&data), "-w"])
                .args(words),
        );
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        let stop = ["-D", text(&data), "-m", "immediate", "stop"];
        // It may be stopped already.
        let _ = self
            .program("pg_ctl")
            .args(stop)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

fn done(command: &mut Command) {
    let status = command.stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}");
}

const DEFINITIONS: &str = "
models:
  - name: naps
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: nap
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
    metrics: [{name: naps, agg: count}]
";

/// Waits until a statement sleeps.
async fn until_asleep(url: &str) {
    for _ in 0..200 {
        if let Some(mut connection) = connect(url).await {
            let asleep: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
            )
            .fetch_one(&mut connection)
            .await
            .unwrap();
            if asleep > 0 {
                return;
            }
        }
        sleep(Duration::from_millis(25)).await;
    }
    panic!("nothing sleeps");
}

#[tokio::test]
async fn a_restarted_server_is_asked_once_more_and_a_stopped_one_is_told_of() {
    let Some(server) = Server::start() else {
        return;
    };
    let scratch = Scratch::at(&server.url()).await;
    // It sleeps on the server that it says to sleep on, and on no other.
    scratch
        .run(
            "CREATE TABLE beds (day date, started timestamptz);
             INSERT INTO beds VALUES ('2026-01-01', NULL);
             CREATE VIEW naps AS SELECT day,
                 pg_sleep(CASE WHEN started = pg_postmaster_start_time() THEN 60 ELSE 0 END)::text
             FROM beds",
        )
        .await;
    let layer = scratch
        .open(DEFINITIONS, Settings::default(), Limits::default())
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    let layer = Arc::new(layer);
    let asking = || {
        let layer = Arc::clone(&layer);
        tokio::spawn(async move { layer.run(&ask(&["naps"])).await })
    };
    for mode in ["fast", "immediate"] {
        scratch
            .run("UPDATE beds SET started = pg_postmaster_start_time()")
            .await;
        let answer = asking();
        until_asleep(&server.url()).await;
        server.control(&["-m", mode, "restart"]);
        let answer = answer.await.unwrap();
        let answer = answer.unwrap_or_else(|error| panic!("{mode}: {error}"));
        assert_eq!(rows(&answer), "1", "{mode}");
        // The test's own connections went as well.
        for _ in 0..20 {
            let _ = sqlx::query("SELECT 1").execute(&scratch.pool).await;
        }
    }
    scratch
        .run("UPDATE beds SET started = pg_postmaster_start_time()")
        .await;
    let answer = asking();
    until_asleep(&server.url()).await;
    let start = Instant::now();
    server.control(&["-m", "fast", "stop"]);
    let error = answer.await.unwrap().unwrap_err();
    assert!(matches!(error, QueryError::Unreachable(_)), "{error}");
    assert!(start.elapsed() < Duration::from_secs(25));
}
