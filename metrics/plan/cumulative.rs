//! Running totals: each date of a spine meets all rows before it, or those of a window, or of the
//! part of a period that ends with it. Rows are put together by date first wherever the aggregate
//! allows it, so that only dates meet dates.

use std::sync::Arc;

use super::bucketing::Bucketing;
use super::expr::{Expr, Operation};
use super::keys::{Clock, Key, bucket};
use super::metric::{Cumulative, Measure, Reach};
use super::request::{Part, Request, Wanted};
use super::rows::RowSet;
use super::scan::{Amount, Scanned, aggregates, time_keys};
use super::spine::{Extent, spine};
use super::statement::{Join, JoinKind, Relation, Select, Source, With};
use crate::error::QueryError;
use crate::manifest::{Aggregation, PeriodAggregation};

const DATE: &str = "the date";

impl<'g> Request<'g, '_> {
    /// A scan of cumulative measures.
    pub(super) fn cumulative(
        &self,
        wanted: &[Wanted<'g>],
        cumulative: Cumulative,
        part: Part,
        name: &str,
    ) -> Result<Scanned<'g>, QueryError> {
        let own = RowSet::of(self, wanted[0], name);
        let Some(clock) = own.clock.clone() else {
            return Err(QueryError::Empty);
        };
        let times = time_keys(&own, self.keys);
        let mut daily = false;
        for key in &times {
            let bucketing = key.find(own.scene())?.bucketing;
            let open = Bucketing::Standard(self.default.max(clock.finest));
            daily |= bucketing.unwrap_or(open) == Bucketing::Standard(clock.finest);
        }
        if daily {
            return self.running(wanted, (cumulative.reach, None), part, name);
        }
        // Of the dates of a bucket one stands for it.
        let date: Arc<str> = DATE.into();
        let each = self.running(wanted, (cumulative.reach, Some(&date)), part, name)?;
        let names: Vec<Arc<str>> = (0..wanted.len())
            .map(|index| format!("value {index}").into())
            .collect();
        let each = Each {
            select: each.select(&names),
            date,
            names,
        };
        Ok(each.stands(self.keys, cumulative.period, name))
    }

    /// The value at each date. With `date` that is one more key, of that name.
    fn running(
        &self,
        wanted: &[Wanted<'g>],
        (reach, date): (Reach, Option<&Arc<str>>),
        part: Part,
        name: &str,
    ) -> Result<Scanned<'g>, QueryError> {
        let first = wanted[0];
        let mut rows = RowSet::of(self, first, name);
        let Some(own) = rows.clock.clone() else {
            return Err(QueryError::Empty);
        };
        let here = bucket(own.expr.clone(), own.kind, own.finest).expr;
        let extent = match part {
            Some(segment) if first.measure.offsets.is_empty() => Extent::Range(segment.range),
            _ => Extent::Data {
                model: rows.model,
                time: first.measure.time,
                longer: None,
            },
        };
        let spine_name = format!("{name} spine");
        let with = spine(self.graph, own.finest, extent, self.settings, &spine_name)?;
        let spine_name: Arc<str> = spine_name.into();
        let alias: Arc<str> = "until".into();
        let until = Clock::spine(&alias, own.finest);
        if first.measure.offsets.is_empty() {
            self.before(&mut rows, reach, part);
        }
        let partial = self.partial(&mut rows, wanted, name, &here)?;
        rows.with.splice(0..0, with);
        let here = match &partial {
            Some(partial) => Expr::Of(Arc::clone(&partial.rows), DATE.into()),
            None => here,
        };
        rows.first.push(Join {
            kind: JoinKind::Inner,
            right: Relation::named(&spine_name, &alias),
            on: within(&here, &until, reach),
        });
        rows.clock = Some(until);
        self.shift(&mut rows, first, part, name)?;
        self.bound(&mut rows, part);
        let shift = part.and_then(|segment| segment.shift);
        let mut keys = Vec::with_capacity(self.keys.len() + 1);
        for key in self.keys {
            let time = key.is_time(rows.scene());
            let expr = match &partial {
                Some(partial) if !time => {
                    Expr::Of(Arc::clone(&partial.rows), Arc::clone(&key.column))
                }
                _ => rows.key(key, shift)?.expr,
            };
            keys.push((Arc::clone(&key.column), expr));
        }
        if let (Some(date), Some(clock)) = (date, &rows.clock) {
            // Truncated, though it is already: DataFusion takes a column and a cast of it for one.
            let moment = bucket(clock.expr.clone(), clock.kind, clock.finest).expr;
            keys.push((Arc::clone(date), moment));
        }
        let aggregates = match &partial {
            Some(partial) => {
                self.time_filters(&mut rows, first.measure)?;
                partial.totals.clone()
            }
            None => {
                for filter in self.filters {
                    rows.filter(filter)?;
                }
                for condition in rows.read_conditions()? {
                    let expr = rows.condition(&condition);
                    rows.filters.push(expr);
                }
                aggregates(&mut rows, wanted, true)?
            }
        };
        let finished = rows.finish()?;
        let (mut with, source) = (finished.with, finished.source);
        let source = match (partial, source) {
            (
                Some(partial),
                Source::Model {
                    mut first, last, ..
                },
            ) => {
                with.insert(0, (Arc::clone(&partial.rows), partial.select));
                first.extend(last);
                Source::Joined {
                    left: Relation::named(&partial.rows, &partial.rows),
                    joins: first,
                }
            }
            (_, source) => source,
        };
        Ok(Scanned {
            with,
            source,
            moment: finished.moment,
            filters: finished.filters,
            keys,
            aggregates,
            grouped: true,
        })
    }

    /// Rows put together by date and the other keys, where the measures allow it.
    fn partial(
        &self,
        rows: &mut RowSet<'g, '_>,
        wanted: &[Wanted<'g>],
        name: &str,
        date: &Expr,
    ) -> Result<Option<Partial<'g>>, QueryError> {
        let measure = wanted[0].measure;
        let asked = rows.read_conditions()?;
        let mixed = |condition: &super::metric::Condition| condition.time && !condition.only_time;
        let together = wanted
            .iter()
            .all(|other| other.measure.conditions == measure.conditions);
        if !together
            || measure.snapshot.is_some()
            || asked.iter().any(mixed)
            || measure.conditions.iter().any(|one| mixed(one))
            || !wanted
                .iter()
                .all(|wanted| adds_up(wanted.measure, self.rated(wanted.measure).is_some()))
            || (wanted.len() > 1 && wanted.iter().any(|one| distinct(one.measure)))
        {
            return Ok(None);
        }
        let mut all = RowSet::of(self, wanted[0], name);
        all.filters = std::mem::take(&mut rows.filters);
        let mut columns: Vec<(Arc<str>, Expr)> = vec![(DATE.into(), date.clone())];
        for key in self.keys {
            if !key.is_time(all.scene()) {
                columns.push((Arc::clone(&key.column), all.key(key, None)?.expr));
            }
        }
        for filter in self.filters {
            if !super::condition::condition(all.scene(), filter)?.time {
                all.filter(filter)?;
            }
        }
        let own = measure.conditions.iter().map(AsRef::as_ref);
        for condition in asked.iter().chain(own) {
            if !condition.time {
                let expr = all.condition(condition);
                all.filters.push(expr);
            }
        }
        let mut keys = columns.len();
        let partial: Arc<str> = format!("{name} by date").into();
        let mut totals = Vec::with_capacity(wanted.len());
        for (index, wanted) in wanted.iter().enumerate() {
            let aggregation = wanted.measure.aggregation;
            let value = Amount::of(&mut all, wanted.measure)?.value;
            let mut column = |what: &str, expr: Expr| {
                let column: Arc<str> = format!("{what} {index}").into();
                columns.push((Arc::clone(&column), expr));
                Expr::Of(Arc::clone(&partial), column)
            };
            let total = match (aggregation, value) {
                (Aggregation::CountDistinct, Some(value)) => {
                    keys += 1;
                    let value = column("value", value);
                    Expr::aggregate(Aggregation::CountDistinct, Some(value))
                }
                (Aggregation::Average, Some(value)) => {
                    let sum = Expr::aggregate(Aggregation::Sum, Some(value.clone()));
                    let count = Expr::aggregate(Aggregation::Count, Some(value));
                    let (sum, count) = (column("sum", sum), column("count", count));
                    Expr::Divide(
                        Box::new(Expr::aggregate(Aggregation::Sum, Some(sum))),
                        Box::new(Expr::aggregate(Aggregation::Sum, Some(count))),
                    )
                }
                (aggregation, value) => {
                    let over = match aggregation {
                        Aggregation::Min | Aggregation::Max => aggregation,
                        _ => Aggregation::Sum,
                    };
                    let value = column("value", Expr::aggregate(aggregation, value));
                    let total = Expr::aggregate(over, Some(value));
                    match aggregation {
                        Aggregation::Count | Aggregation::SumBoolean => {
                            Expr::Cast(Box::new(total), super::expr::Type::Integer)
                        }
                        _ => total,
                    }
                }
            };
            totals.push(total);
        }
        let mut select = all.finish()?.select(columns);
        select.keys = keys;
        Ok(Some(Partial {
            rows: partial,
            select,
            totals,
        }))
    }

    /// The filters on time, for the dates that rows were put together by.
    fn time_filters(&self, rows: &mut RowSet<'g, '_>, measure: &Measure) -> Result<(), QueryError> {
        for filter in self.filters {
            if super::condition::condition(rows.scene(), filter)?.time {
                rows.filter(filter)?;
            }
        }
        let asked = rows.read_conditions()?;
        let own = measure.conditions.iter().map(AsRef::as_ref);
        for condition in asked.iter().chain(own) {
            if condition.time {
                let expr = rows.condition(condition);
                rows.filters.push(expr);
            }
        }
        Ok(())
    }
}

