//! Filters that a metric's own definition contradicts: "orders" that count paid ones only leave
//! nothing of canceled ones. Where another metric counts just those, it is the one meant.

use almanac_agent_contract::Value;
use almanac_metrics::{DimensionInfo, Filter, MetricInfo, Operator};

use super::Asked;
use super::metrics::{all_have, metric_of, with_metric};
use super::stop::{Stop, choices, refuse};
use crate::lexicon::{Fit, links};
use crate::phrases::Say;
use crate::slots::Slots;
use crate::text::tokens;

/// The filters that are left once metrics that they contradict have given way.
pub(super) fn possible_filters<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    metrics: &mut [&'a MetricInfo],
    mut filters: Vec<Filter>,
) -> Result<Vec<Filter>, Stop> {
    for at in 0..filters.len() {
        let Some((filter, (info, own))) = filters.get(at).and_then(|filter| {
            let found = metrics.iter().find_map(|info| {
                let own = counted(asked, info, filter)?;
                contradicts(&own, filter).then_some((*info, own))
            });
            Some((filter, found?))
        }) else {
            continue;
        };
        if let ([only], Some(other)) = (&mut *metrics, called(asked, slots, info, filter)) {
            *only = other;
            filters.remove(at);
            return Ok(filters);
        }
        let dimension = asked.lexicon.catalog.dimension(&filter.dimension);
        let label = dimension.map_or(filter.dimension.as_str(), |info| info.label.as_str());
        let say = Say::Contradicts {
            metric: &info.label,
            dimension: label,
            own: &own.join(", "),
        };
        let others = asked.lexicon.catalog.metrics.iter().filter(|other| {
            counted(asked, other, filter).is_some_and(|own| !contradicts(&own, filter))
        });
        let mut narrowed = slots.clone();
        narrowed.values.clear();
        let offered = others.map(|other| with_metric(&narrowed, asked.lexicon, other));
        return Err(refuse(asked, say, choices(asked, offered)));
    }
    Ok(filters)
}

/// The values of the filter's dimension that the metric counts, where its definition says.
fn counted(asked: &Asked<'_>, info: &MetricInfo, filter: &Filter) -> Option<Vec<String>> {
    if !all_have(&[info], &filter.dimension) {
        return None;
    }
    let flat = |name: &str| name.replace("__", "_");
    let wanted = flat(&filter.dimension);
    conditions(&info.definition)
        .into_iter()
        .find(|(name, _)| {
            let name = flat(name);
            name == wanted || name.ends_with(&format!("_{wanted}"))
        })
        .map(|(_, values)| values)
        .filter(|_| asked.lexicon.catalog.dimension(&filter.dimension).is_some())
}

/// `name = 'value'` and `name in ('a', 'b')` of a definition in words.
fn conditions(definition: &str) -> Vec<(&str, Vec<String>)> {
    let mut found = Vec::new();
    for (operator, close) in [(" = '", '\''), (" in ('", ')')] {
        for (at, _) in definition.match_indices(operator) {
            let before = definition.get(..at).unwrap_or_default();
            let after = definition.get(at + operator.len()..).unwrap_or_default();
            let (Some(name), Some(end)) = (before.split_whitespace().last(), after.find(close))
            else {
                continue;
            };
            let values = after.get(..end).unwrap_or_default().split(',');
            let values = values.map(|value| value.trim().trim_matches('\'').to_owned());
            found.push((name, values.collect()));
        }
    }
    found
}

fn contradicts(own: &[String], filter: &Filter) -> bool {
    let asked = |text: &String| {
        let value = Value::Text(text.clone());
        filter.values.contains(&value)
    };
    match filter.op {
        Operator::In => !own.iter().any(asked),
        Operator::NotIn => own.iter().all(asked),
        _ => false,
    }
}

/// The metric that is called by the value and the metric together: "canceled" and "orders".
fn called<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    info: &MetricInfo,
    filter: &Filter,
) -> Option<&'a MetricInfo> {
    let lexicon = asked.lexicon;
    let ([value], Operator::In) = (filter.values.as_slice(), filter.op) else {
        return None;
    };
    let dimension: &DimensionInfo = lexicon.catalog.dimension(&filter.dimension)?;
    let metric = slots
        .metrics
        .first()
        .map_or(info.label.as_str(), |pick| pick.typed.as_str());
    let said = slots.values.iter().map(|value| value.pick.typed.clone());
    said.chain([lexicon.called(dimension, value)])
        .flat_map(|value| [format!("{value} {metric}"), format!("{metric} {value}")])
        .find_map(|name| {
            let words: Vec<_> = tokens(&name)
                .iter()
                .filter(|token| !links(&token.word))
                .map(|token| lexicon.word(&token.word))
                .collect();
            lexicon
                .names(&words)
                .into_iter()
                .filter(|named| named.fit <= Fit::Meant)
                .find_map(|named| metric_of(lexicon, named.target))
        })
        .filter(|other| other.name != info.name)
}
