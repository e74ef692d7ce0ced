//! The published description of the Bot API, and whether a request keeps to it.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/fixtures/telegram/bot-api.json"
);

/// What is published.
pub(super) struct Description {
    methods: HashMap<String, Value>,
    types: Map<String, Value>,
}

/// The description.
pub(super) static PUBLISHED: LazyLock<Description> = LazyLock::new(|| {
    let text = std::fs::read_to_string(FILE).unwrap_or_else(|error| panic!("{FILE}: {error}"));
    let mut all: Value = serde_json::from_str(&text).expect("the description is JSON");
    let Value::Object(types) = all["types"].take() else {
        panic!("the description has types");
    };
    let Value::Object(methods) = all["methods"].take() else {
        panic!("the description has methods");
    };
    let methods = methods
        .into_iter()
        .map(|(name, method)| (name.to_lowercase(), method))
        .collect();
    Description { methods, types }
});

impl Description {
    /// Where a request breaks the description, a sentence each.
    pub(super) fn breaches(&self, method: &str, parameters: &Map<String, Value>) -> Vec<String> {
        let Some(described) = self.methods.get(&method.to_lowercase()) else {
            return vec![format!("{method} is no method of the Bot API")];
        };
        self.fields(method, &described["fields"], parameters)
    }

    /// A form's field as the value it stands for.
    pub(super) fn read(&self, method: &str, field: &str, text: String) -> Value {
        let described = self.methods.get(&method.to_lowercase());
        let fields = described.and_then(|it| it["fields"].as_array());
        let types = fields
            .into_iter()
            .flatten()
            .find(|it| it["name"] == field)
            .map(|it| it["types"].clone())
            .unwrap_or_default();
        let is_text = types
            .as_array()
            .is_some_and(|types| types.iter().all(|it| it == "String" || it == "InputFile"));
        if is_text {
            return Value::String(text);
        }
        serde_json::from_str(&text).unwrap_or(Value::String(text))
    }

    fn fields(&self, of: &str, described: &Value, given: &Map<String, Value>) -> Vec<String> {
        let none = Vec::new();
        let described = described.as_array().unwrap_or(&none);
        let mut breaches = Vec::new();
        for field in described {
            let name = field["name"].as_str().unwrap_or_default();
            match given.get(name) {
                Some(value) => {
                    let types: Vec<&str> = field["types"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str)
                        .collect();
                    breaches.extend(self.any(&format!("{of}.{name}"), &types, value));
                }
                None if field["required"] == true => {
                    breaches.push(format!("{of} needs {name}"));
                }
                None => {}
            }
        }
        for name in given.keys() {
            if !described.iter().any(|field| field["name"] == **name) {
                breaches.push(format!("{of} has no {name}"));
            }
        }
        breaches
    }

    fn any(&self, at: &str, types: &[&str], value: &Value) -> Vec<String> {
        let tried: Vec<Vec<String>> = types
            .iter()
            .map(|kind| self.kind(at, kind, value))
            .collect();
        if tried.is_empty() || tried.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        match tried.as_slice() {
            [only] => only.clone(),
            _ => vec![format!("{at} is none of {}", types.join(", "))],
        }
    }

    fn kind(&self, at: &str, kind: &str, value: &Value) -> Vec<String> {
        if let Some(of) = kind.strip_prefix("Array of ") {
            let Some(items) = value.as_array() else {
                return vec![format!("{at} is no list")];
            };
            let item = |item| self.kind(at, of, item);
            return items.iter().flat_map(item).collect();
        }
        let fits = match kind {
            "Integer" => value.is_i64() || value.is_u64(),
            "Float" => value.is_number(),
            "Boolean" | "True" => value.is_boolean(),
            "String" | "InputFile" => value.is_string(),
            _ => return self.object(at, kind, value),
        };
        if fits {
            Vec::new()
        } else {
            vec![format!("{at} is no {kind}")]
        }
    }

    fn object(&self, at: &str, kind: &str, value: &Value) -> Vec<String> {
        let Some(described) = self.types.get(kind) else {
            return vec![format!("{kind}, the type of {at}, is not described")];
        };
        if let Some(subtypes) = described["subtypes"].as_array() {
            let subtypes: Vec<&str> = subtypes.iter().filter_map(Value::as_str).collect();
            return self.any(at, &subtypes, value);
        }
        match value.as_object() {
            Some(given) => self.fields(at, &described["fields"], given),
            None => vec![format!("{at} is no {kind}")],
        }
    }
}
