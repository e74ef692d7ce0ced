//! Cuts a question into pieces: names of the catalogue, phrases of time, cues, numbers, and words
//! nobody knows. `slots` gives them their parts in the sentence.
//!
//! Pieces overlap ("monthly" is a grain, "monthly recurring revenue" a metric), so all are found
//! first, and the cuts that explain most of the words are read.

mod best;
mod names;
mod wording;

use almanac_agent_contract::{Language, Term};

use self::best::best;
use self::names::{distributed, named, qualify, said, termed, weight};
use crate::amounts::amount;
use crate::intent::Than;
use crate::lexicon::{Fit, Lexicon, Named, Target, Word};
use crate::text::Token;
use crate::time::{Calendar, Meaning, goes_on, phrases};
use crate::vocabulary::{Cue, LONGEST_PHRASE};

/// A piece of a question.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    /// The first word.
    pub(crate) start: usize,
    /// The word after the last.
    pub(crate) end: usize,
    /// What it may be.
    pub(crate) piece: Piece,
}

/// What a piece may be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    /// Names, best first.
    Names(Vec<Named>),
    /// A phrase of time.
    Time(Meaning),
    /// A word of questions in general.
    Cue(Cue),
    /// A number; whether it was written as a part of a hundred.
    Number(f64, bool),
    /// Known to nobody.
    Unknown,
}

/// A typo that was read as another word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repair {
    /// The word's place.
    pub(crate) at: usize,
    /// What it was read as.
    pub(crate) meant: String,
    /// How many letters had to change.
    pub(crate) edits: usize,
}

/// A question in pieces that follow one another.
pub(crate) struct Cut {
    pub(crate) items: Vec<Item>,
    /// How much of the words it explains.
    pub(crate) weight: f32,
    pub(crate) repairs: Vec<Repair>,
}

/// Cuts a question in the ways that explain most of it, the best first; never empty for a question
/// with words.
pub(crate) fn cut(
    lexicon: &Lexicon,
    tokens: &[Token],
    terms: &[Term],
    (calendar, language): (&Calendar, Language),
) -> Vec<Cut> {
    let typed: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
    let mut timed = vec![false; tokens.len()];
    for (first, part) in parts(lexicon, &typed, tokens, (calendar, language)) {
        for phrase in phrases(part, calendar) {
            timed[first + phrase.start..first + phrase.end].fill(true);
        }
    }
    // What people gave a meaning is no typo, either.
    for (from, to, _) in said(tokens, terms) {
        timed[from..to].fill(true);
    }
    let (words, repairs, others) = repaired(lexicon, tokens, (&timed, language));
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let mut spans: Vec<(Item, f32)> = Vec::new();
    for (first, part) in parts(lexicon, &folded, tokens, (calendar, language)) {
        // "less than 2000" is no year.
        let bound = ends_in_bound(lexicon, &folded[..first], language)
            || is_closed(lexicon, &folded, first, language);
        if part.len() == 1 && bound && is_digits(part[0]) {
            continue;
        }
        for phrase in phrases(part, calendar) {
            // "T2" is a quarter where no terminal is called so.
            let word = part[phrase.start];
            let coded = word.len() == 2
                && word.contains(|letter: char| letter.is_ascii_digit())
                && !word.starts_with('q')
                && (language == Language::En || !word.starts_with('t'));
            let at = first + phrase.start;
            let alone = phrase.end - phrase.start == 1;
            if alone && coded && is_value(lexicon, &words[at]) {
                continue;
            }
            let length = weight(&part[phrase.start..phrase.end]);
            let each = if matches!(phrase.meaning, Meaning::Unit(_)) {
                0.5
            } else {
                0.98
            };
            let item = Item {
                start: first + phrase.start,
                end: first + phrase.end,
                piece: Piece::Time(phrase.meaning),
            };
            spans.push((item, each * length.powf(1.1)));
        }
    }
    let doubtful = named(lexicon, &words, (tokens, &repairs, language), &mut spans);
    let ends: Vec<usize> = parts(lexicon, &folded, tokens, (calendar, language))
        .iter()
        .map(|(first, part)| first + part.len())
        .collect();
    after_names((&folded, &ends), calendar, &mut spans);
    distributed(lexicon, &words, &mut spans);
    termed(lexicon, tokens, terms, &mut spans);
    qualify(lexicon, &folded, doubtful, &mut spans);
    for (at, word) in others {
        let names = lexicon.names([&word]);
        let alone = spans
            .iter_mut()
            .find(|(item, _)| item.start == at && item.end == at + 1);
        if let Some((
            Item {
                piece: Piece::Names(list),
                ..
            },
            _,
        )) = alone
        {
            for name in names {
                if !list.iter().any(|other| other.target == name.target) {
                    list.push(name);
                }
            }
            list.sort_by(|a, b| b.quality.total_cmp(&a.quality));
        }
    }
    cues(lexicon, &folded, language, &mut spans);
    for (at, word) in folded.iter().enumerate() {
        let number = folded
            .get(at..)
            .and_then(|rest| amount(rest, language))
            // "a", "uno", and "dos", which is also Portuguese for "of the", count nothing by
            // themselves.
            .filter(|found| {
                found.words > 1
                    || lexicon.vocabulary.cue_in(word, language).is_none()
                    || ends_in_bound(lexicon, &folded[..at], language)
            });
        if let Some(found) = number {
            let length = f32::from(u8::try_from(found.words).unwrap_or(u8::MAX));
            let end = (at + found.words).min(folded.len());
            let unit = folded.get(end).is_some_and(|word| is_unit(word));
            let item = Item {
                start: at,
                end: end + usize::from(unit),
                piece: Piece::Number(found.value, found.percent),
            };
            let after = item.end;
            spans.push((item, 0.3 * length.powf(1.3)));
            // "5+ absences"
            if folded.get(after) == Some(&"+") {
                let plus = Item {
                    start: after,
                    end: after + 1,
                    piece: Piece::Cue(Cue::Than(Than::AtLeast)),
                };
                spans.push((plus, 0.5));
            }
        } else if lexicon.is_money(word) {
            let item = Item {
                start: at,
                end: at + 1,
                piece: Piece::Cue(Cue::Noise),
            };
            spans.push((item, 0.1));
        }
    }
    best(folded.len(), &spans)
        .into_iter()
        .map(|(items, weight)| Cut {
            items,
            weight,
            repairs: repairs.clone(),
        })
        .collect()
}

