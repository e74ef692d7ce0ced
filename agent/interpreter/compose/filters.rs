//! Which values the query is filtered by. A value that several dimensions have is asked about,
//! unless the sentence or the conversation says which.

use almanac_agent_contract::Value;
use almanac_metrics::{DimensionInfo, Filter, MetricInfo, MetricQuery, Operator};

use super::Asked;
use super::metrics::{all_have, dimension_of, not_by, tell};
use super::stop::{Stop, choices, clarify, refuse};
use crate::lexicon::{Target, plain};
use crate::phrases::Say;
use crate::slots::{Slots, ValuePick};
use crate::vocabulary::Cue;

/// The filters of this sentence; the dimension compared along, where values are compared.
pub(super) struct Filters<'a> {
    pub(super) filters: Vec<Filter>,
    /// Of each list one must hold: "from Brazil or on mobile".
    pub(super) any_of: Vec<Vec<Filter>>,
    pub(super) along: Option<&'a DimensionInfo>,
}

/// Finds the values' dimensions and joins values of one dimension into one filter.
pub(super) fn filters<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    metrics: &[&MetricInfo],
    state: Option<&MetricQuery>,
    notes: &mut Vec<String>,
) -> Result<Filters<'a>, Stop> {
    let mut found: Vec<(&DimensionInfo, Operator, Vec<Value>)> = Vec::new();
    let mut either: Vec<Filter> = Vec::new();
    let mut versus = [Cue::Compare, Cue::Most, Cue::Least]
        .into_iter()
        .any(|cue| slots.has(cue));
    let mut before: Option<&str> = None;
    for (at, said) in slots.values.iter().enumerate() {
        let (dimension, value) = one_value(asked, slots, at, metrics, (state, before))?;
        tell(
            asked,
            &said.pick,
            &asked.lexicon.called(dimension, &value),
            notes,
        );
        versus |= said.versus;
        let other = before.is_some_and(|before| before != dimension.name);
        before = Some(dimension.name.as_str());
        let op = if said.negated {
            Operator::NotIn
        } else {
            Operator::In
        };
        if said.or && other {
            if let Some((info, op, values)) = found.pop() {
                either.push(filter(info, op, values));
            }
            either.push(filter(dimension, op, vec![value]));
            continue;
        }
        // "from Brazil or on mobile or tablet"
        if said.or
            && let Some(last) = either.last_mut()
            && last.dimension == dimension.name
        {
            last.values.push(value);
            continue;
        }
        match found
            .iter_mut()
            .find(|(info, other, _)| info.name == dimension.name && *other == op)
        {
            Some((.., values)) if values.contains(&value) => {}
            Some((.., values)) => values.push(value),
            None => found.push((dimension, op, vec![value])),
        }
    }
    // "France, not Germany": the one leaves the other out already.
    let wanted: Vec<&str> = found
        .iter()
        .filter(|(_, op, _)| *op == Operator::In)
        .map(|(info, ..)| info.name.as_str())
        .collect();
    found.retain(|(info, op, _)| *op == Operator::In || !wanted.contains(&info.name.as_str()));
    let along = found
        .iter()
        .find(|(_, op, values)| versus && *op == Operator::In && values.len() > 1)
        .map(|(info, ..)| *info);
    let filters = found
        .into_iter()
        .map(|(info, op, values)| filter(info, op, values))
        .collect();
    let any_of = if either.is_empty() {
        Vec::new()
    } else {
        vec![either]
    };
    Ok(Filters {
        filters,
        any_of,
        along,
    })
}

fn filter(info: &DimensionInfo, op: Operator, values: Vec<Value>) -> Filter {
    Filter {
        dimension: info.name.clone(),
        op,
        values,
    }
}

fn one_value<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    at: usize,
    metrics: &[&MetricInfo],
    (state, before): (Option<&MetricQuery>, Option<&str>),
) -> Result<(&'a DimensionInfo, Value), Stop> {
    let lexicon = asked.lexicon;
    let Some(ValuePick { pick, of, .. }) = slots.values.get(at) else {
        return Err(refuse(asked, Say::Nothing, Vec::new()));
    };
    let qualified = |info: &DimensionInfo| {
        of.as_ref().is_none_or(|of| {
            of.options.iter().any(|named| {
                dimension_of(lexicon, named.target).is_some_and(|named| named.name == info.name)
            })
        })
    };
    let read = |target: Target| match target {
        Target::Value { dimension, value } => {
            let info = lexicon.dimension(dimension)?;
            Some((info, info.values.get(value as usize)?.value.clone()))
        }
        _ => None,
    };
    let all = pick
        .options
        .iter()
        .filter_map(|named| Some((read(named.target)?, named.quality)));
    let allowed: Vec<_> = all
        .filter(|((info, _), _)| all_have(metrics, &info.name) && qualified(info))
        .collect();
    let Some(best) = allowed.first().map(|(_, quality)| *quality) else {
        return Err(not_by(asked, slots, pick, metrics));
    };
    let mut equal: Vec<_> = allowed
        .into_iter()
        .filter(|(_, quality)| best - quality < 0.02)
        .map(|(found, _)| found)
        .collect();
    let hops = |name: &str| name.matches("__").count();
    // What the sentence groups by, filters by already, or the conversation filters by.
    let at_hand = |info: &DimensionInfo| {
        Some(info.name.as_str()) == before
            || slots.groups.iter().any(|pick| {
                pick.options.iter().any(|named| {
                    dimension_of(lexicon, named.target).is_some_and(|d| d.name == info.name)
                })
            })
            || state.is_some_and(|state| {
                state
                    .filters
                    .iter()
                    .any(|filter| filter.dimension == info.name)
            })
    };
    if equal.iter().any(|(info, _)| at_hand(info)) {
        equal.retain(|(info, _)| at_hand(info));
    }
    // The same dimension by a longer path is the same thing.
    let last = |name: &str| name.rsplit("__").next().unwrap_or_default().to_owned();
    if let Some(shortest) = equal.iter().map(|(info, _)| hops(&info.name)).min() {
        let short: Vec<String> = equal
            .iter()
            .filter(|(info, _)| hops(&info.name) == shortest)
            .map(|(info, _)| last(&info.name))
            .collect();
        equal
            .retain(|(info, _)| hops(&info.name) == shortest || !short.contains(&last(&info.name)));
    }
    // "organic" without a word more is a channel before it is an acquisition channel.
    let words = |info: &DimensionInfo| {
        plain(&info.label)
            .split(' ')
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let unmarked = equal.iter().position(|(info, _)| {
        let own = words(info);
        equal.iter().all(|(other, _)| {
            other.name == info.name
                || (words(other).len() > own.len()
                    && own.iter().all(|word| words(other).contains(word)))
        })
    });
    if let Some(found) = unmarked.and_then(|at| equal.get(at)) {
        return Ok(found.clone());
    }
    match equal.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(not_by(asked, slots, pick, metrics)),
        [first, rest @ ..] if rest.iter().all(|(info, _)| info.name == first.0.name) => {
            Ok(first.clone())
        }
        _ => {
            let narrowed = equal.iter().map(|(info, value)| {
                let mut slots = slots.clone();
                if let Some(said) = slots.values.get_mut(at) {
                    said.pick.options.retain(|named| {
                        read(named.target).is_some_and(|(other, found)| {
                            other.name == info.name && found == *value
                        })
                    });
                }
                (
                    format!("{}: {}", info.label, lexicon.called(info, value)),
                    slots,
                )
            });
            let choices = choices(asked, narrowed);
            Err(clarify(asked, Say::WhichName(&pick.typed), choices))
        }
    }
}
