//! Cuts a question into pieces: names of the catalogue, phrases of time, cues, numbers, and words
//! nobody knows. `slots` gives them their parts in the sentence.
//!
//! Pieces overlap ("monthly" is a grain, "monthly recurring revenue" a metric), so all are found
//! first, and the cuts that explain most of the words are read.

use almanac_agent_contract::{Language, Term};

use crate::amounts::amount;
use crate::lexicon::{Fit, LONGEST_NAME, Lexicon, Named, Target, Word, is_plural_of, links};
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
    for (first, part) in parts(lexicon, &typed, tokens, language) {
        for phrase in phrases(part, calendar) {
            timed[first + phrase.start..first + phrase.end].fill(true);
        }
    }
    let (words, repairs, others) = repaired(lexicon, tokens, &timed);
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let mut spans: Vec<(Item, f32)> = Vec::new();
    for (first, part) in parts(lexicon, &folded, tokens, language) {
        for phrase in phrases(part, calendar) {
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
            .filter(|found| found.words > 1 || lexicon.vocabulary.cue_in(word, language).is_none());
        if let Some(found) = number {
            let length = f32::from(u8::try_from(found.words).unwrap_or(u8::MAX));
            let end = (at + found.words).min(folded.len());
            let unit = folded.get(end).is_some_and(|word| is_unit(word));
            let item = Item {
                start: at,
                end: end + usize::from(unit),
                piece: Piece::Number(found.value, found.percent),
            };
            spans.push((item, 0.3 * length.powf(1.3)));
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

/// "new and lost MRR": what the second name ends in belongs to the first as well.
fn distributed(lexicon: &Lexicon, words: &[Word], spans: &mut Vec<(Item, f32)>) {
    let mut found = Vec::new();
    for (item, weight) in spans.iter() {
        let Piece::Names(names) = &item.piece else {
            continue;
        };
        let is_metric = |named: &Named| matches!(named.target, Target::Metric(_));
        let own = names
            .first()
            .is_some_and(|named| is_metric(named) && named.fit <= Fit::Meant);
        let link = item.start.checked_sub(1).and_then(|at| words.get(at));
        let links = link.is_some_and(|word| {
            matches!(
                word.folded.as_str(),
                "and" | "or" | "vs" | "versus" | "y" | "e" | "o" | "ou"
            )
        });
        let (Some(first), Some(last)) = (item.start.checked_sub(2), words.get(item.end - 1)) else {
            continue;
        };
        if !own || !links || item.end - item.start < 2 {
            continue;
        }
        let Some(word) = words.get(first) else {
            continue;
        };
        let mut both = lexicon.names([word, last]);
        both.retain(|named| is_metric(named) && named.fit <= Fit::Meant);
        if both.is_empty() {
            continue;
        }
        let item = Item {
            start: first,
            end: first + 1,
            piece: Piece::Names(both),
        };
        found.push((item, 0.6 * weight));
    }
    spans.extend(found);
}

/// Phrases that people here gave a meaning of their own.
fn termed(lexicon: &Lexicon, tokens: &[Token], terms: &[Term], spans: &mut Vec<(Item, f32)>) {
    for term in terms {
        let at = lexicon
            .catalog
            .metrics
            .iter()
            .position(|info| info.name == term.metric);
        let Some(at) = at.and_then(|at| u32::try_from(at).ok()) else {
            continue;
        };
        let phrase = crate::text::tokens(&term.phrase);
        if phrase.is_empty() {
            continue;
        }
        for (start, window) in tokens.windows(phrase.len()).enumerate() {
            let same = window
                .iter()
                .zip(&phrase)
                .all(|(said, known)| said.word == known.word);
            if same {
                let named = Named {
                    target: Target::Metric(at),
                    fit: Fit::Same,
                    quality: 1.0,
                };
                let item = Item {
                    start,
                    end: start + phrase.len(),
                    piece: Piece::Names(vec![named]),
                };
                let length = f32::from(u8::try_from(phrase.len()).unwrap_or(u8::MAX));
                spans.push((item, 1.3 * length.powf(1.1)));
            }
        }
    }
}

/// The words end in what leads a bound: "below" of "below 50 last week".
fn ends_in_bound(lexicon: &Lexicon, words: &[&str], language: Language) -> bool {
    (1..=words.len().min(4)).any(|count| {
        let phrase = words[words.len() - count..].join(" ");
        let cue = lexicon.vocabulary.cue_in(&phrase, language);
        matches!(cue, Some((Cue::Than(_) | Cue::Passed(_), _)))
    })
}

/// The stretches between stops, each with its first word's place: "top 3, last month" is not
/// three months, nor is "below 50 last week" fifty weeks. A year goes with its date over a comma.
fn parts<'w, 'a>(
    lexicon: &Lexicon,
    words: &'w [&'a str],
    tokens: &[Token],
    language: Language,
) -> Vec<(usize, &'w [&'a str])> {
    let stops = |at: usize| {
        let stop = tokens
            .get(at)
            .is_some_and(|token| token.after_stop && !goes_on(words[at - 1], &token.word));
        let number = |at: usize| words[at].starts_with(|c: char| c.is_ascii_digit());
        let bounded = |at: usize| number(at) && ends_in_bound(lexicon, &words[..at], language);
        stop || bounded(at - 1) || bounded(at)
    };
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
    timed: &[bool],
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
        let mut near = lexicon.repairs(&token.word).into_iter();
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

/// Unknown words that are looked up among the near ones.
const MOST_REPAIRS: usize = 8;

/// Words that count: those that only link or lead weigh little.
fn weight(words: &[&str]) -> f32 {
    let one = |word: &&str| match *word {
        word if links(word) => 0.1,
        "by" | "per" | "each" | "every" | "por" | "cada" => 0.2,
        _ => 1.0,
    };
    words.iter().map(one).sum()
}

/// Finds the names; gives back the values whose words are words of questions as well, which are
/// meant only where something else says so.
fn named(
    lexicon: &Lexicon,
    words: &[Word],
    (tokens, repairs, language): (&[Token], &[Repair], Language),
    spans: &mut Vec<(Item, f32)>,
) -> Vec<(Item, f32)> {
    let mut doubtful = Vec::new();
    let all_shouted = tokens.iter().all(Token::is_shouted);
    // "drivers were active" names active drivers.
    let content: Vec<usize> = (0..words.len())
        .filter(|at| {
            words
                .get(*at)
                .is_some_and(|word| !links(&word.folded) && !is_auxiliary(&word.folded))
        })
        .collect();
    for (n, first) in content.iter().enumerate() {
        for last in content.iter().skip(n).take(LONGEST_NAME) {
            let inside = content.iter().filter(|at| *at >= first && *at <= last);
            let mut names = lexicon.names(inside.filter_map(|at| words.get(*at)));
            // "in", "no", "may": a value of that name is meant only where it stands out ("IN").
            if first == last
                && words
                    .get(*first)
                    .is_some_and(|word| lexicon.is_general_in(&word.folded, language))
            {
                let stands_out = !all_shouted && tokens.get(*first).is_some_and(Token::is_shouted);
                let due = first
                    .checked_sub(1)
                    .and_then(|before| words.get(before))
                    .and_then(|word| lexicon.vocabulary.cue_in(&word.folded, language));
                let due = matches!(
                    due,
                    Some((
                        Cue::By | Cue::Per | Cue::Which | Cue::Top | Cue::Bottom | Cue::And,
                        _
                    ))
                );
                if !stands_out {
                    let is_value = |named: &&Named| matches!(named.target, Target::Value { .. });
                    let values: Vec<Named> = names.iter().filter(is_value).copied().collect();
                    if let Some(best) = values.first() {
                        let weight = best.quality;
                        let item = Item {
                            start: *first,
                            end: last + 1,
                            piece: Piece::Names(values),
                        };
                        doubtful.push((item, weight));
                    }
                }
                names.retain(|name| match name.target {
                    Target::Value { .. } => stands_out,
                    Target::Dimension(_) => due,
                    // "month" is no hint at "Freight month to date".
                    Target::Metric(_) => name.fit <= Fit::Meant,
                });
            }
            if names.is_empty() {
                continue;
            }
            let edits: usize = repairs
                .iter()
                .filter(|repair| repair.at >= *first && repair.at <= *last)
                .map(|repair| repair.edits)
                .sum();
            let mended = 0.93_f32.powi(i32::try_from(edits).unwrap_or(9));
            for name in &mut names {
                name.quality *= mended;
            }
            let span: Vec<&str> = words[*first..=*last]
                .iter()
                .map(|word| word.folded.as_str())
                .collect();
            let quality = names.first().map_or(0.0, |name| name.quality);
            let length = weight(&span).powf(1.1);
            spans.push((
                Item {
                    start: *first,
                    end: last + 1,
                    piece: Piece::Names(names),
                },
                quality * length,
            ));
        }
    }
    doubtful
}

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

/// Verbs that stand between the words of a name and change nothing.
fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "is" | "are" | "was" | "were" | "been" | "being" | "fueron" | "foram" | "estan" | "estao"
    )
}

