//! Series that have a row for every date (`join_to_timespine`): the dates come from a spine and
//! what was found for them is joined.

use std::sync::Arc;

use super::condition::condition;
use super::expr::{Expr, Operation};
use super::keys::Clock;
use super::offset::longer;
use super::request::{Part, Request, Wanted};
use super::rows::RowSet;
use super::scan::{Scanned, time_keys};
use super::spine::{Extent, spine};
use super::statement::{Join, JoinKind, Relation, Select, Source};
use crate::error::QueryError;
use crate::granularity::Granularity;

impl<'g> Request<'g, '_> {
    /// Joins a scan to the dates of the period. Only filters on the time can hold for dates
    /// without rows; the others leave them empty.
    pub(super) fn dated(
        &self,
        scanned: Scanned<'g>,
        wanted: &[Wanted<'g>],
        part: Part,
        name: &str,
    ) -> Result<Scanned<'g>, QueryError> {
        let first = wanted[0];
        let own = RowSet::of(self, first, name);
        let times = time_keys(&own, self.keys);
        let mut need = Granularity::Year;
        for key in &times {
            let bucketing = key.find(own.scene())?.bucketing;
            need = need.min(bucketing.map_or(self.default, |one| one.needs(self.graph)));
        }
        let extent = match part {
            Some(segment) => Extent::Range(segment.range),
            None => Extent::Data {
                model: own.model,
                time: first.measure.time,
                longer: longer(&first.measure.offsets),
            },
        };
        let spine_name = format!("{name} calendar");
        let mut with = spine(self.graph, need, extent, self.settings, &spine_name)?;
        let spine_name: Arc<str> = spine_name.into();

        // The dates as the rows of the measure's model would have them.
        let clock = Clock::spine(&spine_name, need);
        let mut dates = RowSet::new(
            self,
            own.model,
            Some((first.measure.time, clock.clone())),
            (first.metric, name),
        );
        let shift = part.and_then(|segment| segment.shift);
        let mut columns = Vec::with_capacity(times.len());
        for key in &times {
            columns.push((Arc::clone(&key.column), dates.key(key, shift)?.expr));
        }
        for filter in self.filters {
            if condition(dates.scene(), filter).is_ok_and(|tested| tested.time) {
                dates.filter(filter)?;
            }
        }
        let own_conditions = first.measure.conditions.iter().map(AsRef::as_ref);
        let asked = dates.read_conditions()?;
        let conditions: Vec<_> = asked
            .iter()
            .chain(own_conditions)
            .filter(|condition| condition.only_time)
            .map(|condition| dates.condition(condition))
            .collect();
        let finished = dates.finish()?;
        with.extend(finished.with);
        let joins = match finished.source {
            Source::Model { last, .. } => last,
            _ => Vec::new(),
        };
        let source = Source::Joined {
            left: Relation::named(&spine_name, &spine_name),
            joins,
        };
        let keys = columns.len();
        let mut select = Select::new(source, columns);
        select.moment = Some(clock.expr);
        select.filters = finished.filters;
        select.filters.extend(conditions);
        select.keys = keys;
        let dates: Arc<str> = format!("{name} dates").into();
        with.push((Arc::clone(&dates), select));

        let known: Arc<str> = format!("{name} known").into();
        let names: Vec<Arc<str>> = (0..wanted.len())
            .map(|index| format!("value {index}").into())
            .collect();
        with.push((Arc::clone(&known), scanned.select(&names)));
        let of = |relation: &Arc<str>, column: &Arc<str>| {
            Expr::Of(Arc::clone(relation), Arc::clone(column))
        };
        let is_time = |column: &Arc<str>| times.iter().any(|key| key.column == *column);
        let on = times
            .iter()
            .map(|key| {
                Expr::binary(
                    of(&dates, &key.column),
                    Operation::Equal,
                    of(&known, &key.column),
                )
            })
            .collect();
        let keys = self
            .keys
            .iter()
            .map(|key| {
                let side = if is_time(&key.column) { &dates } else { &known };
                (Arc::clone(&key.column), of(side, &key.column))
            })
            .collect();
        Ok(Scanned {
            with,
            source: Source::Joined {
                left: Relation::named(&dates, &dates),
                joins: vec![Join {
                    kind: JoinKind::Left,
                    right: Relation::named(&known, &known),
                    on,
                }],
            },
            moment: None,
            filters: Vec::new(),
            keys,
            aggregates: names.iter().map(|column| of(&known, column)).collect(),
            grouped: false,
        })
    }
}
