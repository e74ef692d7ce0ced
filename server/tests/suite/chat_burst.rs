//! Ten times as much as usual, all at once, over all platforms: nothing is lost, nothing is doubled.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::shop::ground;
use crate::town::{Chat, Plan, Town};

const QUESTION: &str = "revenue in October 2026";
/// Each platform's.
const EVENTS: u32 = 60;
/// As long as all of it may take, on a slow machine, in a build for tests.
const PATIENCE: Duration = Duration::from_secs(300);

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_over_all_platforms_is_answered_once_each() {
    burst(None).await;
}

/// Needs a PostgreSQL server; `.ci/run` starts one.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_server_a_burst_over_all_platforms_is_answered_once_each() {
    match std::env::var("ALMANAC_TEST_DATABASE_URL") {
        Ok(url) => burst(Some(url)).await,
        Err(_) => eprintln!("not run: ALMANAC_TEST_DATABASE_URL names no server"),
    }
}

async fn burst(database: Option<String>) {
    let plan = Plan {
        database,
        ..Plan::default()
    };
    let town = Arc::new(Town::new(&ground(), plan).await);
    let number = town.amount(QUESTION);
    let _service = town.open().await;
    let mut telling = JoinSet::new();
    for who in 1..=EVENTS {
        for chat in Chat::ALL {
            let town = town.clone();
            telling.spawn(async move {
                let (_, event) = town.words(chat, who, QUESTION);
                town.deliver(&event).await;
            });
        }
    }
    while let Some(told) = telling.join_next().await {
        told.unwrap();
    }
    let started = Instant::now();
    for chat in Chat::ALL {
        let mut counted = town.counted(chat, &number);
        while counted.len() < EVENTS as usize {
            let answered = counted.len();
            assert!(started.elapsed() < PATIENCE, "{chat:?}: {answered} answers");
            tokio::time::sleep(Duration::from_millis(200)).await;
            counted = town.counted(chat, &number);
        }
        counted.retain(|_, answers| *answers != 1);
        assert!(counted.is_empty(), "{chat:?}: {counted:?}");
    }
    assert_eq!(town.breaches(), Vec::<String>::new());
}
