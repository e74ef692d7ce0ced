//! Reads time spines: tables with a row for each moment, which say what dates there are and what
//! granularities of its own a calendar has.

use super::definitions::{Definitions, SpineDef, TableDef, Text};
use super::read_attribute::standard_granularity;
use super::read_model::table_of;
use super::read_words::read_model_words;
use super::reader::Reader;
use super::yaml::Node;

/// A model with `time_spine: {standard_granularity_column, custom_granularities}`.
pub(crate) fn read_spine(reader: &mut Reader<'_>, model: &Node, into: &mut Definitions) {
    let Some(spine) = model.get("time_spine") else {
        return;
    };
    let Some(name) = reader.name(model, "a model") else {
        return;
    };
    let Some(column) = reader.text(spine, "standard_granularity_column") else {
        reader.wrong(
            spine.line,
            format!(
                "time spine {} needs standard_granularity_column: the column with its moments",
                name.text
            ),
        );
        return;
    };
    let columns = reader.list(model, "columns");
    let found = columns.iter().find(|node| {
        reader
            .text(node, "name")
            .is_some_and(|n| n.text == column.text)
    });
    let Some(granularity) = found.and_then(|node| reader.text(node, "granularity")) else {
        reader.wrong(
            column.place.line,
            format!(
                "time spine {} needs columns: [{{name: {}, granularity: day}}], to say how fine it is",
                name.text, column.text
            ),
        );
        return;
    };
    let Some(granularity) = standard_granularity(reader, &granularity) else {
        return;
    };
    let words = read_model_words(reader, model);
    into.spines.push(SpineDef {
        table: table_of(reader, model, &name, words.table),
        place: name.place,
        column,
        granularity,
        custom: read_custom(reader, spine),
    });
}

/// An entry of a compiled manifest's `time_spines`.
pub(crate) fn read_compiled(reader: &mut Reader<'_>, node: &Node, into: &mut Definitions) {
    let table = node.get("node_relation").and_then(|relation| {
        Some(TableDef {
            name: reader.words(relation, "alias")?,
            schema: reader.words(relation, "schema_name"),
        })
    });
    let primary = node.get("primary_column");
    let column = primary.and_then(|column| reader.text(column, "name"));
    let granularity = primary.and_then(|column| reader.text(column, "time_granularity"));
    let (Some(table), Some(column), Some(granularity)) = (table, column, granularity) else {
        reader.wrong(
            node.line,
            "a time spine needs node_relation {alias} and primary_column {name, time_granularity}",
        );
        return;
    };
    let Some(granularity) = standard_granularity(reader, &granularity) else {
        return;
    };
    into.spines.push(SpineDef {
        table,
        place: reader.place(node.line),
        column,
        granularity,
        custom: read_custom(reader, node),
    });
}

/// An entry of `time_spine_table_configurations`, as manifests had it before.
pub(crate) fn read_old(reader: &mut Reader<'_>, node: &Node, into: &mut Definitions) {
    let location = reader.words(node, "location");
    let column = reader.text(node, "column_name");
    let granularity = reader.text(node, "grain");
    let (Some(location), Some(column), Some(granularity)) = (location, column, granularity) else {
        reader.wrong(
            node.line,
            "a time spine needs location, column_name and grain",
        );
        return;
    };
    let Some(granularity) = standard_granularity(reader, &granularity) else {
        return;
    };
    into.spines.push(SpineDef {
        table: dotted(&location),
        place: reader.place(node.line),
        column,
        granularity,
        custom: Vec::new(),
    });
}

/// A table by its written name, `schema.table` or `database.schema.table`.
pub(crate) fn dotted(name: &str) -> TableDef {
    let mut parts = name.rsplit('.').map(str::trim);
    let table = parts.next().unwrap_or_default().to_owned();
    TableDef {
        schema: parts.next().map(str::to_owned),
        name: table,
    }
}

/// A spine's own granularities. Their column is called like them where nothing else is said.
fn read_custom(reader: &mut Reader<'_>, node: &Node) -> Vec<(Text, Text)> {
    let mut custom = Vec::new();
    for own in reader.list(node, "custom_granularities") {
        let Some(mut name) = reader.name(own, "a granularity") else {
            continue;
        };
        let column = reader
            .text(own, "column_name")
            .unwrap_or_else(|| name.clone());
        name.text = name.text.to_lowercase();
        custom.push((name, column));
    }
    custom
}
