//! `almanac metrics list`: a line for each metric or saved query, or one JSON array.

use almanac_agent_contract::Format;
use almanac_metrics::{Catalog, Layer, MetricInfo};
use serde_json::json;

use crate::commands::say::say;

pub(super) fn run(catalog: &Catalog, json: bool) {
    if json {
        let metrics: Vec<_> = catalog.metrics.iter().map(object).collect();
        say!("{}", json!(metrics));
    } else {
        columns(&catalog.metrics.iter().map(cells).collect::<Vec<_>>());
    }
}

/// The saved queries: what `almanac metrics query --saved` takes.
pub(super) fn saved(layer: &Layer, json: bool) {
    if json {
        let each = layer.saved_queries().map(|saved| {
            json!({
                "name": saved.name,
                "label": saved.label,
                "description": saved.description,
                "query": saved.query,
            })
        });
        say!("{}", json!(each.collect::<Vec<_>>()));
    } else {
        let each = layer.saved_queries().map(|saved| {
            let words = saved.label.as_ref().unwrap_or(&saved.description);
            let words: Vec<&str> = words.split_whitespace().collect();
            [saved.name.clone(), words.join(" ")]
        });
        columns(&each.collect::<Vec<_>>());
    }
}

/// Prints rows with their cells under one another.
fn columns<const N: usize>(rows: &[[String; N]]) {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..N).filter_map(width).collect();
    for row in rows {
        let cells = row.iter().zip(&widths);
        let line: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        say!("{}", line.join("  ").trim_end());
    }
}

/// "currency (EUR)", "percent", "sessions".
pub(super) fn format_words(format: &Format) -> String {
    match format {
        Format::Number => "number".into(),
        Format::Currency(None) => "currency".into(),
        Format::Currency(Some(code)) => format!("currency ({code})"),
        Format::Percent => "percent".into(),
        Format::Duration => "duration".into(),
        Format::Unit(unit) => unit.clone(),
    }
}

fn cells(metric: &MetricInfo) -> [String; 4] {
    [
        metric.name.clone(),
        metric.label.clone(),
        metric.kind.as_str().to_owned(),
        format_words(&metric.format),
    ]
}

fn object(metric: &MetricInfo) -> serde_json::Value {
    json!({
        "name": metric.name,
        "label": metric.label,
        "type": metric.kind.as_str(),
        "format": metric.format,
        "definition": metric.definition,
        "parent": metric.parent,
        "owner": metric.owner,
    })
}
