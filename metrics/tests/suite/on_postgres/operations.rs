//! What happens when nobody waits, when it takes too long, when data or tables change.

use std::time::Duration;

use almanac_agent_contract::Settings;
use almanac_metrics::{Layer, Limits, QueryError};
use tokio::time::{sleep, timeout};

use super::scratch::{Scratch, server};
use crate::suite::shop::{Asking, ask, rows};

/// Naps that take as long as the table says, but nothing while the layer is opened.
const DEFINITIONS: &str = "
models:
  - name: naps
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: nap
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: kind, dimension: {type: categorical}}
    metrics: [{name: naps, agg: count}]
";

async fn naps(limits: Limits) -> Option<(Layer, Scratch)> {
    let scratch = Scratch::at(&server()?).await;
    scratch
        .run(
            "CREATE TABLE beds (day date, kind text, seconds float8);
             INSERT INTO beds VALUES ('2026-01-01', 'short', 0);
             CREATE VIEW naps AS SELECT day, kind, pg_sleep(seconds)::text FROM beds",
        )
        .await;
    let layer = scratch
        .open(DEFINITIONS, Settings::default(), limits)
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    Some((layer, scratch))
}

/// How many statements over this schema run on the server.
async fn running(scratch: &Scratch) -> i64 {
    scratch
        .count(
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' \
             AND application_name = 'almanac' AND wait_event = 'PgSleep'",
        )
        .await
}

async fn until_running(scratch: &Scratch, expected: i64) {
    for _ in 0..200 {
        if running(scratch).await == expected {
            return;
        }
        sleep(Duration::from_millis(25)).await;
    }
    panic!(
        "{} statements run instead of {expected}",
        running(scratch).await
    );
}

#[tokio::test]
async fn nobody_waits_so_nothing_runs_and_the_next_question_is_answered() {
    let limits = Limits {
        at_once: 1,
        ..Limits::default()
    };
    let Some((layer, scratch)) = naps(limits).await else {
        return;
    };
    scratch.run("UPDATE beds SET seconds = 60").await;
    let query = ask(&["naps"]);
    let other = ask(&["naps"]).by("nap__kind");
    {
        let waiting = layer.run(&query);
        let again = layer.run(&query);
        tokio::pin!(waiting);
        {
            tokio::pin!(again);
            let both = async { tokio::join!(&mut waiting, &mut again) };
            assert!(timeout(Duration::from_millis(500), both).await.is_err());
            // Equal questions share one statement.
            until_running(&scratch, 1).await;
        }
        // One of them went; the other still waits for it.
        assert!(
            timeout(Duration::from_millis(500), &mut waiting)
                .await
                .is_err()
        );
        assert_eq!(running(&scratch).await, 1);
    }
    until_running(&scratch, 0).await;
    scratch.run("UPDATE beds SET seconds = 0").await;
    for query in [&query, &other] {
        let answer = layer.run(query).await.unwrap();
        assert_eq!(answer.engine, "PostgreSQL");
    }
    scratch.close().await;
}

#[tokio::test]
async fn too_long_is_told_and_stopped() {
    let limits = Limits {
        time: Duration::from_millis(300),
        ..Limits::default()
    };
    let Some((layer, scratch)) = naps(limits).await else {
        return;
    };
    scratch.run("UPDATE beds SET seconds = 60").await;
    let error = layer.run(&ask(&["naps"])).await.unwrap_err();
    assert_eq!(error, QueryError::TooSlow(Duration::from_millis(300)));
    until_running(&scratch, 0).await;
    scratch.close().await;
}

#[tokio::test]
async fn an_answer_is_kept_until_somebody_writes() {
    let Some((layer, scratch)) = naps(Limits::default()).await else {
        return;
    };
    let query = ask(&["naps"]);
    // Others write to the server too, so once is enough.
    let mut kept = false;
    for _ in 0..50 {
        kept |= layer.run(&query).await.unwrap().cached;
    }
    assert!(kept);
    scratch
        .run("INSERT INTO beds VALUES ('2026-01-02', 'long', 0)")
        .await;
    let fresh = layer.run(&query).await.unwrap();
    assert_eq!((rows(&fresh), fresh.cached), ("2".to_owned(), false));
    scratch.close().await;
}

#[tokio::test]
async fn what_an_operator_has_to_mend_is_said() {
    let Some((layer, scratch)) = naps(Limits::default()).await else {
        return;
    };
    scratch
        .run("DROP VIEW naps; CREATE VIEW naps AS SELECT day FROM beds")
        .await;
    let told = layer
        .run(&ask(&["naps"]).by("nap__kind"))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        told.contains("kind does not exist") && told.contains("open the source again"),
        "{told}"
    );
    scratch.run("DROP VIEW naps").await;
    let told = layer.run(&ask(&["naps"])).await.unwrap_err().to_string();
    assert!(told.contains("\"naps\" does not exist"), "{told}");
    scratch
        .run("CREATE TABLE naps (day date, kind text); REVOKE ALL ON naps FROM CURRENT_USER")
        .await;
    scratch.close().await;
}

#[tokio::test]
async fn a_role_without_rights_is_told_what_to_grant() {
    let Some(url) = server() else { return };
    let scratch = Scratch::at(&url).await;
    let role = format!("{}_reader", scratch.schema);
    scratch
        .run(&format!(
            "CREATE TABLE naps AS SELECT DATE '2026-01-01' AS day, 'x'::text AS kind;
             CREATE ROLE {role} LOGIN PASSWORD 'for-this-test';
             GRANT USAGE ON SCHEMA {0} TO {role}; GRANT SELECT ON naps TO {role}",
            scratch.schema
        ))
        .await;
    let reader = Scratch {
        url: as_role(&url, &role),
        schema: scratch.schema.clone(),
        pool: scratch.pool.clone(),
        folder: tempfile::tempdir().unwrap(),
    };
    let layer = reader
        .open(DEFINITIONS, Settings::default(), Limits::default())
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(rows(&layer.run(&ask(&["naps"])).await.unwrap()), "1");
    scratch
        .run(&format!("REVOKE SELECT ON naps FROM {role}"))
        .await;
    let told = layer.run(&ask(&["naps"])).await.unwrap_err().to_string();
    assert!(
        told.contains("permission denied") && told.contains("GRANT SELECT"),
        "{told}"
    );
    scratch
        .run(&format!("DROP OWNED BY {role}; DROP ROLE {role}"))
        .await;
    scratch.close().await;
}

/// The same address with another role.
fn as_role(url: &str, role: &str) -> String {
    let (_, rest) = url.split_once("://").unwrap();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    format!("postgres://{role}:for-this-test@{host}")
}
