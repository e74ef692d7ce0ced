//! Periods counted from today: "last week", "hace 3 meses", "últimos 90 dias", "year to date",
//! "on Friday".

use jiff::civil::Weekday;
use winnow::Parser;
use winnow::combinator::{alt, not, opt, peek, preceded, terminated};
use winnow::error::EmptyError;

use super::super::Unit;
use super::super::said::Said;
use super::super::words::{Class, Days};
use super::numbers::{full, last_after, many, number, one, ordinal, unit, year_number, years_back};
use super::take::{Input, Parsed, Rule, articles, dash, links, of, take, word};
use super::{absolute, period};

/// The rules of this family.
pub(super) const RULES: &[Rule<Said>] = &[
    Rule {
        opens: |class| matches!(class, Class::DayBack(_)),
        reads: named_day,
    },
    Rule {
        opens: |class| matches!(class, Class::Last | Class::Rolling) || is_number(class),
        reads: last_units,
    },
    Rule {
        opens: |class| matches!(class, Class::Trailing(..)),
        reads: fused_units,
    },
    Rule {
        opens: |class| matches!(class, Class::Last | Class::This | Class::Same) || is_unit(class),
        reads: one_unit,
    },
    Rule {
        opens: |class| matches!(class, Class::Of | Class::In),
        reads: of_the_unit,
    },
    Rule {
        opens: |class| matches!(class, Class::ToDate(_) | Class::OpensToDate | Class::Last),
        reads: to_date,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::AgoBefore | Class::One | Class::HalfYear | Class::DayBack(0)
            ) || is_number(class)
        },
        reads: ago,
    },
    Rule {
        opens: |class| matches!(class, Class::Last | Class::This | Class::Weekday(_)),
        reads: weekday,
    },
    Rule {
        opens: |class| matches!(class, Class::Last | Class::Ordinal(_)),
        reads: nth_weekday,
    },
    Rule {
        opens: |class| class == Class::AgoBefore || is_number(class),
        reads: weekdays_ago,
    },
    Rule {
        opens: |class| matches!(class, Class::Last | Class::This) || is_unit(class),
        reads: weeks_day,
    },
    Rule {
        opens: |class| matches!(class, Class::Last | Class::This | Class::Weekend),
        reads: weekend,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Tomorrow | Class::Next | Class::Rest | Class::Weekday(_)
            ) || is_unit(class)
        },
        reads: future,
    },
];

const fn is_number(class: Class) -> bool {
    matches!(
        class,
        Class::Digits(_)
            | Class::Ones(_)
            | Class::Tens(_)
            | Class::Hundreds(_)
            | Class::Hundred
            | Class::One
    )
}

const fn is_unit(class: Class) -> bool {
    matches!(class, Class::Unit(_) | Class::Fiscal)
}

fn named_day(input: &mut Input<'_>) -> Parsed<Said> {
    take(|class| match class {
        Class::DayBack(n) => Some(Said::DaysBack(n)),
        _ => None,
    })
    .parse_next(input)
}

/// "last 3 months", "3 últimos meses", "los 3 meses anteriores", "12 meses móviles", "last 12m".
fn last_units(input: &mut Input<'_>) -> Parsed<Said> {
    let leads = || alt((word(Class::Last), word(Class::Rolling)));
    let trails = || alt((last_after, word(Class::Rolling)));
    let half_year = word(Class::HalfYear).value((Unit::Month, 6));
    let fused = take(|class| match class {
        Class::Trailing(unit, n) | Class::Fused(unit, n) => Some((unit, n)),
        _ => None,
    });
    let dash = || opt(dash);
    let counted = || (terminated(number, (dash(), full)), unit).map(|(n, unit)| (unit, n));
    let led = preceded(
        (leads(), opt(word(Class::One)), articles, dash()),
        alt((
            fused,
            half_year,
            terminated(counted(), (full, opt(trails()))),
        )),
    );
    // "were there 50 last week" counts no weeks.
    let counted_first =
        (number, leads(), full, peek(many), unit).map(|(n, (), _, (), unit)| (unit, n));
    let trailed = terminated((number, full, peek(many), unit), (full, trails()))
        .map(|(n, _, (), unit)| (unit, n));
    let spans = alt((led, counted_first, trailed))
        .verify(|(_, n)| *n > 0)
        .map(|(unit, n)| Said::Trailing(unit, n));
    let workday = (word(Class::Last), word(Class::Workday), not(of)).value(Said::Workdays(1));
    alt((business_days, workday, spans)).parse_next(input)
}

