//! One select over one model: the measures that share a table, a time and a period.

use std::sync::Arc;

use almanac_agent_contract::Settings;

use super::bounds::within;
use super::condition::condition;
use super::expr::{Aggregate, Expr, Literal, Operation, PathId};
use super::graph::Graph;
use super::keys::{Key, bucket};
use super::metric::{Latest, Measure};
use super::model::Model;
use super::statement::{Select, Snapshot, Source};
use crate::error::QueryError;
use crate::manifest::Aggregation;
use crate::period::Segment;
use crate::query::Filter;

/// What all scans of a query have in common.
pub(super) struct Request<'g, 'q> {
    pub(super) graph: &'g Graph,
    pub(super) keys: &'q [Key],
    pub(super) filters: &'q [Filter],
    pub(super) settings: &'q Settings,
}

/// A measure, and the metric it is needed for, which errors speak of.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'g> {
    pub(super) measure: &'g Measure,
    pub(super) metric: &'g str,
}

/// A part of a period; no part is all data.
pub(super) type Part = Option<Segment>;

/// A scan's aggregates beside its keys: what the compiler puts values together from.
pub(super) struct Scanned<'g> {
    /// The rows before they are aggregated, where they need a name.
    pub(super) rows: Option<(Arc<str>, Select<'g>)>,
    pub(super) source: Source<'g>,
    pub(super) filters: Vec<Expr>,
    pub(super) keys: Vec<(Arc<str>, Expr)>,
    /// One for each measure wanted.
    pub(super) aggregates: Vec<Expr>,
}

/// Whether two measures can be computed in one scan.
pub(super) fn together(one: &Measure, other: &Measure) -> bool {
    one.model == other.model
        && one.time == other.time
        && one.snapshot == other.snapshot
        && (one.snapshot.is_none() || one.conditions == other.conditions)
}

impl<'g> Request<'g, '_> {
    /// Plans a scan. `wanted` is not empty and all [`together`]; `name` is for its rows.
    pub(super) fn scan(
        &self,
        wanted: &[Wanted<'g>],
        part: Part,
        name: &str,
    ) -> Result<Scanned<'g>, QueryError> {
        let Some(first) = wanted.first() else {
            return Err(QueryError::Empty);
        };
        let model = &self.graph.models[first.measure.model];
        let mut scan = Scan::default();
        for key in self.keys {
            let shift = part.and_then(|segment| segment.shift);
            let keyed = key.of(self.graph, first.measure, first.metric, shift)?;
            scan.paths.push(keyed.path);
            if let Some(time) = keyed.time {
                scan.buckets.push((Arc::clone(&key.column), time));
            }
            scan.keys.push((Arc::clone(&key.column), keyed.expr));
        }
        if let Some(segment) = part {
            let time = &model.attributes[first.measure.time];
            let expr = Expr::Shared(Arc::clone(&time.expr));
            let zone = self.settings.zone.zone();
            scan.filters
                .extend(within(&expr, time.kind, segment.range, zone));
        }
        for filter in self.filters {
            let (expr, path) = condition(
                self.graph,
                first.measure,
                first.metric,
                filter,
                self.settings,
            )?;
            scan.paths.push(path);
            scan.filters.push(expr);
        }
        for wanted in wanted {
            let paths = wanted
                .measure
                .conditions
                .iter()
                .flat_map(|condition| &condition.paths);
            scan.paths.extend(paths);
        }
        match &first.measure.snapshot {
            Some(latest) => Ok(scan.snapshot(model, wanted, latest, name)),
            None => Ok(scan.plain(model, wanted)),
        }
    }
}

/// A scan being put together.
#[derive(Default)]
struct Scan {
    paths: Vec<PathId>,
    filters: Vec<Expr>,
    keys: Vec<(Arc<str>, Expr)>,
    /// The keys that are buckets of one of the model's own times, and of which.
    buckets: Vec<(Arc<str>, usize)>,
}

