//! What is a question to Almanac, and what is not.

use almanac_adapters_doubles::slack::{BOT, SlackDouble, TEAM};
use almanac_agent_contract::{Content, SpaceKind};
use serde_json::{Value, json};

use super::{SlackUnderTest, button, changed, ts, words};
use crate::conformance::replies;
use crate::memory_line::delivery;

fn in_channel(id: &str, at: u128, thread: Option<&str>, text: &str) -> Value {
    let event = json!({"type": "message", "channel_type": "channel", "channel": "C1", "user": "U2",
        "text": text, "ts": ts(at), "event_ts": ts(at), "thread_ts": thread, "team": TEAM});
    SlackDouble::event(id, &event)
}

#[tokio::test]
async fn a_mention_is_answered_in_its_thread_and_its_twin_is_not() {
    let slack = SlackUnderTest::start().await;
    let mention = SlackDouble::mention("Ev1", "C1", "U1", &ts(1), "revenue &lt; 5 by <#C9|sales>");
    assert_eq!(slack.event(&mention).await.status, 200);
    let twin = in_channel("Ev2", 1, None, &format!("<@{BOT}> revenue &lt; 5"));
    assert_eq!(slack.event(&twin).await.status, 200);
    let accepted = slack.line.accepted();
    assert_eq!(accepted.len(), 1);
    let inbound = &accepted[0];
    assert_eq!(inbound.event_id, "Ev1");
    assert_eq!(inbound.installation, TEAM);
    assert_eq!(inbound.space.kind, SpaceKind::Channel);
    assert_eq!(inbound.space.thread.as_deref(), Some(ts(1).as_str()));
    assert_eq!(inbound.origin.message.as_deref(), Some(ts(1).as_str()));
    let text = "revenue < 5 by #sales".to_owned();
    assert_eq!(inbound.content, Content::Text { text });
    slack.delivered(inbound, words("$5")).await;
    let shown = slack.last();
    assert_eq!((shown.channel.as_str(), shown.thread), ("C1", Some(ts(1))));
}

#[tokio::test]
async fn in_its_threads_it_needs_no_mention() {
    let slack = SlackUnderTest::start().await;
    slack.asked(1).await;
    let thread = ts(1);
    for event in [
        in_channel("Ev2", 2, Some(&thread), "and by country?"),
        // Not for it: another thread, no thread, and a file without words.
        in_channel("Ev3", 3, Some(&ts(90)), "who has the report?"),
        in_channel("Ev4", 4, None, "good morning"),
        in_channel("Ev5", 5, Some(&thread), ""),
    ] {
        assert_eq!(slack.event(&event).await.status, 200);
    }
    let accepted = slack.line.accepted();
    assert_eq!(accepted.len(), 2);
    assert_eq!(accepted[1].event_id, "Ev2");
    assert_eq!(accepted[1].space, accepted[0].space);
}

#[tokio::test]
async fn links_that_unfold_are_no_edits() {
    let slack = SlackUnderTest::start().await;
    let event = SlackDouble::direct("Ev1", "U1", &ts(1), "revenue");
    slack.event(&event).await;
    let unfolded = changed("Ev2", &ts(1), "revenue", "revenue");
    assert_eq!(slack.event(&unfolded).await.status, 200);
    assert_eq!(slack.line.accepted().len(), 1);
    // An edit of somebody's words in a channel where it was never asked is not its business.
    let mut elsewhere = changed("Ev3", &ts(50), "lunch?", "breakfast?");
    elsewhere["event"]["channel"] = json!("C7");
    elsewhere["event"]["channel_type"] = json!("channel");
    slack.event(&elsewhere).await;
    assert_eq!(slack.line.accepted().len(), 1);
}

#[tokio::test]
async fn a_command_is_answered_for_one_person() {
    let slack = SlackUnderTest::start().await;
    let command = slack
        .double
        .command("C1", "U1", "trigger.1", "revenue last week");
    for _ in 0..2 {
        let got = slack.type_command(&command).await;
        assert_eq!((got.status.as_u16(), got.body.len()), (200, 0));
    }
    let accepted = slack.line.accepted();
    assert_eq!(accepted.len(), 1);
    assert!(accepted[0].origin.private);
    assert_eq!(
        accepted[0].origin.handle.as_deref(),
        command["response_url"].as_str()
    );
    slack.delivered(&accepted[0], words("$5")).await;
    assert_eq!(slack.double.count("response"), 1);
    assert!(slack.last().only.is_some());
    // When its address is used up, by the person's name.
    for _ in 0..5 {
        slack.delivered(&accepted[0], words("$5")).await;
    }
    let shown = slack.last();
    assert_eq!(
        (shown.channel.as_str(), shown.only.as_deref()),
        ("C1", Some("U1"))
    );
    // In a direct chat there is nobody to hide it from.
    let direct = slack.double.command("DU1", "U1", "trigger.2", "revenue");
    slack.type_command(&direct).await;
    assert!(!slack.line.accepted()[1].origin.private);
}

