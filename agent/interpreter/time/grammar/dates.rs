//! Single days: "2026-11-09", "9/11/2026", "9 de noviembre", "Friday, November 13th", and a month
//! in digits, "2026-11".

use jiff::civil::Weekday;
use winnow::Parser;
use winnow::combinator::{alt, opt, preceded};

use super::super::said::{Said, Year};
use super::super::words::Class;
use super::numbers::{day_of_month, month, number, year_after};
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
                    | Class::Unit(super::super::Unit::Day)
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
                    | Class::Unit(super::super::Unit::Day)
            )
        },
        reads: named,
    },
];

fn in_digits(input: &mut Input<'_>) -> Parsed<Said> {
    opt(word(Class::Unit(super::super::Unit::Day))).parse_next(input)?;
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
    opt(word(Class::Unit(super::super::Unit::Day))).parse_next(input)?;
    let (day, month) = alt((
        day_month,
        (month, day_of_month).map(|(month, day)| (day, month)),
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
