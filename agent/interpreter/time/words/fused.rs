//! Words with digits in them: "2026-11-09", "3q24", "w23", "fy25", "30d", "9h", "3rd", "'25".

use super::super::Unit;
use super::class::Class;

/// What a word with digits may be; empty for words without.
pub(in super::super) fn fused(word: &str) -> impl Iterator<Item = Class> + use<> {
    let found = if let Some(year) = word.strip_prefix('\'') {
        [any_year(year).map(Class::Year), None, None]
    } else if !word.bytes().any(|byte| byte.is_ascii_digit()) {
        [None; 3]
    } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let n = digits(word, 4);
        [
            n.map(Class::Digits),
            n.filter(|_| word.len() == 4)
                .and_then(year)
                .map(Class::Year),
            None,
        ]
    } else if word.contains(['-', '/', '.', ':']) {
        [divided(word), None, None]
    } else {
        let first = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let (n, ending) = word.split_at(first);
        if n.is_empty() {
            [lettered(word), None, None]
        } else {
            [ended(n, ending), part_of_year(word), span(n, ending)]
        }
    };
    found.into_iter().flatten()
}

fn digits(text: &str, most: usize) -> Option<i32> {
    let number = !text.is_empty() && text.len() <= most;
    (number && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn small(text: &str) -> Option<i8> {
    digits(text, 2).and_then(|n| i8::try_from(n).ok())
}

fn year(n: i32) -> Option<i16> {
    i16::try_from(n).ok().filter(|n| (1900..2100).contains(n))
}

fn full_year(text: &str) -> Option<i16> {
    digits(text, 4).filter(|_| text.len() == 4).and_then(year)
}

/// A year in two digits or four.
fn any_year(text: &str) -> Option<i16> {
    full_year(text).or_else(|| {
        digits(text, 2)
            .filter(|_| text.len() == 2)
            .and_then(|n| year(2000 + n))
    })
}

/// Dates and times of the clock.
fn divided(word: &str) -> Option<Class> {
    if let Some((hour, minutes)) = word.split_once(':') {
        let (hour, minutes) = (small(hour)?, minutes.trim_end_matches('h'));
        let fits = (0..=24).contains(&hour) && digits(minutes, 2).is_some_and(|m| m < 60);
        return match minutes {
            "00" if fits => Some(Class::Clock(hour)),
            _ if fits => Some(Class::OddClock),
            _ => None,
        };
    }
    let mut parts = word.split(['-', '/', '.']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    if let Some(year) = full_year(first) {
        if let Some(week) = second.strip_prefix('w') {
            return third
                .is_none()
                .then(|| small(week))
                .flatten()
                .map(|n| Class::WeekNumber(n, Some(year)));
        }
        let month = small(second)?;
        return match third {
            Some(day) => Some(Class::IsoDate(year, month, small(day)?)),
            None => (1..=12)
                .contains(&month)
                .then_some(Class::DigitMonth(year, month)),
        };
    }
    let first = small(first)?;
    match third {
        Some(third) => Some(Class::DigitDate(
            first,
            small(second)?,
            Some(any_year(third)?),
        )),
        // "1.5" is a number; "1-19" are two.
        None if !word.contains('/') => None,
        None => match full_year(second) {
            Some(year) => (1..=12)
                .contains(&first)
                .then_some(Class::DigitMonth(year, first)),
            None => Some(Class::DigitDate(first, small(second)?, None)),
        },
    }
}

/// "q3", "h12025", "w23", "fy25", "l30d".
fn lettered(word: &str) -> Option<Class> {
    if let Some(rest) = word.strip_prefix("fy") {
        return any_year(rest).map(Class::FiscalYear);
    }
    if let Some(rest) = word.strip_prefix('w') {
        return small(rest)
            .filter(|n| (1..=53).contains(n))
            .map(|n| Class::WeekNumber(n, None));
    }
    if let Some(rest) = word.strip_prefix(['l', 'r', 't'])
        && let Some(unit) = rest.chars().last().and_then(unit_of)
        && let Some(n) = digits(&rest[..rest.len() - 1], 3).filter(|n| *n > 0)
    {
        return Some(Class::Trailing(unit, n));
    }
    part_of_year(word)
}

/// A number and what it ends in.
fn ended(n: &str, ending: &str) -> Option<Class> {
    match ending {
        "st" | "nd" | "rd" | "th" | "o" | "a" | "er" | "ro" | "ra" | "do" | "da" | "to" | "ta" => {
            digits(n, 3).map(Class::Ordinal)
        }
        "h" | "hs" | "hrs" | "h00" => small(n).filter(|n| *n <= 24).map(Class::Clock),
        "am" | "pm" => {
            let hour = small(n).filter(|n| (1..=12).contains(n))? % 12;
            Some(Class::Clock(hour + if ending == "pm" { 12 } else { 0 }))
        }
        _ => {
            let minutes = ending.strip_prefix('h')?;
            (small(n)? < 24 && minutes.len() == 2 && digits(minutes, 2)? < 60)
                .then_some(Class::OddClock)
        }
    }
}

/// "30d", "12w"; after "last" also "12m" and "2y".
fn span(n: &str, ending: &str) -> Option<Class> {
    let mut letters = ending.chars();
    let unit = match ending {
        "mo" => Unit::Month,
        _ => unit_of(letters.next()?).filter(|_| letters.next().is_none())?,
    };
    let n = digits(n, 4).filter(|n| *n > 0)?;
    Some(match unit {
        Unit::Day | Unit::Week => Class::Trailing(unit, n),
        _ => Class::Fused(unit, n),
    })
}

const fn unit_of(letter: char) -> Option<Unit> {
    Some(match letter {
        'd' => Unit::Day,
        'w' => Unit::Week,
        'm' => Unit::Month,
        'q' => Unit::Quarter,
        'y' => Unit::Year,
        _ => return None,
    })
}

/// "q3", "3q24", "h1", "1s25": a quarter or a half, and the year where it follows.
fn part_of_year(word: &str) -> Option<Class> {
    let letter = |c: char| match c {
        'q' | 't' => Some(Unit::Quarter),
        'h' | 's' => Some(Unit::Half),
        _ => None,
    };
    let mut chars = word.chars();
    let (a, b) = (chars.next()?, chars.next()?);
    let (unit, n) = match (letter(a), letter(b)) {
        (Some(unit), _) => (unit, b.to_digit(10)?),
        (_, Some(unit)) => (unit, a.to_digit(10)?),
        _ => return None,
    };
    let n = i32::try_from(n).ok()?;
    let rest = chars.as_str();
    let most = if unit == Unit::Half { 2 } else { 4 };
    if !(1..=most).contains(&n) {
        return None;
    }
    // "t324" and "s124" are names of things; "q324" and "3t24" are written of quarters.
    let written = a.is_ascii_digit() || a == 'q' || rest.len() != 2;
    match any_year(rest) {
        Some(year) if written => Some(Class::PartOfYear(unit, n, Some(year))),
        None if rest.is_empty() => Some(Class::PartOfYear(unit, n, None)),
        _ => None,
    }
}
