//! Slack's own samples, and bytes that are nobody's.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use almanac_adapters::slack::{Door, kind};
use almanac_adapters_doubles::slack::{SlackDouble, form};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{NOW, SlackUnderTest, ts};

pub(super) fn samples(folder: &str) -> Vec<(PathBuf, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/fixtures/slack");
    let mut files: Vec<PathBuf> = fs::read_dir(root.join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        (path, value)
    };
    files.into_iter().map(read).collect()
}

/// The samples have all fields and nothing in them: what a real payload would have is put there.
fn fill(value: &mut Value) {
    let Value::Object(members) = value else {
        if let Value::Array(items) = value {
            items.iter_mut().for_each(fill);
        }
        return;
    };
    for (name, value) in members {
        let text = match name.as_str() {
            "bot_id" | "subtype" | "bot_profile" => continue,
            "user" | "user_id" => "U1",
            "channel" | "channel_id" => "C1",
            "team_id" | "team" => "T0TEAM",
            "event_id" => "Ev1",
            "ts" | "event_ts" | "deleted_ts" | "thread_ts" | "message_ts" | "action_ts" => {
                "1795183200.000100"
            }
            "text" => "revenue last week",
            "trigger_id" => "trigger",
            "command" => "/almanac",
            "id" => "I1",
            _ => {
                fill(value);
                continue;
            }
        };
        match value {
            Value::String(empty) if empty.is_empty() => *value = json!(text),
            value => fill(value),
        }
    }
}

fn door(path: &Path) -> Door {
    let path = path.to_str().unwrap();
    if path.contains("slash-commands") {
        Door::Commands
    } else if path.contains("app-backend") {
        Door::Interactive
    } else {
        Door::Events
    }
}

fn body(door: Door, value: &Value) -> Vec<u8> {
    match door {
        Door::Events => value.to_string().into_bytes(),
        Door::Interactive => form(&[("payload", &value.to_string())]),
        Door::Commands => {
            let text = |value: &Value| match value {
                Value::String(text) => text.clone(),
                value => value.to_string(),
            };
            let fields: Vec<(String, String)> = value
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, value)| (name.clone(), text(value)))
                .collect();
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            form(&fields)
        }
    }
}

fn all() -> Vec<(PathBuf, Value)> {
    [
        "events",
        "app-backend/dialogs",
        "app-backend/interactive-components",
        "app-backend/slash-commands",
        "app-backend/views",
    ]
    .into_iter()
    .flat_map(samples)
    .collect()
}

#[tokio::test]
async fn every_sample_is_taken_or_acknowledged() {
    let slack = SlackUnderTest::start().await;
    let samples = all();
    assert!(samples.len() > 90, "{}", samples.len());
    for (path, mut value) in samples {
        for filled in [false, true] {
            if filled {
                fill(&mut value);
            }
            let door = door(&path);
            let body = body(door, &value);
            let path_of = match door {
                Door::Events => "/slack/events",
                Door::Interactive => "/slack/interactive",
                Door::Commands => "/slack/commands",
            };
            // A command without a name is not a command.
            if door == Door::Commands && !filled {
                assert!(kind(door, &body).is_err());
                continue;
            }
            let read = kind(door, &body).unwrap_or_else(|_| panic!("{path:?}"));
            assert!(!read.is_empty());
            let signed = slack.double.sign(body, NOW);
            let got = slack.post(path_of, &signed).await;
            assert_eq!(got.status, 200, "{path:?}");
        }
    }
}

#[test]
fn samples_with_something_in_them_are_what_they_are() {
    let read = |name: &str| {
        let (path, mut value) = all()
            .into_iter()
            .find(|(path, _)| path.ends_with(name))
            .unwrap();
        fill(&mut value);
        if let Some(empty) = value.get_mut("actions") {
            empty[0]["action_id"] = json!("act:good");
        }
        if let Some(view) = value.get_mut("view") {
            view["callback_id"] = json!("form:ask");
        }
        if name == "MessageDeletedPayload.json" || name == "MessageChangedPayload.json" {
            value["event"]["previous_message"]["text"] = json!("something else");
        }
        kind(door(&path), &body(door(&path), &value)).unwrap()
    };
    for (name, is) in [
        ("AppMentionPayload.json", "message"),
        ("MessagePayload.json", "message"),
        ("MessageFileSharePayload.json", "message"),
        ("MessageThreadBroadcastPayload.json", "message"),
        ("MessageMePayload.json", "message"),
        ("MessageChangedPayload.json", "message"),
        ("MessageDeletedPayload.json", "message"),
        ("MessageBotPayload.json", "ignored message.bot_message"),
        (
            "MessageChannelJoinPayload.json",
            "ignored message.channel_join",
        ),
        ("AppHomeOpenedPayload.json", "home"),
        ("AppUninstalledPayload.json", "closed"),
        ("TokensRevokedPayload.json", "closed"),
        ("AppRateLimitedPayload.json", "ignored app_rate_limited"),
        ("ReactionAddedPayload.json", "ignored reaction_added"),
        ("BlockActionPayload.json", "press"),
        ("MessageShortcutPayload.json", "shortcut"),
        ("ViewSubmissionPayload.json", "submission"),
        ("ViewClosedPayload.json", "ignored view_closed"),
        ("DialogSubmissionPayload.json", "ignored dialog_submission"),
        ("SlashCommandPayload.json", "command"),
    ] {
        assert_eq!(read(name), is, "{name}");
    }
}

