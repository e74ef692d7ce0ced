//! What Telegram's updates say: in private chats, groups and topics, and when they are nonsense.

use almanac_adapters::telegram::{Context, Parsed, parse};
use almanac_adapters_doubles::telegram::{BOT, USERNAME, updates};
use almanac_agent_contract::{Content, Inbound, Language, SpaceKind};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::telegram::{ANA, GROUP};

fn context() -> Context<'static> {
    Context {
        bot: BOT,
        username: Some(USERNAME),
        now: "2026-11-20T14:00:30Z".parse().unwrap(),
        language: Language::En,
    }
}

fn read(update: &Value) -> Parsed {
    parse(update.to_string().as_bytes(), &context()).unwrap()
}

fn taken(update: &Value) -> Inbound {
    match read(update) {
        Parsed::Taken(taken) => taken.inbound,
        other => panic!("{other:?}"),
    }
}

/// What a group's message says to the bot; `None` where nothing.
fn heard(text: &str) -> Option<String> {
    match read(&updates::message(1, 10, ANA, GROUP, text)) {
        Parsed::Taken(taken) => match taken.inbound.content {
            Content::Text { text } => Some(text),
            other => panic!("{other:?}"),
        },
        Parsed::Ignored(_) => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn in_a_group_only_what_is_said_to_it_is_heard() {
    for (text, said) in [
        ("revenue last week", None),
        ("@almanac_bot revenue last week", Some("revenue last week")),
        ("@Almanac_Bot, how was revenue?", Some("how was revenue?")),
        ("😀 hey @almanac_bot revenue?", Some("😀 hey  revenue?")),
        ("@somebody revenue?", None),
        ("/ask@almanac_bot orders", Some("orders")),
        ("/ask orders", Some("orders")),
        ("/ask@other_bot orders", None),
        ("/weather Lisbon", None),
        (
            "/follow revenue every day at 8:00",
            Some("follow revenue every day at 8:00"),
        ),
        ("/alerts", Some("alerts")),
    ] {
        assert_eq!(heard(text).as_deref(), said, "{text}");
    }
}

#[test]
fn a_reply_to_it_is_heard_and_a_topics_first_message_is_no_reply() {
    let mut update = updates::message(1, 10, ANA, GROUP, "and by country?");
    update["message"]["reply_to_message"] = json!({ "message_id": 5, "from": updates::bot() });
    assert!(matches!(read(&update), Parsed::Taken(_)));
    update["message"]["reply_to_message"]["forum_topic_created"] = json!({ "name": "Sales" });
    assert!(matches!(read(&update), Parsed::Ignored(_)));
}

#[test]
fn a_topic_is_a_thread_and_a_chain_of_replies_is_not() {
    let mut update = updates::message(1, 10, ANA, GROUP, "@almanac_bot revenue");
    update["message"]["message_thread_id"] = json!(44);
    assert_eq!(taken(&update).space.thread, None);
    update["message"]["is_topic_message"] = json!(true);
    let inbound = taken(&update);
    assert_eq!(inbound.space.thread.as_deref(), Some("44"));
    assert_eq!(inbound.space.kind, SpaceKind::Channel);
}

#[test]
fn who_asked_where_and_when_is_kept() {
    let inbound = taken(&updates::message(71, 10, ANA, ANA, "revenue last week"));
    assert_eq!(inbound.event_id, "71");
    assert_eq!(inbound.space.id, ANA.to_string());
    assert_eq!(inbound.space.kind, SpaceKind::Direct);
    assert_eq!(inbound.sender.user, ANA.to_string());
    assert_eq!(inbound.sender.name.as_deref(), Some("Ana Silva"));
    assert_eq!(inbound.origin.message, Some(format!("{ANA}:10")));
    assert_eq!(inbound.at.to_string(), "2026-11-20T14:00:00Z");
    // A time that cannot be true is not believed.
    let mut update = updates::message(71, 10, ANA, ANA, "revenue last week");
    for wrong in [
        0,
        -5,
        i64::MAX,
        updates::DATE + 86_400,
        updates::DATE - 200_000,
    ] {
        update["message"]["date"] = json!(wrong);
        assert_eq!(taken(&update).at, context().now, "{wrong}");
    }
}

#[test]
fn commands_speak_the_language_that_a_person_has_telegram_in() {
    for (code, language, words) in [
        ("es-MX", Some(Language::Es), ["resumen", "ayuda", "alertas"]),
        ("pt-br", Some(Language::Pt), ["resumo", "ajuda", "alertas"]),
        ("en", Some(Language::En), ["digest", "help", "alerts"]),
        ("de", None, ["digest", "help", "alerts"]),
    ] {
        for (command, words) in ["/digest", "/help", "/alerts"].into_iter().zip(words) {
            let mut update = updates::message(71, 10, ANA, ANA, command);
            update["message"]["from"]["language_code"] = json!(code);
            let inbound = taken(&update);
            let text = Content::Text { text: words.into() };
            assert_eq!((inbound.content, inbound.origin.language), (text, language));
        }
    }
}

#[test]
fn what_only_goes_on_around_it_is_let_pass() {
    let with = |change: fn(&mut Value)| {
        let mut update = updates::message(1, 10, ANA, GROUP, "@almanac_bot revenue");
        change(&mut update);
        match read(&update) {
            Parsed::Ignored(ignored) => ignored.why,
            other => panic!("{other:?}"),
        }
    };
    let channel = with(|it| it["message"]["chat"]["type"] = json!("channel"));
    assert_eq!(channel, "a channel");
    let bots = with(|it| it["message"]["from"]["is_bot"] = json!(true));
    assert_eq!(bots, "another bot's");
    let moved = with(|it| it["message"]["migrate_to_chat_id"] = json!(-1_002));
    assert_eq!(moved, "the group has another id now");
    for (status, why) in [
        ("kicked", "a person blocked the bot"),
        ("member", "a person started the bot"),
    ] {
        match read(&updates::standing(1, ANA, ANA, status)) {
            Parsed::Ignored(ignored) => assert_eq!(ignored.why, why),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn whoever_cannot_be_answered_is_told() {
    let told = |update: &Value| matches!(read(update), Parsed::Tell(_));
    let mut sticker = updates::message(1, 10, ANA, ANA, "");
    let message = sticker["message"].as_object_mut().unwrap();
    message.remove("text");
    message.insert("sticker".into(), json!({ "file_id": "x" }));
    assert!(told(&sticker));
    let mut anonymous = updates::message(1, 10, 1_087_968_824, GROUP, "@almanac_bot revenue");
    anonymous["message"]["from"]["is_bot"] = json!(true);
    anonymous["message"]["sender_chat"] = json!({ "id": GROUP, "type": "supergroup" });
    assert!(told(&anonymous));
    assert!(told(&updates::message(1, 10, ANA, ANA, "/ask")));
}

#[test]
fn before_its_name_is_known_a_mention_must_come_again() {
    let nameless = Context {
        username: None,
        ..context()
    };
    let update = updates::message(1, 10, ANA, GROUP, "@almanac_bot revenue").to_string();
    assert_eq!(parse(update.as_bytes(), &nameless), Ok(Parsed::NotYet));
    let update = updates::message(1, 10, ANA, ANA, "revenue").to_string();
    assert!(matches!(
        parse(update.as_bytes(), &nameless),
        Ok(Parsed::Taken(_))
    ));
}

/// A value of every type of the published description, as deep as told.
fn sample(all: &Value, kind: &str, depth: u32, optional: bool) -> Value {
    if let Some(of) = kind.strip_prefix("Array of ") {
        return json!([sample(all, of, depth, optional)]);
    }
    match kind {
        "Integer" => return json!(1_700),
        "Float" => return json!(0.5),
        "Boolean" | "True" => return json!(true),
        "String" | "InputFile" => return json!("words"),
        _ => {}
    }
    let described = &all["types"][kind];
    if let Some(first) = described["subtypes"][0].as_str() {
        return sample(all, first, depth, optional);
    }
    let mut value = Map::new();
    for field in described["fields"].as_array().into_iter().flatten() {
        let needed = field["required"] == true;
        if depth > 0 && (needed || optional) {
            let name = field["name"].as_str().unwrap().to_owned();
            let kind = field["types"][0].as_str().unwrap();
            value.insert(name, sample(all, kind, depth - 1, optional));
        }
    }
    Value::Object(value)
}

#[test]
fn every_published_kind_of_update_is_read_or_let_pass() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../shared/fixtures/telegram/bot-api.json"
    );
    let text = std::fs::read_to_string(file).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let kinds = all["types"]["Update"]["fields"].as_array().unwrap();
    let mut seen = 0;
    for field in kinds.iter().filter(|field| field["name"] != "update_id") {
        let name = field["name"].as_str().unwrap();
        let kind = field["types"][0].as_str().unwrap();
        for (depth, optional) in [(1, false), (4, false), (3, true)] {
            let mut update = json!({ "update_id": 5 });
            update[name] = sample(&all, kind, depth, optional);
            let parsed = read(&update);
            let for_us = [
                "message",
                "edited_message",
                "callback_query",
                "my_chat_member",
            ];
            if !for_us.contains(&name) {
                let Parsed::Ignored(ignored) = parsed else {
                    panic!("{name}: {parsed:?}")
                };
                assert_eq!(ignored.kind, name);
            }
        }
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

/// Updates of all kinds that are read.
fn samples() -> Vec<Value> {
    let answer = almanac_adapters_doubles::telegram::Posted {
        chat: ANA,
        id: 3,
        thread: None,
        reply_to: None,
        html: "It was 42.".into(),
        visible: "It was 42.".into(),
        photo: None,
        file: None,
        keyboard: vec![vec![almanac_adapters_doubles::telegram::Key {
            text: "Good answer".into(),
            data: Some("good.018f3c0000007000800000000000000a".into()),
        }]],
        edits: 0,
        silent: false,
    };
    let good = "good.018f3c0000007000800000000000000a";
    vec![
        updates::message(1, 10, ANA, GROUP, "é😀 @almanac_bot revenue /ask"),
        updates::message(2, 10, ANA, ANA, "/ask@almanac_bot 👩‍👩‍👧"),
        updates::edited(3, 10, ANA, GROUP, "@almanac_bot orders"),
        updates::pressed(4, ANA, &answer, good),
        updates::standing(5, ANA, GROUP, "kicked"),
    ]
}

proptest! {
    #[test]
    fn broken_bytes_do_no_harm(
        which in 0..5_usize,
        cut in 0..2_000_usize,
        at in 0..2_000_usize,
        byte in any::<u8>(),
    ) {
        let mut bytes = samples()[which].to_string().into_bytes();
        let place = at % bytes.len();
        bytes[place] = byte;
        bytes.truncate(bytes.len().min(cut.max(1)));
        let _ = parse(&bytes, &context());
    }

    #[test]
    fn random_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes, &context());
    }

    #[test]
    fn entities_anywhere_do_no_harm(
        text in "\\PC{0,20}",
        offset in any::<usize>(),
        length in any::<usize>(),
        small in (0..25_usize, 0..25_usize),
        kind in prop_oneof![
            Just("mention"), Just("bot_command"), Just("text_mention"), Just("hologram")
        ],
    ) {
        let mut update = updates::message(1, 10, ANA, GROUP, &text);
        let entity = |offset, length| json!({
            "type": kind, "offset": offset, "length": length, "user": { "id": BOT },
        });
        update["message"]["entities"] =
            json!([entity(offset, length), entity(small.0, small.1), entity(small.1, small.0)]);
        let _ = parse(update.to_string().as_bytes(), &context());
    }

    #[test]
    fn the_order_of_names_does_not_matter(which in 0..5_usize) {
        fn turned(value: &Value) -> Value {
            match value {
                Value::Object(fields) => {
                    let fields = fields.iter().rev();
                    Value::Object(fields.map(|(name, it)| (name.clone(), turned(it))).collect())
                }
                other => other.clone(),
            }
        }
        let update = &samples()[which];
        prop_assert_eq!(read(update), read(&turned(update)));
    }
}
