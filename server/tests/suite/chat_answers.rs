//! Through every platform to the real service and back: one right answer to a question, and all that
//! can be done with it.

use crate::shop::ground;
use crate::town::{Chat, Plan, Seen, Town, until};

const QUESTION: &str = "revenue in October 2026";
const EDITED: &str = "revenue in June 2026";
const BY_COUNTRY: &str = "revenue by country in October 2026";
const BY_DAY: &str = "revenue by day in October 2026";

async fn town() -> Town {
    Town::new(&ground(), Plan::default()).await
}

fn with(seen: &[Seen], amount: &str) -> usize {
    seen.iter().filter(|it| it.text.contains(amount)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_has_one_right_answer_everywhere() {
    let town = town().await;
    let number = town.amount(QUESTION);
    let first_country = town.amount(BY_COUNTRY);
    assert_ne!(number, first_country);
    let _service = town.open().await;
    for chat in Chat::ALL {
        town.say(chat, 1, QUESTION).await;
        town.sees((chat, 1), &number, |it| it.text.contains(&number))
            .await;
        // In the same conversation, and after it.
        town.say(chat, 1, "by country").await;
        town.sees((chat, 1), &first_country, |it| {
            it.text.contains(&first_country)
        })
        .await;
        let seen = town.seen(chat, 1);
        assert_eq!(with(&seen, &number), 1, "{seen:#?}");
        town.say(chat, 2, BY_DAY).await;
        let drawn = town.sees((chat, 2), "a chart", |it| it.picture).await;
        assert!(!drawn.text.is_empty());
    }
    assert_eq!(town.breaches(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_twice_is_answered_once() {
    let town = town().await;
    let (number, edited) = (town.amount(QUESTION), town.amount(EDITED));
    let _service = town.open().await;
    for chat in Chat::ALL {
        let (_, event) = town.words(chat, 1, QUESTION);
        town.deliver(&event).await;
        town.deliver(&event).await;
        town.sees((chat, 1), &number, |it| it.text.contains(&number))
            .await;
        town.deliver(&event).await;
        // Once this is answered, so is all before it.
        town.say(chat, 1, EDITED).await;
        town.sees((chat, 1), &edited, |it| it.text.contains(&edited))
            .await;
        let seen = town.seen(chat, 1);
        assert_eq!(with(&seen, &number), 1, "{seen:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_ask_explain_export_and_judge() {
    let town = town().await;
    let country = town.amount(BY_COUNTRY);
    let service = town.open().await;
    for chat in Chat::ALL {
        town.say(chat, 1, BY_COUNTRY).await;
        let answer = town
            .sees((chat, 1), "buttons", |it| it.key("explain").is_some())
            .await;
        let key = |carries: &str| {
            let key = answer.key(carries);
            key.unwrap_or_else(|| panic!("no {carries}: {answer:#?}"))
                .clone()
        };
        town.press(&answer, &key("explain")).await;
        town.sees((chat, 1), "the statement", |it| it.text.contains("SELECT"))
            .await;
        town.press(&answer, &key("export_csv")).await;
        let name = format!("{}'s file", chat.name());
        let (name, csv) = until(&name, || {
            let files = town.files(chat, 1);
            files.into_iter().find(|(name, _)| name.ends_with(".csv"))
        })
        .await;
        assert!(name.starts_with("revenue-by-country"), "{name}");
        assert!(csv.lines().count() > 3, "{csv}");
        for verdict in ["good", "bad"] {
            town.press(&answer, &key(verdict)).await;
        }
        let before = town.seen(chat, 1).len();
        town.press(&answer, &key("0")).await;
        let asked = until("an answer to what was chosen", || {
            let seen = town.seen(chat, 1);
            seen.into_iter()
                .skip(before)
                .find(|it| it.key("explain").is_some())
        })
        .await;
        assert!(!asked.text.is_empty() && asked.text != answer.text);
        assert!(with(&town.seen(chat, 1), &country) >= 1);
    }
    assert_eq!(town.breaches(), Vec::<String>::new());
    service.stop().await;
    let (store, workspace) = town.store().await;
    let rows = store.audit(workspace, 0, 10_000).await.unwrap();
    store.close().await;
    for verdict in ["good", "bad"] {
        let pressed = rows.iter().filter(|row| row.detail["pressed"] == verdict);
        assert_eq!(pressed.count(), Chat::ALL.len(), "{verdict}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_judges_any_message_of_an_answer_and_is_never_answered() {
    let plan = Plan {
        chats: vec![Chat::WhatsApp],
        ..Plan::default()
    };
    let town = Town::new(&ground(), plan).await;
    let number = town.amount(QUESTION);
    let service = town.open().await;
    town.say(Chat::WhatsApp, 1, BY_DAY).await;
    // The picture comes first, and what can be pressed last.
    let buttons = town
        .sees((Chat::WhatsApp, 1), "buttons", |it| {
            it.key("good").is_some()
        })
        .await;
    let seen = town.seen(Chat::WhatsApp, 1);
    let picture = seen.iter().find(|it| it.picture).unwrap();
    assert_ne!(picture.id, buttons.id);
    let mut nobodys = picture.clone();
    nobodys.id = "wamid.of-somebody-else".into();
    for (on, emoji) in [(picture, "👍"), (&buttons, "👎"), (&nobodys, "👍")] {
        town.deliver(&town.reacted(on, emoji)).await;
    }
    // Once this is answered, so is all before it.
    town.say(Chat::WhatsApp, 1, QUESTION).await;
    town.sees((Chat::WhatsApp, 1), &number, |it| it.text.contains(&number))
        .await;
    let after: Vec<Seen> = town.seen(Chat::WhatsApp, 1).split_off(seen.len());
    assert!(
        after.iter().all(|it| !it.text.contains("older")),
        "{after:#?}"
    );
    service.stop().await;

    let (store, workspace) = town.store().await;
    let rows = store.audit(workspace, 0, 10_000).await.unwrap();
    store.close().await;
    let reacted: Vec<(bool, bool)> = rows
        .iter()
        .filter_map(|row| {
            Some((
                row.detail["reacted"].as_bool()?,
                row.detail["answer"].is_string(),
            ))
        })
        .collect();
    assert_eq!(reacted, [(true, true), (false, true), (true, false)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_question_is_answered_anew_in_place() {
    let town = town().await;
    let (number, edited) = (town.amount(QUESTION), town.amount(EDITED));
    let _service = town.open().await;
    for chat in Chat::ALL {
        let said = town.say(chat, 1, QUESTION).await;
        town.sees((chat, 1), &number, |it| it.text.contains(&number))
            .await;
        let before = town.seen(chat, 1);
        town.deliver(&town.edited(&said, EDITED)).await;
        let anew = town
            .sees((chat, 1), &edited, |it| it.text.contains(&edited))
            .await;
        let after = town.seen(chat, 1);
        if chat == Chat::WhatsApp {
            assert_eq!(with(&after, &edited), 1, "{after:#?}");
            assert!(before.iter().all(|it| it.id != anew.id));
        } else {
            assert!(before.iter().any(|it| it.id == anew.id), "{after:#?}");
            assert!(anew.edits > 0);
            assert_eq!(with(&after, &number), 0, "{after:#?}");
        }
    }
    assert_eq!(town.breaches(), Vec::<String>::new());
}

/// It is taken back while others of the conversation are before it.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_is_taken_back_is_not_answered() {
    let town = town().await;
    let (number, edited) = (town.amount(QUESTION), town.amount(EDITED));
    let _service = town.open().await;
    for chat in [Chat::Slack, Chat::Discord, Chat::WhatsApp] {
        for _ in 0..6 {
            town.say(chat, 1, BY_DAY).await;
        }
        let said = town.say(chat, 1, QUESTION).await;
        let deleted = town.deleted(&said).unwrap();
        town.deliver(&deleted).await;
        town.say(chat, 1, EDITED).await;
        town.sees((chat, 1), &edited, |it| it.text.contains(&edited))
            .await;
        let seen = town.seen(chat, 1);
        assert_eq!(with(&seen, &number), 0, "{chat:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_answered_for_one_person_alone() {
    let town = town().await;
    let number = town.amount(QUESTION);
    let _service = town.open().await;
    let slack = town.aside(Chat::Slack, 1, QUESTION).unwrap();
    town.deliver(&slack).await;
    let shown = until("an answer to a command on Slack", || {
        let all = town.slack.shown();
        all.into_iter()
            .find(|it| format!("{:?}", it.blocks).contains(&number))
    })
    .await;
    assert!(shown.only.is_some(), "{shown:?}");
    let discord = town.aside(Chat::Discord, 1, QUESTION).unwrap();
    town.deliver(&discord).await;
    let answer = town
        .sees((Chat::Discord, 1), &number, |it| it.text.contains(&number))
        .await;
    let posted = town.discord.posted();
    let posted = posted.iter().find(|it| it.id == answer.id).unwrap();
    assert!(posted.ephemeral);
    assert_eq!(town.breaches(), Vec::<String>::new());
}
