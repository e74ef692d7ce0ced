//! Reads a model: a table with its entities, dimensions and metrics.

use super::definitions::{
    Definitions, DimensionDef, EntityDef, EntityKind, ModelDef, TableDef, Text,
};
use super::read_metric::read_metric;
use super::read_words::read_dimension_words;
use super::reader::Reader;
use super::yaml::{Node, Yaml};
use crate::granularity::Granularity;

/// Reads one entry of `models:` into `into`; a model without `semantic_model` is dbt's own.
pub(crate) fn read_model(reader: &mut Reader<'_>, node: &Node, into: &mut Definitions) {
    let Some(semantic) = node.get("semantic_model") else {
        return;
    };
    let enabled = match &semantic.value {
        Yaml::Boolean(enabled) => *enabled,
        _ => reader.flag(semantic, "enabled").unwrap_or(true),
    };
    if !enabled {
        return;
    }
    let Some(name) = reader.name(node, "a model") else {
        return;
    };
    let mut model = ModelDef {
        name: name.text.clone(),
        table: TableDef {
            schema: None,
            name: name.text.clone(),
        },
        place: name.place,
        time: reader.text(node, "agg_time_dimension"),
        primary: reader.text(node, "primary_entity"),
        entities: Vec::new(),
        dimensions: Vec::new(),
        rates: None,
    };
    for column in reader.list(node, "columns") {
        read_column(reader, column, &mut model);
    }
    if let Some(derived) = node.get("derived_semantics") {
        for entity in reader.list(derived, "entities") {
            read_derived_entity(reader, entity, &mut model);
        }
        for dimension in reader.list(derived, "dimensions") {
            read_derived_dimension(reader, dimension, &mut model);
        }
    }
    if model.primary.is_none() {
        model.primary = model
            .entities
            .iter()
            .find(|entity| entity.kind == EntityKind::Primary)
            .map(|entity| Text {
                text: entity.name.clone(),
                place: entity.expr.place.clone(),
            });
    }
    for metric in reader.list(node, "metrics") {
        into.metrics
            .extend(read_metric(reader, metric, Some(&name.text)));
    }
    into.models.push(model);
}

fn read_column(reader: &mut Reader<'_>, column: &Node, model: &mut ModelDef) {
    let Some(name) = reader.text(column, "name") else {
        reader.wrong(
            column.line,
            format!("a column of model {} needs a name", model.name),
        );
        return;
    };
    // A column stands for itself, whatever characters its name is made of.
    let expr = Text {
        text: quoted(&name.text),
        place: name.place.clone(),
    };
    if let Some(node) = column.get("entity") {
        let entity = named_or(reader, node, &name);
        if let (Some(entity), Some(kind)) = (entity, entity_kind(reader, node)) {
            model.entities.push(EntityDef {
                name: entity.text,
                kind,
                expr: expr.clone(),
            });
        }
    }
    if let Some(node) = column.get("dimension") {
        let Some(dimension) = named_or(reader, node, &name) else {
            return;
        };
        if node.get("validity_params").is_some() {
            reader.wrong(
                node.line,
                "validity_params (slowly changing dimensions) are not supported yet",
            );
            return;
        }
        let Some(time) = time_grain(reader, node, column) else {
            return;
        };
        let words = read_dimension_words(reader, &[node, column]);
        model.dimensions.push(DimensionDef {
            name: dimension.text,
            label: reader.words(node, "label"),
            description: reader
                .words(node, "description")
                .or_else(|| reader.words(column, "description"))
                .unwrap_or_default(),
            expr,
            time,
            partition: false,
            validity: None,
            words,
        });
    }
}

fn read_derived_entity(reader: &mut Reader<'_>, node: &Node, model: &mut ModelDef) {
    let Some(name) = reader.name(node, "an entity") else {
        return;
    };
    let Some(expr) = needed_expr(reader, node, "entity", &name) else {
        return;
    };
    if let Some(kind) = entity_kind(reader, node) {
        model.entities.push(EntityDef {
            name: name.text,
            kind,
            expr,
        });
    }
}

