//! Words for the things of a business that are, by chance, values of something else: "cars" where
//! reviews are about the car, "buyers" where disputes end for the buyer. Part of `reach`.

use std::collections::HashSet;

use almanac_agent_contract::Language;
use almanac_metrics::MetricInfo;

use super::settle::{about, is_of, settled};
use crate::compose::{Asked, all_have, metric_of, target_of};
use crate::explain::happening;
use crate::heard::Heard;
use crate::lexicon::{Fit, Named, Target, Unit, is_plural, own_rows, owner, plain};
use crate::slots::{Pick, Place, Slots, Unknown, ValuePick};
use crate::spans::Piece;
use crate::vocabulary::Cue;

/// A thing that no metric of the sentence is recorded by, though they are of it or tell of it, says
/// nothing besides; where no metric is named, the number of them that are there may be meant.
pub(super) fn things(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let metrics = about(asked, slots);
    let asks = slots.has(Cue::HowMany) && slots.metrics.is_empty() && asked.state.is_none();
    let mut there = None;
    slots.values.retain(|value| {
        let typed = &value.pick.typed;
        let (word, before) = (plain(typed), heard.before(typed));
        // "how many repairs did tenants report", where repairs are what tenants ask for
        let doers = matches!(before, "did" | "do" | "does" | "have" | "has" | "had")
            && is_plural(&word)
            && !metrics.is_empty()
            && tells_all(asked, &metrics, &word);
        if doers && !value.negated {
            return false;
        }
        let told = value.negated || value.versus || value.of.is_some() || word.contains(' ');
        if told || matches!(before, "by" | "via" | "only" | "just") {
            return true;
        }
        let Some((_, names)) = heard.names(typed) else {
            return true;
        };
        let many = is_plural(&word);
        if metrics.is_empty() {
            if asks && many && there.is_none() {
                there = stock(asked, heard, &word).map(|target| (target, typed.clone()));
                return there.is_none();
            }
            return true;
        }
        let any = many
            || matches!(
                before,
                "a" | "an"
                    | "each"
                    | "every"
                    | "per"
                    | "one"
                    | "un"
                    | "una"
                    | "um"
                    | "uma"
                    | "cada"
            );
        let is_thing = any && (lexicon.is_entity(&word) || tells_all(asked, &metrics, &word));
        let own = |named: &Named| named.fit <= Fit::Meant && is_of(asked, named, &metrics);
        !is_thing || names.iter().any(own)
    });
    if let Some((target, typed)) = there {
        let options = vec![settled(target)];
        slots.metrics.push(Pick { options, typed });
    }
}

/// "how many cars do we have": the one number of them that is taken at the end of a period.
fn stock(asked: &Asked<'_>, heard: &Heard<'_>, thing: &str) -> Option<Target> {
    let lexicon = asked.lexicon;
    let held = heard.words.iter().any(|word| {
        matches!(
            *word,
            "have"
                | "has"
                | "had"
                | "are"
                | "there"
                | "tenemos"
                | "hay"
                | "tiene"
                | "temos"
                | "ha"
                | "tem"
        )
    });
    let sense = lexicon.sense(thing);
    let all = (0_u32..).zip(&lexicon.catalog.metrics);
    let counts = |at: u32, info: &MetricInfo| {
        info.semi_additive && lexicon.tells(Target::Metric(at), &sense)
    };
    let mut found = all.filter(|(at, info)| held && counts(*at, info));
    let one = found.next().filter(|_| found.next().is_none())?.0;
    Some(Target::Metric(one))
}

fn tells_all(asked: &Asked<'_>, metrics: &[&MetricInfo], word: &str) -> bool {
    let lexicon = asked.lexicon;
    let sense = lexicon.sense(word);
    let mut targets = metrics.iter().map(|info| target_of(lexicon, info));
    targets.all(|target| target.is_some_and(|target| lexicon.tells(target, &sense)))
}

/// "buyers in Portugal", where sellers have a country as well: that of who stands before it.
pub(super) fn holders(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let metrics = about(asked, slots);
    let owner_of = |target: Target| match target {
        Target::Value { dimension, .. } => owner(lexicon.dimension(dimension)?),
        _ => None,
    };
    for ValuePick { pick, .. } in &mut slots.values {
        let owners: HashSet<&str> = pick
            .options
            .iter()
            .filter_map(|named| owner_of(named.target))
            .collect();
        let Some((item, _)) = heard.names(&pick.typed).filter(|_| owners.len() > 1) else {
            continue;
        };
        let before = (item.start.saturating_sub(3)..item.start)
            .rev()
            .map(|at| heard.word(at));
        let mut held = before.filter_map(|word| {
            owners
                .iter()
                .find(|owner| lexicon.same_meaning(word, owner))
        });
        let Some(holder) = held.next().copied() else {
            continue;
        };
        let theirs =
            |named: &Named| owner_of(named.target) == Some(holder) && is_of(asked, named, &metrics);
        let rows = metrics.iter().any(|info| own_rows(info) == Some(holder));
        if !rows && pick.options.iter().any(theirs) {
            pick.options.retain(theirs);
        }
    }
}

