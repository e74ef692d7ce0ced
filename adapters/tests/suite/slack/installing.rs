//! Several teams, the manifest, and what the doctor says.

use almanac_adapters::Section;
use almanac_adapters::slack::{SLACK, SlackSection};
use almanac_adapters_doubles::slack::{
    APP_TOKEN, BOT_TOKEN, CLIENT, Fault, Shown, SlackDouble, TEAM,
};
use almanac_agent_contract::{Inbound, Installation, OutboxId, SendError};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use super::{Got, SlackUnderTest, config, ts, words};
use crate::memory_line::{MemoryLine, delivery};

async fn several() -> SlackUnderTest {
    let double = SlackDouble::start().await;
    let config = SlackSection {
        teams: vec!["Tsecond".into()],
        ..installable(&double)
    };
    SlackUnderTest::with(double, &config)
}

/// With a client to install by.
fn installable(double: &SlackDouble) -> SlackSection {
    SlackSection {
        client_id: Some(CLIENT.0.into()),
        client_secret: Some(CLIENT.1.into()),
        ..config(double)
    }
}

/// Somebody installs the app in the team "T" and the code: what the page says.
async fn install(slack: &SlackUnderTest, code: &str) -> (StatusCode, String) {
    let (cookie, state) = left(slack).await;
    let back = format!("/slack/oauth?code={code}&state={state}");
    let response = get(slack, &back, &cookie).await;
    let status = response.status();
    let page = to_bytes(response.into_body(), 1 << 16).await.unwrap();
    (status, String::from_utf8(page.to_vec()).unwrap())
}

async fn kept(slack: &SlackUnderTest) -> Vec<Installation> {
    let installations = slack.line.services().installations;
    installations.all(&SLACK).await.unwrap()
}

async fn get(slack: &SlackUnderTest, path: &str, cookie: &str) -> axum::response::Response {
    let request = Request::get(path).header(header::COOKIE, cookie);
    let request = request.body(Body::empty()).unwrap();
    slack.router.clone().oneshot(request).await.unwrap()
}

/// Off to Slack: the cookie and the state.
async fn left(slack: &SlackUnderTest) -> (String, String) {
    let response = get(slack, "/slack/install", "").await;
    assert_eq!(response.status(), StatusCode::FOUND);
    let to = response.headers()[header::LOCATION].to_str().unwrap();
    assert!(
        to.contains("/oauth/v2/authorize?") && to.contains("chat%3Awrite"),
        "{to}"
    );
    let state = to.split("state=").nth(1).unwrap().to_owned();
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly"));
    (cookie.split(';').next().unwrap().to_owned(), state)
}

#[tokio::test]
async fn each_team_is_answered_with_its_own_token() {
    let slack = several().await;
    assert_eq!(install(&slack, "second").await.0, StatusCode::OK);
    let all = kept(&slack).await;
    assert_eq!((all.len(), all[0].id.as_str()), (1, "Tsecond"));
    assert!(!format!("{all:?}").contains("xoxb-second"));

    let mut event = SlackDouble::direct("Ev1", "U1", &ts(1), "revenue");
    event["authorizations"][0]["team_id"] = "Tsecond".into();
    slack.event(&event).await;
    let second = slack.line.after(0).await;
    assert_eq!(second.installation, "Tsecond");
    let first = slack.asked(2).await;
    slack.double.revoke("xoxb-second");
    slack.delivered(&first, words("$5")).await;
    let revoked = slack.adapter.send(&delivery(&second, words("$5"))).await;
    assert!(matches!(revoked, Err(SendError::Revoked(_))), "{revoked:?}");
    // Installed anew, perhaps through another replica: the new token is found.
    install(&slack, "second").await;
    slack.delivered(&second, words("$5")).await;

    let mut unknown = second.clone();
    unknown.installation = "Tnobody".into();
    let refused = slack.adapter.send(&delivery(&unknown, words("$5"))).await;
    assert!(matches!(refused, Err(SendError::Refused(_))), "{refused:?}");
}

