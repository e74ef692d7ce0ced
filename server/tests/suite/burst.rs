//! `kill -9` in the middle of a burst: after a restart, every question that was accepted has
//! exactly one answer.

use std::collections::HashMap;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use almanac_agent_contract::{InboxId, Settings, TimeZoneName};
use almanac_store::{Database, Store};
use reqwest::{Client, StatusCode};
use serde_json::{Value as Json, json};

use crate::shop::configuration;

const QUESTIONS: usize = 200;
/// Longer than the lease of an event whose worker was killed.
const PATIENCE: Duration = Duration::from_secs(120);

/// The service as a process, ended with the test whatever happens.
struct Service(Child);

impl Service {
    fn start(folder: &Path, server: Option<&str>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_almanac"));
        command
            .arg("serve")
            .current_dir(folder)
            .env("ALMANAC_DATA_DIR", folder.join("data"))
            .env_remove("DATABASE_URL")
            .stdout(Stdio::null());
        if let Some(url) = server {
            command.env("DATABASE_URL", url);
        }
        Self(command.spawn().unwrap())
    }

    fn kill(mut self) {
        // SIGKILL: nothing in the process gets to clean up.
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn healthy(client: &Client, base: &str) {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(60) {
        if client
            .get(format!("{base}/healthz"))
            .send()
            .await
            .is_ok_and(|r| r.status().is_success())
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the service did not start");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_accepted_question_has_exactly_one_answer() {
    burst_and_kill(None).await;
}

/// Needs a PostgreSQL server; `.ci/run` starts one.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_server_every_accepted_question_has_exactly_one_answer() {
    match std::env::var("ALMANAC_TEST_DATABASE_URL") {
        Ok(url) => burst_and_kill(Some(&url)).await,
        Err(_) => eprintln!("not run: ALMANAC_TEST_DATABASE_URL names no server"),
    }
}

async fn burst_and_kill(server: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    configuration(folder.path(), port);
    let base = format!("http://127.0.0.1:{port}");
    let client = Client::builder()
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap();
    let service = Service::start(folder.path(), server);
    healthy(&client, &base).await;

    let mut accepted = Vec::new();
    let mut asking = tokio::task::JoinSet::new();
    for number in 0..QUESTIONS {
        let (client, base) = (client.clone(), base.clone());
        asking.spawn(async move {
            let id = format!("burst-{number}");
            let answer = client
                .post(format!("{base}/api/v1/ask"))
                .header("Idempotency-Key", &id)
                .header("Prefer", "respond-async")
                .json(
                    &json!({"question": "revenue last week", "conversation": conversation(number)}),
                )
                .send()
                .await;
            answer
                .is_ok_and(|a| a.status() == StatusCode::ACCEPTED)
                .then_some(id)
        });
    }
    let mut service = Some(service);
    while let Some(id) = asking.join_next().await {
        accepted.extend(id.unwrap());
        if accepted.len() == QUESTIONS / 2
            && let Some(service) = service.take()
        {
            service.kill();
        }
    }
    assert!(
        service.is_none(),
        "only {} were accepted before the burst was over",
        accepted.len()
    );

    let service = Service::start(folder.path(), server);
    healthy(&client, &base).await;
    for id in &accepted {
        let answer = answered(&client, &base, id).await;
        assert_eq!(answer["outcome"], "answer", "{id}: {answer}");
    }
    // Asked again under the same key, each gives the answer it has and takes no second turn.
    for id in accepted.iter().take(5) {
        let before = answered(&client, &base, id).await;
        let number: usize = id.trim_start_matches("burst-").parse().unwrap();
        let again: Json = client
            .post(format!("{base}/api/v1/ask"))
            .header("Idempotency-Key", id)
            .json(&json!({"question": "revenue last week", "conversation": conversation(number)}))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        assert_eq!(again, before);
    }
    drop(service);
    assert_eq!(
        turns_of_each_event(&folder.path().join("data"), server).await,
        [1],
        "turns an event took"
    );
}

fn conversation(number: usize) -> String {
    format!("c{}", number % 20)
}

/// The distinct numbers of finished turns that the events in the log took.
async fn turns_of_each_event(data: &Path, server: Option<&str>) -> Vec<usize> {
    let database = match server {
        Some(url) => Database::Server(url.into()),
        None => Database::Embedded(data.join("state")),
    };
    let store = Store::open(database).await.unwrap();
    let settings = Settings {
        name: "Lumen".into(),
        zone: TimeZoneName::new("America/Sao_Paulo").unwrap(),
        ..Settings::default()
    };
    let workspace = store.ensure_workspace(&settings).await.unwrap();
    let rows = store.audit(workspace, 0, 10_000).await.unwrap();
    store.close().await;
    let mut turns: HashMap<InboxId, usize> = HashMap::new();
    for inbox in rows.into_iter().filter_map(|row| row.inbox) {
        *turns.entry(inbox).or_default() += 1;
    }
    assert!(
        turns.len() >= QUESTIONS / 2,
        "only {} events are in the log",
        turns.len()
    );
    let mut counts: Vec<_> = turns.into_values().collect();
    counts.sort_unstable();
    counts.dedup();
    counts
}

async fn answered(client: &Client, base: &str, id: &str) -> Json {
    let started = Instant::now();
    loop {
        let response = client
            .get(format!("{base}/api/v1/ask/{id}"))
            .send()
            .await
            .unwrap();
        match response.status() {
            StatusCode::OK => return response.json().await.unwrap(),
            StatusCode::ACCEPTED if started.elapsed() < PATIENCE => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            status => panic!("{id}: {status} {:?}", response.text().await),
        }
    }
}
