//! The grammar of time: small rules over classes of words, composed with `winnow`, a file a
//! family. It knows no calendar; what it finds is resolved afterwards.

mod absolute;
mod clock;
mod dates;
mod grains;
mod numbers;
mod quarters;
mod ranges;
mod relative;
mod take;

use almanac_agent_contract::Grain;
use winnow::Parser;
use winnow::combinator::{alt, opt, peek};
use winnow::error::EmptyError;

use super::When;
use super::said::Said;
use super::tokens::Token;
use super::words::{Class, Days, Part};
use take::{Input, Parsed, articles, longest};

/// What a phrase of time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A period.
    Period(When),
    /// A period that has not begun.
    Future,
    /// How long one point of a series is: "weekly", "por mes".
    Grain(Grain),
    /// A unit named by itself: "day" in "which day had the most orders".
    Unit(Grain),
    /// The part of a date that rows are grouped by: "by day of week".
    Part(Part),
    /// Only those weekdays: "on Mondays", "on weekends".
    Weekdays(Days),
    /// Only those hours of a day, from 0 to 24: from the first to just before the last.
    Hours {
        /// The first hour.
        from: i8,
        /// The hour after the last.
        to: i8,
    },
    /// The same dates a year before.
    SamePeriodLastYear,
    /// The ISO week of the same number a year before.
    SameWeekLastYear,
    /// The comparable period before.
    PreviousPeriod,
    /// A date that the calendar does not have: 29 February of most years.
    NoSuchDay,
    /// Week 53 of a year of 52, or any after it.
    NoSuchWeek,
    /// A way to divide time that no query can answer: "fortnightly".
    Unsupported,
    /// Finer than whole days and whole hours of them: "last 24 hours", "at 9:30".
    TooFine,
}

/// What the grammar finds: a period that a calendar must resolve, or what needs none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spoken {
    /// A period.
    Period(Said),
    /// Anything else.
    Other(Meaning),
}

/// What stands before a phrase that changes how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A day or days: bare numbers are hours.
    Day,
    /// "compare": "to" sets two periods side by side.
    Compare,
    /// Neither.
    Nothing,
}

