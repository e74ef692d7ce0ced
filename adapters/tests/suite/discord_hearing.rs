//! What of what is said on Discord is for Almanac.

use almanac_adapters_doubles::discord::{APPLICATION, BOT, Place, Talk};
use almanac_agent_contract::{Content, SpaceKind};
use serde_json::{Value, json};

use crate::discord::{CHANNEL, Connected, channel, direct, mention, quotes, seen};

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
    for (at, text, addressed) in [(1, "orders today", true), (2, "orders yesterday", false)] {
        let content = Content::Edited {
            text: text.into(),
            message: id.into(),
            addressed,
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
