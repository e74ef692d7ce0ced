//! The chat page, with and without its script.

use std::sync::Arc;

use almanac_adapters::web::{Access, PAGE, WEB, Web};
use almanac_agent_contract::{Adapter, Content, Inbound, Language, Outcome, Progress, Reply};
use async_trait::async_trait;
use uuid::Uuid;

use crate::browser::{Browser, web, web_in};
use crate::conformance::{Taken, UnderTest, replies};
use crate::memory_line::{MemoryLine, working};

/// The page in a browser.
pub(crate) struct WebUnderTest {
    line: Arc<MemoryLine>,
    web: Arc<Web>,
    browser: Browser,
}

impl WebUnderTest {
    pub(crate) fn new() -> Self {
        let line = MemoryLine::new();
        let web = web(&line, Access::Loopback);
        let browser = Browser::new(&web);
        Self { line, web, browser }
    }
}

#[async_trait]
impl UnderTest for WebUnderTest {
    fn adapter(&self) -> Arc<dyn Adapter> {
        self.web.clone()
    }

    async fn say(&mut self, event: u128, text: &str) -> Taken {
        let id = Uuid::from_u128(event).to_string();
        let got = self
            .browser
            .post("/ask", &[("text", text), ("event_id", &id)])
            .await;
        match got.status.as_u16() {
            303 => Taken::Yes,
            413 | 422 => Taken::No(notice(got.text())),
            other => panic!("{other}: {}", got.text()),
        }
    }

    async fn press(&mut self, action: &str) -> Taken {
        let on = self
            .line
            .accepted()
            .into_iter()
            .rev()
            .find_map(|it| match it.content {
                Content::Text { .. } => Some(it.event_id),
                _ => None,
            });
        let form = [("action", action), ("on", on.as_deref().unwrap())];
        let got = self.browser.post_for_piece("/press", &form).await;
        if got.status.is_success() {
            Taken::Yes
        } else {
            Taken::No(notice(got.text()))
        }
    }

    fn accepted(&self) -> Vec<Inbound> {
        self.line.accepted()
    }

    async fn shown(&mut self, reply: Reply) -> String {
        let count = self.line.accepted().len();
        let id = Uuid::from_u128(count as u128 + 1_000).to_string();
        let form = [("text", "show it"), ("event_id", id.as_str())];
        let (piece, ()) = tokio::join!(self.browser.post_for_piece("/ask", &form), async {
            let inbound = self.line.after(count).await;
            self.line
                .answer_with(self.web.as_ref(), &inbound, reply)
                .await;
        });
        // What is swapped in and what is there after a reload are the same.
        let page = self.browser.get("/").await;
        assert!(
            page.text().contains(piece.text()),
            "{}\nis not in\n{}",
            piece.text(),
            page.text()
        );
        piece.text().to_owned()
    }

    fn quoted(&self, text: &str) -> String {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
    }

    fn live_markup(&self) -> &'static [&'static str] {
        &["<script", "<img src=x", "\"><b>", " onerror=alert(2)>"]
    }
}

/// The one sentence a refusal shows.
fn notice(html: &str) -> String {
    let start = html
        .find("class=\"notice\"")
        .unwrap_or_else(|| panic!("no notice in {html}"));
    let text = &html[start..];
    let open = text.find('>').unwrap() + 1;
    text[open..open + text[open..].find('<').unwrap()].to_owned()
}

fn hidden_event_id(page: &str) -> String {
    let marker = "name=\"event_id\" value=\"";
    let start = page.find(marker).unwrap() + marker.len();
    page[start..start + 36].to_owned()
}

fn words(text: &str) -> Reply {
    Reply::words(Outcome::Answer, text)
}

#[tokio::test]
async fn an_empty_chat_shows_examples_and_no_text_as_markup() {
    let line = MemoryLine::new();
    let mut browser = Browser::new(&web(&line, Access::Loopback));
    let page = browser.get("/").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("How was revenue last week?"));
    assert!(page.text().contains("Shop &lt;&amp;&gt; Co"));
    assert!(
        !page.text().contains("style=\""),
        "the policy forbids inline styles"
    );
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("cache-control"), "no-store");
    let cookie = page.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
}

