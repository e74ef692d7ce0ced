//! What a number is held against where only its unit or a verb says so: "volunteers with more than 10
//! hours", "claims that cost more than 300 euros". Part of `reach`.

use almanac_agent_contract::Format;
use almanac_metrics::MetricInfo;

use super::settle::settled;
use crate::compose::{Asked, is_rate, metric_of, target_of};
use crate::heard::Heard;
use crate::lexicon::{Fit, Named, Unit, own_rows, plain};
use crate::slots::{BoundPick, Pick, Slots};
use crate::spans::Piece;

/// Finds what each of those that are counted has, in the unit of its bound.
pub(super) fn conditions(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let Some(first) = slots.metrics.first() else {
        return;
    };
    let counted = first.options.first().filter(|_| first.fit() <= Fit::Meant);
    let Some(info) = counted.and_then(|named| metric_of(lexicon, named.target)) else {
        return;
    };
    let Some(entity) = info.counts.as_deref() else {
        return;
    };
    let theirs = |other: &MetricInfo| {
        !is_rate(other)
            && !other.semi_additive
            && other.name != info.name
            && other.entities.iter().any(|of| of == entity)
    };
    let mut taken = Vec::new();
    for bound in &mut slots.bounds {
        if bound
            .after
            .as_ref()
            .is_some_and(|pick| pick.fit() <= Fit::Meant)
            || bound.percent
        {
            continue;
        }
        let found = if bound.money {
            amount(asked, bound, |other| {
                theirs(other) && own_rows(other) == own_rows(info)
            })
        } else {
            let unknown = &slots.unknown;
            let unit =
                unit(heard, bound).filter(|(_, at)| unknown.iter().any(|word| word.at == *at));
            unit.and_then(|(unit, at)| {
                let one = one(asked, |other| theirs(other) && is_in(asked, other, unit))?;
                taken.push(at);
                Some(one)
            })
        };
        if let Some(named) = found {
            let typed = metric_of(lexicon, named.target)
                .map_or_else(String::new, |info| info.label.clone());
            bound.after = Some(Pick {
                options: vec![named],
                typed,
            });
        }
    }
    slots.unknown.retain(|word| !taken.contains(&word.at));
}

/// The sum of money that the verb before the bound may be of.
fn amount(
    asked: &Asked<'_>,
    bound: &BoundPick,
    theirs: impl Fn(&MetricInfo) -> bool,
) -> Option<Named> {
    let verb = bound.after.as_ref()?;
    let mut sums = verb.options.iter().filter(|named| {
        let info = metric_of(asked.lexicon, named.target);
        info.is_some_and(|info| matches!(info.format, Format::Currency(_)) && theirs(info))
    });
    let one = sums.next().filter(|_| sums.next().is_none())?;
    Some(settled(one.target))
}

/// The word behind the number of a bound, and where it stands.
fn unit<'a>(heard: &Heard<'a>, bound: &BoundPick) -> Option<(&'a str, usize)> {
    let number = heard.items.iter().find(|item| match item.piece {
        Piece::Number(value, percent) => !percent && value == bound.bound.value,
        _ => false,
    })?;
    let word = heard.word(number.end);
    (word.len() > 2).then_some((word, number.end))
}

/// The metric is measured in the unit, or is called by it.
fn is_in(asked: &Asked<'_>, info: &MetricInfo, unit: &str) -> bool {
    let own = Unit::is_called(&info.format, unit);
    let head = plain(&info.label);
    let head = head.split(' ').next_back().unwrap_or_default();
    own || Unit::of(&info.format) != Unit::Money && asked.lexicon.same_meaning(head, unit)
}

/// The one metric that fits.
fn one(asked: &Asked<'_>, fits: impl Fn(&MetricInfo) -> bool) -> Option<Named> {
    let mut found = asked
        .lexicon
        .catalog
        .metrics
        .iter()
        .filter(|info| fits(info));
    let one = found.next().filter(|_| found.next().is_none())?;
    target_of(asked.lexicon, one).map(settled)
}
