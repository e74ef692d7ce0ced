//! What the chat platforms wait for and what they cost, all four connected to `almanac serve` on a
//! PostgreSQL server, against stand-ins on loopback, on the full demo shop:
//!
//!     ALMANAC_BENCH_DATABASE_URL=postgres://... cargo bench --workspace --bench platforms
//!
//! - webhook to acknowledgement at 300 events a second, of Slack and of WhatsApp (goal p99 50 ms);
//! - event to reply posted, on each platform (goal p50 40 ms);
//! - resident memory, idle and after all this (goal 80 MB);
//! - ten times a busy company's traffic for a minute: nothing lost, nothing doubled, memory flat.
//!
//! `ALMANAC_BENCH_SECONDS` shortens the minute, `ALMANAC_BENCH_RATE` says how many events a second it
//! has (100 otherwise), `ALMANAC_BENCH_WEBHOOKS` how many seconds webhooks come (10 otherwise).
//! Stand-ins, service and database share the machine: nothing here is measured alone.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    dead_code,
    unused_imports,
    reason = "a benchmark that cannot run has nothing else to do; it sends to its own child alone, \
              and does not do all that can be done in a town"
)]

#[path = "../tests/suite/town/mod.rs"]
mod town;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use town::{Chat, Ground, Plan, Service, Town};

const QUESTION: &str = "revenue in October 2026";
/// Webhooks a second.
const RATE: u32 = 300;
/// Events that are followed to their reply, on each platform.
const FOLLOWED: u32 = 60;
/// As long as a backlog may take to be worked off.
const PATIENCE: Duration = Duration::from_secs(600);

#[tokio::main]
async fn main() {
    let Ok(database) = std::env::var("ALMANAC_BENCH_DATABASE_URL") else {
        println!("not run: ALMANAC_BENCH_DATABASE_URL names no PostgreSQL server");
        return;
    };
    let shop = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-data/demo");
    let shop = almanac_demo::ensure(&shop, jiff::civil::date(2026, 11, 19)).unwrap();
    let ground = Ground {
        definitions: shop.definitions,
        data: shop.data,
    };
    let plan = Plan {
        database: Some(database),
        ..Plan::default()
    };
    let town = Arc::new(Town::new(&ground, plan).await);
    let number = town.amount(QUESTION);
    let service = town.open().await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    println!(
        "resident memory, all four connected, idle: {}",
        resident(&service)
    );
    let mut people = People(0);
    for chat in Chat::ALL {
        followed(&town, chat, &number, &mut people).await;
    }
    println!(
        "resident memory, after single events: {}",
        resident(&service)
    );
    for chat in [Chat::Slack, Chat::WhatsApp] {
        acknowledged(&town, chat, &number, &mut people).await;
    }
    println!("resident memory, after webhooks: {}", resident(&service));
    burst(&town, &service, &number, &mut people).await;
    for breach in town.breaches().iter().take(5) {
        println!("a limit was broken: {breach}");
    }
}

/// People who have not asked before.
struct People(u32);

