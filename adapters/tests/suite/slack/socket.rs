//! Socket Mode, with the client library's own connections.

use std::sync::Arc;
use std::time::Duration;

use almanac_adapters::slack::{SLACK, SlackSection};
use almanac_adapters::{Connected, Section};
use almanac_adapters_doubles::slack::{APP_TOKEN, BOT_TOKEN, SlackDouble, TEAM};
use serde_json::json;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::ts;
use crate::memory_line::MemoryLine;

struct Listening {
    double: SlackDouble,
    line: Arc<MemoryLine>,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

async fn listening() -> Listening {
    let double = SlackDouble::start().await;
    let line = MemoryLine::new();
    let stop = CancellationToken::new();
    let config = SlackSection {
        bot_token: Some(BOT_TOKEN.into()),
        app_token: Some(APP_TOKEN.into()),
        api_url: Some(double.api_url()),
        ..SlackSection::default()
    };
    let Connected { listening, .. } = config.connect(line.services(), stop.clone()).unwrap();
    let task = tokio::spawn(listening.unwrap());
    double.until_linked(2).await;
    Listening {
        double,
        line,
        stop,
        task,
    }
}

#[tokio::test]
async fn an_envelope_is_acknowledged_when_it_is_kept() {
    let it = listening().await;
    let event = SlackDouble::direct("Ev1", "U1", &ts(1), "revenue");
    it.double.envelop("events_api", "E1", &event, 0);
    it.double.acknowledgement("E1").await;
    assert_eq!(it.line.accepted().len(), 1);
    // The acknowledgement was lost: the same event comes in another envelope.
    it.double.envelop("events_api", "E2", &event, 1);
    it.double.acknowledgement("E2").await;
    assert_eq!(it.line.accepted().len(), 1);

    it.line.set_down(true);
    let event = SlackDouble::direct("Ev2", "U1", &ts(2), "orders");
    it.double.envelop("events_api", "E3", &event, 0);
    tokio::time::sleep(Duration::from_millis(100)).await;
    it.line.set_down(false);
    it.double.envelop("events_api", "E4", &event, 1);
    it.double.acknowledgement("E4").await;
    let all = it.double.acknowledged();
    assert!(
        !all.iter().any(|it| it["envelope_id"] == json!("E3")),
        "{all:?}"
    );
    assert_eq!(it.line.accepted().len(), 2);

    let command = it.double.command("C1", "U1", "trigger.1", "help");
    it.double.envelop("slash_commands", "E5", &command, 0);
    let help = it.double.acknowledgement("E5").await;
    assert_eq!(help["payload"]["response_type"], "ephemeral");
    let command = it.double.command("C1", "U1", "trigger.2", "revenue");
    it.double.envelop("slash_commands", "E6", &command, 0);
    assert_eq!(
        it.double.acknowledgement("E6").await,
        json!({"envelope_id": "E6"})
    );
    assert_eq!(it.line.accepted().len(), 3);
    it.double.envelop("of_a_later_year", "E7", &json!({}), 0);
    it.double.acknowledgement("E7").await;
    assert_eq!(it.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn connections_are_made_anew() {
    let it = listening().await;
    let opened = it.double.count("apps.connections.open");
    it.double
        .send_frame(&json!({"type": "disconnect", "reason": "refresh_requested",
        "debug_info": {"host": "stand-in"}}));
    it.double.until("apps.connections.open", opened + 1).await;
    it.double.until_linked(2).await;
    // One that is only about to be made is not cut, and need not be made anew.
    let opened = it.double.count("apps.connections.open");
    it.double.cut();
    it.double.until("apps.connections.open", opened + 1).await;
    it.double.until_linked(2).await;
    let event = SlackDouble::direct("Ev1", "U1", &ts(1), "revenue");
    it.double.envelop("events_api", "E1", &event, 0);
    it.double.acknowledgement("E1").await;
}

#[tokio::test]
async fn it_stops_when_told_to_and_says_whose_the_token_is() {
    let it = listening().await;
    let installations = it.line.services().installations;
    let all = installations.all(&SLACK).await.unwrap();
    assert_eq!((all[0].id.as_str(), all[0].secret.is_none()), (TEAM, true));
    it.stop.cancel();
    let ended = tokio::time::timeout(Duration::from_secs(20), it.task).await;
    ended.unwrap().unwrap();
}

#[tokio::test]
async fn a_token_that_opens_nothing_ends_it_and_parks_the_team() {
    let double = SlackDouble::start().await;
    double.revoke(APP_TOKEN);
    let line = MemoryLine::new();
    let config = SlackSection {
        bot_token: Some(BOT_TOKEN.into()),
        app_token: Some(APP_TOKEN.into()),
        api_url: Some(double.api_url()),
        ..SlackSection::default()
    };
    let stop = CancellationToken::new();
    let Connected { listening, .. } = config.connect(line.services(), stop).unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(20), listening.unwrap()).await;
    assert!(ended.is_ok());
    let all = line.services().installations.all(&SLACK).await.unwrap();
    assert!(all[0].parked.as_deref().unwrap().contains("app-level"));
}
