//! Answers as they leave: charts, files, lists, quotes and marks.

use std::time::Duration;

use almanac_agent_contract::{
    Action, ColumnType, Outcome, Progress, Reply, SpaceKind, TextFile, Value,
};
use serde_json::{Value as Json, json};

use super::{PERSON, WhatsAppUnderTest, pressable, wamid};
use crate::conformance::{UnderTest, replies};
use crate::memory_line::{delivery, working};

fn words(text: &str) -> Reply {
    Reply::words(Outcome::Answer, text)
}

pub(super) fn kinds(sent: &[super::Sent]) -> Vec<&str> {
    sent.iter()
        .map(|it| it.body["type"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_short_answer_is_one_message_that_quotes_the_question() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    let delivery = delivery(&question, words("Revenue was $10 *net*."));
    let sent = whatsapp.sent_for(&delivery).await;
    let expected = json!({
        "type": "text",
        "text": {"body": "Revenue was $10 ∗net∗.", "preview_url": false},
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PERSON,
        "biz_opaque_callback_data": delivery.id.0.simple().to_string(),
        "context": {"message_id": wamid(1)},
    });
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].body, expected);
    assert_eq!(whatsapp.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_chart_is_a_picture_and_what_follows_can_be_pressed() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue by day").await;
    let delivery = delivery(&question, replies::chart().reply);
    let sent = whatsapp.sent_for(&delivery).await;
    assert_eq!(kinds(&sent), ["image", "interactive"]);
    let upload = &whatsapp.double.uploads()[0];
    assert_eq!(
        (upload.kind.as_str(), upload.name.as_str()),
        ("image/png", "chart.png")
    );
    assert!(upload.bytes.starts_with(b"\x89PNG"));
    assert_eq!(sent[0].body["image"]["id"], json!(upload.id));
    let caption = sent[0].body["image"]["caption"].as_str().unwrap();
    assert!(caption.starts_with("Revenue by day: between"), "{caption}");
    assert_eq!(sent[0].body["context"]["message_id"], json!(wamid(1)));
    assert_eq!(sent[1].body.get("context"), None);
    let text = whatsapp.seen(&sent[1]);
    assert!(
        text.contains("*Revenue by day*\n$1,384,220  ▲ +12.3% vs"),
        "{text}"
    );
    assert!(text.contains("```\nDay"), "{text}");
    assert!(text.contains("30 Oct 2026"), "{text}");
    let on = delivery.id.0.simple();
    let pressed: Vec<(String, String)> = pressable(&sent[1])
        .into_iter()
        .map(|(id, title, _)| (id.replace(&on.to_string(), "…"), title))
        .collect();
    let expected = [
        ("0.…", "And by country?"),
        ("1.…", "Only returning customers"),
        ("2.…", "Why did it fall?"),
        ("explain.…", "Explain"),
        ("export_csv.…", "Export CSV"),
        ("good.…", "Good answer"),
        ("bad.…", "Wrong answer"),
    ];
    let expected = expected.map(|(id, title)| (id.to_owned(), title.to_owned()));
    assert_eq!(pressed, expected);
}

#[tokio::test]
async fn up_to_three_short_choices_are_buttons() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "sales").await;
    let sent = whatsapp
        .sent_for(&delivery(&question, replies::choices().reply))
        .await;
    assert_eq!(kinds(&sent), ["interactive"]);
    assert_eq!(sent[0].body["interactive"]["type"], "button");
    let titles: Vec<String> = pressable(&sent[0]).into_iter().map(|it| it.1).collect();
    assert_eq!(titles, ["Revenue last week", "Orders last week"]);
}

#[tokio::test]
async fn thirty_choices_can_all_be_pressed() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "sales").await;
    let thirty = replies::all()
        .into_iter()
        .find(|it| it.name == "thirty choices");
    let delivery = delivery(&question, thirty.unwrap().reply);
    let sent = whatsapp.sent_for(&delivery).await;
    assert_eq!(kinds(&sent), ["interactive"; 3]);
    let pressed: Vec<String> = sent.iter().flat_map(pressable).map(|it| it.0).collect();
    let on = delivery.id.0.simple();
    let expected: Vec<String> = (0..30).map(|index| format!("{index}.{on}")).collect();
    assert_eq!(pressed, expected);
}

