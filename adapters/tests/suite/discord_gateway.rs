//! Discord's gateway on good and bad days, and what of it is for Almanac.

use std::time::Duration;

use almanac_adapters::discord::{DISCORD, reads};
use almanac_adapters_doubles::discord::{APPLICATION, BOT, Discord, Place, TOKEN, Talk};
use almanac_agent_contract::{Content, Leases, Services, SpaceKind};
use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::discord::{CHANNEL, Connected, channel, connect, direct, mention, quotes, seen};
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
    assert_eq!(contexts(&there), json!([0]));
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_mention_begins_a_thread_in_which_none_is_needed() {
    let discord = Connected::new().await;
    let asked = discord.said(&channel(), &mention("revenue today")).await;
    assert_eq!(asked.space.id, CHANNEL);
    assert_eq!(asked.space.kind, SpaceKind::Channel);
    assert_eq!(asked.space.thread.as_deref(), Some(asked.event_id.as_str()));
    assert_eq!(asked.origin.message, Some(asked.event_id.clone()));
    assert_eq!(asked.sender.name.as_deref(), Some("Ana"));
    assert_eq!(asked.installation, APPLICATION);
    let thread = Talk::of_ana(Place::thread(&asked.event_id, CHANNEL));
    discord.double.tell_thread(&asked.event_id, CHANNEL);
    let next = discord.said(&thread, "and by country?").await;
    assert_eq!(next.space, asked.space);
    // In a thread that it is not in, and in the channel, it is not meant.
    let other = Talk::of_ana(Place::thread("300000000000000009", CHANNEL));
    discord.double.tell_thread("300000000000000009", CHANNEL);
    discord.double.say(&other, "lunch?");
    discord.settle(&other).await;
    discord.double.say(&channel(), "lunch?");
    discord.settle(&channel()).await;
    assert_eq!(discord.line.accepted().len(), 2);
}

#[tokio::test]
async fn an_answer_to_its_own_words_is_meant_for_it() {
    let discord = Connected::new().await;
    let id = discord.double.new_id();
    let mut message = channel().message(&id, "and last year?");
    message["type"] = json!(19);
    message["referenced_message"] = channel().own_message(0);
    discord.double.dispatch("MESSAGE_CREATE", &message);
    assert_eq!(discord.accepted(1).await[0].event_id, id);
}

#[tokio::test]
async fn its_own_role_is_as_good_as_its_name() {
    let discord = Connected::new().await;
    let role = "200000000000000001";
    let guild = json!({"id": "800000000000000001", "something_new": true,
        "threads": [{"id": "300000000000000008", "parent_id": CHANNEL}],
        "roles": [{"id": role, "tags": {"bot_id": BOT}}, {"id": "200000000000000002"}]});
    discord.double.dispatch("GUILD_CREATE", &guild);
    let id = discord.double.new_id();
    let mut message = channel().message(&id, &format!("<@&{role}> revenue today"));
    message["mention_roles"] = json!([role]);
    discord.double.dispatch("MESSAGE_CREATE", &message);
    let inbound = discord.accepted(1).await.remove(0);
    let text = Content::Text {
        text: "revenue today".into(),
    };
    assert_eq!(inbound.content, text);
    let other = "200000000000000002";
    let mut message = channel().message(&discord.double.new_id(), &format!("<@&{other}> hello"));
    message["mention_roles"] = json!([other]);
    discord.double.dispatch("MESSAGE_CREATE", &message);
    // Threads that were there before are known by the same event.
    let thread = Talk::of_ana(Place::thread("300000000000000008", CHANNEL));
    let asked = discord.said(&thread, &mention("orders today")).await;
    assert_eq!(asked.space.id, CHANNEL);
    assert_eq!(asked.space.thread.as_deref(), Some("300000000000000008"));
    discord.settle(&channel()).await;
    assert_eq!(discord.line.accepted().len(), 2);
}

#[tokio::test]
async fn a_message_with_something_new_in_it_is_heard() {
    let discord = Connected::new().await;
    let mut message = direct().message(&discord.double.new_id(), "revenue today");
    message["embeds"] = json!("of a new kind");
    message["author"]["avatar"] = json!({"new": 1});
    discord.double.dispatch("MESSAGE_CREATE", &message);
    let inbound = discord.accepted(1).await.remove(0);
    assert_eq!(inbound.sender.name.as_deref(), Some("Ana"));
}

#[tokio::test]
async fn robots_webhooks_and_what_nobody_wrote_are_not_heard() {
    let discord = Connected::new().await;
    let message = |change: fn(&mut Value)| {
        let mut message = direct().message(&discord.double.new_id(), "revenue");
        change(&mut message);
        discord.double.dispatch("MESSAGE_CREATE", &message);
    };
    message(|it| it["author"]["bot"] = json!(true));
    message(|it| it["webhook_id"] = json!("17"));
    message(|it| it["type"] = json!(6));
    discord.settle(&direct()).await;
    assert_eq!(discord.line.accepted().len(), 0);
}

