//! Reads typed values out of a YAML map, noting what is not as it should be and going on.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::definitions::Text;
use super::files::is_json;
use super::problem::{Place, Problems};
use super::yaml::{Node, Yaml};
use crate::nearest::nearest;

/// Reads one file, on behalf of a metric where it is in one.
pub(crate) struct Reader<'a> {
    pub(crate) file: Arc<Path>,
    pub(crate) problems: &'a mut Problems,
    pub(crate) metric: Option<String>,
    /// The granularities of the time spines' own, in small letters.
    pub(crate) custom: &'a BTreeSet<String>,
}

impl Reader<'_> {
    pub(crate) fn place(&self, line: u32) -> Place {
        Place {
            file: Arc::clone(&self.file),
            line,
        }
    }

    /// Notes a problem at a line.
    pub(crate) fn wrong(&mut self, line: u32, text: impl Into<String>) {
        let place = self.place(line);
        match &self.metric {
            Some(metric) => self.problems.metric(&place, metric, text),
            None => self.problems.add(&place, text),
        }
    }

    /// The text of a key; numbers and flags are taken as they are written.
    pub(crate) fn text(&mut self, map: &Node, key: &str) -> Option<Text> {
        let node = map.get(key)?;
        self.as_text(node, key)
    }

    /// The text of a node.
    pub(crate) fn as_text(&mut self, node: &Node, what: &str) -> Option<Text> {
        let text = match &node.value {
            Yaml::Text(text) => text.trim().to_owned(),
            Yaml::Integer(number) => number.to_string(),
            Yaml::Float(number) => number.to_string(),
            Yaml::Boolean(flag) => flag.to_string(),
            Yaml::Null => return None,
            Yaml::List(_) | Yaml::Map(_) => {
                self.wrong(
                    node.line,
                    format!("{what} should be text, not {}", node.kind()),
                );
                return None;
            }
        };
        Some(Text {
            text,
            place: self.place(node.line),
        })
    }

    /// The text of a key, without where it stands.
    pub(crate) fn words(&mut self, map: &Node, key: &str) -> Option<String> {
        self.text(map, key)
            .map(|text| text.text)
            .filter(|text| !text.is_empty())
    }

    /// A name, which must be there and be made of letters, digits and `_`.
    pub(crate) fn name(&mut self, map: &Node, what: &str) -> Option<Text> {
        let Some(name) = self.text(map, "name") else {
            self.wrong(map.line, format!("{what} needs a name"));
            return None;
        };
        if self.is_name(&name, what) {
            Some(name)
        } else {
            None
        }
    }

    /// Whether a text can be a name.
    pub(crate) fn is_name(&mut self, name: &Text, what: &str) -> bool {
        let good = name
            .text
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() || c == '_')
            && name.text.chars().all(|c| c.is_alphanumeric() || c == '_');
        if !good {
            let text = format!(
                "\"{}\" cannot be the name of {what}: letters, digits and _ only, no digit first",
                name.text
            );
            self.wrong(name.place.line, text);
        }
        good
    }

    /// Notes keys that are probably mistyped: a filter that nobody reads makes a wrong number. What
    /// is like nothing known may be of a later dbt, and is left alone; so are compiled files.
    pub(crate) fn keys(&mut self, map: &Node, known: &[&str]) {
        if is_json(&self.file) {
            return;
        }
        for entry in map.entries() {
            if known.contains(&entry.key.as_str()) {
                continue;
            }
            if let Some(near) = nearest(&entry.key, known.iter().copied()) {
                let text = format!("\"{}\" is no key here; did you mean {near}?", entry.key);
                self.wrong(entry.line, text);
            }
        }
    }

    /// A list of texts; one text counts as a list of one.
    pub(crate) fn texts(&mut self, map: &Node, key: &str) -> Vec<Text> {
        let Some(node) = map.get(key) else {
            return Vec::new();
        };
        match &node.value {
            Yaml::List(nodes) => nodes
                .iter()
                .filter_map(|node| self.as_text(node, key))
                .collect(),
            _ => self.as_text(node, key).into_iter().collect(),
        }
    }

    /// The items of a list; none where the key is not there.
    pub(crate) fn list<'n>(&mut self, map: &'n Node, key: &str) -> &'n [Node] {
        match map.get(key).map(|node| (&node.value, node)) {
            None | Some((Yaml::Null, _)) => &[],
            Some((Yaml::List(nodes), _)) => nodes,
            Some((_, node)) => {
                self.wrong(
                    node.line,
                    format!("{key} should be a list, not {}", node.kind()),
                );
                &[]
            }
        }
    }

    /// True or false.
    pub(crate) fn flag(&mut self, map: &Node, key: &str) -> Option<bool> {
        let node = map.get(key)?;
        match &node.value {
            Yaml::Boolean(flag) => Some(*flag),
            Yaml::Null => None,
            _ => {
                self.wrong(node.line, format!("{key} should be true or false"));
                None
            }
        }
    }

    /// A number.
    pub(crate) fn number(&mut self, map: &Node, key: &str) -> Option<f64> {
        let node = map.get(key)?;
        let number = match &node.value {
            #[expect(
                clippy::cast_precision_loss,
                reason = "numbers in definitions are small"
            )]
            Yaml::Integer(number) => Some(*number as f64),
            Yaml::Float(number) => Some(*number),
            Yaml::Null => return None,
            Yaml::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            self.wrong(node.line, format!("{key} should be a number"));
        }
        number
    }
}