#[tokio::test]
async fn without_a_script_the_page_comes_back_with_the_answer() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let mut browser = Browser::new(&web);
    let id = hidden_event_id(browser.get("/").await.text());
    let asked = browser
        .post("/ask", &[("text", "revenue?"), ("event_id", &id)])
        .await;
    assert_eq!(
        (asked.status.as_u16(), asked.header("location")),
        (303, "/?wait")
    );
    let inbound = line.after(0).await;
    assert_eq!(
        (&inbound.platform, inbound.installation.as_str()),
        (&WEB, PAGE)
    );
    let (page, ()) = tokio::join!(browser.get("/?wait"), async {
        tokio::task::yield_now().await;
        line.answer_with(web.as_ref(), &inbound, words("It was 42."))
            .await;
    });
    assert!(page.text().contains("It was 42."));
    assert!(!page.text().contains("http-equiv=\"refresh\""));
}

#[tokio::test(start_paused = true)]
async fn without_a_script_a_slow_answer_is_looked_for_again() {
    let line = MemoryLine::new();
    let mut browser = Browser::new(&web(&line, Access::Loopback));
    let id = hidden_event_id(browser.get("/").await.text());
    browser
        .post("/ask", &[("text", "revenue?"), ("event_id", &id)])
        .await;
    let page = browser.get("/?wait").await;
    assert!(page.text().contains("http-equiv=\"refresh\""));
    assert!(page.text().contains("class=\"pending\""));
}

#[tokio::test(start_paused = true)]
async fn an_answer_sent_by_another_replica_is_found() {
    let line = MemoryLine::new();
    let mut browser = Browser::new(&web(&line, Access::Loopback));
    let form = [
        ("text", "revenue?"),
        ("event_id", "018f3f3e-0000-7000-8000-000000000001"),
    ];
    let (piece, ()) = tokio::join!(browser.post_for_piece("/ask", &form), async {
        let inbound = line.after(0).await;
        line.record(&inbound, words("From elsewhere."));
    });
    assert_eq!(piece.status, 200);
    assert!(piece.text().contains("From elsewhere."));
}

#[tokio::test(start_paused = true)]
async fn a_script_that_waited_long_enough_is_told_to_ask_again() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let mut browser = Browser::new(&web);
    let form = [
        ("text", "revenue?"),
        ("event_id", "018f3f3e-0000-7000-8000-000000000001"),
    ];
    assert_eq!(browser.post_for_piece("/ask", &form).await.status, 202);
    let inbound = line.after(0).await;
    line.answer_with(web.as_ref(), &inbound, words("At last."))
        .await;
    let again = browser.post_for_piece("/ask", &form).await;
    assert!(again.text().contains("At last."));
    assert_eq!(line.accepted().len(), 1);
}

#[tokio::test]
async fn the_same_form_with_other_words_is_another_question() {
    let line = MemoryLine::new();
    let mut browser = Browser::new(&web(&line, Access::Loopback));
    let id = hidden_event_id(browser.get("/").await.text());
    browser
        .post("/ask", &[("text", "revenue?"), ("event_id", &id)])
        .await;
    let choice = [
        ("text", ""),
        ("choice", "orders?"),
        ("event_id", id.as_str()),
    ];
    browser.post("/ask", &choice).await;
    let texts: Vec<Content> = line.accepted().into_iter().map(|it| it.content).collect();
    let text = |text: &str| Content::Text { text: text.into() };
    assert_eq!(texts, [text("revenue?"), text("orders?")]);
}

