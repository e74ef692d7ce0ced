//! Every sample that Meta's own SDKs are tested with is read, or acknowledged and left with its type;
//! and whatever becomes of them on the way, nothing panics.

use std::fs;
use std::path::Path;

use almanac_adapters::Section;
use almanac_adapters::whatsapp::{Malformed, Said, Update, parse};
use almanac_agent_contract::{Outcome, Reply, SendError};
use proptest::prelude::*;
use serde_json::{Map, Value as Json};

use super::payload::NUMBER;
use super::templates::{DAY, asked_before};
use super::{WhatsAppUnderTest, section};
use crate::memory_line::delivery;

const SAMPLES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/fixtures/whatsapp/updates"
);

/// Each sample with its file and name: "message/text".
fn samples() -> Vec<(String, Json)> {
    let mut files: Vec<_> = fs::read_dir(Path::new(SAMPLES))
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    let mut samples = Vec::new();
    for file in files {
        let of: Map<String, Json> = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
        samples.extend(
            of.into_iter()
                .map(|(name, body)| (format!("{stem}/{name}"), body)),
        );
    }
    assert!(samples.len() > 50, "{}", samples.len());
    samples
}

/// The templates that Meta shows how to submit, each with its name.
fn templates() -> Vec<(String, Json)> {
    let mut templates = Vec::new();
    for kind in fs::read_dir(Path::new(SAMPLES).join("../templates")).unwrap() {
        let file = kind.unwrap().path().join("examples.json");
        let of: Map<String, Json> = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        templates.extend(of);
    }
    assert!(templates.len() > 10, "{}", templates.len());
    templates
}

#[tokio::test]
async fn no_sample_of_a_template_is_taken_for_one_that_can_be_filled() {
    for (name, mut sample) in templates() {
        let whatsapp = WhatsAppUnderTest::start().await;
        sample["name"] = "almanac_update".into();
        whatsapp.double.add_template(&sample, "APPROVED");
        let services = whatsapp.line.services();
        let checks = section(&whatsapp.double).check(services).await;
        let listed = checks.iter().find(|it| it.what == "templates").unwrap();
        let told = listed.found.as_ref().unwrap_err();
        println!("left {name}: {told}");
        assert!(told.contains("almanac_update"), "{name}: {told}");

        let question = asked_before(&whatsapp, 2 * DAY).await;
        let answer = delivery(&question, Reply::words(Outcome::Answer, "$5"));
        let refused = whatsapp.adapter.send(&answer).await;
        assert!(
            matches!(refused, Err(SendError::Refused(_))),
            "{name}: {refused:?}"
        );
        assert_eq!(whatsapp.double.sent().len(), 0, "{name}");
    }
}

/// What became of it, in a word.
fn what(update: &Update) -> String {
    match update {
        Update::Message(message) => match &message.said {
            Said::Words(_) => "words".into(),
            Said::Pressed(_) => "pressed".into(),
            Said::Edited { .. } => "edited".into(),
            Said::Deleted(_) => "deleted".into(),
            Said::Wordless => "wordless".into(),
        },
        Update::Status(status) => format!("status {}", status.status),
        Update::Ignored(what) => format!("ignored {what}"),
    }
}

#[test]
fn every_sample_is_read_or_left_with_its_type() {
    for (name, body) in samples() {
        let updates = parse(body.to_string().as_bytes()).unwrap();
        assert!(!updates.is_empty(), "{name}");
        let whats: Vec<String> = updates.iter().map(what).collect();
        let expected = match name.as_str() {
            "message/text"
            | "message/video"
            | "message/document"
            | "message/reply"
            | "message/forwarded"
            | "message/forwarded_many_times"
            | "message/referral" => "words",
            "message/image"
            | "message/media_with_url"
            | "message/audio"
            | "message/voice"
            | "message/static_sticker"
            | "message/animated_sticker"
            | "message/current_location"
            | "message/chosen_location"
            | "message/contacts"
            | "message/order"
            | "message/unsupported"
            | "message/unsupported_with_type" => "wordless",
            // A surprised face is no judgement, and taking one back is none.
            "message/reaction" | "message/unreaction_empty" | "message/unreaction_no_emoji" => {
                "ignored message reaction"
            }
            "edited_message/image" => "edited",
            "deleted_message/revoke" => "deleted",
            // What these carry is not ours.
            "callback_button/button"
            | "callback_selection/callback"
            | "callback_selection/description"
            | "flow_completion/completion"
            | "flow_completion/without_flow_token"
            | "message/interactive_message_with_err"
            | "call_permission_update/accept"
            | "call_permission_update/reject" => "ignored message interactive",
            "callback_button/quick_reply" | "callback_button/quick_reply_without_context" => {
                "ignored message button"
            }
            "message_status/with_tracker" => "status sent",
            "message_status/group" => "status read",
            "system/phone_number_change" | "system/identity_change" => "ignored message system",
            other => match other.split_once('/') {
                Some(("message_status", status)) => &format!("status {status}"),
                Some(("outgoing_message", _)) => "ignored field smb_message_echoes",
                Some(("call_status" | "call_connect" | "call_terminate", _)) => {
                    "ignored field calls"
                }
                Some(("account_update", _)) => "ignored field account_update",
                Some(("user_marketing_preferences", _)) => "ignored field user_preferences",
                Some((template, _)) if template.starts_with("template_") => {
                    assert!(whats[0].starts_with("ignored field "), "{whats:?}");
                    assert!(whats[0].contains("template_"), "{whats:?}");
                    continue;
                }
                _ => panic!("a new sample: {name}: {whats:?}"),
            },
        };
        assert_eq!(whats[0], expected, "{name}: {whats:?}");
    }
}

