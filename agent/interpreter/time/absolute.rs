//! Periods with names of their own: months, quarters, halves, years, fiscal years, ISO weeks, and
//! parts of them ("first week of May", "end of last month"). Read by `ranges`.

use almanac_metrics::TimeRange;

use super::calendar::{day, month_at};
use super::grammar::{Meaning, Parsed, Words};
use super::relative::years_back;
use super::{Unit, When, dates, holidays, ranges, words};

/// The longest named period at `i`.
pub(super) fn absolute(w: &Words<'_>, i: usize) -> Parsed {
    let at = w.skip(i, words::article);
    [
        month(w, at),
        quarter_or_half(w, at),
        year(w, at),
        fiscal(w, at),
        week(w, at),
        part(w, at),
        dates::date(w, at),
        holidays::holiday(w, at),
    ]
    .into_iter()
    .flatten()
    .max_by_key(|found| found.1)
}

/// A year in four digits.
pub(super) fn year_number(word: &str) -> Option<i16> {
    if word.len() != 4 {
        return None;
    }
    words::number(word)
        .and_then(|n| i16::try_from(n).ok())
        .filter(|n| (1990..2100).contains(n))
}

/// A year after what it belongs to: "2024", "of 2024", "last year", "del año pasado".
pub(super) fn year_after(w: &Words<'_>, i: usize) -> Option<(i16, usize)> {
    if let Some((back, next)) = years_back(w, i) {
        return Some((w.calendar.today.year() - i16::try_from(back).ok()?, next));
    }
    let at = w.skip(i, |word| words::of(word) || matches!(word, "year" | "ano"));
    year_number(w.at(at)).map(|year| (year, at + 1))
}

fn month(w: &Words<'_>, i: usize) -> Parsed {
    let calendar = w.calendar;
    let led = words::last(w.at(i)) || words::this(w.at(i));
    let at = w.skip(if led { i + 1 } else { i }, |word| {
        matches!(word, "mes" | "month" | "de" | "of")
    });
    let numbered =
        year_number(w.at(at + 1)).is_some() || words::number(w.at(at.wrapping_sub(1))).is_some();
    let month = words::month(w.at(at), numbered || led)?;
    // "May I see ...": a verb.
    if w.at(at) == "may" && matches!(w.at(at + 1), "i" | "we" | "you") {
        return None;
    }
    let whole = |year: i16| calendar.whole(Unit::Month, jiff::civil::date(year, month, 1));
    let year_now = calendar.today.year();
    if let Some((year, next)) = year_after(w, at + 1) {
        return Some((calendar.begun(Unit::Month, whole(year)), next));
    }
    let running = month == calendar.today.month();
    let passed = month < calendar.today.month() || (running && !words::last(w.at(i)));
    let next = at + 1 + usize::from(matches!(w.at(at + 1), "pasado" | "passado" | "anterior"));
    let year = if passed && !(running && next > at + 1) {
        year_now
    } else {
        year_now - 1
    };
    Some((calendar.begun(Unit::Month, whole(year)), next))
}

/// "Q3", "Q3 2024", "3Q24", "T3 de 2024", "2024 Q3", "third quarter of last year", "H1",
/// "primer semestre".
fn quarter_or_half(w: &Words<'_>, i: usize) -> Parsed {
    let (led_year, at) = match year_number(w.at(i)) {
        Some(year) => (Some(year), w.skip(i + 1, |word| word == "-")),
        None => (None, i),
    };
    let fiscal = w.at(at) == "fiscal";
    let at = at + usize::from(fiscal);
    let (unit, nth, fused_year, next) = numbered_part(w, at)?;
    let after = || {
        let at = w.skip(next, words::of);
        let fiscal_name = fiscal_name(w, at).map(|(year, _, next)| (year, true, next));
        fiscal_name.or_else(|| year_after(w, next).map(|(year, next)| (year, fiscal, next)))
    };
    let (year, fiscal, next) = match (led_year.or(fused_year), after()) {
        (Some(year), _) => (Some(year), fiscal, next),
        (None, Some((year, fiscal, next))) => (Some(year), fiscal, next),
        (None, None) => (None, fiscal, next),
    };
    let calendar = w.calendar;
    let months = if unit == Unit::Half { 6 } else { 3 };
    let in_year = |year: i16| {
        let first = if fiscal {
            calendar.fiscal_year(year, false).start
        } else {
            jiff::civil::date(year, 1, 1)
        };
        let start = calendar.shift(Unit::Month, first, (nth - 1) * months);
        TimeRange {
            start,
            end: day(calendar.shift(Unit::Month, start, months), -1),
        }
    };
    let unit = if fiscal && unit == Unit::Quarter {
        Unit::FiscalQuarter
    } else {
        unit
    };
    let range = match year {
        Some(year) => in_year(year),
        None => {
            let newest = calendar.today.year() + 1;
            (0..3)
                .map(|back| in_year(newest - back))
                .find(|range| range.start <= calendar.today)?
        }
    };
    Some((calendar.begun(unit, range), next))
}

