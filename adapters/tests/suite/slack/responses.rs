//! Slack's own samples of what its methods answer: the adapter takes each as Slack means it, and the
//! stand-in answers with nothing that is not in them.

use std::collections::BTreeMap;

use almanac_adapters::Section;
use almanac_adapters_doubles::slack::{APP_TOKEN, BOT_TOKEN, Fault, SlackDouble};
use almanac_agent_contract::{Delivery, Inbound, Progress, Reply, TextFile};
use serde_json::{Value, json};

use super::emulated::{client, send};
use super::payloads::samples;
use super::{SlackUnderTest, config, ts, words};
use crate::memory_line::{delivery, working};

/// Samples of methods that Almanac never calls.
const LEFT: [&str; 9] = [
    "admin.users.list",
    "apps.permissions.users.list",
    "chat.deleteScheduledMessage",
    "conversations.info",
    "conversations.members",
    "usergroups.users.list",
    "users.info",
    "users.list",
    "views.update",
];

/// The samples of methods that are called, by method. Of the others, the name is logged.
fn called() -> BTreeMap<String, Value> {
    let all = samples("api");
    assert!(all.len() > 20, "{}", all.len());
    let mut called = BTreeMap::new();
    for (path, sample) in all {
        let method = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(sample["ok"].is_boolean(), "{method}: {sample}");
        if LEFT.contains(&method.as_str()) {
            println!("left: {method}");
        } else {
            called.insert(method, sample);
        }
    }
    called
}

async fn asked(slack: &SlackUnderTest) -> Inbound {
    slack.asked(1).await
}

/// A question in a thread of the direct chat, where an assistant may be.
async fn asked_assistant(slack: &SlackUnderTest) -> Inbound {
    let mut event = SlackDouble::direct("Ev1", "U1", &ts(2), "revenue");
    event["event"]["thread_ts"] = json!(ts(1));
    let before = slack.line.accepted().len();
    slack.event(&event).await;
    slack.line.after(before).await
}

fn private(text: &str) -> Reply {
    Reply {
        private: true,
        ..words(text)
    }
}

fn with_file() -> Reply {
    let file = TextFile {
        name: "rows.csv".into(),
        kind: "text/csv".into(),
        text: "a,b\n".into(),
    };
    Reply {
        file: Some(file),
        ..words("Here it is.")
    }
}

/// Has a turn under way shown as a stream, and gives its id.
async fn streamed(slack: &SlackUnderTest, inbound: &Inbound) -> Option<String> {
    let adapter = &slack.adapter;
    adapter
        .progress(&working(inbound), &Progress::Reading)
        .await
        .placeholder
}

/// Makes a method be called. Whether what was done by it was done, as far as anybody sees it.
async fn call(slack: &SlackUnderTest, method: &str) -> Option<bool> {
    let double = &slack.double;
    let mut config = config(double);
    config.app_token = Some(APP_TOKEN.into());
    let checked = async |what: &str| {
        let checks = config.check(slack.line.services()).await;
        let check = checks.into_iter().find(|it| it.what == what);
        check.unwrap().found.is_ok()
    };
    let attached = async |slack: &SlackUnderTest| {
        let delivery = delivery(&asked(slack).await, with_file());
        slack.adapter.send(&delivery).await.unwrap();
        !slack.last().text.contains("could not be attached")
    };
    match method {
        "auth.test" => return Some(checked("token").await),
        "apps.connections.open" => return Some(checked("app token").await),
        "files.getUploadURLExternal" | "files.completeUploadExternal" => {
            return Some(attached(slack).await);
        }
        "chat.postEphemeral" => {
            let delivery = delivery(&asked(slack).await, private("$5"));
            return Some(slack.adapter.send(&delivery).await.is_ok());
        }
        "chat.startStream" => {
            let id = streamed(slack, &asked(slack).await).await.unwrap();
            return Some(id.starts_with("stream/"));
        }
        "assistant.threads.setStatus" => {
            return Some(
                streamed(slack, &asked_assistant(slack).await)
                    .await
                    .is_none(),
            );
        }
        "chat.appendStream" => {
            let inbound = asked(slack).await;
            let mut turn = working(&inbound);
            turn.placeholder = streamed(slack, &inbound).await;
            slack.adapter.progress(&turn, &Progress::Writing).await;
        }
        "chat.stopStream" | "chat.delete" => {
            let inbound = asked(slack).await;
            let replaces = streamed(slack, &inbound).await;
            let answer = Delivery {
                replaces,
                ..delivery(&inbound, private("$5"))
            };
            slack.adapter.send(&answer).await.unwrap();
        }
        "assistant.threads.setTitle" => drop(asked_assistant(slack).await),
        "assistant.threads.setSuggestedPrompts" => {
            let thread = json!({"channel_id": "DU1", "thread_ts": ts(1)});
            let opened = json!({"type": "assistant_thread_started", "assistant_thread": thread});
            slack.event(&SlackDouble::event("Ev1", &opened)).await;
        }
        "views.publish" => {
            let opened = json!({"type": "app_home_opened", "user": "U1", "tab": "home"});
            slack.event(&SlackDouble::event("Ev1", &opened)).await;
        }
        "views.open" => {
            let command = double.command("C1", "U1", "trigger.1", "ask");
            slack.type_command(&command).await;
        }
        other => panic!("a new sample: {other}"),
    }
    double.until(method, 1).await;
    None
}

