//! `describe_metric`: "what is AOV?" -> what it means, how it is computed, how it breaks down.

use std::sync::Arc;

use almanac_agent_contract::{Choice, Scope, ToolError, ToolOutput};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::Context;
use crate::card::lowercase;
use crate::list_metrics::breakdowns;
use crate::registry::TypedTool;
use crate::words::Words;

/// Dimensions named in words; a model gets all.
const NAMED: usize = 12;

/// The tool.
pub(crate) struct DescribeMetric(Arc<Context>);

/// Which metric.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// Its exact name.
    metric: String,
}

impl TypedTool for DescribeMetric {
    const NAME: &'static str = "describe_metric";
    const DESCRIPTION: &'static str =
        "Tells what a metric means, how it is computed and what it can be broken down by.";
    type Arguments = Arguments;

    fn new(context: Arc<Context>) -> Self {
        Self(context)
    }

    async fn run(&self, arguments: Arguments, scope: &Scope) -> Result<ToolOutput, ToolError> {
        let catalog = self.0.layer.catalog();
        let words = Words::of(scope.language);
        let metric = catalog.metric(&arguments.metric).ok_or_else(|| {
            ToolError::Arguments(format!(
                "{} \"{}\".",
                words.no_such_metric, arguments.metric
            ))
        })?;
        let writer = self.0.writer(scope);
        let mut lines = vec![match metric.description.trim() {
            "" => metric.label.clone(),
            text => format!("{}: {text}", metric.label),
        }];
        lines.push(format!("{}: {}", words.computed, metric.definition));
        if !metric.synonyms.is_empty() {
            lines.push(format!(
                "{}: {}",
                words.also_called,
                writer.list(&metric.synonyms)
            ));
        }
        if let Some(parent) = metric.parent.as_ref().and_then(|name| catalog.metric(name)) {
            lines.push(format!("{}: {}", words.part_of, parent.label));
        }
        let dimensions: Vec<_> = breakdowns(&catalog, metric, 2..=usize::MAX)
            .take(NAMED)
            .collect();
        if !dimensions.is_empty() {
            lines.push(format!(
                "{}: {}",
                words.break_down,
                writer.list(&dimensions)
            ));
        }
        let label = lowercase(&metric.label);
        let mut asks = vec![format!("{label} {}", words.last_week)];
        asks.extend(
            dimensions
                .iter()
                .take(2)
                .map(|d| format!("{label} {} {} {}", words.by, lowercase(d), words.this_month)),
        );
        Ok(ToolOutput {
            data: json!(metric),
            summary: lines.join("\n"),
            choices: asks
                .into_iter()
                .map(|ask| Choice {
                    label: ask.clone(),
                    ask,
                })
                .collect(),
            ..ToolOutput::default()
        })
    }
}
