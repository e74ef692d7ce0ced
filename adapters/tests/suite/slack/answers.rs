//! What an answer looks like in Slack.

use std::time::Duration;

use almanac_adapters_doubles::slack::Shown;
use almanac_agent_contract::{Delivery, Inbound, Progress, Reply, TextFile};
use serde_json::json;

use super::{SlackUnderTest, seen, ts, words};
use crate::conformance::replies;
use crate::memory_line::{delivery, working};

fn reply(name: &str) -> Reply {
    let all = replies::all();
    all.into_iter().find(|it| it.name == name).unwrap().reply
}

#[tokio::test]
async fn a_chart_is_a_picture_in_the_answer() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    slack.delivered(&inbound, replies::chart().reply).await;
    assert_eq!(slack.double.shown().len(), 1);
    let uploads = slack.double.uploads();
    let picture = uploads.iter().find(|it| it.name == "chart.png").unwrap();
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    assert!(picture.complete && picture.shared.is_none());
    let shown = slack.last();
    let image = shown
        .blocks
        .iter()
        .find(|it| it["type"] == json!("image"))
        .unwrap();
    assert_eq!(image["slack_file"]["id"], json!(picture.id));
    assert!(
        image["alt_text"]
            .as_str()
            .unwrap()
            .contains("no data on 17 Oct")
    );
    assert!(shown.text.contains("$1,384,220"));
    let posted = &slack.double.calls("chat.postMessage")[0];
    assert_eq!(posted["unfurl_links"], json!(false));
    assert_eq!(posted["unfurl_media"], json!(false));
    assert_eq!(posted["metadata"]["event_type"], json!("almanac_answer"));
    assert_eq!(slack.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_picture_that_is_not_ready_is_waited_for_and_then_put_in_words() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    slack.double.develop_slowly(1);
    slack.delivered(&inbound, replies::chart().reply).await;
    assert!(
        slack
            .last()
            .blocks
            .iter()
            .any(|it| it["type"] == json!("image"))
    );
    slack.double.develop_slowly(9);
    slack.delivered(&inbound, replies::chart().reply).await;
    let shown = slack.last();
    assert!(!shown.blocks.iter().any(|it| it["type"] == json!("image")));
    assert!(seen(&[shown]).contains("no data on 17 Oct"));
    assert_eq!(slack.double.shown().len(), 2);
}

#[tokio::test]
async fn a_table_that_is_not_shown_whole_comes_as_a_file_in_the_thread() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    slack.delivered(&inbound, reply("list of 30 rows")).await;
    let uploads = slack.double.uploads();
    assert_eq!(uploads[0].name, "orders-by-product.csv");
    assert!(String::from_utf8_lossy(&uploads[0].bytes).contains("Product 30"));
    assert_eq!(uploads[0].shared, Some(("C1".into(), Some(ts(1)))));
}

#[tokio::test]
async fn a_private_file_is_in_the_direct_chat() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    let file = TextFile {
        name: "revenue.csv".into(),
        kind: "text/csv".into(),
        text: "a,b\r\n1,2\r\n".into(),
    };
    let private = Reply {
        file: Some(file),
        private: true,
        ..words("Here is the file.")
    };
    slack.delivered(&inbound, private).await;
    let shared = slack.double.uploads()[0].shared.clone();
    assert_eq!(shared, Some(("DU1".into(), None)));
    let shown = slack.last();
    assert_eq!(shown.only.as_deref(), Some("U1"));
    assert!(seen(&[shown]).contains("direct chat"));
}

