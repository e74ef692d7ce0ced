use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use almanac_agent_contract::{Outcome, Reply, Settings};
use almanac_store::{Claim, Finished, MAX_ATTEMPTS, Store};
use serde_json::json;
use sqlx::Row as _;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::place::Place;
use crate::say::{
    LAPSED, LEASE, PLATFORM, accept, answer, claim, claim_ids, claiming, said, standing_at, words,
    workspace,
};

pub(crate) async fn a_conversation_is_taken_in_order(place: &Place) {
    let store = place.open().await;
    for (space, text) in [
        ("a", "a1"),
        ("a", "a2"),
        ("b", "b1"),
        ("a", "a3"),
        ("b", "b2"),
    ] {
        accept(&store, &words(space, text)).await;
    }

    let first = claim(&store, LEASE).await;
    let ids: Vec<_> = first
        .iter()
        .map(|event| event.inbound.event_id.as_str())
        .collect();
    assert_eq!(ids, ["a1", "b1"]);
    assert_eq!(claim_ids(&store).await, [""; 0]);

    store.finish(&first[0], answer("done")).await.unwrap();
    assert_eq!(claim_ids(&store).await, ["a2"]);
    store.finish(&first[1], answer("done")).await.unwrap();
    assert_eq!(claim_ids(&store).await, ["b2"]);
    store.close().await;
}

/// Each event is done once, in order, with never two of a conversation at the same time.
pub(crate) async fn workers_share_without_overlap(place: &Place) {
    const SPACES: usize = 12;
    const EACH: usize = 4;
    let store = place.open().await;
    for turn in 0..EACH {
        for space in 0..SPACES {
            accept(
                &store,
                &words(&format!("s{space}"), &format!("s{space} t{turn}")),
            )
            .await;
        }
    }

    let busy = Arc::new(Mutex::new(HashSet::new()));
    let done = Arc::new(Mutex::new(HashMap::<String, Vec<String>>::new()));
    let mut workers = JoinSet::new();
    for worker in 0..6 {
        let (store, busy, done) = (store.clone(), busy.clone(), done.clone());
        workers.spawn(async move {
            loop {
                let events = store
                    .claim_inbox(claiming(&store, &format!("worker {worker}"), 3, LEASE).await)
                    .await
                    .unwrap();
                if events.is_empty()
                    && done.lock().unwrap().values().flatten().count() == SPACES * EACH
                {
                    return;
                }
                for event in &events {
                    assert!(
                        busy.lock().unwrap().insert(event.conversation),
                        "two at a time"
                    );
                }
                tokio::task::yield_now().await;
                for event in events {
                    let (space, id) = (
                        event.inbound.space.id.clone(),
                        event.inbound.event_id.clone(),
                    );
                    done.lock().unwrap().entry(space).or_default().push(id);
                    busy.lock().unwrap().remove(&event.conversation);
                    assert!(store.finish(&event, answer("done")).await.unwrap());
                }
            }
        });
    }
    let joined = timeout(Duration::from_secs(120), workers.join_all()).await;
    assert!(joined.is_ok(), "the workers never came to an end");

    let done = std::mem::take(&mut *done.lock().unwrap());
    for space in 0..SPACES {
        let expected: Vec<_> = (0..EACH).map(|turn| format!("s{space} t{turn}")).collect();
        assert_eq!(done[&format!("s{space}")], expected);
    }
    store.close().await;
}

pub(crate) async fn a_lost_lease_writes_nothing(place: &Place) {
    let store = place.open().await;
    accept(&store, &words("a", "a1")).await;
    let slow = claim(&store, LAPSED).await.remove(0);
    let quick = claim(&store, LEASE).await.remove(0);
    assert_eq!((slow.epoch, slow.attempts), (1, 1));
    assert_eq!((quick.epoch, quick.attempts), (2, 2));

    let late = Finished {
        state: Some(standing_at(json!({ "late": true }))),
        ..answer("too late")
    };
    assert!(!store.finish(&slow, late).await.unwrap());
    store.retry(&slow, "too late").await.unwrap();
    assert_eq!(said(&store, "a1").await, None);
    let recalled = store.recall(slow.conversation, 5).await.unwrap();
    assert!(recalled.state.is_empty());
    assert!(store.audit(slow.workspace, 0, 10).await.unwrap().is_empty());
    assert!(
        store
            .claim_outbox(
                claiming(&store, "courier", 9, LEASE).await,
                &crate::say::serves(almanac_agent_contract::Recovery::Surface)
            )
            .await
            .unwrap()
            .is_empty()
    );

    assert!(store.finish(&quick, answer("in time")).await.unwrap());
    assert_eq!(said(&store, "a1").await.as_deref(), Some("in time"));
    assert!(!store.finish(&quick, answer("again")).await.unwrap());
    assert_eq!(said(&store, "a1").await.as_deref(), Some("in time"));
    store.close().await;
}

