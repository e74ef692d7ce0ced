//! Resolves metrics: follows their inputs down to measures, carrying filters along, and reads
//! every fragment on the way.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use almanac_agent_contract::{Grain, Settings};

use super::argument::fit;
use super::expr::{Expr, Kind, Literal};
use super::graph::Graph;
use super::metric::{Condition, Latest, Measure, Metric, Metrics, Value};
use super::scope::{Columns, Inputs, Reach};
use crate::fragment::parse;
use crate::granularity::Granularity;
use crate::manifest::{
    Aggregation, Body, Definitions, Input, MetricDef, Problems, Simple, Text, did_you_mean,
};
use crate::nearest::nearest;

// A definition that unfolds into more than this is a mistake.
const MOST_VALUES: usize = 2_000;

/// Resolves every metric, noting what cannot be.
pub(crate) fn resolve_metrics(
    definitions: &Definitions,
    graph: &Graph,
    settings: &Settings,
    problems: &mut Problems,
) -> Metrics {
    let mut by_name = HashMap::new();
    for (index, metric) in definitions.metrics.iter().enumerate() {
        by_name.entry(metric.name.clone()).or_insert(index);
    }
    let mut resolver = Resolver {
        definitions,
        graph,
        settings,
        problems,
        by_name: &by_name,
        measures: Vec::new(),
        known: HashMap::new(),
        way: Vec::new(),
        values: 0,
    };
    let mut metrics = Vec::with_capacity(definitions.metrics.len());
    for (index, definition) in definitions.metrics.iter().enumerate() {
        resolver.values = 0;
        let Some(value) = resolver.metric(index, &[]) else {
            continue;
        };
        let measures = value.measures();
        let grain = measures
            .iter()
            .map(|measure| {
                let measure: &Measure = &resolver.measures[*measure];
                graph.models[measure.model].attributes[measure.time]
                    .time
                    .map_or(Grain::Day, Granularity::grain)
            })
            .max();
        let grain = grain.unwrap_or(Grain::Day);
        metrics.push(Metric {
            name: definition.name.as_str().into(),
            value,
            measures,
            grain,
        });
    }
    let measures = resolver.measures;
    let by_name = metrics
        .iter()
        .enumerate()
        .map(|(index, metric)| (metric.name.to_string(), index))
        .collect();
    Metrics {
        metrics,
        measures,
        by_name,
    }
}

struct Resolver<'a> {
    definitions: &'a Definitions,
    graph: &'a Graph,
    settings: &'a Settings,
    problems: &'a mut Problems,
    by_name: &'a HashMap<String, usize>,
    measures: Vec<Measure>,
    /// Measures by their metric and the filters put on top of its own; none where it failed.
    known: HashMap<(usize, Vec<String>), Option<usize>>,
    /// The metrics being resolved, outermost first.
    way: Vec<usize>,
    values: usize,
}

