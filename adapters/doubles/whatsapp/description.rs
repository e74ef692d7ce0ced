//! Meta's own description of the Cloud API, with what it gets wrong about itself put right.

use std::sync::{Arc, OnceLock};

use serde_json::{Value as Json, json};

use crate::openapi::Description;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/fixtures/whatsapp/cloud-api.openapi.yaml"
);

/// The description, read once a process; `None` where the file is not there.
pub(super) fn description() -> Option<Arc<Description>> {
    static READ: OnceLock<Option<Arc<Description>>> = OnceLock::new();
    READ.get_or_init(|| {
        let text = std::fs::read_to_string(FILE).ok()?;
        let options = serde_saphyr::options! { budget: None };
        let mut document: Json =
            serde_saphyr::from_str_with_options(&text, options).expect("a description in YAML");
        mend(&mut document);
        Some(Arc::new(Description::of(document, "")))
    })
    .clone()
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
