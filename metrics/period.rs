//! Periods and what they are compared with. The query compiler, and everyone who tells a person
//! what a number was compared with, use [`base_range`].

use almanac_agent_contract::{Grain, Settings, Weekday};
use jiff::civil::{Date, DateTime, DateTimeRound};
use jiff::{RoundMode, Unit};

use crate::granularity::Granularity;
use crate::plan::Span;
use crate::query::{Alignment, Comparison, TimeRange};

/// The period that `range` is compared with.
///
/// - [`Comparison::Range`]: the period given.
/// - [`Comparison::SamePeriodLastYear`]: the same dates a year before, 29 February becoming
///   28 February; in a series by week, 52 weeks before, so that weeks meet whole weeks.
/// - [`Comparison::PreviousPeriod`], the first of these that fits:
///   1. one day: the day before;
///   2. whole months (so also quarters and years): as many months before;
///   3. a month, quarter or year to date (from its first day to a day before its last, the
///      shortest of the three that holds it): the same elapsed part of the one before, a day
///      that month does not have becoming its last;
///   4. a week to date (from the workspace's first day of the week, two to six days): the same
///      days of the week before;
///   5. anything else: as many days, ending the day before.
///
/// A period that would begin before the calendar does is cut there.
#[must_use]
pub fn base_range(
    range: TimeRange,
    comparison: Comparison,
    grain: Option<Grain>,
    settings: &Settings,
) -> TimeRange {
    match comparison {
        Comparison::Range(range) => range,
        Comparison::SamePeriodLastYear if grain == Some(Grain::Week) => {
            moved(range, Span::Days(-364))
        }
        Comparison::SamePeriodLastYear => moved(range, Span::Months(-12)),
        Comparison::PreviousPeriod => previous(range, settings),
    }
}

/// [`base_range`] with days meeting as a query wishes. Aligned by weekday, all but a period given
/// is as many whole weeks before as come nearest: 52 for a year, four for a month.
#[must_use]
pub fn aligned_range(
    range: TimeRange,
    comparison: Comparison,
    grain: Option<Grain>,
    align: Alignment,
    settings: &Settings,
) -> TimeRange {
    let by_date = base_range(range, comparison, grain, settings);
    match (align, comparison) {
        (Alignment::Date, _) | (_, Comparison::Range(_)) => by_date,
        (Alignment::Weekday, _) => {
            let days = days_between(by_date.start, range.start);
            let weeks = ((days + 3) / 7).max(1);
            moved(range, Span::Days(-7 * weeks))
        }
    }
}

fn previous(range: TimeRange, settings: &Settings) -> TimeRange {
    let TimeRange { start, end } = range;
    let days = days_between(start, end) + 1;
    if days == 1 {
        return moved(range, Span::Days(-1));
    }
    if start.day() == 1 && end == end.last_of_month() {
        let months = months_between(start, end) + 1;
        let first = shift(start, Span::Months(-months));
        return TimeRange {
            start: first,
            end: shift(start, Span::Days(-1)),
        };
    }
    for (grain, months) in [(Grain::Month, 1), (Grain::Quarter, 3), (Grain::Year, 12)] {
        let bucket = bucket(start, grain, settings.week_start);
        if bucket.start == start && end < bucket.end {
            return moved(range, Span::Months(-months));
        }
    }
    if (2..7).contains(&days) && start.weekday() == settings.week_start.civil() {
        return moved(range, Span::Days(-7));
    }
    moved(range, Span::Days(-days))
}

/// The bucket a day falls in. An hour's is its day.
pub(crate) fn bucket(day: Date, grain: Grain, week_start: Weekday) -> TimeRange {
    match grain {
        Grain::Hour | Grain::Day => TimeRange {
            start: day,
            end: day,
        },
        Grain::Week => {
            let late = day.weekday().since(week_start.civil());
            let start = shift(day, Span::Days(-i32::from(late)));
            TimeRange {
                start,
                end: shift(start, Span::Days(6)),
            }
        }
        Grain::Month => TimeRange {
            start: day.first_of_month(),
            end: day.last_of_month(),
        },
        Grain::Quarter => {
            let late = (day.month() - 1) % 3;
            let start = shift(day.first_of_month(), Span::Months(-i32::from(late)));
            TimeRange {
                start,
                end: shift(start, Span::Months(2)).last_of_month(),
            }
        }
        Grain::Year => TimeRange {
            start: day.first_of_year(),
            end: day.last_of_year(),
        },
    }
}

