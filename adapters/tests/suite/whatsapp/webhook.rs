//! The door: verification, batches, a store that is away, old and odd messages.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use almanac_agent_contract::{
    Accepted, Content, Inbound, Line, LineError, Message, Outcome, Platform, Reply, Space,
    SpaceKind,
};
use async_trait::async_trait;
use serde_json::json;

use super::payload::{self, NUMBER};
use super::{PERSON, Taken, WhatsAppUnderTest, wamid};
use crate::memory_line::delivery;

#[tokio::test]
async fn the_webhook_is_proven_with_a_word() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let verified = whatsapp.double.verify("a word", "1158201444").await;
    assert_eq!(verified, (200, "1158201444".to_owned()));
    for (token, challenge) in [
        ("another word", "1158201444"),
        ("", "1158201444"),
        ("a word", "<script>alert(1)</script>"),
    ] {
        let (status, body) = whatsapp.double.verify(token, challenge).await;
        assert_eq!((status, body.as_str()), (403, ""), "{token} {challenge}");
    }
}

#[tokio::test]
async fn a_message_is_an_event() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let inbound = whatsapp.asked(1, "  revenue today\n").await;
    assert_eq!(inbound.installation, NUMBER);
    assert_eq!(inbound.event_id, wamid(1));
    assert_eq!(inbound.space.id, PERSON);
    assert_eq!(inbound.space.kind, SpaceKind::Direct);
    assert_eq!(inbound.space.thread, None);
    assert_eq!(inbound.sender.user, PERSON);
    assert_eq!(inbound.sender.name.as_deref(), Some("Ana Souza"));
    assert_eq!(inbound.origin.message, Some(wamid(1)));
    assert_eq!(inbound.at.as_second(), whatsapp.now);
    let text = "revenue today".to_owned();
    assert_eq!(inbound.content, Content::Text { text });
}

#[tokio::test]
async fn the_largest_batch_is_taken() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let long = "revenue ".repeat(500);
    let message =
        |event| payload::message(PERSON, &wamid(event), whatsapp.now, payload::text(&long));
    let batch: Vec<_> = (0..650).map(message).collect();
    let body = payload::body(&batch, &[]);
    assert!(body.to_string().len() > 2_600_000);
    assert_eq!(whatsapp.double.deliver(&body).await, 200);
    assert_eq!(whatsapp.line.accepted().len(), 650);
}

#[tokio::test]
async fn a_batch_is_taken_whole_or_brought_again() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let message = |event: u128, from: &str| {
        payload::message(from, &wamid(event), whatsapp.now, payload::text("revenue"))
    };
    let bodies = [
        payload::body(&[message(1, PERSON), message(2, "551199998888")], &[]),
        payload::body(
            &[message(3, PERSON)],
            &[payload::status(
                "wamid.x",
                "delivered",
                PERSON,
                whatsapp.now,
            )],
        ),
        payload::change("account_update", &json!({"event": "ACCOUNT_DELETED"})),
    ];
    let batch = payload::batch(&bodies);
    whatsapp.line.set_down(true);
    assert_eq!(whatsapp.double.deliver(&batch).await, 503);
    assert_eq!(whatsapp.line.accepted().len(), 0);
    whatsapp.line.set_down(false);
    assert_eq!(whatsapp.double.deliver_until_taken(&batch).await, 1);
    let ids: Vec<String> = whatsapp
        .line
        .accepted()
        .into_iter()
        .map(|it| it.event_id)
        .collect();
    assert_eq!(ids, [wamid(1), wamid(2), wamid(3)]);
    assert_eq!(whatsapp.double.deliver(&batch).await, 200);
    assert_eq!(whatsapp.line.accepted().len(), 3);
}

/// A line that fails once, after some events.
struct Stumbling {
    line: Arc<dyn Line>,
    left: AtomicU32,
}

#[async_trait]
impl Line for Stumbling {
    async fn accept(&self, inbound: Inbound) -> Result<Accepted, LineError> {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 0 {
            return Err(LineError::Unavailable("stumbled".into()));
        }
        self.line.accept(inbound).await
    }

