//! Slack on a bad day.

use std::time::Duration;

use almanac_adapters_doubles::slack::{BOT_TOKEN, Fault, SlackDouble};
use almanac_agent_contract::{Delivery, Limit, Progress, Reply, SendError};
use jiff::SignedDuration;

use super::{SlackUnderTest, config, words};
use crate::conformance::replies;
use crate::memory_line::{delivery, working};

async fn sent(slack: &SlackUnderTest, delivery: &Delivery) -> Result<String, SendError> {
    let sent = slack.adapter.send(delivery).await;
    sent.map(|receipt| receipt.provider_id)
}

#[tokio::test]
async fn every_answer_of_slack_means_something() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    let fails = async |fault: Fault| {
        slack.double.fault("chat.postMessage", fault);
        sent(&slack, &delivery(&inbound, words("$5")))
            .await
            .unwrap_err()
    };
    let limited = fails(Fault::Limited(7)).await;
    assert!(
        matches!(&limited, SendError::Limited { after, everywhere: false, .. } if after.as_secs() == 7),
        "{limited:?}"
    );
    // Word of progress is told to wait as well, and goes no other way meanwhile.
    let turn = working(&inbound);
    let posts = slack.double.count("chat.postMessage");
    slack.double.fault("chat.startStream", Fault::Limited(7));
    let refused = slack.adapter.progress(&turn, &Progress::Queued).await;
    let limit = Limit {
        after: SignedDuration::from_secs(7),
        everywhere: false,
    };
    assert_eq!((refused.limit, refused.placeholder), (Some(limit), None));
    assert_eq!(slack.double.count("chat.postMessage"), posts);
    let gone = fails(Fault::Error("user_disabled")).await;
    assert!(matches!(gone, SendError::Gone(_)), "{gone:?}");
    for error in ["channel_not_found", "not_in_channel", "is_archived"] {
        let refused = fails(Fault::Error(error)).await;
        assert!(
            matches!(&refused, SendError::Refused(it) if it == error),
            "{refused:?}"
        );
    }
    for error in ["account_inactive", "token_revoked", "invalid_auth"] {
        let revoked = fails(Fault::Error(error)).await;
        assert!(matches!(revoked, SendError::Revoked(_)), "{revoked:?}");
    }
    for fault in [
        Fault::Status(500),
        Fault::Status(503),
        Fault::Dropped,
        Fault::Done,
    ] {
        let unknown = fails(fault.clone()).await;
        assert!(
            matches!(unknown, SendError::Unknown(_)),
            "{fault:?}: {unknown:?}"
        );
    }
    for token in [BOT_TOKEN, "xoxb"] {
        let told = fails(Fault::Status(500)).await.to_string();
        assert!(!told.contains(token), "{told}");
    }
}

#[tokio::test]
async fn nobody_there_is_certainly_not_sent() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    let mut config = config(&slack.double);
    config.api_url = Some("http://127.0.0.1:9/api".into());
    let alone = SlackUnderTest::with(SlackDouble::start().await, &config);
    let error = sent(&alone, &delivery(&inbound, words("$5")))
        .await
        .unwrap_err();
    assert!(matches!(error, SendError::Retry(_)), "{error:?}");
}

#[tokio::test]
async fn what_is_unknown_is_looked_up() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    let first = delivery(&inbound, words("$5"));
    slack.double.fault("chat.postMessage", Fault::Done);
    sent(&slack, &first).await.unwrap_err();
    let found = slack.adapter.find(&first).await.unwrap().unwrap();
    assert_eq!(found.provider_id, slack.last().ts);
    let second = delivery(&inbound, words("$6"));
    slack.double.fault("chat.postMessage", Fault::Dropped);
    sent(&slack, &second).await.unwrap_err();
    assert_eq!(slack.adapter.find(&second).await.unwrap(), None);
    assert_eq!(slack.double.shown().len(), 1);
    // What one person alone saw cannot be read back.
    let private = Reply {
        private: true,
        ..words("$7")
    };
    let error = slack.adapter.find(&delivery(&inbound, private)).await;
    assert!(matches!(error, Err(SendError::Unknown(_))));
}

/// A delivery whose receipt was lost, and what others said before it in its thread.
async fn doubtful(slack: &SlackUnderTest, said_before: usize, fault: Fault) -> Delivery {
    let inbound = slack.asked(1).await;
    for _ in 0..said_before {
        let thread = inbound.space.thread.as_deref();
        slack.double.overhear("C1", thread, "and then?");
    }
    let delivery = delivery(&inbound, words("$5"));
    slack.double.fault("chat.postMessage", fault);
    sent(slack, &delivery).await.unwrap_err();
    delivery
}

#[tokio::test]
async fn it_is_looked_for_page_by_page() {
    let slack = SlackUnderTest::start().await;
    slack.double.set_page(15);
    let there = doubtful(&slack, 40, Fault::Done).await;
    let found = slack.adapter.find(&there).await.unwrap().unwrap();
    assert_eq!(found.provider_id, slack.last().ts);
    assert_eq!(slack.double.count("conversations.replies"), 3);

    let slack = SlackUnderTest::start().await;
    slack.double.set_page(15);
    let lost = doubtful(&slack, 40, Fault::Dropped).await;
    assert_eq!(slack.adapter.find(&lost).await.unwrap(), None);

    // What was not looked through to its end is not known.
    for fault in [Fault::Done, Fault::Dropped] {
        let slack = SlackUnderTest::start().await;
        slack.double.set_page(15);
        let far = doubtful(&slack, 100, fault).await;
        let unknown = slack.adapter.find(&far).await;
        assert!(matches!(unknown, Err(SendError::Unknown(_))), "{unknown:?}");
        assert_eq!(slack.double.count("conversations.replies"), 5);
    }
}

