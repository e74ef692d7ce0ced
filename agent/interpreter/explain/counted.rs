//! Who or what is counted, where a bound tells which of them: "how many vehicles made more than 3
//! trips", "how many donors gave more than twice".

use almanac_metrics::MetricInfo;

use super::is_sure;
use crate::compose::{Asked, target_of};
use crate::heard::Heard;
use crate::intent::Statistic;
use crate::lexicon::{Fit, Named, Target, own_rows, plain};
use crate::slots::{Pick, Slots};
use crate::walk::names_itself;

/// Settles which number of them is meant and, where only "twice" says how often, what they did.
pub(super) fn counted(asked: &Asked<'_>, said: &Heard<'_>, slots: &mut Slots) {
    // "name the customers with over three deposits" asks for a list of them.
    let listed = said.words.first().is_some_and(|word| {
        matches!(
            *word,
            "list" | "name" | "lista" | "listar" | "liste" | "nombra" | "nomeia"
        )
    });
    if listed {
        return;
    }
    let ([bound], [pick]) = (slots.bounds.as_slice(), slots.metrics.as_slice()) else {
        return;
    };
    let lexicon = asked.lexicon;
    let metric = |pick: &Pick| match pick.options.first()?.target {
        Target::Metric(at) => lexicon.metric(at),
        _ => None,
    };
    let named = |target: Target| Named {
        target,
        fit: Fit::Part,
        quality: 0.86,
    };
    match &bound.after {
        None => {
            let often = |typed: &str| {
                matches!(
                    plain(typed).as_str(),
                    "twice" | "thrice" | "times" | "veces" | "vezes"
                )
            };
            let said = slots.unknown.iter().any(|word| often(&word.typed));
            let told = said && slots.values.is_empty();
            let Some(who) = metric(pick).filter(|_| told && is_sure(pick)) else {
                return;
            };
            let rows = own_rows(who);
            if rows.is_none() || who.counts.as_deref() == rows {
                return;
            }
            let events = rows.and_then(|rows| lexicon.count_of(rows));
            let done = events.and_then(|events| {
                Some(Pick {
                    options: vec![named(target_of(lexicon, events)?)],
                    typed: events.label.clone(),
                })
            });
            if let (Some(done), Some(bound)) = (done, slots.bounds.first_mut()) {
                bound.after = Some(done);
                bound.before = None;
                slots.unknown.retain(|word| !often(&word.typed));
            }
        }
        Some(after) if !is_sure(pick) && is_sure(after) => {
            let Some(done) = metric(after) else { return };
            let noun = plain(&pick.typed);
            let counts = |info: &MetricInfo| {
                let entity = info.counts.as_deref();
                entity.is_some_and(|entity| {
                    lexicon.same_meaning(&noun, entity)
                        && done.entities.iter().any(|own| own == entity)
                })
            };
            let all = lexicon.catalog.metrics.iter().zip(0_u32..);
            let all: Vec<(&MetricInfo, u32)> = all.filter(|(info, _)| counts(info)).collect();
            let same = |info: &&MetricInfo| own_rows(info) == own_rows(done);
            let own: Vec<u32> = all
                .iter()
                .filter(|(info, _)| same(info))
                .map(|(_, at)| *at)
                .collect();
            let only = match (all.as_slice(), own.as_slice()) {
                ([(_, at)], _) | (_, [at]) => *at,
                _ => return,
            };
            if let Some(pick) = slots.metrics.first_mut() {
                pick.options = vec![named(Target::Metric(only))];
            }
        }
        Some(_) => {}
    }
}

/// "how many different airlines flew", where airlines that fly are counted: nothing is grouped.
pub(super) fn distinct(asked: &Asked<'_>, slots: &mut Slots) {
    let ([group], [pick]) = (slots.groups.as_slice(), slots.metrics.as_slice()) else {
        return;
    };
    if slots.statistic != Some(Statistic::Count) || slots.rank.is_some() {
        return;
    }
    let lexicon = asked.lexicon;
    let first = |pick: &Pick| pick.options.first().map(|named| named.target);
    let counts = first(pick).and_then(|target| match target {
        Target::Metric(at) => lexicon.metric(at)?.counts.as_deref(),
        _ => None,
    });
    let of = first(group).and_then(|target| match target {
        Target::Dimension(at) => names_itself(lexicon.dimension(at)?),
        _ => None,
    });
    if counts.is_some() && counts == of {
        slots.groups.clear();
        slots.statistic = None;
        slots.ranks_noun = false;
    }
}
