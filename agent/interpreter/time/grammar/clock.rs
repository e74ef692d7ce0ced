//! Hours of the day: "between 9 and 12", "after 6pm", "a las 15h", "yesterday morning". Bare
//! numbers are hours only beside a day: "yesterday between 9 and 12".

use winnow::Parser;
use winnow::combinator::{alt, not, opt, peek, preceded, terminated};
use winnow::error::EmptyError;
use winnow::token::any;

use super::super::said::Said;
use super::super::tokens::Token;
use super::super::words::Class;
use super::Meaning;
use super::period;
use super::take::{Input, Parsed, Rule, articles, take, word};

/// The rules of this family.
pub(super) const RULES: &[Rule<Meaning>] = &[
    Rule {
        opens: |class| matches!(class, Class::DayPart(..)),
        reads: day_part,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Between
                    | Class::From
                    | Class::Since
                    | Class::Of
                    | Class::HourArticle
                    | Class::Clock(_)
                    | Class::OddClock
                    | Class::Digits(_)
            )
        },
        reads: marked_hours,
    },
    Rule {
        opens: |class| matches!(class, Class::At | Class::Clock(_) | Class::Digits(_)),
        reads: at,
    },
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::After | Class::Since | Class::Before | Class::Until
            )
        },
        reads: one_end,
    },
];

/// Right after a day, where bare numbers are hours too.
pub(super) const AFTER_DAY: &[Rule<Meaning>] = &[
    Rule {
        opens: |class| {
            matches!(
                class,
                Class::Between | Class::From | Class::Of | Class::Since | Class::Digits(_)
            )
        },
        reads: bare_hours,
    },
    Rule {
        opens: |class| matches!(class, Class::DayPart(..) | Class::DayPartNear(..)),
        reads: any_day_part,
    },
    Rule {
        opens: |class| class == Class::At,
        reads: bare_hour,
    },
    Rule {
        opens: |class| matches!(class, Class::After | Class::Before | Class::Until),
        reads: bare_end,
    },
];

/// The first word of "this morning", "esta tarde": today; the part of the day is a phrase of its own.
pub(super) const TODAY: &[Rule<Said>] = &[Rule {
    opens: |class| class == Class::This,
    reads: today,
}];

fn today(input: &mut Input<'_>) -> Parsed<Said> {
    word(Class::This).parse_next(input)?;
    peek(any_day_part).parse_next(input)?;
    Ok(Said::DaysBack(0))
}

fn day_part(input: &mut Input<'_>) -> Parsed<Meaning> {
    take(|class| match class {
        Class::DayPart(from, to) => Some(Meaning::Hours { from, to }),
        _ => None,
    })
    .parse_next(input)
}

fn any_day_part(input: &mut Input<'_>) -> Parsed<Meaning> {
    take(|class| match class {
        Class::DayPart(from, to) | Class::DayPartNear(from, to) => {
            Some(Meaning::Hours { from, to })
        }
        _ => None,
    })
    .parse_next(input)
}

/// A time of the clock.
#[derive(Clone, Copy)]
struct Hour {
    /// 0 to 24.
    at: i8,
    /// It can be nothing but an hour.
    marked: bool,
    /// Before (false) or after noon (true), where it was said.
    half: Option<bool>,
    /// It has minutes, which no row is divided by.
    odd: bool,
}

fn hour(input: &mut Input<'_>) -> Parsed<Hour> {
    let plain = |at, marked| Hour {
        at,
        marked,
        half: None,
        odd: false,
    };
    let number = |input: &mut Input<'_>| {
        take(|class| match class {
            Class::Digits(n) => i8::try_from(n).ok().filter(|n| (0..=24).contains(n)),
            _ => None,
        })
        .parse_next(input)
    };
    let half = || {
        take(|class| match class {
            Class::Meridiem(half) | Class::OfDayPart(half) => Some(half),
            _ => None,
        })
    };
    let noon = |at: i8, half: bool| at % 12 + if half { 12 } else { 0 };
    alt((
        take(|class| {
            (class == Class::OddClock).then_some(Hour {
                odd: true,
                ..plain(0, true)
            })
        }),
        (number, half())
            .verify(|(at, _)| (1..=12).contains(at))
            .map(|(at, half)| Hour {
                half: Some(half),
                ..plain(noon(at, half), true)
            }),
        (number, alt((word(Class::HourMark), word(Class::Hours)))).map(|(at, ())| plain(at, true)),
        |input: &mut Input<'_>| {
            let meridiem = input.first().and_then(|token| {
                match token.word.trim_start_matches(|c: char| c.is_ascii_digit()) {
                    "am" => Some(false),
                    "pm" => Some(true),
                    _ => None,
                }
            });
            let at = take(|class| match class {
                Class::Clock(at) => Some(at),
                _ => None,
            })
            .parse_next(input)?;
            Ok(Hour {
                half: meridiem,
                ..plain(at, true)
            })
        },
        number.map(|at| plain(at, false)),
    ))
    .parse_next(input)
}

fn hour_article(input: &mut Input<'_>) -> Parsed<()> {
    opt(alt((word(Class::HourArticle), word(Class::At))))
        .void()
        .parse_next(input)
}

