use almanac_agent_contract::{Inbound, Scope, SpaceKind, TermScope};
use almanac_store::{Defined, MAX_DEFINITIONS, NewDefinition, Store, StoreError};
use jiff::{Timestamp, ToSpan as _};

use crate::place::Place;
use crate::say::{echo, words};

/// The scope in which these words were answered.
async fn scope(store: &Store, inbound: &Inbound) -> Scope {
    crate::say::scope(&echo(store, inbound).await)
}

/// The user's words in a thread of the channel.
fn in_channel(user: &str, thread: &str) -> Inbound {
    let mut inbound = words("C1", &format!("{user} in {thread}"));
    inbound.space.kind = SpaceKind::Channel;
    inbound.space.thread = Some(thread.into());
    inbound.sender.user = user.into();
    inbound
}

fn means<'a>(scope: TermScope, folded: &'a str, metric: &'a str) -> NewDefinition<'a> {
    NewDefinition {
        scope,
        phrase: folded,
        folded,
        metric,
    }
}

async fn metrics(store: &Store, scope: &Scope) -> Vec<(TermScope, String)> {
    let found = store.definitions(scope).await.unwrap();
    found
        .into_iter()
        .map(|(_, t)| (t.scope, t.metric))
        .collect()
}

pub(crate) async fn a_word_is_seen_in_its_scope_alone(place: &Place) {
    let store = place.open().await;
    let ana = scope(&store, &words("ana's own", "hello")).await;
    let ana_there = scope(&store, &in_channel("ana", "T1")).await;
    let ben_there = scope(&store, &in_channel("ben", "T2")).await;
    let mut elsewhere = in_channel("ben", "T2");
    elsewhere.event_id = "elsewhere".into();
    elsewhere.space.id = "C2".into();
    let ben_elsewhere = scope(&store, &elsewhere).await;

    let own = means(TermScope::Person, "sales", "net_revenue");
    assert_eq!(store.define(&ana, own).await.unwrap(), Defined::New);
    let of_channel = means(TermScope::Channel, "sales", "orders");
    assert_eq!(
        store.define(&ben_there, of_channel).await.unwrap(),
        Defined::New
    );
    assert_eq!(
        store.define(&ana, of_channel).await.unwrap(),
        Defined::NoChannel
    );
    let of_all = store
        .define(&ana, means(TermScope::Workspace, "sales", "x"))
        .await;
    assert!(matches!(of_all, Err(StoreError::Refused(_))), "{of_all:?}");

    let person = (TermScope::Person, "net_revenue".to_owned());
    let channel = (TermScope::Channel, "orders".to_owned());
    assert_eq!(metrics(&store, &ana).await, std::slice::from_ref(&person));
    // Both are in force in every thread of the channel, and the nearest comes first.
    assert_eq!(metrics(&store, &ana_there).await, [person, channel.clone()]);
    assert_eq!(metrics(&store, &ben_there).await, [channel]);
    assert_eq!(metrics(&store, &ben_elsewhere).await, []);
    store.close().await;
}

pub(crate) async fn a_later_word_ends_the_one_before(place: &Place) {
    let store = place.open().await;
    let first = scope(&store, &words("a", "first")).await;
    let mut later = scope(&store, &words("a", "later")).await;
    later.now = first.now.checked_add(1.hour()).unwrap();
    let of_person = |metric| means(TermScope::Person, "sales", metric);

    assert_eq!(
        store.define(&first, of_person("revenue")).await.unwrap(),
        Defined::New
    );
    // The same turn, taken again after a crash.
    assert_eq!(
        store.define(&first, of_person("revenue")).await.unwrap(),
        Defined::Known
    );
    assert_eq!(
        store
            .define(&later, of_person("net_revenue"))
            .await
            .unwrap(),
        Defined::Instead("revenue".into())
    );
    assert_eq!(metrics(&store, &later).await.len(), 1);
    let forgotten = store
        .retract_definition(&later, "sales")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(forgotten.metric, "net_revenue");
    assert_eq!(
        store.retract_definition(&later, "sales").await.unwrap(),
        None
    );
    assert_eq!(metrics(&store, &later).await, []);
    // A question that is asked at a set moment in the past ends no word before it began.
    assert_eq!(
        store.define(&later, of_person("orders")).await.unwrap(),
        Defined::New
    );
    assert_eq!(
        store.define(&first, of_person("aov")).await.unwrap(),
        Defined::Instead("orders".into())
    );
    store.close().await;

    type Row = (String, bool, bool, bool);
    let rows: Vec<Row> = place
        .behind(async |connection| {
            sqlx::query_as(
                "SELECT d.metric, d.valid_to IS NULL, COALESCE(d.valid_to = d.valid_from, false),
                     later.valid_from IS NOT DISTINCT FROM d.valid_to
                 FROM definitions AS d
                 LEFT JOIN definitions AS later ON later.id = d.superseded_by
                 ORDER BY d.recorded_at",
            )
            .fetch_all(connection)
            .await
            .unwrap()
        })
        .await;
    let rows: Vec<_> = rows
        .iter()
        .map(|(m, open, empty, on)| (m.as_str(), *open, *empty, *on))
        .collect();
    assert_eq!(
        rows,
        [
            ("revenue", false, false, true),
            ("net_revenue", false, true, false),
            ("orders", false, true, false),
            ("aov", true, false, true),
        ]
    );
}

pub(crate) async fn two_who_define_a_word_at_once_are_both_heard(place: &Place) {
    let store = place.open().await;
    let ana = scope(&store, &in_channel("ana", "T1")).await;
    let ben = scope(&store, &in_channel("ben", "T2")).await;
    let defined = tokio::join!(
        store.define(&ana, means(TermScope::Channel, "sales", "revenue")),
        store.define(&ben, means(TermScope::Channel, "sales", "orders")),
    );
    for defined in [defined.0.unwrap(), defined.1.unwrap()] {
        assert!(
            matches!(defined, Defined::New | Defined::Instead(_)),
            "{defined:?}"
        );
    }
    assert_eq!(metrics(&store, &ana).await.len(), 1);
    store.close().await;
}

pub(crate) async fn nobody_fills_the_memory(place: &Place) {
    let store = place.open().await;
    let mut scope = scope(&store, &words("a", "hello")).await;
    for number in 0..MAX_DEFINITIONS {
        let phrase = format!("word {number}");
        let defined = store
            .define(&scope, means(TermScope::Person, &phrase, "orders"))
            .await;
        assert_eq!(defined.unwrap(), Defined::New);
    }
    scope.now = Timestamp::MAX;
    let one_more = means(TermScope::Person, "one more", "orders");
    assert_eq!(
        store.define(&scope, one_more).await.unwrap(),
        Defined::TooMany
    );
    // What is there may still change.
    let changed = means(TermScope::Person, "word 7", "revenue");
    assert_eq!(
        store.define(&scope, changed).await.unwrap(),
        Defined::Instead("orders".into())
    );
    store.close().await;
}
