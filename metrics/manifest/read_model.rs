//! Reads a model of the latest spec: a table with its entities, dimensions and metrics.

use super::definitions::{
    Definitions, DimensionDef, EntityDef, EntityKind, ModelDef, TableDef, Text,
};
use super::read_attribute::{column, dimension_shape, entity_kind};
use super::read_words::{read_dimension_words, read_model_words};
use super::reader::Reader;
use super::yaml::{Node, Yaml};

/// Reads one entry of `models:` into `into`, without its metrics; a model without `semantic_model`
/// is dbt's own.
pub(crate) fn read_model(reader: &mut Reader<'_>, node: &Node, into: &mut Definitions) {
    if !is_semantic(reader, node) {
        return;
    }
    let Some(table) = reader.name(node, "a model") else {
        return;
    };
    let Some(name) = semantic_name(reader, node) else {
        return;
    };
    let words = read_model_words(reader, node);
    let mut model = ModelDef {
        name: name.text,
        table: table_of(reader, node, &table, words.table),
        place: table.place,
        time: reader.text(node, "agg_time_dimension"),
        primary: reader.text(node, "primary_entity"),
        entities: Vec::new(),
        dimensions: Vec::new(),
        rates: words.rates,
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
    first_primary(&mut model);
    into.models.push(model);
}

/// Whether a model is a semantic one.
pub(crate) fn is_semantic(reader: &mut Reader<'_>, node: &Node) -> bool {
    let Some(semantic) = node.get("semantic_model") else {
        return false;
    };
    let on = match &semantic.value {
        Yaml::Boolean(on) => *on,
        _ => reader.flag(semantic, "enabled").unwrap_or(true),
    };
    on && enabled(reader, node)
}

/// The name of a semantic model, which is its table's where it has none of its own.
pub(crate) fn semantic_name(reader: &mut Reader<'_>, node: &Node) -> Option<Text> {
    match node.get("semantic_model").map(|own| (own, own.get("name"))) {
        Some((own, Some(_))) => reader.name(own, "a semantic model"),
        _ => reader.text(node, "name"),
    }
}

/// Whether a resource is not switched off by `config: {enabled: false}`.
pub(crate) fn enabled(reader: &mut Reader<'_>, node: &Node) -> bool {
    let config = node.get("config");
    config.and_then(|config| reader.flag(config, "enabled")) != Some(false)
}

/// The table of a dbt model: what Almanac's own words say, its alias, or its name.
pub(crate) fn table_of(
    reader: &mut Reader<'_>,
    node: &Node,
    name: &Text,
    own: Option<TableDef>,
) -> TableDef {
    if let Some(table) = own {
        return table;
    }
    let alias = node
        .get("config")
        .and_then(|config| reader.words(config, "alias"));
    TableDef {
        schema: None,
        name: alias.unwrap_or_else(|| name.text.clone()),
    }
}

/// The primary entity is the one of that type where the model does not name another.
pub(crate) fn first_primary(model: &mut ModelDef) {
    if model.primary.is_none() {
        let first = model
            .entities
            .iter()
            .find(|entity| entity.kind == EntityKind::Primary);
        model.primary = first.map(|entity| Text {
            text: entity.name.clone(),
            place: entity.expr.place.clone(),
        });
    }
}

fn read_column(reader: &mut Reader<'_>, node: &Node, model: &mut ModelDef) {
    let Some(name) = reader.text(node, "name") else {
        reader.wrong(
            node.line,
            format!("a column of model {} needs a name", model.name),
        );
        return;
    };
    let expr = column(&name);
    if let Some(block) = node.get("entity") {
        let entity = named_or(reader, block, &name);
        if let (Some(entity), Some(kind)) = (entity, entity_kind(reader, block)) {
            model.entities.push(EntityDef {
                name: entity.text,
                kind,
                expr: expr.clone(),
            });
        }
    }
    if let Some(block) = node.get("dimension") {
        let Some(dimension) = named_or(reader, block, &name) else {
            return;
        };
        let Some(shape) = dimension_shape(reader, block, &[node, block]) else {
            return;
        };
        let words = read_dimension_words(reader, &[block, node]);
        model.dimensions.push(DimensionDef {
            name: dimension.text,
            label: reader.words(block, "label"),
            description: reader
                .words(block, "description")
                .or_else(|| reader.words(node, "description"))
                .unwrap_or_default(),
            expr,
            time: shape.time,
            partition: shape.partition,
            validity: shape.validity,
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
    let Some(shape) = dimension_shape(reader, node, &[node]) else {
        return;
    };
    let words = read_dimension_words(reader, &[node]);
    model.dimensions.push(DimensionDef {
        name: name.text,
        label: reader.words(node, "label"),
        description: reader.words(node, "description").unwrap_or_default(),
        expr,
        time: shape.time,
        partition: shape.partition,
        validity: shape.validity,
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
