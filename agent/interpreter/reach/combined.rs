//! A metric whose name the sentence takes apart: "which insurer rejected the most claims", where
//! rejected claims are counted. Part of `reach`.

use super::settle::settled;
use crate::compose::Asked;
use crate::heard::Heard;
use crate::lexicon::{Fit, Named, Target, is_content, is_plural, is_verb, plain};
use crate::slots::{Pick, Slots, ValuePick};
use crate::spans::{Item, Piece};
use crate::vocabulary::Cue;

/// The words that may belong to the metric's name, each with what it was taken for.
enum Apart {
    Metric(usize),
    Value(usize),
    Unknown(usize),
}

/// Puts a noun and what tells which of it together where that is the name of another metric.
pub(super) fn combined(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let other = slots.per.is_some()
        || slots.statistic.is_some()
        || !slots.features.is_empty()
        || slots.has(Cue::Share)
        || slots.has(Cue::Together);
    if other || slots.metrics.len() > 2 || !slots.bounds.is_empty() {
        return;
    }
    let Some((at, named, apart)) = found(asked, heard, slots) else {
        return;
    };
    if let Some(pick) = slots.metrics.get_mut(at) {
        pick.options = vec![settled(named.target)];
    }
    match apart {
        Apart::Metric(other) => drop(slots.metrics.remove(other)),
        Apart::Value(other) => drop(slots.values.remove(other)),
        Apart::Unknown(other) => drop(slots.unknown.remove(other)),
    }
}

fn found(asked: &Asked<'_>, heard: &Heard<'_>, slots: &Slots) -> Option<(usize, Named, Apart)> {
    for (at, noun) in slots.metrics.iter().enumerate() {
        // "how many homes did we sell", where homes sold are counted and homes alone are not
        let part = noun.fit() >= Fit::Part;
        let many = is_plural(&plain(&noun.typed));
        if noun.typed.contains(' ') || (part && !many) {
            continue;
        }
        let metrics = slots.metrics.iter().enumerate();
        let metrics = metrics
            .filter(|(other, pick)| *other != at && !is_listed(heard, &pick.typed))
            .map(|(other, pick)| (&pick.typed, Apart::Metric(other)));
        let values = slots.values.iter().enumerate();
        let values = values
            .filter(|(_, value)| tells_alone(value, slots))
            .map(|(other, value)| (&value.pick.typed, Apart::Value(other)));
        let unknown = slots.unknown.iter().enumerate();
        let unknown = unknown.map(|(other, word)| (&word.typed, Apart::Unknown(other)));
        for (typed, apart) in metrics.chain(values).chain(unknown) {
            if part && !(matches!(apart, Apart::Value(_)) || is_verb(&plain(typed))) {
                continue;
            }
            let named = called(asked, &noun.typed, typed);
            let exactly = |named: &Named| !part || is_verb(&plain(typed)) || named.quality > EXACT;
            let other = named.filter(|named| {
                let own = noun.options.first().filter(|_| exactly(named));
                own.is_some_and(|own| own.target != named.target || noun.fit() >= Fit::Part)
            });
            if let Some(named) = other {
                return Some((at, named, apart));
            }
        }
    }
    None
}

/// The metric that is called by both words and no others.
fn called(asked: &Asked<'_>, noun: &str, word: &str) -> Option<Named> {
    let lexicon = asked.lexicon;
    let (word, noun) = (plain(word), plain(noun));
    if !word.split(' ').any(is_content) {
        return None;
    }
    let words: Vec<_> = word
        .split(' ')
        .chain([noun.as_str()])
        .map(|word| lexicon.word(word))
        .collect();
    let least = if is_verb(&word) {
        Fit::Meant
    } else {
        Fit::Same
    };
    let mut named = lexicon.names(&words).into_iter();
    named.find(|named| {
        let whole = named.quality > if least == Fit::Meant { MEANT } else { WHOLE };
        named.fit <= least && whole && matches!(named.target, Target::Metric(_))
    })
}

/// The quality of a name none of whose words were left out, and of one that was said in other forms
/// of them.
const WHOLE: f32 = 0.95;
const MEANT: f32 = 0.85;
/// The quality of a name that was said to the letter.
const EXACT: f32 = 0.99;

/// The value stands by itself: not left out, not one of several of its dimension.
fn tells_alone(value: &ValuePick, slots: &Slots) -> bool {
    let dimension = |pick: &Pick| match pick.options.first()?.target {
        Target::Value { dimension, .. } => Some(dimension),
        _ => None,
    };
    let own = dimension(&value.pick);
    let same = slots
        .values
        .iter()
        .filter(|other| dimension(&other.pick) == own);
    !value.negated && !value.versus && value.of.is_none() && same.count() == 1
}

/// "and" or a stop stands before the word: it is asked for beside the other.
fn is_listed(heard: &Heard<'_>, typed: &str) -> bool {
    let Some((item, _)) = heard.names(typed) else {
        return true;
    };
    let stopped = heard
        .tokens
        .get(item.start)
        .is_some_and(|token| token.after_stop);
    let joins = |before: &Item| {
        before.end == item.start
            && matches!(before.piece, Piece::Cue(Cue::And | Cue::Or | Cue::Versus))
    };
    stopped || heard.items.iter().any(joins)
}
