//! Finds the phrases of time in a sentence: classifies its words, reads the longest phrase at
//! each, and asks the calendar what it means.

use super::Calendar;
use super::grammar::{Before, Meaning, Spoken, phrase};
use super::resolve::{Missing, resolve};
use super::said::{Said, Year};
use super::spelling::is_month;
use super::tokens::{Token, classify};
use super::words::{Class, Days, fused, single};
use crate::text;

/// A phrase of time and the words it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// The first word.
    pub start: usize,
    /// The word after the last.
    pub end: usize,
    /// What it says.
    pub meaning: Meaning,
}

/// The longest phrase at every word that begins one, in the order of the sentence. Phrases may
/// overlap; who reads the sentence decides which to believe. `words` are in lower case and without
/// accents.
#[must_use]
pub fn phrases(words: &[&str], calendar: &Calendar) -> Vec<Phrase> {
    let tokens = classify(words);
    let mut found = spoken(&tokens);
    with_years(&tokens, &mut found);
    weekends(&tokens, &mut found);
    // One date that can be read in one order only decides for all: "1/10 to 31/10".
    let order = tokens.iter().find_map(order);
    let ordered;
    let calendar = match order {
        Some(month_first) if month_first != calendar.month_first => {
            ordered = Calendar {
                month_first,
                ..calendar.clone()
            };
            &ordered
        }
        _ => calendar,
    };
    resolved(&found, calendar)
}

/// The phrases of a text that explain most of its words, none overlapping another. Reads
/// accents and capitals; a stop ends a phrase.
#[must_use]
pub fn in_text(text: &str, calendar: &Calendar) -> Vec<Phrase> {
    let tokens = text::tokens(text);
    let words: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for stop in 1..=words.len() {
        let ends = tokens
            .get(stop)
            .is_none_or(|token| token.after_stop && !goes_on(words[stop - 1], &token.word));
        if ends {
            let part = phrases(&words[start..stop], calendar);
            found.extend(apart(&part).into_iter().map(|phrase| Phrase {
                start: phrase.start + start,
                end: phrase.end + start,
                ..phrase
            }));
            start = stop;
        }
    }
    found
}

/// Whether a date or a list goes on over the stop between these words: "November 9, 2025", "Friday,
/// November 13", "Q1, Q2 and Q3 2025".
pub(crate) fn goes_on(before: &str, after: &str) -> bool {
    let year = after.len() == 4 && after.bytes().all(|byte| byte.is_ascii_digit());
    let day = after.starts_with(|c: char| c.is_ascii_digit()) || is_month(after);
    let weekday = |class| matches!(class, Class::Weekday(_));
    let both = |kind: fn(Class) -> bool| {
        let is = |word: &str| single(word).chain(fused(word)).any(kind);
        is(before) && is(after)
    };
    year || (day && (single(before).any(weekday) || before == "feira"))
        || (is_month(before) && is_month(after))
        || both(|class| matches!(class, Class::PartOfYear(..)))
        || both(|class| matches!(class, Class::Weekdays(_)))
}

/// Of overlapping phrases those that take most words together, longer ones first.
fn apart(phrases: &[Phrase]) -> Vec<Phrase> {
    let last = phrases.iter().map(|phrase| phrase.end).max().unwrap_or(0);
    // What the words from each place on come to at best, and the phrase to take there.
    let mut best: Vec<(usize, Option<Phrase>)> = vec![(0, None); last + 1];
    for at in (0..last).rev() {
        best[at] = (best[at + 1].0, None);
        for phrase in phrases.iter().filter(|phrase| phrase.start == at) {
            let length = phrase.end - phrase.start;
            let worth = length * length + best[phrase.end].0;
            if worth > best[at].0 {
                best[at] = (worth, Some(*phrase));
            }
        }
    }
    let mut chosen = Vec::new();
    let mut at = 0;
    while at < last {
        match best[at].1 {
            Some(phrase) => {
                chosen.push(phrase);
                at = phrase.end;
            }
            None => at += 1,
        }
    }
    chosen
}

/// What the grammar finds, before a calendar.
struct Found {
    start: usize,
    end: usize,
    spoken: Spoken,
}

fn spoken(tokens: &[Token<'_>]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for start in 0..tokens.len() {
        if tokens[start].lexemes.is_empty() {
            continue;
        }
        let day_before = found.iter().any(|other| {
            other.end == start
                && matches!(
                    other.spoken,
                    Spoken::Period(_) | Spoken::Other(Meaning::Weekdays(_))
                )
        });
        let compared = tokens[..start]
            .iter()
            .any(|token| token.may(|class| class == Class::Compare));
        let led = start > 0 && tokens[start - 1].may(|class| class == Class::From);
        let before = if day_before {
            Before::Day
        } else if compared && !led {
            Before::Compare
        } else {
            Before::Nothing
        };
        let Some((mut spoken, length)) = phrase(&tokens[start..], before) else {
            continue;
        };
        let mut end = start + length;
        let half = |token: &Token<'_>| {
            let lexemes = token.lexemes.iter();
            lexemes
                .filter(|lexeme| lexeme.class == Class::AndHalf)
                .map(|lexeme| lexeme.length)
                .next()
        };
        if let Some(more) = tokens.get(end).and_then(half) {
            // "the last month and a half" is no month.
            spoken = Spoken::Period(Said::Unclear);
            end += more;
        }
        if matches!(spoken, Spoken::Other(Meaning::Unit(_))) && measures(&tokens[..start]) {
            continue;
        }
        found.push(Found { start, end, spoken });
    }
    found
}

