//! Nouns that stand in a question for something else than the name they share: people, rows, units
//! of measure, and a value said where an answer stands. Part of `reach`.

use super::settle::{about, is_of, of_state, settled};
use crate::compose::{Asked, target_of};
use crate::heard::Heard;
use crate::lexicon::{Fit, Named, Target, Unit, condition_of, is_plural, own_rows, owner, plain};
use crate::slots::{Pick, Place, Slots, ValuePick};
use crate::spans::Piece;
use crate::vocabulary::Cue;

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
            named.fit <= Fit::Meant && format.is_some_and(|format| Unit::is_called(format, &wanted))
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
