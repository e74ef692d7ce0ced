//! Periods with two ends: since, until, before, after, between, from .. to, and days joined by a
//! dash. Read by the grammar at every word.

use almanac_metrics::TimeRange;
use jiff::civil::Date;

use super::absolute::{absolute, latest_year, year_after, year_number};
use super::calendar::day;
use super::dates::{date, day_of_month};
use super::grammar::{Parsed, Words};
use super::relative::{one_day, relative};
use super::{Unit, When, words};

/// The longest period at `i`, with one end or two.
pub(super) fn range(w: &Words<'_>, i: usize) -> Parsed {
    [
        period(w, i),
        since(w, i),
        until(w, i),
        between(w, i),
        joined(w, i),
        days_of_month(w, i),
    ]
    .into_iter()
    .flatten()
    .max_by_key(|found| found.1)
}

/// The longest period at `i` that has one name.
pub(super) fn period(w: &Words<'_>, i: usize) -> Parsed {
    match (absolute(w, i), relative(w, i)) {
        (Some(a), Some(b)) => Some(if b.1 > a.1 { b } else { a }),
        (a, b) => a.or(b),
    }
}

fn spanning(w: &Words<'_>, start: Date, end: Date, unit: Unit) -> Option<When> {
    let today = w.calendar.today;
    if start > end || start > today {
        return None;
    }
    let end = if end > today { today } else { end };
    Some(When {
        range: TimeRange { start, end },
        unit,
        to_date: end == today,
        from_beginning: false,
    })
}

fn since(w: &Words<'_>, i: usize) -> Parsed {
    const SINCE: &[&str] = &[
        "ever since",
        "since",
        "desde que",
        "desde",
        "a partir de",
        "starting from",
        "starting in",
        "starting",
    ];
    const AFTER: &[&str] = &[
        "after",
        "despues de",
        "despues del",
        "depois de",
        "depois do",
        "depois da",
        "apos",
    ];
    let today = w.calendar.today;
    if let Some(at) = w.says_any(i, SINCE) {
        let (when, next) = period(w, at).or_else(|| days_name(w, at))?;
        let next = w
            .says_any(
                next,
                &[
                    "onwards",
                    "onward",
                    "on",
                    "en adelante",
                    "em diante",
                    "until now",
                    "until today",
                    "hasta hoy",
                    "hasta ahora",
                    "ate hoje",
                    "ate agora",
                    "to date",
                ],
            )
            .unwrap_or(next);
        return Some((spanning(w, when.range.start, today, Unit::Day)?, next));
    }
    if w.at(i) == "from"
        && let Some((when, next)) = period(w, i + 1)
        && let Some(next) = w.says_any(
            next,
            &[
                "onwards",
                "onward",
                "on",
                "to date",
                "until now",
                "until today",
                "to today",
                "to now",
                "till now",
                "till today",
            ],
        )
    {
        return Some((spanning(w, when.range.start, today, Unit::Day)?, next));
    }
    let at = w.says_any(i, AFTER)?;
    let (when, next) = period(w, at)?;
    Some((spanning(w, day(when.range.end, 1), today, Unit::Day)?, next))
}

fn days_name(w: &Words<'_>, i: usize) -> Parsed {
    let unit = |unit, next| Some((w.calendar.this(unit), next));
    let at = w.says_any(
        i,
        &[
            "the beginning of",
            "the start of",
            "beginning of",
            "start of",
            "principio de",
            "principios de",
            "inicio de",
            "inicio do",
            "o inicio do",
            "o comeco do",
            "comienzo de",
        ],
    )?;
    let (named, next) = w.unit(w.skip(at, |word| words::article(word) || words::this(word)))?;
    unit(named, next)
}

fn until(w: &Words<'_>, i: usize) -> Parsed {
    const UNTIL: &[&str] = &[
        "until the end of",
        "until",
        "till",
        "up until",
        "up to",
        "through",
        "thru",
        "hasta el final de",
        "hasta",
        "ate o final de",
        "ate o fim de",
        "ate",
    ];
    const BEFORE: &[&str] = &[
        "before",
        "prior to",
        "antes de",
        "antes del",
        "antes do",
        "antes da",
    ];
    let (end, next) = if let Some(at) = w.says_any(i, UNTIL) {
        let (when, next) = period(w, at)?;
        (when.range.end, next)
    } else {
        let at = w.says_any(i, BEFORE)?;
        let (when, next) = period(w, at)?;
        (day(when.range.start, -1), next)
    };
    let start = w.calendar.beginning.min(end);
    let when = When {
        range: TimeRange { start, end },
        unit: Unit::Day,
        to_date: false,
        from_beginning: true,
    };
    Some((when, next))
}

