//! Discord's gateway on good and bad days.

use std::sync::Arc;
use std::time::Duration;

use almanac_adapters::discord::DISCORD;
use almanac_adapters_doubles::discord::{APPLICATION, Discord, Place, TOKEN, Talk};
use almanac_agent_contract::{Content, Inbound, Leases, Services};
use jiff::SignedDuration;
use serde_json::json;
use serenity::all::GatewayIntents;

use crate::discord::{CHANNEL, Connected, channel, connect, direct, mention};
use crate::memory_line::MemoryLine;

async fn parked(services: &Services) -> Option<String> {
    let all = services.installations.all(&DISCORD).await.unwrap();
    all.into_iter().find_map(|it| it.parked)
}

/// Waits for what the double cannot tell.
async fn eventually<T>(mut find: impl AsyncFnMut() -> Option<T>) -> T {
    let waiting = async {
        loop {
            if let Some(found) = find().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting)
        .await
        .expect("within twenty seconds")
}

#[tokio::test]
async fn the_address_is_the_one_that_is_configured() {
    let discord = Connected::new().await;
    let requests = discord.double.requests();
    assert!(requests.contains(&"GET /api/v10/gateway".to_owned()));
    assert_eq!(discord.double.sessions(), (1, 0));
    let all = discord.line.services().installations;
    let all = all.all(&DISCORD).await.unwrap();
    assert_eq!((all.len(), all[0].id.as_str()), (1, APPLICATION));
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_said_while_the_connection_is_broken_is_heard_afterwards() {
    let discord = Connected::new().await;
    discord.said(&direct(), "revenue today").await;
    discord.double.drop_connections();
    discord.double.say(&direct(), "orders today");
    discord.double.resumed(1).await;
    let accepted = discord.accepted(2).await;
    let texts: Vec<&Content> = accepted.iter().map(|it| &it.content).collect();
    assert_eq!(
        texts,
        ["revenue today", "orders today"]
            .map(|text| Content::Text { text: text.into() })
            .iter()
            .collect::<Vec<_>>()
    );
    // Asked to come back, it resumes as well.
    discord.double.frame(&json!({"op": 7, "d": null}));
    discord.double.resumed(2).await;
    // So it does when it is told that it is late, or that something went wrong.
    discord.double.close(4000);
    discord.double.resumed(3).await;
    assert_eq!(discord.double.sessions().0, 1);
    assert_eq!(discord.line.accepted().len(), 2);
}

/// Everything on the line, in words.
fn heard(discord: &Connected) -> Vec<String> {
    let words = |it: &Inbound| match &it.content {
        Content::Text { text } => Some(text.clone()),
        _ => None,
    };
    discord.line.accepted().iter().filter_map(words).collect()
}

#[tokio::test]
async fn what_is_said_while_nobody_is_there_is_read_back() {
    let double = Discord::start().await;
    // Said before Almanac came into the thread: it was not meant, and is not now.
    let before = double.new_id();
    let discord = Connected::with(json!({}), double).await;
    discord.said(&direct(), "revenue today").await;
    let asked = discord.said(&channel(), &mention("orders today")).await;
    let thread = Talk::of_ana(Place::thread(&asked.event_id, CHANNEL));
    discord.double.tell_thread(&asked.event_id, CHANNEL);
    discord.said(&thread, "and by country?").await;
    discord.stop.cancel();
    discord.double.left().await;
    let double = &discord.double;
    double.say(&direct(), "revenue yesterday");
    double.say(&thread, "and by city?");
    double.say(&channel(), "lunch?");
    double.say(&channel(), &mention("orders yesterday"));
    double.say(&channel(), &mention(""));
    let old = (before.parse::<u64>().unwrap() - (2 << 22)).to_string();
    double.say_as(&thread, &old, "who asks?");
    let long_ago = (before.parse::<u64>().unwrap() - ((25 * 3_600_000) << 22)).to_string();
    double.say_as(&direct(), &long_ago, "is anybody there?");
    let elsewhere = Talk::of_ana(Place::direct("300000000000000077"));
    double.say(&elsewhere, "nobody knows of this");
    assert_eq!(discord.line.accepted().len(), 3);
    let (again, stop) = connect(double, discord.line.services(), json!({}));
    let listening = tokio::spawn(again.listening.unwrap());
    double.listening(1).await;
    eventually(async || (discord.line.accepted().len() >= 6).then_some(())).await;
    discord.said(&direct(), "the last").await;
    let mut late = heard(&discord).split_off(3);
    late.sort_unstable();
    let missed = [
        "and by city?",
        "orders yesterday",
        "revenue yesterday",
        "the last",
    ];
    assert_eq!(late, missed);
    // Nobody is told twice that a question is empty.
    assert!(double.posted().is_empty());
    // A session that is begun anew reads again, and takes nothing again.
    double.forget_sessions();
    double.drop_connections();
    double.identified(3).await;
    discord.said(&direct(), "the very last").await;
    let read = |it: &&String| it.starts_with("GET") && it.ends_with("/messages");
    eventually(async || (double.requests().iter().filter(read).count() >= 6).then_some(())).await;
    discord.said(&direct(), "and the end").await;
    assert_eq!(discord.line.accepted().len(), 9);
    assert_eq!(double.breaches(), Vec::<String>::new());
    stop.cancel();
    listening.await.unwrap();
}

#[tokio::test]
async fn a_session_that_is_over_is_begun_anew() {
    let discord = Connected::new().await;
    discord.double.forget_sessions();
    discord.double.drop_connections();
    discord.double.identified(2).await;
    discord.said(&direct(), "revenue today").await;
}

#[tokio::test]
async fn a_revoked_token_parks_the_installation_and_ends_it() {
    let double = Discord::start().await;
    let line = MemoryLine::new();
    let (connected, _stop) = connect(&double, line.services(), json!({}));
    let listening = tokio::spawn(connected.listening.unwrap());
    double.listening(1).await;
    double.revoke();
    listening.await.unwrap();
    let reason = parked(&line.services()).await.unwrap();
    assert!(reason.contains("token"), "{reason}");
    assert!(!reason.contains(TOKEN));
    // It is found out before connecting, too.
    let (connected, _stop) = connect(&double, line.services(), json!({}));
    connected.listening.unwrap().await;
}

#[tokio::test]
async fn without_the_right_to_read_messages_it_hears_what_is_said_to_it() {
    let double = Discord::start().await;
    double.set_reads_messages(false);
    let discord = Connected::with(json!({}), double).await;
    let heard = discord.said(&channel(), &mention("revenue today")).await;
    assert_eq!(
        heard.content,
        Content::Text {
            text: "revenue today".into()
        }
    );
}

#[tokio::test]
async fn one_replica_is_connected_and_gives_way_when_it_stops() {
    let double = Discord::start().await;
    let line = MemoryLine::new();
    line.hold("discord.gateway", "another", SignedDuration::from_secs(30))
        .await
        .unwrap();
    let (connected, stop) = connect(&double, line.services(), json!({}));
    let waiting = tokio::spawn(connected.listening.unwrap());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(double.requests(), Vec::<String>::new());
    stop.cancel();
    waiting.await.unwrap();
    line.release("discord.gateway", "another").await.unwrap();
    let (connected, stop) = connect(&double, line.services(), json!({}));
    let holding = tokio::spawn(connected.listening.unwrap());
    double.listening(1).await;
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(1), holding)
        .await
        .expect("at once")
        .unwrap();
    double.left().await;
    let free = line
        .hold("discord.gateway", "another", SignedDuration::from_secs(30))
        .await;
    assert!(free.unwrap());
}

#[tokio::test]
async fn discord_that_is_down_is_tried_again() {
    let double = Discord::start().await;
    double.fail(
        "GET /api/v10/gateway",
        almanac_adapters_doubles::discord::Trouble::Status(503, 0),
        1,
    );
    let discord = Connected::with(json!({}), double).await;
    discord.said(&direct(), "revenue today").await;
}

#[tokio::test]
async fn commands_are_told_once() {
    let discord = Connected::new().await;
    let path = format!("/applications/{APPLICATION}/commands");
    let commands = discord.double.commands(&path).unwrap();
    let names: Vec<&str> = commands
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "ask",
            "follow",
            "alerts",
            "digest",
            "help",
            "Ask Almanac about this"
        ]
    );
    let (again, stop) = connect(&discord.double, MemoryLine::new().services(), json!({}));
    let listening = tokio::spawn(again.listening.unwrap());
    discord.double.listening(2).await;
    stop.cancel();
    listening.await.unwrap();
    let puts = discord.double.requests().into_iter();
    assert_eq!(puts.filter(|it| it.starts_with("PUT")).count(), 1);
}