#[tokio::test]
async fn a_hundred_long_choices_are_pressed_or_read() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "sales").await;
    let mut reply = replies::choices().reply;
    let choice = reply.choices[0].clone();
    reply.choices = (0..100)
        .map(|n| almanac_agent_contract::Choice {
            label: format!("{n} {}", "very ".repeat(20)),
            ..choice.clone()
        })
        .collect();
    let sent = whatsapp.sent_for(&delivery(&question, reply)).await;
    let all: String = sent.iter().map(|it| whatsapp.seen(it)).collect();
    for n in 0..100 {
        assert!(all.contains(&format!("{}. {n} very", n + 1)), "{n}");
    }
    assert_eq!(whatsapp.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_table_too_large_for_a_phone_is_a_file() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "orders by product").await;
    let mut reply = replies::chart().reply;
    let card = reply.card.as_mut().unwrap();
    card.chart = None;
    card.table.columns[0].kind = ColumnType::Text;
    card.table.rows = (0..200)
        .map(|n| vec![Value::Text(format!("P{n}")), Value::Integer(n)])
        .collect();
    card.table.shown = (0..200)
        .map(|n| vec![format!("P{n}"), n.to_string()])
        .collect();
    let sent = whatsapp.sent_for(&delivery(&question, reply)).await;
    assert_eq!(kinds(&sent), ["document", "interactive"]);
    let file = &whatsapp.double.uploads()[0];
    assert_eq!(file.kind, "text/plain", "the platform takes no CSV");
    assert_eq!(sent[0].body["document"]["filename"], "Revenue-by-day.csv");
    let csv = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(
        csv.starts_with("Day,Revenue\r\nP0,0\r\n") && csv.contains("P199,199"),
        "{csv}"
    );
    let text = whatsapp.seen(&sent[1]);
    assert!(text.contains("P9 ") && !text.contains("P10 "), "{text}");
    assert!(text.contains("The whole table is in the file."), "{text}");
    assert_eq!(whatsapp.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn an_export_is_a_document() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "export it").await;
    let mut reply = words("Here it is.");
    reply.file = Some(TextFile {
        name: "../../etc/revenue 2026.csv".into(),
        kind: "text/csv".into(),
        text: "day,revenue\r\n".into(),
    });
    let sent = whatsapp.sent_for(&delivery(&question, reply)).await;
    assert_eq!(kinds(&sent), ["text", "document"]);
    let name = sent[1].body["document"]["filename"].as_str().unwrap();
    assert!(
        !name.contains('/') && name.ends_with("revenue-2026.csv"),
        "{name}"
    );
}

#[tokio::test]
async fn a_turn_shows_that_it_goes_on_and_the_question_as_read() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    let working = working(&question);
    for _ in 0..3 {
        let placeholder = whatsapp
            .adapter
            .progress(&working, &Progress::Reading)
            .await
            .placeholder;
        assert_eq!(placeholder, None);
    }
    let typing = json!({
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": wamid(1),
        "typing_indicator": {"type": "text"},
    });
    assert_eq!(whatsapp.double.marks(), [typing], "a mark lasts 25 seconds");
    whatsapp.sent_for(&delivery(&question, words("$10"))).await;
    // An answer that came at once marks its question itself.
    let next = whatsapp.asked(2, "orders").await;
    whatsapp.sent_for(&delivery(&next, words("7"))).await;
    while whatsapp.double.marks().len() < 2 {
        tokio::task::yield_now().await;
    }
    let read: Vec<Json> = whatsapp.double.marks().split_off(1);
    assert_eq!(
        read,
        [json!({"messaging_product": "whatsapp", "status": "read", "message_id": wamid(2)})]
    );
    assert_eq!(whatsapp.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn every_combination_of_what_can_be_pressed_is_within_the_limits() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    for offers in 0..=12 {
        for actions in 0..=Action::ALL.len() {
            for length in [5, 20, 21, 24, 25, 72, 73, 200] {
                let mut reply = replies::chart().reply;
                let card = reply.card.as_mut().unwrap();
                card.chart = None;
                card.follow_ups = vec![
                    "👩‍👩‍👧 é".repeat(length).chars().take(length).collect();
                    offers
                ];
                card.actions = Action::ALL[..actions].to_vec();
                whatsapp
                    .adapter
                    .send(&delivery(&question, reply))
                    .await
                    .unwrap();
            }
        }
    }
    assert_eq!(whatsapp.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn it_takes_a_breath() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let pace = whatsapp.adapter.pace(SpaceKind::Direct);
    let number = pace.installation.unwrap();
    assert_eq!(number.every * 80, Duration::from_secs(1));
    assert_eq!(pace.space.unwrap().every, Duration::from_secs(6));
    assert!(whatsapp.adapter.patience() < Duration::from_secs(1));
}
