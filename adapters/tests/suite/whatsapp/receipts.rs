//! What became of messages, told late, twice, in any order, and before anybody knows the message.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use almanac_adapters_doubles::whatsapp::{Edge, Fault, Settings};
use almanac_agent_contract::{
    Action, LineError, Outcome, Platform, Receipts, Reply, SendError, Stage,
};
use async_trait::async_trait;
use serde_json::json;

use super::{PERSON, WhatsAppUnderTest, payload};
use crate::conformance::replies;
use crate::memory_line::delivery;

/// Receipts of a store that learns of some messages only later.
#[derive(Default)]
struct Slow {
    known: Mutex<HashSet<String>>,
    noted: Mutex<Vec<(String, Stage)>>,
    asked: AtomicUsize,
}

#[async_trait]
impl Receipts for Slow {
    async fn note(
        &self,
        _platform: &Platform,
        _installation: &str,
        provider_id: &str,
        stage: Stage,
    ) -> Result<bool, LineError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let known = self.known.lock().unwrap().contains(provider_id);
        if known {
            let noted = (provider_id.to_owned(), stage);
            self.noted.lock().unwrap().push(noted);
        }
        Ok(known)
    }
}

#[tokio::test]
async fn statuses_become_stages_in_any_order() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let at = whatsapp.now;
    let mut failed = payload::status("wamid.2", "failed", PERSON, at);
    failed["errors"] = json!([{"code": 131_047, "title": "Re-engagement message"}]);
    let mut undeliverable = payload::status("wamid.3", "failed", PERSON, at);
    undeliverable["errors"] = json!([{
        "code": 131_026,
        "title": "t",
        "error_data": {"details": "Unable to deliver message"},
    }]);
    let statuses = [
        payload::status("wamid.1", "read", PERSON, at),
        payload::status("wamid.1", "sent", PERSON, at),
        payload::status("wamid.1", "delivered", PERSON, at),
        payload::status("wamid.1", "delivered", PERSON, at),
        failed,
        undeliverable,
        payload::status("wamid.4", "failed", PERSON, at),
        payload::status("wamid.4", "teleported", PERSON, at),
    ];
    let body = payload::body(&[], &statuses);
    assert_eq!(whatsapp.double.deliver(&body).await, 200);
    let failed = |reason: &str, again| Stage::Failed {
        reason: reason.into(),
        again,
        gone: reason.starts_with("131026"),
    };
    let expected = [
        ("wamid.1", Stage::Read),
        ("wamid.1", Stage::Delivered),
        ("wamid.1", Stage::Delivered),
        ("wamid.2", failed("131047: Re-engagement message", true)),
        (
            "wamid.3",
            failed("131026: Unable to deliver message", false),
        ),
        ("wamid.4", failed("0: no reason given", false)),
    ];
    let expected = expected.map(|(id, stage)| (id.to_owned(), stage));
    assert_eq!(whatsapp.line.stages(), expected);
}

#[tokio::test]
async fn a_status_before_its_message_is_brought_again() {
    let slow = Arc::new(Slow::default());
    let receipts = Arc::clone(&slow);
    let whatsapp = WhatsAppUnderTest::start_with(move |it| it.receipts = receipts).await;
    let mut early = payload::status("wamid.1", "delivered", PERSON, whatsapp.now);
    early["biz_opaque_callback_data"] = json!("018f3c0000007000800000000000000a");
    let body = payload::body(&[], &[early.clone()]);
    assert_eq!(whatsapp.double.deliver(&body).await, 503);
    slow.known.lock().unwrap().insert("wamid.1".into());
    assert_eq!(whatsapp.double.deliver(&body).await, 200);
    let noted = slow.noted.lock().unwrap().clone();
    assert_eq!(noted, [("wamid.1".to_owned(), Stage::Delivered)]);
}