#[tokio::test]
async fn a_limit_on_looking_is_none_on_sending() {
    let slack = SlackUnderTest::start().await;
    let there = doubtful(&slack, 0, Fault::Done).await;
    for fault in [
        Fault::Limited(60),
        Fault::Error("missing_scope"),
        Fault::Status(500),
    ] {
        slack.double.fault("conversations.replies", fault);
        let unknown = slack.adapter.find(&there).await;
        assert!(matches!(unknown, Err(SendError::Unknown(_))), "{unknown:?}");
    }
    // A short one is waited for.
    slack
        .double
        .fault("conversations.replies", Fault::Limited(1));
    assert!(slack.adapter.find(&there).await.unwrap().is_some());
    // An edit does not wait: its answer would.
    slack
        .double
        .fault("conversations.replies", Fault::Limited(20));
    let anew = Delivery {
        replaces: Some(slack.last().ts),
        ..delivery(&slack.line.accepted()[0], words("$6"))
    };
    let sent = tokio::time::timeout(Duration::from_secs(10), sent(&slack, &anew)).await;
    assert!(sent.unwrap().is_ok());
}

#[tokio::test]
async fn of_several_messages_only_the_missing_are_sent_again() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    let long = Reply {
        code: Some("SELECT something\n".repeat(3_000)),
        ..words("All of it:")
    };
    let long = delivery(&inbound, long);
    slack
        .double
        .fault("chat.postMessage", Fault::Slow(Duration::ZERO));
    slack.double.fault("chat.postMessage", Fault::Dropped);
    let error = sent(&slack, &long).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error:?}");
    assert_eq!(slack.double.shown().len(), 1);
    let found = slack.adapter.find(&long).await.unwrap().unwrap();
    let shown = slack.double.shown();
    assert_eq!(found.provider_id, shown.last().unwrap().ts);
    let rows = super::seen(&shown).matches("SELECT something").count();
    assert_eq!(rows, 3_000);
    // A short wait between two of them is sat out.
    let again = delivery(&inbound, long.reply.clone());
    slack
        .double
        .fault("chat.postMessage", Fault::Slow(Duration::ZERO));
    slack.double.fault("chat.postMessage", Fault::Limited(1));
    sent(&slack, &again).await.unwrap();
}

#[tokio::test]
async fn files_that_go_nowhere_do_not_take_the_answer_with_them() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    for _ in ["picture", "table"] {
        slack.double.fault("upload", Fault::Status(500));
    }
    sent(&slack, &delivery(&inbound, replies::chart().reply))
        .await
        .unwrap();
    let shown = super::seen(&slack.double.shown());
    assert!(shown.contains("no data on 17 Oct") && shown.contains("could not be attached"));
    // Nothing is to be seen yet: it waits as long as it is told to.
    slack
        .double
        .fault("files.getUploadURLExternal", Fault::Limited(11));
    let limited = sent(&slack, &delivery(&inbound, replies::chart().reply)).await;
    assert!(
        matches!(&limited, Err(SendError::Limited { after, everywhere: true, .. }) if after.as_secs() == 11),
        "{limited:?}"
    );
    // The answer is there, its file is not: a sentence says so.
    let all = replies::all();
    let rows = all
        .into_iter()
        .find(|it| it.name == "list of 30 rows")
        .unwrap();
    slack.double.fault(
        "files.completeUploadExternal",
        Fault::Error("not_in_channel"),
    );
    sent(&slack, &delivery(&inbound, rows.reply)).await.unwrap();
    assert!(
        slack.last().text.contains("could not be attached"),
        "{:?}",
        slack.last()
    );
}

#[tokio::test]
async fn a_used_address_and_a_closed_chat() {
    let slack = SlackUnderTest::start().await;
    let command = slack.double.command("DU9", "U1", "trigger.1", "revenue");
    slack.type_command(&command).await;
    let inbound = slack.line.after(0).await;
    // Typed in a chat of two people, where the app is not.
    slack
        .double
        .fault("chat.postMessage", Fault::Error("channel_not_found"));
    sent(&slack, &delivery(&inbound, words("$5")))
        .await
        .unwrap();
    assert_eq!(slack.double.count("response"), 1);
    let mut elsewhere = delivery(&inbound, words("$5"));
    elsewhere.origin.handle = Some("https://evil.example/collect".into());
    elsewhere.origin.private = true;
    sent(&slack, &elsewhere).await.unwrap();
    assert_eq!(slack.double.count("chat.postEphemeral"), 1);
}

#[tokio::test]
async fn an_app_that_was_removed_is_parked() {
    let slack = SlackUnderTest::start().await;
    let event = SlackDouble::event("Ev1", &serde_json::json!({"type": "app_uninstalled"}));
    let installations = slack.line.services().installations;
    let known = almanac_agent_contract::Installation {
        platform: almanac_adapters::slack::SLACK,
        id: almanac_adapters_doubles::slack::TEAM.into(),
        name: None,
        secret: None,
        parked: None,
    };
    let now = installations.now().await.unwrap();
    installations.keep(known, now).await.unwrap();
    assert_eq!(slack.event(&event).await.status, 200);
    let all = installations
        .all(&almanac_adapters::slack::SLACK)
        .await
        .unwrap();
    assert_eq!(all[0].parked.as_deref(), Some("app_uninstalled"));
}
