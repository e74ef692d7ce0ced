//! Requests held to a published OpenAPI description: which operation a request is, and where its
//! body or its query is not as that operation takes it, a sentence each. The stand-ins use it on
//! everything they are sent.
//!
//! Only what a request says is checked, never an answer. What a description does not declare
//! (a query parameter it does not know, a field that a schema leaves open) is no breach.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value, json};

/// JSON, as a body's media type.
pub const JSON: &str = "application/json";

/// A request, as far as a description speaks of it.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// "GET", "POST".
    pub method: &'a str,
    /// The path with the description's prefix and without the query: "/api/v10/gateway".
    pub path: &'a str,
    /// What stands behind the question mark, still encoded; empty where nothing does.
    pub query: &'a str,
    /// The body's media type without parameters; [`JSON`] for the JSON part of a form, too, where
    /// the form only adds files to it.
    pub media: &'a str,
    /// The body as JSON: of a form, an object of its fields. `None` where there is none.
    pub body: Option<&'a Value>,
}

/// A published description.
pub struct Description {
    document: Value,
    prefix: String,
    operations: Vec<Operation>,
    /// By the place of the schema in the document: compiled when first needed.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// A method on a path.
struct Operation {
    method: String,
    template: String,
    /// `None` is a parameter.
    segments: Vec<Option<String>>,
}

impl Operation {
    fn is(&self, method: &str, segments: &[&str]) -> bool {
        self.method == method
            && self.segments.len() == segments.len()
            && self
                .segments
                .iter()
                .zip(segments)
                .all(|(is, given)| is.as_ref().map_or(!given.is_empty(), |is| is == given))
    }

    fn literals(&self) -> usize {
        self.segments.iter().flatten().count()
    }
}

impl Description {
    /// Reads a description: JSON, or YAML where the file's name ends so. Paths of requests begin
    /// with `prefix` and go on with a path of the description: "/api/v10", or "" where the
    /// description's paths are whole.
    #[must_use]
    pub fn load(file: impl AsRef<Path>, prefix: &str) -> Self {
        let file = file.as_ref();
        let text = std::fs::read_to_string(file)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let yaml = file
            .extension()
            .is_some_and(|it| it == "yaml" || it == "yml");
        let document: Value = if yaml {
            let options = serde_saphyr::options! { budget: None };
            serde_saphyr::from_str_with_options(&text, options).expect("a description in YAML")
        } else {
            serde_json::from_str(&text).expect("a description in JSON")
        };
        Self::of(document, prefix)
    }

    /// A description that has been read.
    #[must_use]
    pub fn of(document: Value, prefix: &str) -> Self {
        let methods = [
            "get", "put", "post", "delete", "patch", "head", "options", "trace",
        ];
        let paths = document["paths"].as_object().expect("paths");
        let operations = paths
            .iter()
            .flat_map(|(template, item)| {
                let declared = methods.iter().filter(|method| item.get(**method).is_some());
                declared.map(|method| Operation {
                    method: (*method).to_owned(),
                    template: template.clone(),
                    segments: template
                        .split('/')
                        .skip(1)
                        .map(|it| (!it.starts_with('{')).then(|| it.to_owned()))
                        .collect(),
                })
            })
            .collect();
        Self {
            document,
            prefix: prefix.to_owned(),
            operations,
            validators: Mutex::default(),
        }
    }

    /// The path of the operation as the description writes it: "/channels/{channel_id}/messages".
    /// `None` where it has no such operation.
    #[must_use]
    pub fn operation(&self, method: &str, path: &str) -> Option<&str> {
        self.matching(method, path)
            .first()
            .map(|it| it.template.as_str())
    }

    /// Where the request is not as the description has it.
    #[must_use]
    pub fn breaches(&self, request: &Request<'_>) -> Vec<String> {
        let matching = self.matching(request.method, request.path);
        // Where paths differ only in a parameter's name, one that takes the request is enough.
        let found = matching
            .iter()
            .map(|operation| self.breaches_of(operation, request))
            .min_by_key(Vec::len);
        found.unwrap_or_else(|| {
            vec![format!(
                "{} {} is not in the description",
                request.method, request.path
            )]
        })
    }

    /// The operations with the most literal segments among those that fit.
    fn matching(&self, method: &str, path: &str) -> Vec<&Operation> {
        let Some(path) = path.strip_prefix(&self.prefix) else {
            return vec![];
        };
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let method = method.to_lowercase();
        let mut fitting: Vec<&Operation> = self
            .operations
            .iter()
            .filter(|operation| operation.is(&method, &segments))
            .collect();
        let most = fitting
            .iter()
            .map(|it| it.literals())
            .max()
            .unwrap_or_default();
        fitting.retain(|operation| operation.literals() == most);
        fitting
    }

