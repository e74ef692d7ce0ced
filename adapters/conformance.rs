//! The one suite every platform passes. A platform joins with a line in [`platforms!`] and an
//! [`UnderTest`] beside its own tests, which speaks to it as its people do: in raw payloads.
//!
//! It takes events in (twice, too large, empty, unsigned, broken, edited, deleted, with buttons that
//! are not there) and shows the same twelve replies, all of them, within the platform's limits and
//! without letting any text become markup.

#[path = "conformance/replies.rs"]
pub(crate) mod replies;

use std::sync::Arc;

use almanac_agent_contract::{Adapter, Content, Inbound, Recovery, Reply};
use async_trait::async_trait;

use crate::memory_line::delivery;

/// What a platform did with something handed in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It is on the line.
    Yes,
    /// The person was told this instead.
    No(String),
    /// It was acknowledged, and nothing came of it.
    Ignored,
    /// Whoever sent it was turned away, with this HTTP status.
    TurnedAway(u16),
    /// The platform has no such thing.
    NotHere,
}

/// How a request of the platform is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signed {
    /// Not at all.
    Missing,
    /// With another secret.
    Wrong,
    /// Rightly, over other bytes.
    OfOtherBytes,
    /// Rightly, an hour ago; only where the platform signs a time.
    Stale,
}

/// A platform with a line behind it that keeps what it accepts.
#[async_trait]
pub(crate) trait UnderTest: Send + Sync {
    /// What the courier sends through.
    fn adapter(&self) -> Arc<dyn Adapter>;

    /// A person says something in a direct chat. The same `event` is the same event delivered
    /// again, the way this platform does that.
    async fn say(&mut self, event: u128, text: &str) -> Taken;

    /// A person presses a button on the answer to their last question, which is sent first where
    /// buttons are only on what was sent.
    async fn press(&mut self, action: &str) -> Taken;

    /// What is on the line.
    fn accepted(&self) -> Vec<Inbound>;

    /// Everything a person gets to see of a reply, as it leaves for their screen: all messages
    /// joined, texts of files too.
    async fn shown(&mut self, reply: Reply) -> String;

    /// A text as it leaves for the screen when it is only text.
    fn quoted(&self, text: &str) -> String;

    /// What must never leave for the screen: the replies' hostile texts, if they were markup.
    fn live_markup(&self) -> &'static [&'static str];

    /// As [`UnderTest::say`], signed as it should not be.
    async fn say_signed(&mut self, _event: u128, _text: &str, _signed: Signed) -> Taken {
        Taken::NotHere
    }

    /// Bytes as the body of a rightly signed request (or a frame of the gateway).
    async fn raw(&mut self, _bytes: Vec<u8>) -> Taken {
        Taken::NotHere
    }

    /// The person changes the words of what they said as `of`.
    async fn edit(&mut self, _event: u128, _of: u128, _text: &str) -> Taken {
        Taken::NotHere
    }

    /// The person deletes what they said as `of`.
    async fn delete(&mut self, _event: u128, _of: u128) -> Taken {
        Taken::NotHere
    }

    /// The platform tells of a message that Almanac itself sent.
    async fn hear_itself(&mut self) -> Taken {
        Taken::NotHere
    }

    /// The platform tells of something that did not exist when this was written.
    async fn unknown(&mut self) -> Taken {
        Taken::NotHere
    }

    /// Where the platform's limits or its published description were broken by what was sent so
    /// far, one sentence each.
    fn breaches(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether what was sent last was for one person's eyes, where the platform can do that.
    fn was_private(&self) -> Option<bool> {
        None
    }
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
            async fn only_the_platform_is_believed() {
                suite::signatures(&mut $under_test).await;
            }

            #[tokio::test]
            async fn an_edited_question_says_which() {
                suite::edits(&mut $under_test).await;
            }

            #[tokio::test]
            async fn a_deleted_question_says_which() {
                suite::deletions(&mut $under_test).await;
            }

            #[tokio::test]
            async fn what_is_not_for_it_is_acknowledged_and_left() {
                suite::strangers(&mut $under_test).await;
            }

            #[tokio::test]
            async fn bytes_that_are_nothing_do_no_harm() {
                suite::broken_bytes(&mut $under_test).await;
            }

            #[tokio::test]
            async fn a_delivery_sent_again_is_harmless() {
                suite::sent_again(&mut $under_test).await;
            }

            #[tokio::test]
            async fn every_reply_is_shown_whole_and_as_text() {
                suite::replies_shown(&mut $under_test).await;
            }
        }
    )*};
}