impl Scan {
    fn plain<'g>(mut self, model: &'g Model, wanted: &[Wanted<'g>]) -> Scanned<'g> {
        let first = wanted[0].measure;
        let shared = wanted
            .iter()
            .all(|other| first.conditions == other.measure.conditions);
        let grouped = !self.keys.is_empty();
        let aggregates = if shared {
            self.filters.extend(conditions(first));
            wanted
                .iter()
                .map(|wanted| aggregate(wanted.measure, None))
                .collect()
        } else {
            // Rows that no measure counts must not make a group.
            let each = wanted
                .iter()
                .map(|wanted| Expr::all(conditions(wanted.measure)));
            if let Some(each) = each.collect::<Option<Vec<Expr>>>() {
                let mut different: Vec<Expr> = Vec::with_capacity(each.len());
                for one in each {
                    if !different.contains(&one) {
                        different.push(one);
                    }
                }
                self.filters.extend(Expr::any(different));
            }
            wanted
                .iter()
                .map(|wanted| filtered(wanted.measure, grouped))
                .collect()
        };
        let joins = joins(model, self.paths);
        Scanned {
            rows: None,
            source: Source::Model { model, joins },
            filters: self.filters,
            keys: self.keys,
            aggregates,
        }
    }

    /// Rows are named first, because they are read twice: for the snapshot's date and at it.
    fn snapshot<'g>(
        mut self,
        model: &'g Model,
        wanted: &[Wanted<'g>],
        latest: &Latest,
        name: &str,
    ) -> Scanned<'g> {
        let first = wanted[0].measure;
        self.filters.extend(conditions(first));
        let keys: Vec<(Arc<str>, Expr)> = self
            .keys
            .iter()
            .map(|(column, _)| (Arc::clone(column), Expr::Output(Arc::clone(column))))
            .collect();
        let mut columns = self.keys;
        let dimension = &model.attributes[latest.dimension];
        let moment: Arc<str> = "the moment".into();
        let expr = Expr::Shared(Arc::clone(&dimension.expr));
        let grain = dimension.time.map_or(
            almanac_agent_contract::Grain::Day,
            crate::granularity::Granularity::grain,
        );
        columns.push((
            Arc::clone(&moment),
            bucket(expr, dimension.kind, grain).expr,
        ));
        // Buckets of the snapshot's own time each have a last snapshot.
        let mut per: Vec<Arc<str>> = self
            .buckets
            .iter()
            .filter(|(_, time)| *time == latest.dimension)
            .map(|(column, _)| Arc::clone(column))
            .collect();
        for (index, attribute) in latest.per.iter().enumerate() {
            let column: Arc<str> = format!("per {index}").into();
            let expr = Expr::Shared(Arc::clone(&model.attributes[*attribute].expr));
            columns.push((Arc::clone(&column), expr));
            per.push(column);
        }
        let mut aggregates = Vec::with_capacity(wanted.len());
        for (index, wanted) in wanted.iter().enumerate() {
            let measure = wanted.measure;
            let argument = measure.argument.as_ref().map(|argument| {
                let column: Arc<str> = format!("value {index}").into();
                columns.push((Arc::clone(&column), Expr::Shared(Arc::clone(argument))));
                Expr::Output(column)
            });
            let aggregation = measure.aggregation;
            let aggregate = Aggregate {
                aggregation,
                argument,
                filter: None,
            };
            aggregates.push(Expr::Aggregate(Box::new(aggregate)));
        }
        let joins = joins(model, self.paths);
        let mut rows = Select::new(Source::Model { model, joins }, columns);
        rows.filters = self.filters;
        let name: Arc<str> = format!("{} {name}", model.name).into();
        let snapshot = Snapshot {
            rows: Arc::clone(&name),
            moment,
            last: latest.last,
            per,
        };
        Scanned {
            rows: Some((name, rows)),
            source: Source::Snapshot(snapshot),
            filters: Vec::new(),
            keys,
            aggregates,
        }
    }
}

fn conditions(measure: &Measure) -> impl Iterator<Item = Expr> {
    measure
        .conditions
        .iter()
        .map(|condition| Expr::Shared(Arc::clone(&condition.expr)))
}

fn aggregate(measure: &Measure, filter: Option<Expr>) -> Expr {
    let argument = measure
        .argument
        .as_ref()
        .map(|argument| Expr::Shared(Arc::clone(argument)));
    let aggregation = measure.aggregation;
    Expr::Aggregate(Box::new(Aggregate {
        aggregation,
        argument,
        filter,
    }))
}

/// A measure among others with other filters. In a group without any row of its own it is null,
/// as it would be if it were asked for alone, and not a count of zero.
fn filtered(measure: &Measure, grouped: bool) -> Expr {
    let filter = Expr::all(conditions(measure));
    let counts = matches!(
        measure.aggregation,
        Aggregation::Count | Aggregation::CountDistinct | Aggregation::SumBoolean
    );
    let own = aggregate(measure, filter.clone());
    match filter {
        Some(filter) if grouped && counts => {
            let rows = Aggregate {
                aggregation: Aggregation::Count,
                argument: None,
                filter: Some(filter),
            };
            let rows = Expr::Aggregate(Box::new(rows));
            let zero = Expr::Literal(Literal::Integer(0));
            let any = Expr::binary(rows, Operation::Greater, zero);
            Expr::Case {
                operand: None,
                branches: vec![(any, own)],
                otherwise: None,
            }
        }
        _ => own,
    }
}

/// The joins that paths need, each after the one it starts from.
fn joins(model: &Model, paths: Vec<PathId>) -> Vec<PathId> {
    let mut needed = Vec::new();
    for path in paths {
        let mut at = path;
        while at != PathId::OWN && !needed.contains(&at) {
            needed.push(at);
            let link = model.paths[usize::from(at.0)].link.as_ref();
            at = link.map_or(PathId::OWN, |link| link.from);
        }
    }
    needed.sort_unstable();
    needed
}
