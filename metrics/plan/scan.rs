//! One scan: the measures that share a table, a time, a period and a way through time.

use std::sync::Arc;

use jiff::civil::Date;

use super::bounds::within;
use super::expr::{Aggregate, Expr, Literal, Operation};
use super::keys::{Key, bucket};
use super::metric::{Condition, Latest, Measure};
use super::model::Model;
use super::request::{Part, Request, Wanted};
use super::rows::RowSet;
use super::statement::{Select, Snapshot, Source, With};
use crate::error::QueryError;
use crate::granularity::Granularity;
use crate::manifest::Aggregation;

/// A scan's aggregates beside its keys: what the compiler puts values together from.
pub(super) struct Scanned<'g> {
    pub(super) with: With<'g>,
    pub(super) source: Source<'g>,
    pub(super) moment: Option<Expr>,
    pub(super) filters: Vec<Expr>,
    pub(super) keys: Vec<(Arc<str>, Expr)>,
    /// One for each measure wanted.
    pub(super) aggregates: Vec<Expr>,
    /// Its rows are not groups yet: it groups by its keys.
    pub(super) grouped: bool,
}

/// Whether two measures can be computed in one scan.
pub(super) fn together(one: &Measure, other: &Measure) -> bool {
    one.model == other.model
        && one.time == other.time
        && one.cumulative == other.cumulative
        && one.offsets == other.offsets
        && one.join_to_spine == other.join_to_spine
        && one.snapshot == other.snapshot
        && ((one.snapshot.is_none() && !one.join_to_spine) || one.conditions == other.conditions)
}

impl<'g> Request<'g, '_> {
    /// Plans a scan. `wanted` is not empty and all [`together`]; `name` begins the names of its
    /// own selects.
    pub(super) fn scan(
        &self,
        wanted: &[Wanted<'g>],
        part: Part,
        name: &str,
    ) -> Result<Scanned<'g>, QueryError> {
        let first = wanted.first().ok_or(QueryError::Empty)?;
        let measure = first.measure;
        let timed = {
            let rows = RowSet::of(self, *first, name);
            self.keys.iter().any(|key| key.is_time(rows.scene()))
        };
        if timed {
            let scanned = match measure.cumulative {
                Some(cumulative) => self.cumulative(wanted, cumulative, part, name)?,
                None => self.spined(wanted, part, name)?,
            };
            return if measure.join_to_spine {
                self.dated(scanned, wanted, part, name)
            } else {
                Ok(scanned)
            };
        }
        // Without a date in the result, what is asked of earlier dates is the same of an earlier
        // period.
        let part = self.earlier(*first, part)?;
        let mut rows = RowSet::of(self, *first, name);
        self.bound(&mut rows, part);
        self.rows(rows, wanted, part, name)
    }

    /// A scan by its own time, or by that of a spine where it has offsets.
    fn spined(
        &self,
        wanted: &[Wanted<'g>],
        part: Part,
        name: &str,
    ) -> Result<Scanned<'g>, QueryError> {
        let mut rows = RowSet::of(self, wanted[0], name);
        self.shift(&mut rows, wanted[0], part, name)?;
        self.bound(&mut rows, part);
        self.rows(rows, wanted, part, name)
    }

    /// Keeps rows to a period.
    pub(super) fn bound(&self, rows: &mut RowSet<'g, '_>, part: Part) {
        if let (Some(segment), Some(clock)) = (part, &rows.clock) {
            let zone = self.settings.zone.zone();
            let bounds = within(&clock.expr, clock.kind, segment.range, zone);
            let open = usize::from(segment.range.start == Date::MIN);
            rows.filters.extend(bounds.into_iter().skip(open));
        }
    }

    /// Keys, filters and aggregates of rows.
    fn rows(
        &self,
        mut rows: RowSet<'g, '_>,
        wanted: &[Wanted<'g>],
        part: Part,
        name: &str,
    ) -> Result<Scanned<'g>, QueryError> {
        let shift = part.and_then(|segment| segment.shift);
        let mut keys = Vec::with_capacity(self.keys.len());
        let mut buckets = Vec::new();
        for key in self.keys {
            let keyed = rows.key(key, shift)?;
            if let Some(time) = keyed.time {
                buckets.push((Arc::clone(&key.column), time));
            }
            keys.push((Arc::clone(&key.column), keyed.expr));
        }
        for filter in self.filters {
            rows.filter(filter)?;
        }
        for condition in rows.read_conditions()? {
            let expr = rows.condition(&condition);
            rows.filters.push(expr);
        }
        let scan = Scan {
            keys,
            buckets,
            grouped: !self.keys.is_empty(),
        };
        match &wanted[0].measure.snapshot {
            Some(latest) => scan.snapshot(rows, wanted, latest, name),
            None => scan.plain(rows, wanted),
        }
    }
}