impl<'a> Resolver<'a> {
    fn metric(&mut self, index: usize, outer: &[&'a Text]) -> Option<Value> {
        let definition = &self.definitions.metrics[index];
        // Circles are a problem already.
        if self.way.contains(&index) {
            return None;
        }
        self.values += 1;
        if self.values > MOST_VALUES {
            if self.values == MOST_VALUES + 1 {
                let text = format!("unfolds into more than {MOST_VALUES} metrics");
                self.wrong(definition, &definition.place, text);
            }
            return None;
        }
        self.way.push(index);
        let value = self.body(index, definition, outer);
        self.way.pop();
        value
    }

    fn body(
        &mut self,
        index: usize,
        definition: &'a MetricDef,
        outer: &[&'a Text],
    ) -> Option<Value> {
        let mut filters: Vec<&Text> = definition.filters.iter().collect();
        filters.extend(outer);
        match &definition.body {
            Body::Simple(simple) => {
                let measure = self.measure(index, simple, outer)?;
                Some(match definition.fill {
                    #[expect(clippy::cast_possible_truncation, reason = "it is a whole number")]
                    Some(fill) if fill.fract() == 0.0 && fill.abs() < 1e15 => {
                        Value::Filled(measure, Literal::Integer(fill as i64))
                    }
                    Some(fill) => Value::Filled(measure, Literal::Float(fill)),
                    None => Value::Measure(measure),
                })
            }
            Body::Ratio {
                numerator,
                denominator,
            } => {
                let above = self.input(numerator, &filters);
                let below = self.input(denominator, &filters);
                Some(Value::Ratio(Box::new(above?), Box::new(below?)))
            }
            Body::Derived { expr, inputs } => {
                let names: Vec<&str> = inputs
                    .iter()
                    .map(|input| input.alias.as_deref().unwrap_or(&input.metric.text))
                    .collect();
                let parsed = self.derived(definition, expr, &names);
                let inputs: Vec<Option<Value>> = inputs
                    .iter()
                    .map(|input| self.input(input, &filters))
                    .collect();
                let inputs: Option<Vec<Value>> = inputs.into_iter().collect();
                Some(Value::Derived(parsed?, inputs?))
            }
            Body::Cumulative { .. } | Body::Conversion(_) => {
                self.wrong(
                    definition,
                    &definition.place,
                    "this type is not supported yet".into(),
                );
                None
            }
        }
    }

    fn derived(
        &mut self,
        definition: &'a MetricDef,
        expr: &Text,
        names: &[&str],
    ) -> Option<Arc<Expr>> {
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                let text = format!("has two inputs called {name}; give one an alias");
                self.wrong(definition, &expr.place, text);
                return None;
            }
        }
        match parse(&expr.text, &Inputs { names }, self.settings) {
            Ok(typed) => Some(Arc::new(typed.expr)),
            Err(why) => {
                self.wrong(definition, &expr.place, format!("expr {} {why}", expr.text));
                None
            }
        }
    }