impl People {
    fn next(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

/// One event after the other, each until its reply is posted.
async fn followed(town: &Town, chat: Chat, number: &str, people: &mut People) {
    let mut times = Vec::new();
    for round in 0..FOLLOWED + 10 {
        let who = people.next();
        let (_, event) = town.words(chat, who, QUESTION);
        let before = posted(town, chat);
        let started = Instant::now();
        town.deliver(&event).await;
        while posted(town, chat) == before {
            assert!(started.elapsed() < PATIENCE, "{chat:?}: no reply");
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
        let took = started.elapsed();
        let all = || {
            town.seen(chat, who)
                .iter()
                .any(|it| it.text.contains(number))
        };
        while !all() {
            assert!(started.elapsed() < PATIENCE, "{chat:?}: no answer");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        if round >= 10 {
            times.push(took);
        }
        // Within what every platform lets through a second.
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    report(&format!("{}: event to reply posted", chat.name()), times);
}

/// Messages that a stand-in has taken, without copying them.
fn posted(town: &Town, chat: Chat) -> u64 {
    match chat {
        Chat::Slack => town.slack.count("chat.postMessage"),
        Chat::Telegram => {
            let calls =
                ["sendMessage", "sendPhoto", "sendDocument"].map(|it| town.telegram.calls(it));
            u64::try_from(calls.iter().sum::<usize>()).unwrap_or_default()
        }
        Chat::Discord => town.discord.total(),
        Chat::WhatsApp => town.whatsapp.count(),
    }
}

/// Webhooks at a steady rate, whatever the answers do meanwhile.
async fn acknowledged(town: &Arc<Town>, chat: Chat, number: &str, people: &mut People) {
    let count = RATE * setting("ALMANAC_BENCH_WEBHOOKS", 10);
    let started = Instant::now();
    let mut telling = JoinSet::new();
    let mut asked = Vec::new();
    for turn in 0..count {
        let who = people.next();
        asked.push(who);
        let (_, event) = town.words(chat, who, QUESTION);
        let due = started + Duration::from_secs(1) * turn / RATE;
        let town = town.clone();
        telling.spawn(async move {
            tokio::time::sleep_until(due.into()).await;
            let taken = town.tell(&event, 0).await;
            (taken, due.elapsed())
        });
    }
    let told = telling.join_all().await;
    let lost = told.iter().filter(|(taken, _)| !taken).count();
    let times = told.into_iter().map(|(_, took)| took).collect();
    let name = format!("{}: webhook to acknowledgement at {RATE}/s", chat.name());
    report(&name, times);
    let worked_off = settled(town, &[(chat, asked)], number).await;
    println!(
        "{}: {lost} not acknowledged; all answered once after {:.0} s",
        chat.name(),
        (started.elapsed() - worked_off).as_secs_f64()
    );
}

/// Everything at once for a while, over all platforms.
async fn burst(town: &Arc<Town>, service: &Service, number: &str, people: &mut People) {
    let (seconds, rate) = (
        setting("ALMANAC_BENCH_SECONDS", 60),
        setting("ALMANAC_BENCH_RATE", 100),
    );
    let started = Instant::now();
    let mut asked: HashMap<Chat, Vec<u32>> = HashMap::new();
    let mut telling = JoinSet::new();
    for second in 0..seconds {
        for turn in 0..rate {
            let chat = Chat::ALL[turn as usize % Chat::ALL.len()];
            let who = people.next();
            asked.entry(chat).or_default().push(who);
            let town = town.clone();
            telling.spawn(async move {
                let (_, event) = town.words(chat, who, QUESTION);
                town.deliver(&event).await;
            });
        }
        let next = started + Duration::from_secs(1) * (second + 1);
        tokio::time::sleep_until(next.into()).await;
        if second % 10 == 9 {
            println!("burst, {} s: {}", second + 1, resident(service));
        }
    }
    telling.join_all().await;
    println!(
        "burst: {} events taken in {:.0} s",
        seconds * rate,
        started.elapsed().as_secs_f64()
    );
    let asked: Vec<_> = asked.into_iter().collect();
    let looking = settled(town, &asked, number).await;
    println!(
        "burst: each answered exactly once, the last after {:.0} s; {}",
        (started.elapsed() - looking).as_secs_f64(),
        resident(service)
    );
}

fn setting(name: &str, usual: u32) -> u32 {
    let set = std::env::var(name).ok().and_then(|it| it.parse().ok());
    set.unwrap_or(usual)
}

/// Returns when everybody has their answer, and fails where somebody has two. How long looking took
/// at the end.
async fn settled(town: &Town, asked: &[(Chat, Vec<u32>)], number: &str) -> Duration {
    let started = Instant::now();
    loop {
        let looking = Instant::now();
        let mut open = 0;
        for (chat, people) in asked {
            let counted = town.counted(*chat, number);
            for who in people {
                match counted.get(who) {
                    None => open += 1,
                    Some(1) => {}
                    Some(count) => panic!("{chat:?}: {count} answers to one question"),
                }
            }
        }
        if open == 0 {
            return looking.elapsed();
        }
        assert!(
            started.elapsed() < PATIENCE,
            "{open} questions are in silence"
        );
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Resident memory, and how much of it is not the program's own file.
fn resident(service: &Service) -> String {
    let status = std::fs::read_to_string(format!("/proc/{}/status", service.0.id()));
    let status = status.unwrap_or_default();
    let mb = |key: &str| {
        let line = status.lines().find(|line| line.starts_with(key));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        kilobytes.unwrap_or_default() / 1024
    };
    format!("{} MB ({} of its own)", mb("VmRSS:"), mb("RssAnon:"))
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    println!(
        "{name}: p50 {:.1} ms, p99 {:.1} ms, n {}",
        at(50),
        at(99),
        times.len()
    );
}
