//! What can be wrong between definitions: names given twice, metrics that are not there, circles.

use std::collections::{HashMap, HashSet};

use super::check_metrics::{check_metrics, check_saved_queries};
use super::check_models::check_models;
use super::definitions::{Body, Definitions, MetricDef, Text};
use super::problem::{Place, Problems};
use crate::nearest::nearest;

/// The metrics a metric is computed from.
pub(crate) fn inputs(metric: &MetricDef) -> Vec<&Text> {
    match &metric.body {
        Body::Simple(_) => Vec::new(),
        Body::Ratio {
            numerator,
            denominator,
        } => vec![&numerator.metric, &denominator.metric],
        Body::Cumulative { input, .. } => vec![&input.metric],
        Body::Conversion(conversion) => {
            vec![&conversion.base.metric, &conversion.conversion.metric]
        }
        Body::Derived { inputs, .. } => inputs.iter().map(|input| &input.metric).collect(),
    }
}

/// Notes every such problem. `named` are the metrics that are written, also those that could not be
/// read: what refers to them is not wrong for that.
pub(crate) fn check(definitions: &Definitions, named: &HashSet<String>, problems: &mut Problems) {
    duplicates(definitions, problems);
    check_models(definitions, problems);
    check_metrics(definitions, problems);
    check_saved_queries(definitions, named, problems);
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for (index, metric) in definitions.metrics.iter().enumerate() {
        by_name.entry(&metric.name).or_insert(index);
    }
    for metric in &definitions.metrics {
        let parent = metric
            .words
            .parent
            .as_ref()
            .map(|parent| (parent, "parent"));
        for (name, what) in inputs(metric)
            .into_iter()
            .map(|name| (name, "metric"))
            .chain(parent)
        {
            if !by_name.contains_key(name.text.as_str()) && !named.contains(&name.text) {
                let near = nearest(&name.text, askable(definitions));
                let text = format!("no {what} is called {}{}", name.text, did_you_mean(near));
                problems.metric(&name.place, &metric.name, text);
            }
        }
    }
    let links: Vec<Vec<usize>> = definitions
        .metrics
        .iter()
        .map(|metric| {
            inputs(metric)
                .iter()
                .filter_map(|name| by_name.get(name.text.as_str()).copied())
                .collect()
        })
        .collect();
    circles(definitions, &links, "is computed from itself", problems);
    let parents: Vec<Vec<usize>> = definitions
        .metrics
        .iter()
        .map(|metric| {
            let parent = metric.words.parent.as_ref();
            parent
                .and_then(|name| by_name.get(name.text.as_str()).copied())
                .into_iter()
                .collect()
        })
        .collect();
    circles(definitions, &parents, "is its own parent", problems);
}

/// The names of the metrics that people know.
pub(crate) fn askable(definitions: &Definitions) -> impl Iterator<Item = &str> {
    definitions
        .metrics
        .iter()
        .filter(|metric| !metric.hidden)
        .map(|metric| metric.name.as_str())
}

/// ", did you mean revenue?" or nothing.
pub(crate) fn did_you_mean(near: Option<String>) -> String {
    near.map_or_else(String::new, |name| format!("; did you mean {name}?"))
}

fn duplicates(definitions: &Definitions, problems: &mut Problems) {
    let mut seen: HashMap<&str, &Place> = HashMap::new();
    for metric in &definitions.metrics {
        if let Some(first) = seen.insert(&metric.name, &metric.place) {
            let text = format!("is defined twice, first in {}", at(first));
            problems.metric(&metric.place, &metric.name, text);
        }
    }
    let mut seen: HashMap<&str, &Place> = HashMap::new();
    for model in &definitions.models {
        if let Some(first) = seen.insert(&model.name, &model.place) {
            let text = format!(
                "model {} is defined twice, first in {}",
                model.name,
                at(first)
            );
            problems.add(&model.place, text);
        }
        let mut names: HashMap<&str, ()> = HashMap::new();
        let dimensions = model
            .dimensions
            .iter()
            .map(|d| (d.name.as_str(), &d.expr.place));
        let entities = model
            .entities
            .iter()
            .map(|e| (e.name.as_str(), &e.expr.place));
        for (name, place) in dimensions.chain(entities) {
            if names.insert(name, ()).is_some() {
                problems.add(
                    place,
                    format!("model {} has two things called {name}", model.name),
                );
            }
        }
    }
}

/// A place in words: "metrics.yml:12".
pub(crate) fn at(place: &Place) -> String {
    let file = place
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    format!("{file}:{}", place.line)
}

/// Notes each circle once, at its first metric, with its way round.
fn circles(definitions: &Definitions, links: &[Vec<usize>], what: &str, problems: &mut Problems) {
    // 0 not seen, 1 on the present way, 2 done.
    let mut state = vec![0_u8; links.len()];
    for start in 0..links.len() {
        if state[start] != 0 {
            continue;
        }
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        state[start] = 1;
        while let Some((at, next)) = way.last_mut() {
            let Some(&to) = links[*at].get(*next) else {
                state[*at] = 2;
                way.pop();
                continue;
            };
            *next += 1;
            match state[to] {
                0 => {
                    state[to] = 1;
                    way.push((to, 0));
                }
                1 => {
                    let from = way
                        .iter()
                        .position(|(metric, _)| *metric == to)
                        .unwrap_or(0);
                    let mut round: Vec<&str> = way[from..]
                        .iter()
                        .map(|(metric, _)| definitions.metrics[*metric].name.as_str())
                        .collect();
                    round.push(&definitions.metrics[to].name);
                    let metric = &definitions.metrics[to];
                    let text = format!("{what}: {}", round.join(" -> "));
                    problems.metric(&metric.place, &metric.name, text);
                }
                _ => {}
            }
        }
    }
}
