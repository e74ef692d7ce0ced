//! How a query is answered, in words: `almanac metrics explain`.

use super::run::Layer;
use crate::error::QueryError;
use crate::plan::describe;
use crate::query::MetricQuery;

/// How a query is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The steps of the plan, a line each, indented under what they make.
    pub plan: Vec<String>,
    /// The joins it takes between the models' tables, with the entities they follow.
    pub joins: Vec<String>,
    /// The statement.
    pub sql: String,
    /// The engine.
    pub engine: &'static str,
}

impl Layer {
    /// The plan of a query in words, without running it.
    ///
    /// # Errors
    /// Those of [`Layer::compile`].
    pub fn explain(&self, query: &MetricQuery) -> Result<Explanation, QueryError> {
        let planned = self.planned(query)?;
        let told = describe(&planned.select);
        Ok(Explanation {
            plan: told.steps,
            joins: told.joins,
            sql: self.rendered(&planned),
            engine: self.runner.engine.name(),
        })
    }

    /// The engine's own plan of a query, a line each, in its own words.
    ///
    /// # Errors
    /// Those of [`Layer::compile`], and what makes the engine fail.
    pub async fn engine_plan(&self, query: &MetricQuery) -> Result<Vec<String>, QueryError> {
        let sql = self.rendered(&self.planned(query)?);
        let rows = self.runner.engine.run(&format!("EXPLAIN {sql}")).await?;
        let cells = rows.table.rows.iter().filter_map(|row| row.last());
        let lines = cells.filter_map(|cell| match cell {
            almanac_agent_contract::Value::Text(text) => Some(text.lines()),
            _ => None,
        });
        Ok(lines.flatten().map(str::to_owned).collect())
    }
}