/// A call of the stand-in itself.
async fn answer(double: &SlackDouble, method: &str, arguments: &Value) -> Value {
    let token = match method {
        "apps.connections.open" => APP_TOKEN,
        _ => BOT_TOKEN,
    };
    let address = format!("{}/{method}", double.api_url());
    let request = client().post(address).bearer_auth(token);
    let request = match method {
        "files.getUploadURLExternal" => request
            .header("content-type", "application/x-www-form-urlencoded")
            .body("filename=rows.csv&length=4"),
        _ => request.json(arguments),
    };
    let answer: Value = send(request).await.json().await.unwrap();
    assert_eq!(answer["ok"], json!(true), "{method}: {answer}");
    answer
}

#[tokio::test]
async fn every_sample_is_taken_as_it_is_meant() {
    for (method, sample) in called() {
        for ok in [true, false] {
            let slack = SlackUnderTest::start().await;
            let mut said = sample.clone();
            said["ok"] = json!(ok);
            if ok {
                // The samples have all fields: what is well says nothing of what is wrong.
                for field in ["error", "needed", "provided"] {
                    said.as_object_mut().unwrap().remove(field);
                }
            }
            if ok && method == "files.getUploadURLExternal" {
                // The bytes go where the answer says.
                let real = answer(&slack.double, &method, &Value::Null).await;
                for field in ["upload_url", "file_id"] {
                    assert!(said[field].is_string(), "{said}");
                    said[field] = real[field].clone();
                }
            }
            // The token's team is known by then: the first question asks for it.
            slack.asked(99).await;
            slack.double.fault(&method, Fault::Said(said));
            let done = call(&slack, &method).await;
            assert!(done.is_none_or(|done| done == ok), "{method}, ok: {ok}");
        }
    }
}

#[tokio::test]
async fn the_stand_in_answers_with_what_slack_has() {
    let double = SlackDouble::start().await;
    let place = json!({"channel": "DU1", "thread_ts": ts(1), "text": "x", "user": "U1",
        "channel_id": "DU1", "markdown_text": "x", "status": "x", "title": "x", "trigger_id": "t",
        "user_id": "U1", "prompts": []});
    let stream = answer(&double, "chat.startStream", &place).await;
    let file = answer(&double, "files.getUploadURLExternal", &Value::Null).await;
    let upload = client().post(file["upload_url"].as_str().unwrap());
    send(upload.body("a,b\n")).await;
    let samples = called();
    // What ends a stream comes after what goes on with it.
    let mut methods: Vec<&String> = samples.keys().collect();
    methods.sort_by_key(|method| ["chat.stopStream", "chat.delete"].contains(&method.as_str()));
    methods.sort_by_key(|method| method.as_str() == "chat.delete");
    for method in methods {
        let mut arguments = place.clone();
        arguments["ts"] = stream["ts"].clone();
        arguments["files"] = json!([{"id": file["file_id"], "title": "rows.csv"}]);
        let kind = if method == "views.open" {
            "modal"
        } else {
            "home"
        };
        arguments["view"] = json!({"type": kind, "title": {"text": "x"}, "blocks": []});
        let answer = answer(&double, method, &arguments).await;
        for (field, value) in answer.as_object().unwrap() {
            let theirs = &samples[method][field];
            assert!(
                std::mem::discriminant(theirs) == std::mem::discriminant(value),
                "{method}: {field} is {value} here and {theirs} at Slack"
            );
        }
    }
}
