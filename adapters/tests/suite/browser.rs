//! A browser without a script: keeps cookies, follows redirects, posts forms from the page's own
//! origin.

use std::sync::Arc;

use almanac_adapters::web::{Access, Web, WebOptions};
use almanac_agent_contract::{FixedClock, Language};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use secrecy::SecretString;
use tower::ServiceExt;

use crate::memory_line::MemoryLine;

pub(crate) const LOGIN: &str = "a-login-key-of-some-length";
pub(crate) const API: &str = "an-api-key-of-some-length";

/// The moment of every test.
pub(crate) fn clock() -> FixedClock {
    FixedClock("2026-11-20T14:00:00Z".parse().unwrap())
}

pub(crate) fn keys() -> Access {
    Access::Keys {
        login: SecretString::from(LOGIN),
        api: vec![SecretString::from("another-key"), SecretString::from(API)],
    }
}

/// The web over a line.
pub(crate) fn web(line: &Arc<MemoryLine>, access: Access) -> Arc<Web> {
    web_in(line, access, Language::En)
}

pub(crate) fn web_in(line: &Arc<MemoryLine>, access: Access, language: Language) -> Arc<Web> {
    let options = WebOptions {
        workspace_name: "Shop <&> Co".into(),
        language,
        access,
        examples: vec!["How was revenue last week?".into(), "Top 5 products".into()],
    };
    Web::new(Arc::clone(line) as _, Arc::new(clock()), options)
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Got {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// Sends one request.
pub(crate) async fn send(router: &Router, request: Request<Body>) -> Got {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Got {
        status: parts.status,
        headers: parts.headers,
        bytes,
    }
}

/// A browser.
pub(crate) struct Browser {
    pub(crate) router: Router,
    pub(crate) cookies: Vec<(String, String)>,
}

impl Browser {
    pub(crate) fn new(web: &Arc<Web>) -> Self {
        Self {
            router: web.router(),
            cookies: Vec::new(),
        }
    }

    pub(crate) fn cookie_header(&self) -> String {
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        pairs.join("; ")
    }

    pub(crate) async fn get(&mut self, path: &str) -> Got {
        self.request(Request::get(path), Body::empty()).await
    }

    /// Posts a form as the page does.
    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Got {
        let request = Request::post(path).header("sec-fetch-site", "same-origin");
        self.request(request, Body::from(encode(form))).await
    }

    /// Posts a form as the page's script does.
    pub(crate) async fn post_for_piece(&mut self, path: &str, form: &[(&str, &str)]) -> Got {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header("x-almanac-fragment", "1");
        self.request(request, Body::from(encode(form))).await
    }

    async fn request(&mut self, request: axum::http::request::Builder, body: Body) -> Got {
        let request = request
            .header(header::HOST, "localhost:8080")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, self.cookie_header())
            .body(body)
            .unwrap();
        let got = send(&self.router, request).await;
        for set in got.headers.get_all(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        got
    }
}

fn encode(form: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                    (b as char).to_string()
                }
                other => format!("%{other:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = form
        .iter()
        .map(|(k, v)| format!("{}={}", escape(k), escape(v)))
        .collect();
    pairs.join("&")
}
