//! Conditions that a query asks for beside its plain filters, as rows can be tested: alternatives,
//! metrics of an entity, and SQL written by hand.

use std::sync::Arc;

use super::condition::{Tested, condition};
use super::expr::{Expr, Literal};
use super::having::operation;
use super::keys::{Clock, Found, Scene};
use super::metric::{Condition, Lookup, Metrics, Reading, Term};
use super::model::Target;
use super::scope::read_condition;
use crate::error::QueryError;
use crate::granularity::Granularity;
use crate::query::{Filter, Having, MetricQuery};

/// Every condition of a query that is no plain filter; all must hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'q> {
    any_of: &'q [Vec<Filter>],
    having: &'q [Having],
    texts: &'q [String],
}

impl<'q> Asked<'q> {
    pub(super) fn of(query: &'q MetricQuery) -> Self {
        Self {
            any_of: &query.any_of,
            having: &query.having,
            texts: &query.conditions,
        }
    }

    /// Whether rows have nothing of it to meet.
    pub(super) fn is_empty(self) -> bool {
        let per = |having: &Having| having.per.is_some();
        self.any_of.is_empty() && self.texts.is_empty() && !self.having.iter().any(per)
    }

    /// The alternatives.
    pub(super) fn any_of(self) -> &'q [Vec<Filter>] {
        self.any_of
    }

    /// What the rows of a scene are tested for.
    pub(super) fn read(
        self,
        scene: Scene<'_, '_>,
        metrics: &Metrics,
    ) -> Result<Vec<Condition>, QueryError> {
        let mut all = Vec::new();
        for filters in self.any_of {
            all.push(any(scene, filters)?);
        }
        for having in self.having {
            if let Some(entity) = &having.per {
                all.push(per(scene, metrics, having, entity)?);
            }
        }
        for text in self.texts {
            let read = read_condition(text, scene);
            all.push(read.map_err(|reason| QueryError::Condition {
                condition: text.clone(),
                reason,
            })?);
        }
        Ok(all)
    }
}

/// At least one of the filters.
fn any(scene: Scene<'_, '_>, filters: &[Filter]) -> Result<Condition, QueryError> {
    let tested = |clock: Option<&Clock>| -> Result<Vec<Tested<'_>>, QueryError> {
        let scene = Scene { clock, ..scene };
        let each = filters.iter().map(|filter| condition(scene, filter));
        each.collect()
    };
    let reading = |tested: &[Tested<'_>]| {
        let lookups: Vec<Lookup> = tested.iter().filter_map(|one| one.lookup.clone()).collect();
        let expr = Expr::any(tested.iter().map(|one| one.expr.clone()));
        let expr = expr.ok_or(QueryError::Contradiction(
            "an empty list of any_of holds for nothing: name its filters or leave it out",
        ))?;
        Ok::<_, QueryError>(Reading {
            expr: Arc::new(expr),
            lookups,
        })
    };
    let own = tested(None)?;
    if own.iter().any(|one| one.fan.is_some()) {
        return Err(QueryError::Contradiction(
            "an alternative of any_of speaks of what rows lead to many of; ask for each by itself",
        ));
    }
    let plain = reading(&own)?;
    let time = own.iter().any(|one| one.time);
    let on_moment = match scene.time {
        Some(number) if time => {
            let finest = scene.model.attributes[number].time;
            let clock = Clock::moment(finest.unwrap_or(Granularity::Day));
            reading(&tested(Some(&clock))?)?
        }
        _ => plain.clone(),
    };
    let mut paths: Vec<_> = own.iter().map(|one| one.path).collect();
    paths.sort_unstable();
    paths.dedup();
    Ok(Condition {
        plain,
        on_moment,
        paths,
        time,
        only_time: own.iter().all(|one| one.time),
        terms: Vec::new(),
    })
}

/// An entity's own value of a metric.
fn per(
    scene: Scene<'_, '_>,
    metrics: &Metrics,
    having: &Having,
    entity: &str,
) -> Result<Condition, QueryError> {
    let found = scene.find_entity(entity)?;
    let (typed, _) = scene.typed(&found, entity)?;
    let alias: Arc<str> = format!("{} per {entity}", having.metric).into();
    let value = Expr::Of(Arc::clone(&alias), having.metric.as_str().into());
    // Of what is counted, an entity without rows has none; of anything else it is not known.
    let metric = metrics.named(&having.metric);
    let counted = metric.is_some_and(|metric| metric.counted(metrics).is_some());
    let value = match counted {
        true => value.filled(Expr::Literal(Literal::Integer(0))),
        false => value,
    };
    let reading = Reading {
        expr: Arc::new(operation(having, value)?),
        lookups: Vec::new(),
    };
    let term = Term {
        alias,
        metric: having.metric.clone(),
        keys: vec![(entity.to_owned(), typed.expr)],
        within: true,
    };
    Ok(Condition {
        plain: reading.clone(),
        on_moment: reading,
        paths: vec![found.path],
        time: false,
        only_time: false,
        terms: vec![term],
    })
}

impl<'g> Scene<'g, '_> {
    /// The key of an entity, whatever leads to it: the nearest of that name.
    pub(super) fn find_entity(self, name: &str) -> Result<Found<'g>, QueryError> {
        match self.find(name) {
            Ok(found) if found.attribute.dimension.is_none() => Ok(found),
            Err(error @ QueryError::AmbiguousPath { .. }) => Err(error),
            _ => Err(self.no_entity(name)),
        }
    }

    fn no_entity(self, name: &str) -> QueryError {
        let names = self.model.names.iter();
        let mut known: Vec<String> = names
            .filter(|(name, target)| match target {
                Target::Found(path, number) => {
                    let attribute = self.graph.attribute(self.model, *path, *number);
                    attribute.dimension.is_none() && *attribute.name == ***name
                }
                Target::Ambiguous(_) => false,
            })
            .map(|(name, _)| name.clone())
            .collect();
        known.sort_unstable();
        QueryError::UnknownEntity {
            name: name.to_owned(),
            metric: self.metric.to_owned(),
            known,
        }
    }
}
