//! Offsets: a value taken from an earlier date. The dates of a series come from a spine, and each
//! meets the rows of the date before it, so that the 29th, 30th and 31st of March all meet the
//! last day of February. Filters and periods are then those of the later date.

use std::sync::Arc;

use jiff::civil::Date;

use super::bounds::within;
use super::bucketing::Bucketing;
use super::custom::Meeting;
use super::expr::{Expr, Operation, Span};
use super::keys::{Clock, bucket};
use super::metric::{Offset, Reach};
use super::request::{Part, Request, Wanted};
use super::rows::RowSet;
use super::scan::time_keys;
use super::spine::{Extent, MOMENT, spine};
use super::statement::{Join, JoinKind, Relation};
use crate::error::QueryError;
use crate::granularity::Granularity;
use crate::period;
use crate::query::TimeRange;

impl<'g> Request<'g, '_> {
    /// Puts spines before rows, one for each offset; the last one's moment is their time.
    pub(super) fn shift(
        &self,
        rows: &mut RowSet<'g, '_>,
        wanted: Wanted<'g>,
        part: Part,
        name: &str,
    ) -> Result<(), QueryError> {
        let measure = wanted.measure;
        let offsets = merged(&measure.offsets);
        let times = time_keys(rows, self.keys);
        if let (Some(segment), None) = (part, measure.cumulative) {
            self.near(rows, &offsets, segment.range);
        }
        let count = offsets.len();
        for (index, offset) in offsets.into_iter().enumerate() {
            let Some(clock) = rows.clock.clone() else {
                return Ok(());
            };
            let here = bucket(clock.expr, clock.kind, clock.finest);
            let direct = match offset {
                // Whole months meet whole months: the last days of January are in February, once.
                Offset::Span(Span::Months(months)) => {
                    measure.cumulative.is_none() && self.whole(rows, &times, months)?
                }
                // A day a week before is one day: no spine need bring them together.
                Offset::Span(_) => self.graph.spines.is_empty(),
                _ => false,
            };
            if let (Offset::Span(span), true) = (offset, direct) {
                rows.filters
                    .push(Expr::IsNotNull(Box::new(here.expr.clone())));
                let moved = Expr::Moved(Box::new(here.expr), span);
                let moved = bucket(moved, super::expr::Kind::Timestamp, clock.finest);
                rows.clock = Some(Clock {
                    expr: moved.expr,
                    kind: moved.kind,
                    finest: clock.finest,
                    spined: true,
                });
                continue;
            }
            let last = index + 1 == count;
            let alias: Arc<str> = format!("later {index}").into();
            let clock = Clock::spine(&alias, clock.finest);
            let selects = if let Offset::Custom(custom, back) = offset {
                {
                    let meeting = self.meeting(rows, &times, custom)?;
                    self.custom_spine(custom, back, meeting, name)
                }
            } else {
                let extent = match part {
                    Some(segment) if last => Extent::Range(segment.range),
                    _ => Extent::Data {
                        model: rows.model,
                        time: measure.time,
                        longer: longer(&measure.offsets),
                    },
                };
                let name = format!("{name} dates {index}");
                spine(self.graph, clock.finest, extent, self.settings, &name)?
            };
            let Some((named, _)) = selects.last() else {
                return Ok(());
            };
            let earlier = match offset {
                Offset::Span(span) => {
                    let moved = Expr::Moved(Box::new(clock.expr.clone()), span.back());
                    bucket(moved, super::expr::Kind::Timestamp, clock.finest).expr
                }
                Offset::ToGrain(granularity) => {
                    let start = bucket(clock.expr.clone(), clock.kind, granularity).expr;
                    bucket(start, super::spine::kind_of(granularity), clock.finest).expr
                }
                Offset::Custom(..) => Expr::Of(Arc::clone(&alias), EARLIER.into()),
            };
            rows.first.push(Join {
                kind: JoinKind::Inner,
                right: Relation::named(named, &alias),
                on: vec![Expr::binary(earlier, Operation::Equal, here.expr)],
            });
            rows.with.extend(selects);
            if let (Offset::ToGrain(_), true) = (offset, last) {
                rows.filters.extend(self.starts(rows, &times, &clock)?);
            }
            rows.clock = Some(clock);
        }
        Ok(())
    }

    /// Keeps rows to what can meet a period at all, by the table's own time, so that an engine can
    /// skip the rest. Which rows do meet it is decided by their later date.
    fn near(&self, rows: &mut RowSet<'g, '_>, offsets: &[Offset], range: TimeRange) {
        // Months are cut to their last day.
        const SLACK: i32 = 4;
        let mut range = range;
        for offset in offsets {
            let Offset::Span(span) = offset else { return };
            range = period::moved(range, span.back());
        }
        let Some(clock) = rows.clock.as_ref().filter(|_| !offsets.is_empty()) else {
            return;
        };
        let early = period::moved(range, Span::Days(-SLACK));
        let late = period::moved(range, Span::Days(SLACK));
        let range = TimeRange {
            start: early.start,
            end: late.end,
        };
        let zone = self.settings.zone.zone();
        let bounds = within(&clock.expr, clock.kind, range, zone);
        rows.filters.extend(bounds);
    }

    /// Whether so many months are whole buckets of a series.
    fn whole(
        &self,
        rows: &RowSet<'g, '_>,
        times: &[&super::keys::Key],
        months: i32,
    ) -> Result<bool, QueryError> {
        let finest = rows.clock.as_ref().map(|clock| clock.finest);
        let open = self.default.max(finest.unwrap_or(self.default));
        for key in times {
            let bucketing = key.find(rows.scene())?.bucketing;
            let each = match bucketing.unwrap_or(Bucketing::Standard(open)) {
                Bucketing::Standard(Granularity::Month) => 1,
                Bucketing::Standard(Granularity::Quarter)
                | Bucketing::Fiscal(Granularity::Quarter) => 3,
                Bucketing::Standard(Granularity::Year) | Bucketing::Fiscal(Granularity::Year) => 12,
                _ => return Ok(false),
            };
            if months % each != 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// In a coarser series only the first dates of its buckets have a beginning to be compared
    /// with.
    fn starts(
        &self,
        rows: &RowSet<'g, '_>,
        times: &[&super::keys::Key],
        clock: &Clock,
    ) -> Result<Option<Expr>, QueryError> {
        let mut starts = Vec::with_capacity(times.len());
        for key in times {
            let bucketing = key.find(rows.scene())?.bucketing;
            let granularity = match bucketing {
                Some(Bucketing::Standard(granularity)) => granularity,
                Some(_) => continue,
                None => self.default.max(clock.finest),
            };
            if granularity == clock.finest {
                return Ok(None);
            }
            let start = bucket(clock.expr.clone(), clock.kind, granularity).expr;
            starts.push(Expr::binary(start, Operation::Equal, clock.expr.clone()));
        }
        Ok(Expr::any(starts))
    }

    /// The period that a measure's rows are in where its result has no dates.
    pub(super) fn earlier(&self, wanted: Wanted<'g>, part: Part) -> Result<Part, QueryError> {
        let measure = wanted.measure;
        if measure.offsets.is_empty() && measure.cumulative.is_none() {
            return Ok(part);
        }
        let open = measure
            .cumulative
            .is_some_and(|cumulative| cumulative.reach == Reach::All);
        let Some(mut segment) = part else {
            if open && measure.offsets.is_empty() {
                return Ok(None);
            }
            return Err(QueryError::NeedsTime {
                metric: wanted.metric.to_owned(),
            });
        };
        for offset in measure.offsets.iter().rev() {
            segment.range = match *offset {
                Offset::Span(span) => period::earlier(segment.range, span),
                Offset::ToGrain(granularity) => {
                    let start = self.start(segment.range.start, granularity);
                    TimeRange { start, end: start }
                }
                Offset::Custom(..) => {
                    return Err(QueryError::NeedsTime {
                        metric: wanted.metric.to_owned(),
                    });
                }
            };
        }
        if let Some(cumulative) = measure.cumulative {
            let end = segment.range.end;
            let start = match cumulative.reach {
                Reach::All => Date::MIN,
                Reach::Window(span) => {
                    let before = period::moved(TimeRange { start: end, end }, span.back());
                    period::moved(before, Span::Days(1)).start.min(end)
                }
                Reach::ToDate(granularity) => self.start(end, granularity),
            };
            segment.range = TimeRange { start, end };
        }
        Ok(Some(segment))
    }

    fn start(&self, day: Date, granularity: Granularity) -> Date {
        period::start_of(day.into(), granularity, self.settings.week_start).date()
    }

    /// Rows that a running total needs for a period: it goes back before its beginning.
    pub(super) fn before(&self, rows: &mut RowSet<'g, '_>, reach: Reach, part: Part) {
        let (Some(segment), Some(clock)) = (part, &rows.clock) else {
            return;
        };
        let start = segment.range.start;
        let start = match reach {
            Reach::All => Date::MIN,
            Reach::Window(span) => {
                period::moved(TimeRange { start, end: start }, span.back()).start
            }
            Reach::ToDate(granularity) => self.start(start, granularity),
        };
        let range = TimeRange {
            start,
            end: segment.range.end,
        };
        let zone = self.settings.zone.zone();
        let mut bounds = within(&clock.expr, clock.kind, range, zone);
        if start == Date::MIN {
            bounds.remove(0);
        }
        rows.filters.extend(bounds);
    }

    /// How dates meet: where nothing finer than the buckets is asked for, they meet as wholes.
    fn meeting(
        &self,
        rows: &RowSet<'g, '_>,
        times: &[&super::keys::Key],
        custom: usize,
    ) -> Result<Meeting, QueryError> {
        let mut whole = self.filters.is_empty() && self.asked.is_empty();
        for key in times {
            let bucketing = key.find(rows.scene())?.bucketing;
            whole &= bucketing == Some(super::bucketing::Bucketing::Custom(custom));
        }
        Ok(if whole {
            Meeting::Whole
        } else {
            Meeting::ByPlace
        })
    }

    /// A spine whose dates each know the date so many buckets of a custom granularity before.
    fn custom_spine(
        &self,
        custom: usize,
        back: u32,
        meeting: Meeting,
        name: &str,
    ) -> super::statement::With<'g> {
        let custom = &self.graph.customs[custom];
        let own = &self.graph.spines[custom.spine];
        super::custom::earlier(own, custom, back, meeting, name)
    }
}

