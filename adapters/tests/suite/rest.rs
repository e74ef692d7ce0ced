//! The API, as a program meets it.

use std::sync::Arc;

use almanac_adapters::web::{Access, REST, WEB, Web};
use almanac_agent_contract::{Content, Outcome, Reply};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::browser::{API, Got, keys, send, web};
use crate::conformance::replies;
use crate::memory_line::MemoryLine;

const ASK: &str = "/api/v1/ask";

fn request(headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::post(ASK).header("host", "127.0.0.1:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

async fn post(web: &Arc<Web>, headers: &[(&str, &str)], body: Value) -> Got {
    let mut all = vec![("content-type", "application/json")];
    all.extend_from_slice(headers);
    send(&web.router(), request(&all, body.to_string())).await
}

async fn get(web: &Arc<Web>, path: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::get(path).header("host", "127.0.0.1:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(&web.router(), request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_question_is_answered_with_the_whole_card() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let body = json!({
        "question": "revenue by day", "conversation": "c1", "as": "ana",
        "now": "2026-10-31T09:00:00-03:00",
    });
    let (got, ()) = tokio::join!(post(&web, &[], body), async {
        let inbound = line.after(0).await;
        line.answer_with(web.as_ref(), &inbound, replies::chart().reply)
            .await;
    });
    assert_eq!(got.status, 200);
    let answer = got.json();
    assert_eq!(answer["outcome"], "answer");
    assert_eq!(answer["badge"], "governed");
    assert_eq!(answer["table"]["rows"].as_array().unwrap().len(), 30);
    assert_eq!(answer["period"]["zone"], "America/Sao_Paulo");
    assert_eq!(answer["query"], json!({"metrics": ["revenue"]}));
    let inbound = line.accepted().remove(0);
    assert_eq!(answer["id"], inbound.event_id.as_str());
    assert_eq!(
        (&inbound.platform, inbound.installation.as_str()),
        (&WEB, REST)
    );
    assert_eq!(inbound.space.id, "rest:c1");
    assert_eq!(inbound.sender.user, "ana");
    assert_eq!(inbound.at, "2026-10-31T12:00:00Z".parse().unwrap());
    assert_eq!(
        inbound.content,
        Content::Text {
            text: "revenue by day".into()
        }
    );
}

#[tokio::test]
async fn the_same_key_is_the_same_turn() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let echo = line.echo(web.clone());
    let key = [("idempotency-key", "order-17")];
    let first = post(&web, &key, json!({"question": "revenue"})).await;
    let second = post(&web, &key, json!({"question": "revenue"})).await;
    assert_eq!(first.json(), second.json());
    assert_eq!(first.json()["id"], "order-17");
    assert_eq!(line.accepted().len(), 1);
    let another = post(&web, &key, json!({"question": "orders"})).await;
    let elsewhere = json!({"question": "revenue", "conversation": "c2"});
    let elsewhere = post(&web, &key, elsewhere).await;
    for refused in [another, elsewhere] {
        assert_eq!(refused.status, 422);
        let error = refused.json()["error"].as_str().unwrap().to_owned();
        assert!(error.contains("order-17"), "{error}");
    }
    assert_eq!(line.accepted().len(), 1);
    let other = post(&web, &[], json!({"question": "revenue"})).await;
    assert_ne!(other.json()["id"], "order-17");
    let spaces: Vec<String> = line.accepted().into_iter().map(|it| it.space.id).collect();
    assert_ne!(
        spaces[0], spaces[1],
        "questions without a conversation stand alone"
    );
    echo.abort();
}

#[tokio::test]
async fn the_same_key_at_the_same_time_is_the_same_turn() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let echo = line.echo(web.clone());
    let key = [("idempotency-key", "burst")];
    let posts = (0..50).map(|_| post(&web, &key, json!({"question": "revenue"})));
    let answers = futures::future::join_all(posts).await;
    assert!(
        answers
            .iter()
            .all(|it| it.status == 200 && it.json() == answers[0].json())
    );
    assert_eq!(line.accepted().len(), 1);
    echo.abort();
}

#[tokio::test]
async fn a_program_that_does_not_wait_asks_for_the_answer_later() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let headers = [
        ("prefer", "wait=5, respond-async"),
        ("idempotency-key", "later"),
    ];
    let got = post(&web, &headers, json!({"question": "revenue"})).await;
    assert_eq!(got.status, 202);
    assert_eq!(got.json(), json!({"id": "later"}));
    assert_eq!(got.header("location"), "/api/v1/ask/later");
    assert_eq!(get(&web, "/api/v1/ask/later", &[]).await.status, 202);
    let inbound = line.after(0).await;
    line.record(&inbound, Reply::words(Outcome::Answer, "42"));
    let got = get(&web, "/api/v1/ask/later", &[]).await;
    assert_eq!(
        (got.status.as_u16(), &got.json()["text"]),
        (200, &json!("42"))
    );
    let unknown = get(&web, "/api/v1/ask/never", &[]).await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.json()["error"].is_string());
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_takes_too_long_can_be_fetched() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let got = post(
        &web,
        &[("idempotency-key", "slow")],
        json!({"question": "revenue"}),
    )
    .await;
    assert_eq!(
        (got.status.as_u16(), got.json()),
        (202, json!({"id": "slow"}))
    );
    assert_eq!(got.header("location"), "/api/v1/ask/slow");
}

/// The status, for these headers and this body, and what the sentence says.
type Case<'a> = (u16, &'a [(&'a str, &'a str)], &'a str, &'a str);