/// The word is the name of a value.
fn is_value(lexicon: &Lexicon, word: &Word) -> bool {
    let value = |named: &Named| matches!(named.target, Target::Value { .. });
    let mut names = lexicon.names([word]).into_iter();
    names.any(|named| value(&named) && named.fit == Fit::Same)
}

/// Phrases of time right after a name that might be taken for a part of them: "same day" of "same
/// day last month".
fn after_names(
    (words, stops): (&[&str], &[usize]),
    calendar: &Calendar,
    spans: &mut Vec<(Item, f32)>,
) {
    let mut ends: Vec<usize> = spans
        .iter()
        .filter(|(item, _)| item.end - item.start > 1 && matches!(item.piece, Piece::Names(_)))
        .map(|(item, _)| item.end)
        .collect();
    ends.sort_unstable();
    ends.dedup();
    for end in ends {
        let stop = stops.iter().copied().find(|stop| *stop > end);
        let Some(phrase) = phrases(&words[end..stop.unwrap_or(words.len())], calendar)
            .into_iter()
            .find(|phrase| phrase.start <= 1)
        else {
            continue;
        };
        let (start, end) = (end + phrase.start, end + phrase.end);
        let known = spans.iter().any(|(item, _)| {
            item.start == start && item.end == end && matches!(item.piece, Piece::Time(_))
        });
        if !known {
            let length = weight(&words[start..end]);
            let item = Item {
                start,
                end,
                piece: Piece::Time(phrase.meaning),
            };
            spans.push((item, 0.9 * length.powf(1.1)));
        }
    }
}

/// The words end in what leads a bound: "below" of "below 50 last week".
fn ends_in_bound(lexicon: &Lexicon, words: &[&str], language: Language) -> bool {
    bound_before(lexicon, words, language).is_some()
}

/// Where the bound begins that the words end in.
fn bound_before(lexicon: &Lexicon, words: &[&str], language: Language) -> Option<usize> {
    (1..=words.len().min(4))
        .map(|count| words.len() - count)
        .find(|from| {
            let cue = lexicon
                .vocabulary
                .cue_in(&words[*from..].join(" "), language);
            matches!(cue, Some((Cue::Than(_) | Cue::Passed(_), _)))
        })
}