/// A quarter's or half's number, and the year where it is written in one word ("3q24").
fn numbered_part(w: &Words<'_>, i: usize) -> Option<(Unit, i32, Option<i16>, usize)> {
    let word = w.at(i);
    let fits = |unit: Unit, n: i32| (1..=if unit == Unit::Half { 2 } else { 4 }).contains(&n);
    let letter = |c: char| match c {
        'q' | 't' => Some(Unit::Quarter),
        'h' | 's' => Some(Unit::Half),
        _ => None,
    };
    let mut chars = word.chars();
    if let (Some(a), Some(b)) = (chars.next(), chars.next()) {
        let (unit, n) = match (letter(a), letter(b)) {
            (Some(unit), _) => (Some(unit), b.to_digit(10)),
            (_, Some(unit)) => (Some(unit), a.to_digit(10)),
            _ => (None, None),
        };
        let rest = chars.as_str();
        let year = match rest.len() {
            0 => Some(None),
            2 => words::number(rest).map(|n| i16::try_from(2000 + n).ok()),
            4 => Some(year_number(rest)),
            _ => None,
        };
        if let (Some(unit), Some(n), Some(year)) =
            (unit, n.and_then(|n| i32::try_from(n).ok()), year)
            && fits(unit, n)
            && (rest.is_empty() || year.is_some())
        {
            return Some((unit, n, year, i + 1));
        }
    }
    let unit_of = |at: usize| match w.at(at) {
        "half" => Some(Unit::Half),
        "tri" | "quarter" | "trimestre" => Some(Unit::Quarter),
        "semestre" | "semester" => Some(Unit::Half),
        _ => None,
    };
    if let Some(n) = words::ordinal(word) {
        let at = i + 1 + usize::from(w.at(i + 1) == "fiscal");
        let unit = unit_of(at)?;
        // "first half of May" is a fortnight, read as a part.
        let of_month =
            unit == Unit::Half && words::month(w.at(w.skip(at + 1, words::of)), false).is_some();
        return (fits(unit, n) && !of_month).then_some((unit, n, None, at + 1));
    }
    if matches!(word, "ultimo" | "last")
        && !w.at(i + 2).is_empty()
        && year_after(w, i + 2).is_some()
    {
        let unit = unit_of(i + 1)?;
        return Some((unit, if unit == Unit::Half { 2 } else { 4 }, None, i + 2));
    }
    let unit = unit_of(i)?;
    let n = words::number(w.at(i + 1)).filter(|n| fits(unit, *n))?;
    Some((unit, n, None, i + 2))
}

fn year(w: &Words<'_>, i: usize) -> Parsed {
    let at = w.skip(i, |word| matches!(word, "year" | "ano" | "calendar"));
    let year = year_number(w.at(at))?;
    let range = w.calendar.whole(Unit::Year, jiff::civil::date(year, 1, 1));
    Some((w.calendar.begun(Unit::Year, range), at + 1))
}

/// A fiscal year's name: the year, whether it is named by its start, and the next word.
fn fiscal_name(w: &Words<'_>, i: usize) -> Option<(i16, bool, usize)> {
    if let Some(digits) = w.at(i).strip_prefix("fy") {
        let (digits, next) = if digits.is_empty() {
            (w.at(i + 1), i + 2)
        } else {
            (digits, i + 1)
        };
        let year = year_number(digits).or_else(|| {
            words::number(digits)
                .filter(|_| digits.len() == 2)
                .and_then(|n| i16::try_from(2000 + n).ok())
        })?;
        return Some((year, false, next));
    }
    if matches!(w.at(i), "ejercicio" | "exercicio") {
        let at = w.skip(i + 1, |word| words::of(word) || word == "fiscal");
        return year_number(w.at(at)).map(|year| (year, w.at(i) == "ejercicio", at + 1));
    }
    let at = w.says_any(i, &["fiscal year", "ano fiscal", "fiscal"])?;
    let at = w.skip(at, words::of);
    year_number(w.at(at)).map(|year| (year, false, at + 1))
}

fn fiscal(w: &Words<'_>, i: usize) -> Parsed {
    let (year, by_start, next) = fiscal_name(w, i)?;
    Some((
        w.calendar
            .begun(Unit::FiscalYear, w.calendar.fiscal_year(year, by_start)),
        next,
    ))
}

/// "week 23", "W23 2025", "2026-W23", "semana 23 de 2025".
fn week(w: &Words<'_>, i: usize) -> Parsed {
    let calendar = w.calendar;
    let (year, n, next) = numbered_week(w, i)?;
    let range = match year {
        Some(year) => calendar.iso_week(year, n)?,
        None => {
            let newest = calendar.today.year() + 1;
            (0..4)
                .filter_map(|back| calendar.iso_week(newest - back, n))
                .find(|range| range.start <= calendar.today)?
        }
    };
    Some((calendar.begun(Unit::Week, range), next))
}

