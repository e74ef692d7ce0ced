//! Reads what entities and dimensions of all specs have in common.

use super::definitions::{EntityKind, Text, Validity};
use super::reader::Reader;
use super::yaml::{Node, Yaml};
use crate::granularity::Granularity;

/// What a dimension's type says.
pub(crate) struct DimensionShape {
    pub(crate) time: Option<Granularity>,
    pub(crate) partition: bool,
    pub(crate) validity: Option<Validity>,
}

/// The type of an entity.
pub(crate) fn entity_kind(reader: &mut Reader<'_>, node: &Node) -> Option<EntityKind> {
    let Some(kind) = type_of(reader, node) else {
        reader.wrong(
            node.line,
            "an entity needs a type: primary, unique, foreign or natural",
        );
        return None;
    };
    match kind.text.to_lowercase().as_str() {
        "primary" => Some(EntityKind::Primary),
        "unique" => Some(EntityKind::Unique),
        "foreign" => Some(EntityKind::Foreign),
        "natural" => Some(EntityKind::Natural),
        other => {
            let text =
                format!("\"{other}\" is no type of entity: primary, unique, foreign or natural");
            reader.wrong(kind.place.line, text);
            None
        }
    }
}

/// The type of a dimension. `blocks` are searched in turn for its granularity and validity: its
/// column, itself, its `type_params`.
pub(crate) fn dimension_shape(
    reader: &mut Reader<'_>,
    node: &Node,
    blocks: &[&Node],
) -> Option<DimensionShape> {
    let Some(kind) = type_of(reader, node) else {
        reader.wrong(node.line, "a dimension needs a type: categorical or time");
        return None;
    };
    let partition = reader.flag(node, "is_partition") == Some(true);
    let mut validity = match blocks.iter().find_map(|block| block.get("validity_params")) {
        Some(params) => read_validity(reader, params),
        None => None,
    };
    let time = match kind.text.to_lowercase().as_str() {
        "categorical" => {
            if validity.take().is_some() {
                reader.wrong(
                    kind.place.line,
                    "validity_params belong to a dimension of type time",
                );
            }
            None
        }
        "time" => Some(read_grain(reader, blocks)?),
        other => {
            let text = format!("\"{other}\" is no type of dimension: categorical or time");
            reader.wrong(kind.place.line, text);
            return None;
        }
    };
    Some(DimensionShape {
        time,
        partition,
        validity,
    })
}

/// A column's name as an expression: it stands for itself, whatever characters it is made of.
pub(crate) fn column(name: &Text) -> Text {
    Text {
        text: format!("\"{}\"", name.text.replace('"', "\"\"")),
        place: name.place.clone(),
    }
}

/// `type` of a block, which may be shortened to the type alone.
fn type_of(reader: &mut Reader<'_>, node: &Node) -> Option<Text> {
    match &node.value {
        Yaml::Text(_) => reader.as_text(node, "type"),
        _ => reader.text(node, "type"),
    }
}

/// The granularity of a time dimension, a day where none is said.
fn read_grain(reader: &mut Reader<'_>, blocks: &[&Node]) -> Option<Granularity> {
    let mut grain = None;
    for block in blocks {
        for key in ["granularity", "time_granularity"] {
            grain = grain.or_else(|| reader.text(block, key));
        }
    }
    match grain {
        None => Some(Granularity::Day),
        Some(grain) => standard_granularity(reader, &grain),
    }
}

/// One of the standard granularities.
pub(crate) fn standard_granularity(reader: &mut Reader<'_>, name: &Text) -> Option<Granularity> {
    let lower = name.text.to_lowercase();
    let found = Granularity::named(&lower);
    if found.is_none() {
        let all: Vec<&str> = Granularity::ALL.iter().map(|one| one.as_str()).collect();
        let text = format!(
            "\"{}\" is no granularity of a column: {}",
            name.text,
            all.join(", ")
        );
        reader.wrong(name.place.line, text);
    }
    found
}

fn read_validity(reader: &mut Reader<'_>, params: &Node) -> Option<Validity> {
    let start = reader.flag(params, "is_start") == Some(true);
    let end = reader.flag(params, "is_end") == Some(true);
    match (start, end) {
        (true, false) => Some(Validity::Start),
        (false, true) => Some(Validity::End),
        (false, false) => None,
        (true, true) => {
            reader.wrong(
                params.line,
                "one dimension cannot be both is_start and is_end; give each its own",
            );
            None
        }
    }
}