/// The number that a bound leads is of a date: "hasta 15 de noviembre", "up to 15 November". A year
/// alone is one where there is data of it and nothing follows that it might count.
fn is_dated(words: &[&str], lead: usize, at: usize, calendar: &Calendar) -> bool {
    let end = at - lead + 1;
    phrases(&words[lead..], calendar).iter().any(|phrase| {
        let Meaning::Period(when) = phrase.meaning else {
            return false;
        };
        let year = when.range.end.year() >= calendar.beginning.year() && lead + end == words.len();
        let number = words[at].bytes().all(|b| b.is_ascii_digit());
        phrase.start == 0
            && when.from_beginning
            && (phrase.end > end || (phrase.end == end && (!number || year)))
    })
}

fn is_digits(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// A bound closes after the number: "October: 5 or fewer", "2000 boardings or more".
fn is_closed(lexicon: &Lexicon, words: &[&str], at: usize, language: Language) -> bool {
    let closes = |from: usize| {
        let after = words.get(from..from + 2).map(|words| words.join(" "));
        let cue = after.and_then(|after| lexicon.vocabulary.cue_in(&after, language));
        matches!(cue, Some((Cue::Than(_), _)))
    };
    // Only what might be a year is taken for time.
    let year = words.get(at).is_some_and(|word| word.len() == 4)
        && words.get(at + 1).is_some_and(|word| !is_digits(word));
    let or = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| matches!(*word, "or" | "o" | "ou"))
    };
    words.get(at).is_some_and(|word| is_digits(word))
        && (closes(at + 1) || (year && or(at + 2) && closes(at + 2)))
}

/// The stretches between stops, each with its first word's place: "top 3, last month" is not
/// three months, nor is "below 50 last week" fifty weeks. A year goes with its date over a comma.
fn parts<'w, 'a>(
    lexicon: &Lexicon,
    words: &'w [&'a str],
    tokens: &[Token],
    (calendar, language): (&Calendar, Language),
) -> Vec<(usize, &'w [&'a str])> {
    let stopped = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.after_stop && !goes_on(words[at - 1], &token.word))
    };
    let closed = |at: usize| is_closed(lexicon, words, at, language);
    let bounded = |at: usize| {
        if closed(at) {
            return true;
        }
        let lead = bound_before(lexicon, &words[..at], language).filter(|_| is_digits(words[at]));
        lead.is_some_and(|lead| {
            let stop = (at + 1..words.len()).find(|at| stopped(*at));
            let stretch = &words[..stop.unwrap_or(words.len())];
            !is_dated(stretch, lead, at, calendar)
        })
    };
    // "how many came through yesterday": not until then.
    let went = |at: usize| {
        words[at - 1] == "through"
            && at > 1
            && matches!(
                words[at - 2],
                "came" | "come" | "comes" | "coming" | "went" | "go" | "gone"
            )
    };
    let stops = |at: usize| stopped(at) || bounded(at - 1) || bounded(at) || went(at);
    let mut parts = Vec::new();
    let mut start = 0;
    for stop in (1..words.len())
        .filter(|at| stops(*at))
        .chain([words.len()])
    {
        parts.push((start, &words[start..stop]));
        start = stop;
    }
    parts
}

/// The words with typos mended, the mends, and second guesses at them.
fn repaired(
    lexicon: &Lexicon,
    tokens: &[Token],
    (timed, language): (&[bool], Language),
) -> (Vec<Word>, Vec<Repair>, Vec<(usize, Word)>) {
    let mut repairs = Vec::new();
    let mut others = Vec::new();
    let mut words = Vec::with_capacity(tokens.len());
    let mut tried = 0;
    for (at, token) in tokens.iter().enumerate() {
        let word = lexicon.word(&token.word);
        // A wall of unknown words is no question; a few typos are.
        if lexicon.knows(&word) || timed[at] || tried >= MOST_REPAIRS {
            words.push(word);
            continue;
        }
        tried += 1;
        let mut near = lexicon.repairs(&token.word);
        // "Roma" is no "rota".
        let proper = at > 0
            && token.typed.starts_with(char::is_uppercase)
            && !token.is_shouted()
            && token.word.len() <= SHORT
            && !tokens[at - 1].typed.starts_with(char::is_uppercase);
        // "cerró" is a verb.
        if token.typed.ends_with('ó') {
            near.retain(|(meant, _)| token.word.len() < shared(meant, &token.word) + 3);
        }
        near.retain(|(meant, _)| {
            if proper && !is_value(lexicon, &lexicon.word(meant)) {
                return false;
            }
            // "Cnada" is no Spanish "cada".
            let foreign = matches!(lexicon.vocabulary.cue_in(meant, language), Some((_, false)));
            !foreign || lexicon.is_of_a_name(&lexicon.word(meant))
        });
        // "raise" is no "rise" where an amount raised is counted.
        let general = |(meant, _): &(&str, usize)| !lexicon.is_of_a_name(&lexicon.word(meant));
        let formed = |named: &Named| {
            named.fit <= Fit::Meant && !matches!(named.target, Target::Value { .. })
        };
        if near.first().is_none_or(general)
            && token.word.len() >= FORMED
            && lexicon.names([&word]).iter().any(formed)
        {
            words.push(word);
            continue;
        }
        let mut near = near.into_iter();
        match near.next() {
            // A word that is spelled as it should be.
            Some((meant, 0)) => words.push(lexicon.word(meant)),
            Some((meant, edits)) => {
                repairs.push(Repair {
                    at,
                    meant: meant.to_owned(),
                    edits,
                });
                others.extend(near.map(|(other, _)| (at, lexicon.word(other))));
                words.push(lexicon.word(meant));
            }
            None => words.push(word),
        }
    }
    (words, repairs, others)
}

