//! Periods counted from today: "last week", "hace 3 meses", "últimos 90 dias", "year to date",
//! "on Friday". Read by `ranges`.

use almanac_metrics::TimeRange;
use jiff::civil::Weekday;

use super::calendar::day;
use super::grammar::{Parsed, Words};
use super::{Unit, When, words};

/// The longest relative period at `i`.
pub(super) fn relative(w: &Words<'_>, i: usize) -> Parsed {
    let at = w.skip(i, words::article);
    [
        named_day(w, at),
        last_units(w, at),
        one_unit(w, at),
        to_date(w, i),
        ago(w, i),
        weekday(w, at),
        weekend(w, at),
    ]
    .into_iter()
    .flatten()
    .max_by_key(|found| found.1)
}

fn named_day(w: &Words<'_>, i: usize) -> Parsed {
    let back = |n, next| Some((w.calendar.back(Unit::Day, n), next));
    if let Some(next) = w.says_any(
        i,
        &[
            "day before yesterday",
            "anteayer",
            "antes de ayer",
            "anteontem",
            "antier",
            "day before",
        ],
    ) {
        return back(2, next);
    }
    match w.at(i) {
        "today" | "hoy" | "hoje" => back(0, i + 1),
        "yesterday" | "ayer" | "ontem" => back(1, i + 1),
        "ttm" | "ltm" => Some((w.calendar.last(Unit::Month, 12), i + 1)),
        _ => None,
    }
}

/// "last 3 months", "3 últimos meses", "los 3 meses anteriores", "past couple of weeks", "90d".
fn last_units(w: &Words<'_>, i: usize) -> Parsed {
    let full = |word: &str| {
        matches!(
            word,
            "full" | "complete" | "calendar" | "whole" | "consecutive" | "completos" | "completas"
        )
    };
    let count = |at: usize| {
        if let Some(next) = w.says_any(at, &["couple of", "couple", "par de"]) {
            return Some((2, next));
        }
        w.number(at)
    };
    if words::trailing(w.at(i)) {
        if let Some(fused) = fused(w, i + 1) {
            return Some(fused);
        }
        let (n, at) = count(w.skip(i + 1, words::article))?;
        let (unit, mut next) = w.unit(w.skip(at, full))?;
        if words::last(w.at(next)) && !matches!(w.at(next), "last" | "past") {
            next += 1;
        }
        return positive(w, unit, n, next);
    }
    if let Some(fused) = fused(w, i) {
        return Some(fused);
    }
    let (n, at) = count(i)?;
    if words::trailing(w.at(at)) {
        let (unit, next) = w.unit(w.skip(at + 1, full))?;
        return positive(w, unit, n, next);
    }
    let (unit, next) = w.unit(at)?;
    let follows =
        trails(w.at(next)) || matches!(w.at(next), "moviles" | "moveis" | "trailing" | "rolling");
    if follows {
        positive(w, unit, n, next + 1)
    } else {
        None
    }
}

/// No data of a business is older; a number that reaches further back was no count.
const EARLIEST: i16 = 1990;

fn positive(w: &Words<'_>, unit: Unit, n: i32, next: usize) -> Parsed {
    let when = w.calendar.last(unit, n);
    (n > 0 && when.range.start.year() >= EARLIEST).then_some((when, next))
}

/// "30d", "12w"; after "last" also "12m" and "2y".
fn fused(w: &Words<'_>, i: usize) -> Parsed {
    let word = w.at(i);
    let n = words::number(word.trim_end_matches(|c: char| c.is_ascii_alphabetic()))?;
    let after_last = i > 0 && words::trailing(w.at(i - 1));
    let unit = match word.trim_start_matches(|c: char| c.is_ascii_digit()) {
        "d" => Unit::Day,
        "w" => Unit::Week,
        "m" | "mo" if after_last => Unit::Month,
        "q" if after_last => Unit::Quarter,
        "y" if after_last => Unit::Year,
        _ => return None,
    };
    positive(w, unit, n, i + 1)
}

/// Said after the unit in Spanish and Portuguese.
fn trails(word: &str) -> bool {
    words::last(word)
        && !matches!(
            word,
            "last" | "past" | "previous" | "prior" | "prev" | "preceding"
        )
        && !word.starts_with("ultim")
}

