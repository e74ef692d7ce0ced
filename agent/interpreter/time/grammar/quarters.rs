//! Quarters and halves of a calendar or fiscal year: "Q3 2024", "3T24", "segundo semestre", "fiscal
//! Q2".

use winnow::Parser;
use winnow::combinator::{alt, not, opt, peek, preceded, terminated};

use super::super::Unit;
use super::super::said::{Said, Year};
use super::super::words::Class;
use super::absolute::year_said;
use super::numbers::{fiscal_name, month, ordinal, the_unit, unit, year_number};
use super::take::{Input, Parsed, Rule, articles, dash, links, take, word};

/// The rules of this family.
pub(super) const RULES: &[Rule<Said>] = &[Rule {
    opens: |class| {
        matches!(
            class,
            Class::PartOfYear(..)
                | Class::Ordinal(_)
                | Class::Unit(_)
                | Class::Fiscal
                | Class::Year(_)
                | Class::FiscalYear(_)
                | Class::FiscalMark
                | Class::Last
        )
    },
    reads: quarter_or_half,
}];

/// A quarter or half, its number, and the year where it is written in one word.
pub(super) fn part_of_year(input: &mut Input<'_>) -> Parsed<(Unit, i32, Option<i16>)> {
    take(|class| match class {
        Class::PartOfYear(unit, nth, year) => Some((unit, nth, year)),
        _ => None,
    })
    .parse_next(input)
}

fn fits(unit: Unit, nth: i32) -> bool {
    let most = match unit {
        Unit::Quarter | Unit::FiscalQuarter => 4,
        Unit::Half => 2,
        _ => 0,
    };
    (1..=most).contains(&nth)
}

/// "Q3", "third quarter", "segundo trimestre fiscal", "quarter 3", "primer semestre".
fn numbered(input: &mut Input<'_>) -> Parsed<(Unit, i32, Option<i16>)> {
    let digit = |input: &mut Input<'_>| {
        take(|class| match class {
            Class::Digits(n) => Some(n),
            _ => None,
        })
        .parse_next(input)
    };
    // "primer [y segundo trimestre]": the unit comes with the last of them.
    let link = (alt((word(Class::And), word(Class::To))), articles);
    let listed = preceded((link, ordinal), unit);
    let said = alt((
        (ordinal, unit).map(|(n, unit)| (unit, n, None)),
        (ordinal, peek(listed)).map(|(n, unit)| (unit, n, None)),
        (unit, digit).map(|(unit, n)| (unit, n, None)),
    ))
    .verify(|(unit, n, _)| fits(*unit, *n));
    alt((part_of_year, said)).parse_next(input)
}

/// "Q3 2024", "3Q24", "2024-Q3", "fiscal Q2", "Q1 FY26", "FY26 Q1", "third quarter of last year".
fn quarter_or_half(input: &mut Input<'_>) -> Parsed<Said> {
    let led = opt(alt((
        terminated(fiscal_name, links).map(|(year, by_start)| Year::Fiscal(year, by_start)),
        terminated(year_number, opt(dash)).map(Year::Number),
        (word(Class::Last), the_unit(Unit::Year)).value(Year::Back(1)),
        word(Class::Last).value(Year::Past),
    )))
    .parse_next(input)?;
    let fiscal = opt(word(Class::Fiscal)).parse_next(input)?.is_some();
    let (unit, nth, fused) = match led {
        // "last quarter" is the one before; only its number makes it last year's.
        Some(Year::Past) => part_of_year.parse_next(input)?,
        _ => numbered.parse_next(input)?,
    };
    let said = match led.or(fused.map(Year::Number)) {
        Some(year) => Some(year),
        None => {
            opt((dash, peek(year_number))).parse_next(input)?;
            let short = opt(short_year).parse_next(input)?;
            match short {
                Some(year) => Some(Year::Number(year)),
                None => year_said(input, &(unit, nth, fused), numbered)?,
            }
        }
    };
    let fiscal = fiscal || unit == Unit::FiscalQuarter || matches!(said, Some(Year::Fiscal(..)));
    let unit = if unit == Unit::FiscalQuarter {
        Unit::Quarter
    } else {
        unit
    };
    Ok(Said::Part {
        unit,
        nth,
        fiscal,
        year: said.unwrap_or(Year::Unsaid),
    })
}

/// "'24" after a quarter's name.
fn short_year(input: &mut Input<'_>) -> Parsed<i16> {
    let year = take(|class| match class {
        Class::Digits(n @ 15..=40) => i16::try_from(2000 + n).ok(),
        _ => None,
    });
    let unit = not(alt((unit.void(), month.void())));
    terminated(year, unit).parse_next(input)
}
