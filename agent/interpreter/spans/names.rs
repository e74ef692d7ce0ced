//! Names of the catalogue among the words of a question. Part of `spans`.

use almanac_agent_contract::{Language, Term};
use almanac_metrics::ValueInfo;

use super::wording::{is_adverb, is_auxiliary, is_copula, is_pronoun, tells_how};
use super::{Item, Piece, Repair};
use crate::intent::Statistic;
use crate::lexicon::{
    Fit, LONGEST_NAME, Lexicon, Named, Target, Word, is_plural, is_plural_of, is_verb, links,
    owner, plain,
};
use crate::say;
use crate::text::Token;
use crate::vocabulary::Cue;

/// Finds the names; gives back the values whose words are words of questions as well, which are
/// meant only where something else says so.
pub(super) fn named(
    lexicon: &Lexicon,
    words: &[Word],
    (tokens, repairs, language): (&[Token], &[Repair], Language),
    spans: &mut Vec<(Item, f32)>,
) -> Vec<(Item, f32)> {
    let mut doubtful = Vec::new();
    let all_shouted = tokens
        .iter()
        .filter(|token| token.typed.chars().any(char::is_alphabetic))
        .all(Token::is_shouted);
    // "gastamos com pedágio": what is spent on something is that something's cost.
    let on = |at: usize| {
        let word = words.get(at).map_or("", |word| word.folded.as_str());
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        matches!(word, "com" | "con" | "em" | "en")
            && before.is_some_and(|before| {
                let spent = |word| lexicon.same_meaning(&before.folded, word);
                spent("expense") || spent("cost")
            })
    };
    // "drivers were active" names active drivers.
    let content: Vec<usize> = (0..words.len())
        .filter(|at| {
            words
                .get(*at)
                .is_some_and(|word| !links(&word.folded) && !is_auxiliary(&word.folded))
                && !on(*at)
        })
        .collect();
    for (n, first) in content.iter().enumerate() {
        for last in content.iter().skip(n).take(LONGEST_NAME) {
            let inside = content.iter().filter(|at| *at >= first && *at <= last);
            let mut names = lexicon.names(inside.filter_map(|at| words.get(*at)));
            // "not branches, cities" names no city of branches.
            let stopped = tokens
                .get(first + 1..=*last)
                .is_some_and(|tokens| tokens.iter().any(|token| token.after_stop));
            if stopped {
                names.retain(|named| matches!(named.target, Target::Value { .. }));
            }
            // "net switches in October", where "net switches" and "switches in" are both counted
            let leads = words
                .get(*last)
                .is_some_and(|word| matches!(word.folded.as_str(), "in" | "on" | "at" | "from"));
            let longer = first
                .checked_sub(1)
                .and_then(|before| words.get(before..*last))
                .is_some_and(|words| lexicon.names(words).iter().any(is_metric_itself));
            if last > first && leads && longer {
                continue;
            }
            // "opened at least 3": what belongs to a bound is no part of a name.
            if last > first
                && words.get(last + 1).is_some_and(|next| {
                    let bound = format!("{} {}", words[*last].folded, next.folded);
                    let cue = lexicon.vocabulary.cue_in(&bound, language);
                    matches!(cue, Some((Cue::Than(_), _)))
                })
            {
                continue;
            }
            // "channels had revenue" is no sales channel.
            let across = words
                .get(*first..=*last)
                .is_some_and(|words| words.iter().any(|word| is_auxiliary(&word.folded)));
            if across {
                names.retain(|named| named.fit == Fit::Same);
            }
            // "temps had hours" asks for temps.
            let has = words.get(*first..=*last).is_some_and(|words| {
                let has = |pair: &[Word]| {
                    is_plural(&pair[0].folded)
                        && matches!(pair[1].folded.as_str(), "had" | "has" | "have")
                };
                let done = words.last().is_some_and(|word| is_done(&word.folded));
                // "ads per session did players watch"
                let asks = |word: &Word| matches!(word.folded.as_str(), "did" | "does");
                let first = words.first();
                let divides =
                    first.is_some_and(|word| matches!(word.folded.as_str(), "per" | "each"));
                words.windows(2).any(has) && !done || divides && words.iter().any(asks)
            });
            if has {
                names.retain(|named| matches!(named.target, Target::Value { .. }));
            }
            if let ([at], true) = ([*first], first == last)
                && let Some(word) = words.get(at)
            {
                names.retain(|named| !is_another_form(lexicon, word, named));
                if word.folded.starts_with("compar") {
                    names.retain(|named| !is_shortened(lexicon, word, named));
                }
            }
            // "in", "no", "may": a value of that name is meant only where it stands out ("IN").
            if first == last
                && words
                    .get(*first)
                    .is_some_and(|word| lexicon.is_general_in(&word.folded, language))
                && !words.get(*first).is_some_and(|word| {
                    let cue = lexicon.vocabulary.cue_in(&word.folded, language);
                    matches!(cue, Some((Cue::Show(_), _))) && lexicon.is_name(&word.folded)
                })
            {
                // "para a Claro": a value's own name, written as one.
                let proper = *first > 0
                    && tokens.get(*first).is_some_and(|token| {
                        token.typed.starts_with(char::is_uppercase) && !token.after_stop
                    })
                    && names
                        .iter()
                        .any(|named| is_called(lexicon, &words[*first], named));
                let stands_out =
                    proper || !all_shouted && tokens.get(*first).is_some_and(Token::is_shouted);
                // "our" is no "ouro".
                names.retain(|named| {
                    stands_out
                        || !matches!(named.target, Target::Value { .. })
                        || !is_pronoun(&words[*first].folded)
                });
                let due_cue = first
                    .checked_sub(1)
                    .and_then(|before| words.get(before))
                    .and_then(|word| lexicon.vocabulary.cue_in(&word.folded, language));
                let due = matches!(
                    due_cue,
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
                        // "en van": no verb follows a preposition.
                        let led = matches!(due_cue, Some((Cue::In | Cue::Only, true)));
                        let verb = lexicon.vocabulary.cue_in(&words[*first].folded, language);
                        let asks = matches!(
                            words[*first].folded.as_str(),
                            "what" | "which" | "how" | "que" | "cual" | "qual"
                        );
                        let said = led
                            && !asks
                            && matches!(verb, Some((Cue::Noise | Cue::Trend | Cue::ByWhat, true)));
                        // "sem móveis": no days that roll.
                        let lone = matches!(words[*first].folded.as_str(), "moveis" | "moviles")
                            && matches!(due_cue, Some((Cue::In | Cue::Only | Cue::Not, _)));
                        let said = said || lone;
                        let place = if said { &mut *spans } else { &mut doubtful };
                        place.push((item, weight));
                    }
                }
                names.retain(|name| match name.target {
                    Target::Value { .. } => stands_out,
                    Target::Dimension(_) => due,
                    // "month" is no hint at "Freight month to date", "show" none at "No-shows".
                    Target::Metric(_) => name.fit <= Fit::Meant && name.quality >= WHOLE,
                });
            }
            // "days in" is no hint at "Days in advance".
            // "appointments booked via the app": only "appointment booked via" would be a dimension.
            let plural = (*first..*last).any(|end| {
                let noun = words.get(*first..=end).unwrap_or_default();
                noun.last().is_some_and(|word| is_plural(&word.folded))
                    && lexicon.names(noun).iter().any(is_metric_itself)
            });
            if plural {
                names.retain(|named| !matches!(named.target, Target::Dimension(_)));
            }
            // "average bookings per day" is no average booking value.
            let of_all = words.get(*first..=*last).is_some_and(|words| {
                let noun = words.last().is_some_and(|word| is_plural(&word.folded));
                words.len() == 2 && noun && is_average(lexicon, &words[0], language)
            });
            // "mean donations per day" is no mean donation.
            let rolls = words.get(last + 1..last + 3).is_some_and(|words| {
                matches!(words[0].folded.as_str(), "per" | "a" | "each" | "every")
                    && matches!(
                        words[1].folded.as_str(),
                        "hour" | "day" | "week" | "month" | "quarter" | "year"
                    )
            });
            if of_all && rolls && lexicon.names([&words[*last]]).iter().any(is_metric) {
                continue;
            }
            if of_all && lexicon.names([&words[*last]]).iter().any(is_metric_itself) {
                names.retain(|named| named.fit == Fit::Same);
            }
            // "average claims reported per day", where claims reported are counted
            let reaches = words.get(*last..=last + 1).unwrap_or_default();
            if of_all && lexicon.names(reaches).iter().any(is_metric_itself) {
                continue;
            }
            let general = words.get(*first..=*last).is_some_and(|words| {
                words.len() > 1
                    && words
                        .iter()
                        .all(|word| lexicon.is_general_in(&word.folded, language))
            });
            if general {
                names.retain(|named| named.fit <= Fit::Meant);
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
            // "which product sold the most" is not about products sold.
            let lead = first.checked_sub(1).and_then(|at| words.get(at));
            let asks_which = lead.is_some_and(|word| {
                let cue = lexicon.vocabulary.cue_in(&word.folded, language);
                matches!(cue, Some((Cue::Which, _)))
            });
            let verb = words.get(*last).is_some_and(|word| is_verb(&word.folded));
            // "how much did each shop sell" is not about shop sales.
            let each = lead.is_some_and(|word| {
                matches!(word.folded.as_str(), "each" | "every" | "cada")
                    && names.first().is_some_and(is_metric)
                    && lexicon
                        .names([&words[*first]])
                        .iter()
                        .any(is_dimension_itself)
            });
            // "how many suppliers delivered" is not about supplier deliveries.
            let who = lead.is_some_and(|word| {
                let past = words
                    .get(*last)
                    .is_some_and(|word| word.folded.ends_with("ed"));
                matches!(word.folded.as_str(), "many" | "different" | "distinct")
                    && past
                    && names.first().is_some_and(|named| named.fit == Fit::Meant)
                    && is_plural(&words[*first].folded)
                    && lexicon
                        .names([&words[*first]])
                        .iter()
                        .any(is_dimension_itself)
            });
            let length = if (asks_which && verb || each || who) && last > first {
                0.8 * length
            } else {
                length
            };
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

/// What was done, as "been charged" tells it.
fn is_done(word: &str) -> bool {
    word.ends_with("ed") || word.ends_with("en") || word.ends_with("wn") || is_verb(word)
}

fn is_average(lexicon: &Lexicon, word: &Word, language: Language) -> bool {
    let cue = lexicon.vocabulary.cue_in(&word.folded, language);
    word.folded == "mean" || matches!(cue, Some((Cue::Statistic(Statistic::Average), _)))
}

fn is_dimension_itself(named: &Named) -> bool {
    named.fit == Fit::Same && matches!(named.target, Target::Dimension(_))
}

fn is_metric_itself(named: &Named) -> bool {
    named.fit == Fit::Same && is_metric(named)
}

fn is_metric(named: &Named) -> bool {
    matches!(named.target, Target::Metric(_))
}

/// The quality of a name none of whose words were left out.
const WHOLE: f32 = 0.97;

fn value_of<'a>(lexicon: &'a Lexicon, named: &Named) -> Option<&'a ValueInfo> {
    let Target::Value { dimension, value } = named.target else {
        return None;
    };
    lexicon.dimension(dimension)?.values.get(value as usize)
}

/// What people call a value, and what the data does.
fn names_of(known: &ValueInfo) -> [String; 2] {
    [say::called(known), say::itself(&known.value)].map(|name| plain(&name))
}

/// "booked" is not the value "books".
fn is_another_form(lexicon: &Lexicon, word: &Word, named: &Named) -> bool {
    let mut ends = ["ed", "ing"].into_iter();
    let verb = ends.find(|end| word.folded.ends_with(end));
    let known = value_of(lexicon, named);
    known.zip(verb).is_some_and(|(known, end)| {
        let names = names_of(known);
        names.iter().all(|name| !name.ends_with(end))
    })
}

/// The value is called by that very word.
fn is_called(lexicon: &Lexicon, word: &Word, named: &Named) -> bool {
    value_of(lexicon, named).is_some_and(|known| names_of(known).contains(&word.folded))
}

/// The value is called so, or by a synonym that is that very word.
fn is_called_or_known(lexicon: &Lexicon, word: &str, named: &Named) -> bool {
    value_of(lexicon, named).is_some_and(|known| {
        let synonyms = known.synonyms.iter().map(|name| plain(name));
        names_of(known)
            .into_iter()
            .chain(synonyms)
            .any(|name| name == word)
    })
}

/// "compare" is not the first word of the value "Comparison site".
fn is_shortened(lexicon: &Lexicon, word: &Word, named: &Named) -> bool {
    value_of(lexicon, named).is_some_and(|known| {
        let synonyms = known.synonyms.iter().map(|name| plain(name));
        let mut names = synonyms.chain([plain(&say::called(known))]);
        names.all(|name| !is_plural_of(&name, &word.folded))
    })
}

/// A value beside the name of its dimension or of what that belongs to is that value, whatever
/// else it may be: "campaign Black Friday" is no date, "annual plans" no series. So is a value set
/// beside such a one: "monthly vs annual plans".
pub(super) fn qualify(
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
        let entity = lexicon.dimension(of).and_then(owner);
        named || entity.is_some_and(|entity| is_plural_of(noun, entity))
    };
    // "company donations", where donations are recorded by the kind of donor
    let metrics: Vec<(usize, Vec<u32>)> = spans
        .iter()
        .filter_map(|(item, _)| match &item.piece {
            Piece::Names(names) => {
                let metrics = names.iter().filter(|named| is_metric_itself(named));
                let at = metrics.filter_map(|named| match named.target {
                    Target::Metric(at) => Some(at),
                    _ => None,
                });
                Some((item.start, at.collect()))
            }
            _ => None,
        })
        .collect();
    let times = spans
        .iter()
        .filter(|(item, _)| matches!(item.piece, Piece::Time(_)));
    let timed: Vec<usize> = times.map(|(item, _)| item.start).collect();
    let noun_follows = |item: &Item, of: u32| {
        let info = lexicon.dimension(of);
        let recorded = |at: &u32| {
            let metric = lexicon.metric(*at);
            metric
                .zip(info)
                .is_some_and(|(metric, info)| metric.dimensions.contains(&info.name))
        };
        let follows =
            |(start, of): &(usize, Vec<u32>)| *start == item.end && of.iter().any(recorded);
        let word = words.get(item.start).copied().unwrap_or_default();
        let own = |named: &Named| is_called_or_known(lexicon, word, named);
        let itself = match &item.piece {
            Piece::Names(names) => names.iter().any(own),
            _ => false,
        };
        let timed = timed.contains(&item.start);
        itself && word.len() > 3 && metrics.iter().any(follows) && !timed
    };
    let beside = |item: &Item, of: u32| beside(item, of) || noun_follows(item, of);
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
    // "the claims that were declined", "how many are still open"
    let told = |item: &Item| {
        let before = words.get(..item.start).unwrap_or_default();
        let verb = before.iter().rev().find(|word| !is_adverb(word));
        let ends = words.get(item.end).is_none_or(|word| !tells_how(word));
        let alone = item.end == item.start + 1 && !is_pronoun(words[item.start]);
        ends && alone && verb.is_some_and(|word| is_copula(word))
    };
    let qualified =
        |item: &Item| told(item) || values_of(item).any(|of| beside(item, of) || joined(item, of));
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

/// "new and lost MRR": what the second name ends in belongs to the first as well.
pub(super) fn distributed(lexicon: &Lexicon, words: &[Word], spans: &mut Vec<(Item, f32)>) {
    let mut found = Vec::new();
    for (item, weight) in spans.iter() {
        let Piece::Names(names) = &item.piece else {
            continue;
        };
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
        let alone = lexicon.names([word]);
        if alone
            .iter()
            .any(|named| is_metric(named) && named.fit == Fit::Same)
        {
            continue;
        }
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

/// Where the phrases stand that people here gave a meaning of their own: from, to, and which.
pub(super) fn said<'t>(tokens: &[Token], terms: &'t [Term]) -> Vec<(usize, usize, &'t Term)> {
    let mut found = Vec::new();
    for term in terms {
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
                found.push((start, start + phrase.len(), term));
            }
        }
    }
    found
}

/// The metrics that such phrases stand for.
pub(super) fn termed(
    lexicon: &Lexicon,
    tokens: &[Token],
    terms: &[Term],
    spans: &mut Vec<(Item, f32)>,
) {
    for (start, end, term) in said(tokens, terms) {
        let metrics = &lexicon.catalog.metrics;
        let at = metrics.iter().position(|info| info.name == term.metric);
        let Some(at) = at.and_then(|at| u32::try_from(at).ok()) else {
            continue;
        };
        let named = Named {
            target: Target::Metric(at),
            fit: Fit::Same,
            quality: 1.0,
        };
        let item = Item {
            start,
            end,
            piece: Piece::Names(vec![named]),
        };
        let length = f32::from(u8::try_from(end - start).unwrap_or(u8::MAX));
        spans.push((item, 1.3 * length.powf(1.1)));
    }
}

/// Words that count: those that only link or lead weigh little.
pub(super) fn weight(words: &[&str]) -> f32 {
    let one = |word: &&str| match *word {
        word if links(word) => 0.1,
        "by" | "per" | "each" | "every" | "por" | "cada" => 0.2,
        _ => 1.0,
    };
    words.iter().map(one).sum()
}
