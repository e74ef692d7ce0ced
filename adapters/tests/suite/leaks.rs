//! What is told of failures never has a token in it, nor an address: not where a platform cannot be
//! reached, and not where something in front of it answers with all that it was asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use almanac_adapters::Section;
use almanac_adapters::discord::DiscordSection;
use almanac_adapters::slack::SlackSection;
use almanac_adapters::telegram::TelegramSection;
use almanac_adapters::whatsapp::WhatsAppSection;
use almanac_agent_contract::{
    Content, Inbound, Origin, Outcome, Platform, Reply, Sender, Space, SpaceKind,
};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::memory_line::{MemoryLine, delivery, working};

const SECRET: &str = "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

/// The part of a token of Telegram's that names the bot.
const BOT: &str = "123456789";

/// A platform with the secret as its token, at an address.
fn section(of: &str, api_url: &str) -> Box<dyn Section> {
    fn read<S: Section + serde::de::DeserializeOwned + 'static>(
        section: Value,
    ) -> Box<dyn Section> {
        Box::new(serde_json::from_value::<S>(section).unwrap())
    }
    match of {
        "slack" => read::<SlackSection>(
            json!({"bot_token": format!("xoxb-{SECRET}"), "signing_secret": "s", "api_url": api_url}),
        ),
        "telegram" => {
            read::<TelegramSection>(json!({"token": format!("{BOT}:{SECRET}"), "api_url": api_url}))
        }
        "discord" => read::<DiscordSection>(json!({"token": SECRET, "api_url": api_url})),
        _ => read::<WhatsAppSection>(
            json!({"access_token": SECRET, "app_secret": "s", "verify_token": "v",
            "phone_number_id": "1", "business_account_id": "2", "api_url": api_url}),
        ),
    }
}

/// What something in front of a platform says: everything it was asked, in words or as JSON.
async fn told(
    State((status, as_json, asked_of)): State<(StatusCode, bool, Arc<AtomicUsize>)>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, HeaderMap, String) {
    asked_of.fetch_add(1, Ordering::Relaxed);
    let asked = format!("Cannot serve {uri} {headers:?} {body:?}");
    let mut kind = HeaderMap::new();
    let (name, said) = if as_json {
        ("application/json", json!({"asked": asked}).to_string())
    } else {
        ("text/html", format!("<html>{asked}</html>"))
    };
    kind.insert("content-type", name.parse().unwrap());
    (status, kind, said)
}

async fn in_front(status: u16, as_json: bool, asked_of: &Arc<AtomicUsize>) -> String {
    let status = StatusCode::from_u16(status).unwrap();
    let state = (status, as_json, Arc::clone(asked_of));
    let router = Router::new().fallback(told).with_state(state);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn asked(platform: Platform) -> Inbound {
    Inbound {
        platform,
        installation: BOT.into(),
        event_id: "1".into(),
        space: Space {
            id: "900000000000000001".into(),
            kind: SpaceKind::Direct,
            thread: None,
        },
        sender: Sender {
            user: "900000000000000001".into(),
            name: None,
        },
        content: Content::Text {
            text: "revenue".into(),
        },
        origin: Origin::default(),
        at: "2026-11-20T14:00:00Z".parse().unwrap(),
    }
}

#[tokio::test]
async fn no_failure_tells_a_token_or_an_address() {
    // Nobody listens where somebody did before.
    let gone = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let asked_of = Arc::default();
    let mut addresses = vec![gone];
    for status in [200, 400, 401, 404] {
        addresses.push(in_front(status, false, &asked_of).await);
        addresses.push(in_front(status, true, &asked_of).await);
    }
    for of in ["slack", "telegram", "discord", "whatsapp"] {
        let before = asked_of.load(Ordering::Relaxed);
        for address in &addresses {
            let section = section(of, address);
            let line = MemoryLine::new();
            let connected = section.connect(line.services(), CancellationToken::new());
            let adapter = connected.unwrap().adapter;
            let inbound = asked(section.platform());
            let reply = Reply::words(Outcome::Answer, "$5");
            let delivery = delivery(&inbound, reply);
            let progress = almanac_agent_contract::Progress::Reading;
            let shown = adapter
                .progress(&working(&inbound), &progress)
                .await
                .placeholder;
            assert_eq!(shown, None, "{of} at {address}");
            let failed = adapter.send(&delivery).await;
            let failed = failed.err().unwrap_or_else(|| panic!("{of} at {address}"));
            let checks = section.check(line.services()).await;
            let told = format!("{failed} {failed:?} {checks:?}");
            assert!(!told.contains(SECRET), "{of}: {told}");
            let port = address.rsplit(':').next().unwrap();
            assert!(!told.contains(&format!(":{port}/")), "{of}: {told}");
        }
        let asked = asked_of.load(Ordering::Relaxed) - before;
        assert!(asked >= addresses.len(), "{of} asked {asked} times");
    }
}
