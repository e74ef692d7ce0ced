use almanac_store::{Schedule, ScheduleId, StoreError};
use jiff::Timestamp;
use serde_json::json;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::place::Place;
use crate::say::{echo, words};

async fn morning(store: &almanac_store::Store) -> Schedule {
    let event = echo(store, &words("a", "follow revenue")).await;
    Schedule {
        id: ScheduleId(Uuid::now_v7()),
        workspace: event.workspace,
        person: event.person,
        conversation: event.conversation,
        name: "morning".into(),
        spec: json!({ "cron": "0 8 * * *", "ask": "revenue yesterday" }),
        paused: false,
    }
}

pub(crate) async fn an_occurrence_is_made_once(place: &Place) {
    let store = place.open().await;
    let schedule = morning(&store).await;
    store.insert_schedule(&schedule).await.unwrap();
    let due: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();

    let mut replicas = JoinSet::new();
    for _ in 0..8 {
        let store = store.clone();
        replicas.spawn(async move { store.record_occurrence(schedule.id, due).await.unwrap() });
    }
    let made = replicas.join_all().await;
    assert_eq!(made.into_iter().filter(|first| *first).count(), 1);

    let tomorrow = "2026-11-21T08:00:00Z".parse().unwrap();
    assert!(
        store
            .record_occurrence(schedule.id, tomorrow)
            .await
            .unwrap()
    );
    assert!(
        !store
            .record_occurrence(ScheduleId(Uuid::now_v7()), due)
            .await
            .unwrap()
    );
    store.close().await;
}

pub(crate) async fn a_persons_schedules_have_different_names(place: &Place) {
    let store = place.open().await;
    let schedule = morning(&store).await;
    store.insert_schedule(&schedule).await.unwrap();
    let namesake = Schedule {
        id: ScheduleId(Uuid::now_v7()),
        ..schedule.clone()
    };
    let refused = store.insert_schedule(&namesake).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused(_)), "{refused:?}");
    assert_eq!(
        refused.to_string(),
        "You already have a schedule of that name."
    );

    let other = Schedule {
        name: "evening".into(),
        paused: true,
        ..namesake
    };
    store.insert_schedule(&other).await.unwrap();
    assert_eq!(
        store.schedules(schedule.workspace).await.unwrap(),
        [schedule, other]
    );
    store.close().await;
}
