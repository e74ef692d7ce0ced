//! Answers as they leave: charts, files, lists, quotes, marks; and everything that can go wrong.

use std::time::Duration;

use almanac_adapters_doubles::whatsapp::{Edge, Fault};
use almanac_agent_contract::{
    Action, ColumnType, Outcome, Progress, Reply, SendError, SpaceKind, TextFile, Value,
};
use serde_json::{Value as Json, json};

use super::{PERSON, WhatsAppUnderTest, pressable, section_with, wamid};
use crate::conformance::{UnderTest, replies};
use crate::memory_line::{delivery, working};

fn words(text: &str) -> Reply {
    Reply::words(Outcome::Answer, text)
}

fn kinds(sent: &[super::Sent]) -> Vec<&str> {
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
async fn a_quote_of_a_message_that_is_gone_is_left_out() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    whatsapp.double.fail(Edge::Messages, Fault::Code(131_009));
    let sent = whatsapp.sent_for(&delivery(&question, words("$10"))).await;
    assert_eq!(sent[0].body.get("context"), None);
}

#[tokio::test]
async fn a_chart_that_is_not_taken_is_told_in_words() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue by day").await;
    whatsapp.double.fail(Edge::Media, Fault::Code(131_053));
    let sent = whatsapp
        .sent_for(&delivery(&question, replies::chart().reply))
        .await;
    assert_eq!(kinds(&sent), ["text", "interactive"]);
    assert!(
        whatsapp
            .seen(&sent[0])
            .starts_with("Revenue by day: between")
    );
    // What passes by itself is tried again, and nothing has been sent meanwhile.
    let before = whatsapp.double.sent().len();
    whatsapp.double.fail(Edge::Media, Fault::Dropped);
    let failed = whatsapp
        .adapter
        .send(&delivery(&question, replies::chart().reply))
        .await;
    assert!(matches!(failed, Err(SendError::Retry(_))), "{failed:?}");
    assert_eq!(whatsapp.double.sent().len(), before);
}

/// What the courier hears of a fault.
async fn heard(fault: Fault) -> String {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    whatsapp.double.fail(Edge::Messages, fault);
    let error = whatsapp
        .adapter
        .send(&delivery(&question, words("$10")))
        .await
        .unwrap_err();
    let told = error.to_string();
    assert!(
        !told.contains("EAAtesttoken") && !told.contains("127.0.0.1"),
        "{told}"
    );
    match error {
        SendError::Retry(_) => "retry".into(),
        SendError::Limited {
            after, everywhere, ..
        } => {
            format!("limited {} {everywhere}", after.as_secs())
        }
        SendError::Unknown(_) => "unknown".into(),
        SendError::Refused(_) => "refused".into(),
        SendError::Revoked(_) => "revoked".into(),
    }
}

#[tokio::test]
async fn every_fault_is_told_as_what_it_is() {
    for (fault, expected) in [
        (Fault::Code(130_429), "limited 1 true"),
        (Fault::CodeAfter(130_429, 17), "limited 17 true"),
        (Fault::Code(80_007), "limited 60 true"),
        (Fault::CodeUsage(80_007, 5), "limited 300 true"),
        (Fault::Code(4), "limited 60 true"),
        (Fault::Code(131_056), "limited 6 false"),
        (Fault::CodeAfter(131_056, 9), "limited 9 false"),
        (Fault::Code(131_048), "limited 1800 true"),
        (Fault::Code(131_026), "refused"),
        (Fault::Code(131_030), "refused"),
        (Fault::Code(131_021), "refused"),
        (Fault::Code(131_049), "refused"),
        (Fault::Code(100), "refused"),
        (Fault::Code(190), "revoked"),
        (Fault::Code(10), "revoked"),
        (Fault::Code(368), "revoked"),
        (Fault::Code(131_031), "revoked"),
        (Fault::Code(133_010), "revoked"),
        (Fault::Bare(401), "revoked"),
        (Fault::Code(2), "retry"),
        (Fault::Code(131_000), "retry"),
        (Fault::Code(131_016), "retry"),
        (Fault::Bare(503), "retry"),
        (Fault::Code(1), "unknown"),
        (Fault::Bare(500), "unknown"),
        (Fault::Bare(502), "unknown"),
        (Fault::Dropped, "unknown"),
        (Fault::Strange, "unknown"),
        (Fault::Bare(404), "refused"),
        (Fault::Bare(429), "limited 60 true"),
    ] {
        let told = format!("{fault:?}");
        assert_eq!(heard(fault).await, expected, "{told}");
    }
}

#[tokio::test]
async fn who_cannot_be_reached_is_tried_again() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    let nowhere = section_with(
        &whatsapp.double,
        &json!({"api_url": "http://127.0.0.1:9/v23.0"}),
    );
    let connected = almanac_adapters::Section::connect(
        &nowhere,
        whatsapp.line.services(),
        tokio_util::sync::CancellationToken::new(),
    );
    let adapter = connected.unwrap().adapter;
    let failed = adapter.send(&delivery(&question, words("$10"))).await;
    assert!(matches!(failed, Err(SendError::Retry(_))), "{failed:?}");
}

#[tokio::test]
async fn who_blocked_the_number_is_not_tried_again() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    whatsapp.double.block(PERSON);
    let failed = whatsapp
        .adapter
        .send(&delivery(&question, words("$10")))
        .await;
    let Err(SendError::Refused(why)) = failed else {
        panic!("{failed:?}");
    };
    assert!(
        why.starts_with("131026") && why.contains("blocked"),
        "{why}"
    );
}

#[tokio::test]
async fn a_later_message_is_tried_again_by_itself() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue by day").await;
    // The first is taken slowly; of the second, the platform has enough for a second.
    whatsapp
        .double
        .fail(Edge::Messages, Fault::Slow(Duration::from_millis(5)));
    whatsapp
        .double
        .fail(Edge::Messages, Fault::CodeAfter(130_429, 1));
    let sent = whatsapp
        .sent_for(&delivery(&question, replies::chart().reply))
        .await;
    assert_eq!(kinds(&sent), ["image", "interactive"]);
}

#[tokio::test]
async fn what_is_half_sent_is_not_sent_again() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue by day").await;
    whatsapp
        .double
        .fail(Edge::Messages, Fault::Slow(Duration::from_millis(5)));
    whatsapp.double.fail(Edge::Messages, Fault::Code(131_026));
    let failed = whatsapp
        .adapter
        .send(&delivery(&question, replies::chart().reply))
        .await;
    let Err(SendError::Unknown(why)) = failed else {
        panic!("{failed:?}");
    };
    assert!(why.starts_with("1 of 2 sent, then: 131026"), "{why}");
    assert_eq!(whatsapp.double.sent().len(), 1);
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
            .await;
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
async fn a_mark_that_fails_fails_nothing() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    whatsapp.double.fail(Edge::Marks, Fault::Code(131_009));
    let shown = whatsapp
        .adapter
        .progress(&working(&question), &Progress::Writing)
        .await;
    assert_eq!(shown, None);
    assert_eq!(
        whatsapp
            .sent_for(&delivery(&question, words("$10")))
            .await
            .len(),
        1
    );
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