/// The column of a custom spine with the earlier date.
pub(super) const EARLIER: &str = "earlier";

/// How much later than its rows the last value is, or somewhat more.
pub(super) fn longer(offsets: &[Offset]) -> Option<Span> {
    let days = |offset: &Offset| match *offset {
        Offset::Span(Span::Months(months)) => months.saturating_mul(31),
        Offset::Span(Span::Days(days)) => days,
        Offset::Span(Span::Seconds(seconds)) => {
            i32::try_from(seconds / 86_400 + 1).unwrap_or(i32::MAX)
        }
        Offset::Custom(..) | Offset::ToGrain(_) => 0,
    };
    let days = offsets.iter().map(days).fold(0, i32::saturating_add);
    (days > 0).then_some(Span::Days(days))
}

/// Offsets with days after days put together.
fn merged(offsets: &[Offset]) -> Vec<Offset> {
    let mut merged: Vec<Offset> = Vec::with_capacity(offsets.len());
    for offset in offsets {
        match (merged.last_mut(), offset) {
            (Some(Offset::Span(Span::Days(before))), Offset::Span(Span::Days(days))) => {
                *before = before.saturating_add(*days);
            }
            _ => merged.push(*offset),
        }
    }
    merged
}

/// The column that a spine's date is in.
pub(super) fn moment_of(alias: &Arc<str>) -> Expr {
    Expr::Of(Arc::clone(alias), MOMENT.into())
}
