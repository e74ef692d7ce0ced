//! Slack's adapter over real HTTP against `emulate` (npm), a stand-in that others wrote, where
//! `ALMANAC_TEST_SLACK_API` has its origin ("http://127.0.0.1:4003") and it was started with
//! `adapters/tests/emulate.yml`. Elsewhere these tests are passed over.
//!
//! Version 0.12.2 differs from Slack in this: it knows no assistant threads, streams and Socket Mode,
//! so progress is a message that is changed; it neither checks blocks nor counts calls; and it signs
//! events but has no way to be told where to send them, so events are signed by our own stand-in.

use std::sync::{Arc, Mutex};

use almanac_adapters::Section;
use almanac_adapters::slack::{SLACK, SlackSection};
use almanac_adapters_doubles::slack::{SIGNING_SECRET, SlackDouble};
use almanac_agent_contract::{Progress, Receipt, SendError};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Request, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{SlackUnderTest, ts, words};
use crate::conformance::replies;
use crate::memory_line::{delivery, working};

const TOKEN: &str = "xoxb-emulated";
const TEAM: &str = "T000000001";
const CHANNEL: &str = "C000000001";
const PERSON: &str = "U000000001";
/// The app as the team's file has it.
const CLIENT: (&str, &str) = ("1.2", "emulated-client-secret");

/// What was asked of the emulator and what it said.
type Calls = Arc<Mutex<Vec<(String, Value)>>>;

/// The emulator, behind a front that writes down what it says.
struct Emulator {
    origin: String,
    front: String,
    calls: Calls,
}

impl Emulator {
    async fn reach() -> Option<Self> {
        let origin = std::env::var("ALMANAC_TEST_SLACK_API").ok()?;
        let origin = origin.trim_end_matches('/').to_owned();
        let calls = Calls::default();
        let state = (origin.clone(), Arc::clone(&calls));
        let router = any(forward).with_state(state);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let front = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router.into_make_service()).await });
        println!("asked emulate");
        Some(Self {
            origin,
            front,
            calls,
        })
    }

    fn config(&self) -> SlackSection {
        SlackSection {
            signing_secret: Some(SIGNING_SECRET.into()),
            bot_token: Some(TOKEN.into()),
            api_url: Some(format!("{}/api", self.front)),
            ..SlackSection::default()
        }
    }

    async fn slack(&self) -> SlackUnderTest {
        SlackUnderTest::with(SlackDouble::start().await, &self.config())
    }

    /// What a method was answered, once it was called so many times.
    async fn answers(&self, method: &str, count: usize) -> Vec<Value> {
        loop {
            let calls = self.calls.lock().unwrap().clone();
            let of = calls.into_iter().filter(|(it, _)| it == method);
            let answers: Vec<Value> = of.map(|(_, answer)| answer).collect();
            if answers.len() >= count {
                return answers;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// Asks the emulator itself.
    async fn ask(&self, method: &str, body: &Value) -> Value {
        let request = client()
            .post(format!("{}/api/{method}", self.origin))
            .bearer_auth(TOKEN)
            .json(body);
        let answer: Value = send(request).await.json().await.unwrap();
        assert_eq!(answer["ok"], json!(true), "{method}: {answer}");
        answer
    }
}

/// A client as a browser would not be: it goes nowhere by itself.
pub(super) fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    client.build().unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a stand-in is asked, and nothing else"
)]
pub(super) async fn send(request: reqwest::RequestBuilder) -> reqwest::Response {
    request.send().await.unwrap()
}

