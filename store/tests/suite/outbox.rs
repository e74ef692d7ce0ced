use almanac_agent_contract::{Platform, Recovery, WorkspaceId};
use almanac_store::{Finished, Served, Store, UndeliveredState};
use jiff::SignedDuration;

use crate::place::Place;
use crate::say::{
    LAPSED, LEASE, PLATFORM, accept, answer, claim, claiming, deliveries, echo, receipt, serves,
    words, workspace,
};

async fn texts(store: &Store) -> Vec<String> {
    deliveries(store, LEASE)
        .await
        .into_iter()
        .map(|claimed| claimed.delivery.reply.text)
        .collect()
}

async fn undelivered(store: &Store) -> Vec<(UndeliveredState, String)> {
    let workspace = workspace(store).await;
    let listed = store.undelivered(workspace).await.unwrap();
    listed
        .into_iter()
        .map(|delivery| (delivery.state, delivery.error))
        .collect()
}

pub(crate) async fn deliveries_leave_in_order(place: &Place) {
    let store = place.open().await;
    for (space, text) in [("a", "a1"), ("b", "b1"), ("a", "a2")] {
        echo(&store, &words(space, text)).await;
    }
    let first = deliveries(&store, LEASE).await;
    let delivery = &first[0].delivery;
    assert_eq!(delivery.reply.text, "to a1");
    assert_eq!(delivery.event_id.as_deref(), Some("a1"));
    assert_eq!(
        (delivery.installation.as_str(), &delivery.space),
        ("one", &crate::say::space("a"))
    );
    assert_eq!((&first[0].platform, first[0].attempts), (&PLATFORM, 1));
    assert_eq!(first[1].delivery.reply.text, "to b1");
    assert_eq!(first.len(), 2, "one of a conversation at a time");

    // What waits for its retry holds its conversation back.
    store
        .retry_delivery(&first[0], "too many requests")
        .await
        .unwrap();
    assert_eq!(texts(&store).await, [""; 0]);
    store.close().await;

    place
        .behind(async |connection| {
            sqlx::query("UPDATE outbox SET due_at = now() WHERE state = 'queued'")
                .execute(connection)
                .await
                .unwrap();
        })
        .await;
    let store = place.open().await;
    let again = deliveries(&store, LEASE).await;
    assert_eq!((again.len(), again[0].attempts), (1, 2));
    store.sent(&again[0], &receipt("m1")).await.unwrap();
    assert_eq!(texts(&store).await, ["to a2"]);
    store.close().await;
}

pub(crate) async fn a_lost_send_is_unknown(place: &Place) {
    let store = place.open().await;
    echo(&store, &words("a", "a1")).await;
    echo(&store, &words("a", "a2")).await;
    assert_eq!(deliveries(&store, LAPSED).await.len(), 1);

    // Never sent twice blindly, and it holds nothing back.
    assert_eq!(texts(&store).await, ["to a2"]);
    let lost = "the sender stopped before it had a receipt".to_owned();
    assert_eq!(
        undelivered(&store).await,
        [(UndeliveredState::Unknown, lost)]
    );
    store.close().await;
}

pub(crate) async fn an_idempotent_send_is_repeated(place: &Place) {
    let store = place.open().await;
    echo(&store, &words("a", "a1")).await;
    echo(&store, &words("a", "a2")).await;
    let claim = async |lease| {
        store
            .claim_outbox(
                claiming(&store, "courier", 9, lease).await,
                &serves(Recovery::Resend),
            )
            .await
            .unwrap()
    };
    let first = claim(LAPSED).await;
    let again = claim(LEASE).await;
    assert_eq!(again.len(), 1);
    assert_eq!(first[0].delivery, again[0].delivery);
    assert_eq!((again[0].epoch, again[0].attempts), (2, 2));
    assert!(claim(LEASE).await.is_empty());
    assert_eq!(undelivered(&store).await, []);
    store.close().await;
}

pub(crate) async fn an_event_that_asks_nothing_is_done_in_silence(place: &Place) {
    let store = place.open().await;
    accept(&store, &words("a", "a1")).await;
    let event = claim(&store, LEASE).await.remove(0);
    let silent = Finished {
        reply: None,
        ..answer("")
    };
    assert!(store.finish(&event, silent).await.unwrap());
    assert_eq!(texts(&store).await, [""; 0]);
    assert!(claim(&store, LEASE).await.is_empty());
    let log = store.audit(event.workspace, 0, 9).await.unwrap();
    assert_eq!(log[0].inbox, Some(event.inbox));
    store.close().await;
}

pub(crate) async fn a_late_receipt_counts(place: &Place) {
    let store = place.open().await;
    echo(&store, &words("a", "a1")).await;
    let claimed = deliveries(&store, LAPSED).await.remove(0);
    assert_eq!(texts(&store).await, [""; 0]);
    assert_eq!(undelivered(&store).await.len(), 1);

    store.sent(&claimed, &receipt("m1")).await.unwrap();
    assert_eq!(undelivered(&store).await, []);
    store.close().await;
}