/// All that somebody can ask for, in a team.
async fn ask_for_everything(slack: &SlackUnderTest, team: &str) -> Vec<Got> {
    let mut got = Vec::new();
    let home = json!({"type": "app_home_opened", "user": "U1", "channel": "DU1", "tab": "home"});
    let thread = json!({"channel_id": "DU1", "thread_ts": ts(3)});
    let opened = json!({"type": "assistant_thread_started", "assistant_thread": thread});
    let removed = json!({"type": "app_uninstalled"});
    for mut event in [
        SlackDouble::direct("Ev1", "U1", &ts(1), "revenue"),
        SlackDouble::mention("Ev2", "C1", "U1", &ts(2), "revenue"),
        SlackDouble::event("Ev3", &home),
        SlackDouble::event("Ev4", &opened),
        SlackDouble::event("Ev5", &removed),
    ] {
        event["team_id"] = team.into();
        event["authorizations"][0]["team_id"] = team.into();
        got.push(slack.event(&event).await);
    }
    for text in ["revenue", "help", "ask"] {
        let mut command = slack.double.command("C1", "U1", "trigger.1", text);
        command["team_id"] = team.into();
        got.push(slack.type_command(&command).await);
    }
    let on = Shown {
        channel: "C1".into(),
        ..slack.last()
    };
    let carried = format!("good.{}", OutboxId::new().0.simple());
    let press = slack
        .double
        .press("U1", &on, ("act:good", &carried), &ts(9));
    let shortcut = json!({"type": "shortcut", "callback_id": "ask", "trigger_id": "trigger.2"});
    let typed = json!({"type": "block_suggestion", "value": "net", "action_id": "metric"});
    let filled = json!({"type": "view_submission", "view": {"id": "V1", "hash": "h",
        "callback_id": "form:ask", "private_metadata": "{\"c\":\"C1\"}",
        "state": {"values": {"question": {"question": {"value": "revenue"}}}}}});
    for mut payload in [press, shortcut, typed, filled] {
        payload["team"] = json!({"id": team});
        payload["user"] = json!({"id": "U1", "team_id": team});
        got.push(slack.interact(&payload).await);
    }
    got
}

#[tokio::test]
async fn a_team_that_is_not_named_is_turned_away_and_hears_nothing() {
    let slack = several().await;
    let (status, page) = install(&slack, "stranger").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let told = page.replace("&quot;", "\"");
    assert!(told.contains("teams = [\"Tstranger\"]"), "{told}");
    assert_eq!(kept(&slack).await.len(), 0);
    // Its token is nobody's any more.
    assert_eq!(slack.double.count("auth.revoke"), 1);

    let first = slack.asked(1).await;
    slack.delivered(&first, words("$5")).await;
    let shown = slack.double.shown().len();
    let asked = slack.line.accepted().len();
    for got in ask_for_everything(&slack, "Tstranger").await {
        assert_eq!((got.status, got.body.len()), (StatusCode::OK, 0), "{got:?}");
    }
    assert_eq!(slack.line.accepted().len(), asked);
    assert_eq!(slack.double.shown().len(), shown);
    assert_eq!(kept(&slack).await.len(), 0, "parked, what was never kept");
    for method in [
        "views.open",
        "views.publish",
        "response",
        "chat.postEphemeral",
    ] {
        assert_eq!(slack.double.count(method), 0, "{method}");
    }
    let stray = Inbound {
        installation: "Tstranger".into(),
        ..first
    };
    let refused = slack.adapter.send(&delivery(&stray, words("$5"))).await;
    assert!(matches!(refused, Err(SendError::Refused(_))), "{refused:?}");

    // The same from a team that is named.
    install(&slack, "second").await;
    let answered = ask_for_everything(&slack, "Tsecond").await;
    assert!(answered.iter().any(|got| !got.body.is_empty()));
    assert!(slack.line.accepted().len() > asked + 2);
}

