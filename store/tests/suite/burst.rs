//! The end of a process in the middle of its work.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use almanac_store::{Database, Store, StoreError};

use crate::place::run;
use crate::say::{LEASE, answer, said, words, workspace};

/// Names the folder, in a process that is to be ended.
const CHILD: &str = "ALMANAC_TEST_BURST_FOLDER";

/// Accepts and answers without end, and says so line by line: what this test binary does when it
/// was started by [`what_was_acknowledged_survives_kill_9`].
#[test]
#[ignore = "is the process that another test ends"]
fn child() {
    let Ok(folder) = std::env::var(CHILD) else {
        return;
    };
    run(async {
        let store = Store::open(Database::Embedded(PathBuf::from(folder)))
            .await
            .unwrap();
        let workspace = workspace(&store).await;
        let mut out = std::io::stdout();
        writeln!(out, "open").unwrap();
        for number in 0.. {
            let id = format!("event {number}");
            store
                .accept(workspace, &words(&format!("s{}", number % 7), &id))
                .await
                .unwrap();
            writeln!(out, "accepted {id}").unwrap();
            // A few stay behind unanswered.
            if number % 5 == 0 {
                continue;
            }
            for event in store
                .claim_inbox(crate::say::claiming(&store, "child", 1, LEASE).await)
                .await
                .unwrap()
            {
                store.finish(&event, answer("answered")).await.unwrap();
                writeln!(out, "answered {}", event.inbound.event_id).unwrap();
            }
        }
    });
}

#[test]
fn what_was_acknowledged_survives_kill_9() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let mut acknowledged: Vec<String> = Vec::new();
        for round in 1..=3 {
            let mut child = start(&state);
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let heard = acknowledged.len();
            for line in lines.by_ref().map(Result::unwrap) {
                acknowledged.extend(word(&line));
                if acknowledged.len() >= heard + 100 * round {
                    break;
                }
            }
            let pid = child.id();
            let held = Store::open(Database::Embedded(state.clone()))
                .await
                .unwrap_err();
            assert!(
                matches!(held, StoreError::Held { pid: Some(p), .. } if p == pid),
                "{held}"
            );
            assert!(
                held.to_string()
                    .contains(&format!("another Almanac (process {pid})"))
            );
            child.kill().unwrap();
            child.wait().unwrap();
            // What it had said and was not heard yet counts too.
            acknowledged.extend(lines.map_while(Result::ok).filter_map(|line| word(&line)));

            let store = Store::open(Database::Embedded(state.clone()))
                .await
                .unwrap();
            let workspace = workspace(&store).await;
            for line in &acknowledged {
                match line.split_once(' ').unwrap() {
                    ("accepted", id) => {
                        let again = store.accept(workspace, &words("x", id)).await.unwrap();
                        assert!(again.duplicate, "{id} was accepted and is gone");
                    }
                    (_, id) => {
                        let text = said(&store, id).await;
                        assert_eq!(text.as_deref(), Some("answered"), "{id}");
                    }
                }
            }
            store.close().await;
        }
        assert!(acknowledged.len() >= 600);
    });
}

fn start(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "burst::child", "--ignored", "--nocapture"])
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// A line that says something was done; the test harness says other things.
fn word(line: &str) -> Option<String> {
    let whole = line.starts_with("accepted event ") || line.starts_with("answered event ");
    whole.then(|| line.to_owned())
}