/// "last week", "mês passado", "this quarter so far", "year before last", and their namesakes a
/// year ago: "this week last year".
fn one_unit(w: &Words<'_>, i: usize) -> Parsed {
    let calendar = w.calendar;
    if let Some((unit, at)) = w.unit(i)
        && w.says(at, "before last").is_some()
    {
        return Some((calendar.back(unit, 2), at + 2));
    }
    let (when, next) = if words::last(w.at(i)) {
        let (unit, mut next) = w.unit(i + 1)?;
        if trails(w.at(next)) {
            next += 1;
        }
        (calendar.back(unit, 1), next)
    } else if words::this(w.at(i)) || w.at(i) == "mismo" || w.at(i) == "same" {
        let at = if matches!(w.at(i + 1), "mismo" | "misma" | "mesmo" | "mesma") {
            i + 2
        } else {
            i + 1
        };
        let (unit, next) = w.unit(at)?;
        if let Some((years, next)) = years_back(w, next)
            && unit != Unit::Year
        {
            return Some((a_year_back(w, unit, years), next));
        }
        if w.at(i) == "same" || w.at(i) == "mismo" {
            return None;
        }
        (calendar.this(unit), next)
    } else {
        let (unit, at) = w.unit(i)?;
        if trails(w.at(at)) {
            (calendar.back(unit, 1), at + 1)
        } else if matches!(
            w.at(at),
            "actual" | "atual" | "corrente" | "corriente" | "presente"
        ) {
            (calendar.this(unit), at + 1)
        } else {
            let next = w.says_any(at, &["en curso", "em curso"])?;
            (calendar.this(unit), next)
        }
    };
    Some((when, so_far(w, next).unwrap_or(next)))
}

/// "last year", "del año pasado", "a year ago" after something: how many years back.
pub(super) fn years_back(w: &Words<'_>, i: usize) -> Option<(i32, usize)> {
    let at = w.skip(i, |word| words::of(word) || words::article(word));
    if let Some(next) = w.says_any(at, &["year before last"]) {
        return Some((2, next));
    }
    let one = &[
        "last year",
        "previous year",
        "prior year",
        "past year",
        "year before",
        "ano pasado",
        "ano anterior",
        "ano passado",
        "ano previo",
        "ultimo ano",
        "year ago",
        "a year ago",
    ];
    if let Some(next) = w.says_any(at, one) {
        return Some((1, next));
    }
    let zero = &[
        "this year",
        "current year",
        "este ano",
        "ano actual",
        "ano atual",
        "deste ano",
        "ano en curso",
    ];
    w.says_any(at, zero)
        .or_else(|| w.says_any(i, zero))
        .map(|next| (0, next))
}

/// The running unit's namesake some years ago, whole.
fn a_year_back(w: &Words<'_>, unit: Unit, years: i32) -> When {
    let calendar = w.calendar;
    if unit == Unit::Week {
        return calendar.begun(unit, calendar.same_week(calendar.today, years));
    }
    let day = calendar.shift(Unit::Year, calendar.today, -years);
    calendar.begun(unit, calendar.whole(unit, day))
}

fn so_far(w: &Words<'_>, i: usize) -> Option<usize> {
    w.says_any(
        i,
        &[
            "to date",
            "so far",
            "until now",
            "until today",
            "to now",
            "hasta la fecha",
            "hasta hoy",
            "hasta ahora",
            "ate hoje",
            "ate agora",
            "ate a data",
            "ate o momento",
            "hasta el momento",
            "a la fecha",
        ],
    )
}

