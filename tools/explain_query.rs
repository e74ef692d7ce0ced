//! `explain_query`: "how did you get that?" -> what the metrics mean, of which period and rows they
//! are, and the statement that was run.

use std::sync::Arc;

use almanac_agent_contract::{Card, Format, Scope, ToolError, ToolOutput};
use almanac_cards::Writer;
use almanac_metrics::{Layer, MetricQuery};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::Context;
use crate::arguments::{Arguments as Asked, Drawn, Wishes};
use crate::explanations::Explanations;
use crate::query_metrics::answer;
use crate::registry::TypedTool;
use crate::sentences::fill;
use crate::words::Words;

/// The tool.
pub(crate) struct ExplainQuery(Arc<Context>);

/// What is explained.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// The metric query of the answer, as it was asked.
    pub(crate) query: MetricQuery,
}

impl TypedTool for ExplainQuery {
    const NAME: &'static str = "explain_query";
    const DESCRIPTION: &'static str = "Tells how the answer to a metric query is computed: what its \
        metrics mean, its period, its conditions, the compiled SQL and how many rows it read.";
    type Arguments = Arguments;

    fn new(context: Arc<Context>) -> Self {
        Self(context)
    }

    async fn run(&self, arguments: Arguments, scope: &Scope) -> Result<ToolOutput, ToolError> {
        explain(&self.0.layer, &self.0.writer(scope), arguments, scope).await
    }
}

/// Runs the query and tells how.
pub(crate) async fn explain(
    layer: &Layer,
    writer: &Writer,
    arguments: Arguments,
    scope: &Scope,
) -> Result<ToolOutput, ToolError> {
    let asked = Asked {
        query: arguments.query,
        wishes: Wishes {
            chart: Some(Drawn::Table),
            ..Wishes::default()
        },
    };
    let mut output = answer(layer, writer, asked, scope).await?;
    if let Some(card) = &output.card {
        output.data = json!({
            "metrics": card.explain.metrics,
            "period": card.period,
            "filters": card.filters,
            "groupings": card.groupings,
            "sql": card.explain.sql,
            "rows_read": card.explain.rows_read,
        });
        output.summary = told(card, &output, (writer, scope));
    }
    Ok(output)
}

/// A line for each thing to know.
fn told(card: &Card, output: &ToolOutput, (writer, scope): (&Writer, &Scope)) -> String {
    let words = Explanations::of(scope.language);
    let more = Words::of(scope.language).more;
    let metrics = card.explain.metrics.iter();
    let mut lines: Vec<String> = metrics
        .map(|metric| format!("{}: {}", metric.label, metric.text))
        .collect();
    let mut line = |what: &str, text: String| {
        if !text.is_empty() {
            lines.push(format!("{what}: {text}"));
        }
    };
    if let Some(period) = &card.period {
        line(words.period, period.text.clone());
    }
    let changes = card.headline.iter().flat_map(|headline| &headline.changes);
    let changes: Vec<_> = changes.map(|change| change.text.clone()).collect();
    line(words.compared, changes.join("; "));
    line(words.only, card.filters.join("; "));
    line(words.broken_down, writer.list(&card.groupings));
    if let Some(rows) = card.explain.rows_read {
        #[expect(clippy::cast_precision_loss, reason = "a number of rows, for people")]
        let rows = writer.number(rows as f64, &Format::Number);
        let time = format!(
            "{} ms",
            writer.number(output.timing.run.ceil(), &Format::Number)
        );
        let places = [
            ("rows", rows.as_str()),
            ("engine", card.explain.engine.as_str()),
            ("time", time.as_str()),
        ];
        lines.push(fill(words.rows_read, &places));
    }
    lines.push(shortened(&card.explain.sql, more));
    lines.join("\n")
}

/// Lines of a statement that are shown; the card has all of it.
const LINES: usize = 40;

fn shortened(sql: &str, more: &str) -> String {
    let all = sql.lines().count();
    let mut lines: Vec<&str> = sql.lines().take(LINES).collect();
    let rest = more.replace("{}", &all.saturating_sub(LINES).to_string());
    if all > LINES {
        lines.push(&rest);
    }
    lines.join("\n")
}
