//! Metrics resolved: each is a calculation over leaves, and a leaf is an aggregate over one model
//! with the filters that come with it, or a conversion from one such aggregate to another.

use std::collections::HashMap;
use std::sync::Arc;

use almanac_agent_contract::Grain;

use super::expr::{Expr, Kind, Literal, PathId, Span};
use crate::granularity::Granularity;
use crate::manifest::{Aggregation, PeriodAggregation};

/// All metrics, in the definitions' order, and what they share.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    pub(crate) metrics: Vec<Metric>,
    pub(crate) measures: Vec<Measure>,
    pub(crate) conversions: Vec<Conversion>,
    pub(crate) by_name: HashMap<String, usize>,
}

/// A metric.
#[derive(Debug)]
pub(crate) struct Metric {
    pub(crate) name: Arc<str>,
    pub(crate) value: Value,
    /// The measures it needs, those of conversions among them.
    pub(crate) measures: Vec<usize>,
    /// The finest grain of all of them, for people.
    pub(crate) grain: Grain,
    /// The finest granularity of all of them.
    pub(crate) finest: Granularity,
    /// What it is grouped by when `metric_time` is asked for without a granularity.
    pub(crate) default: Granularity,
    /// Only other metrics use it.
    pub(crate) hidden: bool,
}

/// What a metric's number is made of, after aggregation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Leaf {
    Measure(usize),
    /// The number of conversions.
    Conversion(usize),
}

/// How a metric's number is made of leaves.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Leaf(Leaf),
    /// A number in place of null.
    Filled(Box<Value>, Literal),
    Ratio(Box<Value>, Box<Value>),
    Derived(Arc<Expr>, Vec<Value>),
}

/// An aggregate over a model.
#[derive(Debug)]
pub(crate) struct Measure {
    /// Its column in intermediate results.
    pub(crate) name: Arc<str>,
    pub(crate) model: usize,
    pub(crate) aggregation: Aggregation,
    pub(crate) argument: Option<Arc<Expr>>,
    /// What kind of value comes out.
    pub(crate) kind: Kind,
    pub(crate) conditions: Vec<Arc<Condition>>,
    /// The attribute of the model that is `metric_time`.
    pub(crate) time: usize,
    pub(crate) snapshot: Option<Latest>,
    /// How far back a cumulative one goes.
    pub(crate) cumulative: Option<Cumulative>,
    /// From when its value is taken; the first is applied first.
    pub(crate) offsets: Vec<Offset>,
    /// Dates without rows are rows, too.
    pub(crate) join_to_spine: bool,
    /// The column with the currency of its amounts.
    pub(crate) currency: Option<Arc<Expr>>,
    /// The currency that its amounts are in where no column says; none where it is no money.
    pub(crate) money: Option<Arc<str>>,
}

/// A filter that belongs to a metric or a query.
#[derive(Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) plain: Reading,
    /// The same where something else than the table's column stands for its time.
    pub(crate) on_moment: Reading,
    pub(crate) paths: Vec<PathId>,
    /// It speaks of the time.
    pub(crate) time: bool,
    /// It speaks of nothing else.
    pub(crate) only_time: bool,
    pub(crate) terms: Vec<Term>,
}

/// A condition as it is tested.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) expr: Arc<Expr>,
    /// The custom granularities it needs.
    pub(crate) lookups: Vec<Lookup>,
}

/// A metric inside a filter: its value for an entity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Term {
    /// The relation that it becomes.
    pub(crate) alias: Arc<str>,
    pub(crate) metric: String,
    /// What it is grouped by, as its own query names it, and the same on this side.
    pub(crate) keys: Vec<(String, Expr)>,
    /// It is of the query's period and filters; else of all data.
    pub(crate) within: bool,
}

/// A custom granularity of a time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lookup {
    /// The relation that the spine becomes.
    pub(crate) alias: Arc<str>,
    /// Which custom granularity.
    pub(crate) custom: usize,
    /// The time, in the spine's granularity.
    pub(crate) time: Expr,
}

/// Which snapshot counts of a measure that must not be summed over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Latest {
    /// The model's time dimension.
    pub(crate) dimension: usize,
    pub(crate) last: bool,
    /// The model's attributes that each have their own snapshot.
    pub(crate) per: Vec<usize>,
}

/// A measure over all that came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cumulative {
    pub(crate) reach: Reach,
    /// Which of a bucket's values stands for it.
    pub(crate) period: PeriodAggregation,
}

/// How far back it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    All,
    /// This long, today included.
    Window(Span),
    ToDate(Granularity),
}

/// From when a value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offset {
    /// That long before.
    Span(Span),
    /// That many buckets of a custom granularity before.
    Custom(usize, u32),
    /// The beginning of the bucket.
    ToGrain(Granularity),
}

/// Events of one kind that follow those of another.
#[derive(Debug)]
pub(crate) struct Conversion {
    /// Its column in intermediate results.
    pub(crate) name: Arc<str>,
    pub(crate) base: usize,
    pub(crate) conversion: usize,
    /// The entity's key in each model.
    pub(crate) entity: (Arc<Expr>, Arc<Expr>),
    pub(crate) window: Option<Span>,
    /// The names of what must be equal besides, in each model.
    pub(crate) properties: Vec<(String, String)>,
}

impl Value {
    /// The leaves it is made of, each once.
    pub(super) fn leaves(&self) -> Vec<Leaf> {
        let mut all = Vec::new();
        self.collect(&mut all);
        all
    }

    fn collect(&self, into: &mut Vec<Leaf>) {
        match self {
            Self::Leaf(leaf) => {
                if !into.contains(leaf) {
                    into.push(*leaf);
                }
            }
            Self::Filled(value, _) => value.collect(into),
            Self::Ratio(above, below) => {
                above.collect(into);
                below.collect(into);
            }
            Self::Derived(_, inputs) => inputs.iter().for_each(|input| input.collect(into)),
        }
    }
}

impl Metric {
    /// The measure it is, where it is nothing but a count.
    pub(crate) fn counted<'m>(&self, metrics: &'m Metrics) -> Option<&'m Measure> {
        self.plain(metrics).filter(|measure| {
            matches!(
                measure.aggregation,
                Aggregation::Count | Aggregation::CountDistinct | Aggregation::SumBoolean
            )
        })
    }

    /// The measure it is, where it is nothing but one.
    pub(crate) fn plain<'m>(&self, metrics: &'m Metrics) -> Option<&'m Measure> {
        let mut value = &self.value;
        while let Value::Filled(inner, _) = value {
            value = inner;
        }
        let Value::Leaf(Leaf::Measure(measure)) = value else {
            return None;
        };
        Some(&metrics.measures[*measure])
    }
}

impl Metrics {
    /// The metric of that name.
    pub(super) fn named(&self, name: &str) -> Option<&Metric> {
        self.by_name.get(name).map(|index| &self.metrics[*index])
    }

    /// The measures behind a value.
    pub(super) fn measures_of(leaves: &[Leaf], conversions: &[Conversion]) -> Vec<usize> {
        let mut all = Vec::new();
        for leaf in leaves {
            let measures = match leaf {
                Leaf::Measure(measure) => vec![*measure],
                Leaf::Conversion(number) => {
                    let conversion = &conversions[*number];
                    vec![conversion.base, conversion.conversion]
                }
            };
            for measure in measures {
                if !all.contains(&measure) {
                    all.push(measure);
                }
            }
        }
        all
    }
}
