//! The whole line on the store: accept, claim, recall, finish, claim to send, receipt. Prints the
//! time to open, then the first line on fresh connections, percentiles of the line and of each of
//! its steps, and the line's ratio to its bound: six round trips that do nothing.
//!
//! `cargo bench --package almanac-store [-- SECONDS]`; on a server where
//! `ALMANAC_TEST_DATABASE_URL` names an empty database.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that fails should stop"
)]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use almanac_agent_contract::{
    Content, Inbound, Origin, Outcome, Platform, Receipt, Recovery, Reply, Sender, Settings, Space,
    SpaceKind, WorkspaceId,
};
use almanac_store::{Claim, Database, Finished, Served, Store};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

const PLATFORM: Platform = Platform::named("bench");
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Makes this program open a folder, say how long that took, and end.
const CHILD: &str = "--open";
const STEPS: [&str; 6] = [
    "accept",
    "claim_inbox",
    "recall",
    "finish",
    "claim_outbox",
    "sent",
];

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let first = args.next();
    if first.as_deref() == Some(CHILD) {
        let folder = args.next().expect("a folder");
        open_and_tell(Database::Embedded(folder.into())).await;
        return;
    }
    let seconds = first.and_then(|arg| arg.parse().ok()).unwrap_or(5);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = match std::env::var("ALMANAC_TEST_DATABASE_URL") {
        Ok(address) => Database::Server(address.into()),
        Err(_) => {
            let state = folder.path().join("state");
            println!(
                "open, new folder       {:>11.2} ms",
                open_in_a_new_process(&state)
            );
            let mut again: Vec<_> = (0..10)
                .map(|_| Duration::from_secs_f64(open_in_a_new_process(&state) / 1e3))
                .collect();
            report("open, new process", &mut again);
            Database::Embedded(state)
        }
    };

    let begun = Instant::now();
    let store = Store::open(database).await.unwrap();
    println!(
        "open                   {:>11.2} ms",
        millis(begun.elapsed())
    );
    let workspace = store.ensure_workspace(&Settings::default()).await.unwrap();
    let mut steps: [Vec<Duration>; 6] = Default::default();
    let mut whole = Vec::new();
    let mut bound = Vec::new();
    let until = Instant::now() + Duration::from_secs(seconds);
    while Instant::now() < until {
        let taken = line(&store, workspace, whole.len()).await;
        whole.push(taken.iter().sum());
        for (step, taken) in steps.iter_mut().zip(taken) {
            step.push(taken);
        }
        let begun = Instant::now();
        for _ in STEPS {
            store.answers().await.unwrap();
        }
        bound.push(begun.elapsed());
    }
    println!("the first line         {:>11.2} ms", millis(whole[0]));
    for (name, taken) in STEPS.iter().zip(&mut steps) {
        report(name, taken);
    }
    let bound = report("six empty round trips", &mut bound);
    let whole = report("the line", &mut whole);
    println!(
        "the line takes {:.1} times six empty round trips",
        whole / bound
    );
    store.close().await;
}

/// Opens in a process of its own, as every start of the program does, and gives milliseconds.
fn open_in_a_new_process(folder: &Path) -> f64 {
    let this = std::env::current_exe().expect("the path of this program");
    let child = Command::new(this)
        .arg(CHILD)
        .arg(folder)
        .output()
        .expect("a process");
    String::from_utf8_lossy(&child.stdout)
        .trim()
        .parse()
        .expect("the time it took")
}

async fn open_and_tell(database: Database) {
    let begun = Instant::now();
    let store = Store::open(database).await.unwrap();
    println!("{}", millis(begun.elapsed()));
    store.close().await;
}

async fn line(store: &Store, workspace: WorkspaceId, turn: usize) -> [Duration; 6] {
    let inbound = question(turn);
    let claim = Claim {
        workspace,
        by: "bench",
        batch: 8,
        lease: LEASE,
    };
    let mut begun = Instant::now();
    let mut step = || std::mem::replace(&mut begun, Instant::now()).elapsed();

    store.accept(workspace, &inbound).await.unwrap();
    let accepted = step();
    let event = store.claim_inbox(claim).await.unwrap().remove(0);
    let claimed = step();
    store.recall(event.conversation, 10).await.unwrap();
    let recalled = step();
    let finished = Finished {
        reply: Some(Reply::words(
            Outcome::Answer,
            "Revenue was 12,345 EUR last week, 4 % more.",
        )),
        replaces: None,
        state: Some(json!({ "metrics": ["revenue"], "turn": turn }).into()),
        audit: json!({ "outcome": "answer", "tools": ["query_metrics"] }),
        parked: None,
        stranger: false,
    };
    assert!(store.finish(&event, finished).await.unwrap());
    let ended = step();
    let delivery = store
        .claim_outbox(
            claim,
            &[Served {
                platform: PLATFORM,
                recovery: Recovery::Resend,
            }],
        )
        .await
        .unwrap()
        .remove(0);
    let taken = step();
    let receipt = Receipt::one(inbound.event_id);
    store.sent(&delivery, &receipt).await.unwrap();
    [accepted, claimed, recalled, ended, taken, step()]
}

/// A hundred conversations take turns.
fn question(turn: usize) -> Inbound {
    Inbound {
        platform: PLATFORM,
        installation: "one".into(),
        event_id: format!("event-{turn}"),
        space: Space {
            id: format!("space-{}", turn % 100),
            kind: SpaceKind::Direct,
            thread: None,
        },
        sender: Sender {
            user: format!("user-{}", turn % 100),
            name: Some("Ana".into()),
        },
        content: Content::Text {
            text: "how was revenue last week?".into(),
        },
        origin: Origin::default(),
        at: Timestamp::UNIX_EPOCH,
    }
}

/// Prints percentiles and gives the median in milliseconds.
fn report(name: &str, taken: &mut [Duration]) -> f64 {
    taken.sort_unstable();
    let at = |share: f64| millis(taken[((taken.len() - 1) as f64 * share) as usize]);
    println!(
        "{name:<22} p50 {:>7.2} ms  p95 {:>7.2} ms  p99 {:>7.2} ms  max {:>7.2} ms  n {}",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0),
        taken.len()
    );
    at(0.5)
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
