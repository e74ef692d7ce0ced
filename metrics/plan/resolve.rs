//! Resolves metrics: follows their inputs down to measures, carrying filters along, and reads
//! every fragment on the way.

use std::collections::HashMap;
use std::sync::Arc;

use almanac_agent_contract::{Format, Settings};

use super::argument::fit;
use super::bucketing::Bucketing;
use super::expr::{Expr, Kind, Literal, Span};
use super::graph::Graph;
use super::keys::Scene;
use super::metric::{
    Condition, Conversion, Cumulative, Latest, Leaf, Measure, Metric, Metrics, Offset, Reach, Value,
};
use super::scope::{Columns, Inputs, read_condition};
use crate::fragment::parse;
use crate::granularity::Granularity;
use crate::manifest::{
    Aggregation, Body, CumulativeReach, Definitions, Input, MetricDef, OffsetDef,
    PeriodAggregation, Problems, Simple, Text, Window, did_you_mean,
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
        conversions: Vec::new(),
        known: HashMap::new(),
        read: HashMap::new(),
        way: Vec::new(),
        values: 0,
    };
    let mut metrics = Vec::with_capacity(definitions.metrics.len());
    for (index, definition) in definitions.metrics.iter().enumerate() {
        resolver.values = 0;
        let Some(value) = resolver.metric(index, &Passed::default()) else {
            continue;
        };
        let metric = resolver.finish(definition, value);
        metrics.push(metric);
    }
    let (measures, conversions) = (resolver.measures, resolver.conversions);
    let by_name: HashMap<String, usize> = metrics
        .iter()
        .enumerate()
        .map(|(index, metric)| (metric.name.to_string(), index))
        .collect();
    let metrics = Metrics {
        metrics,
        measures,
        conversions,
        by_name,
    };
    super::circles::check(definitions, &metrics, problems);
    metrics
}

/// What a metric takes from those that it is an input of.
#[derive(Default, Clone)]
pub(super) struct Passed<'a> {
    filters: Vec<&'a Text>,
    /// The first is applied first.
    offsets: Vec<Offset>,
    cumulative: Option<Cumulative>,
}

/// What makes measures of one metric different.
type Known = (usize, Vec<String>, String);

pub(super) struct Resolver<'a> {
    definitions: &'a Definitions,
    pub(super) graph: &'a Graph,
    settings: &'a Settings,
    pub(super) problems: &'a mut Problems,
    by_name: &'a HashMap<String, usize>,
    pub(super) measures: Vec<Measure>,
    pub(super) conversions: Vec<Conversion>,
    /// Measures by their metric and what was put on top of it; none where it failed.
    known: HashMap<Known, Option<usize>>,
    /// Filters by model, time and text.
    read: HashMap<(usize, usize, String), Arc<Condition>>,
    /// The metrics being resolved, outermost first.
    way: Vec<usize>,
    values: usize,
}

impl<'a> Resolver<'a> {
    fn finish(&mut self, definition: &'a MetricDef, value: Value) -> Metric {
        let measures = Metrics::measures_of(&value.leaves(), &self.conversions);
        let finest = measures.iter().filter_map(|measure| {
            let measure: &Measure = &self.measures[*measure];
            self.graph.models[measure.model].attributes[measure.time].time
        });
        let finest = finest.max().unwrap_or(Granularity::Day);
        let open = finest.max(Granularity::Day);
        let default = match &definition.default_granularity {
            Some(name) => match Granularity::named(&name.text.to_lowercase()) {
                Some(granularity) => granularity.max(finest),
                None => {
                    let text = format!(
                        "\"{}\" is no granularity: hour, day, week, month, quarter or year",
                        name.text
                    );
                    self.wrong(definition, &name.place, text);
                    open
                }
            },
            None => open,
        };
        Metric {
            name: definition.name.as_str().into(),
            value,
            measures,
            grain: finest.grain(),
            finest,
            default,
            hidden: definition.hidden,
        }
    }

    fn metric(&mut self, index: usize, passed: &Passed<'a>) -> Option<Value> {
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
        let value = self.body(index, definition, passed);
        self.way.pop();
        let value = value?;
        Some(match definition.fill {
            Some(fill) => Value::Filled(Box::new(value), number(fill)),
            None => value,
        })
    }