/// Passes a request on, and writes down what was answered.
async fn forward(
    State((origin, calls)): State<(String, Calls)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let kind = headers.get(header::CONTENT_TYPE);
    let mut request = client()
        .request(method, format!("{origin}{uri}"))
        .header("content-type", kind.map_or("", |it| it.to_str().unwrap()))
        .body(body);
    if let Some(who) = headers.get(header::AUTHORIZATION) {
        request = request.header("authorization", who.as_bytes());
    }
    let answer = send(request).await;
    let status = StatusCode::from_u16(answer.status().as_u16()).unwrap();
    let kind = answer.headers().get("content-type").cloned();
    let bytes = answer.bytes().await.unwrap();
    if let Some(called) = uri.path().strip_prefix("/api/") {
        let said = serde_json::from_slice(&bytes).unwrap_or_default();
        calls.lock().unwrap().push((called.to_owned(), said));
    }
    let kind = kind.map_or_else(String::new, |it| it.to_str().unwrap().to_owned());
    (status, [(header::CONTENT_TYPE, kind)], bytes).into_response()
}

fn asked(event: u32, text: &str) -> Value {
    let id = format!("Ev{event}");
    let mut event = SlackDouble::mention(&id, CHANNEL, PERSON, &ts(event.into()), text);
    event["team_id"] = json!(TEAM);
    event["authorizations"][0]["team_id"] = json!(TEAM);
    event
}

#[tokio::test]
async fn an_answer_takes_the_place_of_its_progress_and_is_found_again() {
    let Some(emulator) = Emulator::reach().await else {
        return;
    };
    let slack = emulator.slack().await;
    let checks = emulator.config().check(slack.line.services()).await;
    let token = checks.iter().find(|it| it.what == "token").unwrap();
    assert_eq!(token.found.as_deref(), Ok("almanac in The shop"));

    slack.event(&asked(1, "revenue")).await;
    let inbound = slack.line.after(0).await;
    assert_eq!(inbound.installation, TEAM);
    let adapter = &slack.adapter;
    let progress = adapter
        .progress(&working(&inbound), &Progress::Reading)
        .await
        .placeholder;
    let mut answer = delivery(&inbound, words("$5 <!channel> & more"));
    answer.replaces = progress.clone();
    assert_eq!(adapter.find(&answer).await.unwrap(), None);
    let receipt = adapter.send(&answer).await.unwrap();
    let shown = format!("placeholder/{}", receipt.provider_id);
    assert_eq!(progress, Some(shown));
    assert_eq!(adapter.find(&answer).await.unwrap(), Some(receipt));

    let thread = json!({"channel": CHANNEL, "ts": inbound.space.thread});
    let replies = emulator.ask("conversations.replies", &thread).await;
    let ours = |it: &&Value| it["metadata"]["event_payload"]["delivery"] == answer.id.to_string();
    let messages = replies["messages"].as_array().unwrap();
    let shown: Vec<&Value> = messages.iter().filter(ours).collect();
    assert_eq!(shown.len(), 1, "{replies}");
    assert_eq!(shown[0]["text"], json!("$5 &lt;!channel&gt; &amp; more"));
    assert_eq!(shown[0]["user"], json!("U000000009"));

    let mut nowhere = answer.clone();
    nowhere.space.id = "C0NOWHERE".into();
    nowhere.replaces = None;
    let refused = adapter.send(&nowhere).await;
    assert!(matches!(refused, Err(SendError::Refused(_))), "{refused:?}");
}

#[tokio::test]
async fn every_reply_is_taken_with_its_pictures_and_files() {
    let Some(emulator) = Emulator::reach().await else {
        return;
    };
    let slack = emulator.slack().await;
    for (number, document) in (10..).zip(replies::all()) {
        let before = slack.line.accepted().len();
        slack.event(&asked(number, document.name)).await;
        let inbound = slack.line.after(before).await;
        let delivery = delivery(&inbound, document.reply);
        let sent = slack.adapter.send(&delivery).await;
        let sent = sent.unwrap_or_else(|error| panic!("{}: {error}", document.name));
        if !delivery.is_private() {
            let found = slack.adapter.find(&delivery).await.unwrap();
            // Nothing had to be posted for it again.
            let sent = Receipt { posted: 0, ..sent };
            assert_eq!(found, Some(sent), "{}", document.name);
        }
    }
    let calls = emulator.calls.lock().unwrap().clone();
    for (method, answer) in &calls {
        assert_eq!(answer["ok"], json!(true), "{method}: {answer}");
    }
    let called = |name: &str| calls.iter().filter(|(method, _)| method == name).count();
    assert!(called("files.completeUploadExternal") >= 2);
    assert!(called("chat.postEphemeral") >= 1);
    let files = emulator
        .ask("files.list", &json!({"channel": CHANNEL}))
        .await;
    let names = files["files"].to_string();
    assert!(names.contains(".csv"), "{names}");
}