pub(crate) async fn poison_is_parked_and_can_return(place: &Place) {
    let store = place.open().await;
    let poison = accept(&store, &words("a", "poison")).await;
    accept(&store, &words("a", "next")).await;
    for attempt in 1..=MAX_ATTEMPTS {
        let event = claim(&store, LAPSED).await.remove(0);
        assert_eq!((event.attempts, event.poisoned), (attempt, false));
    }
    let event = claim(&store, LEASE).await.remove(0);
    assert!(event.poisoned);

    let failure = Finished {
        reply: Some(Reply::words(Outcome::Error, "That failed.")),
        parked: Some("it crashed".into()),
        ..answer("")
    };
    assert!(store.finish(&event, failure).await.unwrap());
    assert_eq!(
        said(&store, "poison").await.as_deref(),
        Some("That failed.")
    );
    let parked = store.parked(event.workspace).await.unwrap();
    assert_eq!(parked.len(), 1);
    assert_eq!(
        (parked[0].inbox, parked[0].error.as_str()),
        (poison, "it crashed")
    );
    assert_eq!(
        (parked[0].attempts, parked[0].event_id.as_str()),
        (MAX_ATTEMPTS + 1, "poison")
    );

    // It comes back behind what its conversation has on lease.
    let next = claim(&store, LEASE).await.remove(0);
    assert_eq!(next.inbound.event_id, "next");
    assert!(store.unpark(poison).await.unwrap());
    assert!(!store.unpark(poison).await.unwrap());
    assert!(claim(&store, LEASE).await.is_empty());
    store.finish(&next, answer("to next")).await.unwrap();

    let again = claim(&store, LEASE).await.remove(0);
    assert_eq!(
        (again.inbox, again.attempts, again.poisoned),
        (poison, 1, false)
    );
    assert!(store.finish(&again, answer("it works")).await.unwrap());
    assert_eq!(said(&store, "poison").await.as_deref(), Some("it works"));
    assert!(store.parked(again.workspace).await.unwrap().is_empty());

    // The failure and the answer are two intents: both go out.
    let mut sent = Vec::new();
    while let Some(delivery) = store
        .claim_outbox(
            claiming(&store, "courier", 1, LEASE).await,
            &crate::say::serves(almanac_agent_contract::Recovery::Surface),
        )
        .await
        .unwrap()
        .pop()
    {
        store
            .sent(&delivery, &crate::say::receipt("ok"))
            .await
            .unwrap();
        sent.push(delivery.delivery.reply.text);
    }
    assert_eq!(sent, ["That failed.", "to next", "it works"]);
    store.close().await;
}

pub(crate) async fn an_event_counts_once(place: &Place) {
    let store = place.open().await;
    let here = workspace(&store).await;
    let there = Settings {
        name: "Other".into(),
        ..Settings::default()
    };
    let there = store.ensure_workspace(&there).await.unwrap();
    let event = words("a", "a1");
    let first = store.accept(here, &event).await.unwrap();
    let again = store.accept(here, &event).await.unwrap();
    assert!(!first.duplicate && again.duplicate);
    assert!(!first.differs && !again.differs);
    let mut changed = event.clone();
    changed.content = words("a", "something else").content;
    let mut moved = event.clone();
    moved.space.id = "b".into();
    for other in [changed, moved] {
        let taken = store.accept(here, &other).await.unwrap();
        assert!(taken.duplicate && taken.differs && taken.inbox == first.inbox);
    }
    assert_eq!(first.inbox, again.inbox);

    let mut other = event.clone();
    other.installation = "two".into();
    assert!(!store.accept(here, &other).await.unwrap().duplicate);
    assert!(!store.accept(there, &event).await.unwrap().duplicate);

    // Three rows, of three conversations and three people; each workspace claims its own.
    let mut claimed = claim(&store, LEASE).await;
    assert_eq!(claimed.len(), 2);
    let theirs = Claim {
        workspace: there,
        ..claiming(&store, "worker", 9, LEASE).await
    };
    claimed.extend(store.claim_inbox(theirs).await.unwrap());
    assert_eq!(claimed.len(), 3);
    assert_eq!(
        claimed
            .iter()
            .map(|event| event.person)
            .collect::<HashSet<_>>()
            .len(),
        3
    );
    assert_eq!(
        claimed
            .iter()
            .map(|event| event.conversation)
            .collect::<HashSet<_>>()
            .len(),
        3
    );

    // Still a duplicate when it is done.
    store.finish(&claimed[0], answer("done")).await.unwrap();
    let late = store.accept(here, &event).await.unwrap();
    assert!(late.duplicate && !late.differs);
    store.close().await;
}

