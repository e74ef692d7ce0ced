use almanac_agent_contract::{Content, Receipt};

use crate::place::Place;
use crate::say::{LEASE, accept, answer, claim, deliveries, echo, receipt, scope, words};

pub(crate) async fn the_last_word_counts(place: &Place) {
    let store = place.open().await;
    echo(&store, &words("a", "a1")).await;
    let delivery = deliveries(&store, LEASE).await.remove(0);
    let receipt = Receipt {
        others: vec!["message 5".into(), "message 6".into()],
        ..receipt("message 7")
    };
    store.sent(&delivery, &receipt).await.unwrap();

    let mut press = words("a", "press");
    press.content = Content::Pressed {
        action: "good".into(),
        on: Some("message 7".into()),
    };
    let pressed = echo(&store, &press).await;
    let delivery = delivery.delivery.id.0.simple().to_string();
    for (on, good) in [
        ("message 7", true),
        ("message 5", false),
        ("message 6", true),
        (delivery.as_str(), true),
        ("a1", false),
    ] {
        let answered = store.pressable(&pressed, on).await.unwrap().unwrap();
        assert_eq!(answered.reply.text, "to a1");
        store
            .record_feedback(&pressed, answered.inbox, good)
            .await
            .unwrap();
    }
    assert_eq!(store.pressable(&pressed, "message 8").await.unwrap(), None);
    store.close().await;

    let kept: Vec<(String, String)> = place
        .behind(async |connection| {
            sqlx::query_as(
                "SELECT inbox.event_id, verdict FROM feedback JOIN inbox ON inbox.id = inbox_id",
            )
            .fetch_all(connection)
            .await
            .unwrap()
        })
        .await;
    assert_eq!(kept, [("a1".to_owned(), "bad".to_owned())]);
}

pub(crate) async fn words_judge_the_last_answer(place: &Place) {
    let store = place.open().await;
    accept(&store, &words("a", "good")).await;
    let first = claim(&store, LEASE).await.remove(0);
    // There is no answer yet, and another conversation's is none of this one.
    echo(&store, &words("b", "b1")).await;
    assert!(
        !store
            .judge_last_answer(&scope(&first), true, None)
            .await
            .unwrap()
    );
    store
        .finish(&first, answer("nothing to judge"))
        .await
        .unwrap();

    echo(&store, &words("a", "a1")).await;
    for (text, good, note) in [("good!", true, Some("just so")), ("or is it", false, None)] {
        accept(&store, &words("a", text)).await;
        let event = claim(&store, LEASE).await.remove(0);
        assert!(
            store
                .judge_last_answer(&scope(&event), good, note)
                .await
                .unwrap()
        );
        store.finish(&event, answer("thank you")).await.unwrap();
    }
    store.close().await;

    let kept: Vec<(String, String, String)> = place
        .behind(async |connection| {
            sqlx::query_as(
                "SELECT inbox.event_id, verdict, note
                 FROM feedback JOIN inbox ON inbox.id = inbox_id",
            )
            .fetch_all(connection)
            .await
            .unwrap()
        })
        .await;
    // The thanks in between were not judged.
    assert_eq!(kept, [("a1".into(), "bad".into(), "just so".into())]);
}
