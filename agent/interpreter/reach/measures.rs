//! What something is measured in, divided by and held against: "kWh used", "commission per sale",
//! "minutes of downtime", "fewer than 80 percent of the plugs work". Part of `reach`.

use almanac_agent_contract::Format;
use almanac_metrics::MetricInfo;

use super::settle::settled;
use crate::compose::{Asked, is_money, metric_of, target_of};
use crate::heard::Heard;
use crate::lexicon::{Fit, Named, Target, Unit, is_plural_of, is_verb, plain};
use crate::slots::{Pick, Slots};
use crate::spans::{Item, Piece};
use crate::walk::is_clock;

/// "kWh used": what is measured in kWh, and no price of one.
pub(super) fn measured(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let bounds = slots.bounds.iter_mut();
    let bounded = bounds.filter_map(|bound| bound.after.as_mut());
    let several = slots.metrics.len() > 1;
    let metrics = slots.metrics.iter_mut().filter(|_| !several);
    for pick in metrics.chain(bounded).chain(&mut slots.per) {
        if let Some(named) = in_unit(asked, heard, pick) {
            pick.options = vec![named];
        }
    }
}

/// The one metric whose unit is what was said.
fn in_unit(asked: &Asked<'_>, heard: &Heard<'_>, pick: &Pick) -> Option<Named> {
    let lexicon = asked.lexicon;
    let typed = plain(&pick.typed);
    if pick.fit() < Fit::Part {
        return None;
    }
    let (item, _) = heard.names(&pick.typed)?;
    let all = (0_u32..).zip(&lexicon.catalog.metrics);
    let of_unit: Vec<u32> = all
        .filter(|(_, info)| Unit::is_called(&info.format, &typed))
        .map(|(at, _)| at)
        .collect();
    let after = lexicon.sense(heard.word(item.end));
    let told = |at: &u32| lexicon.tells(Target::Metric(*at), &after.to_the_letter());
    let one = match of_unit.as_slice() {
        [] => None,
        [one] => Some(*one),
        several => {
            let mut told = several.iter().copied().filter(told);
            told.next().filter(|_| told.next().is_none())
        }
    };
    one.map(|one| settled(Target::Metric(one)))
}

/// "commission per sale", "at least 20 sales", where sales are also what they come to: how many there
/// are.
pub(super) fn divisor(asked: &Asked<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let counting = |pick: &Pick| {
        let typed = plain(&pick.typed);
        let open = pick.fit() >= Fit::Meant && !typed.contains(' ');
        let mut entities = lexicon
            .catalog
            .metrics
            .iter()
            .flat_map(|info| &info.entities);
        let entity = entities.find(|entity| open && is_plural_of(&typed, entity))?;
        let target = target_of(lexicon, lexicon.count_of(entity)?)?;
        Some(settled(target))
    };
    let bounds = slots.bounds.iter_mut().filter(|bound| !bound.money);
    let bounded = bounds.filter_map(|bound| bound.after.as_mut());
    let bounded = bounded.filter(|pick| is_money(&pick.typed));
    for pick in bounded.chain(&mut slots.per) {
        if let Some(named) = counting(pick) {
            pick.options = vec![named];
        }
    }
}

/// "what do we earn per placement", where there is an average of that: what one comes to.
pub(super) fn each(asked: &Asked<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let (Some(per), [pick]) = (&slots.per, slots.metrics.as_mut_slice()) else {
        return;
    };
    let metric = |pick: &Pick| {
        let named = pick.options.first()?;
        metric_of(lexicon, named.target)
    };
    let earns = pick.fit() > Fit::Same && is_verb(&plain(&pick.typed));
    let average = metric(per)
        .filter(|_| earns && per.fit() == Fit::Same)
        .and_then(|counted| lexicon.average_of(counted));
    if let Some(info) = average
        && let Some(target) = target_of(lexicon, info)
    {
        pick.options = vec![settled(target)];
        pick.typed.clone_from(&info.label);
        slots.per = None;
    }
}

/// "fewer than 80 percent of the plugs work", where the plugs that do are counted: their share.
pub(super) fn percents(asked: &Asked<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let share = |pick: &Pick| {
        let Target::Metric(at) = pick.options.first()?.target else {
            return None;
        };
        let counted = lexicon
            .metric(at)
            .filter(|info| info.format != Format::Percent)?;
        let of = |info: &&MetricInfo| {
            let by = |role: &str| info.inputs.iter().find(|input| input.role == role);
            info.format == Format::Percent
                && by("numerator").is_some_and(|input| input.metric == counted.name)
        };
        let mut shares = lexicon.catalog.metrics.iter().filter(of);
        let one = shares.next().filter(|_| shares.next().is_none())?;
        target_of(lexicon, one).map(settled)
    };
    for bound in slots.bounds.iter_mut().filter(|bound| bound.percent) {
        let pick = match (&mut bound.after, slots.metrics.as_mut_slice()) {
            (Some(after), _) => Some(after),
            (None, [pick]) => Some(pick),
            _ => None,
        };
        if let Some(pick) = pick
            && let Some(named) = share(pick)
        {
            pick.options = vec![named];
        }
    }
}

/// "minutes of downtime", "more than 60 minutes of downtime": the unit says no more than what is
/// measured in it.
pub(super) fn units(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let timed = |named: &Named| {
        let info = metric_of(lexicon, named.target);
        named.fit == Fit::Same && info.is_some_and(|info| Unit::of(&info.format) == Unit::Time)
    };
    let behind = |pick: &Pick| {
        if pick.fit() < Fit::Part || !is_clock(&plain(&pick.typed)) {
            return None;
        }
        let (unit, _) = heard.names(&pick.typed)?;
        if !matches!(heard.word(unit.end), "of" | "de") {
            return None;
        }
        heard.items.iter().find_map(|item| match &item.piece {
            Piece::Names(names) if item.start == unit.end + 1 => {
                let named = names.iter().find(|named| timed(named))?;
                Some((*named, heard.typed(item)))
            }
            _ => None,
        })
    };
    let mut told = Vec::new();
    let bounds = slots.bounds.iter_mut();
    let bounded = bounds.filter_map(|bound| bound.after.as_mut());
    for pick in slots.metrics.iter_mut().chain(bounded) {
        if let Some((named, typed)) = behind(pick) {
            told.push(typed.clone());
            pick.options = vec![named];
            pick.typed = typed;
        }
    }
    let metrics = &slots.metrics;
    slots.unknown.retain(|word| {
        let unit = is_clock(&plain(&word.typed)) && matches!(heard.word(word.at + 1), "of" | "de");
        let measured = |item: &Item| match &item.piece {
            Piece::Names(names) => {
                let typed = heard.typed(item);
                names.iter().any(timed) && metrics.iter().any(|pick| pick.typed == typed)
            }
            _ => false,
        };
        let mut behind = heard.items.iter().filter(|item| item.start == word.at + 2);
        !(unit && behind.any(measured))
    });
    if told.is_empty() {
        return;
    }
    slots.unknown.retain(|word| !told.contains(&word.typed));
    slots.metrics.dedup_by(|later, first| {
        let target = |pick: &Pick| pick.options.first().map(|named| named.target);
        target(later) == target(first)
    });
}
