//! A query to a plan: which scans it takes, how they are put together, in which order the rows
//! come.

use std::sync::Arc;

use almanac_agent_contract::{Grain, Settings};

use super::expr::Expr;
use super::graph::Graph;
use super::join::{Branch, join};
use super::keys::{Key, METRIC_TIME, keys};
use super::metric::{Metric, Metrics, Value};
use super::scan::{Part, Request, Wanted, together};
use super::statement::{Order, Select};
use crate::error::QueryError;
use crate::nearest::nearest;
use crate::period::{Segment, base_range, segments};
use crate::query::{Comparison, MetricQuery, TimeRange};

/// A query planned.
pub(crate) struct Planned<'g> {
    pub(crate) select: Select<'g>,
    /// The result's columns.
    pub(crate) columns: Vec<Arc<str>>,
    /// The periods compared with.
    pub(crate) compared: Vec<(Comparison, TimeRange)>,
}

/// A period of a query: the current one or one it is compared with.
struct Period {
    /// The end of its columns' names.
    suffix: Option<&'static str>,
    parts: Vec<Part>,
}

/// Plans a query for at most `most_rows` rows.
pub(crate) fn plan<'g>(
    graph: &'g Graph,
    metrics: &'g Metrics,
    query: &MetricQuery,
    settings: &'g Settings,
    most_rows: u64,
) -> Result<Planned<'g>, QueryError> {
    let asked = asked(metrics, query)?;
    let keys = keys(query);
    let (periods, compared) = periods(query, &keys, settings)?;
    let columns = columns(&keys, &asked, &periods)?;
    let request = Request {
        graph,
        keys: &keys,
        filters: &query.filters,
        settings,
    };
    let branches = branches(&request, metrics, &asked, &periods)?;
    let mut select = join(branches, &keys, &|leaf| {
        values(&asked, metrics, &periods, leaf)
    });
    select.order = order(query, &keys, &columns, &asked)?;
    select.limit = Some(match query.limit {
        Some(limit) => u64::from(limit).min(most_rows),
        // One more, to know whether there are more.
        None => most_rows + 1,
    });
    Ok(Planned {
        select,
        columns,
        compared,
    })
}

/// The metrics asked for, each once.
fn asked<'g>(metrics: &'g Metrics, query: &MetricQuery) -> Result<Vec<&'g Metric>, QueryError> {
    let mut asked: Vec<&Metric> = Vec::with_capacity(query.metrics.len());
    for name in &query.metrics {
        let Some(index) = metrics.by_name.get(name) else {
            let names = metrics.metrics.iter().map(|metric| &*metric.name);
            let near = nearest(name, names);
            return Err(QueryError::UnknownMetric {
                name: name.clone(),
                nearest: near,
            });
        };
        if !asked.iter().any(|metric| *metric.name == **name) {
            asked.push(&metrics.metrics[*index]);
        }
    }
    if asked.is_empty() {
        Err(QueryError::Empty)
    } else {
        Ok(asked)
    }
}

type Compared = Vec<(Comparison, TimeRange)>;

fn periods(
    query: &MetricQuery,
    keys: &[Key],
    settings: &Settings,
) -> Result<(Vec<Period>, Compared), QueryError> {
    let whole = |range: TimeRange| -> Result<Segment, QueryError> {
        let TimeRange { start, end } = range;
        if start > end {
            return Err(QueryError::Period { start, end });
        }
        Ok(Segment { range, shift: None })
    };
    let current = query.time_range.map(whole).transpose()?;
    let mut periods = vec![Period {
        suffix: None,
        parts: vec![current],
    }];
    let mut compared: Compared = Vec::new();
    for comparison in &query.compare {
        let suffix = Some(comparison.suffix());
        if compared.iter().any(|(known, _)| known == comparison) {
            continue;
        }
        if periods.iter().any(|period| period.suffix == suffix) {
            let name = comparison.suffix().to_owned();
            return Err(QueryError::DuplicateColumn { name });
        }
        let Some(current) = current else {
            return Err(QueryError::ComparisonWithoutPeriod);
        };
        // Buckets are moved as the finest of them need it.
        let grain = keys
            .iter()
            .filter_map(Key::metric_time)
            .map(|grain| grain.unwrap_or(Grain::Day));
        let grain = grain.min();
        let base = base_range(current.range, *comparison, grain, settings);
        whole(base)?;
        let parts = segments(current.range, base, *comparison, grain, settings.week_start);
        periods.push(Period {
            suffix,
            parts: parts.into_iter().map(Some).collect(),
        });
        compared.push((*comparison, base));
    }
    Ok((periods, compared))
}

fn named(name: &str, suffix: Option<&'static str>) -> Arc<str> {
    match suffix {
        Some(suffix) => format!("{name}__{suffix}").into(),
        None => name.into(),
    }
}