    async fn answer(
        &self,
        platform: &Platform,
        installation: &str,
        event_id: &str,
    ) -> Result<Option<Reply>, LineError> {
        self.line.answer(platform, installation, event_id).await
    }

    async fn history(
        &self,
        platform: &Platform,
        space: &Space,
        limit: u32,
    ) -> Result<Vec<Message>, LineError> {
        self.line.history(platform, space, limit).await
    }
}

#[tokio::test]
async fn what_was_taken_of_a_batch_is_not_taken_twice() {
    let whatsapp = WhatsAppUnderTest::start_with(|services| {
        services.line = Arc::new(Stumbling {
            line: Arc::clone(&services.line),
            left: AtomicU32::new(2),
        });
    })
    .await;
    let messages: Vec<_> = (1..=4)
        .map(|event| {
            payload::message(
                PERSON,
                &wamid(event),
                whatsapp.now,
                payload::text("revenue"),
            )
        })
        .collect();
    let body = payload::body(&messages, &[]);
    assert_eq!(whatsapp.double.deliver(&body).await, 503);
    assert_eq!(whatsapp.line.accepted().len(), 2);
    assert_eq!(whatsapp.double.deliver_until_taken(&body).await, 1);
    assert_eq!(whatsapp.line.accepted().len(), 4);
}

#[tokio::test]
async fn a_store_that_comes_back_gets_what_was_said_meanwhile() {
    let whatsapp = WhatsAppUnderTest::start().await;
    whatsapp.line.set_down(true);
    let message = payload::message(PERSON, &wamid(1), whatsapp.now, payload::text("revenue"));
    let body = payload::body(&[message], &[]);
    let (times, ()) = tokio::join!(whatsapp.double.deliver_until_taken(&body), async {
        tokio::time::sleep(std::time::Duration::from_millis(40)).await;
        whatsapp.line.set_down(false);
    });
    assert!(times > 1, "{times}");
    assert_eq!(whatsapp.line.accepted().len(), 1);
}

#[tokio::test]
async fn an_old_message_keeps_its_time_and_a_future_one_does_not() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let day = 24 * 60 * 60;
    for (event, at, expected) in [
        (1, whatsapp.now - 6 * day, whatsapp.now - 6 * day),
        (2, whatsapp.now + 60, whatsapp.now + 60),
        (3, whatsapp.now + day, whatsapp.now),
        (4, i64::MAX, whatsapp.now),
        (5, -1, whatsapp.now),
    ] {
        let message = payload::message(PERSON, &wamid(event), at, payload::text("revenue"));
        let body = payload::body(&[message], &[]);
        assert_eq!(whatsapp.double.deliver(&body).await, 200);
        let inbound = whatsapp.line.accepted().pop().unwrap();
        assert_eq!(inbound.event_id, wamid(event));
        assert_eq!(inbound.at.as_second(), expected, "{event}");
    }
}

#[tokio::test]
async fn what_has_no_words_is_answered_in_words() {
    let whatsapp = WhatsAppUnderTest::start().await;
    for (event, what) in [
        (1, payload::image(None)),
        (2, ("audio", json!({"id": "1", "voice": true}))),
        (3, ("document", json!({"id": "1", "filename": "a.pdf"}))),
        (4, ("location", json!({"latitude": 1.0, "longitude": 2.0}))),
        (5, ("unsupported", json!({"type": "poll"}))),
    ] {
        let Taken::No(told) = whatsapp.hand_in(event, what).await else {
            panic!("{event} was not answered");
        };
        assert!(told.contains("text only"), "{told}");
    }
    let caption = payload::image(Some("revenue today"));
    assert_eq!(whatsapp.hand_in(6, caption).await, Taken::Yes);
}

#[tokio::test]
async fn a_message_of_200_kb_is_refused_in_words() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let long = "revenue ".repeat(25_000);
    let Taken::No(told) = whatsapp.hand_in(1, payload::text(&long)).await else {
        panic!("it was taken");
    };
    assert!(told.contains("too long"), "{told}");
}