pub(crate) async fn a_stale_receipt_does_not(place: &Place) {
    let store = place.open().await;
    echo(&store, &words("a", "a1")).await;
    let stale = deliveries(&store, LEASE).await.remove(0);
    store
        .delay_delivery(&stale, SignedDuration::ZERO)
        .await
        .unwrap();
    let fresh = deliveries(&store, LEASE).await.remove(0);
    assert_eq!(fresh.epoch, stale.epoch + 1);

    store.delivery_failed(&stale, "stale").await.unwrap();
    store.delivery_unknown(&stale, "stale").await.unwrap();
    store
        .delay_delivery(&stale, SignedDuration::ZERO)
        .await
        .unwrap();
    assert_eq!(undelivered(&store).await, []);
    assert_eq!(
        texts(&store).await,
        [""; 0],
        "it is still on the fresh lease"
    );
    store.sent(&fresh, &receipt("m1")).await.unwrap();
    store.sent(&stale, &receipt("m0")).await.unwrap();
    store.close().await;

    let provider: Option<String> = place
        .behind(async |connection| {
            sqlx::query_scalar("SELECT provider_id FROM outbox")
                .fetch_one(connection)
                .await
                .unwrap()
        })
        .await;
    assert_eq!(provider.as_deref(), Some("m1"));
}

pub(crate) async fn a_refused_send_is_listed(place: &Place) {
    let store = place.open().await;
    for text in ["a1", "a2", "a3"] {
        echo(&store, &words("a", text)).await;
    }
    let refused = deliveries(&store, LEASE).await.remove(0);
    store
        .delivery_failed(&refused, "the channel is gone")
        .await
        .unwrap();
    let timed_out = deliveries(&store, LEASE).await.remove(0);
    store
        .delivery_unknown(&timed_out, "timed out")
        .await
        .unwrap();
    assert_eq!(
        undelivered(&store).await,
        [
            (UndeliveredState::Failed, "the channel is gone".to_owned()),
            (UndeliveredState::Unknown, "timed out".to_owned()),
        ]
    );
    assert_eq!(texts(&store).await, ["to a3"]);
    store.close().await;
}

pub(crate) async fn what_is_listed_is_dismissed_or_sent_again(place: &Place) {
    let store = place.open().await;
    for space in ["a", "b", "c"] {
        echo(&store, &words(space, &format!("{space}1"))).await;
    }
    let sending = deliveries(&store, LEASE).await;
    store
        .delivery_failed(&sending[0], "no template")
        .await
        .unwrap();
    store.delivery_gone(&sending[1], "blocked").await.unwrap();
    store
        .delivery_unknown(&sending[2], "timed out")
        .await
        .unwrap();
    let workspace = workspace(&store).await;
    let listed = store.undelivered(workspace).await.unwrap();
    let told: Vec<_> = listed
        .iter()
        .map(|lost| (lost.state, lost.space.as_str(), lost.installation.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (UndeliveredState::Failed, "a", "one"),
            (UndeliveredState::Gone, "b", "one"),
            (UndeliveredState::Unknown, "c", "one"),
        ]
    );

    let first = listed[0].outbox;
    let elsewhere = WorkspaceId::new();
    assert_eq!(store.dismiss(elsewhere, Some(first)).await.unwrap(), 0);
    assert!(!store.redeliver(elsewhere, first).await.unwrap());
    assert_eq!(store.dismiss(workspace, Some(first)).await.unwrap(), 1);
    assert_eq!(store.dismiss(workspace, Some(first)).await.unwrap(), 0);
    assert_eq!(undelivered(&store).await.len(), 2);
    assert_eq!(texts(&store).await, [""; 0]);

    // Dismissed or not, it can be sent again, and whoever sent it before is not heard any more.
    for lost in &listed[..2] {
        assert!(store.redeliver(workspace, lost.outbox).await.unwrap());
    }
    store.sent(&sending[0], &receipt("late")).await.unwrap();
    let again = deliveries(&store, LEASE).await;
    let sent: Vec<_> = again
        .iter()
        .map(|it| (it.delivery.reply.text.as_str(), it.attempts, it.doubtful))
        .collect();
    assert_eq!(sent, [("to a1", 1, false), ("to b1", 1, false)]);
    for (claimed, id) in again.iter().zip(["m1", "m2"]) {
        store.sent(claimed, &receipt(id)).await.unwrap();
    }
    assert!(
        !store.redeliver(workspace, first).await.unwrap(),
        "it is sent"
    );
    assert_eq!(store.dismiss(workspace, None).await.unwrap(), 1);
    assert_eq!(undelivered(&store).await, []);
    store.close().await;
}

pub(crate) async fn a_sender_claims_what_it_serves(place: &Place) {
    let store = place.open().await;
    echo(&store, &words("a", "a1")).await;
    let elsewhere = [Served {
        platform: Platform::named("attic"),
        recovery: Recovery::Surface,
    }];
    let claim = async |serves: &[Served]| {
        store
            .claim_outbox(claiming(&store, "courier", 9, LAPSED).await, serves)
            .await
            .unwrap()
    };
    assert!(claim(&elsewhere).await.is_empty());
    assert!(claim(&[]).await.is_empty());
    assert_eq!(claim(&serves(Recovery::Surface)).await.len(), 1);

    // Nor does it give up what another has on lease.
    assert!(claim(&elsewhere).await.is_empty());
    assert_eq!(undelivered(&store).await, []);
    store.close().await;
}
