//! Nouns that stand in a question for something else than the name they share: people, rows, units
//! of measure, and a value said where an answer stands. Part of `reach`.

use almanac_agent_contract::Format;
use almanac_metrics::MetricInfo;

use super::settle::{about, is_of, of_state, settled};
use crate::compose::{Asked, is_money, metric_of, target_of};
use crate::heard::Heard;
use crate::lexicon::{
    Fit, Named, Target, Unit, condition_of, is_plural, is_plural_of, is_verb, own_rows, owner,
    plain,
};
use crate::slots::{Pick, Place, Slots, ValuePick};
use crate::spans::{Item, Piece};
use crate::text::fold;
use crate::vocabulary::Cue;
use crate::walk::is_clock;

/// "how much did our customers use": who they are is no value of that name, unless something
/// leads to it: "readings by customers".
pub(super) fn nouns(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let leads = |word: &str| {
        matches!(
            word,
            "by" | "from" | "via" | "only" | "just" | "por" | "solo" | "so" | "not" | "no"
        )
    };
    let of_entity = |dimension: u32, word: &str| {
        let info = lexicon.dimension(dimension);
        let entity = info.and_then(owner);
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
    let metrics = about(asked, slots);
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
            && asked.lexicon.is_entity(&typed)
            && value.pick.options.iter().all(single);
        let before = heard.before(&value.pick.typed);
        if !noun || leads(before) {
            return true;
        }
        // "how many restaurants got orders" counts them.
        let names = heard
            .names(&value.pick.typed)
            .map_or(&[][..], |(_, names)| names);
        let divides = |named: &Named| {
            matches!(named.target, Target::Dimension(_))
                && named.fit == Fit::Same
                && is_of(asked, named, &metrics)
        };
        if before == "many" && !metrics.is_empty() && names.iter().any(divides) {
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

/// "smart meter readings", where meters are a source of readings: how many readings there are.
pub(super) fn rows(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
    let lexicon = asked.lexicon;
    let asks = slots.rank.is_some() || !slots.groups.is_empty();
    if asked.state.is_some() || !slots.metrics.is_empty() || asks {
        return;
    }
    let of_value = |value: &ValuePick| {
        let Target::Value { dimension, .. } = value.pick.options.first()?.target else {
            return None;
        };
        Some((owner(lexicon.dimension(dimension)?)?, value.of.clone()?))
    };
    let Some((entity, of)) = slots.values.iter().find_map(of_value) else {
        return;
    };
    let named = heard.names(&of.typed).and_then(|(_, names)| {
        let metric = |named: &&Named| matches!(named.target, Target::Metric(_));
        let mut outright = names.iter().filter(|named| named.fit <= Fit::Meant);
        outright.find(metric).map(|named| named.target)
    });
    // "lost bags", where bags are what the reports are of
    let counting = || {
        let plural = is_plural(&plain(&of.typed));
        let counting = lexicon.count_of(entity).filter(|_| plural)?;
        target_of(lexicon, counting)
    };
    if let Some(target) = named.or_else(counting) {
        slots.metrics.push(Pick {
            options: vec![settled(target)],
            typed: of.typed,
        });
        for value in &mut slots.values {
            value.of = None;
        }
    }
}

/// "delivery only", after an answer that is recorded by channel: one of its values, and no other
/// metric.
pub(super) fn only(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
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
pub(super) fn unit(asked: &Asked<'_>, heard: &Heard<'_>, slots: &mut Slots) {
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
    let of_unit = |info: &MetricInfo| match &info.format {
        Format::Unit(unit) => *fold(unit.trim()) == *typed,
        _ => false,
    };
    if pick.fit() < Fit::Part {
        return None;
    }
    let (item, _) = heard.names(&pick.typed)?;
    let all = (0_u32..).zip(&lexicon.catalog.metrics);
    let of_unit: Vec<u32> = all
        .filter(|(_, info)| of_unit(info))
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
    if let Some(target) = average.and_then(|info| target_of(lexicon, info)) {
        pick.options = vec![settled(target)];
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