/// Whether a number right before a unit makes it a measure: "30 day retention", "7-day average".
/// "The 3 months with most orders" are months.
fn measures(before: &[Token<'_>]) -> bool {
    let dashed = before.last().is_some_and(|token| token.word == "-");
    let before = &before[..before.len() - usize::from(dashed)];
    let number = |token: &Token<'_>| {
        token.may(|class| matches!(class, Class::Digits(_) | Class::Ones(2..) | Class::Tens(_)))
    };
    let Some((last, before)) = before.split_last() else {
        return false;
    };
    let ranked = before.last().is_some_and(|token| {
        token.may(|class| matches!(class, Class::Article | Class::Subject | Class::Superlative))
            || matches!(token.word, "cuales" | "quais" | "que")
    });
    number(last) && !ranked
}

/// "Black Friday 2024 and 2025": a year alone that follows something of a year is of it too.
fn with_years(tokens: &[Token<'_>], found: &mut [Found]) {
    for at in 0..found.len() {
        let Spoken::Period(Said::CalendarYear(year)) = found[at].spoken else {
            continue;
        };
        let Some(link) = found[at].start.checked_sub(1) else {
            continue;
        };
        let links = |class| matches!(class, Class::And | Class::Versus);
        if !tokens[link].may(links) {
            continue;
        }
        let said_before = found[..at].iter().find_map(|other| match &other.spoken {
            // Who reads "March 2024 vs 2025" sets the months side by side itself.
            Spoken::Period(Said::Month(..)) if !tokens[link].may(|class| class == Class::And) => {
                None
            }
            Spoken::Period(said) if other.end == link => match said.year() {
                Some(Year::Number(_)) => said.of_year(Year::Number(year)),
                _ => None,
            },
            _ => None,
        });
        if let Some(said) = said_before {
            found[at].spoken = Spoken::Period(said);
        }
    }
}

/// "weekend sales in October", "Sunday trips this year": beside another period, a bare "weekend" or
/// weekday is every one of it.
fn weekends(tokens: &[Token<'_>], found: &mut [Found]) {
    let bare = |found: &Found| match found.spoken {
        Spoken::Period(Said::Weekend(1, true)) if found.end - found.start <= WEEKEND_WORDS => {
            Some(Days::WEEKEND)
        }
        Spoken::Period(Said::Weekday(day, 1)) => {
            let led = &tokens[found.start..found.end - 1];
            let articles = led
                .iter()
                .all(|token| token.may(|class| class == Class::Article));
            articles.then(|| Days::one(day))
        }
        _ => None,
    };
    for at in 0..found.len() {
        let Some(days) = bare(&found[at]) else {
            continue;
        };
        // "Monday vs Tuesday last week" sets single days side by side.
        let compared = tokens
            .iter()
            .any(|token| token.may(|class| matches!(class, Class::Versus | Class::Compare)));
        let longer = |other: &Found| match &other.spoken {
            Spoken::Period(
                Said::Weekend(..)
                | Said::Weekday(..)
                | Said::WeekdayOf(..)
                | Said::Future
                | Said::Unclear,
            ) => false,
            Spoken::Period(_) => other.start >= found[at].end || other.end <= found[at].start,
            Spoken::Other(_) => false,
        };
        if !compared && found.iter().any(longer) {
            found[at].spoken = Spoken::Other(Meaning::Weekdays(days));
        }
    }
}

/// The words of "fin de semana".
const WEEKEND_WORDS: usize = 3;

/// Whether a date in digits can only have its month first (true) or second.
fn order(token: &Token<'_>) -> Option<bool> {
    token.lexemes.iter().find_map(|lexeme| match lexeme.class {
        Class::DigitDate(13..=31, 1..=12, _) => Some(false),
        Class::DigitDate(1..=12, 13..=31, _) => Some(true),
        _ => None,
    })
}

fn resolved(found: &[Found], calendar: &Calendar) -> Vec<Phrase> {
    let mut phrases = Vec::with_capacity(found.len());
    // What cannot be told hides the words it is made of: none of them says what was meant.
    let mut hidden = 0;
    for Found { start, end, spoken } in found {
        if *start < hidden {
            continue;
        }
        let meaning = match spoken {
            Spoken::Other(meaning) => *meaning,
            Spoken::Period(said) => match resolve(said, calendar) {
                Ok(when) => Meaning::Period(when),
                Err(Missing::Future) => Meaning::Future,
                Err(Missing::NoSuchDay) => Meaning::NoSuchDay,
                Err(Missing::NoSuchWeek) => Meaning::NoSuchWeek,
                Err(Missing::Unclear) => {
                    hidden = *end;
                    continue;
                }
            },
        };
        phrases.push(Phrase {
            start: *start,
            end: *end,
            meaning,
        });
    }
    phrases
}