#[tokio::test]
async fn what_is_wrong_is_said_in_one_sentence() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let json_type = ("content-type", "application/json");
    let long = json!({"question": "x".repeat(20_001)}).to_string();
    let huge = json!({"question": "x".repeat(2_000_000)}).to_string();
    let cases: &[Case] = &[
        (400, &[json_type], "{\"question\": ", "JSON"),
        (400, &[json_type], "", "JSON"),
        (
            400,
            &[json_type, ("idempotency-key", "a b")],
            "{\"question\": \"x\"}",
            "Idempotency-Key",
        ),
        (413, &[json_type], &long, "20001 bytes"),
        (413, &[json_type], &huge, "1 MiB"),
        (415, &[], "{\"question\": \"x\"}", "Content-Type"),
        (
            415,
            &[("content-type", "text/plain")],
            "{\"question\": \"x\"}",
            "Content-Type",
        ),
        (422, &[json_type], "{\"question\": \"\"}", "empty"),
        (
            422,
            &[json_type],
            "{\"question\": \"x\", \"quick\": true}",
            "quick",
        ),
        (422, &[json_type], "{}", "question"),
        (422, &[json_type], "[1]", "question"),
        (
            422,
            &[json_type],
            "{\"question\": \"x\", \"as\": \" \"}",
            "\"as\"",
        ),
        (
            422,
            &[json_type],
            "{\"question\": \"x\", \"conversation\": \"a\\u0000b\"}",
            "\"conversation\"",
        ),
        (
            422,
            &[json_type],
            "{\"question\": \"x\", \"now\": \"tomorrow\"}",
            "not a question",
        ),
    ];
    for (status, headers, body, says) in cases {
        let got = send(&web.router(), request(headers, (*body).to_owned())).await;
        assert_eq!(got.status, *status, "{}", got.text());
        let error = got.json()["error"].as_str().unwrap().to_owned();
        assert!(error.contains(says), "{error}");
    }
    let binary = request(&[json_type], b"{\"question\": \"\xff\xfe\"}".to_vec());
    assert_eq!(send(&web.router(), binary).await.status, 400);
    assert_eq!(line.accepted().len(), 0);
    line.set_down(true);
    let got = post(&web, &[], json!({"question": "revenue"})).await;
    assert_eq!((got.status.as_u16(), got.header("retry-after")), (503, "1"));
}

#[tokio::test]
async fn what_the_api_does_not_have_is_said_in_json() {
    let web = web(&MemoryLine::new(), Access::Loopback);
    for path in ["/api", "/api/", "/api/v1", "/api/v2/ask", "/api/v1/ask/a/b"] {
        let got = get(&web, path, &[]).await;
        assert_eq!(got.status, 404, "{path}");
        assert!(got.json()["error"].is_string(), "{path}");
    }
    let got = get(&web, ASK, &[]).await;
    assert_eq!((got.status.as_u16(), got.header("allow")), (405, "POST"));
    assert!(got.json()["error"].is_string());
    assert_eq!(get(&web, "/nowhere", &[]).await.status, 404);
}

#[tokio::test]
async fn beyond_loopback_a_key_is_needed_and_now_is_not_to_be_set() {
    let line = MemoryLine::new();
    let web = web(&line, keys());
    let echo = line.echo(web.clone());
    let body = json!({"question": "revenue"});
    for headers in [
        vec![],
        vec![("authorization", "Bearer wrong")],
        vec![("authorization", API)],
    ] {
        let got = post(&web, &headers, body.clone()).await;
        assert_eq!(
            (got.status.as_u16(), got.header("www-authenticate")),
            (401, "Bearer")
        );
    }
    assert_eq!(get(&web, "/api/v1/ask/x", &[]).await.status, 401);
    assert_eq!(line.accepted().len(), 0);
    let bearer = format!("Bearer {API}");
    let key = [("authorization", bearer.as_str())];
    assert_eq!(post(&web, &key, body.clone()).await.status, 200);
    let with_now = json!({"question": "revenue", "now": "2026-01-01T00:00:00Z"});
    assert_eq!(post(&web, &key, with_now).await.status, 422);
    for _ in 0..30 {
        post(&web, &[("authorization", "Bearer wrong")], body.clone()).await;
    }
    let wrong = post(&web, &[("authorization", "Bearer wrong")], body.clone()).await;
    assert_eq!(wrong.status, 429);
    assert_eq!(
        post(&web, &key, body).await.status,
        200,
        "the right key is let in all the same"
    );
    echo.abort();
}

#[tokio::test]
async fn a_programs_charts_are_its_own() {
    let line = MemoryLine::new();
    let web = web(&line, keys());
    let bearer = format!("Bearer {API}");
    let key = [("authorization", bearer.as_str())];
    let headers = [
        key[0],
        ("idempotency-key", "chart-1"),
        ("prefer", "respond-async"),
    ];
    assert_eq!(
        post(&web, &headers, json!({"question": "revenue by day"}))
            .await
            .status,
        202
    );
    let inbound = line.after(0).await;
    line.record(&inbound, replies::chart().reply);
    assert_eq!(get(&web, "/charts/chart-1.png", &key).await.status, 200);
    assert_eq!(get(&web, "/export/chart-1.csv", &key).await.status, 200);
    assert_eq!(get(&web, "/charts/chart-1.png", &[]).await.status, 401);
    assert_eq!(get(&web, "/charts/chart-1.gif", &key).await.status, 404);
}
