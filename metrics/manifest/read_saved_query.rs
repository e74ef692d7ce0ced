//! Reads saved queries.

use super::definitions::{Definitions, SavedQueryDef, Text};
use super::query_item::{QueryItem, parse_item};
use super::read_input::read_filters;
use super::read_model::enabled;
use super::reader::Reader;
use super::yaml::Node;

/// Reads an entry of `saved_queries:`.
pub(crate) fn read_saved_query(reader: &mut Reader<'_>, node: &Node, into: &mut Definitions) {
    if !enabled(reader, node) {
        return;
    }
    let Some(name) = reader.name(node, "a saved query") else {
        return;
    };
    let Some(params) = node.get("query_params") else {
        let text = format!(
            "saved query {} needs query_params: its metrics, group_by and where",
            name.text
        );
        reader.wrong(name.place.line, text);
        return;
    };
    let group_by: Vec<Text> = items(reader, params, "group_by", &name)
        .into_iter()
        .map(|(item, _)| item)
        .collect();
    let order_by = items(reader, params, "order_by", &name);
    let limit = match reader.number(params, "limit") {
        None => None,
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it was looked at"
        )]
        Some(limit) if limit.fract() == 0.0 && (1.0..=f64::from(u32::MAX)).contains(&limit) => {
            Some(limit as u32)
        }
        Some(_) => {
            let text = format!(
                "saved query {}: limit should be a number of rows",
                name.text
            );
            reader.wrong(params.get("limit").map_or(0, |node| node.line), text);
            None
        }
    };
    into.saved_queries.push(SavedQueryDef {
        label: reader.words(node, "label"),
        description: reader.words(node, "description").unwrap_or_default(),
        metrics: reader.texts(params, "metrics"),
        group_by,
        filters: read_filters(reader, params, "where"),
        order_by,
        limit,
        name: name.text,
        place: name.place,
    });
}

/// Items as qualified names, and whether largest first.
fn items(reader: &mut Reader<'_>, map: &Node, key: &str, query: &Text) -> Vec<(Text, bool)> {
    let mut found = Vec::new();
    for text in reader.texts(map, key) {
        match parse_item(&text.text) {
            Ok(QueryItem { name, descending }) => {
                let name = Text {
                    text: name,
                    place: text.place,
                };
                found.push((name, descending));
            }
            Err(why) => {
                let line = text.place.line;
                let text = format!("saved query {}: {key} {} {why}", query.text, text.text);
                reader.wrong(line, text);
            }
        }
    }
    found
}