fn columns(
    keys: &[Key],
    asked: &[&Metric],
    periods: &[Period],
) -> Result<Vec<Arc<str>>, QueryError> {
    let mut columns: Vec<Arc<str>> = keys.iter().map(|key| Arc::clone(&key.column)).collect();
    for metric in asked {
        for period in periods {
            let name = named(&metric.name, period.suffix);
            if columns.contains(&name) {
                return Err(QueryError::DuplicateColumn {
                    name: name.to_string(),
                });
            }
            columns.push(name);
        }
    }
    Ok(columns)
}

/// Every scan: one for each set of measures that share a table, and each part of each period.
fn branches<'g>(
    request: &Request<'g, '_>,
    metrics: &'g Metrics,
    asked: &[&'g Metric],
    periods: &[Period],
) -> Result<Vec<Branch<'g>>, QueryError> {
    let mut groups: Vec<Vec<Wanted<'g>>> = Vec::new();
    for metric in asked {
        for index in &metric.measures {
            let measure = &metrics.measures[*index];
            let wanted = Wanted {
                measure,
                metric: &metric.name,
            };
            let group = groups
                .iter_mut()
                .find(|group| together(group[0].measure, measure));
            match group {
                None => groups.push(vec![wanted]),
                Some(group) => {
                    if !group
                        .iter()
                        .any(|other| std::ptr::eq(other.measure, measure))
                    {
                        group.push(wanted);
                    }
                }
            }
        }
    }
    let mut branches = Vec::new();
    for period in periods {
        for group in &groups {
            for part in &period.parts {
                let name = format!("rows {}", branches.len() + 1);
                let scanned = request.scan(group, *part, &name)?;
                let columns = group.iter().map(|wanted| {
                    (
                        named(&wanted.measure.name, period.suffix),
                        wanted.measure.kind,
                    )
                });
                branches.push(Branch {
                    columns: columns.collect(),
                    scanned,
                });
            }
        }
    }
    Ok(branches)
}

/// The metrics' columns, each for every period.
fn values(
    asked: &[&Metric],
    metrics: &Metrics,
    periods: &[Period],
    leaf: &dyn Fn(&str) -> Expr,
) -> Vec<(Arc<str>, Expr)> {
    let mut columns = Vec::with_capacity(asked.len() * periods.len());
    for metric in asked {
        for period in periods {
            let measure = |index: usize| leaf(&named(&metrics.measures[index].name, period.suffix));
            columns.push((
                named(&metric.name, period.suffix),
                value(&metric.value, &measure),
            ));
        }
    }
    columns
}

fn value(tree: &Value, measure: &dyn Fn(usize) -> Expr) -> Expr {
    match tree {
        Value::Measure(index) => measure(*index),
        Value::Filled(index, fill) => {
            let filled = measure(*index);
            let missing = Expr::IsNull(Box::new(filled.clone()));
            Expr::Case {
                operand: None,
                branches: vec![(missing, Expr::Literal(fill.clone()))],
                otherwise: Some(Box::new(filled)),
            }
        }
        Value::Ratio(above, below) => Expr::Divide(
            Box::new(value(above, measure)),
            Box::new(value(below, measure)),
        ),
        Value::Derived(expr, inputs) => {
            let inputs = inputs.iter().map(|input| value(input, measure)).collect();
            Expr::With(Arc::clone(expr), inputs)
        }
    }
}

/// Sort keys: those asked for, or time and else the first metric; then the group keys, so that
/// the same question always gives the same order.
fn order(
    query: &MetricQuery,
    keys: &[Key],
    columns: &[Arc<str>],
    asked: &[&Metric],
) -> Result<Vec<Order>, QueryError> {
    let mut order: Vec<Order> = Vec::new();
    for by in &query.order_by {
        let Some(column) = columns.iter().find(|column| ***column == *by.by) else {
            let near = nearest(&by.by, columns.iter().map(|column| &**column));
            return Err(QueryError::UnknownOrder {
                name: by.by.clone(),
                nearest: near,
            });
        };
        order.push(Order {
            column: Arc::clone(column),
            descending: by.descending,
        });
    }
    if query.order_by.is_empty() && !keys.is_empty() {
        if let Some(time) = keys.iter().find(|key| *key.column == *METRIC_TIME) {
            order.push(Order {
                column: Arc::clone(&time.column),
                descending: false,
            });
        }
        if let Some(metric) = asked.first() {
            order.push(Order {
                column: Arc::clone(&metric.name),
                descending: true,
            });
        }
    }
    for key in keys {
        if !order.iter().any(|known| known.column == key.column) {
            order.push(Order {
                column: Arc::clone(&key.column),
                descending: false,
            });
        }
    }
    Ok(order)
}
