//! The double is as strict as Discord.

use almanac_adapters_doubles::discord::{Discord, TOKEN};
use serde_json::{Value, json};

use crate::discord::CHANNEL;

#[tokio::test]
async fn the_double_notices_what_discord_would_refuse() {
    let double = Discord::start().await;
    let client = reqwest::Client::builder().build().unwrap();
    let post = async |path: &str, body: Value| {
        let request = client
            .post(format!("{}/api/v10{path}", double.url()))
            .header("authorization", format!("Bot {TOKEN}"))
            .json(&body);
        let response = client.execute(request.build().unwrap()).await.unwrap();
        response.status().as_u16()
    };
    let messages = format!("/channels/{CHANNEL}/messages");
    let quiet = json!({"parse": []});
    let good = json!({"content": "x", "flags": 4, "allowed_mentions": quiet});
    assert_eq!(post(&messages, good.clone()).await, 200);
    assert_eq!(double.breaches(), Vec::<String>::new());
    let with = |key: &str, value: Value| {
        let mut body = good.clone();
        body[key] = value;
        body
    };
    let button = json!({"type": 2, "style": 1, "label": "a", "custom_id": "a"});
    for (body, breach) in [
        (with("content", json!("x".repeat(2001))), "content of 2001"),
        (with("content", json!("")), "empty message"),
        (
            with("allowed_mentions", json!({"parse": ["users"]})),
            "mentioned",
        ),
        (with("flags", json!(0)), "unfold"),
        (with("nonce", json!("n".repeat(26))), "/nonce"),
        (
            with("embeds", json!([{"title": "t".repeat(257)}])),
            "/embeds/0/title",
        ),
        (
            with(
                "components",
                json!([{"type": 1, "components": [button, button]}]),
            ),
            "twice",
        ),
    ] {
        post(&messages, body).await;
        let last = double.breaches().join("\n");
        assert!(last.contains(breach), "{breach} is not in\n{last}");
    }
    assert_eq!(post("/moons", json!({})).await, 404);
    assert!(double.breaches().join(" ").contains("POST /api/v10/moons"));
}
