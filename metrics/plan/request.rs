//! What all scans of a query have in common.

use std::sync::Arc;

use almanac_agent_contract::Settings;

use super::asked::Asked;
use super::compile::plan;
use super::expr::Expr;
use super::graph::Graph;
use super::keys::{Key, Scene};
use super::metric::{Measure, Metrics, Term};
use super::statement::Select;
use crate::error::QueryError;
use crate::granularity::Granularity;
use crate::period::Segment;
use crate::query::{Filter, GroupBy, MetricQuery, TimeRange};

/// A query being planned.
pub(super) struct Request<'g, 'q> {
    pub(super) graph: &'g Graph,
    pub(super) metrics: &'g Metrics,
    pub(super) keys: &'q [Key],
    pub(super) filters: &'q [Filter],
    pub(super) asked: Asked<'q>,
    /// The whole period that its parts are of; none for all data.
    pub(super) period: Option<TimeRange>,
    pub(super) settings: &'g Settings,
    pub(super) currency: Option<&'q str>,
    /// What `metric_time` is grouped by where nothing else is said.
    pub(super) default: Granularity,
    /// The keys of the groups that are kept, where the others become one.
    pub(super) top: Option<&'q [Key]>,
    /// How many filters inside filters it stands in.
    pub(super) depth: u8,
}

/// A measure, and the metric it is needed for, which errors speak of.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'g> {
    pub(super) measure: &'g Measure,
    pub(super) metric: &'g str,
}

/// A part of a period; no part is all data.
pub(super) type Part = Option<Segment>;

// Definitions that lead back to themselves were refused; this holds for what a query adds.
const DEEPEST: u8 = 4;

impl<'g> Request<'g, '_> {
    /// Whether a key makes a series: it is `metric_time`, or the time that some model's metrics go
    /// by.
    pub(super) fn is_series(&self, key: &Key) -> bool {
        key.is_metric_time()
            || self.graph.models.iter().any(|model| {
                let scene = Scene {
                    graph: self.graph,
                    settings: self.settings,
                    model,
                    time: model.time,
                    clock: None,
                    default: self.default,
                    metric: "",
                };
                key.is_time(scene)
            })
    }

    /// From which currency, as rows or the measure say, to which one amounts are converted; none
    /// where they stay as they are.
    pub(super) fn rated(&self, measure: &Measure) -> Option<(Expr, String)> {
        let to = self.currency.unwrap_or(&self.settings.currency);
        let from = match (&measure.currency, &measure.money) {
            (Some(column), _) => Expr::Shared(Arc::clone(column)),
            (None, Some(own)) if self.currency.is_some() && !to.eq_ignore_ascii_case(own) => {
                Expr::text(own)
            }
            _ => return None,
        };
        Some((from, to.to_uppercase()))
    }

    /// What the names of a scan's own selects begin with. DataFusion has no two of a name, not
    /// even one inside the other.
    pub(super) fn named(&self, number: usize) -> String {
        match self.depth {
            0 => format!("rows {number}"),
            depth => format!("rows {depth}.{number}"),
        }
    }

    /// The values of a metric that a filter speaks of.
    pub(super) fn term(&self, term: &Term) -> Result<Select<'g>, QueryError> {
        if self.depth >= DEEPEST {
            return Err(QueryError::Contradiction(
                "the filters of this query stand inside one another too deep",
            ));
        }
        let query = match (term.within, term.keys.as_slice()) {
            (true, [(entity, _)]) => self.within(&term.metric, entity)?,
            (_, keys) => MetricQuery {
                metrics: vec![term.metric.clone()],
                group_by: keys
                    .iter()
                    .map(|(name, _)| GroupBy::from(name.clone()))
                    .collect(),
                ..MetricQuery::default()
            },
        };
        let mut planned = plan(
            self.graph,
            self.metrics,
            &query,
            self.settings,
            super::compile::Limits {
                rows: None,
                depth: self.depth + 1,
            },
        )?;
        planned.select.order.clear();
        Ok(planned.select)
    }

    /// Asks for the value of each entity in the period, the currency and the filters of this
    /// query. What an entity says of itself is asked without: when an order was paid does not
    /// change what it came to. A filter that a metric cannot be asked by speaks of other rows.
    fn within(&self, metric: &str, entity: &str) -> Result<MetricQuery, QueryError> {
        let mut query = MetricQuery {
            metrics: vec![metric.to_owned()],
            group_by: vec![GroupBy::named(entity)],
            currency: self.currency.map(str::to_owned),
            ..MetricQuery::default()
        };
        let asked = super::compile::asked(self.metrics, &query)?;
        let measures = asked.iter().flat_map(|metric| &metric.measures);
        let scenes: Vec<Scene<'_, '_>> = measures
            .map(|measure| {
                let model = &self.graph.models[self.metrics.measures[*measure].model];
                Scene {
                    graph: self.graph,
                    settings: self.settings,
                    model,
                    time: model.time,
                    clock: None,
                    default: self.default,
                    metric,
                }
            })
            .collect();
        for scene in &scenes {
            scene.find_entity(entity)?;
        }
        let own = |scene: &Scene<'_, '_>| scene.model.primary.as_deref() == Some(entity);
        if scenes.iter().all(own) {
            return Ok(query);
        }
        let reach = |filter: &&Filter| {
            let mut scenes = scenes.iter();
            scenes.all(|scene| scene.find(&filter.dimension).is_ok())
        };
        let any_of = self.asked.any_of().iter();
        let any_of = any_of.filter(|filters| filters.iter().all(|filter| reach(&filter)));
        query.any_of = any_of.cloned().collect();
        query.filters = self.filters.iter().filter(reach).cloned().collect();
        query.time_range = self.period;
        Ok(query)
    }
}
