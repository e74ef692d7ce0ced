//! The chat page with made-up answers, to look at while working on it:
//! `cargo run -p almanac-adapters --example page`, then open the address it prints.
//!
//! Ask for "revenue", "products", "sales", "rtl", "long", "wide", "hostile" or anything else.
//! `--keys` asks for the login key "look", `--es` and `--pt` speak those languages.

#[path = "../tests/suite/memory_line.rs"]
#[expect(dead_code, clippy::unwrap_used, reason = "written for the tests")]
mod memory_line;
#[path = "../conformance/replies.rs"]
#[expect(dead_code, reason = "written for the tests")]
mod replies;

use std::sync::Arc;
use std::time::Duration;

use almanac_adapters::web::{Access, Web, WebOptions};
use almanac_agent_contract::{Adapter, Content, Language, Outcome, Progress, Reply, SystemClock};
use memory_line::{MemoryLine, working};
use secrecy::SecretString;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let given = |flag: &str| std::env::args().any(|argument| argument == flag);
    let access = if given("--keys") {
        Access::Keys {
            login: SecretString::from("look"),
            api: vec![],
        }
    } else {
        Access::Loopback
    };
    let language = match (given("--es"), given("--pt")) {
        (true, _) => Language::Es,
        (_, true) => Language::Pt,
        _ => Language::En,
    };
    let line = MemoryLine::new();
    let options = WebOptions {
        workspace_name: "Northwind Coffee".into(),
        language,
        access,
        examples: [
            "How was revenue last week?",
            "Top 5 products this month",
            "Compare conversion rate with last year",
            "Revenue in Brazil by channel since June",
        ]
        .map(str::to_owned)
        .into(),
    };
    let web = Web::new(Arc::clone(&line) as _, Arc::new(SystemClock), options);
    tokio::spawn(answer(line, Arc::clone(&web)));
    let listener = TcpListener::bind("127.0.0.1:8099").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, web.router()).await
}

async fn answer(line: Arc<MemoryLine>, web: Arc<Web>) {
    let mut next = 0;
    loop {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let Some(inbound) = line.accepted().get(next).cloned() else {
            continue;
        };
        next += 1;
        let Content::Text { text } = &inbound.content else {
            continue;
        };
        for progress in [Progress::Reading, Progress::Using("query_metrics".into())] {
            web.progress(&working(&inbound), &progress).await;
            tokio::time::sleep(Duration::from_millis(400)).await;
        }
        line.answer_with(web.as_ref(), &inbound, reply_to(&text.to_lowercase()))
            .await;
    }
}

fn reply_to(text: &str) -> Reply {
    let named = [
        ("revenue", "chart"),
        ("products", "list of 30 rows"),
        ("sales", "choices"),
        ("rtl", "right to left"),
        ("long", "long text"),
        ("wide", "wide table"),
        ("hostile", "hostile"),
    ];
    let document = named
        .iter()
        .find(|(word, _)| text.contains(word))
        .and_then(|(_, name)| {
            replies::all()
                .into_iter()
                .find(|document| document.name == *name)
        });
    document.map_or_else(
        || {
            let mut reply = Reply::words(
                Outcome::Refuse,
                "I do not know a metric by that name. I know revenue, orders, conversion rate and 37 more.",
            );
            reply.choices = replies::choices().reply.choices;
            reply
        },
        |document| document.reply,
    )
}