/// A week that its year does not have, or that has not begun in any year near.
pub(super) fn no_such_week(w: &Words<'_>, i: usize) -> Option<(Meaning, usize)> {
    if week(w, i).is_some() {
        return None;
    }
    let (year, n, next) = numbered_week(w, i)?;
    let year = year.unwrap_or(w.calendar.today.year());
    let meaning = match w.calendar.iso_week(year, n) {
        Some(_) => Meaning::Future,
        None => Meaning::NoSuchWeek,
    };
    Some((meaning, next))
}

/// The year, where it is said, the week's number, and the next word.
fn numbered_week(w: &Words<'_>, i: usize) -> Option<(Option<i16>, i8, usize)> {
    let number = |text: &str| {
        text.strip_prefix('w')
            .filter(|n| n.len() <= 2)
            .and_then(words::number)
    };
    let (mut year, n, mut next) = if let Some((year, week)) = w.at(i).split_once('-') {
        (Some(year_number(year)?), number(week)?, i + 1)
    } else if let Some(n) = number(w.at(i)) {
        (None, n, i + 1)
    } else {
        let at = w.says_any(i, &["week number", "week", "semana numero", "semana"])?;
        let digits = w.at(at).len() <= 2 && w.at(at).starts_with(|c: char| c.is_ascii_digit());
        (None, words::number(w.at(at)).filter(|_| digits)?, at + 1)
    };
    if year.is_none()
        && let Some((named, after)) = year_after(w, next)
    {
        (year, next) = (Some(named), after);
    }
    Some((year, i8::try_from(n).ok()?, next))
}

/// "first week of May", "last 10 days of March", "second month of 2025", "end of last month".
fn part(w: &Words<'_>, i: usize) -> Parsed {
    let calendar = w.calendar;
    let of = |at: usize| {
        let next = w.skip(at, |word| words::of(word) || words::article(word));
        (next > at).then_some(next)
    };
    let edge = match w.at(i) {
        "beginning" | "start" | "principio" | "principios" | "inicio" | "inicios" | "comienzo"
        | "comeco" => Some(false),
        "end" | "fin" | "final" | "finales" | "fim" | "fines" | "finais" => Some(true),
        _ => None,
    };
    // "fin de semana" is the weekend.
    let weekend = w.says_any(i, &["fin de semana", "fim de semana"]).is_some();
    if let Some(end) = edge.filter(|_| !weekend) {
        let (whole, next) = whole_period(w, of(i + 1)?)?;
        let date = if end {
            whole.range.end
        } else {
            whole.range.start
        };
        return Some((super::relative::one_day(date), next));
    }
    let from_end = words::last(w.at(i));
    let nth = if from_end {
        1
    } else {
        words::ordinal(w.at(i))?
    };
    let (count, at) = w.number(i + 1).unwrap_or((1, i + 1));
    let (unit, at) = w.unit(at)?;
    let (whole, next) = whole_period(w, of(at)?)?;
    let TimeRange { start, end } = whole.range;
    let range = match unit {
        Unit::Day | Unit::Week => {
            let days = if unit == Unit::Week { 7 } else { 1 };
            if from_end {
                TimeRange {
                    start: day(end, 1 - days * count),
                    end,
                }
            } else {
                let start = day(start, days * (nth - 1) * count);
                TimeRange {
                    start,
                    end: day(start, days * count - 1),
                }
            }
        }
        Unit::Half if whole.unit == Unit::Month => {
            let middle = day(start, 14);
            if nth == 1 {
                TimeRange { start, end: middle }
            } else {
                TimeRange {
                    start: day(middle, 1),
                    end,
                }
            }
        }
        unit => {
            let first = if from_end {
                calendar.shift(unit, calendar.start_of(unit, end), 1 - count)
            } else {
                calendar.shift(unit, start, (nth - 1) * count)
            };
            TimeRange {
                start: first,
                end: day(calendar.shift(unit, first, count), -1),
            }
        }
    };
    if range.start < start || range.end > end {
        return None;
    }
    Some((calendar.begun(unit, range), next))
}

/// A period as a whole, even while it is running.
fn whole_period(w: &Words<'_>, i: usize) -> Parsed {
    let (when, next) = ranges::period(w, i).or_else(|| {
        let (unit, next) = w.unit(i)?;
        Some((w.calendar.this(unit), next))
    })?;
    if matches!(when.unit, Unit::Day) {
        return None;
    }
    if !when.to_date {
        return Some((when, next));
    }
    let range = w.calendar.whole(when.unit, when.range.start);
    Some((When { range, ..when }, next))
}

/// The latest year in which that month and day have begun.
pub(super) fn latest_year(w: &Words<'_>, month: i8, day_of_month: i8) -> i16 {
    let today = w.calendar.today;
    let passed = (month, day_of_month) <= (today.month(), today.day());
    month_at(i32::from(today.year()) * 12).year() - i16::from(!passed)
}
