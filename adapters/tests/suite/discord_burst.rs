//! Many questions at once on Discord: each is answered, once.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use almanac_adapters_doubles::discord::{Place, Talk};

use crate::discord::{Connected, direct, seen};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_burst_is_answered_once_each() {
    let discord = Connected::new().await;
    discord.double.keep_at_most(2000);
    let echo = discord.line.echo(Arc::clone(&discord.adapter));
    let questions = 600;
    for n in 0..questions {
        let chat = Place::direct(&format!("{}", 310_000_000_000_000_000_u64 + n % 20));
        discord
            .double
            .say(&Talk::of_ana(chat), &format!("question {n}"));
    }
    let last = |count: u64| discord.double.total() >= count;
    let begun = Instant::now();
    while !last(questions) {
        assert!(begun.elapsed().as_secs() < 60, "{}", discord.double.total());
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    echo.abort();
    let posted = discord.double.posted();
    let texts: HashSet<String> = posted.iter().map(seen).collect();
    assert_eq!((posted.len(), texts.len()), (600, 600));
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
    eprintln!("burst of {questions}: {:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_there_at_once() {
    let discord = Connected::new().await;
    let echo = discord.line.echo(Arc::clone(&discord.adapter));
    let mut took = Vec::new();
    for n in 0..100 {
        let begun = Instant::now();
        let question = format!("question number {n}.");
        discord.double.say(&direct(), &question);
        discord
            .double
            .wait_for(|it| seen(it).contains(&question))
            .await;
        took.push(begun.elapsed());
    }
    echo.abort();
    took.sort_unstable();
    eprintln!("p50 {:?} p99 {:?}", took[50], took[98]);
    assert!(took[50].as_millis() < 200, "{:?}", took[50]);
}