#[tokio::test]
async fn presses_and_reactions_come_back() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let on = "018f3c0000007000800000000000000a".to_owned();
    let pressed = |action: &str, on: &str| Content::Pressed {
        action: action.into(),
        on: Some(on.into()),
    };
    let reacted = |good: bool, on: &str| Content::Reacted {
        good,
        on: on.into(),
    };
    let row = format!("3.{on}");
    let explain = format!("explain.{on}");
    let show = format!("show.{on}");
    for (event, what, expected) in [
        (
            1,
            payload::list_reply(&row, "4. Revenue…"),
            Some(Content::Chosen {
                index: 3,
                on: on.clone(),
            }),
        ),
        (
            2,
            payload::button_reply(&explain, "Explain"),
            Some(pressed("explain", &on)),
        ),
        (
            3,
            payload::template_button(&show, "Show it all"),
            Some(pressed("show", &on)),
        ),
        (
            4,
            payload::reaction("wamid.7", "👍🏿"),
            Some(reacted(true, "wamid.7")),
        ),
        (
            5,
            payload::reaction("wamid.7", "👎"),
            Some(reacted(false, "wamid.7")),
        ),
        (6, payload::reaction("wamid.7", ""), None),
        (7, payload::button_reply("somebody else's", "x"), None),
    ] {
        whatsapp.hand_in(event, what).await;
        let accepted = whatsapp.line.accepted();
        let content = accepted.into_iter().find(|it| it.event_id == wamid(event));
        assert_eq!(content.map(|it| it.content), expected, "{event}");
    }
}

#[tokio::test]
async fn another_numbers_messages_are_not_ours() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let message = payload::message(PERSON, &wamid(1), whatsapp.now, payload::text("revenue"));
    let body = payload::body(&[message], &[]).to_string();
    let body = serde_json::from_str(&body.replace(NUMBER, "999")).unwrap();
    assert_eq!(whatsapp.double.deliver(&body).await, 200);
    assert_eq!(whatsapp.line.accepted().len(), 0);
}

#[tokio::test]
async fn a_message_in_a_group_is_left() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let mut message = payload::message(PERSON, &wamid(1), whatsapp.now, payload::text("revenue"));
    message["group_id"] = json!("Y2FwaV9ncm91cDox");
    let body = payload::body(&[message], &[]);
    assert_eq!(whatsapp.double.deliver(&body).await, 200);
    assert_eq!(whatsapp.line.accepted().len(), 0);
}

#[tokio::test]
async fn a_copy_of_an_old_body_is_known_by_its_id() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue today").await;
    for _ in 0..3 {
        assert_eq!(
            whatsapp.hand_in(1, payload::text("revenue today")).await,
            Taken::Yes
        );
    }
    assert_eq!(whatsapp.line.accepted().len(), 1);
    let again = whatsapp.line.accept(question).await.unwrap();
    assert!(again.duplicate);
}

#[tokio::test]
async fn whoever_hides_their_number_is_written_to_by_their_id() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let id = "US.13491208655302741918";
    let mut message = payload::message(PERSON, &wamid(1), whatsapp.now, payload::text("revenue"));
    let fields = message.as_object_mut().unwrap();
    fields.remove("from");
    fields.insert("from_user_id".into(), json!(id));
    let mut body = payload::body(&[message], &[]);
    body["entry"][0]["changes"][0]["value"]["contacts"] =
        json!([{"profile": {"name": "Ana", "username": "@ana"}, "user_id": id}]);
    assert_eq!(whatsapp.double.deliver(&body).await, 200);
    let question = whatsapp.line.accepted().remove(0);
    assert_eq!(question.sender.user, id);
    assert_eq!(question.sender.name.as_deref(), Some("Ana"));
    let answer = delivery(&question, Reply::words(Outcome::Answer, "$10"));
    let sent = whatsapp.sent_for(&answer).await;
    assert_eq!(sent[0].body["recipient"], id);
    assert_eq!(sent[0].body.get("to"), None);
    assert_eq!(whatsapp.double.breaches(), Vec::<String>::new());
}