/// Rows by date, and what is made of them.
struct Partial<'g> {
    rows: Arc<str>,
    select: Select<'g>,
    totals: Vec<Expr>,
}

fn distinct(measure: &Measure) -> bool {
    measure.aggregation == Aggregation::CountDistinct
}

/// Whether the whole can be computed from the aggregates of its dates.
fn adds_up(measure: &Measure, converted: bool) -> bool {
    let percentile = matches!(
        measure.aggregation,
        Aggregation::Median | Aggregation::Percentile(_) | Aggregation::DiscretePercentile(_)
    );
    !percentile && !converted
}

/// Which dates belong to the total of another.
fn within(here: &Expr, until: &Clock, reach: Reach) -> Vec<Expr> {
    let mut on = vec![Expr::binary(
        here.clone(),
        Operation::LessOrEqual,
        until.expr.clone(),
    )];
    match reach {
        Reach::All => {}
        Reach::Window(span) => {
            let start = Expr::Moved(Box::new(until.expr.clone()), span.back());
            on.push(Expr::binary(here.clone(), Operation::Greater, start));
        }
        Reach::ToDate(granularity) => {
            let start = bucket(until.expr.clone(), until.kind, granularity).expr;
            on.push(Expr::binary(here.clone(), Operation::GreaterOrEqual, start));
        }
    }
    on
}