#[tokio::test]
async fn a_token_that_is_no_longer_good_closes_no_other_team() {
    let slack = several().await;
    install(&slack, "second").await;
    let double = SlackDouble::start().await;
    let config = SlackSection {
        teams: vec!["Tsecond".into()],
        api_url: Some(slack.double.api_url()),
        ..installable(&double)
    };
    slack.double.revoke(BOT_TOKEN);
    // As after a start: nothing is remembered.
    let services = slack.line.services();
    let anew = config.connect(services, CancellationToken::new()).unwrap();
    let mut event = SlackDouble::direct("Ev1", "U1", &ts(1), "revenue");
    event["authorizations"][0]["team_id"] = "Tsecond".into();
    slack.event(&event).await;
    let second = slack.line.after(0).await;
    let sent = anew.adapter.send(&delivery(&second, words("$5"))).await;
    assert!(sent.is_ok(), "{sent:?}");
}

#[tokio::test]
async fn without_a_list_the_team_of_the_token_alone_is_let_in() {
    let double = SlackDouble::start().await;
    let config = installable(&double);
    let slack = SlackUnderTest::with(double, &config);
    assert_eq!(install(&slack, "second").await.0, StatusCode::FORBIDDEN);
    slack.asked(1).await;

    // With one token and no client, neither.
    let alone = SlackUnderTest::start().await;
    let mut command = alone.double.command("C1", "U1", "trigger.1", "revenue");
    command["team_id"] = "Tsecond".into();
    assert_eq!(alone.type_command(&command).await.body.len(), 0);
    assert_eq!(alone.line.accepted().len(), 0);
    alone.asked(1).await;

    // With neither token nor list, nobody.
    let double = SlackDouble::start().await;
    let nobody = SlackSection {
        bot_token: None,
        ..installable(&double)
    };
    let slack = SlackUnderTest::with(double, &nobody);
    assert_eq!(install(&slack, "second").await.0, StatusCode::FORBIDDEN);
    assert_eq!(kept(&slack).await.len(), 0);
}

#[tokio::test]
async fn whose_the_token_is_may_be_unknown_for_a_while() {
    let slack = SlackUnderTest::start().await;
    slack.double.fault("auth.test", Fault::Status(503));
    let event = SlackDouble::direct("Ev1", "U1", &ts(1), "revenue");
    // Slack tells again.
    assert_eq!(slack.event(&event).await.status, 503);
    assert_eq!(slack.event(&event).await.status, 200);
    assert_eq!(slack.line.accepted().len(), 1);
    // A token that is no longer good is still of the team that it was of.
    let slack = SlackUnderTest::start().await;
    slack.double.revoke(BOT_TOKEN);
    slack.event(&event).await;
    assert_eq!(slack.line.accepted().len(), 0);
    let own = Installation {
        platform: SLACK,
        id: TEAM.into(),
        name: None,
        secret: None,
        parked: None,
    };
    let installations = slack.line.services().installations;
    let now = installations.now().await.unwrap();
    installations.keep(own, now).await.unwrap();
    assert_eq!(slack.event(&event).await.status, 200);
    assert_eq!(slack.line.accepted().len(), 1);
}

#[tokio::test]
async fn nobody_finishes_what_another_began() {
    let slack = several().await;
    let (cookie, state) = left(&slack).await;
    let (other, _) = left(&slack).await;
    let last = if state.ends_with('0') { "1" } else { "0" };
    let forged = format!("{}{last}", &state[..state.len() - 1]);
    let carried = format!("almanac_install={forged}");
    for (state, cookie) in [(&state, ""), (&state, &other), (&forged, &carried)] {
        let back = format!("/slack/oauth?code=third&state={state}");
        let response = get(&slack, &back, cookie).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{state} {cookie}");
    }
    let denied = format!("/slack/oauth?error=access_denied&state={state}");
    assert_eq!(get(&slack, &denied, &cookie).await.status(), StatusCode::OK);
    assert_eq!(slack.double.count("oauth.v2.access"), 0);
}

#[test]
fn the_manifest_has_every_address() {
    let config = SlackSection::default();
    let manifest: Value = serde_json::from_str(&config.manifest("https://a.example/")).unwrap();
    let at = |pointer: &str| manifest.pointer(pointer).unwrap().clone();
    assert_eq!(
        at("/settings/event_subscriptions/request_url"),
        "https://a.example/slack/events"
    );
    assert_eq!(
        at("/settings/interactivity/request_url"),
        "https://a.example/slack/interactive"
    );
    assert_eq!(
        at("/features/slash_commands/0/url"),
        "https://a.example/slack/commands"
    );
    assert_eq!(
        at("/oauth_config/redirect_urls/0"),
        "https://a.example/slack/oauth"
    );
    let socket = SlackSection {
        app_token: Some("xapp".into()),
        ..SlackSection::default()
    };
    let manifest: Value = serde_json::from_str(&socket.manifest("http://localhost")).unwrap();
    assert_eq!(manifest["settings"]["socket_mode_enabled"], true);
    assert!(!manifest.to_string().contains("localhost"));
}