#[tokio::test]
async fn fifty_one_blocks_are_two_messages() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    let long = Reply {
        code: Some("SELECT something\n".repeat(9_000)),
        ..words("All of it:")
    };
    let sent = slack.delivered(&inbound, long).await;
    let shown = slack.double.shown();
    assert!(shown.len() > 10, "{}", shown.len());
    let rows = seen(&shown).matches("SELECT something").count();
    assert_eq!(rows, 9_000);
    assert!(shown.iter().all(|it| it.thread == Some(ts(1))));
    let parts = |it: &super::Shown| it.metadata["event_payload"].clone();
    assert_eq!(parts(&shown[1])["part"], json!(1));
    assert_eq!(parts(&shown[1])["delivery"], json!(sent.id.to_string()));
    assert_eq!(slack.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn an_answer_takes_the_place_of_another() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    slack.delivered(&inbound, words("$5")).await;
    let first = slack.last();
    let anew = Delivery {
        replaces: Some(first.ts.clone()),
        ..delivery(&inbound, words("$6"))
    };
    let receipt = slack.adapter.send(&anew).await.unwrap();
    assert_eq!(receipt.provider_id, first.ts);
    let shown = slack.double.shown();
    assert_eq!((shown.len(), shown[0].text.as_str()), (1, "$6"));
    let gone = Delivery {
        replaces: Some("1.000001".into()),
        ..delivery(&inbound, words("$7"))
    };
    slack.adapter.send(&gone).await.unwrap();
    assert_eq!(slack.double.shown().len(), 2);
}

#[tokio::test]
async fn a_long_answer_is_replaced_whole() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    slack.delivered(&inbound, words("To stay")).await;
    let long = Reply {
        code: Some("SELECT something\n".repeat(3_000)),
        ..words("All of it:")
    };
    slack.delivered(&inbound, long).await;
    assert!(slack.double.shown().len() > 4);
    // The question was edited, and the turn takes a while: the earlier answer says so.
    let mut turn = working(&inbound);
    turn.placeholder = Some(slack.last().ts);
    let id = slack
        .adapter
        .progress(&turn, &Progress::Reading)
        .await
        .placeholder;
    let said = slack.last();
    assert_eq!((id, said.blocks.len()), (Some(said.ts.clone()), 0));
    let anew = Delivery {
        replaces: Some(said.ts),
        ..delivery(&inbound, words("$6"))
    };
    slack.adapter.send(&anew).await.unwrap();
    let shown: Vec<String> = slack.double.shown().into_iter().map(|it| it.text).collect();
    assert_eq!(shown, ["To stay", "$6"]);
}

#[tokio::test]
async fn a_turn_under_way_is_a_stream_that_becomes_the_answer() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    let mut turn = working(&inbound);
    let adapter = slack.adapter.clone();
    let id = adapter
        .progress(&turn, &Progress::Reading)
        .await
        .placeholder
        .unwrap();
    assert!(slack.last().streaming);
    turn.placeholder = Some(id.clone());
    let tool = Progress::Using("metric_query".into());
    for _ in 0..3 {
        let same = adapter.progress(&turn, &tool).await.placeholder;
        assert_eq!(same.as_deref(), Some(id.as_str()));
    }
    let text = slack.last().text;
    assert_eq!(text, "Reading your question…\nLooking up the numbers…");
    let answer = Delivery {
        replaces: Some(id),
        ..delivery(&inbound, words("$5"))
    };
    adapter.send(&answer).await.unwrap();
    let shown = slack.double.shown();
    assert_eq!(shown.len(), 1);
    assert!(!shown[0].streaming && shown[0].text == "$5");
    assert_eq!(slack.double.breaches(), Vec::<String>::new());
}

/// Answers one person in the place of a message; what is shown then.
async fn answered_alone(
    slack: &SlackUnderTest,
    inbound: &Inbound,
    replaces: Option<String>,
) -> Vec<Shown> {
    let private = Reply {
        private: true,
        ..words("$5, for you alone")
    };
    let answer = Delivery {
        replaces,
        ..delivery(inbound, private)
    };
    slack.adapter.send(&answer).await.unwrap();
    slack.double.shown()
}