#[tokio::test]
async fn a_command_without_a_question_is_helped() {
    let slack = SlackUnderTest::start().await;
    for text in ["", "help", "Ayuda"] {
        let command = slack.double.command("C1", "U1", "trigger.1", text);
        let help = slack.type_command(&command).await.json();
        assert_eq!(help["response_type"], "ephemeral");
        assert!(
            help["text"].as_str().unwrap().contains("/almanac"),
            "{help}"
        );
        assert!(
            help.to_string().contains("• net revenue last week"),
            "{help}"
        );
    }
    // Where there is no metric, no question is offered that would fail.
    slack.line.set_bare();
    let command = slack.double.command("C1", "U1", "trigger.1", "help");
    let help = slack.type_command(&command).await.json();
    assert!(!help.to_string().contains('•'), "{help}");
    let long = "how ".repeat(9_000);
    let command = slack.double.command("C1", "U1", "trigger.2", &long);
    let told = slack.type_command(&command).await.json();
    assert!(
        told["text"].as_str().unwrap().contains("too long"),
        "{told}"
    );
    slack.line.set_down(true);
    let command = slack.double.command("C1", "U1", "trigger.3", "revenue");
    let told = slack.type_command(&command).await.json();
    assert!(
        told["text"].as_str().unwrap().contains("try again")
            || told["text"].as_str().unwrap().contains("Try again"),
        "{told}"
    );
    slack.line.set_down(false);
    assert_eq!(slack.line.accepted().len(), 0);
}

#[tokio::test]
async fn what_is_offered_can_be_pressed() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    let sent = slack.delivered(&inbound, replies::choices().reply).await;
    let on = slack.last();
    let value = button(&on, "ask:1");
    let payload = slack.double.press("U2", &on, ("ask:1", &value), &ts(9));
    assert_eq!(slack.interact(&payload).await.status, 200);
    let pressed = slack.line.after(1).await;
    let on = sent.id.0.simple().to_string();
    assert_eq!(pressed.content, Content::Chosen { index: 1, on });
    assert_eq!(pressed.space, inbound.space);
    assert_eq!(pressed.sender.user, "U2");
    assert!(!pressed.origin.private);
}

#[tokio::test]
async fn a_menu_holds_what_buttons_do_not() {
    let mut slack = SlackUnderTest::start().await;
    let all = replies::all();
    let many = all
        .into_iter()
        .find(|it| it.name == "thirty choices")
        .unwrap();
    let seen = crate::conformance::UnderTest::shown(&mut slack, many.reply).await;
    assert!(seen.contains("Reading number 30"), "{seen}");
    let on = slack.last();
    let menu = on.blocks.last().unwrap()["elements"][0].clone();
    assert_eq!(menu["type"], "static_select");
    let mut payload = slack.double.press("U1", &on, ("ask:0", ""), &ts(9));
    payload["actions"][0] = json!({"type": "static_select", "action_id": "ask:0",
        "selected_option": menu["options"][29].clone(), "action_ts": ts(9)});
    slack.interact(&payload).await;
    let pressed = slack.line.after(1).await;
    assert!(matches!(pressed.content, Content::Chosen { index: 29, .. }));
}

#[tokio::test]
async fn a_verdict_is_thanked_for() {
    let slack = SlackUnderTest::start().await;
    let inbound = slack.asked(1).await;
    slack.delivered(&inbound, replies::chart().reply).await;
    let on = slack.last();
    let value = button(&on, "act:bad");
    let payload = slack.double.press("U1", &on, ("act:bad", &value), &ts(9));
    slack.interact(&payload).await;
    slack.double.until("response", 1).await;
    assert!(
        slack.double.calls("response")[0]["text"]
            .as_str()
            .unwrap()
            .contains("noted")
    );
}

#[tokio::test]
async fn what_only_one_person_sees_is_gone_on_with_in_private() {
    let slack = SlackUnderTest::start().await;
    let command = slack.double.command("C1", "U1", "trigger.1", "sales");
    slack.type_command(&command).await;
    let mut whispered = delivery(&slack.line.accepted()[0], replies::choices().reply);
    whispered.origin.handle = None;
    slack.adapter.send(&whispered).await.unwrap();
    let on = slack.last();
    let value = button(&on, "ask:0");
    let payload = slack.double.press("U1", &on, ("ask:0", &value), &ts(9));
    slack.interact(&payload).await;
    let pressed = slack.line.after(1).await;
    assert!(pressed.origin.private && pressed.origin.handle.is_some());
    assert_eq!(pressed.space, slack.line.accepted()[0].space);
}