/// A scan being put together.
struct Scan {
    keys: Vec<(Arc<str>, Expr)>,
    /// The keys that are buckets of one of the model's own times, and of which.
    buckets: Vec<(Arc<str>, usize)>,
    grouped: bool,
}

impl Scan {
    fn plain<'g>(
        self,
        mut rows: RowSet<'g, '_>,
        wanted: &[Wanted<'g>],
    ) -> Result<Scanned<'g>, QueryError> {
        let aggregates = aggregates(&mut rows, wanted, self.grouped)?;
        let finished = rows.finish()?;
        Ok(Scanned {
            with: finished.with,
            source: finished.source,
            moment: finished.moment,
            filters: finished.filters,
            keys: self.keys,
            aggregates,
            grouped: true,
        })
    }

    /// Rows are named first, because they are read twice: for the snapshot's date and at it.
    fn snapshot<'g>(
        self,
        mut rows: RowSet<'g, '_>,
        wanted: &[Wanted<'g>],
        latest: &Latest,
        name: &str,
    ) -> Result<Scanned<'g>, QueryError> {
        let model = rows.model;
        for condition in &wanted[0].measure.conditions {
            let expr = rows.condition(condition);
            rows.filters.push(expr);
        }
        let keys: Vec<(Arc<str>, Expr)> = self
            .keys
            .iter()
            .map(|(column, _)| (Arc::clone(column), Expr::Output(Arc::clone(column))))
            .collect();
        let mut columns = self.keys;
        let (moment, moment_expr) = snapshot_moment(model, latest);
        columns.push((Arc::clone(&moment), moment_expr));
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
            let amount = Amount::of(&mut rows, measure)?;
            let mut column = |what: &str, expr: Expr| {
                let column: Arc<str> = format!("{what} {index}").into();
                columns.push((Arc::clone(&column), expr));
                Expr::Output(column)
            };
            let amount = Amount {
                value: amount.value.map(|value| column("value", value)),
                unknown: amount.unknown.map(|unknown| column("unknown", unknown)),
            };
            aggregates.push(amount.aggregate(measure.aggregation, None));
        }
        let finished = rows.finish()?;
        let mut select = Select::new(finished.source, columns);
        select.moment = finished.moment;
        select.filters = finished.filters;
        let rows: Arc<str> = format!("{name} {}", model.name).into();
        let mut with = finished.with;
        with.push((Arc::clone(&rows), select));
        let snapshot = Snapshot {
            rows,
            moment,
            last: latest.last,
            per,
        };
        Ok(Scanned {
            with,
            source: Source::Snapshot(snapshot),
            moment: None,
            filters: Vec::new(),
            keys,
            aggregates,
            grouped: true,
        })
    }
}

fn snapshot_moment(model: &Model, latest: &Latest) -> (Arc<str>, Expr) {
    let dimension = &model.attributes[latest.dimension];
    let expr = Expr::Shared(Arc::clone(&dimension.expr));
    let granularity = dimension.time.unwrap_or(Granularity::Day);
    (
        "the moment".into(),
        bucket(expr, dimension.kind, granularity).expr,
    )
}

/// What a measure aggregates on its rows.
pub(super) struct Amount {
    /// `None` counts rows.
    pub(super) value: Option<Expr>,
    /// Holds where the amount cannot be given in the currency asked for.
    pub(super) unknown: Option<Expr>,
}

impl Amount {
    /// What a measure aggregates on some rows.
    pub(super) fn of(rows: &mut RowSet<'_, '_>, measure: &Measure) -> Result<Self, QueryError> {
        let value = measure
            .argument
            .as_ref()
            .map(|argument| Expr::Shared(Arc::clone(argument)));
        let adds = !matches!(
            measure.aggregation,
            Aggregation::Count | Aggregation::CountDistinct | Aggregation::SumBoolean
        );
        let (Some(amount), true) = (&value, adds) else {
            return Ok(Self {
                value,
                unknown: None,
            });
        };
        let Some(rate) = rows.rate(measure)? else {
            return Ok(Self {
                value,
                unknown: None,
            });
        };
        let known = Expr::IsNotNull(Box::new(amount.clone()));
        let no_rate = Expr::IsNull(Box::new(rate.clone()));
        Ok(Self {
            unknown: Some(Expr::binary(known, Operation::And, no_rate)),
            value: Some(Expr::binary(amount.clone(), Operation::Multiply, rate)),
        })
    }

