//! The same against a stand-in that others wrote, where `tests/emulate.sh` has started it.

use std::sync::Arc;

use almanac_adapters::Section;
use almanac_adapters::slack::{SLACK, SlackConfig};
use almanac_agent_contract::{
    Adapter, Content, Delivery, Inbound, Origin, Progress, Reply, Sender, Space, SpaceKind,
};
use tokio_util::sync::CancellationToken;

use super::words;
use crate::conformance::replies;
use crate::memory_line::{MemoryLine, delivery, working};

/// Where it is: "http://127.0.0.1:4003/api". Nothing is tested where this is not set.
const ADDRESS: &str = "ALMANAC_TEST_SLACK_API";

/// What `tests/emulate.sh` seeds it with.
const TOKEN: &str = "xoxb-almanac-test";

fn config() -> Option<SlackConfig> {
    Some(SlackConfig {
        bot_token: Some(TOKEN.into()),
        signing_secret: Some("secret".into()),
        api_url: Some(std::env::var(ADDRESS).ok()?),
        ..SlackConfig::default()
    })
}

fn asked(message: Option<String>, private: bool) -> Inbound {
    Inbound {
        platform: SLACK,
        installation: "T000000001".into(),
        event_id: "Ev1".into(),
        space: Space {
            id: "C000000001".into(),
            kind: SpaceKind::Channel,
            thread: message.clone(),
        },
        sender: Sender {
            user: "U000000001".into(),
            name: None,
        },
        content: Content::Text {
            text: "revenue".into(),
        },
        origin: Origin {
            message,
            handle: None,
            private,
        },
        at: "2026-11-20T14:00:00Z".parse().unwrap(),
    }
}

async fn sent(adapter: &Arc<dyn Adapter>, delivery: &Delivery) -> String {
    adapter.send(delivery).await.unwrap().provider_id
}

#[tokio::test]
async fn answers_arrive_and_are_found_again() {
    let Some(config) = config() else { return };
    let services = MemoryLine::new().services();
    let checks = config.check(services.clone()).await;
    let token = checks.iter().find(|it| it.what == "token").unwrap();
    assert!(token.found.is_ok(), "{checks:?}");
    let adapter = config
        .connect(services, CancellationToken::new())
        .unwrap()
        .adapter;

    // A message of its own begins the thread that the rest is in.
    let first = delivery(&asked(None, false), words("A question"));
    let thread = sent(&adapter, &first).await;
    let inbound = asked(Some(thread), false);
    for document in replies::all() {
        let reply = Reply {
            private: false,
            ..document.reply
        };
        let delivery = delivery(&inbound, reply);
        let id = sent(&adapter, &delivery).await;
        let found = adapter.find(&delivery).await.unwrap();
        let found = found.unwrap_or_else(|| panic!("{} is not there", document.name));
        assert_eq!(found.provider_id, id, "{}", document.name);
    }
    let never = delivery(&inbound, words("never sent"));
    assert_eq!(adapter.find(&never).await.unwrap(), None);

    // It has no streams: the placeholder is a message that is changed.
    let placeholder = adapter
        .progress(&working(&inbound), &Progress::Reading)
        .await;
    let answer = Delivery {
        replaces: placeholder.clone(),
        ..delivery(&inbound, words("$5"))
    };
    assert_eq!(Some(sent(&adapter, &answer).await), placeholder);
    let alone = asked(None, true);
    sent(&adapter, &delivery(&alone, words("$5"))).await;
}
