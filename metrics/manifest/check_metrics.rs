//! What can be wrong between a metric and what it is computed from, and with saved queries.

use std::collections::{HashMap, HashSet};

use super::check::{askable, did_you_mean};
use super::definitions::{Body, Definitions, Input, MetricDef, ModelDef, Text};
use super::problem::Problems;
use crate::nearest::nearest;

/// Notes every problem of a metric with its inputs.
pub(crate) fn check_metrics(definitions: &Definitions, problems: &mut Problems) {
    let mut metrics = HashMap::new();
    for metric in &definitions.metrics {
        metrics.entry(metric.name.as_str()).or_insert(metric);
    }
    let mut models = HashMap::new();
    for model in &definitions.models {
        models.entry(model.name.as_str()).or_insert(model);
    }
    let mut checking = Checking {
        metrics,
        models,
        problems,
    };
    for metric in &definitions.metrics {
        checking.metric(metric);
    }
}

/// Notes every problem of a saved query.
pub(crate) fn check_saved_queries(
    definitions: &Definitions,
    named: &HashSet<String>,
    problems: &mut Problems,
) {
    let metrics: HashSet<&str> = definitions
        .metrics
        .iter()
        .map(|metric| metric.name.as_str())
        .collect();
    let known = |name: &Text| metrics.contains(name.text.as_str()) || named.contains(&name.text);
    let mut names = HashSet::new();
    for query in &definitions.saved_queries {
        let mut wrong = |text: &Text, words: String| {
            problems.add(&text.place, format!("saved query {}: {words}", query.name));
        };
        let own = Text {
            text: query.name.clone(),
            place: query.place.clone(),
        };
        if !names.insert(query.name.as_str()) {
            wrong(&own, "is defined twice; rename one".to_owned());
        }
        if query.metrics.is_empty() && query.group_by.is_empty() {
            wrong(&own, "needs metrics or group_by".to_owned());
        }
        for metric in query.metrics.iter().filter(|metric| !known(metric)) {
            let near = did_you_mean(nearest(&metric.text, askable(definitions)));
            wrong(metric, format!("no metric is called {}{near}", metric.text));
        }
        for (by, _) in &query.order_by {
            let columns = || {
                let all = query.metrics.iter().chain(&query.group_by);
                all.map(|column| column.text.as_str())
            };
            if !columns().any(|column| column == by.text) {
                let near = did_you_mean(nearest(&by.text, columns()));
                let text = format!(
                    "is sorted by {}, which is neither among its metrics nor its group_by{near}",
                    by.text
                );
                wrong(by, text);
            }
        }
    }
}

struct Checking<'a> {
    metrics: HashMap<&'a str, &'a MetricDef>,
    models: HashMap<&'a str, &'a ModelDef>,
    problems: &'a mut Problems,
}

impl Checking<'_> {
    fn metric(&mut self, metric: &MetricDef) {
        match &metric.body {
            Body::Simple(_) => {
                if let Some(model) = metric.model.as_deref()
                    && !self.models.contains_key(model)
                {
                    let near = did_you_mean(nearest(model, self.models.keys().copied()));
                    let text = format!("no semantic model is called {model}{near}");
                    self.problems.metric(&metric.place, &metric.name, text);
                }
            }
            Body::Ratio { .. } | Body::Derived { .. } => {}
            Body::Cumulative { input, .. } => {
                self.simple(
                    metric,
                    input,
                    "a cumulative metric adds up a simple metric",
                    "accumulate the simple metrics and derive from those",
                );
            }
            Body::Conversion(conversion) => {
                for input in [&conversion.base, &conversion.conversion] {
                    self.simple(
                        metric,
                        input,
                        "a conversion metric counts the events of simple metrics",
                        "name a simple metric",
                    );
                }
            }
        }
    }

    /// Notes an input that is shifted or no simple metric.
    fn simple(&mut self, metric: &MetricDef, input: &Input, rule: &str, way: &str) {
        if input.offset.is_some() {
            let text = format!(
                "input {} has an offset, which only inputs of ratio and derived metrics can have",
                input.metric.text
            );
            self.problems
                .metric(&input.metric.place, &metric.name, text);
        }
        // A name that is not there is a problem already.
        let Some(found) = self.metrics.get(input.metric.text.as_str()) else {
            return;
        };
        let kind = match &found.body {
            Body::Simple(_) => return,
            Body::Ratio { .. } => "a ratio",
            Body::Derived { .. } => "derived",
            Body::Cumulative { .. } => "cumulative",
            Body::Conversion(_) => "a conversion",
        };
        let text = format!("{rule}, but {} is {kind}; {way}", found.name);
        self.problems
            .metric(&input.metric.place, &metric.name, text);
    }
}