#[tokio::test]
async fn only_new_words_are_an_edit() {
    let discord = Connected::new().await;
    let asked = discord.said(&channel(), &mention("revenue today")).await;
    let id = asked.event_id.as_str();
    let edited = channel().edited(id, &mention("orders today"), 1);
    // A preview that was found, before and after an edit; a pin.
    let preview = channel().message(id, &mention("revenue today"));
    for event in [&preview, &edited, &edited] {
        discord.double.dispatch("MESSAGE_UPDATE", event);
    }
    let mut bare = json!({"id": id, "channel_id": CHANNEL});
    bare["embeds"] = json!([]);
    discord.double.dispatch("MESSAGE_UPDATE", &bare);
    // The mention is gone, and the question is still the one.
    let plain = channel().edited(id, "orders yesterday", 2);
    discord.double.dispatch("MESSAGE_UPDATE", &plain);
    let accepted = discord.accepted(3).await;
    for (at, text) in [(1, "orders today"), (2, "orders yesterday")] {
        let content = Content::Edited {
            text: text.into(),
            message: id.into(),
        };
        assert_eq!(accepted[at].content, content);
        assert_eq!(accepted[at].space, asked.space);
    }
    // What was never a question does not become one by being changed.
    let aside = discord.double.say(&channel(), "lunch?");
    let changed = channel().edited(&aside, "dinner?", 3);
    discord.double.dispatch("MESSAGE_UPDATE", &changed);
    discord.settle(&channel()).await;
    assert_eq!(discord.line.accepted().len(), 3);
}

#[tokio::test]
async fn only_questions_are_taken_back() {
    let discord = Connected::new().await;
    let asked = discord.said(&channel(), &mention("revenue today")).await;
    let aside = discord.double.say(&channel(), "lunch?");
    for id in [&aside, &asked.event_id] {
        let deleted = channel().deleted(id);
        discord.double.dispatch("MESSAGE_DELETE", &deleted);
    }
    let accepted = discord.accepted(2).await;
    let content = Content::Deleted {
        message: asked.event_id.clone(),
    };
    assert_eq!(accepted[1].content, content);
    assert_eq!(accepted[1].space, asked.space);
    let many = json!({"ids": [aside, asked.event_id], "channel_id": CHANNEL,
        "guild_id": "800000000000000001"});
    discord.double.dispatch("MESSAGE_DELETE_BULK", &many);
    discord.settle(&channel()).await;
    assert_eq!(discord.line.accepted().len(), 2);
}

#[tokio::test]
async fn a_question_that_cannot_be_kept_is_not_dropped_in_silence() {
    let discord = Connected::new().await;
    discord.line.set_down(true);
    let id = discord.double.say(&direct(), "revenue today");
    let told = discord.double.wait_for(|it| quotes(it, &id)).await;
    assert!(seen(&told).contains("try again"), "{}", seen(&told));
    discord.line.set_down(false);
    discord.said(&direct(), "revenue today").await;
    assert_eq!(discord.double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn events_of_a_channel_stay_in_order() {
    let discord = Connected::new().await;
    let ids: Vec<String> = (0..300)
        .map(|n| discord.double.say(&direct(), &format!("question {n}")))
        .collect();
    let accepted = discord.accepted(300).await;
    let order: Vec<String> = accepted.into_iter().map(|it| it.event_id).collect();
    assert_eq!(order, ids);
}

#[tokio::test]
async fn two_hundred_kilobytes_are_refused_in_words() {
    let discord = Connected::new().await;
    let id = discord.double.say(&direct(), &"x".repeat(200_000));
    let told = discord.double.wait_for(|it| quotes(it, &id)).await;
    assert!(seen(&told).contains("too long"), "{}", seen(&told));
    assert_eq!(discord.line.accepted().len(), 0);
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

/// Frames and bodies as they come, for what follows.
fn samples() -> Vec<Vec<u8>> {
    let talk = channel();
    let message = talk.message("1795183200000000000", &mention("revenue today"));
    let event = |kind: &str, data: &Value| json!({"op": 0, "t": kind, "s": 7, "d": data});
    let interaction = json!({
        "id": "1", "application_id": APPLICATION, "type": 2, "token": "t", "version": 1,
        "data": {"id": "2", "name": "ask", "type": 1,
            "options": [{"name": "question", "type": 3, "value": "revenue"}]},
        "channel_id": CHANNEL, "locale": "en-US", "entitlements": [],
        "attachment_size_limit": 10, "user": message["author"],
    });
    let all = [
        event("MESSAGE_CREATE", &message),
        event("MESSAGE_UPDATE", &talk.edited("5", "orders", 4)),
        event("MESSAGE_DELETE", &talk.deleted("5")),
        event("INTERACTION_CREATE", &interaction),
        interaction,
    ];
    all.iter().map(|it| it.to_string().into_bytes()).collect()
}

#[test]
fn samples_are_read() {
    let read: Vec<&str> = samples().iter().map(|it| reads(it)).collect();
    assert_eq!(read, ["event", "event", "event", "event", "interaction"]);
}

proptest! {
    #[test]
    fn broken_events_do_no_harm(
        sample in 0..5_usize,
        cut in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = samples().swap_remove(sample);
        bytes.truncate(cut.index(bytes.len()) + 1);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = reads(&bytes);
    }

    #[test]
    fn events_with_other_fields_do_no_harm(
        sample in 0..5_usize,
        field in any::<prop::sample::Index>(),
        value in prop_oneof![
            Just(json!(null)), Just(json!([])), Just(json!({})), Just(json!("")),
            Just(json!(-1)), Just(json!(u64::MAX)), Just(json!("0")), Just(json!([[{}]])),
        ],
    ) {
        let mut event: Value = serde_json::from_slice(&samples()[sample]).unwrap();
        let data = if event.get("d").is_some() { &mut event["d"] } else { &mut event };
        let fields = data.as_object_mut().unwrap();
        let key = fields.keys().nth(field.index(fields.len())).unwrap().clone();
        fields.insert(key, value);
        let _ = reads(event.to_string().as_bytes());
    }
}