    fn input(&mut self, input: &'a Input, outer: &[&'a Text]) -> Option<Value> {
        // A name that is not there is a problem already.
        let index = *self.by_name.get(&input.metric.text)?;
        let mut filters: Vec<&Text> = input.filters.iter().collect();
        filters.extend(outer);
        self.metric(index, &filters)
    }

    fn measure(&mut self, index: usize, simple: &'a Simple, outer: &[&'a Text]) -> Option<usize> {
        let key = (
            index,
            outer
                .iter()
                .map(|filter| filter.text.clone())
                .collect::<Vec<_>>(),
        );
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let built = self.build(index, simple, outer).map(|measure| {
            self.measures.push(measure);
            self.measures.len() - 1
        });
        self.known.insert(key, built);
        built
    }

    fn build(&mut self, index: usize, simple: &'a Simple, outer: &[&'a Text]) -> Option<Measure> {
        let definition = &self.definitions.metrics[index];
        let number = self.graph.model(definition.model.as_deref()?)?;
        let time = self.time(definition, simple, number)?;
        let (argument, kind) = self.argument(definition, simple, number)?;
        let snapshot = match &simple.snapshot {
            Some(snapshot) => {
                let dimension = self.own(definition, number, &snapshot.dimension, true);
                let per: Vec<Option<usize>> = snapshot
                    .per
                    .iter()
                    .map(|entity| self.own(definition, number, entity, false))
                    .collect();
                let per: Option<Vec<usize>> = per.into_iter().collect();
                Some(Latest {
                    dimension: dimension?,
                    last: snapshot.last,
                    per: per?,
                })
            }
            None => None,
        };
        let mut conditions = Vec::new();
        for filter in definition.filters.iter().chain(outer.iter().copied()) {
            conditions.push(self.condition(definition, filter, number, time)?);
        }
        // A space keeps it apart from any column a query can ask for.
        let name = match outer {
            [] => definition.name.clone(),
            _ => format!("{} {}", definition.name, self.measures.len()),
        };
        Some(Measure {
            name: name.into(),
            model: number,
            aggregation: simple.aggregation,
            argument,
            kind,
            conditions,
            time,
            snapshot,
        })
    }

    fn time(
        &mut self,
        definition: &'a MetricDef,
        simple: &'a Simple,
        number: usize,
    ) -> Option<usize> {
        if let Some(time) = &simple.time {
            return self.own(definition, number, time, true);
        }
        let model = &self.definitions.models[number];
        if model.time.is_none() {
            let text = format!("model {} needs an agg_time_dimension", model.name);
            self.wrong(definition, &definition.place, text);
        }
        self.graph.models[number].time
    }

    /// One of the model's own time dimensions or entities.
    fn own(
        &mut self,
        definition: &'a MetricDef,
        number: usize,
        name: &Text,
        time: bool,
    ) -> Option<usize> {
        let model = &self.graph.models[number];
        let found = model.attributes.iter().position(|attribute| {
            *attribute.name == *name.text && (!time || attribute.time.is_some())
        });
        if found.is_none() {
            let what = if time {
                "time dimension"
            } else {
                "entity or dimension"
            };
            let candidates = model.attributes.iter().map(|attribute| &*attribute.name);
            let near = did_you_mean(nearest(&name.text, candidates));
            let text = format!("model {} has no {what} {}{near}", model.name, name.text);
            self.wrong(definition, &name.place, text);
        }
        found
    }

    /// What is aggregated, nothing where rows are counted, and the kind of the result.
    fn argument(
        &mut self,
        definition: &'a MetricDef,
        simple: &'a Simple,
        number: usize,
    ) -> Option<(Option<Arc<Expr>>, Kind)> {
        let model = &self.graph.models[number];
        let scope = Columns {
            model: &model.name,
            columns: model.columns.as_deref(),
        };
        let counts = simple.aggregation == Aggregation::Count;
        let (text, place) = match &simple.expr {
            Some(expr) if counts && ["*", "1"].contains(&expr.text.as_str()) => {
                return Some((None, Kind::Integer));
            }
            Some(expr) => (&expr.text, &expr.place),
            None => {
                let column = model.columns.as_deref().is_some_and(|columns| {
                    columns.iter().any(|(column, _)| *column == definition.name)
                });
                if counts && !column {
                    return Some((None, Kind::Integer));
                }
                (&definition.name, &definition.place)
            }
        };
        let known = model.columns.is_some();
        let fitted = parse(text, &scope, self.settings)
            .and_then(|typed| fit(typed, simple.aggregation, known));
        match fitted {
            Ok(typed) => Some((Some(Arc::new(typed.expr)), typed.kind)),
            Err(why) => {
                self.wrong(definition, place, format!("expr {text} {why}"));
                None
            }
        }
    }

    fn condition(
        &mut self,
        definition: &'a MetricDef,
        filter: &Text,
        number: usize,
        time: usize,
    ) -> Option<Condition> {
        let scope = Reach {
            graph: self.graph,
            model: number,
            time: Some(time),
            paths: RefCell::new(Vec::new()),
        };
        let parsed =
            parse(&filter.text, &scope, self.settings).and_then(|typed| match typed.kind {
                Kind::Boolean | Kind::Unknown => Ok(typed),
                kind => Err(format!("holds {} and is no condition", kind.words())),
            });
        match parsed {
            Ok(typed) => {
                let mut paths = scope.paths.into_inner();
                paths.sort_unstable();
                paths.dedup();
                Some(Condition {
                    expr: Arc::new(typed.expr),
                    paths,
                })
            }
            Err(why) => {
                self.wrong(
                    definition,
                    &filter.place,
                    format!("filter {} {why}", filter.text),
                );
                None
            }
        }
    }

    fn wrong(&mut self, definition: &MetricDef, place: &crate::manifest::Place, text: String) {
        self.problems.metric(place, &definition.name, text);
    }
}
