//! The one suite every platform passes. A platform joins with a line in [`platforms!`] and an
//! [`UnderTest`] beside its own tests, which speaks to it as its people do: in raw payloads.
//!
//! It takes events in (twice, too large, empty, with buttons that are not there) and shows the
//! same ten replies, all of them, without letting any text become markup.

#[path = "conformance/replies.rs"]
pub(crate) mod replies;

use std::sync::Arc;

use almanac_agent_contract::{Adapter, Content, Inbound, Reply};
use async_trait::async_trait;

/// What a platform did with something handed in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It is on the line.
    Yes,
    /// The person was told this instead.
    No(String),
    /// The platform has no such thing.
    NotHere,
}

/// A platform with a line behind it that keeps what it accepts.
#[async_trait]
pub(crate) trait UnderTest: Send + Sync {
    /// What the courier sends through.
    fn adapter(&self) -> Arc<dyn Adapter>;

    /// A person says something. The same `event` is the same event delivered again.
    async fn say(&mut self, event: u128, text: &str) -> Taken;

    /// A person presses a button on the answer to their last question.
    async fn press(&mut self, action: &str) -> Taken;

    /// What is on the line.
    fn accepted(&self) -> Vec<Inbound>;

    /// Everything a person gets to see of a reply, as it leaves for their screen.
    async fn shown(&mut self, reply: Reply) -> String;

    /// A text as it leaves for the screen when it is only text.
    fn quoted(&self, text: &str) -> String;

    /// What must never leave for the screen: the replies' hostile texts, if they were markup.
    fn live_markup(&self) -> &'static [&'static str];
}

/// The platforms, and the suite for each.
macro_rules! platforms {
    ($($name:ident: $under_test:expr;)*) => {$(
        mod $name {
            use super::super as suite;

            #[tokio::test]
            async fn the_same_event_twice_is_taken_once() {
                suite::duplicates(&mut $under_test).await;
            }

            #[tokio::test]
            async fn what_is_too_long_or_empty_is_refused_in_words() {
                suite::oversize(&mut $under_test).await;
            }

            #[tokio::test]
            async fn characters_no_database_stores_do_no_harm() {
                suite::control_characters(&mut $under_test).await;
            }

            #[tokio::test]
            async fn a_button_that_is_not_there_does_nothing() {
                suite::unknown_action(&mut $under_test).await;
            }

            #[tokio::test]
            async fn a_delivery_sent_again_is_harmless() {
                suite::sent_again(&mut $under_test).await;
            }

            #[tokio::test]
            async fn every_reply_is_shown_whole_and_as_text() {
                suite::ten_replies(&mut $under_test).await;
            }
        }
    )*};
}

mod of {
    platforms! {
        web: crate::page::WebUnderTest::new();
        command_line: crate::terminal::TerminalUnderTest::new();
    }
}

async fn duplicates(platform: &mut impl UnderTest) {
    assert_eq!(platform.say(1, "revenue last week").await, Taken::Yes);
    assert_eq!(platform.say(1, "revenue last week").await, Taken::Yes);
    assert_eq!(platform.accepted().len(), 1);
    assert_eq!(platform.say(2, "revenue last week").await, Taken::Yes);
    let accepted = platform.accepted();
    assert_eq!(accepted.len(), 2);
    assert_ne!(accepted[0].event_id, accepted[1].event_id);
    assert!(
        accepted
            .iter()
            .all(|it| it.platform == platform.adapter().platform())
    );
}

async fn oversize(platform: &mut impl UnderTest) {
    let long = "how much ".repeat(12_000);
    for (event, text) in [(1, long.as_str()), (2, ""), (3, " \n\t ")] {
        match platform.say(event, text).await {
            Taken::No(told) => assert!(told.contains(' '), "told: {told:?}"),
            other => panic!("{} bytes: {other:?}", text.len()),
        }
    }
    assert_eq!(platform.accepted().len(), 0);
    assert_eq!(platform.say(4, "😀").await, Taken::Yes);
    assert_eq!(platform.accepted().len(), 1);
}

async fn control_characters(platform: &mut impl UnderTest) {
    assert_eq!(
        platform.say(1, "revenue\u{0}\u{1b}[31m\u{7} today").await,
        Taken::Yes
    );
    let Content::Text { text } = &platform.accepted()[0].content else {
        panic!("not text")
    };
    assert!(text.starts_with("revenue") && text.ends_with("today"));
    assert!(!text.chars().any(char::is_control), "{text:?}");
}

async fn unknown_action(platform: &mut impl UnderTest) {
    assert_eq!(platform.say(1, "revenue today").await, Taken::Yes);
    let before = platform.accepted().len();
    match platform.press("explode").await {
        Taken::Yes => panic!("a button that no card has was taken"),
        Taken::No(told) => assert!(told.contains(' '), "told: {told:?}"),
        Taken::NotHere => return,
    }
    assert_eq!(platform.accepted().len(), before);
    for _ in 0..2 {
        assert_eq!(platform.press("good").await, Taken::Yes);
    }
    let accepted = platform.accepted();
    assert_eq!(accepted.len(), before + 1);
    let pressed = Content::Pressed {
        action: "good".into(),
        on: Some(accepted[before - 1].event_id.clone()),
    };
    assert_eq!(accepted[before].content, pressed);
}

async fn sent_again(platform: &mut impl UnderTest) {
    assert_eq!(platform.say(1, "revenue today").await, Taken::Yes);
    let inbound = platform.accepted().remove(0);
    let delivery = almanac_agent_contract::Delivery {
        id: almanac_agent_contract::OutboxId::new(),
        inbox: None,
        event_id: Some(inbound.event_id),
        installation: inbound.installation,
        space: inbound.space,
        reply: replies::all().remove(0).reply,
    };
    let first = platform.adapter().send(&delivery).await.unwrap();
    let second = platform.adapter().send(&delivery).await.unwrap();
    assert_eq!(first, second);
}

async fn ten_replies(platform: &mut impl UnderTest) {
    let all = replies::all();
    assert_eq!(all.len(), 10);
    for document in all {
        let shown = platform.shown(document.reply).await;
        assert!(!shown.trim().is_empty(), "{}: silence", document.name);
        for text in &document.shows {
            let quoted = platform.quoted(text);
            assert!(
                shown.contains(&quoted),
                "{}: {quoted:?} is not in\n{shown}",
                document.name
            );
        }
        for markup in platform.live_markup() {
            assert!(
                !shown.contains(markup),
                "{}: {markup:?} is in\n{shown}",
                document.name
            );
        }
    }
}
