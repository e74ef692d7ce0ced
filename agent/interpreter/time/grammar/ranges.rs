//! Periods with two ends: since, until, before, after, between, from .. to, and days joined by a
//! dash.

use winnow::Parser;
use winnow::combinator::{alt, opt, preceded, terminated};

use super::super::said::{Said, Year};
use super::super::words::Class;
use super::numbers::{day_of_month, month, number, unit, year_after};
use super::take::{Input, Parsed, Rule, articles, word};
use super::{dates, period};

/// The rules of this family.
pub(super) const RULES: &[Rule<Said>] = &[
    Rule {
        opens: |class| matches!(class, Class::Since | Class::From),
        reads: since,
    },
    Rule {
        opens: |class| class == Class::After,
        reads: after,
    },
    Rule {
        opens: |class| class == Class::Until,
        reads: until,
    },
    Rule {
        opens: |class| class == Class::Before,
        reads: before,
    },
    Rule {
        opens: |class| class == Class::Between,
        reads: between,
    },
    Rule {
        opens: |class| matches!(class, Class::From | Class::Since),
        reads: from_to,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Month(_)
                    | Class::PartOfYear(..)
                    | Class::Ordinal(_)
                    | Class::Year(_)
                    | Class::FiscalYear(_)
            )
        },
        reads: so_far,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Digits(_) | Class::Ones(_) | Class::Tens(_) | Class::Unit(_)
            )
        },
        reads: ending,
    },
];

/// "March to June", "2026-11-01 - 2026-11-15", "1 to 15 November": with no word in front. Not
/// after "compare", where "to" sets two periods side by side.
pub(super) const JOINED: &[Rule<Said>] = &[Rule {
    opens: |_| true,
    reads: joined,
}];

fn end(input: &mut Input<'_>) -> Parsed<Box<Said>> {
    articles.parse_next(input)?;
    period.map(Box::new).parse_next(input)
}

fn since(input: &mut Input<'_>) -> Parsed<Said> {
    let onwards = || word(Class::Onwards);
    let so_far = || alt((onwards(), word(Class::SoFar)));
    alt((
        terminated(preceded(word(Class::Since), end), opt(so_far())),
        terminated(preceded(word(Class::From), end), so_far()),
    ))
    .map(Said::Since)
    .parse_next(input)
}

/// "12 months ending October", "the week ended November 15".
fn ending(input: &mut Input<'_>) -> Parsed<Said> {
    let n = opt(number).parse_next(input)?.unwrap_or(1);
    let (unit, (), of) = (unit, word(Class::Ending), end).parse_next(input)?;
    Ok(Said::Ending(unit, n.max(1), of))
}

/// "Q4 to date", "2026 so far", "noviembre hasta hoy".
fn so_far(input: &mut Input<'_>) -> Parsed<Said> {
    terminated(period, word(Class::SoFar))
        .map(|said| Said::Since(Box::new(said)))
        .parse_next(input)
}

fn after(input: &mut Input<'_>) -> Parsed<Said> {
    preceded(word(Class::After), end)
        .map(Said::After)
        .parse_next(input)
}

fn until(input: &mut Input<'_>) -> Parsed<Said> {
    preceded(word(Class::Until), end)
        .map(Said::Until)
        .parse_next(input)
}

fn before(input: &mut Input<'_>) -> Parsed<Said> {
    preceded(word(Class::Before), end)
        .map(Said::Before)
        .parse_next(input)
}

fn to(input: &mut Input<'_>) -> Parsed<()> {
    (word(Class::To), articles).void().parse_next(input)
}

fn and(input: &mut Input<'_>) -> Parsed<()> {
    (alt((word(Class::And), word(Class::To))), articles)
        .void()
        .parse_next(input)
}

/// "between March and June", "entre enero y marzo".
fn between(input: &mut Input<'_>) -> Parsed<Said> {
    word(Class::Between).parse_next(input)?;
    ends(input, and)
}

/// "from 1 May to 15 June", "del 1 al 15 de noviembre", "desde junio hasta agosto".
fn from_to(input: &mut Input<'_>) -> Parsed<Said> {
    alt((word(Class::From), word(Class::Since))).parse_next(input)?;
    ends(input, to)
}

fn joined(input: &mut Input<'_>) -> Parsed<Said> {
    ends(input, to)
}

fn ends<'t>(input: &mut Input<'t>, link: fn(&mut Input<'t>) -> Parsed<()>) -> Parsed<Said> {
    articles.parse_next(input)?;
    let both = |(first, second): (Said, Said)| Said::Between(Box::new(first), Box::new(second));
    alt((
        |input: &mut Input<'t>| days_of_month(input, link),
        |input: &mut Input<'t>| month_and_days(input, link),
        (terminated(period, link), period).map(both),
    ))
    .parse_next(input)
}

/// "1 to 15 November": the first end takes its month and year from the second.
fn days_of_month<'t>(
    input: &mut Input<'t>,
    link: fn(&mut Input<'t>) -> Parsed<()>,
) -> Parsed<Said> {
    let (first, (), (last, month), year) =
        (day_of_month, link, dates::day_month, opt(year_after)).parse_next(input)?;
    Ok(days(month, first, last, year))
}

/// "Nov 1 to 15", "November 1-15 2025": the second end takes its month from the first.
fn month_and_days<'t>(
    input: &mut Input<'t>,
    link: fn(&mut Input<'t>) -> Parsed<()>,
) -> Parsed<Said> {
    let no_month = winnow::combinator::not((opt(word(Class::Of)), month));
    let no_unit = winnow::combinator::not(super::numbers::unit);
    let (month, first, (), last, (), (), year) = (
        month,
        day_of_month,
        link,
        day_of_month,
        no_month,
        no_unit,
        opt(year_after),
    )
        .parse_next(input)?;
    Ok(days(month, first, last, year))
}

fn days(month: i8, first: i8, last: i8, year: Option<Year>) -> Said {
    let year = year.unwrap_or(Year::Unsaid);
    Said::Between(
        Box::new(dates::date(month, first, year, None)),
        Box::new(dates::date(month, last, year, None)),
    )
}