/// Shuffles, cuts and re-types a payload by a seed.
fn spoil(value: &Value, seed: &mut u64) -> Value {
    let mut roll = || {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        *seed >> 33
    };
    match roll() % 12 {
        0 => return json!(null),
        1 => return json!([value]),
        2 => return json!(7),
        _ => {}
    }
    match value {
        Value::Object(members) => {
            let mut pairs: Vec<(String, Value)> = members
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect();
            if roll() % 2 == 0 {
                pairs.reverse();
            }
            Value::Object(
                pairs
                    .into_iter()
                    .map(|(name, value)| (name, spoil(&value, seed)))
                    .collect(),
            )
        }
        Value::Array(items) => items.iter().map(|it| spoil(it, seed)).collect(),
        value => value.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in 0_usize..2_000, seed in any::<u64>()) {
        for door in [Door::Events, Door::Interactive, Door::Commands] {
            let _ = kind(door, &bytes);
        }
        let samples = SAMPLES.get_or_init(all);
        let (path, value) = &samples[usize::try_from(seed % samples.len() as u64).unwrap()];
        let mut seed = seed;
        let spoilt = spoil(value, &mut seed);
        let door = door(path);
        if spoilt.is_object() || door != Door::Commands {
            let whole = body(door, &spoilt);
            let _ = kind(door, &whole);
            let _ = kind(door, &whole[..cut.min(whole.len())]);
        }
    }
}

static SAMPLES: std::sync::OnceLock<Vec<(PathBuf, Value)>> = std::sync::OnceLock::new();

#[tokio::test]
async fn an_address_is_verified_and_only_with_a_signature() {
    let slack = SlackUnderTest::start().await;
    let challenge = json!({"type": "url_verification", "token": "t", "challenge": "3eZbrw1aB"});
    let got = slack.event(&challenge).await;
    assert_eq!(
        (got.status.as_u16(), got.body.as_slice()),
        (200, b"3eZbrw1aB".as_slice())
    );
    let mut signed = slack.double.sign(challenge.to_string().into_bytes(), NOW);
    signed.signature.replace_range(3..5, "00");
    assert_eq!(slack.post("/slack/events", &signed).await.status, 401);
}

#[tokio::test]
async fn what_is_told_again_is_taken_once() {
    let slack = SlackUnderTest::start().await;
    let event = SlackDouble::direct("Ev1", "U1", &ts(1), "revenue");
    for retry in 0..3 {
        let mut signed = slack.double.sign(event.to_string().into_bytes(), NOW);
        if retry > 0 {
            signed = signed.again(retry);
        }
        assert_eq!(slack.post("/slack/events", &signed).await.status, 200);
    }
    assert_eq!(slack.line.accepted().len(), 1);
}

#[tokio::test]
async fn what_is_not_kept_is_told_again() {
    let slack = SlackUnderTest::start().await;
    slack.line.set_down(true);
    let event = SlackDouble::direct("Ev1", "U1", &ts(1), "revenue");
    assert_eq!(slack.event(&event).await.status, 503);
    slack.line.set_down(false);
    assert_eq!(slack.event(&event).await.status, 200);
    assert_eq!(slack.line.accepted().len(), 1);
}

/// The service on a port, as Slack reaches it.
#[tokio::test]
async fn slack_insists_until_it_is_taken() {
    let slack = SlackUnderTest::start().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = slack.router.clone();
    let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    slack.double.set_time(NOW);
    let event = SlackDouble::direct("Ev1", "U1", &ts(1), "revenue");
    let body = event.to_string().into_bytes();
    let waits = [Duration::from_millis(20); 50];
    slack.line.set_down(true);
    let refused = slack
        .double
        .insist(&origin, "/slack/events", body.clone(), &waits[..2]);
    assert!(!refused.await);
    let taken = slack.double.insist(&origin, "/slack/events", body, &waits);
    let (taken, ()) = tokio::join!(taken, async { slack.line.set_down(false) });
    assert!(taken);
    assert_eq!(slack.line.accepted().len(), 1);
    serving.abort();
}
