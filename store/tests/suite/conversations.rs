use almanac_agent_contract::{
    Badge, Card, CardTable, Column, ColumnType, Content, Explain, Outcome, Reply, Side, Timing,
    Value,
};
use almanac_store::{Answered, Finished, Recalled};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::place::Place;
use crate::say::{
    LEASE, PLATFORM, accept, answer, claim, deliveries, echo, space, standing_at, words, workspace,
};

pub(crate) async fn recall_gives_the_last_turns(place: &Place) {
    let store = place.open().await;
    let first = echo(&store, &words("a", "a1")).await;
    echo(&store, &words("b", "b1")).await;
    echo(&store, &words("a", "a2")).await;
    let mut pressed = words("a", "press");
    pressed.content = Content::Pressed {
        action: "good".into(),
        on: None,
    };
    echo(&store, &pressed).await;
    echo(&store, &words("a", "a3")).await;
    accept(&store, &words("a", "not answered yet")).await;

    let recalled = store.recall(first.conversation, 2).await.unwrap();
    let turns: Vec<_> = recalled
        .exchanges
        .iter()
        .map(|turn| (turn.question.as_str(), turn.answer.as_str()))
        .collect();
    assert_eq!(turns, [("a2", "to a2"), ("a3", "to a3")]);
    assert_eq!(
        store
            .recall(first.conversation, 10)
            .await
            .unwrap()
            .exchanges
            .len(),
        3
    );
    assert_eq!(
        store
            .recall(first.conversation, 0)
            .await
            .unwrap()
            .exchanges
            .len(),
        0
    );

    let nowhere = almanac_agent_contract::ConversationId::new();
    assert_eq!(store.recall(nowhere, 2).await.unwrap(), Recalled::default());
    store.close().await;
}

pub(crate) async fn a_state_stays_until_replaced(place: &Place) {
    let store = place.open().await;
    let steps = [
        (Some(standing_at(json!({ "limit": 5 }))), 5),
        (None, 5),
        (Some(standing_at(json!({ "limit": 6 }))), 6),
    ];
    for (turn, (state, limit)) in steps.into_iter().enumerate() {
        accept(&store, &words("a", &format!("a{turn}"))).await;
        let event = claim(&store, LEASE).await.remove(0);
        store
            .finish(
                &event,
                Finished {
                    state,
                    ..answer("done")
                },
            )
            .await
            .unwrap();
        let recalled = store.recall(event.conversation, 0).await.unwrap().state;
        assert_eq!(recalled, standing_at(json!({ "limit": limit })));
    }
    store.close().await;
}

pub(crate) async fn history_is_of_one_thread(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    let mut threaded = words("a", "in the thread");
    threaded.space.thread = Some("t".into());
    echo(&store, &words("a", "a1")).await;
    echo(&store, &threaded).await;
    echo(&store, &words("a", "a2")).await;
    accept(&store, &words("a", "a3")).await;

    let mut seen = Vec::new();
    for message in store
        .history(workspace, &PLATFORM, &space("a"), 4)
        .await
        .unwrap()
    {
        let text = match message.said {
            Side::Person(text) => text,
            Side::Almanac(reply) => reply.text,
        };
        seen.push((message.event_id, text));
    }
    let expected = [("a1", "to a1"), ("a2", "a2"), ("a2", "to a2"), ("a3", "a3")];
    assert_eq!(
        seen,
        expected.map(|(event, text)| (event.to_owned(), text.to_owned()))
    );
    assert_eq!(
        store
            .history(workspace, &PLATFORM, &threaded.space, 9)
            .await
            .unwrap()
            .len(),
        2
    );
    assert!(
        store
            .history(workspace, &PLATFORM, &space("b"), 9)
            .await
            .unwrap()
            .is_empty()
    );
    store.close().await;
}

/// A conversation held at a set moment stays near that moment.
pub(crate) async fn an_answer_is_dated_on_the_questions_clock(place: &Place) {
    let store = place.open().await;
    let mut inbound = words("a", "a1");
    inbound.at = "2019-02-03T04:05:06.789123Z".parse::<Timestamp>().unwrap();
    let event = echo(&store, &inbound).await;
    assert_eq!(event.inbound, inbound);

    let workspace = workspace(&store).await;
    let history = store
        .history(workspace, &PLATFORM, &space("a"), 9)
        .await
        .unwrap();
    assert_eq!(history[0].at, inbound.at);
    let took = history[1].at.duration_since(inbound.at);
    assert!(
        took > SignedDuration::ZERO && took < SignedDuration::from_mins(1),
        "{took}"
    );
    store.close().await;
}

/// Numbers keep their kind and a query its order.
pub(crate) async fn a_card_comes_back_as_it_was(place: &Place) {
    let store = place.open().await;
    let reply = Reply {
        card: Some(card()),
        timing: Timing {
            total: 0.1 + 0.2,
            interpret: 1e-7,
            compile: 0.0,
            run: 12.5,
        },
        ..Reply::words(Outcome::Answer, "Ingresos: 1 €")
    };
    accept(&store, &words("a", "a1")).await;
    let event = claim(&store, LEASE).await.remove(0);
    let finished = Finished {
        reply: Some(reply.clone()),
        ..answer("")
    };
    store.finish(&event, finished).await.unwrap();

    let answered = store
        .answer(event.workspace, &PLATFORM, "one", "a1")
        .await
        .unwrap()
        .reply()
        .unwrap();
    assert_eq!(answered, reply);
    assert_eq!(
        serde_json::to_string(&answered).unwrap(),
        serde_json::to_string(&reply).unwrap()
    );
    assert_eq!(deliveries(&store, LEASE).await[0].delivery.reply, reply);
    store.close().await;
}

fn card() -> Card {
    Card {
        title: "Ingresos".into(),
        headline: None,
        table: CardTable {
            columns: vec![Column {
                name: "revenue".into(),
                kind: ColumnType::Float,
            }],
            labels: vec!["Ingresos".into()],
            rows: [1e16, 0.1, 100.0, 1e300, -0.0]
                .map(|number| vec![Value::Float(number), Value::Integer(1), Value::Null])
                .into(),
            shown: vec![vec!["1 €".into()]],
        },
        chart: None,
        period: None,
        filters: Vec::new(),
        groupings: Vec::new(),
        metrics: vec!["Ingresos".into()],
        freshness: None,
        badge: Badge::Governed,
        follow_ups: Vec::new(),
        actions: Vec::new(),
        explain: Explain {
            metrics: Vec::new(),
            sql: "SELECT 'a\\u0000b'".into(),
            engine: "engine".into(),
            rows_read: Some(1),
        },
        query: json!({ "z": 1, "a": { "y": 2.0, "b": 1e3 }, "m": [] }),
        formats: Vec::new(),
    }
}

pub(crate) async fn what_became_of_an_event(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;
    let answered = async || {
        store
            .answer(workspace, &PLATFORM, "one", "a1")
            .await
            .unwrap()
    };
    assert_eq!(answered().await, Answered::Unknown);
    accept(&store, &words("a", "a1")).await;
    assert_eq!(answered().await, Answered::NotYet);
    let event = claim(&store, LEASE).await.remove(0);
    store.finish(&event, answer("done")).await.unwrap();
    let reply = Reply::words(Outcome::Answer, "done");
    assert_eq!(answered().await, Answered::Reply(Box::new(reply)));
    store.close().await;
}