/// "year to date", "YTD", "en lo que va de año", "no acumulado do ano", "so far this month".
fn to_date(w: &Words<'_>, i: usize) -> Parsed {
    let this = |unit, next| Some((w.calendar.this(unit), next));
    match w.at(i) {
        "ytd" => return this(Unit::Year, i + 1),
        "qtd" => return this(Unit::Quarter, i + 1),
        "mtd" => return this(Unit::Month, i + 1),
        "wtd" => return this(Unit::Week, i + 1),
        "fytd" => return this(Unit::FiscalYear, i + 1),
        _ => {}
    }
    let opening = w.says_any(
        i,
        &[
            "en lo que va de",
            "en lo que va del",
            "lo que va de",
            "lo que va del",
            "en lo que llevamos de",
            "lo que llevamos de",
            "no acumulado do",
            "acumulado do",
            "acumulado del",
            "acumulado de",
            "so far",
            "ate agora",
            "ate o momento",
        ],
    );
    if let Some(at) = opening {
        let at = w.skip(at, |word| {
            words::article(word) || words::this(word) || words::of(word)
        });
        let (unit, next) = w.unit(at)?;
        return this(unit, next);
    }
    let (unit, at) = w.unit(w.skip(i, words::article))?;
    this(unit, so_far(w, at)?)
}

/// "3 weeks ago", "a month ago", "hace dos semanas", "há 3 meses", "3 meses atrás".
fn ago(w: &Words<'_>, i: usize) -> Parsed {
    let (opened, at) = match w.at(i) {
        "hace" | "ha" => (true, i + 1),
        "a" | "an" => (false, i + 1),
        _ => (false, i),
    };
    let (n, at) = w.number(at).unwrap_or((1, at));
    let counted = at > i;
    let (unit, at) = w.unit(at)?;
    let closed = matches!(w.at(at), "ago" | "atras");
    if !(counted && (opened || closed)) {
        return None;
    }
    let when = w.calendar.back(unit, n);
    (when.range.start.year() >= EARLIEST).then(|| (when, at + usize::from(closed)))
}

/// "on Friday", "last Monday", "el lunes pasado", "na segunda-feira": the latest before today;
/// "Monday last week": of that week.
fn weekday(w: &Words<'_>, i: usize) -> Parsed {
    let led = matches!(w.at(i), "on" | "na" | "no" | "en" | "em")
        || words::last(w.at(i))
        || words::this(w.at(i));
    let at = w.skip(if led { i + 1 } else { i }, words::article);
    let weekday = words::weekday(w.at(at))?;
    let ordinal = words::ordinal(w.at(at)).is_some();
    let mut next = at + 1;
    let feira = w.at(next) == "feira";
    if feira {
        next += 1;
    } else if ordinal
        && !(trails(w.at(next)) || (led && w.unit(next).is_none() && next == w.words.len()))
    {
        return None;
    }
    if trails(w.at(next)) {
        next += 1;
    }
    let of = w.skip(next, |word| words::of(word) || words::article(word));
    let calendar = w.calendar;
    if let Some((week, end)) = one_unit(w, of)
        && week.unit == Unit::Week
    {
        let start = calendar.start_of(Unit::Week, week.range.start);
        let date = day(start, i32::from(weekday.since(calendar.week_start)));
        return Some((one_day(date), end));
    }
    let back = i32::from(calendar.today.weekday().since(weekday));
    let date = day(calendar.today, if back == 0 { -7 } else { -back });
    Some((one_day(date), next))
}

/// "last weekend", "this weekend"; by itself, the last one.
fn weekend(w: &Words<'_>, i: usize) -> Parsed {
    let running = words::this(w.at(i));
    let led = running || words::last(w.at(i));
    let named = w.says_any(
        i + usize::from(led),
        &["weekend", "fin de semana", "fim de semana"],
    )?;
    let before = i.checked_sub(1).map_or("", |before| w.at(before));
    if matches!(
        before,
        "by" | "per" | "each" | "every" | "por" | "cada" | "next"
    ) || words::next(w.at(named))
    {
        return None;
    }
    let trailing = trails(w.at(named));
    let calendar = w.calendar;
    let since = i32::from(calendar.today.weekday().since(Weekday::Saturday));
    let inside = since < 2;
    let saturday = day(
        calendar.today,
        if inside && (trailing || !running) {
            -since - 7
        } else {
            -since
        },
    );
    let range = TimeRange {
        start: saturday,
        end: day(saturday, 1),
    };
    Some((
        calendar.begun(Unit::Day, range),
        named + usize::from(trailing),
    ))
}

pub(super) fn one_day(date: jiff::civil::Date) -> When {
    When {
        range: TimeRange {
            start: date,
            end: date,
        },
        unit: Unit::Day,
        to_date: false,
        from_beginning: false,
    }
}
