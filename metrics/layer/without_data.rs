//! Definitions without a source, and the statements they compile to on either engine: what fuzzers
//! and property tests try millions of times. People open a [`Layer`](super::Layer).
//!
//! No file is read and no engine started; columns are taken on trust.

use std::collections::BTreeSet;
use std::path::PathBuf;

use almanac_agent_contract::Settings;

use crate::error::QueryError;
use crate::manifest::{Problem, load_texts};
use crate::plan::{Graph, Limits, Metrics, plan, resolve_metrics};
use crate::query::MetricQuery;
use crate::sql::{Dialect, Place, render};

/// Definitions over tables that nobody has looked at.
pub struct WithoutData {
    settings: Settings,
    graph: Graph,
    metrics: Metrics,
}

impl WithoutData {
    /// Reads definitions: names that end in `.yml` or `.json`, and texts.
    ///
    /// # Errors
    /// Every problem, as [`validate`](crate::validate) tells them.
    pub fn read(texts: &[(&str, &str)], settings: Settings) -> Result<Self, Vec<Problem>> {
        let texts: Vec<(PathBuf, &str)> = texts
            .iter()
            .map(|(name, text)| (PathBuf::from(name), *text))
            .collect();
        let (definitions, mut problems) = load_texts(&texts);
        let graph = Graph::build(&definitions, None, &settings, &mut problems);
        let metrics = resolve_metrics(&definitions, &graph, &settings, &mut problems);
        if !problems.is_empty() {
            return Err(problems.into_sorted());
        }
        Ok(Self {
            settings,
            graph,
            metrics,
        })
    }

    /// The metrics' names.
    #[must_use]
    pub fn metrics(&self) -> Vec<&str> {
        let metrics = self.metrics.metrics.iter();
        metrics.map(|metric| &*metric.name).collect()
    }

    /// Every name that some model's rows know.
    #[must_use]
    pub fn names(&self) -> BTreeSet<&str> {
        let models = self.graph.models.iter();
        models
            .flat_map(|model| model.names.keys().map(String::as_str))
            .collect()
    }

    /// The tables, also those of time spines, by their bare names.
    #[must_use]
    pub fn tables(&self) -> BTreeSet<&str> {
        let models = self.graph.models.iter().map(|model| &*model.table.name);
        let spines = self.graph.spines.iter().map(|spine| &*spine.table.name);
        models.chain(spines).collect()
    }

    /// The statement of a query for DataFusion, and the one for PostgreSQL.
    ///
    /// # Errors
    /// As [`Layer::compile`](super::Layer::compile).
    pub fn compile(&self, query: &MetricQuery) -> Result<[String; 2], QueryError> {
        let limits = Limits {
            rows: Some(10_000),
            depth: 0,
        };
        let planned = plan(&self.graph, &self.metrics, query, &self.settings, limits)?;
        Ok([Dialect::DataFusion, Dialect::Postgres].map(|dialect| {
            let place = Place {
                dialect,
                settings: &self.settings,
            };
            render(&planned.select, place)
        }))
    }
}