#[tokio::test]
async fn a_new_chat_is_empty_and_the_old_ones_files_are_out_of_reach() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let mut browser = Browser::new(&web);
    let id = hidden_event_id(browser.get("/").await.text());
    browser
        .post("/ask", &[("text", "revenue by day"), ("event_id", &id)])
        .await;
    let inbound = line.after(0).await;
    line.answer_with(web.as_ref(), &inbound, replies::chart().reply)
        .await;
    let [svg, png, csv] = [
        format!("/charts/{}.svg?theme=dark", inbound.event_id),
        format!("/charts/{}.png?width=narrow", inbound.event_id),
        format!("/export/{}.csv", inbound.event_id),
    ];
    let page = browser.get("/").await;
    assert!(
        page.text()
            .contains(&format!("/charts/{}.svg?theme=light", inbound.event_id))
    );
    assert!(
        page.text().contains("no data on 17 Oct"),
        "the chart in words"
    );
    let drawn = browser.get(&svg).await;
    assert_eq!(
        (drawn.status.as_u16(), drawn.header("content-type")),
        (200, "image/svg+xml")
    );
    assert!(drawn.text().contains("<svg"));
    assert!(drawn.header("cache-control").starts_with("private"));
    let painted = browser.get(&png).await;
    assert_eq!(painted.status, 200);
    assert!(painted.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let exported = browser.get(&csv).await;
    assert_eq!(
        exported.header("content-disposition"),
        "attachment; filename=\"revenue-by-day.csv\""
    );
    assert_eq!(exported.text().lines().count(), 31);

    assert_eq!(browser.post("/new", &[]).await.status, 303);
    let page = browser.get("/").await;
    assert!(page.text().contains("id=\"welcome\""));
    assert!(!page.text().contains("revenue by day"));
    for file in [&svg, &png, &csv] {
        assert_eq!(browser.get(file).await.status, 404, "{file}");
    }
    let press = [("action", "good"), ("on", inbound.event_id.as_str())];
    assert_eq!(browser.post("/press", &press).await.status, 404);
}

#[tokio::test]
async fn said_unasked_is_shown_too() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let mut browser = Browser::new(&web);
    let id = hidden_event_id(browser.get("/").await.text());
    browser
        .post("/ask", &[("text", "hello"), ("event_id", &id)])
        .await;
    let mut told = line.after(0).await;
    told.event_id = "a-digest".into();
    line.answer_with(web.as_ref(), &told, words("Good morning."))
        .await;
    assert!(browser.get("/").await.text().contains("Good morning."));
}

#[tokio::test]
async fn a_store_that_is_away_is_said_in_words() {
    let line = MemoryLine::new();
    let mut browser = Browser::new(&web(&line, Access::Loopback));
    let id = hidden_event_id(browser.get("/").await.text());
    line.set_down(true);
    let form = [("text", "revenue?"), ("event_id", id.as_str())];
    let got = browser.post_for_piece("/ask", &form).await;
    assert_eq!(got.status, 503);
    assert!(notice(got.text()).contains("Try again"));
    assert_eq!(browser.get("/").await.status, 503);
    line.set_down(false);
    assert_eq!(browser.post("/ask", &form).await.status, 303);
}

#[tokio::test]
async fn the_page_speaks_the_workspaces_language() {
    let line = MemoryLine::new();
    for (language, lang, welcome) in [
        (Language::Es, "lang=\"es\"", "¿Qué quieres saber?"),
        (Language::Pt, "lang=\"pt\"", "O que você quer saber?"),
    ] {
        let page = Browser::new(&web_in(&line, Access::Loopback, language))
            .get("/")
            .await;
        assert!(page.text().contains(lang) && page.text().contains(welcome));
    }
}

#[tokio::test]
async fn assets_have_the_address_of_their_content_and_stay() {
    let line = MemoryLine::new();
    let mut browser = Browser::new(&web(&line, Access::Loopback));
    let page = browser.get("/").await;
    for (before, kind) in [
        ("href=\"/assets/page.", "text/css"),
        ("src=\"/assets/page.", "text/javascript"),
    ] {
        let from = page.text().find(before).unwrap() + before.find('/').unwrap();
        let path = &page.text()[from..from + page.text()[from..].find('"').unwrap()];
        let asset = browser.get(path).await;
        assert!(asset.header("content-type").starts_with(kind));
        assert!(asset.header("cache-control").contains("immutable"));
    }
    assert_eq!(browser.get("/assets/page.0000.css").await.status, 404);
}

#[tokio::test]
async fn progress_and_history_leave_nothing_out_of_order() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let mut browser = Browser::new(&web);
    let id = hidden_event_id(browser.get("/").await.text());
    for text in ["first", "second"] {
        browser
            .post("/ask", &[("text", text), ("event_id", &id)])
            .await;
    }
    web.progress(&working(&line.after(0).await), &Progress::Reading)
        .await;
    for at in [1, 0] {
        let inbound = line.after(at).await;
        line.answer_with(web.as_ref(), &inbound, words(&format!("answer {at}")))
            .await;
    }
    let page = browser.get("/").await;
    let at = |text: &str| page.text().find(text).unwrap();
    assert!(at(">first<") < at("answer 0") && at("answer 0") < at(">second<"));
    assert!(at(">second<") < at("answer 1"));
}
