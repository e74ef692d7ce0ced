//! Numbers in digits and words, ordinals, years, and units of time.

use winnow::Parser;
use winnow::combinator::{alt, not, opt, preceded, terminated};
use winnow::token::any;

use super::super::Unit;
use super::super::said::Year;
use super::super::tokens::Token;
use super::super::words::Class;
use super::take::{Input, Parsed, articles, links, skip, take, word};

/// Any number up to 9999; words up to 999: "45", "forty-five", "ciento veinte", "vinte e um".
pub(super) fn number(input: &mut Input<'_>) -> Parsed<i32> {
    alt((
        take(|class| match class {
            Class::Digits(n) => Some(n),
            _ => None,
        }),
        hundreds,
        below_hundred,
    ))
    .parse_next(input)
}

fn hundreds(input: &mut Input<'_>) -> Parsed<i32> {
    let hundred = word(Class::Hundred);
    let hundreds = alt((
        take(|class| match class {
            Class::Hundreds(n) => Some(n),
            _ => None,
        }),
        (opt(alt((ones, word(Class::One).value(1)))), hundred).map(|(n, ())| n.unwrap_or(1) * 100),
    ))
    .parse_next(input)?;
    let rest = opt(preceded(opt(word(Class::And)), below_hundred)).parse_next(input)?;
    Ok(hundreds + rest.unwrap_or(0))
}

fn below_hundred(input: &mut Input<'_>) -> Parsed<i32> {
    let tens = take(|class| match class {
        Class::Tens(n) => Some(n),
        _ => None,
    });
    let one_to_nine = |input: &mut Input<'_>| ones.verify(|n| *n < 10).parse_next(input);
    alt((
        (tens, opt(preceded(opt(word(Class::And)), one_to_nine)))
            .map(|(tens, ones)| tens + ones.unwrap_or(0)),
        ones,
    ))
    .parse_next(input)
}

fn ones(input: &mut Input<'_>) -> Parsed<i32> {
    take(|class| match class {
        Class::Ones(n) => Some(n),
        _ => None,
    })
    .parse_next(input)
}

/// "third", "3rd", "tercera", "twenty-first".
pub(super) fn ordinal(input: &mut Input<'_>) -> Parsed<i32> {
    let simple = || {
        take(|class| match class {
            Class::Ordinal(n) => Some(n),
            _ => None,
        })
    };
    let tens = take(|class| match class {
        Class::Tens(n) => Some(n),
        _ => None,
    });
    alt((
        simple(),
        (tens, simple().verify(|n| *n < 10)).map(|(tens, n)| tens + n),
    ))
    .parse_next(input)
}