    fn body(
        &mut self,
        index: usize,
        definition: &'a MetricDef,
        passed: &Passed<'a>,
    ) -> Option<Value> {
        let mut inner = passed.clone();
        inner.filters.splice(0..0, &definition.filters);
        match &definition.body {
            Body::Simple(simple) => {
                let measure = self.measure(index, simple, passed)?;
                Some(Value::Leaf(Leaf::Measure(measure)))
            }
            Body::Ratio {
                numerator,
                denominator,
            } => {
                let above = self.input(definition, numerator, &inner);
                let below = self.input(definition, denominator, &inner);
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
                    .map(|input| self.input(definition, input, &inner))
                    .collect();
                let inputs: Option<Vec<Value>> = inputs.into_iter().collect();
                Some(Value::Derived(parsed?, inputs?))
            }
            Body::Cumulative {
                input,
                reach,
                period,
            } => {
                let cumulative = self.cumulative(definition, reach, *period)?;
                let base = self.by_name.get(&input.metric.text);
                let simple = base.is_some_and(|base| {
                    matches!(self.definitions.metrics[*base].body, Body::Simple(_))
                });
                // What is not there or not simple is a problem already.
                if !simple {
                    return None;
                }
                inner.cumulative = Some(cumulative);
                self.input(definition, input, &inner)
            }
            Body::Conversion(conversion) => self.conversion(definition, conversion, &inner),
        }
    }

    fn cumulative(
        &mut self,
        definition: &'a MetricDef,
        reach: &CumulativeReach,
        period: PeriodAggregation,
    ) -> Option<Cumulative> {
        let reach = match reach {
            CumulativeReach::All => Reach::All,
            CumulativeReach::Window(window) => Reach::Window(self.span(definition, window)?),
            CumulativeReach::ToDate(name) => Reach::ToDate(self.granularity(definition, name)?),
        };
        Some(Cumulative { reach, period })
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

    pub(super) fn input(
        &mut self,
        definition: &'a MetricDef,
        input: &'a Input,
        outer: &Passed<'a>,
    ) -> Option<Value> {
        // A name that is not there is a problem already.
        let index = *self.by_name.get(&input.metric.text)?;
        let mut passed = outer.clone();
        passed.filters.splice(0..0, &input.filters);
        if let Some(offset) = &input.offset {
            let offset = match offset {
                OffsetDef::ToGrain(name) => Offset::ToGrain(self.granularity(definition, name)?),
                OffsetDef::Window(window) => self.offset(definition, window)?,
            };
            passed.offsets.insert(0, offset);
        }
        self.metric(index, &passed)
    }

    fn offset(&mut self, definition: &'a MetricDef, window: &Window) -> Option<Offset> {
        let name = window.granularity.text.to_lowercase();
        match Bucketing::named(self.graph, &name) {
            Some(Bucketing::Custom(custom)) => Some(Offset::Custom(custom, window.count)),
            _ => self.span(definition, window).map(Offset::Span),
        }
    }

    pub(super) fn span(&mut self, definition: &'a MetricDef, window: &Window) -> Option<Span> {
        let granularity = self.granularity(definition, &window.granularity)?;
        let count = i32::try_from(window.count)
            .ok()
            .filter(|count| *count <= 100_000);
        let span = count.and_then(|count| {
            Some(match granularity {
                Granularity::Year => Span::Months(count * 12),
                Granularity::Quarter => Span::Months(count * 3),
                Granularity::Month => Span::Months(count),
                Granularity::Week => Span::Days(count * 7),
                Granularity::Day => Span::Days(count),
                Granularity::Hour => Span::Seconds(i64::from(count) * 3_600),
                Granularity::Minute => Span::Seconds(i64::from(count) * 60),
                Granularity::Second => Span::Seconds(i64::from(count)),
                _ => return None,
            })
        });
        if span.is_none() {
            let text = format!(
                "{} {} is no window: a number of seconds to years, such as 7 days",
                window.count, window.granularity.text
            );
            self.wrong(definition, &window.granularity.place, text);
        }
        span
    }

    fn granularity(&mut self, definition: &'a MetricDef, name: &Text) -> Option<Granularity> {
        let found = Granularity::named(&name.text.to_lowercase());
        if found.is_none() {
            let text = format!(
                "\"{}\" is no granularity: hour, day, week, month, quarter or year",
                name.text
            );
            self.wrong(definition, &name.place, text);
        }
        found
    }

    fn measure(&mut self, index: usize, simple: &'a Simple, passed: &Passed<'a>) -> Option<usize> {
        let filters = passed.filters.iter().map(|filter| filter.text.clone());
        let rest = match (passed.offsets.as_slice(), passed.cumulative) {
            ([], None) => String::new(),
            (offsets, cumulative) => format!("{offsets:?} {cumulative:?}"),
        };
        let key = (index, filters.collect(), rest);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let built = self.build(index, simple, passed).map(|measure| {
            self.measures.push(measure);
            self.measures.len() - 1
        });
        self.known.insert(key, built);
        built
    }

    fn build(&mut self, index: usize, simple: &'a Simple, passed: &Passed<'a>) -> Option<Measure> {
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
        for filter in definition
            .filters
            .iter()
            .chain(passed.filters.iter().copied())
        {
            conditions.push(self.condition(definition, filter, number, time)?);
        }
        let currency = match &definition.words.currency_column {
            Some(column) => Some(self.currency(definition, column, number)?),
            None => None,
        };
        // A space keeps it apart from any column a query can ask for.
        let alone =
            passed.filters.is_empty() && passed.offsets.is_empty() && passed.cumulative.is_none();
        let name = if alone {
            definition.name.clone()
        } else {
            format!("{} {}", definition.name, self.measures.len())
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
            cumulative: passed.cumulative,
            offsets: passed.offsets.clone(),
            join_to_spine: definition.join_to_spine,
            currency,
            money: match &definition.words.format {
                Some(Format::Currency(Some(code))) => Some(code.to_uppercase().into()),
                Some(Format::Currency(None)) => Some(self.settings.currency.to_uppercase().into()),
                _ => None,
            },
        })
    }