/// "between March and June", "entre enero y marzo", "from 1 May to 15 June".
fn between(w: &Words<'_>, i: usize) -> Parsed {
    let between = matches!(w.at(i), "between" | "entre");
    let from = matches!(w.at(i), "from" | "desde" | "de" | "del" | "since");
    if !between && !from {
        return None;
    }
    ends(w, i + 1, if between { words::and } else { words::to })
}

/// "March to June", "2026-11-01 - 2026-11-15".
fn joined(w: &Words<'_>, i: usize) -> Parsed {
    ends(w, i, words::to)
}

fn ends(w: &Words<'_>, i: usize, link: fn(&str) -> bool) -> Parsed {
    let i = w.skip(i, words::article);
    // "1 to 15 November": the first end takes its month from the second.
    let (first, at) = match period(w, i) {
        Some((when, at)) if link(w.at(at)) => (when, at),
        _ => {
            let n = day_of_month(w.at(i))?;
            if !link(w.at(i + 1)) {
                return None;
            }
            let (last, next) = date(w, w.skip(i + 2, words::article))?;
            let start = Date::new(last.range.start.year(), last.range.start.month(), n).ok()?;
            return Some((spanning(w, start, last.range.end, Unit::Day)?, next));
        }
    };
    let (second, next) = period(w, w.skip(at + 1, words::article)).or_else(|| {
        // "Nov 1 to 15": the second end takes its month from the first.
        let n = day_of_month(w.at(at + 1))?;
        let start = first.range.start;
        let date = Date::new(start.year(), start.month(), n).ok()?;
        (first.unit == Unit::Day).then(|| (one_day(date), at + 2))
    })?;
    let dated = |from: usize, to: usize| {
        (from..to).any(|at| {
            let word = w.at(at);
            year_number(word).is_some()
                || word
                    .split(['-', '/', '.'])
                    .any(|part| year_number(part).is_some())
                || words::last(word)
                || words::this(word)
                || matches!(
                    word,
                    "ago"
                        | "hace"
                        | "ha"
                        | "atras"
                        | "today"
                        | "hoy"
                        | "hoje"
                        | "yesterday"
                        | "ayer"
                        | "ontem"
                )
                || word.len() > 2
                    && word.ends_with(|c: char| c.is_ascii_digit())
                    && !word.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let (start, end) = same_cycle(w, (first, dated(i, at)), (second, dated(at + 1, next)));
    Some((spanning(w, start, end, Unit::Day)?, next))
}

/// Ends without a year are put into years that follow one another; each comes with whether its
/// year was said.
fn same_cycle(
    w: &Words<'_>,
    (first, first_dated): (When, bool),
    (second, second_dated): (When, bool),
) -> (Date, Date) {
    let calendar = w.calendar;
    let end_of = |when: When| {
        if when.to_date {
            calendar.end_from(when.unit, calendar.start_of(when.unit, when.range.start))
        } else {
            when.range.end
        }
    };
    let (mut start, mut end) = (first.range.start, end_of(second));
    let moved = |n: i32, when: When| {
        calendar.years(
            TimeRange {
                start: when.range.start,
                end: end_of(when),
            },
            n,
        )
    };
    if !first_dated && second_dated {
        let mut n = 0;
        while start > second.range.start && n > -200 {
            n -= 1;
            start = moved(n, first).start;
        }
        let mut n = 0;
        while moved(n + 1, first).start <= second.range.start && n < 200 {
            n += 1;
        }
        if n > 0 {
            start = moved(n, first).start;
        }
    } else if !second_dated {
        let mut n = if first_dated {
            i32::from(start.year()) - i32::from(second.range.start.year())
        } else {
            0
        };
        while moved(n, second).start < start && n < 200 {
            n += 1;
        }
        end = moved(n, second).end;
    }
    (start, end)
}

/// "1-19 Nov", "November 1-15".
fn days_of_month(w: &Words<'_>, i: usize) -> Parsed {
    let month = words::month(w.at(i), true)?;
    let first = day_of_month(w.at(i + 1))?;
    if !words::to(w.at(i + 2)) {
        return None;
    }
    let last = day_of_month(w.at(i + 3))?;
    let (year, next) = match year_after(w, i + 4) {
        Some((year, next)) => (year, next),
        None => (latest_year(w, month, first), i + 4),
    };
    let start = Date::new(year, month, first).ok()?;
    let end = Date::new(year, month, last).ok()?;
    Some((spanning(w, start, end, Unit::Day)?, next))
}
