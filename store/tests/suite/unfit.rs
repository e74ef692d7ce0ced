//! Words that PostgreSQL would refuse.

use almanac_agent_contract::{Content, Outcome, Reply, Side};
use almanac_store::Finished;
use jiff::Timestamp;
use serde_json::json;

use crate::place::Place;
use crate::say::{LEASE, PLATFORM, accept, answer, claim, standing_at, words, workspace};

pub(crate) async fn unfit_words_are_accepted(place: &Place) {
    let store = place.open().await;
    let workspace = workspace(&store).await;

    let mut nul = words("a\0b", "e\0");
    nul.sender.name = Some("A\0na".into());
    nul.installation = "o\0ne".into();
    nul.space.thread = Some("\0".into());
    let mut long = words(&"s".repeat(9_000), &"é".repeat(9_000));
    long.sender.user = "u".repeat(9_000);
    let mut longer = long.clone();
    longer.event_id.push('x');
    let mut big = words("c", "big");
    big.content = Content::Text {
        text: "🦀".repeat(25_000),
    };
    let mut empty = words("", "");
    empty.installation = String::new();
    let mut ancient = words("d", "ancient");
    ancient.at = Timestamp::MIN;
    let mut far = words("e", "far");
    far.at = Timestamp::MAX;

    for inbound in [&nul, &long, &longer, &big, &empty, &ancient, &far] {
        assert!(!store.accept(workspace, inbound).await.unwrap().duplicate);
        assert!(store.accept(workspace, inbound).await.unwrap().duplicate);
    }
    let events = claim(&store, LEASE).await;
    assert_eq!(events.len(), 6, "the two long ones share a conversation");
    assert_eq!(events[0].inbound.space.id, "a\u{FFFD}b");
    assert!(
        events
            .iter()
            .any(|event| event.inbound.content == big.content)
    );
    for event in &events {
        assert!(store.finish(event, answer("done")).await.unwrap());
    }
    for inbound in [&nul, &long, &big, &empty, &ancient, &far] {
        let found = store
            .answer(
                workspace,
                &PLATFORM,
                &inbound.installation,
                &inbound.event_id,
            )
            .await
            .unwrap();
        assert_eq!(found.reply().unwrap().text, "done");
        let history = store
            .history(workspace, &PLATFORM, &inbound.space, 9)
            .await
            .unwrap();
        assert!(history.len() >= 2);
    }
    store.close().await;
}

pub(crate) async fn unfit_answers_are_kept(place: &Place) {
    let store = place.open().await;
    accept(&store, &words("a", "a1")).await;
    let event = claim(&store, LEASE).await.remove(0);
    let finished = Finished {
        reply: Some(Reply::words(
            Outcome::Answer,
            "one\0two, and a \\u0000 that is none",
        )),
        replaces: None,
        state: Some(standing_at(json!({ "fil\0ter": ["\0"] }))),
        audit: json!({ "q\0": "\0" }),
        parked: Some("\0".into()),
        stranger: false,
    };
    assert!(store.finish(&event, finished).await.unwrap());

    let history = store
        .history(event.workspace, &PLATFORM, &event.inbound.space, 9)
        .await
        .unwrap();
    let Side::Almanac(reply) = &history[1].said else {
        panic!("{history:?}")
    };
    assert_eq!(reply.text, "one\u{FFFD}two, and a \\u0000 that is none");
    let recalled = store.recall(event.conversation, 9).await.unwrap();
    assert_eq!(
        recalled.state,
        standing_at(json!({ "fil\u{FFFD}ter": ["\u{FFFD}"] }))
    );
    assert_eq!(
        store.parked(event.workspace).await.unwrap()[0].error,
        "\u{FFFD}"
    );
    store.close().await;
}
