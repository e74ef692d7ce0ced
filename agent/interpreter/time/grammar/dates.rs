//! Single days: "2026-11-09", "9/11/2026", "9 de noviembre", "Friday, November 13th", and a month
//! in digits, "2026-11".

use jiff::civil::Weekday;
use winnow::Parser;
use winnow::combinator::{alt, not, opt, preceded, terminated};
use winnow::token::any;

use super::super::Unit;

use super::super::said::{Said, Year};
use super::super::tokens::Token;
use super::super::words::Class;
use super::numbers::{day_of_month, month, number, unit, year_after};
use super::take::{Input, Parsed, Rule, articles, take, word};

/// The rules of this family.
pub(super) const RULES: &[Rule<Said>] = &[
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::IsoDate(..)
                    | Class::DigitDate(..)
                    | Class::DigitMonth(..)
                    | Class::Unit(Unit::Day)
            )
        },
        reads: in_digits,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Digits(_)
                    | Class::Ordinal(_)
                    | Class::Ones(_)
                    | Class::Tens(_)
                    | Class::Month(_)
                    | Class::Weekday(_)
                    | Class::Unit(Unit::Day)
            )
        },
        reads: named,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Weekday(_) | Class::In | Class::Unit(Unit::Day)
            )
        },
        reads: monthless,
    },
];

fn in_digits(input: &mut Input<'_>) -> Parsed<Said> {
    opt(word(Class::Unit(Unit::Day))).parse_next(input)?;
    take(|class| match class {
        Class::IsoDate(year, month, day) => Some(Said::Date {
            month,
            day,
            year: Year::Number(year),
            weekday: None,
        }),
        Class::DigitDate(a, b, year) => {
            let day = |n| (1..=31).contains(&n);
            (day(a) && day(b)).then_some(Said::Digits(
                a,
                b,
                year.map_or(Year::Unsaid, Year::Number),
            ))
        }
        Class::DigitMonth(year, month) => Some(Said::Month(month, Year::Number(year))),
        _ => None,
    })
    .parse_next(input)
}

/// "9 de noviembre", "el día 9 de noviembre de 2025", "Nov 9th", "Friday, November 13".
pub(super) fn named(input: &mut Input<'_>) -> Parsed<Said> {
    let weekday = opt(take(|class| match class {
        Class::Weekday(day) => Some(day),
        _ => None,
    }))
    .parse_next(input)?;
    articles.parse_next(input)?;
    opt(word(Class::Unit(Unit::Day))).parse_next(input)?;
    // "octubre del 25" is of a year.
    let del = any.verify(|token: &Token<'_>| token.word == "del");
    let (day, month) = alt((
        day_month,
        (month, not(del), day_of_month).map(|(month, (), day)| (day, month)),
    ))
    .parse_next(input)?;
    let year = opt(year_after).parse_next(input)?.unwrap_or(Year::Unsaid);
    Ok(date(month, day, year, weekday))
}

pub(super) const fn date(month: i8, day: i8, year: Year, weekday: Option<Weekday>) -> Said {
    Said::Date {
        month,
        day,
        year,
        weekday,
    }
}

/// "martes 17", "el día 15", "on the 15th": a day of the latest month that has begun it.
fn monthless(input: &mut Input<'_>) -> Parsed<Said> {
    let digits = || {
        take(|class| match class {
            Class::Digits(n) => i8::try_from(n).ok().filter(|n| (1..=31).contains(n)),
            _ => None,
        })
    };
    let ordinal = take(|class| match class {
        Class::Ordinal(n) => i8::try_from(n).ok().filter(|n| (1..=31).contains(n)),
        _ => None,
    });
    let weekday = take(|class| match class {
        Class::Weekday(day) => Some(day),
        _ => None,
    });
    let on = any.verify(|token: &Token<'_>| token.word == "on");
    let said = alt((
        (weekday, digits()).map(|(weekday, day)| (day, Some(weekday))),
        (word(Class::Unit(Unit::Day)), digits()).map(|((), day)| (day, None)),
        (on, articles.verify(|n| *n > 0), ordinal).map(|(_, _, day)| (day, None)),
    ));
    let unit = alt((unit.void(), word(Class::Hours), word(Class::HourMark)));
    let (day, weekday) = terminated(said, not(unit)).parse_next(input)?;
    // "the second store", "day 7 retention" are no dates.
    not(any.verify(|token: &Token<'_>| token.lexemes.is_empty())).parse_next(input)?;
    not((word(Class::Of), word(Class::Each))).parse_next(input)?;
    Ok(Said::DayOfMonth(day, weekday))
}

/// "9 nov", "9th of November", "primero de mayo", "cinco de octubre".
pub(super) fn day_month(input: &mut Input<'_>) -> Parsed<(i8, i8)> {
    let spelled = (
        number.verify_map(|n| i8::try_from(n).ok().filter(|n| (1..=31).contains(n))),
        preceded((word(Class::Of), articles), month),
    );
    alt((
        (
            day_of_month,
            preceded((opt(word(Class::Of)), articles), month),
        ),
        spelled,
    ))
    .parse_next(input)
}