    /// The aggregate. Of amounts one of which is not known it is not known either.
    pub(super) fn aggregate(self, aggregation: Aggregation, filter: Option<Expr>) -> Expr {
        let aggregate = Expr::Aggregate(Box::new(Aggregate {
            aggregation,
            argument: self.value,
            filter: filter.clone(),
        }));
        let Some(unknown) = self.unknown else {
            return aggregate;
        };
        let unknown = Expr::all(filter.into_iter().chain([unknown]));
        let rows = Expr::Aggregate(Box::new(Aggregate {
            aggregation: Aggregation::Count,
            argument: None,
            filter: unknown,
        }));
        Expr::Case {
            operand: None,
            branches: vec![(
                Expr::binary(rows, Operation::Equal, Expr::integer(0)),
                aggregate,
            )],
            otherwise: None,
        }
    }
}

/// The aggregates of measures over the same rows. What all of them demand becomes a filter.
pub(super) fn aggregates<'g>(
    rows: &mut RowSet<'g, '_>,
    wanted: &[Wanted<'g>],
    grouped: bool,
) -> Result<Vec<Expr>, QueryError> {
    let first = wanted[0].measure;
    let shared = wanted
        .iter()
        .all(|other| first.conditions == other.measure.conditions);
    if shared {
        for condition in &first.conditions {
            let expr = rows.condition(condition);
            rows.filters.push(expr);
        }
        return wanted
            .iter()
            .map(|wanted| {
                let amount = Amount::of(rows, wanted.measure)?;
                Ok(amount.aggregate(wanted.measure.aggregation, None))
            })
            .collect();
    }
    // Rows that no measure counts must not make a group.
    let mut each: Vec<Option<Expr>> = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        each.push(demanded(rows, &wanted.measure.conditions));
    }
    if let Some(all) = each.iter().cloned().collect::<Option<Vec<Expr>>>() {
        let mut different: Vec<Expr> = Vec::with_capacity(all.len());
        for one in all {
            if !different.contains(&one) {
                different.push(one);
            }
        }
        rows.filters.extend(Expr::any(different));
    }
    wanted
        .iter()
        .zip(each)
        .map(|(wanted, filter)| {
            let amount = Amount::of(rows, wanted.measure)?;
            Ok(filtered(
                amount,
                wanted.measure.aggregation,
                filter,
                grouped,
            ))
        })
        .collect()
}

fn demanded(rows: &mut RowSet<'_, '_>, conditions: &[Arc<Condition>]) -> Option<Expr> {
    let all: Vec<Expr> = conditions
        .iter()
        .map(|condition| rows.condition(condition))
        .collect();
    Expr::all(all)
}

/// A measure among others with other filters. In a group without any row of its own it is null,
/// as it would be if it were asked for alone, and not a count of zero.
fn filtered(amount: Amount, aggregation: Aggregation, filter: Option<Expr>, grouped: bool) -> Expr {
    let counts = matches!(
        aggregation,
        Aggregation::Count | Aggregation::CountDistinct | Aggregation::SumBoolean
    );
    let own = amount.aggregate(aggregation, filter.clone());
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

impl<'g> Scanned<'g> {
    /// The scan as a select of its keys and, under these names, its aggregates.
    pub(super) fn select(self, columns: &[Arc<str>]) -> Select<'g> {
        let keys = self.keys.len();
        let mut all = self.keys;
        all.extend(columns.iter().cloned().zip(self.aggregates));
        let mut select = Select::new(self.source, all);
        select.with = self.with;
        select.moment = self.moment;
        select.filters = self.filters;
        select.keys = if self.grouped { keys } else { 0 };
        select
    }
}

/// The keys that are buckets of rows' own time.
pub(super) fn time_keys<'k>(rows: &RowSet<'_, '_>, keys: &'k [Key]) -> Vec<&'k Key> {
    keys.iter()
        .filter(|key| key.is_time(rows.scene()))
        .collect()
}
