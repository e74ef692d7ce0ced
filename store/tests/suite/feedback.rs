use almanac_agent_contract::Content;

use crate::place::Place;
use crate::say::{LEASE, deliveries, echo, receipt, words};

pub(crate) async fn the_last_word_counts(place: &Place) {
    let store = place.open().await;
    echo(&store, &words("a", "a1")).await;
    let delivery = deliveries(&store, LEASE).await.remove(0);
    store.sent(&delivery, &receipt("message 7")).await.unwrap();

    let mut press = words("a", "press");
    press.content = Content::Pressed {
        action: "good".into(),
        on: Some("message 7".into()),
    };
    let pressed = echo(&store, &press).await;
    assert!(
        store
            .record_feedback(&pressed, "message 7", true)
            .await
            .unwrap()
    );
    assert!(store.record_feedback(&pressed, "a1", false).await.unwrap());
    assert!(
        !store
            .record_feedback(&pressed, "message 8", true)
            .await
            .unwrap()
    );
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
