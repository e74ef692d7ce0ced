//! `almanac metrics list`: a line for each metric, or one JSON array.

use almanac_agent_contract::Format;
use almanac_metrics::{Catalog, MetricInfo};
use serde_json::json;

use crate::commands::say::say;

pub(super) fn run(catalog: &Catalog, json: bool) {
    if json {
        let metrics: Vec<_> = catalog.metrics.iter().map(object).collect();
        say!("{}", json!(metrics));
        return;
    }
    let rows: Vec<[String; 4]> = catalog.metrics.iter().map(cells).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths = [0, 1, 2].map(|column| width(column).unwrap_or_default());
    for [name, label, kind, format] in &rows {
        let [a, b, c] = widths;
        let line = format!("{name:<a$}  {label:<b$}  {kind:<c$}  {format}");
        say!("{}", line.trim_end());
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
