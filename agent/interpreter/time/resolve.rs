//! Which days a phrase means, by a calendar. The only place where what was said meets today.

use almanac_metrics::TimeRange;
use jiff::civil::{Date, Weekday};

use super::calendar::day;
use super::holidays::Holiday;
use super::pieces::piece;
use super::said::{Said, Year};
use super::weekdays::{day_of_month, latest, nth_weekday, weekend, workdays};
use super::{Calendar, Unit, When};

/// Why a phrase has no days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// It has not begun.
    Future,
    /// The calendar has no such day.
    NoSuchDay,
    /// The year has no such week.
    NoSuchWeek,
    /// It cannot be told, or its ends are the wrong way round.
    Unclear,
}

type Found<T> = Result<T, Missing>;

/// How many years back a day or week is looked for that not every year has.
const YEARS_SEARCHED: i16 = 8;

/// No data of a business is older; a number that reaches further back was no count.
const EARLIEST: i16 = 1990;

/// The days that were meant, cut at today while they run.
pub(super) fn resolve(said: &Said, calendar: &Calendar) -> Found<When> {
    let when = when(said, calendar)?;
    if when.range.start > calendar.today {
        return Err(Missing::Future);
    }
    if when.range.start > when.range.end
        || when.range.start.year() < EARLIEST.min(calendar.beginning.year())
    {
        return Err(Missing::Unclear);
    }
    Ok(when)
}

fn when(said: &Said, calendar: &Calendar) -> Found<When> {
    let today = calendar.today;
    Ok(match said {
        Said::Trailing(unit, n) => calendar.last(*unit, *n),
        Said::Ending(unit, n, of) => {
            let end = whole(of, calendar)?.end;
            let start = calendar.shift(*unit, day(end, 1), -n);
            plain(calendar, TimeRange { start, end })
        }
        Said::Workdays(n) => plain(calendar, workdays(calendar.today, *n)),
        Said::Elapsed(unit, years) => {
            let whole = calendar.this(*unit);
            let start = namesake(calendar, *unit, *years).start;
            let end = calendar.years(whole.range, -years).end.max(start);
            plain(calendar, TimeRange { start, end })
        }
        Said::DateBack(unit, n) => one_day(calendar.shift(*unit, today, -n)),
        Said::Edge(..) | Said::Beside(..) => one_day(whole(said, calendar)?.start),
        Said::Since(of) => spanning(calendar, whole(of, calendar)?.start, today)?,
        Said::After(of) => spanning(calendar, day(whole(of, calendar)?.end, 1), today)?,
        Said::Until(of) => from_beginning(calendar, whole(of, calendar)?.end),
        Said::Before(of) => from_beginning(calendar, day(whole(of, calendar)?.start, -1)),
        Said::Between(first, second) => {
            let (start, end) = ends(first, second, calendar)?;
            spanning(calendar, start, end)?
        }
        Said::Holiday(..) | Said::HolidayBack(..) => {
            let mut when = calendar.begun(Unit::Day, whole(said, calendar)?);
            // A single day is never partly over for the reader.
            when.to_date &= when.range.start != when.range.end;
            when
        }
        _ => calendar.begun(unit_of(said), whole(said, calendar)?),
    })
}

/// The unit that the phrase is one of.
const fn unit_of(said: &Said) -> Unit {
    match said {
        Said::Running(unit)
        | Said::Back(unit, _)
        | Said::Namesake(unit, _)
        | Said::Piece { unit, .. } => *unit,
        Said::Month(..) => Unit::Month,
        Said::Part {
            unit: Unit::Quarter,
            fiscal: true,
            ..
        } => Unit::FiscalQuarter,
        Said::Part { unit, .. } => *unit,
        Said::CalendarYear(_) => Unit::Year,
        Said::FiscalYear(..) => Unit::FiscalYear,
        Said::Week(..) | Said::WeekOf(_) => Unit::Week,
        _ => Unit::Day,
    }
}