    fn currency(
        &mut self,
        definition: &'a MetricDef,
        column: &Text,
        number: usize,
    ) -> Option<Arc<Expr>> {
        let model = &self.graph.models[number];
        let scope = Columns {
            model: &model.table.name,
            columns: model.columns.as_deref(),
        };
        let read = parse(&column.text, &scope, self.settings);
        if self.graph.rates.is_none() {
            let text = "has a currency_column, but no model has exchange_rates".into();
            self.wrong(definition, &column.place, text);
        }
        match read {
            Ok(typed) => Some(Arc::new(typed.expr)),
            Err(why) => {
                let text = format!("currency_column {} {why}", column.text);
                self.wrong(definition, &column.place, text);
                None
            }
        }
    }

    pub(super) fn scene(&self, model: usize, time: Option<usize>) -> Scene<'a, 'a> {
        Scene {
            graph: self.graph,
            settings: self.settings,
            model: &self.graph.models[model],
            time,
            clock: None,
            default: Granularity::Nanosecond,
            metric: "the metric",
        }
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
            model: &model.table.name,
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
    ) -> Option<Arc<Condition>> {
        let key = (number, time, filter.text.clone());
        if let Some(known) = self.read.get(&key) {
            return Some(Arc::clone(known));
        }
        match read_condition(&filter.text, self.scene(number, Some(time))) {
            Ok(condition) => {
                let condition = Arc::new(condition);
                self.read.insert(key, Arc::clone(&condition));
                Some(condition)
            }
            Err(why) => {
                let text = format!("filter {} {why}", filter.text);
                self.wrong(definition, &filter.place, text);
                None
            }
        }
    }

    pub(super) fn wrong(
        &mut self,
        definition: &MetricDef,
        place: &crate::manifest::Place,
        text: String,
    ) {
        self.problems.metric(place, &definition.name, text);
    }
}

/// A number as a constant.
fn number(fill: f64) -> Literal {
    #[expect(clippy::cast_possible_truncation, reason = "it is a whole number")]
    if fill.fract() == 0.0 && fill.abs() < 1e15 {
        Literal::Integer(fill as i64)
    } else {
        Literal::Float(fill)
    }
}
