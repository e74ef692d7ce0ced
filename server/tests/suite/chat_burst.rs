//! Ten times as much as usual, all at once, over all platforms: nothing is lost, nothing is doubled,
//! and nobody waits without a sign.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::shop::ground;
use crate::town::{Chat, Plan, Town, until};

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

/// Everybody's chat has something in it while most have no answer yet.
async fn all_have_a_sign(town: &Town, chat: Chat, number: &str) {
    let what = format!("a sign for everybody on {chat:?}");
    let answered = until(&what, || {
        let seen = town.all(chat);
        let people: HashSet<u32> = seen.iter().map(|it| it.who).collect();
        let all = people.len() == EVENTS as usize;
        all.then(|| seen.iter().filter(|it| it.text.contains(number)).count())
    })
    .await;
    // Without, a sign is the beginning of a turn, of which there are sixteen at once.
    let begun = answered + 16;
    assert!(
        begun < EVENTS as usize,
        "{chat:?}: {answered} were answered"
    );
}

/// Every chat has one message, and that is the answer.
async fn all_are_answered_in_that_place(town: &Town, chat: Chat, number: &str) {
    let started = Instant::now();
    while town.counted(chat, number).len() < EVENTS as usize {
        assert!(started.elapsed() < PATIENCE, "{chat:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let seen = town.all(chat);
    let others: Vec<_> = seen.iter().filter(|it| !it.text.contains(number)).collect();
    assert!(others.is_empty(), "{others:#?}");
    assert_eq!(seen.len(), EVENTS as usize);
}

async fn all_ask(town: &Arc<Town>, chat: Chat) {
    let mut telling = JoinSet::new();
    for who in 1..=EVENTS {
        let (_, event) = town.words(chat, who, QUESTION);
        let town = town.clone();
        telling.spawn(async move { town.deliver(&event).await });
    }
    while let Some(told) = telling.join_next().await {
        told.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_is_told_so_and_the_answer_takes_that_place() {
    for chat in [Chat::Telegram, Chat::Discord] {
        let plan = Plan {
            chats: vec![chat],
            posted: true,
            ..Plan::default()
        };
        let town = Arc::new(Town::new(&ground(), plan).await);
        let number = town.amount(QUESTION);
        let _service = town.open_slowly().await;
        all_ask(&town, chat).await;
        all_have_a_sign(&town, chat, &number).await;
        all_are_answered_in_that_place(&town, chat, &number).await;
        assert_eq!(town.breaches(), Vec::<String>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_told_to_wait_is_answered_in_that_place_after_a_restart() {
    let plan = Plan {
        chats: vec![Chat::Slack],
        ..Plan::default()
    };
    let town = Arc::new(Town::new(&ground(), plan).await);
    let number = town.amount(QUESTION);
    let service = town.open_slowly().await;
    all_ask(&town, Chat::Slack).await;
    all_have_a_sign(&town, Chat::Slack, &number).await;
    // Until the last of them is noted.
    tokio::time::sleep(Duration::from_millis(500)).await;
    service.kill();
    let _service = town.open().await;
    all_are_answered_in_that_place(&town, Chat::Slack, &number).await;
}
