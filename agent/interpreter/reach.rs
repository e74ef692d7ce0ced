//! Settles which of the things that a name may stand for is meant by what the catalogue records
//! together: "calls by reason" are not divided by the reasons for leaving, and "the most sold dish"
//! is by dishes sold where sales are not recorded by dish. Called between the walk and `explain`;
//! what the catalogue leaves open stays open, and is asked about or refused as ever.

use almanac_agent_contract::Format;
use almanac_metrics::MetricInfo;

use crate::compose::{Asked, all_have, target_of};
use crate::intent::Statistic;
use crate::lexicon::{Fit, Named, Target, condition_of, is_plural, is_verb, own_rows, plain};
use crate::slots::{Pick, Place, Slots, ValuePick};
use crate::spans::{Item, Piece};
use crate::text::{Token, fold};
use crate::vocabulary::Cue;

/// Fits closer to one another than this are equal.
const EQUAL: f32 = 0.005;

/// The pieces of a sentence, and its words as typed.
pub(crate) struct Heard<'a> {
    pub(crate) items: &'a [Item],
    pub(crate) tokens: &'a [Token],
}

impl Heard<'_> {
    /// Where those words stand, and all that they may name.
    fn names(&self, typed: &str) -> Option<(&Item, &[Named])> {
        self.items.iter().find_map(|item| {
            let Piece::Names(names) = &item.piece else {
                return None;
            };
            let words = self.tokens.get(item.start..item.end)?;
            let words: Vec<&str> = words.iter().map(|token| token.typed.as_str()).collect();
            (words.join(" ") == typed).then_some((item, names.as_slice()))
        })
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.word.as_str())
    }

    /// The word in front of those.
    fn before(&self, typed: &str) -> &str {
        let found = self.names(typed);
        let at = found.and_then(|(item, _)| item.start.checked_sub(1));
        at.map_or("", |at| self.word(at))
    }
}

/// Settles what it can.
pub(crate) fn settle(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    nouns(asked, heard, slots);
    rows(asked, slots);
    only(asked, heard, slots);
    measured(asked, heard, slots);
    unit(asked, heard, slots);
    metric(asked, heard, slots);
    sold(asked, slots);
    different(asked, slots);
    passed(asked, heard, slots);
    values(asked, heard, slots);
    groups(asked, heard, slots);
}

/// "how much did our customers use": who they are is no value of that name, unless something
/// leads to it: "readings by customers".
fn nouns(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let leads = |word: &str| {
        matches!(
            word,
            "by" | "from" | "via" | "only" | "just" | "por" | "solo" | "so" | "not" | "no"
        )
    };
    let of_entity = |dimension: u32, word: &str| {
        let info = lexicon.dimension(dimension);
        let entity = info.and_then(|info| info.name.rsplit("__").nth(1));
        entity.is_some_and(|entity| lexicon.same_meaning(word, entity))
    };
    // "how many customers made more than 2 calls" counts those who made them.
    let bound = slots.bounds.first().and_then(|bound| bound.after.as_ref());
    let of = bound.and_then(|pick| match pick.options.first()?.target {
        Target::Metric(at) => lexicon.metric(at),
        _ => None,
    });
    let rows = of.and_then(|info| Some((own_rows(info)?, condition_of(info))));
    let mut callers = None;
    slots.values.retain(|value| {
        let typed = plain(&value.pick.typed);
        let single = |named: &Named| match named.target {
            Target::Value { dimension, value } => {
                let info = lexicon.dimension(dimension);
                let known = info.and_then(|info| info.values.get(value as usize));
                let called = known.map(|known| plain(&crate::say::called(known)));
                called.is_some_and(|called| !is_plural(&called)) && !of_entity(dimension, &typed)
            }
            _ => false,
        };
        let noun = is_plural(&typed)
            && !typed.contains(' ')
            && value.of.is_none()
            && !value.negated
            && is_entity(asked, &typed)
            && value.pick.options.iter().all(single);
        if !noun || leads(heard.before(&value.pick.typed)) {
            return true;
        }
        let Some(rows) = rows.filter(|_| slots.metrics.is_empty()) else {
            return bound.is_some();
        };
        let named = |entity: &str| lexicon.same_meaning(&typed, entity);
        callers = lexicon
            .who(rows, named)
            .and_then(|info| target_of(lexicon, info))
            .map(|target| (target, value.pick.typed.clone()));
        callers.is_none()
    });
    if let Some((target, typed)) = callers {
        let options = vec![settled(target)];
        slots.metrics.push(Pick { options, typed });
    }
}