/// Shorter words are seldom forms of others.
const FORMED: usize = 5;

/// How many letters two words begin with alike.
pub(crate) fn shared(one: &str, other: &str) -> usize {
    one.bytes()
        .zip(other.bytes())
        .take_while(|(one, other)| one == other)
        .count()
}

/// A name with a capital letter of so many letters is no typo of a common word.
const SHORT: usize = 5;

/// Unknown words that are looked up among the near ones.
const MOST_REPAIRS: usize = 8;

/// A unit of measure, which goes with the number before it.
fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "kg" | "kgs"
            | "kilo"
            | "kilos"
            | "g"
            | "km"
            | "kms"
            | "mi"
            | "lb"
            | "lbs"
            | "l"
            | "ml"
            | "gb"
            | "mb"
            | "tb"
            | "pct"
            | "pts"
            | "mins"
            | "hrs"
            | "secs"
            | "ms"
    )
}

/// What a phrase for the present moment ends in.
fn is_now(word: &str) -> bool {
    matches!(word, "hoy" | "hoje")
}

fn cues(lexicon: &Lexicon, words: &[&str], language: Language, spans: &mut Vec<(Item, f32)>) {
    let mut phrase = String::new();
    for start in 0..words.len() {
        phrase.clear();
        for (n, word) in words.iter().skip(start).take(LONGEST_PHRASE).enumerate() {
            if n > 0 {
                phrase.push(' ');
            }
            phrase.push_str(word);
            let Some((cue, own)) = lexicon.vocabulary.cue_in(&phrase, language) else {
                continue;
            };
            // A chart of lines, where lines are what the catalogue is about.
            if n == 0 && matches!(cue, Cue::Show(_)) && lexicon.is_name(word) {
                continue;
            }
            let each = match cue {
                // "would you be so kind as to", "todo dia às": nobody says these by chance.
                // "a día de hoy" asks of no day, "morning!" of no hour.
                Cue::Noise if n > 1 && is_now(word) => 1.1,
                Cue::Hello | Cue::Thanks if start == 0 && n + 1 == words.len() => 1.4,
                // "hi team" greets people, whatever teams are recorded.
                Cue::Hello if start == 0 && n > 0 => 0.8,
                // "back to the one before" goes back, and compares with nothing.
                Cue::Back if n > 2 => 1.4,
                // "show it", whatever shows there are
                Cue::Again if n > 0 && words[start] == "show" => 0.9,
                // "best selling dish" ranks, whatever is called "dishes sold".
                Cue::Top if n > 0 && *word == "selling" => 1.0,
                Cue::Noise if n > 1 => 0.3,
                Cue::Feature(_) if n > 1 => 1.4,
                Cue::Correct | Cue::Than(_) | Cue::Passed(_) if n > 0 => 0.6,
                Cue::Noise => 0.15,
                Cue::By if n > 0 && *word == "por" => 0.6,
                Cue::In | Cue::By | Cue::And => 0.2,
                _ => 0.4,
            };
            // A word of another language may be in use here, but hardly instead of one's own.
            let each = if own { each } else { 0.5 * each };
            let length = f32::from(u8::try_from(n + 1).unwrap_or(u8::MAX));
            spans.push((
                Item {
                    start,
                    end: start + n + 1,
                    piece: Piece::Cue(cue),
                },
                each * length.powf(1.1),
            ));
        }
    }
}
