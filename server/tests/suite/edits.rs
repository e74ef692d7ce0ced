//! Messages of a channel that are put in other words: what is said to Almanac then is a question,
//! and what never was one is left alone.

use std::sync::Arc;
use std::time::Duration;

use almanac_adapters::cli::{CLI, LOCAL, Terminal};
use almanac_agent_contract::{
    Content, Inbound, Language, Line, Origin, Reply, Sender, Space, SpaceKind,
};
use almanac_server::{App, Running};

use crate::shop::setup;

fn in_a_channel(event_id: &str, message: &str, content: Content) -> Inbound {
    Inbound {
        platform: CLI,
        installation: LOCAL.into(),
        event_id: event_id.into(),
        space: Space {
            id: "town square".into(),
            kind: SpaceKind::Channel,
            thread: None,
        },
        sender: Sender {
            user: "ana".into(),
            name: None,
        },
        content,
        origin: Origin {
            message: Some(message.into()),
            ..Origin::default()
        },
        at: "2026-11-20T14:00:00Z".parse().unwrap(),
    }
}

/// Words that are in no language of their own are answered in the one that the asker has the
/// platform in; words that tell theirs are answered in that.
#[tokio::test(flavor = "multi_thread")]
async fn words_that_tell_no_language_are_answered_in_the_askers() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&setup(folder.path())).await.unwrap();
    let running = Running::start(&app, vec![Terminal::new()]);
    let mut replies = Vec::new();
    for (event_id, text, language) in [
        ("es", "???", Some(Language::Es)),
        ("pt", "???", Some(Language::Pt)),
        ("none", "???", None),
        ("told", "help", Some(Language::Pt)),
        ("told alone", "help", None),
    ] {
        let text = Content::Text { text: text.into() };
        let mut inbound = in_a_channel(event_id, event_id, text);
        inbound.space.id = format!("square of {event_id}");
        inbound.origin.language = language;
        app.line().accept(inbound).await.unwrap();
        replies.push(until_answered(&app, event_id).await.text);
    }
    let [es, pt, none, told, alone] = &replies[..] else {
        panic!("{replies:#?}");
    };
    assert!(es != pt && pt != none && es != none, "{replies:#?}");
    assert_eq!(told, alone);
    running.stop().await;
    app.store.clone().close().await;
}

fn edit(text: &str, message: &str, addressed: bool) -> Content {
    Content::Edited {
        text: text.into(),
        message: message.into(),
        addressed,
    }
}

async fn answer(app: &Arc<App>, event_id: &str) -> Option<Reply> {
    app.line().answer(&CLI, LOCAL, event_id).await.unwrap()
}

async fn until_answered(app: &Arc<App>, event_id: &str) -> Reply {
    for _ in 0..600 {
        if let Some(reply) = answer(app, event_id).await {
            return reply;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{event_id} has no answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mention_that_is_added_makes_a_question() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(&setup(folder.path())).await.unwrap();
    let running = Running::start(&app, vec![Terminal::new()]);
    let revenue = "revenue in October 2026";
    for (event_id, message, content) in [
        ("chatter", "M1", edit(revenue, "M1", false)),
        ("mention", "M2", edit(revenue, "M2", true)),
        // What was a question stays one, whatever it says now.
        ("again", "M2", edit("orders in October 2026", "M2", false)),
    ] {
        let inbound = in_a_channel(event_id, message, content);
        app.line().accept(inbound).await.unwrap();
        if event_id != "chatter" {
            let reply = until_answered(&app, event_id).await;
            assert!(reply.card.is_some(), "{event_id}: {}", reply.text);
        }
    }
    // It came before them in the same conversation, so it has been dealt with.
    assert_eq!(answer(&app, "chatter").await, None);
    running.stop().await;
    app.store.clone().close().await;
}
