//! Sending to Discord: what arrives, and what the courier is told when it does not.

use std::time::Duration;

use almanac_adapters::Section;
use almanac_adapters_doubles::discord::{Discord, Trouble};
use almanac_agent_contract::{
    Choice, Inbound, Limit, Outcome, Progress, Reply, SendError, TextFile,
};
use jiff::SignedDuration;
use serde_json::json;

use crate::conformance::replies;
use crate::discord::{CHANNEL, Connected, channel, connect, direct, mention, section, seen};
use crate::memory_line::{MemoryLine, delivery, working};

const POST: &str = "POST /api/v10/channels";

fn words(text: &str) -> Reply {
    Reply::words(Outcome::Answer, text)
}

async fn asked() -> (Connected, Inbound) {
    let discord = Connected::new().await;
    let inbound = discord.said(&direct(), "revenue today").await;
    (discord, inbound)
}

async fn sent(discord: &Connected, inbound: &Inbound, text: &str) -> Result<String, SendError> {
    let sent = discord.adapter.send(&delivery(inbound, words(text))).await;
    sent.map(|receipt| receipt.provider_id)
}

#[tokio::test]
async fn how_long_to_wait_is_passed_on_exactly() {
    let (discord, inbound) = asked().await;
    for (after, global) in [(1.336, false), (64.57, true)] {
        discord
            .double
            .fail(POST, Trouble::Limited { after, global }, 1);
        match sent(&discord, &inbound, "Much.").await {
            Err(SendError::Limited {
                after: told,
                everywhere,
                ..
            }) => {
                assert_eq!(told, SignedDuration::from_secs_f64(after));
                assert_eq!(everywhere, global);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(discord.double.total(), 0);
    sent(&discord, &inbound, "Much.").await.unwrap();
}

#[tokio::test]
async fn every_refusal_has_its_meaning() {
    let (discord, inbound) = asked().await;
    let double = &discord.double;
    for (status, code) in [(403, 50_001), (403, 50_013), (404, 10_003), (400, 50_035)] {
        double.fail(POST, Trouble::Status(status, code), 1);
        let error = sent(&discord, &inbound, "Much.").await.unwrap_err();
        assert!(matches!(error, SendError::Refused(_)), "{error:?}");
    }
    double.fail(POST, Trouble::Status(401, 0), 1);
    let error = sent(&discord, &inbound, "Much.").await.unwrap_err();
    assert!(matches!(error, SendError::Revoked(_)), "{error:?}");
    double.fail(POST, Trouble::Status(502, 0), 1);
    let error = sent(&discord, &inbound, "Much.").await.unwrap_err();
    assert!(matches!(error, SendError::Unknown(_)), "{error:?}");
    double.shut_out(&inbound.space.id);
    let error = sent(&discord, &inbound, "Much.").await.unwrap_err();
    assert!(error.to_string().contains("permission"), "{error}");
    assert_eq!(double.total(), 0);
}

#[tokio::test]
async fn what_is_not_there_is_tried_again_later() {
    let double = Discord::start().await;
    let discord = Connected::new().await;
    let inbound = discord.said(&direct(), "revenue today").await;
    let (gone, _stop) = connect(&double, MemoryLine::new().services(), json!({}));
    drop(double);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let error = gone.adapter.send(&delivery(&inbound, words("Much."))).await;
    assert!(matches!(error, Err(SendError::Retry(_))), "{error:?}");
}

#[tokio::test]
async fn a_question_in_a_channel_is_answered_in_its_thread() {
    let discord = Connected::new().await;
    let inbound = discord.said(&channel(), &mention("revenue *today*")).await;
    sent(&discord, &inbound, "Much.").await.unwrap();
    let thread = inbound.space.thread.clone().unwrap();
    assert_eq!(
        discord.double.threads(),
        [(thread.clone(), "revenue *today*".into())]
    );
    assert_eq!(discord.double.posted()[0].channel, thread);
    // Another answer, and one after a restart, find it there.
    sent(&discord, &inbound, "More.").await.unwrap();
    let (again, _stop) = connect(&discord.double, discord.line.services(), json!({}));
    let answer = delivery(&inbound, words("Most."));
    again.adapter.send(&answer).await.unwrap();
    assert!(
        discord
            .double
            .posted()
            .iter()
            .all(|it| it.channel == thread)
    );
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn where_no_thread_can_be_it_answers_in_the_channel() {
    let discord = Connected::new().await;
    discord.double.set_threads(false);
    let inbound = discord.said(&channel(), &mention("revenue today")).await;
    sent(&discord, &inbound, "Much.").await.unwrap();
    let posted = discord.double.posted().remove(0);
    assert_eq!(posted.channel, CHANNEL);
    let quoted = &posted.body["message_reference"];
    assert_eq!(quoted["message_id"], json!(inbound.event_id));
    assert_eq!(quoted["fail_if_not_exists"], false);
    let without = Connected::with(json!({"threads": false}), Discord::start().await).await;
    let inbound = without.said(&channel(), &mention("revenue today")).await;
    assert_eq!(inbound.space.thread, None);
    sent(&without, &inbound, "Much.").await.unwrap();
    assert_eq!(without.double.posted()[0].channel, CHANNEL);
    // A word that is not to it is not taken there, though it was asked something there.
    without.double.say(&channel(), "lunch?");
    without.settle(&channel()).await;
    assert_eq!(without.line.accepted().len(), 1);
}

#[tokio::test]
async fn what_may_not_be_quoted_is_answered_all_the_same() {
    let (discord, inbound) = asked().await;
    discord.double.fail(POST, Trouble::Status(400, 160_002), 1);
    sent(&discord, &inbound, "Much.").await.unwrap();
    let posted = discord.double.posted().remove(0);
    assert_eq!(posted.body["message_reference"], json!(null));
}

#[tokio::test]
async fn progress_is_one_message_that_becomes_the_answer() {
    let discord = Connected::new().await;
    let inbound = discord.said(&channel(), &mention("revenue today")).await;
    let mut turn = working(&inbound);
    let (after, global) = (3.0, true);
    let trouble = Trouble::Limited { after, global };
    discord.double.fail(POST, trouble, 1);
    let refused = discord.adapter.progress(&turn, &Progress::Queued).await;
    let limit = Limit {
        after: SignedDuration::from_secs(3),
        everywhere: true,
    };
    assert_eq!((refused.limit, refused.posted), (Some(limit), 0));
    let shown = discord
        .adapter
        .progress(&turn, &Progress::Reading)
        .await
        .placeholder;
    let again = discord
        .adapter
        .progress(&turn, &Progress::Reading)
        .await
        .placeholder;
    assert_eq!(shown, again, "told twice, it is one");
    turn.placeholder = shown.clone();
    discord.adapter.progress(&turn, &Progress::Writing).await;
    let posted = discord.double.posted();
    assert_eq!((posted.len(), posted[0].edits), (1, 1));
    assert_eq!(seen(&posted[0]), "Writing the answer…");
    let mut answer = delivery(&inbound, replies::chart().reply);
    answer.replaces = shown.clone();
    let receipt = discord.adapter.send(&answer).await.unwrap();
    assert_eq!(Some(receipt.provider_id), shown);
    let posted = discord.double.posted();
    assert_eq!((posted.len(), posted[0].files.len()), (1, 2));
    // What is gone cannot be replaced.
    discord.double.delete_message(&posted[0].id);
    discord.adapter.send(&answer).await.unwrap();
    assert_eq!(discord.double.posted().len(), 1);
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_chart_comes_with_words_for_those_who_do_not_see_it() {
    let (discord, inbound) = asked().await;
    let answer = delivery(&inbound, replies::chart().reply);
    discord.adapter.send(&answer).await.unwrap();
    let posted = discord.double.posted().remove(0);
    let chart = posted.files.iter().find(|it| it.name == "chart.png");
    let chart = chart.unwrap();
    assert_eq!(chart.kind, "image/png");
    assert!(chart.bytes.starts_with(b"\x89PNG"));
    let described = posted.body["attachments"].as_array().unwrap();
    let described = described.iter().find(|it| it["filename"] == "chart.png");
    let alt = described.unwrap()["description"].as_str().unwrap();
    assert!(alt.contains("between $33,000 and $58,000"), "{alt}");
    assert_eq!(
        posted.body["embeds"][0]["image"]["url"],
        "attachment://chart.png"
    );
}

#[tokio::test]
async fn files_and_statements_come_along() {
    let (discord, inbound) = asked().await;
    let reply = Reply {
        code: Some("SELECT 1 ".repeat(400)),
        file: Some(TextFile {
            name: "../net revenue.csv".into(),
            kind: "text/csv".into(),
            text: "a,b\r\n".into(),
        }),
        ..words("Here.")
    };
    discord
        .adapter
        .send(&delivery(&inbound, reply))
        .await
        .unwrap();
    let posted = discord.double.posted().remove(0);
    let names: Vec<&str> = posted.files.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["statement.sql", ".._net_revenue.csv"]);
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn more_than_fits_on_menus_is_still_there_to_read() {
    let (discord, inbound) = asked().await;
    let choice = |n: usize| Choice {
        label: format!("reading {n} {}", "of many words ".repeat(n % 9)),
        ask: format!("reading {n}"),
    };
    let reply = Reply {
        choices: (1..=140).map(choice).collect(),
        ..words("Which one?")
    };
    discord
        .adapter
        .send(&delivery(&inbound, reply))
        .await
        .unwrap();
    let all: Vec<String> = discord.double.posted().iter().map(seen).collect();
    let all = all.join("\n");
    for n in [1, 8, 100, 125, 126, 140] {
        let label = choice(n).label;
        assert!(all.contains(label.trim()), "{label}");
    }
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_for_one_person_is_said_to_them_alone() {
    let discord = Connected::new().await;
    let inbound = discord.said(&channel(), &mention("my salary")).await;
    let mut answer = delivery(
        &inbound,
        Reply {
            private: true,
            ..words("A secret.")
        },
    );
    answer.replaces = discord
        .adapter
        .progress(&working(&inbound), &Progress::Reading)
        .await
        .placeholder;
    discord.adapter.send(&answer).await.unwrap();
    let posted = discord.double.posted();
    assert_eq!(seen(&posted[0]), "I answered you in private.");
    assert_eq!(seen(&posted[1]), "A secret.");
    assert_ne!(posted[0].channel, posted[1].channel);
    // Whoever takes no direct messages learns why there is no answer.
    discord.double.block(&inbound.sender.user);
    let other = discord.said(&channel(), &mention("my bonus")).await;
    let answer = delivery(
        &other,
        Reply {
            private: true,
            ..words("Another secret.")
        },
    );
    let error = discord.adapter.send(&answer).await.unwrap_err();
    assert!(matches!(error, SendError::Gone(_)), "{error:?}");
    let posted = discord.double.posted();
    assert!(seen(&posted[2]).contains("allow direct messages"));
    assert!(!posted.iter().any(|it| seen(it).contains("Another secret")));
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn the_doctor_says_what_to_mend() {
    let discord = Connected::new().await;
    let services = discord.line.services();
    let whole = section(&discord.double, json!({}));
    let found = whole.check(services.clone()).await;
    let ok: Vec<&str> = found
        .iter()
        .filter(|it| it.found.is_ok())
        .map(|it| it.what)
        .collect();
    assert_eq!(
        ok,
        [
            "token",
            "application",
            "intents",
            "commands",
            "interactions"
        ]
    );
    let double = Discord::start().await;
    double.set_reads_messages(false);
    double.set_endpoint("https://almanac.example/discord/interactions");
    let section = section(&double, json!({"application_id": "7"}));
    let found = section.check(services.clone()).await;
    let mend: Vec<String> = found
        .iter()
        .filter_map(|it| it.found.clone().err())
        .collect();
    assert_eq!(mend.len(), 4, "{mend:?}");
    assert!(mend[1].contains("Message Content Intent"), "{mend:?}");
    double.revoke();
    let found = section.check(services).await;
    assert!(found[0].found.clone().unwrap_err().contains("reset it"));
    assert!(double.requests().iter().all(|it| it.starts_with("GET")));
}

#[test]
fn a_section_says_which_key_is_wrong() {
    let read =
        |section| serde_json::from_value::<almanac_adapters::discord::DiscordSection>(section);
    assert!(read(json!({"token": "t", "moon": 1})).is_err());
    let stop = tokio_util::sync::CancellationToken::new;
    for (key, value) in [
        ("public_key", json!("12")),
        ("guilds", json!(["home"])),
        ("application_id", json!("me")),
        ("token", json!("env:ALMANAC_NO_SUCH_VARIABLE")),
    ] {
        let mut section = json!({"token": "t"});
        section[key] = value;
        let section = read(section).unwrap();
        let error = section.connect(MemoryLine::new().services(), stop());
        let error = error.err().unwrap().to_string();
        assert!(error.contains(key), "{error}");
    }
}

#[test]
fn the_manifest_invites_it() {
    let section: almanac_adapters::discord::DiscordSection =
        serde_json::from_value(json!({"token": "t", "application_id": "77"})).unwrap();
    let page = section.manifest("https://almanac.example/");
    for part in [
        "client_id=77&scope=bot+applications.commands&permissions=",
        "https://almanac.example/discord/interactions",
        "Message Content Intent",
        "/ask",
    ] {
        assert!(page.contains(part), "{page}");
    }
}
