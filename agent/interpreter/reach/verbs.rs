//! Verbs of selling, which say nothing of what is counted until the noun beside them is known:
//! "the best selling dish", "how many dishes did we sell". Part of `reach`.

use super::settle::{about, is_of, settled};
use crate::compose::Asked;
use crate::heard::Heard;
use crate::intent::Statistic;
use crate::lexicon::{Fit, Lexicon, Named, Target, is_content, is_plural, is_verb, plain};
use crate::slots::{Pick, Slots};
use crate::spans::{Item, Piece};
use crate::vocabulary::Cue;

/// "how many dishes did we sell", where dishes sold are counted: their number, and not how many
/// different ones there were.
pub(super) fn sold(asked: &Asked<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let ([group], [pick]) = (slots.groups.as_slice(), slots.metrics.as_slice()) else {
        return;
    };
    let counts = slots.statistic == Some(Statistic::Count)
        && slots.has(Cue::HowMany)
        && !slots.has(Cue::Statistic(Statistic::Count));
    if !counts || !is_verb(&plain(&pick.typed)) {
        return;
    }
    let Some(named) = done(lexicon, &group.typed, &pick.typed) else {
        return;
    };
    let both = format!("{} {}", group.typed, pick.typed);
    if let [pick] = slots.metrics.as_mut_slice() {
        pick.options = vec![settled(named.target)];
        pick.typed = both;
    }
    slots.groups.clear();
    slots.statistic = None;
    slots.ranks_noun = false;
}

/// "vegan dishes sold", where dishes sold are counted: nothing is divided by dish.
pub(super) fn counted(asked: &Asked<'_>, slots: &mut Slots) {
    let ([group], [pick]) = (slots.groups.as_slice(), slots.metrics.as_slice()) else {
        return;
    };
    let divides = [Cue::By, Cue::Which, Cue::Most, Cue::Least]
        .into_iter()
        .any(|cue| slots.has(cue));
    let loose = slots.rank.is_none() && slots.statistic.is_none();
    let loose = loose && slots.bounds.is_empty() && !slots.values.is_empty();
    if divides || !loose || !is_verb(&plain(&pick.typed)) {
        return;
    }
    let named = done(asked.lexicon, &group.typed, &pick.typed);
    let target = pick.options.first().map(|named| named.target);
    if is_plural(&group.typed) && named.is_some() && named.map(|named| named.target) == target {
        slots.groups.clear();
        slots.ranks_noun = false;
    }
}

/// "how many different dishes were sold", where the whole is the name of a metric: how many rows
/// there are by dish.
pub(super) fn different(asked: &Asked<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let [pick] = slots.metrics.as_slice() else {
        return;
    };
    let typed = plain(&pick.typed);
    let counts = slots.has(Cue::Statistic(Statistic::Count)) && slots.groups.is_empty();
    let (Some((noun, _)), true) = (typed.split_once(' '), counts) else {
        return;
    };
    let options: Vec<Named> = lexicon
        .names([&lexicon.word(noun)])
        .into_iter()
        .filter(|named| matches!(named.target, Target::Dimension(_)) && named.fit <= Fit::Meant)
        .filter(|named| is_of(asked, named, &about(asked, slots)))
        .collect();
    if !options.is_empty() {
        let typed = noun.to_owned();
        slots.groups.push(Pick { options, typed });
        slots.ranks_noun = true;
    }
}

/// "how were the contracts sold?": where contracts are counted, what sales come to may not be what
/// is asked for.
pub(super) fn passed(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let [pick] = slots.metrics.as_slice() else {
        return;
    };
    let typed = plain(&pick.typed);
    let sold = matches!(
        typed.as_str(),
        "sold" | "vendido" | "vendidos" | "vendida" | "vendidas"
    );
    if !sold || pick.fit() < Fit::Meant {
        return;
    }
    let Some((verb, _)) = heard.names(&pick.typed) else {
        return;
    };
    let noun = |item: &Item| {
        let word = heard.word(item.start);
        let metrics = |names: &[Named]| {
            let metric = |named: &Named| matches!(named.target, Target::Metric(_));
            names.iter().any(metric)
        };
        let named = matches!(&item.piece, Piece::Names(names) if metrics(names));
        let picks = slots.groups.iter().map(|pick| &pick.typed);
        let mut picks = picks.chain(slots.values.iter().map(|value| &value.pick.typed));
        let single = item.end == item.start + 1 && item.end <= verb.start;
        single
            && named
            && is_plural(word)
            && asked.lexicon.is_entity(word)
            && !picks.any(|typed| plain(typed) == word)
    };
    slots.doubt |= heard.items.iter().any(noun);
}

/// The metric that is called by a noun and what was done to it: "dishes sold".
fn done(lexicon: &Lexicon, noun: &str, verb: &str) -> Option<Named> {
    let words: Vec<_> = lexicon
        .tokens(&format!("{noun} {verb}"))
        .iter()
        .map(|token| lexicon.word(&token.word))
        .collect();
    let mut named = lexicon.names(&words).into_iter();
    named.find(|named| named.fit <= Fit::Meant && matches!(named.target, Target::Metric(_)))
}

/// The same, for a dimension as it was named or as it is called, or for that of a value.
pub(crate) fn done_to(asked: &Asked<'_>, pick: &Pick, verb: &str) -> Option<Named> {
    let lexicon = asked.lexicon;
    let info = match pick.options.first()?.target {
        Target::Metric(_) => None,
        Target::Dimension(at) | Target::Value { dimension: at, .. } => lexicon.dimension(at),
    }?;
    done(lexicon, &pick.typed, verb).or_else(|| done(lexicon, &info.label, verb))
}

/// "how much energy did our customers use", where something is called "energy used".
pub(super) fn used(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let [pick] = slots.metrics.as_slice() else {
        return;
    };
    let noun = plain(&pick.typed);
    let Some((first, _)) = heard.names(&pick.typed) else {
        return;
    };
    if pick.fit() < Fit::Part || noun.contains(' ') {
        return;
    }
    let after = first.end;
    let verb = |item: &&Item| {
        item.piece == Piece::Cue(Cue::Noise)
            && item.start >= after
            && item.end == item.start + 1
            && is_content(heard.word(item.start))
    };
    let mut verbs = heard.items.iter().filter(verb);
    let named = verbs.find_map(|item| done(asked.lexicon, &noun, heard.word(item.start)));
    if let (Some(named), [pick]) = (named, slots.metrics.as_mut_slice()) {
        pick.options = vec![settled(named.target)];
    }
}
