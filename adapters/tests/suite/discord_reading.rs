//! Whatever comes from Discord is read, and nothing of it does harm.

use almanac_adapters::discord::reads;
use almanac_adapters_doubles::discord::APPLICATION;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::discord::{CHANNEL, channel, mention};

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
