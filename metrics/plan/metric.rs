//! Metrics resolved: each is a calculation over measures, and a measure is an aggregate over one
//! model with the filters that come with it.

use std::collections::HashMap;
use std::sync::Arc;

use almanac_agent_contract::Grain;

use super::expr::{Expr, Kind, Literal, PathId};
use crate::manifest::Aggregation;

/// All metrics, in the definitions' order, and the measures they share.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    pub(crate) metrics: Vec<Metric>,
    pub(crate) measures: Vec<Measure>,
    pub(crate) by_name: HashMap<String, usize>,
}

/// A metric.
#[derive(Debug)]
pub(crate) struct Metric {
    pub(crate) name: Arc<str>,
    pub(crate) value: Value,
    /// The measures it needs.
    pub(crate) measures: Vec<usize>,
    /// The finest grain of all of them.
    pub(crate) grain: Grain,
}

/// How a metric's number is made of measures, after aggregation.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Measure(usize),
    /// A measure with a number in place of null.
    Filled(usize, Literal),
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
    pub(crate) conditions: Vec<Condition>,
    /// The attribute of the model that is `metric_time`.
    pub(crate) time: usize,
    pub(crate) snapshot: Option<Latest>,
}

/// A filter that belongs to a metric.
#[derive(Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) expr: Arc<Expr>,
    pub(crate) paths: Vec<PathId>,
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

impl Value {
    /// The measures it is made of, each once.
    pub(super) fn measures(&self) -> Vec<usize> {
        let mut all = Vec::new();
        self.collect(&mut all);
        all
    }

    fn collect(&self, into: &mut Vec<usize>) {
        match self {
            Self::Measure(measure) | Self::Filled(measure, _) => {
                if !into.contains(measure) {
                    into.push(*measure);
                }
            }
            Self::Ratio(above, below) => {
                above.collect(into);
                below.collect(into);
            }
            Self::Derived(_, inputs) => inputs.iter().for_each(|input| input.collect(into)),
        }
    }
}