/// The word is what the catalogue calls something that it counts.
fn is_entity(asked: &Asked<'_>, word: &str) -> bool {
    let mut metrics = asked.lexicon.catalog.metrics.iter();
    metrics.any(|info| {
        let mut entities = info.entities.iter();
        entities.any(|entity| asked.lexicon.same_meaning(word, entity))
    })
}

/// "smart meter readings", where meters are a source of readings: how many readings there are.
fn rows(asked: &Asked<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let [value] = slots.values.as_slice() else {
        return;
    };
    if asked.state.is_some() || !slots.metrics.is_empty() || !slots.groups.is_empty() {
        return;
    }
    let entity = value
        .pick
        .options
        .first()
        .and_then(|named| match named.target {
            Target::Value { dimension, .. } => {
                lexicon.dimension(dimension)?.name.rsplit("__").nth(1)
            }
            _ => None,
        });
    let (Some(of), Some(entity)) = (&value.of, entity) else {
        return;
    };
    let noun = plain(&of.typed);
    if !is_plural(&noun) || !lexicon.same_meaning(&noun, entity) {
        return;
    }
    let counting = lexicon.count_of(entity);
    if let Some(target) = counting.and_then(|info| target_of(lexicon, info)) {
        let options = vec![settled(target)];
        let typed = of.typed.clone();
        slots.metrics.push(Pick { options, typed });
        for value in &mut slots.values {
            value.of = None;
        }
    }
}

/// "delivery only", after an answer that is recorded by channel: one of its values, and no other
/// metric.
fn only(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let Some(standing) = asked.state else { return };
    let mut said = heard
        .items
        .iter()
        .filter(|item| item.piece != Piece::Cue(Cue::Noise));
    let (Some(first), Some(last), None) = (said.next(), said.next(), said.next()) else {
        return;
    };
    let ends = last.piece == Piece::Cue(Cue::Only) && matches!(first.piece, Piece::Names(_));
    let [pick] = slots.metrics.as_slice() else {
        return;
    };
    if !ends || standing.query.metrics.len() > 1 {
        return;
    }
    let typed = pick.typed.clone();
    let metrics = of_state(asked);
    let Some((_, names)) = heard.names(&typed) else {
        return;
    };
    let whole = |named: &Named| {
        matches!(named.target, Target::Value { .. })
            && named.fit == Fit::Same
            && is_of(asked, named, &metrics)
    };
    let options: Vec<Named> = names.iter().copied().filter(whole).collect();
    if options.is_empty() {
        return;
    }
    slots.metrics.clear();
    slots.values.push(ValuePick {
        pick: Pick { options, typed },
        negated: false,
        of: None,
        versus: false,
        or: false,
    });
}

/// "cost per kWh of consumption": what is divided by is consumption, in its own unit.
fn unit(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let [unit, of] = slots.unknown.as_slice() else {
        return;
    };
    if slots.metrics.len() != 1 || slots.per.is_some() || unit.place != Place::By {
        return;
    }
    let wanted = plain(&unit.typed);
    let Some((_, names)) = heard.names(&of.typed) else {
        return;
    };
    let in_unit = |named: &&Named| match named.target {
        Target::Metric(at) => {
            let format = lexicon.metric(at).map(|info| &info.format);
            named.fit <= Fit::Meant
                && matches!(format, Some(Format::Unit(own)) if *fold(own.trim()) == *wanted)
        }
        _ => false,
    };
    let options: Vec<Named> = names.iter().filter(in_unit).copied().collect();
    if options.is_empty() {
        return;
    }
    let typed = of.typed.clone();
    slots.unknown.clear();
    slots.per = Some(Pick { options, typed });
}