pub(crate) async fn copies_at_the_same_moment_count_once(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    for round in 0..10 {
        let mut copies = JoinSet::new();
        for _ in 0..8 {
            let store: Store = store.clone();
            let event = words("a", &format!("a{round}"));
            copies.spawn(async move { store.accept(workspace, &event).await.unwrap() });
        }
        let accepted = copies.join_all().await;
        assert_eq!(
            accepted
                .iter()
                .filter(|accepted| !accepted.duplicate)
                .count(),
            1
        );
        assert!(accepted.iter().all(|copy| copy.inbox == accepted[0].inbox));
    }
    let history = store
        .history(workspace, &PLATFORM, &crate::say::space("a"), 100)
        .await
        .unwrap();
    assert_eq!(history.len(), 10);
    store.close().await;
}

pub(crate) async fn a_retry_waits_and_keeps_its_error(place: &Place) {
    let store = place.open().await;
    accept(&store, &words("a", "a1")).await;
    accept(&store, &words("a", "a2")).await;
    for _ in 0..2 {
        claim(&store, LAPSED).await;
    }
    let event = claim(&store, LEASE).await.remove(0);
    store
        .retry(&event, "the model is unavailable\0")
        .await
        .unwrap();
    assert_eq!(
        claim_ids(&store).await,
        [""; 0],
        "the conversation waits for it"
    );
    store.close().await;

    let (wait, error): (f64, String) = place
        .behind(async |connection| {
            let row = sqlx::query(
                "SELECT extract(epoch FROM due_at - now())::float8, error FROM inbox
                 WHERE event_id = 'a1'",
            )
            .fetch_one(connection)
            .await
            .unwrap();
            (row.get(0), row.get(1))
        })
        .await;
    // The third attempt waits 2^3 seconds, less what this test took.
    assert!((0.0..=8.0).contains(&wait), "{wait}");
    assert_eq!(error, "the model is unavailable\u{FFFD}");

    place
        .behind(async |connection| {
            sqlx::query("UPDATE inbox SET due_at = now()")
                .execute(connection)
                .await
                .unwrap();
        })
        .await;
    let store = place.open().await;
    assert_eq!(claim_ids(&store).await, ["a1"]);
    store.close().await;
}

pub(crate) async fn what_is_put_in_rings(place: &Place) {
    let store = place.open().await;
    let rings =
        async |bell: &tokio::sync::Notify| timeout(Duration::ZERO, bell.notified()).await.is_ok();
    accept(&store, &words("a", "a1")).await;
    accept(&store, &words("a", "a2")).await;
    assert!(rings(store.inbox_ready()).await);
    assert!(!rings(store.inbox_ready()).await);

    let event = claim(&store, LEASE).await.remove(0);
    store.finish(&event, answer("done")).await.unwrap();
    assert!(rings(store.outbox_ready()).await);
    assert!(
        rings(store.inbox_ready()).await,
        "the next of the conversation can be claimed"
    );

    let event = claim(&store, LEASE).await.remove(0);
    store.finish(&event, answer("done")).await.unwrap();
    assert!(rings(store.outbox_ready()).await);
    assert!(!rings(store.inbox_ready()).await);
    store.close().await;
}

pub(crate) async fn tidying_keeps_the_rows(place: &Place) {
    let store = place.open().await;
    accept(&store, &words("a", "a1")).await;
    accept(&store, &words("a", "a2")).await;
    let event = claim(&store, LEASE).await.remove(0);
    store.finish(&event, answer("done")).await.unwrap();
    store.tidy().await.unwrap();
    assert_eq!(said(&store, "a1").await.as_deref(), Some("done"));
    assert_eq!(claim_ids(&store).await, ["a2"]);
    store.close().await;

    let counted: f32 = place
        .behind(async |connection| {
            sqlx::query_scalar("SELECT reltuples FROM pg_class WHERE relname = 'inbox'")
                .fetch_one(connection)
                .await
                .unwrap()
        })
        .await;
    assert_eq!(counted, 2.0);
}
