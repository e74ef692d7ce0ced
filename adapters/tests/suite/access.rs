//! Who is let in, and what other sites can do: nothing.

use almanac_adapters::web::Access;
use axum::body::Body;
use axum::http::{Method, Request};

use crate::browser::{Browser, LOGIN, keys, send, web};
use crate::memory_line::MemoryLine;

#[tokio::test]
async fn the_login_link_opens_the_page_and_its_key_leaves_the_address() {
    let line = MemoryLine::new();
    let mut browser = Browser::new(&web(&line, keys()));
    let closed = browser.get("/").await;
    assert_eq!(closed.status, 401);
    assert!(closed.text().contains("action=\"/login\""));
    assert_eq!(browser.get("/login?key=wrong").await.status, 401);
    assert_eq!(browser.get("/login?key=").await.status, 401);
    assert_eq!(browser.get("/").await.status, 401);
    let opened = browser.get(&format!("/login?key={LOGIN}")).await;
    assert_eq!(opened.status, 200);
    assert!(
        opened.text().contains("url=/"),
        "the page goes on to the chat"
    );
    assert!(!opened.text().contains(LOGIN));
    assert_eq!(opened.header("referrer-policy"), "no-referrer");
    assert!(
        opened
            .header("set-cookie")
            .contains("HttpOnly; SameSite=Strict")
    );
    assert!(!opened.header("set-cookie").contains(LOGIN));
    assert_eq!(browser.get("/").await.status, 200);
    let api = Request::get("/api/v1/ask/x")
        .header("host", "almanac.example.com")
        .header("cookie", browser.cookie_header())
        .body(Body::empty())
        .unwrap();
    assert_eq!(
        send(&browser.router, api).await.status,
        401,
        "a login is not an API key"
    );
}

#[tokio::test]
async fn a_login_cookie_cannot_be_made_up_or_prolonged() {
    let line = MemoryLine::new();
    let mut browser = Browser::new(&web(&line, keys()));
    browser.get(&format!("/login?key={LOGIN}")).await;
    let (name, value) = browser.cookies[0].clone();
    let (expires, proof) = value.split_once('.').unwrap();
    let later = format!("{}.{proof}", expires.parse::<i64>().unwrap() + 1);
    for made_up in [
        later,
        format!("{expires}."),
        format!("{expires}.00"),
        "x.é".into(),
        String::new(),
    ] {
        browser.cookies = vec![(name.clone(), made_up.clone())];
        assert_eq!(browser.get("/").await.status, 401, "{made_up}");
    }
    browser.cookies = vec![(name, value)];
    assert_eq!(browser.get("/").await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn guessing_login_keys_is_slow() {
    let line = MemoryLine::new();
    let mut browser = Browser::new(&web(&line, keys()));
    for _ in 0..20 {
        assert_eq!(browser.get("/login?key=guess").await.status, 401);
    }
    assert_eq!(
        browser.get(&format!("/login?key={LOGIN}")).await.status,
        429
    );
    tokio::time::advance(std::time::Duration::from_secs(61)).await;
    assert_eq!(
        browser.get(&format!("/login?key={LOGIN}")).await.status,
        200
    );
}

#[tokio::test]
async fn on_loopback_only_local_names_are_served() {
    let line = MemoryLine::new();
    let router = web(&line, Access::Loopback).router();
    let status = async |host: Option<&str>, path: &str| {
        let mut request = Request::get(path);
        if let Some(host) = host {
            request = request.header("host", host);
        }
        send(&router, request.body(Body::empty()).unwrap())
            .await
            .status
            .as_u16()
    };
    for host in [
        "localhost",
        "localhost:8080",
        "127.0.0.1:8080",
        "[::1]:8080",
        "[::1]",
    ] {
        assert_eq!(status(Some(host), "/").await, 200, "{host}");
    }
    for host in [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.nip.io:80",
        "localhost:80:80",
        "",
    ] {
        assert_eq!(status(Some(host), "/").await, 421, "{host}");
        assert_eq!(status(Some(host), "/api/v1/ask/x").await, 421, "{host}");
    }
    assert_eq!(status(None, "/").await, 421);
    assert_eq!(status(Some("10.0.0.7:8080"), "/healthz").await, 200);
}

#[tokio::test]
async fn other_sites_cannot_post() {
    let line = MemoryLine::new();
    let mut browser = Browser::new(&web(&line, Access::Loopback));
    browser.get("/").await;
    let post = async |path: &str, headers: &[(&str, &str)]| {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", "localhost:8080")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", browser.cookie_header());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let form = "text=hi&event_id=018f3f3e-0000-7000-8000-000000000001";
        send(&browser.router, request.body(Body::from(form)).unwrap())
            .await
            .status
            .as_u16()
    };
    assert_eq!(post("/ask", &[("sec-fetch-site", "cross-site")]).await, 403);
    assert_eq!(post("/ask", &[("sec-fetch-site", "same-site")]).await, 403);
    assert_eq!(
        post("/ask", &[("origin", "https://evil.example")]).await,
        403
    );
    assert_eq!(
        post("/ask", &[("origin", "http://localhost:9999")]).await,
        403
    );
    assert_eq!(post("/ask", &[("origin", "null")]).await, 403);
    assert_eq!(post("/ask", &[]).await, 403);
    assert_eq!(
        post("/new", &[("origin", "https://evil.example")]).await,
        403
    );
    assert_eq!(
        post("/api/v1/ask", &[("origin", "https://evil.example")]).await,
        403
    );
    assert_eq!(line.accepted().len(), 0);
    assert_eq!(
        post("/ask", &[("origin", "http://localhost:8080")]).await,
        303
    );
    assert_eq!(line.accepted().len(), 1);
}

#[tokio::test]
async fn a_link_on_another_site_keeps_the_chat_that_is_there() {
    let line = MemoryLine::new();
    let router = web(&line, Access::Loopback).router();
    let request = Request::get("/")
        .header("host", "localhost")
        .header("sec-fetch-site", "cross-site");
    let got = send(&router, request.body(Body::empty()).unwrap()).await;
    assert!(
        got.headers.get("set-cookie").is_none(),
        "no new chat in place of the one there"
    );
    assert!(got.text().contains("url=/"));
}

#[tokio::test]
async fn one_browser_cannot_speak_of_anothers_answers() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let (mut one, mut two) = (Browser::new(&web), Browser::new(&web));
    one.get("/").await;
    two.get("/").await;
    let form = [
        ("text", "revenue"),
        ("event_id", "018f3f3e-0000-7000-8000-000000000001"),
    ];
    one.post("/ask", &form).await;
    two.post("/ask", &form).await;
    let accepted = line.accepted();
    assert_eq!(
        accepted.len(),
        2,
        "the same form id in two browsers is two questions"
    );
    assert_ne!(accepted[0].space, accepted[1].space);
    let on = accepted[0].event_id.as_str();
    assert_eq!(
        two.post("/press", &[("action", "good"), ("on", on)])
            .await
            .status,
        404
    );
    assert_eq!(
        one.post("/press", &[("action", "good"), ("on", on)])
            .await
            .status,
        303
    );
    let secret = one.cookies[0].1.clone();
    assert!(!accepted[0].space.id.contains(&secret) && !on.contains(&secret));
}
