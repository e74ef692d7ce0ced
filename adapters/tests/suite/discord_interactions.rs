//! Commands, buttons, menus and forms of Discord, over the gateway and over HTTP.

use std::sync::Arc;
use std::time::Duration;

use almanac_adapters_doubles::discord::{APPLICATION, Callback, Trouble};
use almanac_agent_contract::{
    Accepted, Content, Inbound, Language, Line, LineError, Message, OutboxId, Outcome, Platform,
    Reply, Space,
};
use async_trait::async_trait;
use serde_json::{Value, json};

use crate::conformance::replies;
use crate::discord::{CHANNEL, Connected, channel, connect, direct, mention, seen};
use crate::memory_line::delivery;

fn text(inbound: &Inbound) -> &str {
    match &inbound.content {
        Content::Text { text } => text,
        other => panic!("{other:?}"),
    }
}

async fn last(discord: &Connected, count: usize) -> Callback {
    discord.double.callbacks(count).await.remove(count - 1)
}

fn words(text: &str) -> Reply {
    Reply::words(Outcome::Answer, text)
}

#[tokio::test]
async fn a_command_is_thought_about_and_answered_in_its_place() {
    let discord = Connected::new().await;
    let double = &discord.double;
    let asked = channel().command(double, "ask", &[("question", json!("revenue today"))]);
    double.interact(&asked);
    let inbound = discord.accepted(1).await.remove(0);
    assert_eq!(text(&inbound), "revenue today");
    assert_eq!(inbound.event_id, asked["id"].as_str().unwrap());
    assert_eq!(inbound.space.id, CHANNEL);
    assert_eq!(inbound.space.thread, None);
    let handle = format!("{APPLICATION}/{}", asked["token"].as_str().unwrap());
    assert_eq!(inbound.origin.handle, Some(handle));
    // At once: before it is known whether Discord has heard that it is thought about.
    let answer = delivery(&inbound, replies::chart().reply);
    let receipt = discord.adapter.send(&answer).await.unwrap();
    assert_eq!(last(&discord, 1).await.body["type"], 5);
    let posted = double.posted();
    assert_eq!(posted.len(), 1);
    assert_eq!(receipt.provider_id, format!("{CHANNEL}:{}", posted[0].id));
    assert!(!posted[0].ephemeral);
    assert!(seen(&posted[0]).contains("$1,384,220"));
    // Again, it is an edit.
    discord.adapter.send(&answer).await.unwrap();
    assert_eq!(double.posted().len(), 1);
    assert_eq!(double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn an_answer_never_overtakes_the_thought() {
    let discord = Connected::new().await;
    let double = &discord.double;
    let slow = Trouble::Slow(Duration::from_millis(100));
    double.fail("/callback", slow, 1);
    double.interact(&direct().command(double, "ask", &[("question", json!("revenue"))]));
    let inbound = discord.accepted(1).await.remove(0);
    let answer = delivery(&inbound, words("Here."));
    discord.adapter.send(&answer).await.unwrap();
    assert_eq!(double.posted().len(), 1);
    let edits = double.requests().into_iter();
    assert_eq!(edits.filter(|it| it.starts_with("PATCH")).count(), 1);
}

#[tokio::test]
async fn a_private_answer_stays_private() {
    let discord = Connected::new().await;
    let double = &discord.double;
    let options = [("question", json!("revenue")), ("private", json!(true))];
    double.interact(&channel().command(double, "ask", &options));
    let inbound = discord.accepted(1).await.remove(0);
    assert!(inbound.origin.private);
    assert_eq!(last(&discord, 1).await.body["data"]["flags"], 64);
    let long = replies::all().remove(0).reply;
    discord
        .adapter
        .send(&delivery(&inbound, long))
        .await
        .unwrap();
    let posted = double.posted();
    assert!(posted.len() > 3);
    assert!(posted.iter().all(|it| it.ephemeral));
    assert_eq!(double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn an_answer_that_turns_out_private_leaves_the_channel() {
    let discord = Connected::new().await;
    let double = &discord.double;
    double.interact(&channel().command(double, "ask", &[("question", json!("my salary"))]));
    let inbound = discord.accepted(1).await.remove(0);
    let reply = Reply {
        private: true,
        ..words("A secret.")
    };
    discord
        .adapter
        .send(&delivery(&inbound, reply))
        .await
        .unwrap();
    let posted = double.posted();
    assert_eq!(seen(&posted[0]), "I answered you in private.");
    assert!(!posted[0].ephemeral && posted[1].ephemeral);
    assert_eq!(seen(&posted[1]), "A secret.");
    assert_eq!(double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn a_spent_token_is_no_reason_to_keep_silent() {
    let discord = Connected::new().await;
    let double = &discord.double;
    double.interact(&channel().command(double, "ask", &[("question", json!("revenue"))]));
    let inbound = discord.accepted(1).await.remove(0);
    last(&discord, 1).await;
    double.expire_interactions();
    let answer = delivery(&inbound, words("At last."));
    discord.adapter.send(&answer).await.unwrap();
    let posted = double.posted();
    assert_eq!((posted.len(), posted[0].channel.as_str()), (1, CHANNEL));
}

#[tokio::test]
async fn metrics_are_offered_while_somebody_types() {
    let discord = Connected::new().await;
    let double = &discord.double;
    for (at, (typed, offered)) in [
        (
            "",
            vec!["Revenue", "Net revenue", "Orders", "Average order value"],
        ),
        ("net", vec!["net", "Net revenue"]),
        (
            "how many ord",
            vec![
                "how many ord",
                "how many Orders",
                "how many Average order value",
            ],
        ),
        ("zzz", vec!["zzz"]),
    ]
    .into_iter()
    .enumerate()
    {
        double.interact(&direct().typing(double, "ask", "question", typed));
        let callback = last(&discord, at + 1).await;
        assert_eq!(callback.body["type"], 8);
        let choices = callback.body["data"]["choices"].as_array().unwrap();
        let values: Vec<&str> = choices
            .iter()
            .map(|it| it["value"].as_str().unwrap())
            .collect();
        assert_eq!(values, offered, "{typed}");
    }
    assert_eq!(discord.line.accepted().len(), 0);
    assert_eq!(double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn forms_become_sentences() {
    let discord = Connected::new().await;
    let double = &discord.double;
    double.interact(&direct().command(double, "follow", &[("metric", json!("Revenue"))]));
    let form = last(&discord, 1).await.body;
    assert_eq!(
        (&form["type"], &form["data"]["custom_id"]),
        (&json!(9), &json!("follow"))
    );
    let first = &form["data"]["components"][0]["components"][0];
    assert_eq!(
        (&first["custom_id"], &first["value"]),
        (&json!("metric"), &json!("Revenue"))
    );
    let fields = [("metric", "revenue"), ("rest", "every day at 8:00")];
    double.interact(&direct().fill(double, "follow", &fields));
    double.interact(&direct().command(double, "alerts", &[("metric", json!("Orders"))]));
    let fields = [("metric", "orders"), ("rest", "fall by 20 %")];
    let mut in_spanish = direct();
    in_spanish.locale = "es-ES".into();
    double.interact(&direct().fill(double, "alert", &fields));
    double.interact(&in_spanish.fill(double, "alert", &fields));
    double.interact(&direct().command(double, "alerts", &[]));
    double.interact(&direct().command(double, "digest", &[]));
    double.interact(&direct().command(double, "help", &[]));
    let accepted = discord.accepted(6).await;
    let mut said: Vec<&str> = accepted.iter().map(text).collect();
    said.sort_unstable();
    assert_eq!(
        said,
        [
            "alert me when orders fall by 20 %",
            "alerts",
            "avísame cuando orders fall by 20 %",
            "digest",
            "follow revenue every day at 8:00",
            "help",
        ]
    );
    assert!(accepted.iter().all(|it| it.origin.private));
    last(&discord, 8).await;
    assert_eq!(double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn commands_speak_the_language_that_a_person_has_discord_in() {
    let discord = Connected::new().await;
    let double = &discord.double;
    let mut all = Vec::new();
    for (locale, language, words) in [
        (
            "es-419",
            Some(Language::Es),
            ["resumen", "ayuda", "alertas"],
        ),
        ("pt-BR", Some(Language::Pt), ["resumo", "ajuda", "alertas"]),
        ("en-GB", Some(Language::En), ["digest", "help", "alerts"]),
        // Not one of ours: the workspace's is taken.
        ("de", None, ["digest", "help", "alerts"]),
    ] {
        let mut ana = direct();
        ana.locale = locale.into();
        for (command, words) in ["digest", "help", "alerts"].into_iter().zip(words) {
            double.interact(&ana.command(double, command, &[]));
            let inbound = discord.accepted(all.len() + 1).await.pop().unwrap();
            assert_eq!(text(&inbound), words);
            assert_eq!(inbound.origin.language, language, "{locale}");
            all.push(inbound);
        }
    }
    last(&discord, all.len()).await;
}

#[tokio::test]
async fn a_message_can_be_asked_about() {
    let discord = Connected::new().await;
    let double = &discord.double;
    let message = channel().message("400000000000000001", &mention("revenue in May"));
    double.interact(&channel().about(double, "Ask Almanac about this", &message));
    assert_eq!(text(&discord.accepted(1).await[0]), "revenue in May");
    let picture = channel().message("400000000000000002", "");
    double.interact(&channel().about(double, "Ask Almanac about this", &picture));
    let told = last(&discord, 2).await.body;
    assert_eq!(
        (&told["type"], &told["data"]["flags"]),
        (&json!(4), &json!(64))
    );
}

#[tokio::test]
async fn what_is_pressed_says_on_what() {
    let discord = Connected::new().await;
    let double = &discord.double;
    let on = OutboxId::new().0.simple().to_string();
    double.interact(&channel().press(double, &format!("3.{on}"), 0));
    let chosen = Content::Chosen {
        index: 3,
        on: on.clone(),
    };
    assert_eq!(discord.accepted(1).await[0].content, chosen);
    assert_eq!(last(&discord, 1).await.body["type"], 5);
    double.interact(&channel().choose(double, "menu.0", &format!("27.{on}")));
    let chosen = Content::Chosen {
        index: 27,
        on: on.clone(),
    };
    assert_eq!(discord.accepted(2).await[1].content, chosen);
    // Under a private answer, what follows is private.
    double.interact(&channel().press(double, &format!("explain.{on}"), 64));
    assert!(discord.accepted(3).await[2].origin.private);
    // A verdict is noted, and one person's is one.
    last(&discord, 3).await;
    for times in [4, 5] {
        double.interact(&channel().press(double, &format!("good.{on}"), 0));
        let noted = last(&discord, times).await.body;
        assert_eq!(
            (&noted["type"], &noted["data"]["flags"]),
            (&json!(4), &json!(64))
        );
    }
    assert_eq!(discord.line.accepted().len(), 4);
    for (times, odd) in [(6, "explode.1"), (7, "menu.0"), (8, "")] {
        double.interact(&channel().press(double, odd, 0));
        let told = last(&discord, times).await.body;
        assert!(
            told["data"]["content"]
                .as_str()
                .unwrap()
                .contains("Ask again")
        );
    }
    assert_eq!(double.breaches(), Vec::<String>::new());
}

#[tokio::test]
async fn whoever_cannot_be_heard_is_told_so() {
    let discord = Connected::new().await;
    let double = &discord.double;
    discord.line.set_down(true);
    let asked = direct().command(double, "ask", &[("question", json!("revenue"))]);
    double.interact(&asked);
    let told = last(&discord, 1).await.body;
    assert_eq!(
        (&told["type"], &told["data"]["flags"]),
        (&json!(4), &json!(64))
    );
    assert!(
        told["data"]["content"]
            .as_str()
            .unwrap()
            .contains("try again")
    );
    let over_http = direct().command(double, "ask", &[("question", json!("revenue"))]);
    let (status, body) = discord.post_signed(over_http.to_string().as_bytes()).await;
    assert_eq!((status, &body["type"]), (200, &json!(4)));
}

/// A line that takes its time and then comes to nothing.
struct Slow;

#[async_trait]
impl Line for Slow {
    async fn accept(&self, _: Inbound) -> Result<Accepted, LineError> {
        tokio::time::sleep(Duration::from_millis(2500)).await;
        Err(LineError::Unavailable("slow".into()))
    }

    async fn answer(&self, _: &Platform, _: &str, _: &str) -> Result<Option<Reply>, LineError> {
        Ok(None)
    }

    async fn history(&self, _: &Platform, _: &Space, _: u32) -> Result<Vec<Message>, LineError> {
        Ok(vec![])
    }
}

#[tokio::test]
async fn discord_is_not_kept_waiting() {
    let discord = Connected::new().await;
    let double = &discord.double;
    let mut services = discord.line.services();
    services.line = Arc::new(Slow);
    let (connected, _stop) = connect(double, services, json!({}));
    let asked = direct().command(double, "ask", &[("question", json!("revenue"))]);
    let body = asked.to_string();
    let webhooks = connected.webhooks.unwrap();
    let (status, thinking) = discord.post_signed_to(webhooks, body.as_bytes()).await;
    assert_eq!((status, &thinking["type"]), (200, &json!(5)));
    double.answered(&asked, &thinking);
    let told = double.wait_for(|_| true).await;
    assert!(seen(&told).contains("try again"), "{}", seen(&told));
}

#[tokio::test]
async fn over_http_it_is_the_same() {
    let discord = Connected::new().await;
    let double = &discord.double;
    let ping = json!({"id": "1", "application_id": APPLICATION, "type": 1, "token": "t",
        "version": 1});
    let (status, pong) = discord.post_signed(ping.to_string().as_bytes()).await;
    assert_eq!((status, &pong["type"]), (200, &json!(1)));
    let asked = channel().command(double, "ask", &[("question", json!("revenue today"))]);
    let body = asked.to_string();
    let (status, thinking) = discord.post_signed(body.as_bytes()).await;
    assert_eq!((status, &thinking["type"]), (200, &json!(5)));
    double.answered(&asked, &thinking);
    // Told twice, it is one question.
    discord.post_signed(body.as_bytes()).await;
    let accepted = discord.line.accepted();
    assert_eq!(accepted.len(), 1);
    let answer = delivery(&accepted[0], words("Much."));
    discord.adapter.send(&answer).await.unwrap();
    assert_eq!(seen(&double.posted()[0]), "Much.");
    let typing = direct().typing(double, "ask", "question", "ord");
    let (_, offers) = discord.post_signed(typing.to_string().as_bytes()).await;
    assert_eq!(offers["type"], 8);
    let odd: Value = json!({"type": 77});
    let (status, _) = discord.post_signed(odd.to_string().as_bytes()).await;
    assert_eq!(status, 400);
}
