use almanac_agent_contract::{InboxId, Platform};
use almanac_store::{LookFor, Store};
use jiff::SignedDuration;

use crate::place::Place;
use crate::say::{
    LAPSED, LEASE, PLATFORM, accept, answer, claim, claim_ids, deliveries, words, workspace,
};

static ALL: [Platform; 1] = [PLATFORM];

async fn look<'a>(store: &Store, platforms: &'a [Platform], most: u32) -> LookFor<'a> {
    LookFor {
        workspace: workspace(store).await,
        platforms,
        open: &[],
        since: SignedDuration::ZERO,
        most,
    }
}

async fn waiting(store: &Store, look: LookFor<'_>) -> Vec<(InboxId, String)> {
    let found = store.waiting(look).await.unwrap();
    let named = found.into_iter();
    named.map(|it| (it.inbox, it.inbound.event_id)).collect()
}

pub(crate) async fn who_waits_is_shown_it_once_and_the_answer_takes_its_place(place: &Place) {
    let store = place.open().await;
    for (space, text) in [("a", "a1"), ("a", "a2"), ("b", "b1")] {
        accept(&store, &words(space, text)).await;
    }
    let young = LookFor {
        since: LEASE,
        ..look(&store, &ALL, 9).await
    };
    assert_eq!(waiting(&store, young).await, []);
    let elsewhere = LookFor {
        platforms: &[],
        ..look(&store, &ALL, 9).await
    };
    assert_eq!(waiting(&store, elsewhere).await, []);

    let found = waiting(&store, look(&store, &ALL, 9).await).await;
    let names: Vec<&str> = found.iter().map(|(_, id)| id.as_str()).collect();
    assert_eq!(names, ["a1", "b1"], "of each conversation the first");
    let events: Vec<InboxId> = found.iter().map(|(inbox, _)| *inbox).collect();
    assert_eq!(store.hold(&events, LEASE).await.unwrap().len(), 2);
    assert_eq!(store.hold(&events, LEASE).await.unwrap(), [], "once");
    assert_eq!(claim_ids(&store).await, [""; 0], "it is being shown");

    store.let_go(events[0], Some("p1")).await.unwrap();
    let event = claim(&store, LEASE).await.remove(0);
    assert_eq!(event.inbound.event_id, "a1");
    assert_eq!(event.placeholder.as_deref(), Some("p1"));
    assert!(store.finish(&event, answer("to a1")).await.unwrap());
    let delivery = deliveries(&store, LEASE).await.remove(0).delivery;
    assert_eq!(delivery.replaces.as_deref(), Some("p1"));

    // What somebody works on is let go without being taken from them.
    let event = claim(&store, LEASE).await.remove(0);
    assert_eq!(event.inbound.event_id, "a2");
    store.let_go(event.inbox, None).await.unwrap();
    assert_eq!(claim_ids(&store).await, [""; 0]);
    store.close().await;
}

pub(crate) async fn only_so_many_are_shown_to_wait(place: &Place) {
    let store = place.open().await;
    for space in ["a", "b", "c"] {
        accept(&store, &words(space, space)).await;
    }
    let found = waiting(&store, look(&store, &ALL, 2).await).await;
    let events: Vec<InboxId> = found.iter().map(|(inbox, _)| *inbox).collect();
    assert_eq!(store.hold(&events, LAPSED).await.unwrap().len(), 2);
    assert_eq!(waiting(&store, look(&store, &ALL, 2).await).await, []);
    // Whoever showed it is gone, and workers have it all the same.
    assert_eq!(claim_ids(&store).await, ["a", "b", "c"]);
    store.close().await;
}

pub(crate) async fn a_stranger_is_not_shown_to_wait(place: &Place) {
    let store = place.open().await;
    accept(&store, &words("a", "a1")).await;
    let reserved = LookFor {
        open: &ALL,
        ..look(&store, &ALL, 9).await
    };
    assert_eq!(waiting(&store, reserved).await, []);
    assert_eq!(waiting(&store, look(&store, &ALL, 9).await).await.len(), 1);
    store.close().await;
}
