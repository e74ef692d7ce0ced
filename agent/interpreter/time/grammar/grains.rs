//! How time is divided: "weekly", "por mes", "by day of week", "on Mondays"; and comparisons,
//! "same period last year".

use almanac_agent_contract::Grain;
use winnow::Parser;
use winnow::combinator::{alt, not, opt, peek, preceded, repeat, terminated};
use winnow::error::EmptyError;
use winnow::token::any;

use super::super::Unit;
use super::super::tokens::Token;
use super::super::words::{Class, Days, Part};
use super::Meaning;
use super::numbers::{last_after, number, unit, year_number, years_back};
use super::period;
use super::take::{Input, Parsed, Rule, articles, links, take, word};

/// The rules of this family.
pub(super) const RULES: &[Rule<Meaning>] = &[
    Rule {
        opens: |class| class == Class::Same,
        reads: same,
    },
    Rule {
        opens: |class| matches!(class, Class::YearAgo | Class::PeriodBefore),
        reads: comparison,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Adverb(_) | Class::PerUnit(_) | Class::OddGrain
            )
        },
        reads: adverb,
    },
    Rule {
        opens: |class| matches!(class, Class::Per | Class::Each),
        reads: per,
    },
    Rule {
        opens: |class| matches!(class, Class::PartOfDates(_)),
        reads: part,
    },
    Rule {
        opens: |class| matches!(class, Class::Unit(_)),
        reads: bare,
    },
    Rule {
        opens: |class| matches!(class, Class::Weekdays(_) | Class::Each | Class::Weekday(_)),
        reads: weekdays,
    },
    Rule {
        opens: |class| class == Class::Last || matches!(class, Class::Digits(_) | Class::Ones(_)),
        reads: hours_back,
    },
];

/// "same period last year", "la misma semana del año pasado".
fn same(input: &mut Input<'_>) -> Parsed<Meaning> {
    word(Class::Same).parse_next(input)?;
    let what = alt((unit.map(Some), word(Class::Period).value(None)));
    terminated(what, years_back.verify(|years| *years == 1))
        .map(|unit| match unit {
            Some(Unit::Week) => Meaning::SameWeekLastYear,
            _ => Meaning::SamePeriodLastYear,
        })
        .parse_next(input)
}

/// "year over year", "the previous period". "The week before Christmas" is none.
fn comparison(input: &mut Input<'_>) -> Parsed<Meaning> {
    let found = take(|class| match class {
        Class::YearAgo => Some(Meaning::SamePeriodLastYear),
        Class::PeriodBefore => Some(Meaning::PreviousPeriod),
        _ => None,
    })
    .parse_next(input)?;
    not((articles, period)).parse_next(input)?;
    Ok(found)
}

/// "weekly", "a month", "semestral".
fn adverb(input: &mut Input<'_>) -> Parsed<Meaning> {
    take(|class| match class {
        Class::Adverb(grain) | Class::PerUnit(grain) => Some(Meaning::Grain(grain)),
        Class::OddGrain => Some(Meaning::Unsupported),
        _ => None,
    })
    .parse_next(input)
}

/// A unit that rows are grouped by.
fn divided(input: &mut Input<'_>) -> Parsed<Meaning> {
    alt((
        unit.map(|unit| unit.grain().map_or(Meaning::Unsupported, Meaning::Grain)),
        word(Class::Hours).value(Meaning::Grain(Grain::Hour)),
        word(Class::Minutes).value(Meaning::Unsupported),
        word(Class::OddGrain).value(Meaning::Unsupported),
    ))
    .parse_next(input)
}

/// "by month", "per calendar month", "cada semana", "every two weeks", "by weekday".
fn per(input: &mut Input<'_>) -> Parsed<Meaning> {
    let per =
        alt((word(Class::Per).value(false), word(Class::Each).value(true))).parse_next(input)?;
    opt(alt((word(Class::Each), word(Class::Full)))).parse_next(input)?;
    articles.parse_next(input)?;
    let weekday = take(|class| match class {
        Class::PerPart(part) if !per => Some(Meaning::Part(part)),
        _ => None,
    });
    let many = (number.verify(|n| *n > 1), divided).value(Meaning::Unsupported);
    alt((part, weekday, many, divided)).parse_next(input)
}

/// "day of the week", but not in "día de la semana pasada".
fn part(input: &mut Input<'_>) -> Parsed<Meaning> {
    let part = take(|class| match class {
        Class::PartOfDates(part) => Some(part),
        _ => None,
    })
    .parse_next(input)?;
    let told = alt((
        last_after,
        word(Class::ThisAfter),
        word(Class::NextAfter),
        word(Class::BeforeLast),
        year_number.void(),
        number.void(),
    ));
    if part != Part::HourOfDay {
        not(told).parse_next(input)?;
    } else {
        not(alt((last_after, number.void()))).parse_next(input)?;
    }
    Ok(Meaning::Part(part))
}

/// "week by week", "mes a mes", "día a día"; else a unit by itself.
fn bare(input: &mut Input<'_>) -> Parsed<Meaning> {
    let grain = |input: &mut Input<'_>| unit.verify_map(Unit::grain).parse_next(input);
    let again = (grain, preceded(word(Class::Again), grain)).verify(|(a, b)| a == b);
    // "days to ship", "year one": no grain of a series.
    let counts = |token: &Token<'_>| {
        token.may(|class| {
            matches!(
                class,
                Class::To | Class::Since | Class::Until | Class::After | Class::Before
            )
        }) || (token.may(|class| matches!(class, Class::Digits(_) | Class::Ones(_)))
            && !token.may(|class| matches!(class, Class::Year(_) | Class::To | Class::Of)))
    };
    alt((
        again.map(|(grain, _)| Meaning::Grain(grain)),
        terminated(grain, not(any.verify(counts))).map(Meaning::Unit),
    ))
    .parse_next(input)
}

/// "Mondays", "los lunes y viernes", "every Sunday", "aos sábados e domingos".
fn weekdays(input: &mut Input<'_>) -> Parsed<Meaning> {
    // "Mondays, Tuesdays and Fridays".
    let plural = || {
        take(|class| match class {
            Class::Weekdays(days) => Some(days),
            _ => None,
        })
    };
    let single = || {
        take(|class| match class {
            Class::Weekday(day) => Some(Days::one(day)),
            _ => None,
        })
    };
    let weekend = || word(Class::Weekend).value(Days::WEEKEND);
    let each = || {
        preceded(
            (word(Class::Each), articles),
            alt((plural(), single(), weekend())),
        )
    };
    let mut days = alt((each(), plural())).parse_next(input)?;
    let more: Days = repeat(
        0..,
        alt((
            preceded(
                (word(Class::And), articles),
                alt((each(), plural(), single())),
            ),
            plural(),
        )),
    )
    .fold(|| days, Days::with)
    .parse_next(input)?;
    days = more;
    Ok(Meaning::Weekdays(days))
}

/// "last 24 hours": days have no hours of their own to count back.
fn hours_back(input: &mut Input<'_>) -> Parsed<Meaning> {
    let short = || alt((word(Class::Hours), word(Class::Minutes)));
    let last = || word(Class::Last);
    alt((
        (last(), opt(number), short()).void(),
        (
            last(),
            take(|class| matches!(class, Class::Clock(_)).then_some(())),
        )
            .void(),
        (number, last(), short()).void(),
        (
            number,
            short(),
            peek(alt((last_after, word(Class::Ago)))),
            opt(links),
        )
            .void(),
    ))
    .value(Meaning::TooFine)
    .parse_next(input)
    .map_err(|_| EmptyError)
}
