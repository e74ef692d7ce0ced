//! Periods with names of their own: months, years, fiscal years, ISO weeks, holidays, and parts of
//! longer ones ("first week of May", "end of last month").

use winnow::Parser;
use winnow::combinator::{alt, opt, peek, preceded, repeat, terminated};
use winnow::error::EmptyError;
use winnow::token::any;

use super::super::Unit;
use super::super::holidays::Holiday;
use super::super::said::{Said, Year};
use super::super::tokens::Token;
use super::super::words::Class;
use super::numbers::{
    fiscal_name, full, last_after, month, number, ordinal, the_unit, unit, year_after, year_number,
};
use super::period;
use super::quarters::part_of_year;
use super::take::{Input, Parsed, Rule, articles, links, of, skip, take, word};

/// The rules of this family.
pub(super) const RULES: &[Rule<Said>] = &[
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Month(_)
                    | Class::Last
                    | Class::This
                    | Class::AgoBefore
                    | Class::Ones(_)
                    | Class::Digits(_)
                    | Class::Unit(Unit::Month)
            )
        },
        reads: month_name,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Year(1990..) | Class::Unit(Unit::Year) | Class::Calendar | Class::Full
            )
        },
        reads: year,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::FiscalYear(_)
                    | Class::FiscalMark
                    | Class::Exercise(_)
                    | Class::Fiscal
                    | Class::Unit(Unit::FiscalYear)
            )
        },
        reads: fiscal_year,
    },
    Rule {
        opens: |class| matches!(class, Class::WeekNumber(..) | Class::Unit(Unit::Week)),
        reads: week,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Last | Class::Ordinal(_) | Class::Ones(_) | Class::Digits(_)
            )
        },
        reads: piece,
    },
    Rule {
        opens: |class| matches!(class, Class::Edge(_)),
        reads: edge,
    },
    Rule {
        opens: |class| class == Class::Unit(Unit::Week),
        reads: week_of,
    },
    Rule {
        opens: |class| matches!(class, Class::DayBeside(_)),
        reads: beside,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Holiday(_) | Class::Last | Class::This | Class::Ones(2) | Class::Digits(2)
            )
        },
        reads: holiday,
    },
];

/// A month, a quarter or a holiday by its bare name, as after "next".
pub(super) fn name(input: &mut Input<'_>) -> Parsed<()> {
    alt((month.void(), part_of_year.void(), holiday_name.void())).parse_next(input)
}

/// The year said with it, or with the last of a list: "January and March 2025". "October vs October
/// last year" has two of them.
pub(super) fn year_said<'t, N: PartialEq>(
    input: &mut Input<'t>,
    own: &N,
    next: fn(&mut Input<'t>) -> Parsed<N>,
) -> Parsed<Option<Year>> {
    if let Some(year) = opt(year_after).parse_next(input)? {
        return Ok(Some(year));
    }
    let link = || (opt(alt((word(Class::And), word(Class::Versus)))), articles);
    let others = repeat::<_, _, Vec<N>, _, _>(1.., preceded(link(), next));
    let listed = opt(peek((others, year_after))).parse_next(input)?;
    Ok(listed.and_then(|(others, year)| (!others.contains(own)).then_some(year)))
}

/// "March", "last November", "last year's March", "marzo pasado", "el mes de marzo", "March 2025", "March last year".
fn month_name(input: &mut Input<'_>) -> Parsed<Said> {
    let before = opt(alt((
        (word(Class::Last), the_unit(Unit::Year)).value(Year::Back(1)),
        (word(Class::This), the_unit(Unit::Year)).value(Year::Back(0)),
        (years_ago, of).map(|(years, ())| Year::Back(years)),
        word(Class::Last).value(Year::Past),
        word(Class::This).value(Year::Back(0)),
    )))
    .parse_next(input)?;
    opt((the_unit(Unit::Month), word(Class::Of))).parse_next(input)?;
    let month = month.parse_next(input)?;
    let after = opt(last_after.value(Year::Past)).parse_next(input)?;
    let said = match before.or(after) {
        Some(year) => Some(year),
        None if opt(peek(short_year)).parse_next(input)?.is_some() => {
            Some(Year::Number(short_year.parse_next(input)?))
        }
        None => year_said(input, &month, super::numbers::month)?,
    };
    Ok(Said::Month(month, said.unwrap_or(Year::Unsaid)))
}

