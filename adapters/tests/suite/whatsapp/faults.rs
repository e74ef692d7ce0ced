//! Everything that can go wrong on the way out, and what the courier hears of it.

use std::time::Duration;

use almanac_adapters_doubles::whatsapp::{Edge, Fault, Settings};
use almanac_agent_contract::{Limit, Outcome, Progress, Reply, SendError, TextFile};
use jiff::SignedDuration;
use serde_json::json;

use super::sending::kinds;
use super::{PERSON, WhatsAppUnderTest, section_with};
use crate::conformance::replies;
use crate::memory_line::{delivery, working};

fn words(text: &str) -> Reply {
    Reply::words(Outcome::Answer, text)
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
        SendError::Gone(_) => "gone".into(),
        SendError::Revoked(_) => "revoked".into(),
    }
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
        (Fault::Code(131_026), "gone"),
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
    let Err(SendError::Gone(why)) = failed else {
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
async fn a_mark_that_fails_fails_nothing() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    whatsapp.double.fail(Edge::Marks, Fault::Code(131_009));
    let shown = whatsapp
        .adapter
        .progress(&working(&question), &Progress::Writing)
        .await
        .placeholder;
    assert_eq!(shown, None);
    // But where the platform asks for patience, it is given it.
    let next = whatsapp.asked(2, "orders").await;
    let limited = Fault::CodeAfter(130_429, 4);
    whatsapp.double.fail(Edge::Marks, limited);
    let turn = working(&next);
    let refused = whatsapp.adapter.progress(&turn, &Progress::Queued);
    let limit = Limit {
        after: SignedDuration::from_secs(4),
        everywhere: true,
    };
    assert_eq!(refused.await.limit, Some(limit));
    assert_eq!(
        whatsapp
            .sent_for(&delivery(&question, words("$10")))
            .await
            .len(),
        1
    );
}

#[tokio::test]
async fn a_file_that_is_not_taken_does_not_take_the_answer_with_it() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "export it").await;
    let mut reply = words("Here it is.");
    reply.file = Some(TextFile {
        name: "revenue.csv".into(),
        kind: "text/csv".into(),
        text: "day,revenue\r\n".into(),
    });
    whatsapp.double.fail(Edge::Media, Fault::Code(100));
    let sent = whatsapp.sent_for(&delivery(&question, reply)).await;
    assert_eq!(kinds(&sent), ["text", "text"]);
    assert!(whatsapp.seen(&sent[1]).contains("could not be attached"));
}

#[tokio::test]
async fn a_flood_is_slowed_down_for_one_person_or_for_all() {
    let settings = Settings {
        paced: true,
        ..Settings::default()
    };
    let whatsapp = WhatsAppUnderTest::start_as(settings, |_| {}).await;
    let mut answers = Vec::new();
    for event in 0..3_u128 {
        let question = whatsapp.asked(event, "revenue").await;
        let mut answer = delivery(&question, words("$10"));
        answer.space.id = format!("{PERSON}{event}");
        whatsapp.double.set_heard(&answer.space.id, whatsapp.now);
        answers.push(answer);
    }
    let mut limits = Vec::new();
    for (answer, times) in answers.iter().zip([46, 45, 1]) {
        for _ in 0..times {
            match whatsapp.adapter.send(answer).await {
                Ok(_) => {}
                Err(SendError::Limited { everywhere, .. }) => limits.push(everywhere),
                Err(other) => panic!("{other}"),
            }
        }
    }
    assert_eq!(limits.first(), Some(&false), "the 46th to one person");
    assert!(
        limits[1..].iter().all(|everywhere| *everywhere),
        "{limits:?}"
    );
}