/// "kWh used": what is measured in kWh, and no price of one.
fn measured(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let [pick] = slots.metrics.as_mut_slice() else {
        return;
    };
    let typed = plain(&pick.typed);
    let of_unit = |info: &MetricInfo| match &info.format {
        Format::Unit(unit) => *fold(unit.trim()) == *typed,
        _ => false,
    };
    if pick.fit() < Fit::Part || !lexicon.catalog.metrics.iter().any(of_unit) {
        return;
    }
    let Some((item, _)) = heard.names(&pick.typed) else {
        return;
    };
    let after = lexicon.sense(heard.word(item.end));
    let all = (0_u32..).zip(&lexicon.catalog.metrics);
    let of_unit: Vec<u32> = all
        .filter(|(_, info)| of_unit(info))
        .map(|(at, _)| at)
        .collect();
    let told = |at: &u32| lexicon.tells(Target::Metric(*at), &after.to_the_letter());
    let one = match of_unit.as_slice() {
        [one] => Some(*one),
        several => {
            let mut told = several.iter().copied().filter(told);
            told.next().filter(|_| told.next().is_none())
        }
    };
    if let Some(one) = one {
        pick.options = vec![settled(Target::Metric(one))];
    }
}

/// The one metric of the sentence: of several that its word may mean, those that are recorded by
/// what else was named. A verb may mean any metric that has it; a metric that is named outright
/// stays, even where there is nothing to answer.
fn metric(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let [pick] = slots.metrics.as_slice() else {
        return;
    };
    if slots.groups.is_empty() && slots.values.is_empty() {
        return;
    }
    let best = pick.quality();
    let equal = |named: &&Named| best - named.quality < EQUAL;
    let candidates: Vec<Named> = pick.options.iter().filter(equal).copied().collect();
    let has = |named: &Named| match named.target {
        Target::Metric(at) => lexicon_has(asked, slots, at),
        _ => false,
    };
    let mut fitting: Vec<Named> = candidates.iter().copied().filter(has).collect();
    if fitting.is_empty() && is_verb(&plain(&pick.typed)) {
        let names = heard.names(&pick.typed).map_or(&[][..], |(_, names)| names);
        fitting = names.iter().filter(|named| has(named)).copied().collect();
    } else if fitting.len() == candidates.len() {
        return;
    }
    let options = match fitting.as_slice() {
        [] => return,
        [only] => vec![settled(only.target)],
        _ => fitting,
    };
    if let [pick] = slots.metrics.as_mut_slice() {
        pick.options = options;
    }
}

/// "how many dishes did we sell", where dishes sold are counted: their number, and not how many
/// different ones there were.
fn sold(asked: &Asked<'_>, slots: &mut Slots) {
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
    let both = format!("{} {}", group.typed, pick.typed);
    let words: Vec<_> = lexicon
        .tokens(&both)
        .iter()
        .map(|token| lexicon.word(&token.word))
        .collect();
    let named = lexicon
        .names(&words)
        .into_iter()
        .find(|named| named.fit <= Fit::Meant && matches!(named.target, Target::Metric(_)));
    let Some(named) = named else { return };
    if let [pick] = slots.metrics.as_mut_slice() {
        pick.options = vec![settled(named.target)];
        pick.typed = both;
    }
    slots.groups.clear();
    slots.statistic = None;
    slots.ranks_noun = false;
}

/// "how many different dishes were sold", where the whole is the name of a metric: how many rows
/// there are by dish.
fn different(asked: &Asked<'_>, slots: &mut Slots) {
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
fn passed(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
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
            && is_entity(asked, word)
            && !picks.any(|typed| plain(typed) == word)
    };
    slots.doubt |= heard.items.iter().any(noun);
}