/// All days of the phrase, those to come included.
fn whole(said: &Said, calendar: &Calendar) -> Found<TimeRange> {
    let today = calendar.today;
    Ok(match said {
        Said::DaysBack(n) => one(day(today, -n)),
        Said::Running(unit) => calendar.whole(*unit, today),
        Said::Back(unit, n) => calendar.whole(
            *unit,
            calendar.shift(*unit, calendar.start_of(*unit, today), -n),
        ),
        Said::Namesake(unit, years) => namesake(calendar, *unit, *years),
        Said::CalendarYear(year) => calendar.whole(Unit::Year, jiff::civil::date(*year, 1, 1)),
        Said::FiscalYear(year, by_start) => calendar.fiscal_year(*year, *by_start),
        Said::Month(..)
        | Said::Part { .. }
        | Said::Week(..)
        | Said::Date { .. }
        | Said::Digits(..)
        | Said::Holiday(..) => yearly(said, calendar)?,
        Said::HolidayBack(holiday, n) => holidays_back(calendar, *holiday, *n)?,
        Said::Weekday(weekday, n) => one(latest(today, *weekday, *n)),
        Said::WeekdayOf(weekday, weeks) => {
            let start = day(calendar.start_of(Unit::Week, today), -7 * weeks);
            one(day(start, i32::from(weekday.since(calendar.week_start))))
        }
        Said::DayOfMonth(day, weekday) => {
            one(day_of_month(today, *day, *weekday).ok_or(Missing::NoSuchDay)?)
        }
        Said::Weekend(n, over) => weekend(today, *n, *over),
        Said::WeekendOf(of) => {
            let date = whole(of, calendar)?.start;
            let monday = day(date, -i32::from(date.weekday().since(Weekday::Monday)));
            TimeRange {
                start: day(monday, 5),
                end: day(monday, 6),
            }
        }
        Said::Piece {
            nth,
            count,
            unit,
            of,
        } => {
            let within = (unit_of(of), whole(of, calendar)?);
            piece(calendar, (*nth, *count, *unit), within).ok_or(Missing::Unclear)?
        }
        Said::NthWeekday { nth, weekday, of } => {
            one(nth_weekday(whole(of, calendar)?, *nth, *weekday).ok_or(Missing::NoSuchDay)?)
        }
        Said::Edge(end, of) => {
            let of = whole(of, calendar)?;
            one(if *end { of.end } else { of.start })
        }
        Said::WeekOf(of) => calendar.whole(Unit::Week, whole(of, calendar)?.start),
        Said::Beside(days, of) => {
            let of = whole(of, calendar)?;
            one(day(if *days < 0 { of.start } else { of.end }, *days))
        }
        Said::Future => return Err(Missing::Future),
        Said::Unclear => return Err(Missing::Unclear),
        _ => when(said, calendar)?.range,
    })
}

pub(super) const fn one(date: Date) -> TimeRange {
    TimeRange {
        start: date,
        end: date,
    }
}

const fn one_day(date: Date) -> When {
    When {
        range: one(date),
        unit: Unit::Day,
        to_date: false,
        from_beginning: false,
    }
}

fn plain(calendar: &Calendar, range: TimeRange) -> When {
    calendar.begun(Unit::Day, range)
}

fn spanning(calendar: &Calendar, start: Date, end: Date) -> Found<When> {
    let today = calendar.today;
    if start > end {
        return Err(if start > today {
            Missing::Future
        } else {
            Missing::Unclear
        });
    }
    let end = end.min(today);
    Ok(When {
        range: TimeRange { start, end },
        unit: Unit::Day,
        to_date: end == today,
        from_beginning: false,
    })
}

fn from_beginning(calendar: &Calendar, end: Date) -> When {
    let end = end.min(calendar.today);
    When {
        range: TimeRange {
            start: calendar.beginning.min(end),
            end,
        },
        unit: Unit::Day,
        to_date: false,
        from_beginning: true,
    }
}

/// The running unit's namesake some years ago, whole.
fn namesake(calendar: &Calendar, unit: Unit, years: i32) -> TimeRange {
    if unit == Unit::Week {
        return calendar.same_week(calendar.today, years);
    }
    calendar.whole(unit, calendar.shift(Unit::Year, calendar.today, -years))
}

/// What comes every year, of the year that was said or the latest that has begun.
fn yearly(said: &Said, calendar: &Calendar) -> Found<TimeRange> {
    let today = calendar.today;
    match said.year().unwrap_or(Year::Unsaid) {
        Year::Unsaid => latest_in(said, calendar, |range| range.start <= today),
        Year::Past => latest_in(said, calendar, |range| range.end < today),
        Year::Number(year) => in_year(said, calendar, year),
        Year::Back(years) => in_year(
            said,
            calendar,
            today.year() - i16::try_from(years).unwrap_or(0),
        ),
        Year::Fiscal(year, by_start) => {
            let fiscal = calendar.fiscal_year(year, by_start);
            match said {
                Said::Part { unit, nth, .. } => Ok(part(calendar, fiscal.start, *unit, *nth)),
                _ => (fiscal.start.year()..=fiscal.end.year())
                    .filter_map(|year| in_year(said, calendar, year).ok())
                    .find(|range| range.start >= fiscal.start && range.start <= fiscal.end)
                    .ok_or(Missing::NoSuchDay),
            }
        }
    }
}

