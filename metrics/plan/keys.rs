//! Group keys: what a query is broken down by, as expressions over a measure's model.

use std::sync::Arc;

use almanac_agent_contract::Grain;

use super::expr::{Expr, Kind, PathId, Span};
use super::graph::Graph;
use super::metric::Measure;
use super::model::{Attribute, Target};
use crate::error::QueryError;
use crate::fragment::Typed;
use crate::granularity::Granularity;
use crate::nearest::nearest;
use crate::query::{GroupBy, MetricQuery};

/// The name of every metric's time.
pub(crate) const METRIC_TIME: &str = "metric_time";

/// A group key.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) column: Arc<str>,
    dimension: GroupBy,
}

/// The keys of a query: time first, then the dimensions; the same one twice counts once.
pub(super) fn keys(query: &MetricQuery) -> Vec<Key> {
    let time = query.grain.map(|grain| Key {
        column: METRIC_TIME.into(),
        dimension: GroupBy {
            dimension: METRIC_TIME.into(),
            grain: Some(grain),
        },
    });
    let mut keys: Vec<Key> = time.into_iter().collect();
    for group_by in &query.group_by {
        let column = group_by.column();
        if !keys.iter().any(|key| *key.column == *column) {
            keys.push(Key {
                column: column.into(),
                dimension: group_by.clone(),
            });
        }
    }
    keys
}

/// A key as a measure's rows have it.
pub(super) struct Keyed {
    pub(super) expr: Expr,
    pub(super) path: PathId,
    /// The model's own time dimension that it is a bucket of.
    pub(super) time: Option<usize>,
}

impl Key {
    /// The grain of a key that is `metric_time`.
    pub(super) fn metric_time(&self) -> Option<Option<Grain>> {
        (self.dimension.dimension == METRIC_TIME).then_some(self.dimension.grain)
    }

    /// The key for a measure; buckets of its time are moved by `shift`.
    pub(super) fn of(
        &self,
        graph: &Graph,
        measure: &Measure,
        metric: &str,
        shift: Option<Span>,
    ) -> Result<Keyed, QueryError> {
        let (found, grain) = self.find(graph, measure, metric)?;
        let expr = if found.path == PathId::OWN {
            Expr::Shared(Arc::clone(&found.attribute.expr))
        } else {
            Expr::At(found.path, Arc::clone(&found.attribute.expr))
        };
        let Some(finest) = found.attribute.time.map(Granularity::grain) else {
            return match grain {
                Some(_) => Err(QueryError::NotTime {
                    dimension: self.dimension.dimension.clone(),
                }),
                None => Ok(Keyed {
                    expr,
                    path: found.path,
                    time: None,
                }),
            };
        };
        let asked = grain.unwrap_or(finest);
        if asked < finest {
            let name = match self.metric_time() {
                Some(_) => metric.to_owned(),
                None => self.dimension.dimension.clone(),
            };
            return Err(QueryError::GrainTooFine {
                name,
                asked,
                finest,
            });
        }
        let mut expr = bucket(expr, found.attribute.kind, asked).expr;
        let time = (found.path == PathId::OWN).then_some(found.number);
        if let (Some(span), true) = (shift, time == Some(measure.time)) {
            expr = Expr::Moved(Box::new(expr), span);
            if asked > Grain::Hour {
                expr = Expr::DayOf(Box::new(expr));
            }
        }
        Ok(Keyed {
            expr,
            path: found.path,
            time,
        })
    }

    fn find<'g>(
        &self,
        graph: &'g Graph,
        measure: &Measure,
        metric: &str,
    ) -> Result<(Found<'g>, Option<Grain>), QueryError> {
        let GroupBy { dimension, grain } = &self.dimension;
        match find(graph, measure, metric, dimension) {
            Ok(found) if grain.is_none() || found.attribute.time.is_some() => Ok((found, *grain)),
            // A dimension may be called "week".
            other => match find(graph, measure, metric, &self.column) {
                Ok(found) => Ok((found, None)),
                Err(_) => other.map(|found| (found, *grain)),
            },
        }
    }
}

/// An attribute that a name means for a measure.
pub(super) struct Found<'g> {
    pub(super) path: PathId,
    pub(super) number: usize,
    pub(super) attribute: &'g Attribute,
}

/// What a name means for a measure.
pub(super) fn find<'g>(
    graph: &'g Graph,
    measure: &Measure,
    metric: &str,
    name: &str,
) -> Result<Found<'g>, QueryError> {
    let model = &graph.models[measure.model];
    let (path, number) = match model.names.get(name) {
        Some(Target::Found(path, number)) => (*path, *number),
        Some(Target::Ambiguous(paths)) => {
            return Err(QueryError::AmbiguousPath {
                dimension: name.to_owned(),
                metric: metric.to_owned(),
                paths: paths.clone(),
            });
        }
        None if name == METRIC_TIME => (PathId::OWN, measure.time),
        None => return Err(not_found(graph, measure, metric, name)),
    };
    Ok(Found {
        path,
        number,
        attribute: graph.attribute(model, path, number),
    })
}

fn not_found(graph: &Graph, measure: &Measure, metric: &str, name: &str) -> QueryError {
    let here = &graph.models[measure.model].names;
    let mut names: Vec<&str> = here.keys().map(String::as_str).collect();
    names.sort_unstable();
    let near = nearest(name, names.into_iter());
    let (name, metric) = (name.to_owned(), metric.to_owned());
    if graph
        .models
        .iter()
        .any(|model| model.names.contains_key(&name))
    {
        QueryError::NoJoinPath {
            dimension: name,
            metric,
            nearest: near,
        }
    } else {
        QueryError::UnknownDimension {
            name,
            metric,
            nearest: near,
        }
    }
}

/// The bucket of a time that an expression falls in, on the workspace's clock.
pub(super) fn bucket(expr: Expr, kind: Kind, grain: Grain) -> Typed {
    let local = match kind {
        Kind::Instant => Expr::Local(Box::new(expr)),
        _ => expr,
    };
    let expr = match (kind, grain) {
        (Kind::Date, Grain::Day) => local,
        _ => Expr::Trunc(grain, Box::new(local)),
    };
    let kind = if grain == Grain::Hour {
        Kind::Timestamp
    } else {
        Kind::Date
    };
    Typed { expr, kind }
}

/// [`bucket`] without the kind.
pub(crate) fn day_bucket(expr: Expr, kind: Kind, grain: Grain) -> Expr {
    bucket(expr, kind, grain).expr
}
