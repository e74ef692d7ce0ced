//! `list_metrics`: "what can I ask?" -> the metrics by their labels, with questions that work.

use std::ops::RangeInclusive;
use std::sync::Arc;

use almanac_agent_contract::{Choice, Scope, ToolError, ToolOutput};
use almanac_metrics::{Catalog, MetricInfo};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::Context;
use crate::card::{lowercase, own_name};
use crate::registry::TypedTool;
use crate::words::Words;

/// Labels listed in words; a model gets all names.
const LISTED: usize = 24;

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
        let main = catalog
            .metrics
            .iter()
            .filter(|metric| is_main(&catalog, metric));
        let mut labels: Vec<_> = main
            .take(LISTED)
            .map(|metric| metric.label.clone())
            .collect();
        let more = catalog.metrics.len() - labels.len();
        if more > 0 {
            labels.push(words.more.replace("{}", &more.to_string()));
        }
        let summary = format!("{}: {}.", words.can_ask, self.0.writer(scope).list(&labels));
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

/// Whether a metric stands high in the metric tree: nothing is above it, or something below.
fn is_main(catalog: &Catalog, metric: &MetricInfo) -> bool {
    let has_children = || {
        let mut metrics = catalog.metrics.iter();
        metrics.any(|child| child.parent.as_deref() == Some(&metric.name))
    };
    metric.parent.is_none() || has_children()
}

/// Three questions this catalogue can answer: a value, a breakdown, a ranking.
fn examples(catalog: &Catalog, words: &Words) -> Vec<Choice> {
    let Some(metric) = catalog.metrics.first() else {
        return Vec::new();
    };
    let label = lowercase(&metric.label);
    let mut asks = vec![format!("{label} {}", words.last_week)];
    if let Some(dimension) = breakdowns(catalog, metric, 4..=30).next() {
        let dimension = lowercase(&dimension);
        asks.push(format!(
            "{label} {} {dimension} {}",
            words.by, words.this_month
        ));
    }
    if let Some(dimension) = breakdowns(catalog, metric, 10..=usize::MAX).next() {
        let dimension = lowercase(&dimension);
        asks.push(format!("{} 5 {dimension} {} {label}", words.top, words.by));
    }
    asks.into_iter()
        .map(|ask| Choice {
            label: ask.clone(),
            ask,
        })
        .collect()
}

/// Labels of the dimensions with so many values that a metric can be broken down by, but for
/// those that it is itself filtered by.
pub(crate) fn breakdowns(
    catalog: &Catalog,
    metric: &MetricInfo,
    values: RangeInclusive<usize>,
) -> impl Iterator<Item = String> {
    metric
        .dimensions
        .iter()
        .filter(|name| !metric.definition.contains(own_name(name)))
        .filter_map(|name| catalog.dimension(name))
        .filter(move |dimension| values.contains(&dimension.values.len()))
        .map(|dimension| dimension.label.clone())
}