    fn breaches_of(&self, operation: &Operation, request: &Request<'_>) -> Vec<String> {
        let name = format!("{} {}", request.method, operation.template);
        let item = &self.document["paths"][&operation.template];
        let described = &item[&operation.method];
        let place = format!(
            "/paths/{}/{}",
            operation.template.replace('~', "~0").replace('/', "~1"),
            operation.method
        );
        let mut breaches = self.query_breaches(&name, [item, described], request.query);
        let taken = self.resolved(&described["requestBody"]);
        let required = taken["required"].as_bool().unwrap_or(false);
        match (request.body, taken["content"].get(request.media)) {
            (None, _) if required => breaches.push(format!("{name}: a body is required")),
            (None, _) => {}
            (Some(body), Some(media)) => {
                let place = format!("{place}/requestBody/{}", request.media);
                let errors = self.against(&place, &media["schema"], body);
                breaches.extend(errors.into_iter().map(|it| format!("{name}: {it}")));
            }
            (Some(_), None) if taken["content"].is_object() => {
                breaches.push(format!("{name}: takes no {}", request.media));
            }
            (Some(_), None) => {}
        }
        breaches
    }

    fn query_breaches(&self, name: &str, of: [&Value; 2], query: &str) -> Vec<String> {
        let given: Vec<(String, String)> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(key, value)| (decoded(key), decoded(value)))
            .collect();
        let declared = of.into_iter().filter_map(|it| it["parameters"].as_array());
        let mut breaches = Vec::new();
        for parameter in declared.flatten().map(|it| self.resolved(it)) {
            if parameter["in"] != "query" {
                continue;
            }
            let key = parameter["name"].as_str().unwrap_or_default();
            let mut values = given.iter().filter(|(it, _)| it == key).peekable();
            if parameter["required"] == true && values.peek().is_none() {
                breaches.push(format!("{name}: the query needs {key}"));
            }
            let schema = &parameter["schema"];
            if schema.is_null() {
                continue;
            }
            for (_, value) in values {
                if self.no_reading_fits(name, key, schema, value) {
                    breaches.push(format!("{name}: {key}={value} does not fit its schema"));
                }
            }
        }
        breaches
    }

    /// A query has only text: it may stand for a number, a flag, or a list.
    fn no_reading_fits(&self, name: &str, key: &str, schema: &Value, value: &str) -> bool {
        let place = format!("{name}?{key}");
        let list: Vec<&str> = value.split(',').collect();
        let mut readings = vec![json!(value), json!(list)];
        readings.extend(serde_json::from_str::<Value>(value));
        readings
            .iter()
            .all(|reading| !self.against(&place, schema, reading).is_empty())
    }

    fn against(&self, place: &str, schema: &Value, value: &Value) -> Vec<String> {
        let validator = self.validator(place, schema);
        validator.iter_errors(value).map(|it| told(&it)).collect()
    }

    fn validator(&self, place: &str, schema: &Value) -> Arc<Validator> {
        let mut validators = self.validators.lock().unwrap();
        if let Some(validator) = validators.get(place) {
            return Arc::clone(validator);
        }
        let mut whole = json!({ "allOf": [schema], "components": self.reached_from(schema) });
        close_together(&mut whole);
        let validator = jsonschema::draft202012::options()
            .build(&whole)
            .unwrap_or_else(|error| panic!("the schema at {place}: {error}"));
        let validator = Arc::new(validator);
        validators.insert(place.to_owned(), Arc::clone(&validator));
        validator
    }

    /// The components that a schema refers to, and those that they refer to: the whole document
    /// would be compiled again for every operation.
    fn reached_from(&self, schema: &Value) -> Value {
        let mut components: Map<String, Value> = Map::new();
        let mut seen = BTreeSet::new();
        let mut waiting = references(schema);
        while let Some(reference) = waiting.pop() {
            if !seen.insert(reference.clone()) {
                continue;
            }
            let Some((kind, name)) = reference
                .strip_prefix("#/components/")
                .and_then(|it| it.split_once('/'))
            else {
                panic!("a reference out of the components: {reference}")
            };
            let component = &self.document["components"][kind][name];
            waiting.extend(references(component));
            let of_kind = components.entry(kind).or_insert_with(|| json!({}));
            of_kind[name] = component.clone();
        }
        Value::Object(components)
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self
                .document
                .pointer(reference.trim_start_matches('#'))
                .unwrap_or(&Value::Null),
            None => value,
        }
    }
}

impl std::fmt::Debug for Description {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Description")
            .field("operations", &self.operations.len())
            .finish_non_exhaustive()
    }
}

fn references(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![schema];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(reference)) = fields.get("$ref") {
                    found.push(reference.clone());
                }
                waiting.extend(fields.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    found
}

/// Descriptions close one branch of an `allOf` to further properties and mean all of its branches
/// together: as JSON Schema reads that, what the other branches ask for would be forbidden.
fn close_together(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let mut closed = false;
            let branches = fields.get_mut("allOf").and_then(Value::as_array_mut);
            for branch in branches.into_iter().flatten() {
                let Some(branch) = branch.as_object_mut() else {
                    continue;
                };
                if branch.get("additionalProperties") == Some(&Value::Bool(false)) {
                    branch.remove("additionalProperties");
                    closed = true;
                }
            }
            if closed {
                fields.insert("unevaluatedProperties".into(), Value::Bool(false));
            }
            fields.values_mut().for_each(close_together);
        }
        Value::Array(items) => items.iter_mut().for_each(close_together),
        _ => {}
    }
}