/// The latest that fits, from next year backwards.
fn latest_in(
    said: &Said,
    calendar: &Calendar,
    fits: impl Fn(&TimeRange) -> bool,
) -> Found<TimeRange> {
    let newest = calendar.today.year() + 1;
    let mut missing = Missing::Future;
    // Years with a week 53 lie far apart: the one before last is not what is meant.
    let years = if matches!(said, Said::Week(..)) {
        3
    } else {
        YEARS_SEARCHED
    };
    for back in 0..=years {
        match in_year(said, calendar, newest - back) {
            Ok(range) if fits(&range) => return Ok(range),
            Ok(_) => missing = Missing::Future,
            Err(why) if back == 0 => missing = why,
            Err(_) => {}
        }
    }
    Err(missing)
}

/// The one of a calendar year; of a fiscal quarter or half, the one of the fiscal year of that
/// name.
fn in_year(said: &Said, calendar: &Calendar, year: i16) -> Found<TimeRange> {
    let date = |month, day| Date::new(year, month, day).map_err(|_| Missing::NoSuchDay);
    match said {
        Said::Month(month, _) => Ok(calendar.whole(Unit::Month, date(*month, 1)?)),
        Said::Part {
            unit, nth, fiscal, ..
        } => {
            let start = if *fiscal {
                calendar.fiscal_year(year, false).start
            } else {
                date(1, 1)?
            };
            Ok(part(calendar, start, *unit, *nth))
        }
        Said::Week(n, _) => calendar.iso_week(year, *n).ok_or(Missing::NoSuchWeek),
        Said::Date {
            month,
            day,
            weekday,
            ..
        } => {
            let date = date(*month, *day)?;
            match weekday {
                Some(weekday) if date.weekday() != *weekday => Err(Missing::NoSuchDay),
                _ => Ok(one(date)),
            }
        }
        Said::Digits(a, b, _) => {
            let month_first = if *a > 12 {
                false
            } else {
                calendar.month_first || *b > 12
            };
            let (month, day) = if month_first { (*a, *b) } else { (*b, *a) };
            Ok(one(date(month, day)?))
        }
        Said::Holiday(holiday, _) => holiday
            .range(year, &calendar.country)
            .ok_or(Missing::NoSuchDay),
        _ => Err(Missing::Unclear),
    }
}

/// The nth quarter or half of the twelve months from `start`.
fn part(calendar: &Calendar, start: Date, unit: Unit, nth: i32) -> TimeRange {
    let months = if unit == Unit::Half { 6 } else { 3 };
    let start = calendar.shift(Unit::Month, start, (nth - 1) * months);
    TimeRange {
        start,
        end: day(calendar.shift(Unit::Month, start, months), -1),
    }
}

fn holidays_back(calendar: &Calendar, holiday: Holiday, n: i32) -> Found<TimeRange> {
    let newest = calendar.today.year();
    (0..=YEARS_SEARCHED)
        .filter_map(|back| holiday.range(newest - back, &calendar.country))
        .filter(|range| range.start <= calendar.today)
        .nth(usize::try_from(n - 1).unwrap_or(0))
        .ok_or(Missing::Unclear)
}

/// The first day of one and the last of the other. Ends without a year are put into years that
/// follow one another.
fn ends(first: &Said, second: &Said, calendar: &Calendar) -> Found<(Date, Date)> {
    let yearless = |said: &Said| said.year() == Some(Year::Unsaid);
    let years = |around: Date| (around.year() - YEARS_SEARCHED)..=(around.year() + YEARS_SEARCHED);
    if yearless(first) && !yearless(second) {
        let second = whole(second, calendar)?;
        let first = years(second.start)
            .rev()
            .filter_map(|year| in_year(first, calendar, year).ok())
            .find(|range| range.start <= second.start)
            .ok_or(Missing::NoSuchDay)?;
        return Ok((first.start, second.end));
    }
    let start = whole(first, calendar)?.start;
    if !yearless(second) {
        return Ok((start, whole(second, calendar)?.end));
    }
    let second = years(start)
        .filter_map(|year| in_year(second, calendar, year).ok())
        .find(|range| range.start >= start)
        .ok_or(Missing::NoSuchDay)?;
    Ok((start, second.end))
}
