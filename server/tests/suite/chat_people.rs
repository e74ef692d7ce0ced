//! One person on several platforms: what they mean by a word on one is meant on the other.

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