/// The first moment of the bucket that a local time falls in.
pub(crate) fn start_of(at: DateTime, granularity: Granularity, week_start: Weekday) -> DateTime {
    let unit = match granularity {
        Granularity::Nanosecond => Unit::Nanosecond,
        Granularity::Microsecond => Unit::Microsecond,
        Granularity::Millisecond => Unit::Millisecond,
        Granularity::Second => Unit::Second,
        Granularity::Minute => Unit::Minute,
        Granularity::Hour => Unit::Hour,
        day_or_longer => {
            let day = bucket(at.date(), day_or_longer.grain(), week_start).start;
            return day.into();
        }
    };
    let rounding = DateTimeRound::new().smallest(unit).mode(RoundMode::Trunc);
    // Cutting off what is smaller leads out of no calendar.
    at.round(rounding).unwrap_or(at)
}

/// A part of a base period, and how its buckets are moved onto those of the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) range: TimeRange,
    pub(crate) shift: Option<Span>,
}

/// Cuts a base period so that each of its buckets moves onto exactly one of the current ones.
/// Without a grain there are no buckets, and the period stays whole.
pub(crate) fn segments(
    current: TimeRange,
    base: TimeRange,
    (comparison, by_date): (Comparison, bool),
    grain: Option<Grain>,
    week_start: Weekday,
) -> Vec<Segment> {
    let Some(grain) = grain else {
        return vec![Segment {
            range: base,
            shift: None,
        }];
    };
    let first = bucket(current.start, grain, week_start).start;
    let base_first = bucket(base.start, grain, week_start).start;
    let yearly = by_date && comparison == Comparison::SamePeriodLastYear;
    let shift_by = match grain {
        Grain::Month | Grain::Quarter | Grain::Year => {
            Span::Months(months_between(base_first, first))
        }
        Grain::Day | Grain::Hour if yearly => return year_by_days(current, base),
        Grain::Day | Grain::Hour | Grain::Week => Span::Days(days_between(base_first, first)),
    };
    // Buckets that would fall outside the current period have nothing to be compared with.
    let last = shift(
        bucket(current.end, grain, week_start).start,
        shift_by.back(),
    );
    let end = base.end.min(bucket(last, grain, week_start).end);
    vec![Segment {
        range: TimeRange {
            start: base.start,
            end,
        },
        shift: Some(shift_by),
    }]
}

/// Days of one year onto the same dates of the next. 29 February of the year before has no such
/// date; that of this year meets 28 February.
fn year_by_days(current: TimeRange, base: TimeRange) -> Vec<Segment> {
    let year = Span::Months(12);
    let mut parts = Vec::new();
    let mut start = base.start;
    for day in leap_days(base) {
        let end = shift(day, Span::Days(-1));
        if start <= end {
            parts.push(Segment {
                range: TimeRange { start, end },
                shift: Some(year),
            });
        }
        start = shift(day, Span::Days(1));
    }
    if start <= base.end {
        parts.push(Segment {
            range: TimeRange {
                start,
                end: base.end,
            },
            shift: Some(year),
        });
    }
    for day in leap_days(current) {
        let meets = shift(day, Span::Months(-12));
        let alone = current.start == day;
        if alone {
            // It is already there, moved onto 28 February; it belongs a day later.
            parts.retain_mut(|part| {
                if part.range.start == meets {
                    part.range.start = shift(meets, Span::Days(1));
                }
                part.range.start <= part.range.end
            });
        }
        let range = TimeRange {
            start: meets,
            end: meets,
        };
        parts.push(Segment {
            range,
            shift: Some(Span::Days(366)),
        });
    }
    parts
}

fn leap_days(range: TimeRange) -> Vec<Date> {
    (range.start.year()..=range.end.year())
        .filter_map(|year| Date::new(year, 2, 29).ok())
        .filter(|day| range.start <= *day && *day <= range.end)
        .collect()
}

pub(crate) fn moved(range: TimeRange, span: Span) -> TimeRange {
    TimeRange {
        start: shift(range.start, span),
        end: shift(range.end, span),
    }
}

/// The range of that long before; whole months before whole months.
pub(crate) fn earlier(range: TimeRange, span: Span) -> TimeRange {
    let before = moved(range, span.back());
    let whole = range.start.day() == 1 && range.end == range.end.last_of_month();
    match span {
        Span::Months(_) if whole => TimeRange {
            end: before.end.last_of_month(),
            ..before
        },
        _ => before,
    }
}

/// The date moved, or the calendar's first or last day.
fn shift(date: Date, span: Span) -> Date {
    // Spans are no longer than the calendar; periods put one after the other may be.
    let moved = |span: Result<jiff::Span, jiff::Error>, count: i32| match span {
        Ok(span) => date.saturating_add(span),
        Err(_) if count < 0 => Date::MIN,
        Err(_) => Date::MAX,
    };
    match span {
        Span::Months(n) => moved(jiff::Span::new().try_months(n), n),
        Span::Days(n) => moved(jiff::Span::new().try_days(n), n),
        Span::Seconds(_) => date,
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    // Days between dates of a four-digit calendar always fit.
    from.until(to).map_or(0, |span| span.get_days())
}

fn months_between(from: Date, to: Date) -> i32 {
    let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    months(to) - months(from)
}
