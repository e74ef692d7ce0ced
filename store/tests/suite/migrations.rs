use almanac_agent_contract::{Outcome, Platform, Settings};
use almanac_migrations::ALL;
use almanac_store::{Claim, Store, StoreError, UndeliveredState};
use serde_json::json;
use sqlx::Executor as _;
use uuid::Uuid;

use crate::place::Place;
use crate::say::{LEASE, scope, space, standing_at};

/// Each step is made on a database that has rows of all steps before it. The note of what was done
/// is written here as every released Almanac writes it: the store must go on from there.
pub(crate) async fn each_step_follows_its_samples(place: &Place) {
    place
        .behind(async |connection| {
            connection
                .execute(
                    "CREATE TABLE migrations (version integer PRIMARY KEY, name text NOT NULL,
                         checksum uuid NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
                )
                .await
                .unwrap();
            for (step, number) in ALL.iter().zip(1..) {
                assert_eq!(step.version, number);
                connection.execute(step.sql).await.unwrap();
                connection.execute(step.sample).await.unwrap();
                sqlx::query("INSERT INTO migrations VALUES ($1, $2, $3)")
                    .bind(step.version)
                    .bind(step.name)
                    .bind(Uuid::new_v5(&Uuid::NAMESPACE_OID, step.sql.as_bytes()))
                    .execute(&mut *connection)
                    .await
                    .unwrap();
            }
        })
        .await;

    let store = place.open().await;
    let sample = Settings {
        name: "Sample".into(),
        ..Settings::default()
    };
    let workspace = store.ensure_workspace(&sample).await.unwrap();
    assert_eq!(
        workspace.to_string(),
        "00000000-0000-7000-8000-000000000001"
    );
    let platform = Platform::named("sample");

    let claim = Claim {
        workspace,
        by: "worker",
        batch: 9,
        lease: LEASE,
    };
    let open = store.claim_inbox(claim).await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].inbound.event_id, "E3");
    let recalled = store.recall(open[0].conversation, 9).await.unwrap();
    assert_eq!(recalled.exchanges[0].answer, "1,234");
    assert_eq!(
        recalled.state,
        standing_at(json!({ "metrics": ["revenue"] }))
    );
    let terms = store.definitions(&scope(&open[0])).await.unwrap();
    assert_eq!(terms.len(), 1);
    assert_eq!(
        (terms[0].0.as_str(), terms[0].1.metric.as_str()),
        ("sales", "net_revenue")
    );
    assert_eq!(store.parked(workspace).await.unwrap()[0].event_id, "E2");
    let lost = store.undelivered(workspace).await.unwrap();
    assert_eq!((lost.len(), lost[0].state), (1, UndeliveredState::Unknown));
    assert_eq!(
        store
            .history(workspace, &platform, &space("D1"), 9)
            .await
            .unwrap()
            .len(),
        3
    );
    let reply = store
        .answer(workspace, &platform, "one", "E2")
        .await
        .unwrap()
        .reply()
        .unwrap();
    assert_eq!(reply.outcome, Outcome::Error);
    assert_eq!(store.schedules(workspace).await.unwrap()[0].name, "morning");
    assert_eq!(store.audit(workspace, 0, 9).await.unwrap().len(), 2);
    store.close().await;
}

pub(crate) async fn an_edited_step_is_refused(place: &Place) {
    place.open().await.close().await;
    alter(
        place,
        "UPDATE migrations SET checksum = gen_random_uuid() WHERE version = 2",
    )
    .await;
    let error = Store::open(place.database()).await.unwrap_err();
    assert!(
        matches!(error, StoreError::Changed { version: 2, .. }),
        "{error}"
    );
    let sentence = error.to_string();
    assert!(sentence.contains("migration 2 (schedules)"), "{sentence}");

    alter(place, "DELETE FROM migrations WHERE version = 2").await;
    let error = Store::open(place.database()).await.unwrap_err();
    assert!(
        matches!(error, StoreError::Changed { version: 2, .. }),
        "{error}"
    );
}

pub(crate) async fn newer_tables_are_refused(place: &Place) {
    place.open().await.close().await;
    alter(
        place,
        "INSERT INTO migrations VALUES (900, 'later', gen_random_uuid())",
    )
    .await;
    let error = Store::open(place.database()).await.unwrap_err();
    assert!(
        matches!(error, StoreError::Newer { found: 900, .. }),
        "{error}"
    );

    // A step that fails is undone: the next open says the same of it.
    alter(place, "DELETE FROM migrations WHERE version > 3").await;
    for _ in 0..2 {
        let error = Store::open(place.database()).await.unwrap_err();
        assert!(
            matches!(error, StoreError::Migration { version: 4, .. }),
            "{error}"
        );
    }
}

async fn alter(place: &Place, statement: &'static str) {
    place
        .behind(async |connection| {
            connection.execute(statement).await.unwrap();
        })
        .await;
}
