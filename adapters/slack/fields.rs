//! Slack's JSON, read leniently: what is missing, empty or of another type is not there. Slack adds
//! fields and leaves others out without notice, and no event is lost over that.

use serde_json::Value;

/// An object, or what stands in its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a Value);

impl<'a> Fields<'a> {
    /// The part at a JSON pointer; nothing where there is none.
    pub(super) fn at(self, pointer: &str) -> Fields<'a> {
        Fields(self.0.pointer(pointer).unwrap_or(&Value::Null))
    }

    /// A text that is not empty.
    pub(super) fn text(self, pointer: &str) -> Option<&'a str> {
        self.at(pointer).0.as_str().filter(|text| !text.is_empty())
    }

    /// The same, as its own.
    pub(super) fn owned(self, pointer: &str) -> Option<String> {
        self.text(pointer).map(str::to_owned)
    }

    /// Whether it is there and true.
    pub(super) fn is(self, pointer: &str) -> bool {
        self.at(pointer).0.as_bool() == Some(true)
    }

    /// Whether an object or a text with something in it is there.
    pub(super) fn has(self, pointer: &str) -> bool {
        match self.at(pointer).0 {
            Value::Null | Value::Bool(false) => false,
            Value::String(text) => !text.is_empty(),
            _ => true,
        }
    }

    /// The members of a list or the values of an object.
    pub(super) fn each(self, pointer: &str) -> Vec<Fields<'a>> {
        match self.at(pointer).0 {
            Value::Array(items) => items.iter().map(Fields).collect(),
            Value::Object(members) => members.values().map(Fields).collect(),
            _ => Vec::new(),
        }
    }
}

/// The fields of a form, first of each name.
pub(super) fn form(body: &[u8], name: &str) -> Option<String> {
    let body = std::str::from_utf8(body).ok()?;
    let mut url = reqwest::Url::parse("https://form.invalid/").ok()?;
    url.set_query(Some(body));
    url.query_pairs()
        .find(|(key, value)| key == name && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_of_another_type_is_not_there() {
        let value = json!({"a": {"b": "c", "d": "", "e": 7, "f": [1, 2]}, "g": true});
        let fields = Fields(&value);
        assert_eq!(fields.text("/a/b"), Some("c"));
        for nothing in ["/a/d", "/a/e", "/a", "/x/y", "/a/f"] {
            assert_eq!(fields.text(nothing), None, "{nothing}");
        }
        assert!(fields.is("/g") && !fields.is("/a"));
        assert!(fields.has("/a") && !fields.has("/a/d"));
        assert_eq!(fields.each("/a/f").len(), 2);
    }

    #[test]
    fn a_form_is_decoded() {
        let body = b"a=1&text=caf%C3%A9+%26+more&a=2&empty=";
        assert_eq!(form(body, "text").as_deref(), Some("café & more"));
        assert_eq!(form(body, "a").as_deref(), Some("1"));
        assert_eq!(form(body, "empty"), None);
        assert_eq!(form(b"payload=%ff%00", "nothing"), None);
        assert_eq!(form(b"\xff", "payload"), None);
    }
}
