//! `list_metrics`: "what can I ask?" -> the metrics by their labels, with questions that work.

use std::sync::Arc;

use almanac_agent_contract::{Choice, Scope, ToolError, ToolOutput};
use almanac_metrics::{Catalog, MetricInfo};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::Context;
use crate::card::lowercase;
use crate::registry::TypedTool;
use crate::words::Words;

/// Labels listed in words; a model gets all names.
const LISTED: usize = 60;

/// The tool.
pub(crate) struct ListMetrics(Arc<Context>);

/// Takes nothing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {}

impl TypedTool for ListMetrics {
    const NAME: &'static str = "list_metrics";
    const DESCRIPTION: &'static str = "Lists the metrics and dimensions that can be asked for.";
    type Arguments = Arguments;

    fn new(context: Arc<Context>) -> Self {
        Self(context)
    }

    async fn run(&self, _: Arguments, scope: &Scope) -> Result<ToolOutput, ToolError> {
        let catalog = self.0.layer.catalog();
        let words = Words::of(scope.language);
        let labels: Vec<_> =
            catalog.metrics.iter().take(LISTED).map(|metric| metric.label.clone()).collect();
        let summary =
            format!("{}: {}.", words.can_ask, self.0.writer(scope).list(&labels));
        Ok(ToolOutput {
            data: json!({
                "metrics": catalog.metrics.iter()
                    .map(|m| json!({"name": m.name, "label": m.label, "description": m.description}))
                    .collect::<Vec<_>>(),
                "dimensions": catalog.dimensions.iter()
                    .map(|d| json!({"name": d.name, "label": d.label}))
                    .collect::<Vec<_>>(),
            }),
            summary,
            choices: examples(&catalog, words),
            ..ToolOutput::default()
        })
    }
}

/// Three questions this catalogue can answer: a value, a breakdown, a ranking.
fn examples(catalog: &Catalog, words: &Words) -> Vec<Choice> {
    let Some(metric) = catalog.metrics.first() else { return Vec::new() };
    let label = lowercase(&metric.label);
    let mut asks = vec![format!("{label} {}", words.last_week)];
    let mut dimensions = breakdowns(catalog, metric);
    if let Some(dimension) = dimensions.next() {
        asks.push(format!("{label} {} {} {}", words.by, lowercase(&dimension), words.this_month));
    }
    if let Some(dimension) = dimensions.next() {
        asks.push(format!("{} 5 {} {} {label}", words.top, lowercase(&dimension), words.by));
    }
    asks.into_iter().map(|ask| Choice { label: ask.clone(), ask }).collect()
}

/// Labels of the dimensions a metric is usefully broken down by.
pub(crate) fn breakdowns(catalog: &Catalog, metric: &MetricInfo) -> impl Iterator<Item = String> {
    metric
        .dimensions
        .iter()
        .filter_map(|name| catalog.dimension(name))
        .filter(|dimension| dimension.complete && (2..=40).contains(&dimension.values.len()))
        .map(|dimension| dimension.label.clone())
}
