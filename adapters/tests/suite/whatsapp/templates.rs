//! People who have not written for a day: the template, its fallbacks, and its button.

use almanac_adapters::Section;
use almanac_adapters_doubles::whatsapp::{Edge, Fault};
use almanac_agent_contract::{Content, Delivery, Inbound, Language, Outcome, Reply, SendError};
use serde_json::{Value as Json, json};

use super::{PERSON, WhatsAppUnderTest, payload, section, wamid};
use crate::conformance::{UnderTest, replies};
use crate::memory_line::delivery;

pub(super) const DAY: i64 = 24 * 60 * 60;

/// The templates as `manifest` prints them.
fn printed(whatsapp: &WhatsAppUnderTest) -> Vec<Json> {
    let manifest = section(&whatsapp.double).manifest("https://almanac.example");
    let json = &manifest[manifest.find("{\n").unwrap()..];
    let mut templates = serde_json::Deserializer::from_str(json).into_iter();
    let found: Vec<Json> = templates.by_ref().map_while(Result::ok).collect();
    assert_eq!(found.len(), 3, "{manifest}");
    found
}

/// Approves what is printed, or leaves it in another state.
fn approve(whatsapp: &WhatsAppUnderTest, states: [&str; 3]) {
    for (template, state) in printed(whatsapp).iter().zip(states) {
        if !state.is_empty() {
            whatsapp.double.add_template(template, state);
        }
    }
}

/// A question of `seconds` ago.
pub(super) async fn asked_before(whatsapp: &WhatsAppUnderTest, seconds: i64) -> Inbound {
    let at = whatsapp.now - seconds;
    let message = payload::message(PERSON, &wamid(1), at, payload::text("revenue by day"));
    let body = payload::body(&[message], &[]);
    assert_eq!(whatsapp.double.deliver(&body).await, 200);
    whatsapp.line.accepted().pop().unwrap()
}

