//! Reads what metrics of all specs refer to others with: inputs, filters, windows and offsets.

use super::definitions::{Input, OffsetDef, Text, Window};
use super::reader::Reader;
use super::yaml::{Node, Yaml};
use crate::granularity::Granularity;

const KEYS: [&str; 5] = [
    "name",
    "alias",
    "filter",
    "offset_window",
    "offset_to_grain",
];

/// An input: a metric's name, or a map with it.
pub(crate) fn read_input(reader: &mut Reader<'_>, node: &Node) -> Option<Input> {
    if !matches!(node.value, Yaml::Map(_)) {
        let metric = reader.as_text(node, "an input metric")?;
        return Some(Input {
            metric,
            alias: None,
            filters: Vec::new(),
            offset: None,
        });
    }
    reader.keys(node, &KEYS);
    let metric = reader.name(node, "an input metric")?;
    let window = read_window(reader, node, "offset_window");
    let grain = read_granularity(reader, node, "offset_to_grain");
    if window.is_some() && grain.is_some() {
        reader.wrong(
            node.line,
            format!(
                "input {} has offset_window and offset_to_grain; give one of them",
                metric.text
            ),
        );
    }
    Some(Input {
        metric,
        alias: reader.words(node, "alias"),
        filters: read_filters(reader, node, "filter"),
        offset: window
            .map(OffsetDef::Window)
            .or(grain.map(OffsetDef::ToGrain)),
    })
}

/// Conditions: one text, a list of them, or the compiled form
/// `{where_filters: [{where_sql_template: ...}]}`.
pub(crate) fn read_filters(reader: &mut Reader<'_>, map: &Node, key: &str) -> Vec<Text> {
    let Some(node) = map.get(key) else {
        return Vec::new();
    };
    let mut filters = if matches!(node.value, Yaml::Map(_)) {
        let compiled = reader.list(node, "where_filters");
        compiled
            .iter()
            .filter_map(|filter| reader.text(filter, "where_sql_template"))
            .collect()
    } else {
        reader.texts(map, key)
    };
    filters.retain(|filter| !filter.text.is_empty());
    filters
}

/// A window: "7 days", or the compiled form `{count: 7, granularity: day}`.
pub(crate) fn read_window(reader: &mut Reader<'_>, map: &Node, key: &str) -> Option<Window> {
    let node = map.get(key)?;
    let (count, granularity) = if matches!(node.value, Yaml::Map(_)) {
        (reader.text(node, "count"), reader.text(node, "granularity"))
    } else {
        let text = reader.as_text(node, key)?;
        let mut words = text.text.split_whitespace();
        let mut word = || {
            words.next().map(|word| Text {
                text: word.to_owned(),
                place: text.place.clone(),
            })
        };
        let (count, granularity) = (word(), word());
        match word() {
            Some(_) => (None, None),
            None => (count, granularity),
        }
    };
    let number = count.and_then(|count| count.text.parse::<u32>().ok());
    let (Some(count @ 1..), Some(granularity)) = (number, granularity) else {
        let text = match &node.value {
            Yaml::Text(text) => format!("{key} \"{text}\" should be"),
            _ => format!("{key} should be"),
        };
        reader.wrong(
            node.line,
            format!("{text} a number and a granularity, such as 7 days"),
        );
        return None;
    };
    let granularity = known(reader, granularity, true)?;
    Some(Window { count, granularity })
}

/// The name of a granularity, standard or a time spine's own.
pub(crate) fn read_granularity(reader: &mut Reader<'_>, map: &Node, key: &str) -> Option<Text> {
    let name = reader.text(map, key)?;
    known(reader, name, false)
}

/// The granularity in small letters and in the singular, where there is such a one.
fn known(reader: &mut Reader<'_>, mut name: Text, plural: bool) -> Option<Text> {
    let lower = name.text.to_lowercase();
    let singular = lower.strip_suffix('s').filter(|_| plural);
    let exists = |name: &str| Granularity::named(name).is_some() || reader.custom.contains(name);
    let found = [Some(lower.as_str()), singular]
        .into_iter()
        .flatten()
        .find(|name| exists(name));
    if let Some(found) = found {
        name.text = found.to_owned();
        return Some(name);
    }
    let text = format!(
        "\"{}\" is no granularity: {}",
        name.text,
        granularities(reader)
    );
    reader.wrong(name.place.line, text);
    None
}

/// All granularities there are, in words.
fn granularities(reader: &Reader<'_>) -> String {
    let standard = Granularity::ALL.iter().map(|one| one.as_str());
    let own = reader.custom.iter().map(String::as_str);
    let own = own.filter(|name| Granularity::named(name).is_none());
    let mut all: Vec<&str> = standard.chain(own).collect();
    let last = all.pop().unwrap_or_default();
    format!("{} or {last}", all.join(", "))
}