/// The next word is a plural.
pub(super) fn many(input: &mut Input<'_>) -> Parsed<()> {
    any.verify(|token: &Token<'_>| token.word.ends_with('s') && token.word != "mes")
        .void()
        .parse_next(input)
}

/// One unit: "last weeks" without a number says no period.
pub(super) fn one(input: &mut Input<'_>) -> Parsed<Unit> {
    not(many).parse_next(input)?;
    unit.parse_next(input)
}

/// A unit that periods are made of, "fiscal" on either side of it included.
pub(super) fn unit(input: &mut Input<'_>) -> Parsed<Unit> {
    let fiscal = opt(word(Class::Fiscal)).parse_next(input)?.is_some();
    let unit = take(|class| match class {
        Class::Unit(unit) => Some(unit),
        _ => None,
    })
    .parse_next(input)?;
    let fiscal = fiscal || opt(word(Class::Fiscal)).parse_next(input)?.is_some();
    Ok(match unit {
        Unit::Year if fiscal => Unit::FiscalYear,
        Unit::Quarter if fiscal => Unit::FiscalQuarter,
        unit => unit,
    })
}

/// That unit.
pub(super) fn the_unit(wanted: Unit) -> impl FnMut(&mut Input<'_>) -> Parsed<()> {
    move |input| unit.verify(|unit| *unit == wanted).void().parse_next(input)
}

/// A year in four digits.
pub(super) fn year_number(input: &mut Input<'_>) -> Parsed<i16> {
    take(|class| match class {
        Class::Year(year) => Some(year),
        _ => None,
    })
    .parse_next(input)
}

/// A month's name.
pub(super) fn month(input: &mut Input<'_>) -> Parsed<i8> {
    take(|class| match class {
        Class::Month(month) => Some(month),
        _ => None,
    })
    .parse_next(input)
}

/// "last", and what stands after its noun for it: "pasado".
pub(super) fn last_after(input: &mut Input<'_>) -> Parsed<()> {
    word(Class::LastAfter).parse_next(input)
}

/// A fiscal year's name, and whether it is named by the year it starts in.
pub(super) fn fiscal_name(input: &mut Input<'_>) -> Parsed<(i16, bool)> {
    let by_end = |year| (year, false);
    let two_digits = take(|class| match class {
        Class::Digits(n) => i16::try_from(n).ok().filter(|n| *n < 100).map(|n| 2000 + n),
        _ => None,
    });
    let exercise = take(|class| match class {
        Class::Exercise(by_start) => Some(by_start),
        _ => None,
    });
    alt((
        take(|class| match class {
            Class::FiscalYear(year) => Some(year),
            _ => None,
        })
        .map(by_end),
        preceded(word(Class::FiscalMark), alt((year_number, two_digits))).map(by_end),
        (terminated(exercise, links), year_number).map(|(by_start, year)| (year, by_start)),
        preceded((the_unit(Unit::FiscalYear), links), year_number).map(by_end),
        preceded((word(Class::Fiscal), links), year_number).map(by_end),
    ))
    .parse_next(input)
}

/// How many years back: "last year", "del año pasado", "of this year", "a year ago".
pub(super) fn years_back(input: &mut Input<'_>) -> Parsed<i32> {
    links.parse_next(input)?;
    let year = || the_unit(Unit::Year);
    let this = || word(Class::This);
    alt((
        (year(), word(Class::BeforeLast)).value(2),
        (word(Class::Last), year(), opt(last_after)).value(1),
        (year(), last_after).value(1),
        (year(), word(Class::Before)).value(1),
        (
            opt(alt((word(Class::One), ones.void()))),
            year(),
            word(Class::Ago),
        )
            .value(1),
        (this(), year()).value(0),
        (year(), word(Class::ThisAfter)).value(0),
    ))
    .parse_next(input)
}

/// The year that something is of: "2024", "of 2024", "last year", "FY25".
pub(super) fn year_after(input: &mut Input<'_>) -> Parsed<Year> {
    let numbered = |input: &mut Input<'_>| {
        links.parse_next(input)?;
        opt(the_unit(Unit::Year)).parse_next(input)?;
        links.parse_next(input)?;
        year_number.parse_next(input)
    };
    let fiscal = |input: &mut Input<'_>| {
        links.parse_next(input)?;
        fiscal_name.parse_next(input)
    };
    alt((
        years_back.map(Year::Back),
        fiscal.map(|(year, by_start)| Year::Fiscal(year, by_start)),
        numbered.map(Year::Number),
    ))
    .parse_next(input)
}

/// A day of a month in front of its month: "9", "9th", "primero", "cinco" before "de".
pub(super) fn day_of_month(input: &mut Input<'_>) -> Parsed<i8> {
    articles.parse_next(input)?;
    let digits = take(|class| match class {
        Class::Digits(n) => Some(n),
        _ => None,
    });
    alt((digits, ordinal))
        .verify_map(|n| i8::try_from(n).ok().filter(|n| (1..=31).contains(n)))
        .parse_next(input)
}

/// "full", "completos", before or after what they say it of.
pub(super) fn full(input: &mut Input<'_>) -> Parsed<usize> {
    skip(|class| class == Class::Full).parse_next(input)
}
