//! Single days: "2026-11-09", "9/11/2026", "9 de noviembre", "Nov 9th, 2025", and a month in
//! digits, "2026-11". Read by `absolute`.

use jiff::civil::Date;

use super::absolute::{latest_year, year_after, year_number};
use super::grammar::{Parsed, Words};
use super::relative::one_day;
use super::{Unit, words};

/// A date at `i`.
pub(super) fn date(w: &Words<'_>, i: usize) -> Parsed {
    let at = if matches!(w.at(i), "on" | "el" | "dia") {
        i + 1
    } else {
        i
    };
    numeric(w, at)
        .or_else(|| day_month(w, at))
        .or_else(|| month_day(w, at))
}

fn numeric(w: &Words<'_>, i: usize) -> Parsed {
    let word = w.at(i);
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut parts = word.split(['-', '/', '.']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    if let Some(year) = year_number(first) {
        let month = i8::try_from(words::number(second)?).ok()?;
        let Some(third) = third else {
            let first = Date::new(year, month, 1).ok()?;
            return Some((
                w.calendar
                    .begun(Unit::Month, w.calendar.whole(Unit::Month, first)),
                i + 1,
            ));
        };
        return made(
            year,
            month,
            i8::try_from(words::number(third)?).ok()?,
            i + 1,
        );
    }
    // "1.5" is a number; days and months are divided by a slash unless a year follows.
    if third.is_none() && !word.contains('/') {
        return None;
    }
    let (a, b) = (
        i8::try_from(words::number(first)?).ok()?,
        i8::try_from(words::number(second)?).ok()?,
    );
    let (day, month) = if (w.calendar.month_first && a <= 12) || b > 12 {
        (b, a)
    } else {
        (a, b)
    };
    let year = match third {
        Some(text) if text.len() == 2 => 2000 + i16::try_from(words::number(text)?).ok()?,
        Some(text) => year_number(text)?,
        None => latest_year(w, month, day),
    };
    made(year, month, day, i + 1)
}

/// The place after a date that the calendar does not have: "2026-02-29", "31 de febrero".
pub(super) fn no_such_day(w: &Words<'_>, i: usize) -> Option<usize> {
    let at = if matches!(w.at(i), "on" | "el" | "dia") {
        i + 1
    } else {
        i
    };
    if date(w, at).is_some() {
        return None;
    }
    let in_digits = {
        let parts: Vec<&str> = w.at(at).split(['-', '/', '.']).collect();
        let small = |part: &&str| {
            part.len() <= 2 && words::number(part).is_some_and(|n| (1..=31).contains(&n))
        };
        match parts.as_slice() {
            [year, month, day] if year_number(year).is_some() => small(month) && small(day),
            [a, b, year] => small(a) && small(b) && (year_number(year).is_some() || small(year)),
            [a, b] => w.at(at).contains('/') && small(a) && small(b),
            _ => false,
        }
    };
    if in_digits {
        return Some(at + 1);
    }
    let link = w.skip(at + 1, words::of);
    let day_first = day_of_month(w.at(at)).and(words::month(w.at(link), true));
    let the = w.skip(at + 1, |word| word == "the");
    let month_first = words::month(w.at(at), true).and(day_of_month(w.at(the)));
    let next = match (day_first, month_first) {
        (Some(_), _) => link + 1,
        (None, Some(_)) => the + 1,
        (None, None) => return None,
    };
    Some(year_after(w, next).map_or(next, |(_, next)| next))
}

/// Whether a date in digits can only have its month first (true) or second.
pub(super) fn order(word: &str) -> Option<bool> {
    let mut parts = word.split(['-', '/', '.']);
    let (first, second) = (words::number(parts.next()?)?, words::number(parts.next()?)?);
    let is_date = word.contains('/') || parts.next().is_some();
    match (first, second) {
        (13..=31, 1..=12) if is_date => Some(false),
        (1..=12, 13..=31) if is_date => Some(true),
        _ => None,
    }
}

fn made(year: i16, month: i8, day: i8, next: usize) -> Parsed {
    Some((one_day(Date::new(year, month, day).ok()?), next))
}

/// A day of the month: "9", "9th", "1º".
pub(super) fn day_of_month(word: &str) -> Option<i8> {
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    let n = words::number(word).or_else(|| words::ordinal(word))?;
    let spelled_first = matches!(word, "primero" | "primeiro" | "first" | "uno");
    i8::try_from(n)
        .ok()
        .filter(|n| (1..=31).contains(n) && (digits || spelled_first))
}

fn day_month(w: &Words<'_>, i: usize) -> Parsed {
    let day = day_of_month(w.at(i))?;
    let month = words::month(w.at(w.skip(i + 1, words::of)), true)?;
    finish(w, month, day, w.skip(i + 1, words::of) + 1)
}

fn month_day(w: &Words<'_>, i: usize) -> Parsed {
    let month = words::month(w.at(i), true)?;
    let at = w.skip(i + 1, |word| word == "the");
    finish(w, month, day_of_month(w.at(at))?, at + 1)
}

fn finish(w: &Words<'_>, month: i8, day: i8, next: usize) -> Parsed {
    match year_after(w, next) {
        Some((year, next)) => made(year, month, day, next),
        // 29 February: of the last year that had one.
        None => {
            let latest = latest_year(w, month, day);
            (0..8).find_map(|back| made(latest - back, month, day, next))
        }
    }
}