/// The values of every date.
struct Each<'g> {
    select: Select<'g>,
    /// The column of the date, and those of the values.
    date: Arc<str>,
    names: Vec<Arc<str>>,
}

impl<'g> Each<'g> {
    /// One value for each bucket: that of its first or last date, or their average.
    fn stands(self, keys: &[Key], period: PeriodAggregation, name: &str) -> Scanned<'g> {
        let Self {
            select: each,
            date,
            names,
        } = self;
        let all: Arc<str> = format!("{name} each").into();
        let output = |column: &Arc<str>| Expr::Output(Arc::clone(column));
        let mut with: With<'g> = vec![(Arc::clone(&all), each)];
        let columns = |with_names: bool| {
            let keys = keys.iter().map(|key| &key.column);
            let names = names.iter().filter(move |_| with_names);
            keys.chain(names)
                .map(|column| (Arc::clone(column), output(column)))
        };
        let key_columns: Vec<_> = columns(false).collect();
        if period == PeriodAggregation::Average {
            let average = |column| Expr::aggregate(Aggregation::Average, Some(output(column)));
            return Scanned {
                with,
                source: Source::named(&all),
                moment: None,
                filters: Vec::new(),
                keys: key_columns,
                aggregates: names.iter().map(average).collect(),
                grouped: true,
            };
        }
        let place: Arc<str> = "place".into();
        let mut placed: Vec<_> = columns(true).collect();
        placed.push((
            Arc::clone(&place),
            Expr::RowNumber {
                per: keys.iter().map(|key| output(&key.column)).collect(),
                by: vec![(output(&date), period == PeriodAggregation::Last)],
            },
        ));
        let ranked: Arc<str> = format!("{name} placed").into();
        with.push((
            Arc::clone(&ranked),
            Select::new(Source::named(&all), placed),
        ));
        Scanned {
            with,
            source: Source::named(&ranked),
            moment: None,
            filters: vec![Expr::binary(
                output(&place),
                Operation::Equal,
                Expr::integer(1),
            )],
            keys: key_columns,
            aggregates: names.iter().map(output).collect(),
            grouped: false,
        }
    }
}
