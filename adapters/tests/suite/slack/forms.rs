//! Shortcuts, forms and the home tab.

use almanac_adapters_doubles::slack::{SlackDouble, TEAM};
use almanac_agent_contract::{Content, SpaceKind};
use serde_json::{Value, json};

use super::{SlackUnderTest, ts, words};

fn submitted(view: &Value, form: &str, values: &Value) -> Value {
    json!({"type": "view_submission", "team": {"id": TEAM}, "user": {"id": "U1", "name": "ana"},
        "view": {"id": "V1", "hash": "h1", "callback_id": form, "type": "modal",
            "private_metadata": view["private_metadata"], "state": {"values": values}}})
}

async fn opened(slack: &SlackUnderTest, count: u64) -> Value {
    slack.double.until("views.open", count).await;
    slack.double.calls("views.open").pop().unwrap()["view"].clone()
}

fn text(slack: &SlackUnderTest) -> String {
    match slack.line.accepted().pop().unwrap().content {
        Content::Text { text } => text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_message_can_be_asked_about() {
    let slack = SlackUnderTest::start().await;
    let handle = slack.double.response_url();
    let shortcut = json!({"type": "message_action", "callback_id": "ask_about_message",
        "trigger_id": "trigger.1", "team": {"id": TEAM}, "user": {"id": "U1", "name": "ana"},
        "channel": {"id": "C1", "name": "sales"}, "message_ts": ts(4), "response_url": handle,
        "message": {"ts": ts(4), "user": "U2", "text": "Revenue fell &gt; 5 % in <#C2|br>"}});
    let got = slack.interact(&shortcut).await;
    assert_eq!((got.status.as_u16(), got.body.len()), (200, 0));
    let view = opened(&slack, 1).await;
    assert_eq!(
        view["blocks"][0]["element"]["initial_value"],
        "Revenue fell > 5 % in #br"
    );
    let filled = json!({"question": {"question": {"type": "plain_text_input",
        "value": "why did revenue fall in Brazil?"}}});
    let got = slack.interact(&submitted(&view, "form:ask", &filled)).await;
    assert_eq!((got.status.as_u16(), got.body.len()), (200, 0));
    let inbound = slack.line.after(0).await;
    assert_eq!(text(&slack), "why did revenue fall in Brazil?");
    assert_eq!(inbound.space.thread.as_deref(), Some(ts(4).as_str()));
    assert!(inbound.origin.private);
    slack.delivered(&inbound, words("Fewer orders.")).await;
    let shown = slack.last();
    assert!(shown.only.is_some() && shown.thread == Some(ts(4)));
    assert_eq!(slack.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_filled_in_becomes_words() {
    let slack = SlackUnderTest::start().await;
    let global = json!({"type": "shortcut", "callback_id": "ask", "trigger_id": "trigger.1",
        "team": {"id": TEAM}, "user": {"id": "U1", "username": "ana"}});
    slack.interact(&global).await;
    let ask = opened(&slack, 1).await;
    let empty = submitted(
        &ask,
        "form:ask",
        &json!({"question": {"question": {"value": null}}}),
    );
    let wrong = slack.interact(&empty).await.json();
    assert_eq!(wrong["response_action"], "errors");
    assert!(wrong["errors"]["question"].is_string());

    let command = slack.double.command("DU1", "U1", "trigger.2", "follow");
    slack.type_command(&command).await;
    let follow = opened(&slack, 2).await;
    let metrics = follow["blocks"][0]["element"]["options"]
        .as_array()
        .unwrap();
    assert_eq!(metrics[0]["value"], "Revenue");
    let filled = json!({
        "metric": {"metric": {"selected_option": {"value": "Revenue"}}},
        "every": {"every": {"selected_option": {"value": "monday"}}},
        "time": {"time": {"type": "timepicker", "selected_time": "08:30"}}});
    slack
        .interact(&submitted(&follow, "form:follow", &filled))
        .await;
    assert_eq!(text(&slack), "follow Revenue every Monday at 8:30");
    let inbound = slack.line.after(0).await;
    assert_eq!(inbound.space.kind, SpaceKind::Direct);
    assert!(!inbound.origin.private);

    let command = slack.double.command("C1", "U1", "trigger.3", "alert");
    slack.type_command(&command).await;
    let alert = opened(&slack, 3).await;
    let mut filled = json!({
        "metric": {"metric": {"selected_option": {"value": "Orders"}}},
        "when": {"when": {"selected_option": {"value": "below"}}}});
    let mut payload = submitted(&alert, "form:alert", &filled);
    let wrong = slack.interact(&payload).await.json();
    assert!(wrong["errors"]["value"].is_string(), "{wrong}");
    filled["value"] = json!({"value": {"value": "100"}});
    payload["view"]["hash"] = json!("h2");
    payload["view"]["state"]["values"] = filled;
    slack.interact(&payload).await;
    assert_eq!(text(&slack), "alert me when Orders falls below 100");
    assert!(slack.line.after(1).await.origin.private);
    assert_eq!(slack.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn metrics_are_found_by_what_is_typed() {
    let slack = SlackUnderTest::start().await;
    let typed = json!({"type": "block_suggestion", "value": "net", "action_id": "metric",
        "team": {"id": TEAM}, "user": {"id": "U1"}});
    let found = slack.interact(&typed).await.json();
    assert_eq!(found["options"][0]["value"], "Net revenue");
    assert_eq!(found["options"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_home_tab_shows_what_was_asked() {
    let slack = SlackUnderTest::start().await;
    let opened = json!({"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home"});
    slack.event(&SlackDouble::event("Ev1", &opened)).await;
    slack.double.until("views.publish", 1).await;
    let view = slack.double.calls("views.publish")[0]["view"].to_string();
    assert!(
        view.contains("alerts is not available yet") && view.contains("Goals are not available"),
        "{view}"
    );
    assert!(view.contains("net revenue last week"));

    let inbound = slack.asked(2).await;
    slack.line.record(&inbound, words("It was $5 <b>."));
    slack.event(&SlackDouble::event("Ev3", &opened)).await;
    slack.double.until("views.publish", 2).await;
    let view = slack.double.calls("views.publish").pop().unwrap()["view"].clone();
    let shown = view.to_string();
    assert!(shown.contains("It was $5 &lt;b&gt;."), "{shown}");

    // A form that was opened from here is answered in the direct chat.
    let press = json!({"type": "block_actions", "team": {"id": TEAM}, "user": {"id": "U1"},
        "container": {"type": "view", "view_id": "V9"}, "trigger_id": "trigger.9",
        "view": {"id": "V9", "type": "home", "private_metadata": view["private_metadata"]},
        "actions": [{"type": "button", "action_id": "form:ask", "action_ts": ts(9)}]});
    slack.interact(&press).await;
    slack.double.until("views.open", 1).await;
    let form = slack.double.calls("views.open").pop().unwrap()["view"].clone();
    let filled = json!({"question": {"question": {"value": "orders"}}});
    slack.interact(&submitted(&form, "form:ask", &filled)).await;
    assert_eq!(slack.line.after(1).await.space.id, "DU1");
    assert_eq!(slack.double.breaches(), Vec::<String>::new());
}
