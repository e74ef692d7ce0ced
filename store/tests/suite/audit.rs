use serde_json::{Value, json};
use sqlx::Executor as _;

use crate::place::Place;
use crate::say::{echo, words, workspace};

pub(crate) async fn every_turn_is_noted(place: &Place) {
    let store = place.open().await;
    let event = echo(&store, &words("a", "a1")).await;
    let workspace = event.workspace;
    store
        .append_audit(
            workspace,
            Some(event.person),
            "settings",
            &json!({ "locale": "es" }),
        )
        .await
        .unwrap();
    let log = store.audit(workspace, 0, 10).await.unwrap();
    assert_eq!(log.len(), 2);
    assert_eq!(
        (log[0].action.as_str(), &log[0].detail),
        ("turn", &json!({ "outcome": "answer" }))
    );
    assert_eq!(
        (log[0].person, log[0].conversation),
        (Some(event.person), Some(event.conversation))
    );
    assert_eq!(log[0].inbox, Some(event.inbox));
    assert_eq!(
        (log[1].action.as_str(), &log[1].detail),
        ("settings", &json!({ "locale": "es" }))
    );

    assert_eq!(store.audit(workspace, 0, 1).await.unwrap(), log[..1]);
    assert_eq!(
        store.audit(workspace, log[0].position, 10).await.unwrap(),
        log[1..]
    );
    store.close().await;
}

pub(crate) async fn the_log_is_append_only(place: &Place) {
    let store = place.open().await;
    echo(&store, &words("a", "a1")).await;
    store.close().await;

    place
        .behind(async |connection| {
            for statement in [
                "UPDATE audit SET detail = '{}'",
                "DELETE FROM audit",
                "TRUNCATE audit",
                // Not even an erasure may do more than blank.
                "BEGIN; SET LOCAL almanac.erasure = 'on'; DELETE FROM audit; COMMIT",
                "BEGIN; SET LOCAL almanac.erasure = 'on'; UPDATE audit SET action = 'x', person_id = NULL; COMMIT",
            ] {
                let error = connection.execute(statement).await.unwrap_err();
                let constraint = error.as_database_error().and_then(|error| error.constraint());
                assert_eq!(constraint, Some("audit_append_only"), "{statement}");
                connection.execute("ROLLBACK").await.unwrap();
            }
        })
        .await;
    let store = place.open().await;
    let log = store.audit(workspace(&store).await, 0, 10).await.unwrap();
    assert_eq!(
        (log.len(), &log[0].detail),
        (1, &json!({ "outcome": "answer" }))
    );
    store.close().await;
}

pub(crate) async fn erasure_blanks_and_leaves_a_trace(place: &Place) {
    let store = place.open().await;
    let ana = echo(&store, &words("a", "a1")).await;
    let mut inbound = words("b", "b1");
    inbound.sender.user = "ben".into();
    let ben = echo(&store, &inbound).await;

    assert_eq!(
        store.erase_audit(ana.workspace, ana.person).await.unwrap(),
        1
    );
    let log = store.audit(ana.workspace, 0, 10).await.unwrap();
    assert_eq!(log.len(), 3);
    assert_eq!((log[0].person, &log[0].detail), (None, &Value::Null));
    assert_eq!(
        (log[1].person, &log[1].detail),
        (Some(ben.person), &json!({ "outcome": "answer" }))
    );
    assert_eq!(
        (log[2].action.as_str(), &log[2].detail),
        ("erased", &json!({ "audit_rows": 1 }))
    );

    // The way is open for that one transaction only.
    store.close().await;
    place
        .behind(async |connection| {
            let blanked = "UPDATE audit SET person_id = NULL, detail = 'null'";
            assert!(connection.execute(blanked).await.is_err());
        })
        .await;
}