/// "last 5 [business days]": the days of the week are a phrase of their own.
fn business_days(input: &mut Input<'_>) -> Parsed<Said> {
    let workdays = take(|class| (class == Class::Weekdays(Days::WORKDAYS)).then_some(()));
    let n = alt((
        preceded(word(Class::Last), number),
        terminated(number, word(Class::Last)),
    ))
    .parse_next(input)?;
    peek(workdays).parse_next(input)?;
    if n < 1 {
        return Err(EmptyError);
    }
    Ok(Said::Workdays(n))
}

fn fused_units(input: &mut Input<'_>) -> Parsed<Said> {
    take(|class| match class {
        Class::Trailing(unit, n) => Some(Said::Trailing(unit, n)),
        _ => None,
    })
    .parse_next(input)
}

/// "last week", "mês passado", "this quarter so far", "year before last", "this week last year".
fn one_unit(input: &mut Input<'_>) -> Parsed<Said> {
    let back = |n| move |unit| Said::Back(unit, n);
    let this = || word(Class::This);
    let same = || alt((this(), word(Class::Same)));
    let so_far = || opt(word(Class::SoFar));
    alt((
        terminated(one, word(Class::BeforeLast)).map(back(2)),
        terminated(
            preceded((word(Class::Last), full), one),
            (full, opt(last_after)),
        )
        .map(back(1)),
        (same(), unit, years_back)
            .verify(|((), unit, _)| *unit != Unit::Year)
            .map(|((), unit, years)| Said::Namesake(unit, years)),
        terminated(preceded(this(), one), so_far()).map(Said::Running),
        terminated(one, last_after).map(back(1)),
        terminated(one, (word(Class::ThisAfter), so_far())).map(Said::Running),
        terminated(one, word(Class::SoFar)).map(Said::Running),
    ))
    .parse_next(input)
}

/// "do ano", "del mes", "for the week": the running one, named by nothing else.
fn of_the_unit(input: &mut Input<'_>) -> Parsed<Said> {
    let contracted = input
        .first()
        .is_some_and(|token| matches!(token.word, "del" | "do" | "da" | "no" | "na"));
    alt((word(Class::Of), word(Class::In))).parse_next(input)?;
    let articles = articles.parse_next(input)?;
    if !contracted && articles == 0 {
        return Err(EmptyError);
    }
    not(many).parse_next(input)?;
    let unit = unit
        .verify(|unit| *unit != Unit::Day && *unit != Unit::Half)
        .parse_next(input)?;
    let told = input.first().is_some_and(|token| {
        token.may(|class| {
            matches!(
                class,
                Class::Of
                    | Class::In
                    | Class::From
                    | Class::Digits(_)
                    | Class::Ones(_)
                    | Class::Ordinal(_)
                    | Class::Month(_)
                    | Class::Last
                    | Class::LastAfter
                    | Class::ThisAfter
                    | Class::NextAfter
                    | Class::BeforeLast
                    | Class::Before
                    | Class::After
                    | Class::Since
                    | Class::SoFar
                    | Class::To
            )
        })
    });
    if told {
        return Err(EmptyError);
    }
    Ok(Said::Running(unit))
}

/// "YTD", "YTD last year", "en lo que va de año", "so far this month", "no acumulado do ano".
fn to_date(input: &mut Input<'_>) -> Parsed<Said> {
    let short = take(|class| match class {
        Class::ToDate(unit) => Some(unit),
        _ => None,
    });
    let opened = || (word(Class::OpensToDate), links, opt(word(Class::This)));
    alt((
        (opt(word(Class::Last)), short, opt(years_back)).map(|(last, unit, years)| {
            match years.unwrap_or(i32::from(last.is_some())) {
                0 => Said::Running(unit),
                years => Said::Elapsed(unit, years),
            }
        }),
        preceded(opened(), unit).map(Said::Running),
        preceded(opened(), year_number).map(|year| Said::Since(Box::new(Said::CalendarYear(year)))),
    ))
    .parse_next(input)
}