/// The year of "octubre del 25".
fn short_year(input: &mut Input<'_>) -> Parsed<i16> {
    any.verify(|token: &Token<'_>| token.word == "del")
        .parse_next(input)?;
    take(|class| match class {
        Class::Digits(n @ 15..=40) => i16::try_from(2000 + n).ok(),
        _ => None,
    })
    .parse_next(input)
}

/// "two years ago".
fn years_ago(input: &mut Input<'_>) -> Parsed<i32> {
    let years = || (number, the_unit(Unit::Year)).map(|(n, ())| n);
    alt((
        terminated(years(), word(Class::Ago)),
        preceded(word(Class::AgoBefore), years()),
    ))
    .parse_next(input)
}

fn year(input: &mut Input<'_>) -> Parsed<Said> {
    skip(|class| matches!(class, Class::Calendar | Class::Full)).parse_next(input)?;
    opt((the_unit(Unit::Year), opt(word(Class::Calendar)), links)).parse_next(input)?;
    year_number
        .verify(|year| *year >= 1990)
        .map(Said::CalendarYear)
        .parse_next(input)
}

fn fiscal_year(input: &mut Input<'_>) -> Parsed<Said> {
    fiscal_name
        .map(|(year, by_start)| Said::FiscalYear(year, by_start))
        .parse_next(input)
}

/// "week 23", "W23 2025", "2026-W23", "semana 23 de 2025", "weeks 23 to 25".
fn week(input: &mut Input<'_>) -> Parsed<Said> {
    let digits = || {
        take(|class| match class {
            Class::Digits(n) => i8::try_from(n).ok().filter(|n| (1..=99).contains(n)),
            _ => None,
        })
    };
    let spelled = preceded(
        (the_unit(Unit::Week), opt(word(Class::NumberSign))),
        digits(),
    );
    let short = take(|class| match class {
        Class::WeekNumber(n, year) => Some((n, year)),
        _ => None,
    });
    let (first, year) = alt((short, spelled.map(|n| (n, None)))).parse_next(input)?;
    let to = (word(Class::To), articles, opt(the_unit(Unit::Week)));
    let second = opt(preceded(to, digits())).parse_next(input)?;
    let year = match year {
        Some(year) => Year::Number(year),
        None => opt(year_after).parse_next(input)?.unwrap_or(Year::Unsaid),
    };
    let first = Said::Week(first, year);
    Ok(match second {
        Some(n) => Said::Between(Box::new(first), Box::new(Said::Week(n, year))),
        None => first,
    })
}

/// A period as a whole, "the year" among them.
fn whole(input: &mut Input<'_>) -> Parsed<Said> {
    articles.parse_next(input)?;
    let sofar = terminated(unit, peek(word(Class::SoFar)));
    alt((sofar.map(Said::Running), period, unit.map(Said::Running))).parse_next(input)
}

/// "first week of May", "last 10 days of March", "las dos primeras semanas de mayo".
fn piece(input: &mut Input<'_>) -> Parsed<Said> {
    let nth = || alt((ordinal, word(Class::Last).value(-1)));
    let ((nth, count), unit) = (
        alt((
            (nth(), opt(number)).map(|(nth, count)| (nth, count.unwrap_or(1))),
            (number, nth()).map(|(count, nth)| (nth, count)),
        )),
        preceded(full, unit),
    )
        .parse_next(input)?;
    let whole = preceded(of, whole).parse_next(input)?;
    if !(1..=1000).contains(&count) || is_days(&whole) {
        return Err(EmptyError);
    }
    Ok(Said::Piece {
        nth,
        count,
        unit,
        of: Box::new(whole),
    })
}

/// "end of last month", "principios de año": its last or first day.
fn edge(input: &mut Input<'_>) -> Parsed<Said> {
    let end = take(|class| match class {
        Class::Edge(end) => Some(end),
        _ => None,
    });
    // "did we start in June" is no start of June.
    (end, (word(Class::Of), links), whole)
        .map(|(end, _, of)| Said::Edge(end, Box::new(of)))
        .parse_next(input)
}

/// "the week of November 4", "la semana del Black Friday".
fn week_of(input: &mut Input<'_>) -> Parsed<Said> {
    (the_unit(Unit::Week), of, period)
        .verify_map(|((), (), of)| is_day(&of).then(|| Said::WeekOf(Box::new(of))))
        .parse_next(input)
}

const fn is_day(said: &Said) -> bool {
    matches!(
        said,
        Said::Date { .. } | Said::Digits(..) | Said::Holiday(..) | Said::NthWeekday { .. }
    )
}

/// What has no parts longer than a day.
const fn is_days(said: &Said) -> bool {
    is_day(said)
        || matches!(
            said,
            Said::DaysBack(_)
                | Said::DateBack(..)
                | Said::Weekday(..)
                | Said::WeekdayOf(..)
                | Said::Weekend(..)
                | Said::Edge(..)
                | Said::Beside(..)
        )
}

/// "the day before Christmas", "o dia depois da Black Friday"; by itself, the day before
/// yesterday.
fn beside(input: &mut Input<'_>) -> Parsed<Said> {
    let before = input.first().is_some_and(|token| token.word == "day");
    let days = take(|class| match class {
        Class::DayBeside(days) => Some(days),
        _ => None,
    })
    .parse_next(input)?;
    articles.parse_next(input)?;
    match opt(period).parse_next(input)? {
        Some(of) => Ok(Said::Beside(days, Box::new(of))),
        None if before && days < 0 => Ok(Said::DaysBack(2)),
        None => Err(EmptyError),
    }
}

fn holiday_name(input: &mut Input<'_>) -> Parsed<Holiday> {
    take(|class| match class {
        Class::Holiday(holiday) => Some(holiday),
        _ => None,
    })
    .parse_next(input)
}

/// "Black Friday", "Navidad pasada", "Easter 2025", "Thanksgiving week"; and of "the last two
/// [Black Fridays]" the first, for the words after it name the other.
fn holiday(input: &mut Input<'_>) -> Parsed<Said> {
    let two = || number.verify(|n| *n == 2);
    let last = || word(Class::Last);
    let earlier = terminated(
        alt(((last(), two()).void(), (two(), last()).void())),
        peek(holiday_name),
    );
    if opt(peek(earlier)).parse_next(input)?.is_some() {
        alt(((last(), two()).void(), (two(), last()).void())).parse_next(input)?;
        let holiday = peek(holiday_name).parse_next(input)?;
        return Ok(Said::HolidayBack(holiday, 2));
    }
    let before = opt(alt((
        last().value(Year::Unsaid),
        word(Class::This).value(Year::Back(0)),
    )))
    .parse_next(input)?;
    let holiday = holiday_name.parse_next(input)?;
    let week = opt(word(Class::Unit(Unit::Week)))
        .parse_next(input)?
        .is_some();
    opt(last_after).parse_next(input)?;
    let year = match before {
        Some(year) => year,
        None => opt(year_after).parse_next(input)?.unwrap_or(Year::Unsaid),
    };
    let said = Said::Holiday(holiday, year);
    Ok(if week {
        Said::WeekOf(Box::new(said))
    } else {
        said
    })
}
