//! What a person waits for and what the service costs, on the full demo shop:
//!
//!     cargo bench --workspace --bench service
//!
//! - `ask --json` as a new process on data that is there (goal 350 ms wall, of which the embedded
//!   PostgreSQL takes about 280 before any work can be stored);
//! - a warm turn through inbox, worker, outbox and courier (goal p50 15 ms, the query included);
//! - resident memory of `demo`, idle and after 1,000 questions (goal 400 MB, flat).

#![expect(
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot run has nothing else to do; it sends to its own child alone"
)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use almanac_agent_contract::{FixedClock, Outcome};
use almanac_server::{App, Asker, Places, Question, Setup};
use reqwest::Client;
use serde_json::json;

const NOW: &str = "2026-11-20T15:00:00Z";
const BINARY: &str = env!("CARGO_BIN_EXE_almanac");
const QUESTIONS: [&str; 10] = [
    "how was revenue last week?",
    "revenue by country last month",
    "top 5 products this month",
    "orders yesterday",
    "conversion rate by week this year",
    "revenue in Brazil by channel since June",
    "average order value last quarter",
    "refunds by category last month",
    "sessions by device last week",
    "new customers this month",
];

fn main() {
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-data");
    let runtime = tokio::runtime::Runtime::new().unwrap_or_else(|error| panic!("{error}"));
    prepare(&data);
    cold(&data);
    runtime.block_on(warm(&data));
    runtime.block_on(memory(&data));
}

/// Generates the shop and the value index, so that neither is measured.
fn prepare(data: &Path) {
    let status = ask(data).status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "the demo does not answer"
    );
}

fn ask(data: &Path) -> Command {
    let mut command = Command::new(BINARY);
    command
        .args(["ask", "how was revenue last week?", "--json", "--now", NOW])
        .env("ALMANAC_DATA_DIR", data)
        .env_remove("DATABASE_URL")
        .current_dir(data.parent().unwrap_or(Path::new(".")))
        .stdout(Stdio::null());
    command
}

fn cold(data: &Path) {
    let times = (0..15)
        .map(|_| {
            let started = Instant::now();
            assert!(ask(data).status().is_ok_and(|status| status.success()));
            started.elapsed()
        })
        .collect();
    report("ask --json, cold process", times);
}

async fn warm(data: &Path) {
    let places = places(data);
    let clock = Arc::new(FixedClock(now()));
    let shop = almanac_demo::ensure(&places.demo(), until()).unwrap_or_else(|e| panic!("{e}"));
    let setup = Setup::of_shop(shop, &places, clock);
    let app = App::open(&setup)
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    let asker = Asker::start(app);
    let mut all = Vec::new();
    for text in QUESTIONS {
        let mut times = Vec::new();
        for round in 0..40 {
            let started = Instant::now();
            let question = Question {
                text,
                ..Question::default()
            };
            let reply = asker
                .ask(question)
                .await
                .unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(reply.outcome, Outcome::Answer, "{text}: {}", reply.text);
            if round >= 10 {
                times.push(started.elapsed());
            }
        }
        all.extend(times.iter().copied());
        report(&format!("warm turn: {text}"), times);
    }
    report("warm turn: all", all);
    asker.stop().await;
}

async fn memory(data: &Path) {
    let port = free_port();
    let demo = Demo(
        Command::new(BINARY)
            .args(["demo", "--port", &port.to_string(), "--now", NOW])
            .env("ALMANAC_DATA_DIR", data)
            .env_remove("DATABASE_URL")
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{error}")),
    );
    let client = Client::builder()
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    let base = format!("http://127.0.0.1:{port}");
    while !client
        .get(format!("{base}/healthz"))
        .send()
        .await
        .is_ok_and(|r| r.status().is_success())
    {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    println!("resident memory idle: {} MB", demo.resident_mb());
    for number in 1..=1000_usize {
        let body = json!({ "question": QUESTIONS[number % QUESTIONS.len()] });
        let answer = client
            .post(format!("{base}/api/v1/ask"))
            .json(&body)
            .send()
            .await;
        assert!(answer.is_ok_and(|answer| answer.status().is_success()));
        if [100, 500, 1000].contains(&number) {
            println!(
                "resident memory after {number} questions: {} MB",
                demo.resident_mb()
            );
        }
    }
}

/// A running demo, ended with the benchmark.
struct Demo(Child);

impl Demo {
    fn resident_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id()));
        let status = status.unwrap_or_default();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap_or_default();
        let kilobytes: u64 = line
            .split_whitespace()
            .nth(1)
            .and_then(|n| n.parse().ok())
            .unwrap_or_default();
        kilobytes / 1024
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    println!(
        "{name}: p50 {:.1} ms, p95 {:.1} ms, n {}",
        at(50),
        at(95),
        times.len()
    );
}

fn places(data: &Path) -> Places {
    Places::at(Some(&PathBuf::from(data))).unwrap_or_else(|error| panic!("{error}"))
}

fn now() -> jiff::Timestamp {
    NOW.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn until() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 19)
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap_or_else(|e| panic!("{e}"));
    listener
        .local_addr()
        .map(|address| address.port())
        .unwrap_or_else(|e| panic!("{e}"))
}
