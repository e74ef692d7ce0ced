//! Long polling: one poller, nothing lost, nothing done twice.

use std::sync::Arc;
use std::time::Duration;

use almanac_adapters::{Connected, Section};
use almanac_adapters_doubles::telegram::{BOT, Fault, TelegramDouble, updates};
use almanac_agent_contract::{Installation, Installations};
use serde_json::json;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::memory_line::MemoryLine;
use crate::telegram::{ANA, GROUP, section};

struct Polling {
    line: Arc<MemoryLine>,
    double: TelegramDouble,
    stop: CancellationToken,
    listening: JoinHandle<()>,
}

fn poll(double: &TelegramDouble, line: &Arc<MemoryLine>) -> Polling {
    let stop = CancellationToken::new();
    let connected = section(double, false).connect(line.services(), stop.clone());
    let Connected {
        webhooks,
        listening,
        ..
    } = connected.unwrap();
    assert!(webhooks.is_none(), "one way or the other");
    Polling {
        line: Arc::clone(line),
        double: double.clone(),
        stop,
        listening: tokio::spawn(listening.unwrap()),
    }
}

async fn polling() -> Polling {
    let double = TelegramDouble::start().await;
    double.set_webhook(Some("https://elsewhere.example"), None);
    poll(&double, &MemoryLine::new())
}

impl Polling {
    async fn accepted(&self, count: usize) -> bool {
        self.double
            .until(|_| self.line.accepted().len() >= count)
            .await
    }

    async fn ends(self) {
        self.stop.cancel();
        let ended = tokio::time::timeout(Duration::from_secs(20), self.listening).await;
        ended.expect("it stops at once").unwrap();
    }
}

#[tokio::test]
async fn a_batch_is_taken_in_order_and_confirmed_only_then() {
    let polling = polling().await;
    for n in 1..=5 {
        polling
            .double
            .push(updates::message(n, n, ANA, ANA, &format!("question {n}")));
    }
    assert!(polling.accepted(5).await);
    let ids: Vec<String> = polling
        .line
        .accepted()
        .into_iter()
        .map(|it| it.event_id)
        .collect();
    assert_eq!(ids, ["1", "2", "3", "4", "5"]);
    assert!(polling.double.until(|it| it.waiting() == 0).await);
    assert_eq!(polling.double.webhook(), None, "the webhook was taken away");
    let known = polling
        .line
        .all(&almanac_adapters::telegram::TELEGRAM)
        .await
        .unwrap();
    assert_eq!(known[0].id, BOT.to_string());
    assert_eq!(polling.double.breaches(), Vec::<String>::new());
    polling.ends().await;
}

#[tokio::test]
async fn what_nobody_knows_stops_nothing() {
    let polling = polling().await;
    polling
        .double
        .push(updates::message(1, 1, ANA, ANA, "before"));
    polling
        .double
        .push(json!({ "update_id": 2, "hologram": { "deep": [1, 2] } }));
    let mut odd = updates::message(3, 3, ANA, ANA, "odd");
    odd["message"]["entities"] = json!("not a list");
    polling.double.push(odd);
    polling
        .double
        .push(updates::message(4, 4, ANA, ANA, "after"));
    assert!(polling.accepted(2).await);
    assert!(polling.double.until(|it| it.waiting() == 0).await);
    let ids: Vec<String> = polling
        .line
        .accepted()
        .into_iter()
        .map(|it| it.event_id)
        .collect();
    assert_eq!(ids, ["1", "4"]);
    polling.ends().await;
}

#[tokio::test]
async fn what_could_not_be_kept_comes_again() {
    let polling = polling().await;
    assert!(polling.double.until(|it| it.calls("getUpdates") > 0).await);
    polling.line.set_down(true);
    polling
        .double
        .push(updates::message(1, 1, ANA, ANA, "revenue"));
    assert!(polling.double.until(|it| it.calls("getUpdates") > 1).await);
    assert_eq!(polling.double.waiting(), 1, "it is not confirmed");
    polling.line.set_down(false);
    assert!(polling.accepted(1).await);
    assert!(polling.double.until(|it| it.waiting() == 0).await);
    assert_eq!(polling.line.accepted().len(), 1);
    polling.ends().await;
}