#[tokio::test]
async fn forms_and_the_home_tab_open() {
    let Some(emulator) = Emulator::reach().await else {
        return;
    };
    let slack = emulator.slack().await;
    let trigger = emulator
        .ask("views.generateTriggerId", &json!({"user_id": PERSON}))
        .await;
    let trigger = trigger["trigger_id"].as_str().unwrap();
    let mut command = slack.double.command(CHANNEL, PERSON, trigger, "follow");
    command["team_id"] = json!(TEAM);
    assert_eq!(slack.type_command(&command).await.status, 200);
    let opened = emulator.answers("views.open", 1).await;
    assert_eq!(opened[0]["view"]["callback_id"], json!("form:follow"));

    let home = json!({"type": "app_home_opened", "user": PERSON, "channel": "D1", "tab": "home"});
    let mut event = SlackDouble::event("Ev50", &home);
    event["authorizations"][0]["team_id"] = json!(TEAM);
    slack.event(&event).await;
    let published = emulator.answers("views.publish", 1).await;
    assert_eq!(published[0]["view"]["type"], json!("home"), "{published:?}");
}

#[tokio::test]
async fn a_team_installs_the_app_and_is_answered() {
    let Some(emulator) = Emulator::reach().await else {
        return;
    };
    let config = SlackSection {
        bot_token: None,
        client_id: Some(CLIENT.0.into()),
        client_secret: Some(CLIENT.1.into()),
        teams: vec![TEAM.into()],
        ..emulator.config()
    };
    let slack = SlackUnderTest::with(SlackDouble::start().await, &config);
    let get = async |path: &str, cookie: &str| {
        let request = Request::get(path).header(header::COOKIE, cookie);
        let request = request.body(Body::empty()).unwrap();
        slack.router.clone().oneshot(request).await.unwrap()
    };
    let left = get("/slack/install", "").await;
    let to = left.headers()[header::LOCATION].to_str().unwrap();
    let to = reqwest::Url::parse(to).unwrap();
    let given = |name: &str| {
        let found = to.query_pairs().find(|(key, _)| key == name);
        found.unwrap().1.into_owned()
    };
    let cookie = left.headers()[header::SET_COOKIE].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap();

    // What a person's browser does on the page that the emulator shows.
    let redirect = "http://127.0.0.1/slack/oauth";
    let consent = almanac_adapters_doubles::slack::form(&[
        ("user_id", PERSON),
        ("redirect_uri", redirect),
        ("scope", &given("scope")),
        ("state", &given("state")),
        ("client_id", &given("client_id")),
    ]);
    let request = client()
        .post(format!("{}/oauth/v2/authorize/callback", emulator.origin))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(consent);
    let back = send(request).await;
    let back = back.headers()["location"].to_str().unwrap().to_owned();
    let back = back.strip_prefix("http://127.0.0.1").unwrap();
    let done = get(back, cookie).await;
    let status = done.status();
    let page = to_bytes(done.into_body(), 1 << 16).await.unwrap();
    assert_eq!(status, 200, "{page:?}");

    let kept = slack.line.services().installations.all(&SLACK).await;
    assert_eq!(kept.unwrap()[0].id, TEAM);
    slack.event(&asked(60, "revenue")).await;
    let inbound = slack.line.after(0).await;
    let sent = slack.adapter.send(&delivery(&inbound, words("$5"))).await;
    assert!(sent.is_ok(), "{sent:?}");
}
