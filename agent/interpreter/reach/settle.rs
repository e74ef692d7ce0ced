//! Settles which of the things that a name may stand for is meant by what the catalogue records
//! together: "calls by reason" are not divided by the reasons for leaving, and "the most sold dish"
//! is by dishes sold where sales are not recorded by dish. Called between the walk and `explain`;
//! what the catalogue leaves open stays open, and is asked about or refused as ever.

use almanac_metrics::{DimensionInfo, MetricInfo};

use super::combined::combined;
use super::conditions::conditions;
use super::kinds::{compounds, kinds};
use super::measures::{divisor, each, measured, percents, units};
use super::nouns::{nouns, only, rows, unit};
use super::things::{self, happened, holders, owners, sorted, things};
use super::verbs::{counted, different, done_to, passed, sold, used};
use crate::compose::{Asked, all_have, metric_of, named_metrics, target_of};
use crate::explain::is_paid;
use crate::heard::Heard;
use crate::intent::Statistic;
use crate::lexicon::{Fit, Named, Target, Unit, holds_countries, is_plural_of, is_verb, plain};
use crate::slots::{Pick, Slots, ValuePick};
use crate::vocabulary::Cue;

/// Fits closer to one another than this are equal.
const EQUAL: f32 = 0.005;

/// Settles what it can.
pub(crate) fn settle(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    things(asked, heard, slots);
    things::counted(asked, heard, slots);
    happened(asked, heard, slots);
    owners(asked, heard, slots);
    holders(asked, heard, slots);
    nouns(asked, heard, slots);
    rows(asked, heard, slots);
    only(asked, heard, slots);
    used(asked, heard, slots);
    measured(asked, heard, slots);
    units(asked, heard, slots);
    divisor(asked, slots);
    each(asked, slots);
    conditions(asked, heard, slots);
    percents(asked, slots);
    unit(asked, heard, slots);
    combined(asked, heard, slots);
    money(asked, heard, slots);
    compounds(asked, heard, slots);
    kinds(asked, heard, slots);
    metric(asked, heard, slots);
    sold(asked, slots);
    counted(asked, slots);
    different(asked, slots);
    passed(asked, heard, slots);
    values(asked, heard, slots);
    sorted(asked, heard, slots);
    groups(asked, heard, slots);
}

/// The one metric of the sentence: of several that its word may mean, those that are recorded by
/// what else was named. A verb may mean what is counted by the noun beside it; a metric that is
/// named outright stays, even where there is nothing to answer.
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
    let has = |named: &Named| {
        let info = metric_of(asked.lexicon, named.target);
        info.is_some_and(|info| fits(asked, slots, info))
    };
    let mut fitting: Vec<Named> = candidates.iter().copied().filter(has).collect();
    // "duty free sales", where retail sales and the income from them are recorded by category
    let noun = plain(&pick.typed);
    if fitting.len() > 1 && pick.fit() == Fit::Hint && !noun.contains(' ') {
        let called = |named: &Named, strictly: bool| {
            let info = metric_of(asked.lexicon, named.target);
            info.is_some_and(|info| {
                let label = plain(&info.label);
                let mut words = label.split(' ');
                words.any(|word| {
                    let same = word == noun || is_plural_of(word, &noun);
                    same || !strictly && asked.lexicon.same_meaning(word, &noun)
                })
            })
        };
        for strictly in [true, false] {
            let mut said = fitting.iter().filter(|named| called(named, strictly));
            if let (Some(one), None) = (said.next(), said.next()) {
                fitting = vec![*one];
                break;
            }
        }
    }
    if fitting.len() == candidates.len() {
        return;
    }
    let verb = is_verb(&plain(&pick.typed));
    // "the most sold dish", where dishes sold are counted
    if fitting.is_empty() && verb {
        let values = slots.values.iter().map(|value| &value.pick);
        let nouns = slots.groups.iter().chain(values);
        let mut named = nouns.filter_map(|of| done_to(asked, of, &pick.typed));
        fitting = named.find(has).into_iter().collect();
    }
    // "which promotion type earned the most", where there is one income by that
    if fitting.is_empty() && !slots.groups.is_empty() {
        let names = heard.names(&pick.typed).map(|(_, names)| names);
        let all = names.unwrap_or_default().iter().copied();
        fitting = all
            .filter(|named| pick.fit() > Fit::Same && has(named))
            .collect();
        if fitting.len() > 1 {
            return;
        }
    }
    let options = match fitting.as_slice() {
        [] => return,
        // No name said it: a reading that needs no settling comes first.
        [only] => vec![Named {
            fit: Fit::Part,
            quality: 0.9,
            ..*only
        }],
        _ => fitting,
    };
    if let [pick] = slots.metrics.as_mut_slice() {
        pick.options = options;
    }
}