/// A value beside the name of its dimension or of what that belongs to is that value, whatever
/// else it may be: "campaign Black Friday" is no date, "annual plans" no series. So is a value set
/// beside such a one: "monthly vs annual plans".
fn qualify(
    lexicon: &Lexicon,
    words: &[&str],
    doubtful: Vec<(Item, f32)>,
    spans: &mut Vec<(Item, f32)>,
) {
    let mut dimensions: Vec<(usize, usize, u32)> = Vec::new();
    for (item, _) in spans.iter() {
        let Piece::Names(names) = &item.piece else {
            continue;
        };
        dimensions.extend(names.iter().filter_map(|named| match named.target {
            Target::Dimension(at) if named.fit <= Fit::Meant => Some((item.start, item.end, at)),
            _ => None,
        }));
    }
    let beside = |item: &Item, of: u32| {
        let named = dimensions
            .iter()
            .any(|(start, end, at)| *at == of && (*end == item.start || *start == item.end));
        let noun = words.get(item.end).copied().unwrap_or_default();
        let entity = lexicon
            .dimension(of)
            .and_then(|info| info.name.rsplit("__").nth(1));
        named || entity.is_some_and(|entity| is_plural_of(noun, entity))
    };
    let mut sure: Vec<(usize, u32)> = Vec::new();
    for (item, _) in spans.iter().chain(&doubtful) {
        sure.extend(values_of(item).filter_map(|of| beside(item, of).then_some((item.start, of))));
    }
    let joined = |item: &Item, of: u32| {
        let link = words.get(item.end).copied().unwrap_or_default();
        let links = matches!(
            link,
            "vs" | "versus" | "and" | "or" | "y" | "o" | "e" | "ou" | "contra" | "against"
        );
        links
            && sure
                .iter()
                .any(|(at, other)| *other == of && (*at == item.end + 1 || *at == item.end + 2))
    };
    let qualified = |item: &Item| values_of(item).any(|of| beside(item, of) || joined(item, of));
    for (item, weight) in spans.iter_mut() {
        if qualified(item) {
            *weight += QUALIFIED;
        }
    }
    let meant = doubtful.into_iter().filter(|(item, _)| qualified(item));
    spans.extend(meant.map(|(item, weight)| (item, weight + QUALIFIED)));
}

