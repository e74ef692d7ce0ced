//! Reads what Almanac adds to definitions under `config.meta.almanac`. Everything else in the
//! files is dbt's, and what is not known there is left alone; here an unknown key is a mistake.

use almanac_agent_contract::{Direction, Format};

use super::definitions::{DimensionWords, MetricWords, RateTarget, RatesDef, TableDef};
use super::read_spine::dotted;
use super::reader::Reader;
use super::yaml::{Node, Yaml};

const METRIC_KEYS: [&str; 9] = [
    "currency_column",
    "description",
    "format",
    "good",
    "late_days",
    "owner",
    "parent",
    "synonyms",
    "verified_questions",
];
const DIMENSION_KEYS: [&str; 5] = ["description", "index", "label", "synonyms", "values"];
const MODEL_KEYS: [&str; 2] = ["exchange_rates", "table"];

/// What Almanac adds to a model.
#[derive(Default)]
pub(crate) struct ModelWords {
    pub(crate) table: Option<TableDef>,
    pub(crate) rates: Option<RatesDef>,
}

/// Reads a model's.
pub(crate) fn read_model_words(reader: &mut Reader<'_>, model: &Node) -> ModelWords {
    let Some(node) = almanac(reader, model, &MODEL_KEYS) else {
        return ModelWords::default();
    };
    ModelWords {
        table: reader.words(node, "table").map(|table| dotted(&table)),
        rates: node
            .get("exchange_rates")
            .and_then(|rates| read_rates(reader, rates)),
    }
}

fn read_rates(reader: &mut Reader<'_>, node: &Node) -> Option<RatesDef> {
    let target = match (reader.text(node, "to"), reader.words(node, "to_currency")) {
        (Some(column), None) => Some(RateTarget::Column(column)),
        (None, Some(code)) if is_currency(&code) => Some(RateTarget::Currency(code)),
        _ => None,
    };
    let day = reader.text(node, "day");
    let from = reader.text(node, "from");
    let rate = reader.text(node, "rate");
    if let (Some(day), Some(from), Some(to), Some(rate)) = (day, from, target, rate) {
        return Some(RatesDef {
            day,
            from,
            to,
            rate,
        });
    }
    reader.wrong(
        node.line,
        "exchange_rates should name its columns: {day: quoted_on, from: currency, to_currency: USD, rate: usd_rate}, or to: and a column instead of to_currency",
    );
    None
}

/// Reads a metric's.
pub(crate) fn read_metric_words(reader: &mut Reader<'_>, metric: &Node) -> MetricWords {
    let mut words = MetricWords {
        synonyms: plain_synonyms(reader, metric),
        ..Default::default()
    };
    let Some(node) = almanac(reader, metric, &METRIC_KEYS) else {
        return words;
    };
    let more = list_of_words(reader, node, "synonyms");
    words.synonyms.extend(more);
    words.description = reader.words(node, "description");
    words.format = node
        .get("format")
        .and_then(|format| read_format(reader, format));
    words.parent = reader.text(node, "parent");
    words.owner = reader.words(node, "owner");
    words.currency_column = reader.text(node, "currency_column");
    words.verified_questions = list_of_words(reader, node, "verified_questions");
    if let Some(good) = reader.text(node, "good") {
        words.good = match good.text.as_str() {
            "up" => Some(Direction::Up),
            "down" => Some(Direction::Down),
            other => {
                reader.wrong(
                    good.place.line,
                    format!("good should be up or down, not \"{other}\""),
                );
                None
            }
        };
    }
    if let Some(late) = node.get("late_days") {
        match late.value {
            Yaml::Integer(days) if (0..=366).contains(&days) => {
                words.late_days = u16::try_from(days).unwrap_or(0);
            }
            _ => reader.wrong(
                late.line,
                "late_days should be a number of days from 0 to 366",
            ),
        }
    }
    words
}

/// Reads a dimension's, from its own block and from its column's.
pub(crate) fn read_dimension_words(reader: &mut Reader<'_>, blocks: &[&Node]) -> DimensionWords {
    let mut words = DimensionWords::default();
    for block in blocks {
        let more = plain_synonyms(reader, block);
        words.synonyms.extend(more);
        let Some(node) = almanac(reader, block, &DIMENSION_KEYS) else {
            continue;
        };
        let more = list_of_words(reader, node, "synonyms");
        words.synonyms.extend(more);
        words.label = words.label.or_else(|| reader.words(node, "label"));
        words.description = words
            .description
            .or_else(|| reader.words(node, "description"));
        words.unindexed |= reader.flag(node, "index") == Some(false);
        if let Some(values) = node.get("values") {
            read_values(reader, values, &mut words);
        }
    }
    words
}

fn read_values(reader: &mut Reader<'_>, values: &Node, words: &mut DimensionWords) {
    if !matches!(values.value, Yaml::Map(_)) {
        reader.wrong(
            values.line,
            "values should map a value to its other names: BR: [Brazil, Brasil]",
        );
        return;
    }
    for entry in values.entries() {
        let names = list_of_words(reader, values, &entry.key);
        words.values.push((entry.key.clone(), names));
    }
}

/// `config.meta.almanac`, checked for unknown keys.
fn almanac<'n>(reader: &mut Reader<'_>, owner: &'n Node, known: &[&str]) -> Option<&'n Node> {
    let node = meta(owner)?.get("almanac")?;
    if !matches!(node.value, Yaml::Map(_)) {
        reader.wrong(
            node.line,
            format!("meta.almanac should be a map with {}", known.join(", ")),
        );
        return None;
    }
    for entry in node.entries() {
        if !known.contains(&entry.key.as_str()) {
            let text = format!(
                "meta.almanac knows no \"{}\" here, only {}",
                entry.key,
                known.join(", ")
            );
            reader.wrong(entry.line, text);
        }
    }
    Some(node)
}

/// `config.meta`, or `meta` alone as dbt had it before.
fn meta(owner: &Node) -> Option<&Node> {
    let config = owner.get("config").and_then(|config| config.get("meta"));
    config.or_else(|| owner.get("meta"))
}

/// `config.meta.synonyms`, where dbt users keep them already.
fn plain_synonyms(reader: &mut Reader<'_>, owner: &Node) -> Vec<String> {
    match meta(owner) {
        Some(meta) => list_of_words(reader, meta, "synonyms"),
        None => Vec::new(),
    }
}

fn list_of_words(reader: &mut Reader<'_>, map: &Node, key: &str) -> Vec<String> {
    let texts = reader.texts(map, key);
    texts
        .into_iter()
        .map(|text| text.text)
        .filter(|text| !text.is_empty())
        .collect()
}

fn read_format(reader: &mut Reader<'_>, node: &Node) -> Option<Format> {
    let format = match &node.value {
        Yaml::Text(name) => match name.as_str() {
            "number" => Some(Format::Number),
            "currency" => Some(Format::Currency(None)),
            "percent" => Some(Format::Percent),
            "duration" => Some(Format::Duration),
            _ => None,
        },
        _ => match (reader.words(node, "unit"), reader.words(node, "currency")) {
            (Some(unit), None) => Some(Format::Unit(unit)),
            (None, Some(code)) if is_currency(&code) => Some(Format::Currency(Some(code))),
            _ => None,
        },
    };
    if format.is_none() {
        reader.wrong(node.line, "format should be number, currency, percent, duration, {unit: sessions} or {currency: EUR}");
    }
    format
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())
}