/// "did we bill at least £2,000": the one sum of money that the word may mean as well, and no number
/// of anything.
fn money(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    worth(asked, heard, slots);
    let [pick] = slots.metrics.as_slice() else {
        return;
    };
    let is_sum = |named: &&Named| {
        let info = metric_of(asked.lexicon, named.target);
        info.is_some_and(|info| Unit::of(&info.format) == Unit::Money)
    };
    let held = slots
        .bounds
        .iter()
        .any(|bound| bound.money && bound.after.is_none());
    if !held || !slots.yes_or_no || pick.options.iter().any(|named| is_sum(&named)) {
        return;
    }
    let names = heard.names(&pick.typed).map(|(_, names)| names);
    let mut sums = names.unwrap_or_default().iter().filter(is_sum);
    if let (Some(only), None) = (sums.next(), sums.next()) {
        let options = vec![settled(only.target)];
        if let [pick] = slots.metrics.as_mut_slice() {
            pick.options = options;
        }
    }
}

/// "what were the orders worth": what they came to, and not how many there were.
fn worth(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let asks = heard.words.last().is_some_and(|word| {
        matches!(
            *word,
            "worth" | "valieron" | "valian" | "valeram" | "valiam" | "valen" | "valem"
        )
    });
    let ([pick], true) = (slots.metrics.as_mut_slice(), asks) else {
        return;
    };
    if slots.cues.contains(&Cue::HowMany) || pick.fit() != Fit::Same {
        return;
    }
    let lexicon = asked.lexicon;
    let counted = pick.options.first();
    let counted = counted.and_then(|named| metric_of(lexicon, named.target));
    let amount = counted.and_then(|info| lexicon.amount_of(info));
    if let Some(target) = amount.and_then(|info| target_of(lexicon, info)) {
        pick.options = vec![settled(target)];
    }
}

/// The metric is recorded by all that the sentence groups and filters by.
pub(crate) fn fits(asked: &Asked<'_>, slots: &Slots, info: &MetricInfo) -> bool {
    let entity = slots.entity.as_ref();
    let known = entity.is_none_or(|entity| info.entities.contains(&entity.name));
    let values = slots.values.iter().map(|value| &value.pick);
    let mut picks = slots.groups.iter().chain(values);
    known
        && picks.all(|pick| {
            let mut options = pick.options.iter();
            options.any(|named| is_of(asked, named, &[info]))
        })
}

/// The metrics are recorded by the dimension, or by that of the value.
pub(super) fn is_of(asked: &Asked<'_>, named: &Named, metrics: &[&MetricInfo]) -> bool {
    let info = match named.target {
        Target::Metric(_) => return false,
        Target::Dimension(at) | Target::Value { dimension: at, .. } => asked.lexicon.dimension(at),
    };
    info.is_some_and(|info| all_have(metrics, &info.name))
}

pub(super) fn settled(target: Target) -> Named {
    Named {
        target,
        fit: Fit::Same,
        quality: 1.0,
    }
}

pub(super) fn of_state<'a>(asked: &Asked<'a>) -> Vec<&'a MetricInfo> {
    let standing = asked.state.into_iter();
    let names = standing.flat_map(|standing| &standing.query.metrics);
    names
        .filter_map(|name| asked.lexicon.catalog.metric(name))
        .collect()
}

/// The metrics that the sentence is about, where it leaves no doubt of them.
pub(super) fn about<'a>(asked: &Asked<'a>, slots: &Slots) -> Vec<&'a MetricInfo> {
    if slots.metrics.is_empty() {
        return of_state(asked);
    }
    named_metrics(asked, slots)
}

