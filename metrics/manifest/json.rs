//! JSON as the same tree as YAML, for `semantic_manifest.json`.
//!
//! The parser reads byte by byte, so a reader that counts line breaks knows the line of every value.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::yaml::{Broken, Entry, Node, Yaml};

/// Parses a JSON document.
pub(crate) fn parse_json(text: &str) -> Result<Node, Broken> {
    let line = Cell::new(1);
    let bytes = Lines {
        rest: text.as_bytes(),
        line: &line,
    };
    let mut parser = serde_json::Deserializer::from_reader(bytes);
    let node = AnyJson { line: &line }
        .deserialize(&mut parser)
        .and_then(|node| parser.end().map(|()| node));
    node.map_err(|error| Broken {
        line: u32::try_from(error.line()).ok(),
        text: error.to_string(),
    })
}

/// Gives bytes out one at a time and counts the lines they begin.
struct Lines<'t> {
    rest: &'t [u8],
    line: &'t Cell<u32>,
}

impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (Some((&byte, rest)), Some(place)) = (self.rest.split_first(), buffer.first_mut())
        else {
            return Ok(0);
        };
        *place = byte;
        self.rest = rest;
        if byte == b'\n' {
            self.line.set(self.line.get().saturating_add(1));
        }
        Ok(1)
    }
}

#[derive(Clone, Copy)]
struct AnyJson<'t> {
    line: &'t Cell<u32>,
}

impl<'de> DeserializeSeed<'de> for AnyJson<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let line = self.line.get();
        let value = deserializer.deserialize_any(self)?;
        Ok(Node { line, value })
    }
}

impl<'de> Visitor<'de> for AnyJson<'_> {
    type Value = Yaml;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Yaml, E> {
        Ok(Yaml::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Yaml, E> {
        Ok(Yaml::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Yaml, E> {
        Ok(Yaml::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Yaml, E> {
        Ok(i64::try_from(value).map_or_else(|_| Yaml::Text(value.to_string()), Yaml::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Yaml, E> {
        Ok(Yaml::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Yaml, E> {
        Ok(Yaml::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Yaml, E> {
        Ok(Yaml::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Yaml, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element_seed(self)? {
            nodes.push(node);
        }
        Ok(Yaml::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Yaml, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            entries.push(Entry {
                key,
                line: self.line.get(),
                value: map.next_value_seed(self)?,
            });
        }
        Ok(Yaml::Map(entries))
    }
}