/// What a name beside a value that belongs to it adds to the value's weight.
const QUALIFIED: f32 = 0.12;

/// The dimensions of the values that a piece may be.
fn values_of(item: &Item) -> impl Iterator<Item = u32> + '_ {
    let names = match &item.piece {
        Piece::Names(names) => names.as_slice(),
        _ => &[],
    };
    names.iter().filter_map(|named| match named.target {
        Target::Value { dimension, .. } => Some(dimension),
        _ => None,
    })
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
            let each = match cue {
                Cue::Noise => 0.15,
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

/// The ways to cover all words by pieces, end to end, that weigh most; the best first. A word that
/// no piece covers costs.
fn best(length: usize, spans: &[(Item, f32)]) -> Vec<(Vec<Item>, f32)> {
    const UNKNOWN: f32 = -0.6;
    let mut ending: Vec<Vec<usize>> = vec![Vec::new(); length + 1];
    for (at, (item, _)) in spans.iter().enumerate() {
        if let Some(list) = ending.get_mut(item.end) {
            list.push(at);
        }
    }
    // For each end, the best ways to get there: weight, the last piece, the way before it.
    let mut ways: Vec<Vec<(f32, Option<usize>, usize)>> = vec![vec![(0.0, None, 0)]];
    for end in 1..=length {
        let mut here: Vec<(f32, Option<usize>, usize)> = Vec::new();
        let mut arrive = |from: usize, weight: f32, piece: Option<usize>| {
            for (rank, (before, ..)) in ways.get(from).into_iter().flatten().enumerate() {
                here.push((before + weight, piece, rank));
            }
        };
        arrive(end - 1, UNKNOWN, None);
        for at in ending.get(end).into_iter().flatten() {
            if let Some((item, weight)) = spans.get(*at) {
                arrive(item.start, *weight, Some(*at));
            }
        }
        here.sort_by(|a, b| b.0.total_cmp(&a.0));
        here.truncate(MOST_CUTS);
        ways.push(here);
    }
    let count = ways.get(length).map_or(0, Vec::len);
    (0..count)
        .filter_map(|rank| {
            let weight = ways.get(length)?.get(rank)?.0;
            Some((walked(length, rank, &ways, spans), weight))
        })
        .collect()
}

fn walked(
    length: usize,
    mut rank: usize,
    ways: &[Vec<(f32, Option<usize>, usize)>],
    spans: &[(Item, f32)],
) -> Vec<Item> {
    let mut items = Vec::new();
    let mut end = length;
    while end > 0 {
        let Some((_, piece, before)) = ways.get(end).and_then(|here| here.get(rank)) else {
            break;
        };
        let item = piece.and_then(|at| spans.get(at)).map_or_else(
            || Item {
                start: end - 1,
                end,
                piece: Piece::Unknown,
            },
            |(item, _)| item.clone(),
        );
        end = item.start;
        rank = *before;
        items.push(item);
    }
    items.reverse();
    items
}

/// Cuts of a question that are looked at.
const MOST_CUTS: usize = 5;
