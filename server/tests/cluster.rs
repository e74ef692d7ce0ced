//! `almanac cluster`, as people run it: a scheduler and two executors, each a process of its own,
//! and the same question asked of the files and of the cluster.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

const DEFINITIONS: &str = r#"
models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: ordered_on
    columns:
      - {name: order_id, entity: {type: primary, name: order}}
      - {name: ordered_on, granularity: day, dimension: {type: time}}
      - {name: country, dimension: {type: categorical}}
    metrics:
      - {name: gross, agg: sum, expr: amount}
      - {name: orders, agg: count}
"#;

const ORDERS: &str = "order_id,ordered_on,country,amount\n\
                      1,2026-01-05,BR,100.5\n2,2026-01-06,US,50\n3,2026-02-01,BR,0.25\n";

fn almanac(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_almanac"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("ALMANAC_DATA_DIR", folder.join("own"))
        .env_remove("DATABASE_URL");
    command
}

/// A part of a cluster; it ends with the test, however that ends.
struct Part {
    child: Child,
    /// Kept open: a command ends when nobody reads what it says.
    _said: BufReader<ChildStdout>,
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Part {
    /// Starts one, and gives what it says first.
    fn start(folder: &Path, arguments: &[&str]) -> (Self, String) {
        let child = almanac(folder, arguments).stdout(Stdio::piped()).spawn();
        let mut child = child.unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        out.read_line(&mut said).unwrap();
        (Self { child, _said: out }, said)
    }

    /// Asks it to stop, as a service manager does.
    fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status();
        assert!(sent.unwrap().success());
        for _ in 0..300 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            sleep(Duration::from_millis(100));
        }
        panic!("it does not stop");
    }
}

fn configure(folder: &Path, name: &str, source: &str) {
    let text = format!(
        "[workspace]\nname = \"Lumen\"\nzone = \"UTC\"\n\
         [metrics]\ndefinitions = [\"metrics.yml\"]\n[source]\n{source}\npath = \"tables\"\n"
    );
    fs::write(folder.join(name), text).unwrap();
}

fn rows(folder: &Path, config: &str, query: &str) -> Value {
    let arguments = ["metrics", "query", "--config", config, "--json", query];
    let Output { status, stdout, .. } = almanac(folder, &arguments)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert_eq!(status.code(), Some(0), "{config}");
    let answer: Value = serde_json::from_slice(&stdout).unwrap();
    answer["rows"].clone()
}

#[test]
fn ballista_answers_what_the_files_answer() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir(folder.join("tables")).unwrap();
    fs::write(folder.join("tables/orders.csv"), ORDERS).unwrap();
    fs::write(folder.join("metrics.yml"), DEFINITIONS).unwrap();

    let (scheduler, said) = Part::start(folder, &["cluster", "scheduler", "--bind", "127.0.0.1:0"]);
    let address = said.split_whitespace().nth(4).unwrap();
    let executor = ["cluster", "executor", "--scheduler", address];
    let (lost, _) = Part::start(folder, &executor);
    let (stopped, _) = Part::start(folder, &executor);

    configure(folder, "files.toml", "kind = \"files\"");
    let source = format!("kind = \"ballista\"\nurl = \"df://{address}\"");
    configure(folder, "cluster.toml", &source);
    let by_country = r#"{"metrics": ["gross", "orders"], "group_by": ["order__country"]}"#;
    let expected = serde_json::json!([["BR", 100.75, 2], ["US", 50.0, 1]]);
    assert_eq!(rows(folder, "files.toml", by_country), expected);
    assert_eq!(rows(folder, "cluster.toml", by_country), expected);

    // Killed, it cannot say goodbye.
    drop(lost);
    let by_month = r#"{"metrics": ["gross"], "grain": "month"}"#;
    let expected = serde_json::json!([["2026-01-01", 150.5], ["2026-02-01", 0.25]]);
    assert_eq!(rows(folder, "cluster.toml", by_month), expected);

    let left = || {
        fs::read_dir(folder.join("own/cache/cluster"))
            .unwrap()
            .count()
    };
    let before = left();
    assert_eq!(stopped.stop(), Some(0));
    assert_eq!(left(), before - 1, "it takes its folder away");
    assert_eq!(scheduler.stop(), Some(0));
    let arguments = [
        "metrics",
        "query",
        "--config",
        "cluster.toml",
        "--json",
        by_month,
    ];
    let refused = almanac(folder, &arguments).output().unwrap();
    let said = String::from_utf8_lossy(&refused.stderr);
    let expected = format!("the scheduler of the cluster at {address} cannot be reached: ");
    assert!(said.contains(&expected), "{said}");
}

#[test]
fn ballista_that_cannot_start_says_why() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, expected) in [
        (
            ["scheduler", "--bind", "0.0.0.0:0"],
            "say which host the executors reach it by",
        ),
        (
            ["executor", "--scheduler", "nowhere"],
            "the scheduler at nowhere cannot be reached: expected HOST:PORT",
        ),
    ] {
        let mut command = almanac(folder.path(), &["cluster"]);
        let output = command.args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(expected), "{said}");
    }
}