/// An error in words, without the value itself, which may be long. Of alternatives, what is wrong
/// with the one that comes nearest.
fn told(error: &ValidationError<'_>) -> String {
    let nearest = match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            let depth = |errors: &&Vec<ValidationError<'static>>| {
                let shallowest = errors.iter().map(|it| it.instance_path().as_str().len());
                (
                    shallowest.min().unwrap_or_default(),
                    usize::MAX - errors.len(),
                )
            };
            context
                .iter()
                .filter(|errors| !errors.is_empty())
                .max_by_key(depth)
        }
        _ => None,
    };
    match nearest.and_then(|errors| errors.first()) {
        Some(nearest)
            if nearest.instance_path().as_str().len() > error.instance_path().as_str().len() =>
        {
            told(nearest)
        }
        _ => format!(
            "{}: {}",
            error.instance_path(),
            error.masked_with("what is there")
        ),
    }
}

/// Percent decoding, and a plus for a space.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match escaped {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(if bytes[at] == b'+' { b' ' } else { bytes[at] });
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures");

    fn post<'a>(path: &'a str, body: &'a Value) -> Request<'a> {
        Request {
            method: "POST",
            path,
            query: "",
            media: JSON,
            body: Some(body),
        }
    }

    #[test]
    fn messages_of_a_description_in_json_are_checked() {
        let discord = Description::load(format!("{FIXTURES}/discord/openapi.json"), "/api/v10");
        let path = "/api/v10/channels/7/messages";
        assert_eq!(
            discord.operation("POST", path),
            Some("/channels/{channel_id}/messages")
        );
        let good = json!({"content": "hello", "embeds": [{"title": "t"}], "nonce": "n",
            "components": [{"type": 1, "components": [
                {"type": 2, "style": 1, "label": "l", "custom_id": "c"}]}]});
        assert_eq!(discord.breaches(&post(path, &good)), Vec::<String>::new());
        let long = json!({"content": "x".repeat(4001)});
        assert_eq!(
            discord.breaches(&post(path, &long)),
            [
                "POST /channels/{channel_id}/messages: /content: what is there is longer than 4000 characters"
            ]
        );
        let deep = json!({"components": [{"type": 1, "components": [
            {"type": 2, "style": 1, "label": "l", "custom_id": "c".repeat(101)}]}]});
        let breaches = discord.breaches(&post(path, &deep));
        assert!(
            breaches[0].contains("/components/0/components/0/custom_id"),
            "{breaches:?}"
        );
        let nowhere = discord.breaches(&post("/api/v10/moon", &good));
        assert_eq!(nowhere, ["POST /api/v10/moon is not in the description"]);
        let bare = Request {
            body: None,
            ..post(path, &good)
        };
        assert_eq!(
            discord.breaches(&bare),
            ["POST /channels/{channel_id}/messages: a body is required"]
        );
    }

    #[test]
    fn queries_are_checked_where_they_are_declared() {
        let discord = Description::load(format!("{FIXTURES}/discord/openapi.json"), "/api/v10");
        let asked = |query| Request {
            method: "GET",
            path: "/api/v10/channels/7/messages",
            query,
            media: JSON,
            body: None,
        };
        assert_eq!(
            discord.breaches(&asked("limit=10&after=12&other=%20")),
            Vec::<String>::new()
        );
        assert_eq!(
            discord.breaches(&asked("limit=101")),
            ["GET /channels/{channel_id}/messages: limit=101 does not fit its schema"]
        );
        assert_eq!(decoded("a%20b+c%"), "a b c%");
    }

    #[test]
    fn a_literal_segment_is_preferred() {
        let discord = Description::load(format!("{FIXTURES}/discord/openapi.json"), "/api/v10");
        assert_eq!(
            discord.operation("PATCH", "/api/v10/webhooks/1/token/messages/@original"),
            Some("/webhooks/{webhook_id}/{webhook_token}/messages/@original")
        );
    }

    #[test]
    fn messages_of_a_description_in_yaml_are_checked() {
        let file = format!("{FIXTURES}/whatsapp/cloud-api.openapi.yaml");
        let whatsapp = Description::load(file, "");
        let path = "/v23.0/15550001111/messages";
        let good = json!({"messaging_product": "whatsapp", "recipient_type": "individual",
            "to": "15552223333", "type": "text", "text": {"body": "hello"}});
        assert_eq!(whatsapp.breaches(&post(path, &good)), Vec::<String>::new());
        for wrong in [
            json!({"messaging_product": "whatsapp", "recipient_type": "individual",
                "to": "15552223333", "type": "text", "text": {"body": 7}}),
            json!({"messaging_product": "whatsapp", "recipient_type": "individual",
                "to": "15552223333", "type": "text", "text": {"body": "hello"}, "moon": 1}),
        ] {
            assert!(
                !whatsapp.breaches(&post(path, &wrong)).is_empty(),
                "{wrong}"
            );
        }
    }
}