#[tokio::test]
async fn what_everybody_saw_goes_when_the_answer_is_for_one() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    let turn = working(&inbound);
    let id = slack
        .adapter
        .progress(&turn, &Progress::Reading)
        .await
        .placeholder;
    assert_eq!(slack.double.shown().len(), 1);
    let shown = answered_alone(&slack, &inbound, id).await;
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].only.as_deref(), Some("U1"));
}

#[tokio::test]
async fn a_turn_for_one_person_is_under_way_for_that_person_alone() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    let mut turn = working(&inbound);
    turn.origin.private = true;
    let id = slack
        .adapter
        .progress(&turn, &Progress::Reading)
        .await
        .placeholder;
    turn.placeholder.clone_from(&id);
    let again = slack
        .adapter
        .progress(&turn, &Progress::Writing)
        .await
        .placeholder;
    assert!(id.is_some() && again == id);
    let shown = answered_alone(&slack, &inbound, id).await;
    let texts: Vec<&str> = shown.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["Reading your question…", "$5, for you alone"]);
    assert!(shown.iter().all(|it| it.only.as_deref() == Some("U1")));
    assert_eq!(slack.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn without_streams_a_message_is_changed() {
    let slack = SlackUnderTest::start().await;
    slack.double.set_features(false, false);
    let inbound = slack.asked(1).await;
    let mut turn = working(&inbound);
    let id = slack
        .adapter
        .progress(&turn, &Progress::Reading)
        .await
        .placeholder
        .unwrap();
    turn.placeholder = Some(id.clone());
    slack.adapter.progress(&turn, &Progress::Writing).await;
    assert_eq!(slack.last().text, "Writing the answer…");
    let answer = Delivery {
        replaces: Some(id.clone()),
        ..delivery(&inbound, words("$5"))
    };
    let receipt = slack.adapter.send(&answer).await.unwrap();
    assert_eq!(id, format!("placeholder/{}", receipt.provider_id));
    assert_eq!(
        (slack.double.shown().len(), slack.last().text.as_str()),
        (1, "$5")
    );
}

#[tokio::test]
async fn an_assistant_thread_has_a_status_a_title_and_examples() {
    let slack = SlackUnderTest::start().await;
    let opened = json!({"type": "assistant_thread_started", "assistant_thread": {
        "user_id": "U1", "channel_id": "DU1", "thread_ts": ts(1), "context": {}}});
    let opened = almanac_adapters_doubles::slack::SlackDouble::event("Ev1", &opened);
    assert_eq!(slack.event(&opened).await.status, 200);
    slack
        .double
        .until("assistant.threads.setSuggestedPrompts", 1)
        .await;
    let offered = &slack.double.calls("assistant.threads.setSuggestedPrompts")[0]["prompts"];
    assert_eq!(offered[0]["message"], json!("net revenue last week"));
    let mut event =
        almanac_adapters_doubles::slack::SlackDouble::direct("Ev2", "U1", &ts(2), "revenue");
    event["event"]["thread_ts"] = json!(ts(1));
    slack.event(&event).await;
    let inbound = slack.line.after(0).await;
    slack.double.until("assistant.threads.setTitle", 1).await;
    let title = &slack.double.calls("assistant.threads.setTitle")[0];
    assert_eq!(
        (title["title"].as_str(), title["thread_ts"].as_str()),
        (Some("revenue"), Some(ts(1).as_str()))
    );
    let id = slack
        .adapter
        .progress(&working(&inbound), &Progress::Reading)
        .await
        .placeholder;
    assert_eq!(id, None);
    assert_eq!(slack.double.count("assistant.threads.setStatus"), 1);
    assert_eq!(slack.double.shown().len(), 0);
    // The second question names nothing anew.
    event["event_id"] = json!("Ev3");
    event["event"]["ts"] = json!(ts(3));
    slack.event(&event).await;
    slack.line.after(1).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(slack.double.count("assistant.threads.setTitle"), 1);
    assert_eq!(slack.double.breaches(), Vec::<String>::new());
}
