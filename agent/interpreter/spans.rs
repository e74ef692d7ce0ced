//! Cuts a question into pieces: names of the catalogue, phrases of time, cues, numbers, and words
//! nobody knows. `slots` gives them their parts in the sentence.
//!
//! Pieces overlap ("monthly" is a grain, "monthly recurring revenue" a metric), so all are found
//! first, and the cut that explains most of the words wins.

use crate::lexicon::{Fit, LONGEST_NAME, Lexicon, Named, Target, Word, links};
use crate::text::Token;
use crate::time::{Calendar, Meaning, phrases};
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
    /// A number.
    Number(u32),
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
    pub(crate) repairs: Vec<Repair>,
}

/// Cuts a question.
pub(crate) fn cut(lexicon: &Lexicon, tokens: &[Token], calendar: &Calendar) -> Cut {
    let (words, repairs, others) = repaired(lexicon, tokens);
    let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let mut spans: Vec<(Item, f32)> = Vec::new();
    for (first, part) in parts(&folded, tokens) {
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
    named(lexicon, &words, (tokens, &repairs), &mut spans);
    qualify(&mut spans);
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
    cues(lexicon, &folded, &mut spans);
    for (at, word) in folded.iter().enumerate() {
        if let Some(number) = count(lexicon, word) {
            spans.push((
                Item {
                    start: at,
                    end: at + 1,
                    piece: Piece::Number(number),
                },
                0.3,
            ));
        } else if lexicon.is_money(word) {
            spans.push((
                Item {
                    start: at,
                    end: at + 1,
                    piece: Piece::Cue(Cue::Noise),
                },
                0.1,
            ));
        }
    }
    Cut {
        items: best(folded.len(), spans),
        repairs,
    }
}

/// The stretches between stops, each with its first word's place: "top 3, last month" is not
/// three months. A year goes with its date over a comma.
fn parts<'w, 'a>(words: &'w [&'a str], tokens: &[Token]) -> Vec<(usize, &'w [&'a str])> {
    let year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let stops = (1..words.len()).filter(|at| {
        tokens
            .get(*at)
            .is_some_and(|token| token.after_stop && !year(&token.word))
    });
    let mut parts = Vec::new();
    let mut start = 0;
    for stop in stops.chain([words.len()]) {
        parts.push((start, &words[start..stop]));
        start = stop;
    }
    parts
}

