//! Meta's own description of the Cloud API, with what it gets wrong about itself put right.

use std::sync::{Arc, OnceLock};

use serde_json::{Value as Json, json};

use crate::openapi::Description;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/fixtures/whatsapp/cloud-api.openapi.yaml"
);

/// The description, read once a process.
pub(super) fn description() -> Arc<Description> {
    static READ: OnceLock<Arc<Description>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let text = std::fs::read_to_string(FILE).unwrap_or_else(|error| panic!("{FILE}: {error}"));
        let options = serde_saphyr::options! { budget: None };
        let mut document: Json =
            serde_saphyr::from_str_with_options(&text, options).expect("a description in YAML");
        mend(&mut document);
        Arc::new(Description::of(document, ""))
    });
    Arc::clone(read)
}

fn mend(document: &mut Json) {
    let schemas = document
        .pointer_mut("/components/schemas")
        .expect("schemas");
    // Its own example, "0", is not of this pattern.
    let index = schemas
        .pointer_mut("/TemplateComponent/properties/index")
        .and_then(Json::as_object_mut)
        .expect("the index of a button");
    index.remove("pattern");
    // It comes back in webhooks, which are described with it; that it can be sent is not.
    schemas["BaseMessageProperties"]["properties"]["biz_opaque_callback_data"] =
        json!({"type": "string", "maxLength": 512});
    // It is older than people who hide their number: they are written to by an id.
    let base = &mut schemas["BaseMessageProperties"];
    base["required"] = json!(["messaging_product", "recipient_type", "type"]);
    base["properties"]["recipient"] = json!({"type": "string", "pattern": "^[A-Z]{2}\\."});
    base["oneOf"] = json!([{"required": ["to"]}, {"required": ["recipient"]}]);
    // It has an example of this, and no schema.
    let mark = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["messaging_product", "status", "message_id"],
        "properties": {
            "messaging_product": {"const": "whatsapp"},
            "status": {"const": "read"},
            "message_id": {"type": "string", "pattern": "^wamid\\."},
            "typing_indicator": {
                "type": "object",
                "additionalProperties": false,
                "required": ["type"],
                "properties": {"type": {"const": "text"}},
            },
        },
    });
    let kinds = schemas.pointer_mut("/Message/oneOf");
    kinds
        .and_then(Json::as_array_mut)
        .expect("kinds of messages")
        .push(mark);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::{JSON, Request};

    fn breaches(body: &Json) -> Vec<String> {
        description().breaches(&Request {
            method: "POST",
            path: "/v23.0/106540352242900/messages",
            query: "",
            media: JSON,
            body: Some(body),
        })
    }

    #[test]
    fn what_is_sent_is_held_to_it() {
        let template = json!({
            "messaging_product": "whatsapp", "recipient_type": "individual", "to": "1",
            "type": "template", "biz_opaque_callback_data": "x",
            "template": {
                "name": "n",
                "language": {"policy": "deterministic", "code": "en"},
                "components": [{"type": "button", "sub_type": "quick_reply", "index": "0",
                    "parameters": [{"type": "payload", "payload": "p"}]}],
            },
        });
        assert_eq!(breaches(&template), Vec::<String>::new());
        let mark = json!({
            "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x",
            "typing_indicator": {"type": "text"},
        });
        assert_eq!(breaches(&mark), Vec::<String>::new());
        for (pointer, wrong) in [
            ("/template/language", json!({"code": "en"})),
            ("/template/components/0/type", json!("footer")),
            ("/template/components/0/index", json!(0)),
            ("/to", json!(1)),
            ("/messaging_product", json!(null)),
        ] {
            let mut broken = template.clone();
            *broken.pointer_mut(pointer).unwrap() = wrong;
            assert!(!breaches(&broken).is_empty(), "{pointer}");
        }
        let mut long = json!({
            "messaging_product": "whatsapp", "recipient_type": "individual", "to": "1",
            "type": "interactive",
            "interactive": {
                "type": "button",
                "body": {"text": "b"},
                "action": {"buttons": [{"type": "reply", "reply": {"id": "i", "title": "t"}}]},
            },
        });
        assert_eq!(breaches(&long), Vec::<String>::new());
        long["interactive"]["body"]["text"] = json!("b".repeat(1025));
        assert!(!breaches(&long).is_empty());
    }
}
