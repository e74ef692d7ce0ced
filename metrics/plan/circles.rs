//! Metrics whose filters ask for metrics: what they ask for must exist, and must not lead back.

use super::metric::Metrics;
use crate::manifest::{Definitions, Problems, did_you_mean};
use crate::nearest::nearest;

/// Notes filters that ask for metrics that are not there, or for their own.
pub(super) fn check(definitions: &Definitions, metrics: &Metrics, problems: &mut Problems) {
    let asks: Vec<Vec<usize>> = metrics
        .metrics
        .iter()
        .map(|metric| {
            let measures = metric.measures.iter().map(|one| &metrics.measures[*one]);
            let terms = measures
                .flat_map(|measure| &measure.conditions)
                .flat_map(|condition| &condition.terms);
            terms
                .filter_map(|term| metrics.by_name.get(&term.metric).copied())
                .collect()
        })
        .collect();
    for definition in &definitions.metrics {
        let Some(start) = metrics.by_name.get(&definition.name) else {
            continue;
        };
        let metric = &metrics.metrics[*start];
        let terms = metric
            .measures
            .iter()
            .flat_map(|one| &metrics.measures[*one].conditions)
            .flat_map(|condition| &condition.terms);
        for term in terms {
            let exists = definitions
                .metrics
                .iter()
                .any(|one| one.name == term.metric);
            if !exists {
                let names = definitions.metrics.iter().map(|one| one.name.as_str());
                let near = did_you_mean(nearest(&term.metric, names));
                let text = format!(
                    "its filter asks for the metric {}, which is not there{near}",
                    term.metric
                );
                problems.metric(&definition.place, &definition.name, text);
            }
        }
        let mut reached = vec![false; asks.len()];
        let mut next = asks[*start].clone();
        while let Some(one) = next.pop() {
            if !std::mem::replace(&mut reached[one], true) {
                next.extend(&asks[one]);
            }
        }
        if reached[*start] {
            let text = "its filter asks for itself, by way of other metrics or at once";
            problems.metric(&definition.place, &definition.name, text);
        }
    }
}