/// The words with typos mended, the mends, and second guesses at them.
fn repaired(lexicon: &Lexicon, tokens: &[Token]) -> (Vec<Word>, Vec<Repair>, Vec<(usize, Word)>) {
    let mut repairs = Vec::new();
    let mut others = Vec::new();
    let mut words = Vec::with_capacity(tokens.len());
    let mut tried = 0;
    for (at, token) in tokens.iter().enumerate() {
        let word = lexicon.word(&token.word);
        // A wall of unknown words is no question; a few typos are.
        if lexicon.knows(&word) || tried >= MOST_REPAIRS {
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

fn named(
    lexicon: &Lexicon,
    words: &[Word],
    (tokens, repairs): (&[Token], &[Repair]),
    spans: &mut Vec<(Item, f32)>,
) {
    let all_shouted = tokens.iter().all(Token::is_shouted);
    let content: Vec<usize> = (0..words.len())
        .filter(|at| words.get(*at).is_some_and(|word| !links(&word.folded)))
        .collect();
    for (n, first) in content.iter().enumerate() {
        for last in content.iter().skip(n).take(LONGEST_NAME) {
            let inside = content.iter().filter(|at| *at >= first && *at <= last);
            let mut names = lexicon.names(inside.filter_map(|at| words.get(*at)));
            // "in", "no", "may": a value of that name is meant only where it stands out ("IN").
            if first == last
                && words
                    .get(*first)
                    .is_some_and(|word| lexicon.is_general(&word.folded))
            {
                let stands_out = !all_shouted && tokens.get(*first).is_some_and(Token::is_shouted);
                let due = first
                    .checked_sub(1)
                    .and_then(|before| words.get(before))
                    .and_then(|word| lexicon.vocabulary.cue(&word.folded));
                let due = matches!(
                    due,
                    Some(Cue::By | Cue::Which | Cue::Top | Cue::Bottom | Cue::And)
                );
                names.retain(|name| match name.target {
                    Target::Value { .. } => stands_out,
                    Target::Dimension(_) => due,
                    Target::Metric(_) => true,
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
}

/// A value right after its dimension is that value, whatever else it may be: "campaign Black
/// Friday" is no date.
fn qualify(spans: &mut [(Item, f32)]) {
    let mut after: Vec<(usize, u32)> = Vec::new();
    for (item, _) in spans.iter() {
        let Piece::Names(names) = &item.piece else {
            continue;
        };
        after.extend(names.iter().filter_map(|named| match named.target {
            Target::Dimension(at) if named.fit <= Fit::Meant => Some((item.end, at)),
            _ => None,
        }));
    }
    for (item, weight) in spans.iter_mut() {
        let Piece::Names(names) = &item.piece else {
            continue;
        };
        let qualified = names.iter().any(|named| {
            matches!(named.target, Target::Value { dimension, .. } if after.contains(&(item.start, dimension)))
        });
        if qualified {
            *weight += 0.3;
        }
    }
}

fn cues(lexicon: &Lexicon, words: &[&str], spans: &mut Vec<(Item, f32)>) {
    let mut phrase = String::new();
    for start in 0..words.len() {
        phrase.clear();
        for (n, word) in words.iter().skip(start).take(LONGEST_PHRASE).enumerate() {
            if n > 0 {
                phrase.push(' ');
            }
            phrase.push_str(word);
            let Some(cue) = lexicon.vocabulary.cue(&phrase) else {
                continue;
            };
            let each = match cue {
                Cue::Noise => 0.15,
                Cue::In | Cue::By | Cue::And => 0.2,
                _ => 0.4,
            };
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

/// A whole number up to a million, or one in words.
fn count(lexicon: &Lexicon, word: &str) -> Option<u32> {
    if word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 7 {
        return word.parse().ok();
    }
    // "a", "uno", and "dos", which is also Portuguese for "of the", count nothing by themselves.
    if lexicon.vocabulary.cue(word).is_some() {
        return None;
    }
    crate::time::number(word).and_then(|n| u32::try_from(n).ok())
}

/// The pieces, end to end, that together weigh most; a word that no piece covers costs.
fn best(length: usize, spans: Vec<(Item, f32)>) -> Vec<Item> {
    const UNKNOWN: f32 = -0.6;
    let mut score = vec![0.0_f32; length + 1];
    let mut chosen: Vec<Option<usize>> = vec![None; length + 1];
    let mut ending: Vec<Vec<usize>> = vec![Vec::new(); length + 1];
    for (at, (item, _)) in spans.iter().enumerate() {
        if let Some(list) = ending.get_mut(item.end) {
            list.push(at);
        }
    }
    for end in 1..=length {
        let mut top = (score[end - 1] + UNKNOWN, None);
        for at in &ending[end] {
            if let Some((item, weight)) = spans.get(*at) {
                let total = score[item.start] + weight;
                if total > top.0 {
                    top = (total, Some(*at));
                }
            }
        }
        (score[end], chosen[end]) = top;
    }
    let mut items = Vec::new();
    let mut end = length;
    let mut spans: Vec<Option<Item>> = spans.into_iter().map(|(item, _)| Some(item)).collect();
    while end > 0 {
        let item = chosen[end]
            .and_then(|at| spans.get_mut(at))
            .and_then(Option::take);
        let item = item.unwrap_or(Item {
            start: end - 1,
            end,
            piece: Piece::Unknown,
        });
        end = item.start;
        items.push(item);
    }
    items.reverse();
    items
}
