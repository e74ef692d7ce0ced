//! One person on several platforms: what they mean by a word on one is meant on the other. And
//! strangers, who are nobody's.

use almanac_agent_contract::{Platform, Side, Space, SpaceKind};

use crate::shop::ground;
use crate::town::{Chat, Plan, Town};

const SALES: &str = "sales in October 2026";

/// Each platform with another one.
const PAIRS: [(Chat, Chat); 4] = [
    (Chat::Slack, Chat::Telegram),
    (Chat::Telegram, Chat::Discord),
    (Chat::Discord, Chat::WhatsApp),
    (Chat::WhatsApp, Chat::Slack),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_linked_person_is_the_same_on_both_platforms() {
    let town = Town::new(&ground(), Plan::default()).await;
    let _service = town.open().await;
    for (who, (here, there)) in (1..).zip(PAIRS) {
        town.say(here, who, "link").await;
        let offer = town
            .sees((here, who), "a code", |it| it.text.contains("link "))
            .await;
        let code = offer.text.rsplit("link ").next().unwrap_or_default();
        let code = code.split_whitespace().next().unwrap_or_default();
        town.say(there, who, &format!("link {code}")).await;
        town.sees((there, who), "a link", |it| it.text.contains("Linked"))
            .await;
        town.say(here, who, "when I say sales I mean net revenue")
            .await;
        town.sees((here, who), "that it is remembered", |it| {
            it.text.to_lowercase().contains("net revenue")
        })
        .await;
        for chat in [here, there] {
            let before = town.seen(chat, who).len();
            town.say(chat, who, SALES).await;
            let answer = town
                .sees((chat, who), "net revenue", |it| {
                    it.text.contains("October 2026") && it.text.contains("Net revenue")
                })
                .await;
            assert!(town.seen(chat, who).len() > before, "{answer:#?}");
        }
        // Nobody else means it so.
        town.say(there, 100 + who, SALES).await;
        let other = town
            .sees((there, 100 + who), "an answer", |it| !it.text.is_empty())
            .await;
        assert!(!other.text.contains("Net revenue ("), "{other:#?}");
        // A code is good once.
        town.say(there, 100 + who, &format!("link {code}")).await;
        town.sees((there, 100 + who), "that it is not known", |it| {
            it.text.contains("not known")
        })
        .await;
    }
    assert_eq!(town.breaches(), Vec::<String>::new());
}

/// Writes "link" somewhere, and reads the code.
async fn code(town: &Town, chat: Chat, who: u32) -> String {
    town.say(chat, who, "link").await;
    let offer = town
        .sees((chat, who), "a code", |it| {
            it.text.contains("within 15 minutes")
        })
        .await;
    let code = offer.text.rsplit("link ").next().unwrap_or_default();
    code.split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_told_how_to_link_and_nothing_else() {
    let plan = Plan {
        more: "[people]\nstrangers = \"link\"\n".into(),
        ..Plan::default()
    };
    let town = Town::new(&ground(), plan).await;
    let service = town.open().await;
    let open = [Chat::Telegram, Chat::WhatsApp, Chat::Discord];
    for (who, chat) in (1..).zip(open) {
        town.say(chat, who, SALES).await;
        let told = |it: &crate::town::Seen| it.text.contains("I answer people of Lumen");
        town.sees((chat, who), "how to link", told).await;
        town.say(chat, who, SALES).await;
        town.say(chat, who, "and by country?").await;
        // A code for another open platform helps nobody: strangers may link themselves.
        let code_here = code(&town, chat, who).await;
        let other = open[usize::try_from(who).unwrap() % open.len()];
        town.say(other, 50 + who, &format!("link {code_here}"))
            .await;
        let linked = |it: &crate::town::Seen| it.text.contains("Linked");
        town.sees((other, 50 + who), "a link", linked).await;
        town.say(other, 50 + who, SALES).await;
        town.sees((other, 50 + who), "how to link", told).await;

        let seen = town.seen(chat, who);
        assert_eq!(seen.iter().filter(|it| told(it)).count(), 1, "{seen:#?}");
        assert_eq!(seen.len(), 2, "once, and the code: {seen:#?}");

        // Whom a colleague's chat vouches for is one of us.
        let code_there = code(&town, Chat::Slack, who).await;
        town.say(chat, who, &format!("link {code_there}")).await;
        town.sees((chat, who), "a link", linked).await;
        town.say(chat, who, SALES).await;
        town.sees((chat, who), "an answer", |it| it.text.contains('$'))
            .await;
    }
    town.say(Chat::Telegram, 90, "¿cuánto vendimos en octubre de 2026?")
        .await;
    town.sees((Chat::Telegram, 90), "how to link", |it| {
        it.text.contains("Solo respondo a la gente de Lumen")
    })
    .await;
    assert_eq!(town.breaches(), Vec::<String>::new());
    service.stop().await;

    // Nothing of what the last one asked is kept.
    let (store, workspace) = town.store().await;
    let space = Space {
        id: (100_000 + 90).to_string(),
        kind: SpaceKind::Direct,
        thread: None,
    };
    let platform = Platform::named("telegram");
    let history = store
        .history(workspace, &platform, &space, 9)
        .await
        .unwrap();
    store.close().await;
    assert_eq!(history.len(), 1, "{history:?}");
    assert!(matches!(history[0].said, Side::Almanac(_)), "{history:?}");
    let doctor = town.almanac(&["doctor"]);
    let doctor = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(
        doctor.contains("ok    strangers: whoever finds discord, telegram, whatsapp is told how"),
        "{doctor}"
    );
}