/// The metric is recorded by all that the sentence groups and filters by.
fn lexicon_has(asked: &Asked<'_>, slots: &Slots, at: u32) -> bool {
    let Some(info) = asked.lexicon.metric(at) else {
        return false;
    };
    let values = slots.values.iter().map(|value| &value.pick);
    slots.groups.iter().chain(values).all(|pick| {
        let mut options = pick.options.iter();
        options.any(|named| is_of(asked, named, &[info]))
    })
}

/// The metrics are recorded by the dimension, or by that of the value.
fn is_of(asked: &Asked<'_>, named: &Named, metrics: &[&MetricInfo]) -> bool {
    let info = match named.target {
        Target::Metric(_) => return false,
        Target::Dimension(at) | Target::Value { dimension: at, .. } => asked.lexicon.dimension(at),
    };
    info.is_some_and(|info| all_have(metrics, &info.name))
}

fn settled(target: Target) -> Named {
    Named {
        target,
        fit: Fit::Same,
        quality: 1.0,
    }
}

fn of_state<'a>(asked: &Asked<'a>) -> Vec<&'a MetricInfo> {
    let standing = asked.state.into_iter();
    let names = standing.flat_map(|standing| &standing.query.metrics);
    names
        .filter_map(|name| asked.lexicon.catalog.metric(name))
        .collect()
}

/// The metrics that the sentence is about, where it leaves no doubt of them.
fn about<'a>(asked: &Asked<'a>, slots: &Slots) -> Vec<&'a MetricInfo> {
    if slots.metrics.is_empty() {
        return of_state(asked);
    }
    let first = |pick: &Pick| match pick.options.first()?.target {
        Target::Metric(at) => asked.lexicon.metric(at),
        _ => None,
    };
    slots.metrics.iter().filter_map(first).collect()
}

/// Values that nothing is recorded by, where the very words name another value, or a dimension,
/// that something is.
fn values(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let metrics = about(asked, slots);
    if metrics.is_empty() {
        return;
    }
    let mut at = 0;
    while let Some(value) = slots.values.get_mut(at) {
        at += 1;
        let reached = value
            .pick
            .options
            .iter()
            .any(|named| is_of(asked, named, &metrics));
        if reached || value.of.is_some() {
            continue;
        }
        let Some((_, names)) = heard.names(&value.pick.typed) else {
            continue;
        };
        let reachable = |named: &&Named| named.fit <= Fit::Meant && is_of(asked, named, &metrics);
        let found: Vec<Named> = names.iter().filter(reachable).copied().collect();
        let is_value = |named: &Named| matches!(named.target, Target::Value { .. });
        if found.iter().any(is_value) {
            value.pick.options = found.into_iter().filter(is_value).collect();
        } else if !found.is_empty() && !value.negated && !value.versus {
            at -= 1;
            let value = slots.values.remove(at);
            slots.groups.push(Pick {
                options: found,
                typed: value.pick.typed,
            });
        }
    }
}

/// Groupings that the metrics lack, where the very words name, as well, one that they have.
fn groups(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let metrics = about(asked, slots);
    if metrics.is_empty() {
        return;
    }
    for pick in &mut slots.groups {
        let reached = pick
            .options
            .iter()
            .any(|named| is_of(asked, named, &metrics));
        let Some((_, names)) = heard.names(&pick.typed) else {
            continue;
        };
        let reachable = |named: &&Named| {
            named.fit <= pick.fit().max(Fit::Part)
                && matches!(named.target, Target::Dimension(_))
                && is_of(asked, named, &metrics)
        };
        let mut found = names.iter().filter(reachable);
        if let (false, Some(one), None) = (reached, found.next(), found.next()) {
            let quality = one.quality.max(0.9);
            let fit = one.fit.min(Fit::Part);
            pick.options = vec![Named {
                quality,
                fit,
                ..*one
            }];
        }
    }
}