#[tokio::test]
async fn every_sample_is_acknowledged() {
    let whatsapp = WhatsAppUnderTest::start().await;
    for (name, body) in samples() {
        assert_eq!(whatsapp.double.deliver(&body).await, 200, "{name}");
        assert_eq!(
            whatsapp.line.accepted().len(),
            0,
            "{name} is another number's"
        );
    }
    // The same, had they been said to our number; each is an event of its own.
    for (at, (name, body)) in samples().into_iter().enumerate() {
        let body = body.to_string().replace("wamid.", &format!("wamid.{at}."));
        let mut body: Json = serde_json::from_str(&body).unwrap();
        let number = body.pointer_mut("/entry/0/changes/0/value/metadata/phone_number_id");
        if let Some(number) = number {
            *number = NUMBER.into();
        }
        assert_eq!(whatsapp.double.deliver(&body).await, 200, "{name}");
    }
    assert!(whatsapp.line.accepted().len() >= 15);
    assert!(whatsapp.line.stages().len() >= 4);
}

#[test]
fn what_is_no_object_is_malformed() {
    for bytes in [&b""[..], b"{", b"[]", b"null", b"7", b"\xff\xfe\x00"] {
        assert_eq!(parse(bytes), Err(Malformed));
    }
    assert_eq!(parse(b"{}").unwrap().len(), 1);
}

/// Any JSON, with the names that mean something here among its keys.
fn anything() -> impl Strategy<Value = Json> {
    let keys = [
        "object",
        "entry",
        "changes",
        "value",
        "field",
        "messages",
        "statuses",
        "metadata",
        "phone_number_id",
        "display_phone_number",
        "contacts",
        "from",
        "id",
        "timestamp",
        "type",
        "text",
        "body",
        "interactive",
        "button_reply",
        "button",
        "payload",
        "reaction",
        "emoji",
        "edit",
        "message",
        "revoke",
        "original_message_id",
        "errors",
        "code",
        "profile",
        "name",
    ];
    let words = prop_oneof![
        Just("messages".to_owned()),
        Just("whatsapp_business_account".to_owned()),
        Just("text".to_owned()),
        Just("interactive".to_owned()),
        Just("reaction".to_owned()),
        Just("edit".to_owned()),
        ".{0,12}",
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        words.prop_map(Json::from),
    ];
    leaf.prop_recursive(8, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::vec((prop::sample::select(keys.to_vec()), inner), 0..6).prop_map(
                |fields| {
                    let fields = fields
                        .into_iter()
                        .map(|(key, value)| (key.to_owned(), value));
                    Json::Object(fields.collect())
                }
            ),
        ]
    })
}

/// The same JSON with every object's fields the other way around.
fn turned(json: &Json) -> Json {
    match json {
        Json::Object(fields) => {
            let fields = fields.iter().rev();
            Json::Object(
                fields
                    .map(|(key, value)| (key.clone(), turned(value)))
                    .collect(),
            )
        }
        Json::Array(items) => Json::Array(items.iter().map(turned).collect()),
        other => other.clone(),
    }
}

#[test]
fn the_order_of_fields_means_nothing() {
    for (name, body) in samples() {
        let as_it_came = parse(body.to_string().as_bytes());
        assert_eq!(
            as_it_came,
            parse(turned(&body).to_string().as_bytes()),
            "{name}"
        );
    }
}

proptest! {
    #[test]
    fn any_json_is_read(body in anything()) {
        let _ = parse(body.to_string().as_bytes());
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn a_sample_cut_or_spoilt_is_read(which in 0_usize..50, at in 0_usize..2_000, byte: u8) {
        let mut bytes = samples()[which].1.to_string().into_bytes();
        let at = at % bytes.len();
        let _ = parse(&bytes[..at]);
        bytes[at] = byte;
        let _ = parse(&bytes);
    }

    #[test]
    fn a_sample_with_something_else_in_it_is_read(
        which in 0_usize..50,
        place in 0_usize..200,
        other in anything(),
    ) {
        let mut body = samples()[which].1.clone();
        let mut places = Vec::new();
        pointers(&body, "", &mut places);
        let place = &places[place % places.len()];
        *body.pointer_mut(place).unwrap() = other;
        let _ = parse(body.to_string().as_bytes());
    }
}

fn pointers(json: &Json, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match json {
        Json::Object(fields) => {
            for (key, value) in fields {
                pointers(value, &format!("{at}/{key}"), into);
            }
        }
        Json::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                pointers(value, &format!("{at}/{index}"), into);
            }
        }
        _ => {}
    }
}