fn read_derived_dimension(reader: &mut Reader<'_>, node: &Node, model: &mut ModelDef) {
    let Some(name) = reader.name(node, "a dimension") else {
        return;
    };
    let Some(expr) = needed_expr(reader, node, "dimension", &name) else {
        return;
    };
    let Some(time) = time_grain(reader, node, node) else {
        return;
    };
    let words = read_dimension_words(reader, &[node]);
    model.dimensions.push(DimensionDef {
        name: name.text,
        label: reader.words(node, "label"),
        description: reader.words(node, "description").unwrap_or_default(),
        expr,
        time,
        partition: false,
        validity: None,
        words,
    });
}

fn needed_expr(reader: &mut Reader<'_>, node: &Node, what: &str, name: &Text) -> Option<Text> {
    let expr = reader.text(node, "expr");
    if expr.is_none() {
        let text = format!("derived {what} {} needs an expr", name.text);
        reader.wrong(name.place.line, text);
    }
    expr
}

/// The `name` of an entity or dimension block, or else the column's.
fn named_or(reader: &mut Reader<'_>, node: &Node, column: &Text) -> Option<Text> {
    let name = reader.text(node, "name").unwrap_or_else(|| column.clone());
    reader
        .is_name(&name, "an entity or dimension")
        .then_some(name)
}

/// `type` of a block, which may be shortened to the type alone.
fn type_of(reader: &mut Reader<'_>, node: &Node) -> Option<Text> {
    match &node.value {
        Yaml::Text(_) => reader.as_text(node, "type"),
        _ => reader.text(node, "type"),
    }
}

fn entity_kind(reader: &mut Reader<'_>, node: &Node) -> Option<EntityKind> {
    let Some(kind) = type_of(reader, node) else {
        reader.wrong(
            node.line,
            "an entity needs a type: primary, unique or foreign",
        );
        return None;
    };
    match kind.text.to_lowercase().as_str() {
        "primary" => Some(EntityKind::Primary),
        "unique" => Some(EntityKind::Unique),
        "foreign" => Some(EntityKind::Foreign),
        "natural" => {
            reader.wrong(
                node.line,
                "natural entities (slowly changing dimensions) are not supported yet",
            );
            None
        }
        other => {
            let text = format!("\"{other}\" is no type of entity: primary, unique or foreign");
            reader.wrong(kind.place.line, text);
            None
        }
    }
}

/// `Some(None)` for a category, `Some(Some(grain))` for a time dimension, `None` where it is wrong.
#[expect(
    clippy::option_option,
    reason = "the two answers and their absence are three things"
)]
fn time_grain(reader: &mut Reader<'_>, node: &Node, column: &Node) -> Option<Option<Granularity>> {
    let Some(kind) = type_of(reader, node) else {
        reader.wrong(node.line, "a dimension needs a type: categorical or time");
        return None;
    };
    match kind.text.to_lowercase().as_str() {
        "categorical" => Some(None),
        "time" => {
            let grain = reader
                .text(column, "granularity")
                .or_else(|| reader.text(node, "granularity"));
            let Some(grain) = grain else {
                return Some(Some(Granularity::Day));
            };
            let name = grain.text.to_lowercase();
            let found = Granularity::named(&name);
            if found.is_none() {
                let text = format!(
                    "\"{name}\" is no granularity: hour, day, week, month, quarter or year"
                );
                reader.wrong(grain.place.line, text);
            }
            found.map(Some)
        }
        other => {
            let text = format!("\"{other}\" is no type of dimension: categorical or time");
            reader.wrong(kind.place.line, text);
            None
        }
    }
}

fn quoted(column: &str) -> String {
    format!("\"{}\"", column.replace('"', "\"\""))
}