/// "listings by sellers in Mexico": whose they are, and nothing to divide by.
pub(super) fn owners(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let values = &slots.values;
    slots.groups.retain(|group| {
        let Some((item, _)) = heard.names(&group.typed) else {
            return true;
        };
        let noun = plain(&group.typed);
        let theirs = |value: &ValuePick| {
            let Some((of, _)) = heard.names(&value.pick.typed) else {
                return false;
            };
            let between: Vec<&str> = (item.end..of.start).map(|at| heard.word(at)).collect();
            let inside = between
                .last()
                .is_some_and(|word| matches!(*word, "in" | "from" | "en" | "de" | "em"));
            let mut options = value.pick.options.iter();
            let owned = options.any(|named| match named.target {
                Target::Value { dimension, .. } => lexicon
                    .dimension(dimension)
                    .and_then(owner)
                    .is_some_and(|entity| lexicon.same_meaning(&noun, entity)),
                _ => false,
            });
            of.start > item.end && between.len() <= 2 && inside && owned
        };
        !(is_plural(&noun) && values.iter().any(theirs))
    });
}

/// "sesiones en conectores ultrarrápidos": of which sort they are, and nothing to divide by.
pub(super) fn sorted(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    if asked.language == Language::En || slots.has(Cue::Which) {
        return;
    }
    let values = &slots.values;
    slots.groups.retain(|group| {
        let Some((item, _)) = heard.names(&group.typed) else {
            return true;
        };
        let divides = matches!(
            heard.before(&group.typed),
            "por" | "cada" | "segun" | "segundo"
        );
        let beside = |value: &ValuePick| {
            let of = heard.names(&value.pick.typed);
            of.is_some_and(|(of, _)| of.start == item.end) && alike(asked, group, &value.pick)
        };
        divides || !is_plural(&plain(&group.typed)) || !values.iter().any(beside)
    });
}

/// The value is one of another dimension of the same things.
fn alike(asked: &Asked<'_>, group: &Pick, value: &Pick) -> bool {
    let of = |pick: &Pick| match pick.options.first()?.target {
        Target::Dimension(at) | Target::Value { dimension: at, .. } => asked.lexicon.dimension(at),
        Target::Metric(_) => None,
    };
    of(group).zip(of(value)).is_some_and(|(group, value)| {
        owner(group).is_some() && owner(group) == owner(value) && group.name != value.name
    })
}

/// "how many items were listed", where what items came to is money: what was done is counted.
pub(super) fn counted(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let is_money = |target: Target| {
        metric_of(lexicon, target).is_none_or(|info| Unit::of(&info.format) == Unit::Money)
    };
    let [pick] = slots.metrics.as_mut_slice() else {
        return;
    };
    let sum = pick
        .options
        .first()
        .is_some_and(|named| is_money(named.target));
    if !sum
        || pick.fit() < Fit::Part
        || !slots.cues.contains(&Cue::HowMany)
        || slots.cues.contains(&Cue::HowMuch)
    {
        return;
    }
    let counted = heard.items.iter().find_map(|item| {
        let Piece::Names(names) = &item.piece else {
            return None;
        };
        let best = names
            .first()
            .filter(|named| named.fit <= Fit::Meant && !is_money(named.target))?;
        Some(*best)
    });
    if let Some(named) = counted {
        pick.options = vec![named];
    }
}

/// "how many bikes were bought", where promotions have a day on which they were bought: nothing is
/// divided by that day unless something leads to it.
pub(super) fn happened(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let metrics = about(asked, slots);
    let mut verbs = Vec::new();
    slots.groups.retain(|group| {
        let Some((item, _)) = heard.names(&group.typed) else {
            return true;
        };
        let led = item.start.checked_sub(1).map_or("", |at| heard.word(at));
        let divides = matches!(
            led,
            "by" | "per" | "each" | "every" | "por" | "cada" | "on" | "which"
        );
        let date = group.options.iter().find_map(|named| match named.target {
            Target::Dimension(at) => lexicon.dimension(at).filter(|info| {
                happening(info).is_some_and(|done| lexicon.same_meaning(done, &plain(&group.typed)))
            }),
            _ => None,
        });
        let foreign = !is_plural(&plain(&group.typed))
            && date.is_some_and(|info| metrics.is_empty() || !all_have(&metrics, &info.name));
        // "openings took to fill", where they have a day on which they were filled
        let verb = !divides
            && date.is_some()
            && !is_plural(&plain(&group.typed))
            && heard.word(item.start) == "to";
        if verb {
            return false;
        }
        if !divides && foreign {
            verbs.push(Unknown {
                at: item.start,
                typed: group.typed.clone(),
                place: Place::Free,
            });
        }
        divides || !foreign
    });
    slots.unknown.extend(verbs);
}
