//! Compiles and runs queries.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use almanac_agent_contract::Settings;
use tokio::sync::{Mutex, watch};

use super::answer::{Answer, Compiled};
use super::runner::Runner;
use super::saved::SavedQuery;
use crate::catalog::Catalog;
use crate::error::QueryError;
use crate::manifest::Definitions;
use crate::plan::{Graph, Limits, Metrics, Planned, plan};
use crate::query::{MetricQuery, TimeRange};
use crate::sql::{Place, render};

/// The metric layer over one source.
pub struct Layer {
    pub(super) settings: Arc<Settings>,
    pub(super) graph: Graph,
    pub(super) metrics: Metrics,
    pub(super) runner: Runner,
    pub(super) saved: BTreeMap<String, SavedQuery>,
    /// What the catalogue is described from, and where what was found in the data is kept.
    pub(super) definitions: Definitions,
    pub(super) fingerprint: u64,
    pub(super) cache: Option<PathBuf>,
    pub(super) catalog: watch::Sender<Arc<Catalog>>,
    pub(super) doubtful: RwLock<Vec<String>>,
    /// The state of the source whose values the catalogue has.
    pub(super) indexed: Mutex<Option<String>>,
}

impl Layer {
    /// Everything that can be asked, as it was last read.
    #[must_use]
    pub fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog.borrow())
    }

    /// What in the data may make numbers wrong, a sentence each: keys that are said to come once
    /// and come twice.
    #[must_use]
    pub fn doubtful(&self) -> Vec<String> {
        let doubtful = self.doubtful.read();
        doubtful.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The workspace's settings.
    #[must_use]
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// The statement of a query, without running it.
    ///
    /// # Errors
    /// Names that are not there, values that do not fit, and other mistakes of the query.
    pub fn compile(&self, query: &MetricQuery) -> Result<Compiled, QueryError> {
        let planned = self.planned(query)?;
        Ok(Compiled {
            sql: self.rendered(&planned),
            columns: planned.columns.iter().map(ToString::to_string).collect(),
            period: planned.period,
            compared: planned.compared,
        })
    }

    /// Runs a query within the layer's limits. Dropping the future stops it, unless an equal one
    /// waits for the same rows.
    ///
    /// # Errors
    /// Those of [`Layer::compile`], and what stops a statement.
    #[tracing::instrument(name = "metrics.run", skip_all, fields(metrics = query.metrics.len()))]
    pub async fn run(&self, query: &MetricQuery) -> Result<Answer, QueryError> {
        let start = Instant::now();
        let compiled = self.compile(query)?;
        let compile = start.elapsed();
        let (rows, cached) = self.runner.run(&compiled.sql).await;
        let rows = rows?;
        let mut table = rows.table.clone();
        // An engine may shorten long names.
        if table.columns.len() == compiled.columns.len() {
            for (column, name) in table.columns.iter_mut().zip(compiled.columns) {
                column.name = name;
            }
        }
        let most = usize::try_from(self.runner.limits.rows).unwrap_or(usize::MAX);
        let truncated = table.rows.len() > most;
        table.rows.truncate(most);
        Ok(Answer {
            table,
            sql: compiled.sql,
            engine: self.runner.engine.name(),
            rows_read: rows.read,
            period: compiled.period,
            compared: compiled.compared,
            compile,
            run: start.elapsed().saturating_sub(compile),
            truncated,
            cached,
        })
    }

    /// The plan of a query.
    pub(super) fn planned(&self, query: &MetricQuery) -> Result<Planned<'_>, QueryError> {
        let filled;
        let query = match self.covered(query) {
            Some(range) => {
                filled = MetricQuery {
                    time_range: Some(range),
                    ..query.clone()
                };
                &filled
            }
            None => query,
        };
        let limits = Limits {
            rows: Some(self.runner.limits.rows),
            depth: 0,
        };
        let plan = |query| plan(&self.graph, &self.metrics, query, &self.settings, limits);
        let planned = plan(query);
        if let (Err(QueryError::NeedsTime { .. }), None) = (&planned, query.time_range)
            && let Some(range) = self.all_data(query)
        {
            // Without a period it is the value at the end of the data.
            return plan(&MetricQuery {
                time_range: Some(range),
                ..query.clone()
            });
        }
        planned
    }

    /// The statement of a plan.
    pub(super) fn rendered(&self, planned: &Planned<'_>) -> String {
        let place = Place {
            dialect: self.runner.engine.dialect(),
            settings: &self.settings,
        };
        render(&planned.select, place)
    }

    /// The period of a comparison that names none: all that the metrics have data for.
    fn covered(&self, query: &MetricQuery) -> Option<TimeRange> {
        if query.compare.is_empty() || query.time_range.is_some() {
            return None;
        }
        self.all_data(query)
    }

    /// All that the metrics of a query have data for.
    fn all_data(&self, query: &MetricQuery) -> Option<TimeRange> {
        let catalog = self.catalog();
        let metrics = query.metrics.iter();
        let metrics = metrics.filter_map(|name| catalog.metric(name));
        let covered = metrics.filter_map(|metric| metric.coverage.as_ref());
        covered.fold(None, |range: Option<TimeRange>, coverage| {
            let (start, end) = (coverage.first, coverage.last);
            Some(range.map_or(TimeRange { start, end }, |range| TimeRange {
                start: range.start.min(start),
                end: range.end.max(end),
            }))
        })
    }
}
