//! Stands in for the tools while what was said before in a conversation is read: queries
//! are answered with a bare card, which is all that the conversation's state is made from.

use std::sync::Arc;

use almanac_agent_contract::{
    Badge, Card, CardTable, Explain, Scope, Tool, ToolError, ToolOutput, ToolSpec,
};
use almanac_evals::{QUERY, split};
use almanac_metrics::Layer;
use async_trait::async_trait;
use serde_json::Value as Json;

/// Runs queries over the layer and draws nothing; any other tool finds nothing.
pub(super) struct Recorder {
    layer: Arc<Layer>,
    spec: ToolSpec,
}

impl Recorder {
    /// In the place of the tool that this is told of.
    pub(super) fn over(layer: &Arc<Layer>, spec: &ToolSpec) -> Arc<dyn Tool> {
        Arc::new(Self {
            layer: layer.clone(),
            spec: spec.clone(),
        })
    }
}

#[async_trait]
impl Tool for Recorder {
    fn spec(&self) -> ToolSpec {
        self.spec.clone()
    }

    async fn call(&self, arguments: Json, _: &Scope) -> Result<ToolOutput, ToolError> {
        if self.spec.name != QUERY {
            return Ok(ToolOutput::default());
        }
        let Some((query, _)) = split(&arguments) else {
            return Err(ToolError::Arguments("this is no metric query".into()));
        };
        let answer = self.layer.run(&query).await;
        let table = answer
            .map_err(|error| ToolError::Arguments(error.to_string()))?
            .table;
        let catalog = self.layer.catalog();
        let metrics = query.metrics.iter().filter_map(|name| catalog.metric(name));
        let formats =
            metrics.map(|metric| (metric.name.clone(), metric.format.clone(), metric.direction));
        let card = Card {
            title: String::new(),
            headline: None,
            table: CardTable {
                columns: table.columns,
                labels: Vec::new(),
                rows: table.rows,
                shown: Vec::new(),
            },
            chart: None,
            period: None,
            filters: Vec::new(),
            groupings: Vec::new(),
            metrics: Vec::new(),
            freshness: None,
            badge: Badge::Governed,
            follow_ups: Vec::new(),
            actions: Vec::new(),
            explain: Explain {
                metrics: Vec::new(),
                sql: String::new(),
                engine: String::new(),
                rows_read: None,
            },
            formats: formats.collect(),
            query: serde_json::to_value(&query).unwrap_or_default(),
        };
        Ok(ToolOutput {
            card: Some(card),
            ..ToolOutput::default()
        })
    }
}