async fn refused(whatsapp: &WhatsAppUnderTest, delivery: &Delivery) -> String {
    match whatsapp.adapter.send(delivery).await {
        Err(SendError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn whoever_has_not_written_for_a_day_gets_the_template_and_its_button_brings_the_rest() {
    let whatsapp = WhatsAppUnderTest::start().await;
    approve(&whatsapp, ["APPROVED"; 3]);
    let question = asked_before(&whatsapp, DAY + 1).await;
    let answer = delivery(&question, replies::chart().reply);
    let sent = whatsapp.sent_for(&answer).await;
    assert_eq!(sent.len(), 1);
    let carried = format!("show.{}", answer.id.0.simple());
    assert_eq!(
        sent[0].body["template"],
        json!({
            "name": "almanac_update",
            "language": {"policy": "deterministic", "code": "en"},
            "components": [
                {"type": "body", "parameters": [
                    {"type": "text", "text": "Revenue by day, 1–30 Oct 2026, America/Sao_Paulo"},
                    {"type": "text", "text": "Revenue in Brazil was $1,384,220 in October, 12.3% \
                        more than in September."},
                ]},
                {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [
                    {"type": "payload", "payload": carried},
                ]},
            ],
        })
    );
    // The button opens the window; what it asks for is the answer once more.
    whatsapp
        .hand_in(2, payload::template_button(&carried, "Show it all"))
        .await;
    let press = whatsapp.line.accepted().pop().unwrap();
    let expected = Content::Pressed {
        action: "show".into(),
        on: Some(answer.id.0.simple().to_string()),
    };
    assert_eq!(press.content, expected);
    let whole = whatsapp
        .sent_for(&delivery(&press, answer.reply.clone()))
        .await;
    assert_eq!(
        whole.len(),
        2,
        "the picture, and the words with what can be pressed"
    );
    assert_eq!(whatsapp.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn the_window_is_a_day_to_the_second() {
    for (seconds, kind) in [(DAY - 1, "text"), (DAY, "template")] {
        let whatsapp = WhatsAppUnderTest::start().await;
        approve(&whatsapp, ["APPROVED"; 3]);
        let question = asked_before(&whatsapp, seconds).await;
        let reply = Reply::words(Outcome::Answer, "$10");
        let sent = whatsapp.sent_for(&delivery(&question, reply)).await;
        assert_eq!(sent[0].body["type"], kind, "{seconds}");
    }
}

#[tokio::test]
async fn a_window_that_turns_out_to_be_shut_is_no_failure() {
    let whatsapp = WhatsAppUnderTest::start().await;
    approve(&whatsapp, ["APPROVED"; 3]);
    let question = whatsapp.asked(1, "revenue").await;
    let answer = delivery(&question, Reply::words(Outcome::Answer, "$10"));
    // Told at once.
    whatsapp.double.fail(Edge::Messages, Fault::Code(131_047));
    let sent = whatsapp.sent_for(&answer).await;
    assert_eq!(sent[0].body["type"], "template");
    // Told later, by a status: the courier sends it again with that trouble.
    whatsapp.double.set_heard(PERSON, whatsapp.now - 2 * DAY);
    whatsapp.double.set_silent(true);
    let first = whatsapp.sent_for(&answer).await;
    assert_eq!(first[0].body["type"], "text");
    while whatsapp.line.stages().is_empty() {
        tokio::task::yield_now().await;
    }
    let (id, stage) = whatsapp.line.stages().remove(0);
    assert_eq!(id, first[0].id);
    let almanac_agent_contract::Stage::Failed { reason, again, .. } = stage else {
        panic!("{stage:?}");
    };
    assert!(again && reason.starts_with("131047"), "{reason}");
    let again = Delivery {
        trouble: Some(reason),
        ..answer
    };
    let sent = whatsapp.sent_for(&again).await;
    assert_eq!(sent[0].body["type"], "template");
}

#[tokio::test]
async fn a_template_that_cannot_be_sent_is_replaced_by_another() {
    let whatsapp = WhatsAppUnderTest::start().await;
    approve(&whatsapp, ["APPROVED"; 3]);
    let question = asked_before(&whatsapp, 2 * DAY).await;
    let answer = delivery(&question, Reply::words(Outcome::Answer, "$10"));
    for (code, language) in [(132_015, "es"), (132_001, "es"), (132_000, "es")] {
        whatsapp.double.fail(Edge::Messages, Fault::Code(code));
        let sent = whatsapp.sent_for(&answer).await;
        let sent = &sent[0].body["template"]["language"]["code"];
        assert_eq!(sent, language, "{code}");
    }
    // What is known to be paused is not tried.
    whatsapp.double.set_templates(vec![]);
    approve(&whatsapp, ["PAUSED", "REJECTED", "APPROVED"]);
    let fresh = WhatsAppUnderTest::start().await;
    approve(&fresh, ["PAUSED", "REJECTED", "APPROVED"]);
    let question = asked_before(&fresh, 2 * DAY).await;
    let sent = fresh.sent_for(&delivery(&question, answer.reply)).await;
    assert_eq!(sent[0].body["template"]["language"]["code"], "pt_BR");
    assert_eq!(fresh.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_template_approved_meanwhile_is_found() {
    let whatsapp = WhatsAppUnderTest::start().await;
    approve(&whatsapp, ["APPROVED", "", ""]);
    let question = asked_before(&whatsapp, 2 * DAY).await;
    let answer = delivery(&question, Reply::words(Outcome::Answer, "$10"));
    whatsapp.sent_for(&answer).await;
    // The one that is known is paused, and another is approved: the list is asked for anew.
    whatsapp.double.set_templates(vec![]);
    approve(&whatsapp, ["PAUSED", "APPROVED", ""]);
    let sent = whatsapp.sent_for(&answer).await;
    assert_eq!(sent[0].body["template"]["language"]["code"], "es");
}

#[tokio::test]
async fn without_a_template_people_hear_what_to_do() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = asked_before(&whatsapp, 2 * DAY).await;
    let answer = delivery(&question, Reply::words(Outcome::Answer, "$10"));
    let why = refused(&whatsapp, &answer).await;
    assert!(
        why.contains("none is approved") && why.contains("Message templates"),
        "{why}"
    );
    // Where the list cannot be had, what it would say is tried.
    let unlisted = WhatsAppUnderTest::start().await;
    let question = asked_before(&unlisted, 2 * DAY).await;
    for _ in 0..2 {
        unlisted.double.fail(Edge::Reads, Fault::Code(131_000));
    }
    let why = refused(&unlisted, &delivery(&question, answer.reply)).await;
    assert!(why.contains("almanac_update (en): 132001"), "{why}");
    assert!(why.contains("almanac_update (pt_BR): 132001"), "{why}");
}

#[tokio::test]
async fn a_number_without_a_token_or_money_is_not_the_templates_fault() {
    let whatsapp = WhatsAppUnderTest::start().await;
    approve(&whatsapp, ["APPROVED"; 3]);
    let question = asked_before(&whatsapp, 2 * DAY).await;
    let answer = delivery(&question, Reply::words(Outcome::Answer, "$10"));
    whatsapp.double.fail(Edge::Messages, Fault::Code(131_042));
    assert!(refused(&whatsapp, &answer).await.contains("payment"));
    whatsapp.double.fail(Edge::Messages, Fault::Code(130_429));
    let limited = whatsapp.adapter.send(&answer).await;
    assert!(
        matches!(limited, Err(SendError::Limited { .. })),
        "{limited:?}"
    );
}

#[tokio::test]
async fn the_template_is_in_the_readers_language() {
    let whatsapp = WhatsAppUnderTest::start_with(|it| it.language = Language::Pt).await;
    approve(&whatsapp, ["APPROVED"; 3]);
    let question = asked_before(&whatsapp, 2 * DAY).await;
    let mut reply = replies::chart().reply;
    let sent = whatsapp.sent_for(&delivery(&question, reply.clone())).await;
    assert_eq!(
        sent[0].body["template"]["language"]["code"], "en",
        "as the card"
    );
    reply.card = None;
    let sent = whatsapp.sent_for(&delivery(&question, reply)).await;
    assert_eq!(sent[0].body["template"]["language"]["code"], "pt_BR");
}

#[tokio::test]
async fn parameters_take_whatever_is_in_an_answer() {
    let whatsapp = WhatsAppUnderTest::start().await;
    approve(&whatsapp, ["APPROVED"; 3]);
    let question = asked_before(&whatsapp, 2 * DAY).await;
    for document in replies::all() {
        whatsapp
            .sent_for(&delivery(&question, document.reply))
            .await;
        assert_eq!(
            whatsapp.breaches(),
            Vec::<String>::new(),
            "{}",
            document.name
        );
    }
}