/// "9h to 12h", "between 9am and noon", "das 9 às 12h": both ends, and what links them.
fn two_hours(input: &mut Input<'_>) -> Parsed<(Hour, Hour)> {
    let opening = opt(alt((
        word(Class::Between),
        word(Class::From),
        word(Class::Since),
        word(Class::Of),
    )))
    .parse_next(input)?;
    hour_article.parse_next(input)?;
    let first = hour.parse_next(input)?;
    let link = alt((
        word(Class::To),
        word(Class::And).verify(|()| opening.is_some()),
        word(Class::At).verify(|()| opening.is_some()),
    ));
    (link, hour_article).parse_next(input)?;
    let second = hour.parse_next(input)?;
    Ok((first, second))
}

fn hours((first, second): (Hour, Hour)) -> Option<Meaning> {
    if first.odd || second.odd {
        return Some(Meaning::TooFine);
    }
    let (mut from, mut to) = (first.at, second.at);
    // "1 to 5pm": both after noon; "9 to 5pm": only the second.
    if second.half == Some(true) && first.half.is_none() && from < 12 && from + 12 < to {
        from += 12;
    }
    // "9 to 5".
    let plain = first.half.is_none() && second.half.is_none() && !second.marked;
    if plain && to <= from && (1..12).contains(&to) {
        to += 12;
    }
    if to == 0 {
        to = 24;
    }
    (from < to).then_some(Meaning::Hours { from, to })
}

fn marked_hours(input: &mut Input<'_>) -> Parsed<Meaning> {
    let (first, second) = two_hours.parse_next(input)?;
    let weekdays = take(|class| matches!(class, Class::Weekdays(_)).then_some(()));
    let day = alt((weekdays, preceded(articles, period.verify(is_day)).void()));
    let beside_day = opt(peek(day)).parse_next(input)?;
    if !(first.marked || second.marked || beside_day.is_some()) {
        return Err(EmptyError);
    }
    hours((first, second)).ok_or(EmptyError)
}

fn bare_hours(input: &mut Input<'_>) -> Parsed<Meaning> {
    terminated(two_hours.verify_map(hours), nothing_counted).parse_next(input)
}

/// "yesterday [at 9]".
fn bare_hour(input: &mut Input<'_>) -> Parsed<Meaning> {
    let hour = preceded(word(Class::At), hour).parse_next(input)?;
    nothing_counted.parse_next(input)?;
    Ok(Meaning::Hours {
        from: hour.at.min(23),
        to: (hour.at + 1).min(24),
    })
}

/// "yesterday [after 6]", "hoy [antes de las 10]". An hour up to 7 after which something was is
/// in the evening.
fn bare_end(input: &mut Input<'_>) -> Parsed<Meaning> {
    let late = alt((
        word(Class::After).value(true),
        alt((word(Class::Before), word(Class::Until))).value(false),
    ))
    .parse_next(input)?;
    let hour = preceded(hour_article, hour).parse_next(input)?;
    nothing_counted.parse_next(input)?;
    let (from, to) = match (late, hour.at) {
        (true, at @ 1..=7) => (at + 12, 24),
        (true, at) => (at, 24),
        (false, at) => (0, at),
    };
    if from < to {
        Ok(Meaning::Hours { from, to })
    } else {
        Err(EmptyError)
    }
}

/// No word of something else follows that the number counts: "after 3 visits".
fn nothing_counted(input: &mut Input<'_>) -> Parsed<()> {
    not(any.verify(|token: &Token<'_>| token.lexemes.is_empty())).parse_next(input)
}

const fn is_day(said: &Said) -> bool {
    matches!(
        said,
        Said::DaysBack(_)
            | Said::Weekday(..)
            | Said::WeekdayOf(..)
            | Said::Date { .. }
            | Said::Digits(..)
    )
}

/// "at 3pm", "a las 15h", "3pm".
fn at(input: &mut Input<'_>) -> Parsed<Meaning> {
    let at = opt(word(Class::At)).parse_next(input)?;
    let hour = hour
        .verify(|hour| hour.odd || hour.half.is_some() || (at.is_some() && hour.marked))
        .parse_next(input)?;
    if hour.odd {
        return Ok(Meaning::TooFine);
    }
    Ok(Meaning::Hours {
        from: hour.at.min(23),
        to: (hour.at + 1).min(24),
    })
}

/// "after 6pm", "a partir de las 18h", "before noon", "until 12h".
fn one_end(input: &mut Input<'_>) -> Parsed<Meaning> {
    let late = alt((
        alt((word(Class::After), word(Class::Since))).value(true),
        alt((word(Class::Before), word(Class::Until))).value(false),
    ))
    .parse_next(input)?;
    let hour = preceded(hour_article, hour)
        .verify(|hour| hour.marked)
        .parse_next(input)?;
    if hour.odd {
        return Ok(Meaning::TooFine);
    }
    let (from, to) = if late { (hour.at, 24) } else { (0, hour.at) };
    if from < to {
        Ok(Meaning::Hours { from, to })
    } else {
        Err(EmptyError)
    }
}

#[cfg(test)]
mod tests {
    use super::{Hour, hours};
    use crate::time::Meaning;

    #[test]
    fn afternoon_spreads_backwards_where_it_can() {
        let hour = |at, half| Hour {
            at,
            marked: true,
            half,
            odd: false,
        };
        let read = |from, to| hours((hour(from, None), hour(to, Some(true))));
        assert_eq!(read(1, 17), Some(Meaning::Hours { from: 13, to: 17 }));
        assert_eq!(read(9, 17), Some(Meaning::Hours { from: 9, to: 17 }));
        assert_eq!(read(18, 17), None);
    }
}
