//! Queries without metrics: the combinations of dimensions that exist in the data, or the least
//! and greatest value of each.

use std::sync::Arc;

use super::expr::{Expr, PathId};
use super::keys::{Clock, Key, METRIC_TIME, Scene, is_metric_time};
use super::model::Model;
use super::request::{Part, Request};
use super::rows::RowSet;
use super::spine::{Extent, spine};
use super::statement::{Join, JoinKind, Relation, Select, Source};
use crate::error::QueryError;
use crate::granularity::Granularity;
use crate::manifest::Aggregation;

impl<'g> Request<'g, '_> {
    /// The combinations of the keys.
    pub(super) fn dimensions(&self, part: Part) -> Result<Select<'g>, QueryError> {
        let (times, others): (Vec<&Key>, Vec<&Key>) =
            self.keys.iter().partition(|key| key.is_metric_time());
        if others.is_empty() {
            return self.dates(&times, part);
        }
        let model = self.home(&others)?;
        // Without dates in the result a period is that of the rows.
        let timed = times.is_empty()
            && (part.is_some()
                || self
                    .filters
                    .iter()
                    .any(|filter| is_metric_time(&filter.dimension)));
        let time = match (timed, model.time) {
            (true, Some(time)) => Some((time, Clock::own(model, time))),
            (true, None) => {
                return Err(QueryError::Contradiction(
                    "these dimensions have no time of their own: a period needs a metric or metric_time",
                ));
            }
            (false, _) => None,
        };
        let mut rows = RowSet::new(self, model, time, ("the query", "rows"));
        if timed {
            self.bound(&mut rows, part);
        }
        let mut columns = Vec::with_capacity(self.keys.len());
        for key in &others {
            columns.push((Arc::clone(&key.column), rows.key(key, None)?.expr));
        }
        if !times.is_empty() {
            let dates: Arc<str> = "dates".into();
            let select = self.dates(&times, part)?;
            rows.with.push((Arc::clone(&dates), select));
            rows.last.push(Join {
                kind: JoinKind::Cross,
                right: Relation::named(&dates, &dates),
                on: Vec::new(),
            });
            for key in &times {
                let column = Expr::Of(Arc::clone(&dates), Arc::clone(&key.column));
                columns.push((Arc::clone(&key.column), column));
            }
        }
        for filter in self
            .filters
            .iter()
            .filter(|one| timed || !is_metric_time(&one.dimension))
        {
            rows.filter(filter)?;
        }
        for condition in rows.read_conditions()? {
            let expr = rows.condition(&condition);
            rows.filters.push(expr);
        }
        let finished = rows.finish()?;
        columns.sort_by_key(|(column, _)| {
            self.keys
                .iter()
                .position(|key| key.column == *column)
                .unwrap_or_default()
        });
        let keys = columns.len();
        let source = match finished.source {
            // What has no partner is a combination, too.
            Source::Model {
                model,
                first,
                paths,
                last,
                ..
            } => Source::Model {
                model,
                first,
                paths,
                last,
                outer: true,
            },
            other => other,
        };
        let mut select = Select::new(source, columns);
        select.with = finished.with;
        select.filters = finished.filters;
        select.keys = keys;
        Ok(select)
    }

    /// The least and greatest of each key.
    pub(super) fn extremes(&self, part: Part) -> Result<Select<'g>, QueryError> {
        let all: Arc<str> = "values".into();
        let values = self.dimensions(part)?;
        let columns = self
            .keys
            .iter()
            .flat_map(|key| {
                [(Aggregation::Min, "min"), (Aggregation::Max, "max")].map(|(aggregation, end)| {
                    let value = Expr::Output(Arc::clone(&key.column));
                    (
                        format!("{}__{end}", key.column).into(),
                        Expr::aggregate(aggregation, Some(value)),
                    )
                })
            })
            .collect();
        let mut select = Select::new(Source::named(&all), columns);
        select.with = vec![(all, values)];
        Ok(select)
    }

    /// The model whose rows the keys are taken from: of those that lead to all of them the one
    /// with the shortest ways.
    fn home(&self, keys: &[&Key]) -> Result<&'g Model, QueryError> {
        let mut best: Option<(usize, &Model)> = None;
        let mut error = None;
        for model in &self.graph.models {
            let scene = Scene {
                graph: self.graph,
                settings: self.settings,
                model,
                time: None,
                clock: None,
                default: self.default,
                metric: "the query",
            };
            let mut steps = 0;
            let mut own = false;
            let mut missed = None;
            for key in keys {
                match key.find(scene) {
                    Ok(found) => {
                        steps += model.paths[usize::from(found.path.0)].entities.len();
                        own |= found.path == PathId::OWN;
                    }
                    Err(one) => missed = Some(one),
                }
            }
            match missed {
                // Rows that are nobody's own combine what never met.
                None if own && best.is_none_or(|(known, _)| steps < known) => {
                    best = Some((steps, model));
                }
                None => {}
                Some(one) => {
                    let known = matches!(one, QueryError::AmbiguousPath { .. });
                    if error.is_none() || known {
                        error = Some(one);
                    }
                }
            }
        }
        match (best, error) {
            (Some((_, model)), _) => Ok(model),
            (None, Some(error)) => Err(error),
            (None, None) => Err(QueryError::Empty),
        }
    }

    /// Dates of the spine.
    fn dates(&self, keys: &[&Key], part: Part) -> Result<Select<'g>, QueryError> {
        let mut need = Granularity::Year;
        for key in keys {
            need = need.min(match key.bucketing(self.graph) {
                Some(bucketing) => bucketing.needs(self.graph),
                None if key.name == METRIC_TIME => self.default,
                None => {
                    return Err(QueryError::UnknownDimension {
                        name: key.name.clone(),
                        metric: "the query".into(),
                        nearest: None,
                    });
                }
            });
        }
        // Any model with a time knows what metric_time is called.
        let first = self
            .graph
            .models
            .iter()
            .find_map(|model| Some((model, model.time?)));
        let Some((model, time)) = first else {
            return Err(QueryError::NoSpine {
                granularity: need.as_str(),
            });
        };
        let name: Arc<str> = "spine".into();
        let extent = match part {
            Some(segment) => Extent::Range(segment.range),
            None => Extent::Data {
                model,
                time,
                longer: None,
            },
        };
        let mut with = spine(self.graph, need, extent, self.settings, &name)?;
        let clock = Clock::spine(&name, need);
        let mut rows = RowSet::new(
            self,
            model,
            Some((time, clock.clone())),
            (METRIC_TIME, "dates"),
        );
        let mut columns = Vec::with_capacity(keys.len());
        for key in keys {
            columns.push((Arc::clone(&key.column), rows.key(key, None)?.expr));
        }
        for filter in self
            .filters
            .iter()
            .filter(|one| is_metric_time(&one.dimension))
        {
            rows.filter(filter)?;
        }
        if keys.len() == self.keys.len() {
            for condition in rows.read_conditions()? {
                let expr = rows.condition(&condition);
                rows.filters.push(expr);
            }
        }
        let finished = rows.finish()?;
        with.extend(finished.with);
        let joins = match finished.source {
            Source::Model { last, .. } => last,
            _ => Vec::new(),
        };
        let source = Source::Joined {
            left: Relation::named(&name, &name),
            joins,
        };
        let count = columns.len();
        let mut select = Select::new(source, columns);
        select.with = with;
        select.moment = Some(clock.expr);
        select.filters = finished.filters;
        select.keys = count;
        Ok(select)
    }
}