#[tokio::test]
async fn the_doctor_says_what_to_mend() {
    let double = SlackDouble::start().await;
    let mut config = config(&double);
    config.app_token = Some(APP_TOKEN.into());
    let services = MemoryLine::new().services();
    let found = config.check(services.clone()).await;
    let scopes = found.iter().find(|it| it.what == "scopes").unwrap();
    let missing = scopes.found.clone().unwrap_err();
    assert!(
        missing.contains("chat:write") && missing.contains("reinstall"),
        "{missing}"
    );
    let all: Value = serde_json::from_str(&config.manifest("https://a.example")).unwrap();
    let all: Vec<&str> = all["oauth_config"]["scopes"]["bot"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect();
    double.set_scopes(&all.join(","));
    let found = config.check(services.clone()).await;
    assert!(found.iter().all(|it| it.found.is_ok()), "{found:?}");
    double.revoke(BOT_TOKEN);
    let found = config.check(services.clone()).await;
    let told = found[0].found.clone().unwrap_err();
    assert!(
        told.contains("token_revoked") && told.contains("xoxb-"),
        "{told}"
    );
    let nothing = SlackSection::default().check(services).await;
    assert!(nothing[0].found.as_ref().unwrap_err().contains("[slack]"));
}

#[tokio::test]
async fn the_doctor_looks_at_every_team() {
    let double = SlackDouble::start().await;
    let config = SlackSection {
        bot_token: None,
        teams: vec!["Tsecond".into()],
        ..installable(&double)
    };
    let slack = SlackUnderTest::with(double, &config);
    install(&slack, "second").await;
    let services = slack.line.services();
    let found = async |config: &SlackSection, what: &str| {
        let all = config.check(services.clone()).await;
        let found = all.into_iter().find(|it| it.what == what);
        found.unwrap_or_else(|| panic!("no {what}")).found
    };
    let known = found(&config, "client").await.unwrap();
    assert!(known.contains("client_secret"), "{known}");
    assert_eq!(found(&config, "teams").await, Ok("Tsecond".into()));
    let missing = found(&config, "team").await.unwrap_err();
    assert!(
        missing.contains("second (Tsecond)") && missing.contains("chat:write"),
        "{missing}"
    );
    let all: Value = serde_json::from_str(&config.manifest("https://a.example")).unwrap();
    let all = all["oauth_config"]["scopes"]["bot"].as_array().unwrap();
    let all: Vec<&str> = all.iter().map(|it| it.as_str().unwrap()).collect();
    slack.double.set_scopes(&all.join(","));
    let good = found(&config, "team").await.unwrap();
    assert!(good.contains("12 scopes"), "{good}");

    slack.double.revoke("xoxb-second");
    let told = found(&config, "team").await.unwrap_err();
    assert!(
        told.contains("token_revoked") && told.contains("/slack/install"),
        "{told}"
    );
    let shut = SlackSection {
        teams: Vec::new(),
        ..config.clone()
    };
    let told = found(&shut, "team").await.unwrap_err();
    assert!(told.contains("[slack] teams does not name it"), "{told}");
    let told = found(&shut, "teams").await.unwrap_err();
    assert!(told.contains("nobody may install it"), "{told}");
    let wrong = SlackSection {
        client_secret: Some("another".into()),
        ..config.clone()
    };
    let told = found(&wrong, "client").await.unwrap_err();
    assert!(told.contains("bad_client_secret"), "{told}");
    let named = SlackSection {
        teams: vec!["acme".into()],
        ..config
    };
    let told = found(&named, "configuration").await.unwrap_err();
    assert!(told.contains("\"acme\": expected a team's id"), "{told}");
}