#[tokio::test]
async fn servers_of_ones_own_have_the_commands_at_once_and_once() {
    let guild = "800000000000000001";
    let discord = Connected::with(json!({"guilds": [guild]}), Discord::start().await).await;
    let contexts = |path: &str| discord.double.commands(path).unwrap()[0]["contexts"].clone();
    let everywhere = format!("/applications/{APPLICATION}/commands");
    let there = format!("/applications/{APPLICATION}/guilds/{guild}/commands");
    assert_eq!(contexts(&everywhere), json!([1]));
    assert_eq!(contexts(&there), json!(null));
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn parked_is_told_apart_from_unreachable() {
    let double = Discord::start().await;
    let line = MemoryLine::new();
    let (connected, stop) = connect(&double, line.services(), json!({}));
    let listening = tokio::spawn(connected.listening.unwrap());
    double.listening(1).await;
    drop(double);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(parked(&line.services()).await, None);
    stop.cancel();
    eventually(async || listening.is_finished().then_some(())).await;
}

/// Which cryptography speaks TLS is decided when it is first needed: where nobody has, it panics.
#[tokio::test]
async fn the_client_speaks_tls() {
    let double = Discord::start().await;
    let url = double.url().replace("http", "wss");
    let shard = serenity::gateway::Shard::new(
        Arc::new(tokio::sync::Mutex::new(url)),
        TOKEN,
        serde_json::from_value(json!([0, 1])).unwrap(),
        GatewayIntents::empty(),
        None,
    );
    assert!(shard.await.is_err(), "the double speaks none");
}