/// "3 weeks ago", "a month ago", "hace dos semanas", "há 3 meses", "a year ago today".
fn ago(input: &mut Input<'_>) -> Parsed<Said> {
    let today = || word(Class::DayBack(0));
    let span = || {
        alt((
            word(Class::HalfYear).value((6, Unit::Month)),
            (alt((number, word(Class::One).value(1))), unit),
        ))
    };
    let counted = || {
        alt((
            terminated(
                preceded(word(Class::AgoBefore), span()),
                opt(word(Class::Ago)),
            ),
            terminated(span(), word(Class::Ago)),
        ))
    };
    let that_day = |(n, unit)| Said::DateBack(unit, n);
    alt((
        preceded(today(), counted()).map(that_day),
        terminated(counted(), today()).map(that_day),
        counted().map(|(n, unit)| Said::Back(unit, n)),
    ))
    .parse_next(input)
}

fn day_name(input: &mut Input<'_>) -> Parsed<Weekday> {
    take(|class| match class {
        Class::Weekday(day) => Some(day),
        _ => None,
    })
    .parse_next(input)
}

/// The week that a weekday is of, so many before the running one.
fn week_back(input: &mut Input<'_>) -> Parsed<i32> {
    one_unit
        .verify_map(|said| match said {
            Said::Running(Unit::Week) => Some(0),
            Said::Back(Unit::Week, n) => Some(n),
            _ => None,
        })
        .parse_next(input)
}

/// "Friday", "last Monday", "el lunes pasado": the latest before today; "this Monday" and
/// "Monday last week": of that week.
fn weekday(input: &mut Input<'_>) -> Parsed<Said> {
    let of_week = (day_name, opt(last_after), links, week_back)
        .map(|(day, _, _, weeks)| Said::WeekdayOf(day, weeks));
    let this = preceded(word(Class::This), day_name).map(|day| Said::WeekdayOf(day, 0));
    let latest = (opt(word(Class::Last)), day_name, opt(last_after))
        .map(|(_, day, _)| Said::Weekday(day, 1));
    alt((of_week, this, latest)).parse_next(input)
}

/// "last week on Friday", "last week Monday".
fn weeks_day(input: &mut Input<'_>) -> Parsed<Said> {
    (week_back, links, day_name)
        .map(|(weeks, _, day)| Said::WeekdayOf(day, weeks))
        .parse_next(input)
}

/// "first Monday of May", "el último viernes de octubre".
fn nth_weekday(input: &mut Input<'_>) -> Parsed<Said> {
    let nth = alt((ordinal, word(Class::Last).value(-1)));
    (nth, day_name, of, period)
        .map(|(nth, weekday, (), of)| Said::NthWeekday {
            nth,
            weekday,
            of: Box::new(of),
        })
        .parse_next(input)
}

/// "two Fridays ago", "hace dos viernes".
fn weekdays_ago(input: &mut Input<'_>) -> Parsed<Said> {
    let day = || {
        take(|class| match class {
            Class::Weekday(day) => Some(day),
            Class::Weekdays(days) => days.only(),
            _ => None,
        })
    };
    alt((
        (preceded(word(Class::AgoBefore), number), day()),
        terminated((number, day()), word(Class::Ago)),
    ))
    .verify(|(n, _)| (1..=520).contains(n))
    .map(|(n, day)| Said::Weekday(day, n))
    .parse_next(input)
}

/// "last weekend", "this weekend", "the weekend of November 7"; by itself, the last one.
fn weekend(input: &mut Input<'_>) -> Parsed<Said> {
    let weekend = || word(Class::Weekend);
    let day = period.verify(|said| matches!(said, Said::Date { .. } | Said::Digits(..)));
    alt((
        preceded((weekend(), of), day).map(|day| Said::WeekendOf(Box::new(day))),
        (weekend(), word(Class::BeforeLast)).value(Said::Weekend(2, true)),
        (word(Class::This), weekend()).value(Said::Weekend(1, false)),
        (opt(word(Class::Last)), weekend(), opt(last_after)).value(Said::Weekend(1, true)),
    ))
    .parse_next(input)
}

/// "tomorrow", "next 3 months", "el mes que viene".
fn future(input: &mut Input<'_>) -> Parsed<Said> {
    let named = || {
        alt((
            unit.void(),
            day_name.void(),
            absolute::name.void(),
            word(Class::Weekend),
        ))
    };
    alt((
        word(Class::Tomorrow),
        (word(Class::Next), opt(number), named()).void(),
        (alt((unit.void(), day_name.void())), word(Class::NextAfter)).void(),
        (word(Class::Rest), of, alt((unit.void(), period.void()))).void(),
    ))
    .value(Said::Future)
    .parse_next(input)
}
