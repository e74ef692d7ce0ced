//! Questions back and refusals, with choices that are full questions of their own.

use almanac_agent_contract::{Choice, Grain};
use almanac_metrics::{GroupBy, MetricQuery};

use super::{Asked, compose};
use crate::intent::{Intent, Manner};
use crate::phrases::Say;
use crate::say;
use crate::slots::Slots;

/// Why there is no query: what to say instead.
pub(crate) type Stop = Box<Intent>;

/// At most this many buttons.
pub(crate) const MOST_CHOICES: usize = 4;

/// A question back.
pub(crate) fn clarify(asked: &Asked<'_>, say: Say<'_>, choices: Vec<Choice>) -> Stop {
    let text = say.in_language(asked.language);
    if choices.is_empty() {
        return Box::new(Intent::Refuse {
            text,
            choices: examples(asked, None),
        });
    }
    Box::new(Intent::Clarify { text, choices })
}

/// A refusal.
pub(crate) fn refuse(asked: &Asked<'_>, say: Say<'_>, choices: Vec<Choice>) -> Stop {
    let choices = if choices.is_empty() {
        examples(asked, None)
    } else {
        choices
    };
    Box::new(Intent::Refuse {
        text: say.in_language(asked.language),
        choices,
    })
}

/// The full questions that the narrowed sentences ask, each once.
pub(crate) fn choices(
    asked: &Asked<'_>,
    narrowed: impl Iterator<Item = (String, Slots)>,
) -> Vec<Choice> {
    if asked.depth >= 2 {
        return Vec::new();
    }
    let deeper = Asked {
        depth: asked.depth + 1,
        ..*asked
    };
    let mut found: Vec<Choice> = Vec::new();
    for (label, slots) in narrowed.take(MOST_CHOICES) {
        match compose(&deeper, &slots) {
            Ok(composed) => {
                let ask = say::question(asked, &composed.query, &composed.manner);
                if !found.iter().any(|choice| choice.ask == ask) {
                    let label = if label.is_empty() { ask.clone() } else { label };
                    found.push(Choice { label, ask });
                }
            }
            Err(stop) => {
                if let Intent::Clarify { choices, .. } = *stop {
                    found.extend(choices);
                }
            }
        }
    }
    found.truncate(MOST_CHOICES);
    found
}

/// Up to three questions that work on this catalogue, about `metric` where one is given.
pub(crate) fn examples(asked: &Asked<'_>, metric: Option<&str>) -> Vec<Choice> {
    let catalog = &asked.lexicon.catalog;
    let first = metric
        .and_then(|name| catalog.metric(name))
        .or_else(|| super::usual(asked.lexicon, |_| true));
    let Some(first) = first else {
        return Vec::new();
    };
    let other = catalog
        .metrics
        .iter()
        .find(|other| other.name != first.name)
        .unwrap_or(first);
    let query = |metric: &str| MetricQuery {
        metrics: vec![metric.to_owned()],
        ..MetricQuery::default()
    };
    let period = |en, es, pt| say::choose(asked.language, en, es, pt);
    let last_week = period("last week", "la semana pasada", "na semana passada");
    let mut asks = vec![(query(&first.name), last_week)];
    let dimension = super::shared(asked.lexicon, &[first])
        .next()
        .map(|dimension| &dimension.name);
    if let Some(dimension) = dimension {
        let mut by = query(&first.name);
        by.group_by = vec![GroupBy::named(dimension)];
        asks.push((by, period("last month", "el mes pasado", "no mês passado")));
    }
    let mut trend = query(&other.name);
    trend.grain = Some(Grain::Month.max(other.finest_grain));
    asks.push((trend, period("this year", "este año", "este ano")));
    asks.iter()
        .map(|(query, period)| {
            let what = say::question(asked, query, &Manner::default());
            let ask = format!("{what} {period}");
            Choice {
                label: ask.clone(),
                ask,
            }
        })
        .collect()
}

/// Names in a list for people, the first `most` of them.
pub(crate) fn listed(
    asked: &Asked<'_>,
    names: impl Iterator<Item = String>,
    most: usize,
) -> String {
    let names: Vec<String> = names.take(most).collect();
    let and = say::choose(asked.language, " and ", " y ", " e ");
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}{and}{last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}