/// The longest phrase at the first of these words, and how many words it takes.
pub(super) fn phrase(tokens: &[Token<'_>], before: Before) -> Option<(Spoken, usize)> {
    let mut found = None;
    spoken(tokens, before, &mut found);
    let mut rest = tokens;
    if articles(&mut rest).is_ok_and(|articles| articles > 0) {
        spoken(rest, before, &mut found);
        if unclear(&mut rest).is_ok() {
            keep(Spoken::Period(Said::Unclear), rest, &mut found);
        }
    }
    found.map(|(spoken, left)| (spoken, tokens.len() - left))
}

/// Keeps what leaves the fewest words; of two as long the first.
fn keep(spoken: Spoken, rest: Input<'_>, found: &mut Option<(Spoken, usize)>) {
    if found.as_ref().is_none_or(|(_, least)| rest.len() < *least) {
        *found = Some((spoken, rest.len()));
    }
}

fn spoken(input: Input<'_>, before: Before, found: &mut Option<(Spoken, usize)>) {
    let beside = if before == Before::Day {
        clock::AFTER_DAY
    } else {
        &[]
    };
    // "same week last year" is a comparison, so those rules come first.
    for rules in [grains::RULES, clock::RULES, beside] {
        let mut rest = input;
        if let Ok(meaning) = longest(rules, &mut rest) {
            keep(Spoken::Other(meaning), rest, found);
        }
    }
    let mut rest = input;
    if let Ok(said) = range(&mut rest, before) {
        keep(Spoken::Period(said), rest, found);
    }
    let mut rest = input;
    if vague(&mut rest).is_ok() {
        keep(Spoken::Period(Said::Unclear), rest, found);
    }
}

/// The longest period with one name.
fn period(input: &mut Input<'_>) -> Parsed<Said> {
    let mut best: Option<(Said, Input<'_>)> = None;
    for rules in [
        absolute::RULES,
        quarters::RULES,
        dates::RULES,
        relative::RULES,
        clock::TODAY,
    ] {
        let mut rest = *input;
        if let Ok(said) = longest(rules, &mut rest)
            && best
                .as_ref()
                .is_none_or(|(_, left)| rest.len() < left.len())
        {
            best = Some((said, rest));
        }
    }
    let (said, rest) = best.ok_or(EmptyError)?;
    *input = rest;
    Ok(said)
}

/// The longest period with one name or two ends.
fn range(input: &mut Input<'_>, before: Before) -> Parsed<Said> {
    let start = *input;
    let mut best = period(input).ok().map(|said| (said, *input));
    let links = before != Before::Compare
        && start
            .iter()
            .take(LONGEST_END)
            .any(|token| token.may(|class| class == Class::To));
    let joined = if links { ranges::JOINED } else { &[] };
    for rules in [ranges::RULES, joined] {
        let mut rest = start;
        if let Ok(said) = longest(rules, &mut rest)
            && best
                .as_ref()
                .is_none_or(|(_, left)| rest.len() < left.len())
        {
            best = Some((said, rest));
        }
    }
    let (said, rest) = best.ok_or(EmptyError)?;
    *input = rest;
    Ok(said)
}

/// No end of a range takes more words.
const LONGEST_END: usize = 10;

/// "mid March", "the 15th of each month": time, but no days that a query can ask for.
fn vague(input: &mut Input<'_>) -> Parsed<()> {
    let monthly = (
        numbers::day_of_month,
        take::of,
        take::word(Class::Each),
        numbers::unit,
    );
    let middle = (
        take::word(Class::Middle),
        take::links,
        alt((period.void(), numbers::unit.void())),
    );
    let workday = (
        take::word(Class::Last),
        take::word(Class::Workday),
        take::of,
        period,
    );
    alt((
        monthly.void(),
        middle.void(),
        workday.void(),
        uncounted,
        counted_off,
    ))
    .parse_next(input)
}

/// "last few months", "recent weeks", "these days", "hace años", "los últimos meses".
fn uncounted(input: &mut Input<'_>) -> Parsed<()> {
    let units = || (peek(numbers::many), numbers::unit);
    let few = || take::word(Class::Few);
    let ago = || take::word(Class::Ago);
    let led = alt((
        take::word(Class::Last),
        take::word(Class::This),
        take::word(Class::AgoBefore),
    ));
    alt((
        (
            opt(led),
            few(),
            units(),
            opt(alt((ago(), numbers::last_after))),
        )
            .void(),
        (
            alt((
                take::word(Class::Last),
                take::word(Class::This),
                take::word(Class::AgoBefore),
            )),
            units(),
        )
            .void(),
        (units(), alt((ago(), numbers::last_after))).void(),
    ))
    .parse_next(input)
}

/// "in two weeks", "three days before Black Friday", "the same day last week".
fn counted_off(input: &mut Input<'_>) -> Parsed<()> {
    let beside = take::take(|class| matches!(class, Class::Before | Class::After).then_some(()));
    let span = || (numbers::number, numbers::unit);
    alt((
        (take::word(Class::In), span()).void(),
        (span(), beside, articles, period).void(),
        (
            take::word(Class::Same),
            alt((numbers::unit.void(), take::word(Class::Period))),
            take::links,
            period,
        )
            .void(),
    ))
    .parse_next(input)
}

/// "the week before Christmas": time, but which week is not said.
fn unclear(input: &mut Input<'_>) -> Parsed<()> {
    let beside = take::take(|class| matches!(class, Class::Before | Class::After).then_some(()));
    (
        opt(numbers::number),
        numbers::unit,
        beside,
        articles,
        period,
    )
        .void()
        .parse_next(input)
}