mod of {
    platforms! {
        web: crate::page::WebUnderTest::new();
        command_line: crate::terminal::TerminalUnderTest::new();
        discord: crate::discord::DiscordUnderTest::new().await;
        slack: crate::slack::SlackUnderTest::start().await;
        telegram: crate::telegram::TelegramUnderTest::new().await;
        whatsapp: crate::whatsapp::WhatsAppUnderTest::start().await;
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
        Taken::Ignored => {}
        Taken::TurnedAway(status) => panic!("turned away: {status}"),
        Taken::NotHere => return,
    }
    assert_eq!(platform.accepted().len(), before);
    for _ in 0..2 {
        assert_eq!(platform.press("good").await, Taken::Yes);
    }
    let accepted = platform.accepted();
    assert_eq!(accepted.len(), before + 1);
    // On the event that was answered, or on the delivery that answered it.
    let Content::Pressed {
        action,
        on: Some(on),
    } = &accepted[before].content
    else {
        panic!("{:?}", accepted[before].content)
    };
    assert_eq!(action, "good");
    assert!(
        *on == accepted[before - 1].event_id || on.len() == 32,
        "{on}"
    );
}

async fn signatures(platform: &mut impl UnderTest) {
    for signed in [
        Signed::Missing,
        Signed::Wrong,
        Signed::OfOtherBytes,
        Signed::Stale,
    ] {
        match platform.say_signed(1, "revenue today", signed).await {
            Taken::TurnedAway(401 | 403) | Taken::NotHere => {}
            other => panic!("{signed:?}: {other:?}"),
        }
    }
    assert_eq!(platform.accepted().len(), 0);
    // What was turned away is not remembered against the event.
    assert_eq!(platform.say(1, "revenue today").await, Taken::Yes);
    assert_eq!(platform.accepted().len(), 1);
}

async fn edits(platform: &mut impl UnderTest) {
    assert_eq!(platform.say(1, "revenue today").await, Taken::Yes);
    let question = platform.accepted().remove(0);
    match platform.edit(2, 1, "orders today").await {
        Taken::NotHere => return,
        taken => assert_eq!(taken, Taken::Yes),
    }
    // The same edit again is the same event.
    assert_eq!(platform.edit(2, 1, "orders today").await, Taken::Yes);
    let accepted = platform.accepted();
    assert_eq!(accepted.len(), 2);
    let edited = Content::Edited {
        text: "orders today".into(),
        message: question.origin.message.clone().expect("a message's id"),
        addressed: true,
    };
    assert_eq!(accepted[1].content, edited);
    assert_eq!(accepted[1].space, question.space);
    assert_eq!(accepted[1].sender.user, question.sender.user);
}

async fn deletions(platform: &mut impl UnderTest) {
    assert_eq!(platform.say(1, "revenue today").await, Taken::Yes);
    let question = platform.accepted().remove(0);
    match platform.delete(2, 1).await {
        Taken::NotHere => return,
        taken => assert_eq!(taken, Taken::Yes),
    }
    let accepted = platform.accepted();
    let deleted = Content::Deleted {
        message: question.origin.message.expect("a message's id"),
    };
    assert_eq!(accepted[1].content, deleted);
    assert_eq!(accepted[1].space, question.space);
}

async fn strangers(platform: &mut impl UnderTest) {
    for taken in [platform.hear_itself().await, platform.unknown().await] {
        assert!(
            matches!(taken, Taken::Ignored | Taken::NotHere),
            "{taken:?}"
        );
    }
    assert_eq!(platform.accepted().len(), 0);
}

async fn broken_bytes(platform: &mut impl UnderTest) {
    let bodies: [&[u8]; 8] = [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{\"type\": 7}",
        b"{\"entry\": {\"0\": []}, \"event\": []}",
        b"\xff\xfe\x00",
        b"payload=%ff%00",
    ];
    for body in bodies {
        let taken = platform.raw(body.to_vec()).await;
        assert!(
            matches!(
                taken,
                Taken::Ignored | Taken::TurnedAway(400..=499) | Taken::NotHere
            ),
            "{body:?}: {taken:?}"
        );
    }
    let flood = vec![b' '; (3 << 20) + 1];
    let taken = platform.raw(flood).await;
    assert!(
        matches!(taken, Taken::TurnedAway(413) | Taken::NotHere),
        "{taken:?}"
    );
    assert_eq!(platform.accepted().len(), 0);
    // It still listens.
    assert_eq!(platform.say(1, "revenue today").await, Taken::Yes);
}

async fn sent_again(platform: &mut impl UnderTest) {
    if platform.adapter().recovery() != Recovery::Resend {
        return;
    }
    assert_eq!(platform.say(1, "revenue today").await, Taken::Yes);
    let inbound = platform.accepted().remove(0);
    let delivery = delivery(&inbound, replies::all().remove(0).reply);
    let first = platform.adapter().send(&delivery).await.unwrap();
    let second = platform.adapter().send(&delivery).await.unwrap();
    assert_eq!(first, second);
}

async fn replies_shown(platform: &mut impl UnderTest) {
    let all = replies::all();
    assert_eq!(all.len(), 12);
    for document in all {
        let private = document.reply.private;
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
        if let Some(was_private) = platform.was_private() {
            assert_eq!(was_private, private, "{}", document.name);
        }
        assert_eq!(
            platform.breaches(),
            Vec::<String>::new(),
            "{}",
            document.name
        );
    }
}