/// Values that nothing is recorded by, where the very words name another value that something is,
/// or, where a grouping is added, a dimension: "also by service".
fn values(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let metrics = about(asked, slots);
    if metrics.is_empty() {
        return;
    }
    // "purchases paid in cash", where claims are paid, too
    let paid = |value: &ValuePick| {
        let after = heard.names(&value.pick.typed).map(|(item, _)| item.end);
        let led = after.is_some_and(|at| {
            matches!(
                heard.word(at),
                "in" | "with"
                    | "by"
                    | "via"
                    | "through"
                    | "en"
                    | "con"
                    | "com"
                    | "em"
                    | "por"
                    | "no"
                    | "na"
                    | "pelo"
                    | "pela"
            )
        });
        let reached = value
            .pick
            .options
            .iter()
            .any(|named| is_of(asked, named, &metrics));
        led && !reached && is_paid(&plain(&value.pick.typed))
    };
    if slots.values.len() > 1 {
        slots.values.retain(|value| !paid(value));
    }
    let adds = slots.has(Cue::Also) || slots.has(Cue::By);
    let ranks = slots.rank.is_some() || slots.has(Cue::Which) || !slots.bounds.is_empty();
    let many = slots.has(Cue::HowMany);
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
        let reachable = |named: &&Named| named.fit == Fit::Same && is_of(asked, named, &metrics);
        let found: Vec<Named> = names.iter().filter(reachable).copied().collect();
        let is_value = |named: &Named| matches!(named.target, Target::Value { .. });
        let noun = asked.lexicon.is_entity(&plain(&value.pick.typed));
        let before = heard.before(&value.pick.typed);
        let counted = (many && before == "of")
            || matches!(
                before,
                "many" | "cuantas" | "cuantos" | "quantas" | "quantos"
            );
        let divides = counted || ((adds || ranks) && !value.negated && !value.versus);
        if found.is_empty() {
            continue;
        }
        if found.iter().any(is_value) {
            value.pick.options = found.into_iter().filter(is_value).collect();
        } else if divides {
            at -= 1;
            let value = slots.values.remove(at);
            if counted {
                slots.statistic.get_or_insert(Statistic::Count);
            }
            slots.ranks_noun |= ranks || counted;
            slots.groups.push(Pick {
                options: found,
                typed: value.pick.typed,
            });
        } else if !adds && !ranks && noun && !value.negated {
            // "how many people visited our stores", where nothing is recorded by channel
            at -= 1;
            slots.values.remove(at);
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
        countries(asked, pick, &metrics);
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
        // A dimension that is called so outright is the one that was meant.
        if reached || (pick.fit() == Fit::Same && pick.quality() > 0.98) {
            continue;
        }
        let mut found = names.iter().filter(reachable);
        if let (Some(one), None) = (found.next(), found.next()) {
            let quality = one.quality.max(0.9);
            let fit = one.fit.min(Fit::Part);
            pick.options = vec![Named {
                quality,
                fit,
                ..*one
            }];
        } else if let Some(one) = called(asked, &pick.typed, &metrics) {
            let quality = 0.9;
            pick.options = vec![Named { quality, ..one }];
        }
    }
}

/// "by country", where customers have one and the markets are others: any of them may be meant,
/// unless one is called just so.
fn countries(asked: &Asked<'_>, pick: &mut Pick, metrics: &[&MetricInfo]) {
    let lexicon = asked.lexicon;
    let Some(first) = pick.options.first().copied() else {
        return;
    };
    let Target::Dimension(own) = first.target else {
        return;
    };
    let typed = plain(&pick.typed);
    let called = |info: &DimensionInfo| {
        let mut names = std::iter::once(&info.label).chain(&info.synonyms);
        names.any(|name| lexicon.same_meaning(&plain(name), &typed))
    };
    let itself = lexicon.dimension(own).is_none_or(called);
    if itself || pick.options.len() > 1 || !lexicon.same_meaning(&typed, "country") {
        return;
    }
    let all = (0_u32..).zip(&lexicon.catalog.dimensions);
    let others = all
        .filter(|(at, info)| *at != own && holds_countries(info) && all_have(metrics, &info.name));
    let others = others.map(|(at, _)| Named {
        target: Target::Dimension(at),
        ..first
    });
    pick.options.extend(others);
}

/// The one dimension of the metrics that has the word for the noun of a name: "motivo" for "motivo de la
/// llamada".
fn called(asked: &Asked<'_>, typed: &str, metrics: &[&MetricInfo]) -> Option<Named> {
    let lexicon = asked.lexicon;
    let typed = plain(typed);
    let has = |info: &DimensionInfo| {
        let mut names = std::iter::once(&info.label).chain(&info.synonyms);
        names.any(|name| {
            let name = plain(name);
            let mut words = name.split(' ');
            let told = words
                .clone()
                .any(|word| matches!(word, "of" | "for" | "de" | "del" | "da" | "do"));
            let noun = if told {
                words.next()
            } else {
                words.next_back()
            };
            noun.is_some_and(|noun| lexicon.same_meaning(noun, &typed))
        })
    };
    let all = (0_u32..).zip(&lexicon.catalog.dimensions);
    let mut found = all.filter(|(_, info)| all_have(metrics, &info.name) && has(info));
    let one = found.next().filter(|_| found.next().is_none())?.0;
    Some(settled(Target::Dimension(one)))
}