#[tokio::test]
async fn nobody_is_told_twice_while_an_event_of_another_chat_is_not_kept() {
    let polling = polling().await;
    polling.line.do_not_keep("1");
    polling
        .double
        .push(updates::message(1, 1, ANA, ANA, "revenue"));
    let mut sticker = updates::message(2, 2, ANA + 1, ANA + 1, "");
    let message = sticker["message"].as_object_mut().unwrap();
    message.remove("text");
    message.insert("sticker".into(), json!({ "file_id": "a" }));
    polling.double.push(sticker);
    let told = |double: &TelegramDouble| double.calls("sendMessage");
    assert!(polling.double.until(|it| told(it) > 0).await);
    let polled = polling.double.calls("getUpdates");
    let again = |double: &TelegramDouble| double.calls("getUpdates") > polled + 2;
    assert!(polling.double.until(again).await);
    assert_eq!(told(&polling.double), 1);
    assert_eq!(polling.double.waiting(), 2, "neither is confirmed");
    polling.ends().await;
}

#[tokio::test]
async fn faults_are_sat_out() {
    let double = TelegramDouble::start().await;
    let conflict = "Conflict: terminated by other getUpdates request";
    double.fault("getMe", Fault::DropBefore);
    for fault in [
        Fault::Error(409, conflict.into()),
        Fault::TooMany(1),
        Fault::DropAfter,
    ] {
        double.fault("getUpdates", fault);
    }
    let polling = poll(&double, &MemoryLine::new());
    polling
        .double
        .push(updates::message(1, 1, ANA, GROUP, "@almanac_bot revenue"));
    assert!(polling.accepted(1).await);
    assert!(polling.double.until(|it| it.waiting() == 0).await);
    polling.ends().await;
}

#[tokio::test]
async fn of_two_replicas_one_polls_and_the_other_takes_over() {
    let double = TelegramDouble::start().await;
    let line = MemoryLine::new();
    let first = poll(&double, &line);
    assert!(double.until(|it| it.calls("getUpdates") == 1).await);
    let second = poll(&double, &line);
    double.push(updates::message(1, 1, ANA, ANA, "one"));
    assert!(first.accepted(1).await);
    assert_eq!(double.calls("getMe"), 1, "the second does nothing yet");
    first.ends().await;
    double.push(updates::message(2, 2, ANA, ANA, "two"));
    assert!(second.accepted(2).await);
    assert_eq!(double.calls("getMe"), 2);
    second.ends().await;
}

#[tokio::test]
async fn a_token_revoked_while_polling_parks_the_bot() {
    let polling = polling().await;
    assert!(polling.double.until(|it| it.calls("getUpdates") > 0).await);
    polling.double.revoke(true);
    polling
        .double
        .push(updates::message(1, 1, ANA, ANA, "revenue"));
    assert!(polling.double.until(|it| it.calls("getUpdates") > 1).await);
    let ended = tokio::time::timeout(Duration::from_secs(20), polling.listening).await;
    ended.expect("polling is of no use").unwrap();
    let known = polling
        .line
        .all(&almanac_adapters::telegram::TELEGRAM)
        .await
        .unwrap();
    assert!(known[0].parked.is_some());
}

#[tokio::test]
async fn a_revoked_token_parks_the_bot_and_ends_polling() {
    let double = TelegramDouble::start().await;
    double.revoke(true);
    let line = MemoryLine::new();
    let polling = poll(&double, &line);
    let ended = tokio::time::timeout(Duration::from_secs(20), polling.listening).await;
    ended.expect("polling is of no use").unwrap();
    let known: Vec<Installation> = line
        .all(&almanac_adapters::telegram::TELEGRAM)
        .await
        .unwrap();
    assert_eq!(known.len(), 1);
    assert!(known[0].parked.as_ref().unwrap().contains("@BotFather"));
}
