//! Several teams, the manifest, and what the doctor says.

use almanac_adapters::Section;
use almanac_adapters::slack::SlackSection;
use almanac_adapters_doubles::slack::{APP_TOKEN, BOT_TOKEN, CLIENT, SlackDouble};
use almanac_agent_contract::SendError;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use tower::ServiceExt;

use super::{SlackUnderTest, config, ts, words};
use crate::memory_line::{MemoryLine, delivery};

async fn several() -> SlackUnderTest {
    let double = SlackDouble::start().await;
    let config = SlackSection {
        client_id: Some(CLIENT.0.into()),
        client_secret: Some(CLIENT.1.into()),
        ..config(&double)
    };
    SlackUnderTest::with(double, &config)
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
    let (cookie, state) = left(&slack).await;
    let back = format!("/slack/oauth?code=second&state={state}");
    let response = get(&slack, &back, &cookie).await;
    assert_eq!(response.status(), StatusCode::OK);
    let services = slack.line.services();
    let all = services
        .installations
        .all(&almanac_adapters::slack::SLACK)
        .await
        .unwrap();
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
    let (cookie, state) = left(&slack).await;
    let back = format!("/slack/oauth?code=second&state={state}");
    get(&slack, &back, &cookie).await;

    let mut unknown = second.clone();
    unknown.installation = "Tnobody".into();
    let refused = slack.adapter.send(&delivery(&unknown, words("$5"))).await;
    assert!(matches!(refused, Err(SendError::Refused(_))), "{refused:?}");
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
