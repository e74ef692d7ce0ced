//! Measures of the legacy spec and of compiled manifests. The planner knows only metrics: a simple
//! metric takes its measure's aggregate over, and where another type of metric refers to a measure,
//! the measure becomes a metric that nobody sees.

use std::collections::{BTreeMap, HashMap};

use super::check::did_you_mean;
use super::definitions::{Body, Input, MetricDef, MetricWords, Simple, Text};
use super::read_aggregate::read_aggregate;
use super::read_input::read_filters;
use super::read_words::read_metric_words;
use super::reader::Reader;
use super::yaml::{Node, Yaml};
use crate::manifest::Aggregation;
use crate::nearest::nearest;

const KEYS: [&str; 12] = [
    "name",
    "agg",
    "expr",
    "agg_params",
    "agg_time_dimension",
    "non_additive_dimension",
    "create_metric",
    "create_metric_display_name",
    "label",
    "description",
    "config",
    "meta",
];
const INPUT_KEYS: [&str; 5] = [
    "name",
    "alias",
    "filter",
    "join_to_timespine",
    "fill_nulls_with",
];

/// An aggregate that metrics refer to.
#[derive(Debug)]
pub(crate) struct Measure {
    pub(crate) name: Text,
    pub(crate) model: String,
    pub(crate) simple: Simple,
    label: Option<String>,
    description: String,
    words: MetricWords,
    /// It is a metric of its own name, too.
    create_metric: bool,
}

/// All measures, and the hidden metrics made of them.
#[derive(Debug, Default)]
pub(crate) struct Measures {
    by_name: HashMap<String, Measure>,
    hidden: BTreeMap<String, MetricDef>,
}

/// How a metric refers to a measure.
pub(crate) struct MeasureInput {
    pub(crate) measure: Text,
    pub(crate) alias: Option<String>,
    pub(crate) filters: Vec<Text>,
    pub(crate) join_to_spine: bool,
    pub(crate) fill: Option<f64>,
}

impl Measures {
    /// Reads an entry of a model's `measures:`.
    pub(crate) fn read(&mut self, reader: &mut Reader<'_>, node: &Node, model: &str) {
        let Some(name) = reader.name(node, "a measure") else {
            return;
        };
        reader.keys(node, &KEYS);
        let Some(mut simple) = read_aggregate(reader, node, node.get("agg_params")) else {
            return;
        };
        if simple.expr.is_none() && simple.aggregation != Aggregation::Count {
            simple.expr = Some(name.clone());
        }
        let measure = Measure {
            model: model.to_owned(),
            simple,
            label: reader.words(node, "label"),
            description: reader.words(node, "description").unwrap_or_default(),
            words: read_metric_words(reader, node),
            create_metric: reader.flag(node, "create_metric") == Some(true),
            name,
        };
        let (name, line) = (measure.name.text.clone(), measure.name.place.line);
        if let Some(first) = self.by_name.insert(name.clone(), measure) {
            let text = format!(
                "measure {name} of model {model} has the name of one of model {}; names of measures are unique",
                first.model
            );
            reader.wrong(line, text);
        }
    }

    /// The measure of that name; a problem where there is none.
    pub(crate) fn get(&self, reader: &mut Reader<'_>, name: &Text) -> Option<&Measure> {
        let found = self.by_name.get(&name.text);
        if found.is_none() {
            let near = nearest(&name.text, self.by_name.keys().map(String::as_str));
            let text = format!("no measure is called {}{}", name.text, did_you_mean(near));
            reader.wrong(name.place.line, text);
        }
        found
    }

    /// Whether there is a measure of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// A measure as another metric's input, by way of a hidden metric.
    pub(crate) fn input(&mut self, reader: &mut Reader<'_>, input: MeasureInput) -> Option<Input> {
        // A space keeps the name apart from any that can be written.
        let mut name = format!("measure {}", input.measure.text);
        if input.join_to_spine {
            name.push_str(" on every date");
        }
        if let Some(fill) = input.fill {
            name.push_str(&format!(" or {fill}"));
        }
        if !self.hidden.contains_key(&name) {
            let measure = self.get(reader, &input.measure)?;
            let metric = MetricDef {
                fill: input.fill,
                join_to_spine: input.join_to_spine,
                hidden: true,
                words: MetricWords::default(),
                ..measure.metric(&name)
            };
            self.hidden.insert(name.clone(), metric);
        }
        Some(Input {
            metric: Text {
                text: name,
                place: input.measure.place,
            },
            alias: input.alias,
            filters: input.filters,
            offset: None,
        })
    }

    /// The metrics that measures bring along: those that other metrics refer to, and those of
    /// `create_metric` that `written` does not know to be written out already.
    pub(crate) fn into_metrics(self, written: impl Fn(&Text) -> bool) -> Vec<MetricDef> {
        let mut created: Vec<MetricDef> = self
            .by_name
            .into_values()
            .filter(|measure| measure.create_metric && !written(&measure.name))
            .map(|measure| MetricDef {
                words: measure.words.clone(),
                ..measure.metric(&measure.name.text)
            })
            .collect();
        created.sort_by(|a, b| {
            (&a.place.file, a.place.line, &a.name).cmp(&(&b.place.file, b.place.line, &b.name))
        });
        created.extend(self.hidden.into_values());
        created
    }
}

impl Measure {
    /// The plain metric over it.
    fn metric(&self, name: &str) -> MetricDef {
        MetricDef {
            name: name.to_owned(),
            place: self.name.place.clone(),
            model: Some(self.model.clone()),
            label: self.label.clone(),
            description: self.description.clone(),
            filters: Vec::new(),
            fill: None,
            join_to_spine: false,
            default_granularity: None,
            hidden: false,
            body: Body::Simple(self.simple.clone()),
            words: MetricWords::default(),
        }
    }
}

/// A reference to a measure: its name, or a map with what is done to it here.
pub(crate) fn read_measure_input(reader: &mut Reader<'_>, node: &Node) -> Option<MeasureInput> {
    if !matches!(node.value, Yaml::Map(_)) {
        return Some(MeasureInput {
            measure: reader.as_text(node, "measure")?,
            alias: None,
            filters: Vec::new(),
            join_to_spine: false,
            fill: None,
        });
    }
    reader.keys(node, &INPUT_KEYS);
    Some(MeasureInput {
        measure: reader.name(node, "a measure")?,
        alias: reader.words(node, "alias"),
        filters: read_filters(reader, node, "filter"),
        join_to_spine: reader.flag(node, "join_to_timespine") == Some(true),
        fill: reader.number(node, "fill_nulls_with"),
    })
}
