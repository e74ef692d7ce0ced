//! A metric whose name the sentence takes apart: "which insurer rejected the most claims", where
//! rejected claims are counted. Part of `reach`.

use super::settle::settled;
use crate::compose::Asked;
use crate::heard::Heard;
use crate::lexicon::{Fit, Named, Target, is_content, plain};
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
        let whole = noun.fit() <= Fit::Meant && !noun.typed.contains(' ');
        if !whole {
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
            let named = called(asked, &noun.typed, typed);
            let other = named.filter(|named| {
                noun.options
                    .first()
                    .is_some_and(|own| own.target != named.target)
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
    let word = plain(word);
    if word.contains(' ') || !is_content(&word) {
        return None;
    }
    let words = [lexicon.word(&word), lexicon.word(&plain(noun))];
    let mut named = lexicon.names(&words).into_iter();
    named.find(|named| {
        named.fit == Fit::Same && named.quality > WHOLE && matches!(named.target, Target::Metric(_))
    })
}

/// The quality of a name none of whose words were left out.
const WHOLE: f32 = 0.95;

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