#[tokio::test]
async fn a_crowd_of_unknown_statuses_is_not_waited_for_one_by_one() {
    let slow = Arc::new(Slow::default());
    let receipts = Arc::clone(&slow);
    let whatsapp = WhatsAppUnderTest::start_with(move |it| it.receipts = receipts).await;
    let crowd = |tracker: &str| -> Vec<serde_json::Value> {
        let status = |n| {
            let id = format!("wamid.{n}");
            let mut status = payload::status(&id, "delivered", PERSON, whatsapp.now);
            status["biz_opaque_callback_data"] = json!(tracker);
            status
        };
        (0..50).map(status).collect()
    };
    let ours = payload::body(&[], &crowd("018f3c0000007000800000000000000a"));
    assert_eq!(whatsapp.double.deliver(&ours).await, 503);
    assert_eq!(slow.asked.swap(0, Ordering::Relaxed), 50 + 2);
    // What another program that sends through the number has taken along.
    let foreign = payload::body(&[], &crowd("order 17"));
    assert_eq!(whatsapp.double.deliver(&foreign).await, 200);
    assert_eq!(slow.asked.load(Ordering::Relaxed), 50);
}

#[tokio::test]
async fn what_nobody_will_know_is_let_go() {
    let receipts = Arc::new(Slow::default());
    let whatsapp = WhatsAppUnderTest::start_with(move |it| it.receipts = receipts).await;
    // Another program's message, and the first part of an answer in several messages.
    let foreign = payload::status("wamid.1", "delivered", PERSON, whatsapp.now);
    let body = payload::body(&[], &[foreign]);
    assert_eq!(whatsapp.double.deliver(&body).await, 200);
    // One of ours that the store lost with a backup that was put back.
    let mut lost = payload::status("wamid.2", "read", PERSON, whatsapp.now - 600);
    lost["biz_opaque_callback_data"] = json!("018f3c0000007000800000000000000a");
    let body = payload::body(&[], &[lost]);
    assert_eq!(whatsapp.double.deliver(&body).await, 200);
}

#[tokio::test]
async fn every_stage_of_an_answer_arrives() {
    let settings = Settings {
        tells: true,
        ..Settings::default()
    };
    let whatsapp = WhatsAppUnderTest::start_as(settings, |_| {}).await;
    let question = whatsapp.asked(1, "revenue").await;
    let sent = whatsapp
        .sent_for(&delivery(&question, replies::choices().reply))
        .await;
    while whatsapp.line.stages().len() < 2 {
        tokio::task::yield_now().await;
    }
    let id = sent[0].id.clone();
    let expected = [(id.clone(), Stage::Read), (id, Stage::Delivered)];
    assert_eq!(whatsapp.line.stages(), expected);
}

#[tokio::test]
async fn a_message_that_fails_later_says_so() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    whatsapp
        .double
        .fail(Edge::Messages, Fault::FailsLater(131_026));
    let reply = Reply::words(Outcome::Answer, "no");
    let sent = whatsapp.sent_for(&delivery(&question, reply)).await;
    while whatsapp.line.stages().is_empty() {
        tokio::task::yield_now().await;
    }
    let (id, stage) = whatsapp.line.stages().remove(0);
    assert_eq!(id, sent[0].id);
    let reason = "131026: Unable to deliver message".into();
    assert_eq!(
        stage,
        Stage::Failed {
            reason,
            again: false,
            gone: true
        }
    );
}

#[tokio::test]
async fn only_the_last_message_of_an_answer_takes_its_id_along() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    let mut reply = replies::chart().reply;
    reply.card.as_mut().unwrap().actions = vec![Action::Explain];
    let delivery = delivery(&question, reply);
    let sent = whatsapp.sent_for(&delivery).await;
    assert!(sent.len() > 1);
    let (last, others) = sent.split_last().unwrap();
    let tracker = json!(delivery.id.0.simple().to_string());
    assert_eq!(last.body["biz_opaque_callback_data"], tracker);
    for other in others {
        assert_eq!(other.body.get("biz_opaque_callback_data"), None);
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_unknown_and_its_status_is_let_go_in_the_end() {
    let whatsapp = WhatsAppUnderTest::start().await;
    let question = whatsapp.asked(1, "revenue").await;
    whatsapp.double.fail(Edge::Messages, Fault::Dropped);
    let reply = Reply::words(Outcome::Answer, "sent or not");
    let sent = whatsapp.adapter.send(&delivery(&question, reply)).await;
    assert!(matches!(sent, Err(SendError::Unknown(_))), "{sent:?}");
    assert_eq!(whatsapp.double.sent().len(), 1);
}
