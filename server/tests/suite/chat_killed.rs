//! `kill -9` at every place of the line, on every platform: after the last restart every event has
//! exactly one answer, or is among those that operators are told of. Never two, never silence.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use almanac_store::UndeliveredState;
use tokio::task::JoinSet;

use crate::shop::ground;
use crate::town::{Chat, Event, Plan, Seen, Service, Town};

const QUESTION: &str = "revenue in October 2026";
/// Where the process ends by itself, at the third event that passes there. What is left of one life is
/// worked on in the next: in turns, so that hardly any event is tried too often.
const PLACES: [&str; 7] = [
    "line.accepted",
    "courier.claimed",
    "worker.claimed",
    "courier.sent",
    "worker.answered",
    "courier.recorded",
    "worker.finished",
];
/// People who ask in each life of the process; one of them asks twice.
const ASKING: u32 = 4;
/// As long as a process may take to come to the place where it ends.
const A_LIFE: Duration = Duration::from_secs(30);
/// Longer than the leases of events and deliveries whose process was killed.
const PATIENCE: Duration = Duration::from_secs(150);

#[tokio::test(flavor = "multi_thread")]
async fn slack_has_one_answer_to_each_question() {
    killed_everywhere(Chat::Slack, None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn telegram_has_one_answer_to_each_question() {
    killed_everywhere(Chat::Telegram, None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn discord_has_one_answer_to_each_question() {
    killed_everywhere(Chat::Discord, None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatsapp_has_one_answer_to_each_question() {
    killed_everywhere(Chat::WhatsApp, None).await;
}

/// Needs a PostgreSQL server; `.ci/run` starts one.
#[tokio::test(flavor = "multi_thread")]
async fn on_a_server_every_platform_has_one_answer_to_each_question() {
    let Ok(url) = std::env::var("ALMANAC_TEST_DATABASE_URL") else {
        eprintln!("not run: ALMANAC_TEST_DATABASE_URL names no server");
        return;
    };
    let mut all = JoinSet::new();
    for chat in Chat::ALL {
        all.spawn(killed_everywhere(chat, Some(url.clone())));
    }
    while let Some(one) = all.join_next().await {
        one.unwrap();
    }
}

/// Where nobody else can have the database, nobody waits for what a killed process held.
#[tokio::test(flavor = "multi_thread")]
async fn a_killed_poller_is_followed_at_once() {
    let town = Town::new(&ground(), Plan::default()).await;
    let service = town.open().await;
    town.say(Chat::Telegram, 1, QUESTION).await;
    let answered = |it: &Seen| it.text.contains('$');
    town.sees((Chat::Telegram, 1), "an answer", answered).await;
    service.kill();
    let (_, event) = town.words(Chat::Telegram, 2, QUESTION);
    town.deliver(&event).await;
    let _service = town.open().await;
    let started = Instant::now();
    town.sees((Chat::Telegram, 2), "an answer", answered).await;
    let took = started.elapsed();
    assert!(
        took < Duration::from_secs(20),
        "it was polled after {took:?}"
    );
}

async fn killed_everywhere(chat: Chat, database: Option<String>) {
    let plan = Plan {
        chats: vec![chat],
        database,
        posted: true,
        ..Plan::default()
    };
    let town = Arc::new(Town::new(&ground(), plan).await);
    let number = town.amount(QUESTION);
    let mut told = Vec::new();
    let mut asked: HashMap<u32, usize> = HashMap::new();
    let places = PLACES.map(Some).into_iter().chain([None]);
    for (life, place) in (0..).zip(places) {
        let people = (1..=ASKING).map(|person| life * ASKING + person);
        let mut events = Vec::new();
        for who in people.chain([life * ASKING + 1]) {
            *asked.entry(who).or_default() += 1;
            events.push(town.words(chat, who, QUESTION).1);
        }
        live_and_die(&town, chat, place, &events).await;
        told.extend(events);
    }
    let service = town.open().await;
    // Whatever was not acknowledged is told again; over a gateway, nobody knows what was.
    for event in &told {
        town.deliver(event).await;
    }
    let (answered, open) = settled(&town, (chat, &number), &asked).await;
    service.stop().await;
    let (store, workspace) = town.store().await;
    let undelivered = store.undelivered(workspace).await.unwrap();
    let parked = store.parked(workspace).await.unwrap();
    store.close().await;
    for lost in &undelivered {
        assert_eq!(lost.state, UndeliveredState::Unknown, "{lost:?}");
    }
    let known = undelivered.len() + parked.len();
    assert!(
        open <= known,
        "{open} questions of {} are in silence, {known} are known to have failed",
        told.len()
    );
    assert_eq!(answered + open, told.len());
    if matches!(chat, Chat::Slack | Chat::Discord) {
        assert_eq!(undelivered, [], "it can be found out");
    }
    let doctor = town.almanac(&["doctor"]);
    let doctor = String::from_utf8_lossy(&doctor.stdout).into_owned();
    let says = match (parked.len(), undelivered.len()) {
        (0, 0) => "nothing parked, nothing lost".to_owned(),
        (0, lost) => format!("{lost} answers did not arrive for certain"),
        (parked, _) => format!("{parked} events are parked"),
    };
    assert!(doctor.contains(&says), "{says}: {doctor}");
    assert_eq!(town.breaches(), Vec::<String>::new());
}

/// Starts the service to end at a place, or at any moment, and tells it of events until it has.
async fn live_and_die(town: &Arc<Town>, chat: Chat, place: Option<&str>, events: &[Event]) {
    let dies = place.map(|place| format!("{place}=2*off->return"));
    let mut service = town.start(dies.as_deref());
    let reached = tokio::select! {
        () = town.reached() => true,
        // Of what the life before has left.
        died = service.ended(PATIENCE) => !died,
    };
    if !reached {
        return;
    }
    let mut telling = JoinSet::new();
    for event in events {
        let (town, event) = (town.clone(), event.clone());
        telling.spawn(async move { town.tell(&event, 0).await });
    }
    let Some(place) = place else {
        at_any_moment(service).await;
        return;
    };
    let died = service.ended(A_LIFE).await;
    assert!(died, "{chat:?}: nothing ended the process at {place}");
}

async fn at_any_moment(service: Service) {
    let moment = RandomState::new().hash_one("a moment") % 400;
    tokio::time::sleep(Duration::from_millis(moment)).await;
    service.kill();
}

/// How many questions have an answer, and how many have none, once that does not change any more:
/// each asked once is answered once, or its answer is known to be unknown.
async fn settled(
    town: &Town,
    (chat, number): (Chat, &str),
    asked: &HashMap<u32, usize>,
) -> (usize, usize) {
    let started = Instant::now();
    let mut last = (0, usize::MAX);
    let mut since = Instant::now();
    loop {
        let mut now = (0, 0);
        let counted = town.counted(chat, number);
        for (who, questions) in asked {
            let answers = counted.get(who).copied().unwrap_or(0);
            assert!(
                answers <= *questions,
                "two answers to one question: {:#?}",
                town.seen(chat, *who)
            );
            now.0 += answers;
            now.1 += questions - answers;
        }
        if now != last {
            (last, since) = (now, Instant::now());
        }
        // Leases of those who were killed run out after a minute, where others may have the database.
        let leases = Duration::from_secs(if town.plan.database.is_some() { 75 } else { 0 });
        let quiet = since.elapsed() > Duration::from_secs(12);
        let over = started.elapsed() > leases && quiet;
        if now.1 == 0 || over {
            return now;
        }
        assert!(started.elapsed() < PATIENCE, "{now:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
