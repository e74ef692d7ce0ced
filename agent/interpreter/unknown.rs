//! What to say about words nobody knows: which they are, what is nearest, and what could be asked
//! instead. A question with such a word is never answered as if it were not there.

use crate::compose::{
    Asked, MOST_CHOICES, Stop, choices, clarify, compose, examples, is_money, listed, refuse,
    shared, sums, with_metric,
};
use crate::lexicon::{Fit, plain};
use crate::phrases::Say;
use crate::say;
use crate::slots::{Pick, Place, Slots, ValuePick};
use crate::spans::Item;
use almanac_agent_contract::Choice;
use almanac_metrics::MetricInfo;

/// The word, of that piece, is one that the refusal names.
pub(crate) fn is_among(slots: &Slots, item: &Item, typed: &str) -> bool {
    let hinted = slots
        .metrics
        .iter()
        .filter(|pick| pick.fit() == Fit::Hint)
        .any(|pick| pick.typed.split(' ').any(|word| word == typed));
    let unknown = |at: usize| slots.unknown.iter().any(|word| word.at == at);
    hinted || (item.start..item.end).any(unknown)
}

/// The refusal that names the unknown word.
pub(crate) fn refusal(asked: &Asked<'_>, slots: &Slots) -> Stop {
    let lexicon = asked.lexicon;
    // A metric that only half fits is as unknown as the rest.
    let hinted = slots
        .metrics
        .iter()
        .filter(|pick| pick.fit() == Fit::Hint)
        .map(|pick| pick.typed.as_str());
    let words: Vec<&str> = hinted
        .chain(slots.unknown.iter().map(|word| word.typed.as_str()))
        .collect();
    let typed = shortened(&words.join(" "));
    if slots.is_bare() {
        let near = nearest(asked, &typed);
        if near.is_empty() {
            let some = listed(
                asked,
                lexicon
                    .catalog
                    .metrics
                    .iter()
                    .map(|info| info.label.clone()),
                5,
            );
            return refuse(asked, Say::NothingKnown(&some), Vec::new());
        }
        return unknown_word(asked, &typed, &near, Vec::new());
    }
    // "the rate in October": one of several rates.
    if let ([word], true) = (slots.unknown.as_slice(), slots.metrics.is_empty()) {
        let mut known = slots.clone();
        known.unknown.clear();
        // "revenue", where nothing is called so: any of what comes in
        let mut named = having_word(asked, &word.typed);
        if named.is_empty() && is_money(&word.typed) {
            named = sums(lexicon).collect();
        }
        let narrowed = named
            .into_iter()
            .map(|info| with_metric(&known, lexicon, info));
        let found = choices(asked, narrowed);
        if !found.is_empty() {
            return clarify(asked, Say::DidYouMean(&word.typed), found);
        }
    }
    // "Harbour visitors", where two museums are called so: which of them.
    if let ([word], false) = (slots.unknown.as_slice(), slots.metrics.is_empty())
        && matches!(word.place, Place::Free | Place::In | Place::Only)
    {
        let values = lexicon.values_with(&plain(&word.typed));
        if (2..=MOST_CHOICES).contains(&values.len()) {
            let narrowed = values.into_iter().map(|named| {
                let mut known = slots.clone();
                known.unknown.clear();
                known.values.push(ValuePick {
                    pick: Pick {
                        options: vec![named],
                        typed: word.typed.clone(),
                    },
                    negated: false,
                    of: None,
                    versus: false,
                    or: false,
                });
                (String::new(), known)
            });
            let found = choices(asked, narrowed);
            if found.len() > 1 {
                return clarify(asked, Say::WhichName(&word.typed), found);
            }
        }
    }
    // What the sentence asks without the word, offered and never assumed.
    let mut known = slots.clone();
    known.unknown.clear();
    let without = compose(asked, &known).ok();
    let first = without
        .as_ref()
        .and_then(|composed| composed.query.metrics.first().cloned());
    let mut choices: Vec<Choice> = without
        .map(|composed| say::question(asked, &composed.query, &composed.manner))
        .map(|ask| Choice {
            label: ask.clone(),
            ask,
        })
        .into_iter()
        .collect();
    let by = slots.unknown.iter().find(|word| word.place == Place::By);
    if let Some(word) = by
        && let Some(metric) = first
            .as_deref()
            .and_then(|name| lexicon.catalog.metric(name))
    {
        let dimensions = shared(lexicon, &[metric]).map(|info| info.label.clone());
        let known = listed(asked, dimensions, 6);
        let word = shortened(&word.typed);
        return refuse(
            asked,
            Say::UnknownDimension {
                word: &word,
                metric: &metric.label,
                known: &known,
            },
            choices,
        );
    }
    for example in examples(asked, first.as_deref()) {
        if choices.len() < 3 && !choices.contains(&example) {
            choices.push(example);
        }
    }
    let mut near = nearest(asked, &typed);
    let place = slots.unknown.iter().find(|word| {
        matches!(
            word.place,
            Place::In | Place::Only | Place::Not | Place::Versus
        )
    });
    if let Some(word) = place {
        let values = nearest_values(asked, &word.typed, first.as_deref());
        near = if values.is_empty() { near } else { values };
    }
    unknown_word(asked, &typed, &near, choices)
}

/// Metrics that have the word in their labels.
fn having_word<'a>(asked: &Asked<'a>, word: &str) -> Vec<&'a MetricInfo> {
    let wanted = plain(word);
    let has = |info: &&MetricInfo| {
        plain(&info.label)
            .split(' ')
            .any(|word| wanted.len() > 2 && asked.lexicon.same_meaning(word, &wanted))
    };
    asked.lexicon.catalog.metrics.iter().filter(has).collect()
}

fn unknown_word(asked: &Asked<'_>, word: &str, near: &[String], choices: Vec<Choice>) -> Stop {
    let near = listed(asked, near.iter().cloned(), 4);
    refuse(asked, Say::UnknownWord { word, near: &near }, choices)
}

/// Values that the word may stand beside: countries for a country, else what looks like it.
fn nearest_values(asked: &Asked<'_>, typed: &str, metric: Option<&str>) -> Vec<String> {
    let info = metric.and_then(|name| asked.lexicon.catalog.metric(name));
    asked.lexicon.nearest_values(&plain(typed), |dimension| {
        info.is_none_or(|info| info.dimensions.contains(&dimension.name))
    })
}

/// Names of the catalogue that look like the words.
fn nearest(asked: &Asked<'_>, typed: &str) -> Vec<String> {
    asked.lexicon.nearest(&plain(typed))
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
