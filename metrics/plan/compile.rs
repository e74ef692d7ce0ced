//! A query to a plan: which scans it takes, how they are put together, in which order the rows
//! come.

use std::sync::Arc;

use almanac_agent_contract::{Grain, Settings};

use super::asked::Asked;
use super::expr::{Expr, Kind};
use super::graph::Graph;
use super::having::{kept, unseen};
use super::join::{Branch, join};
use super::keys::{Key, keys};
use super::metric::{Leaf, Metric, Metrics, Value};
use super::order::order;
use super::request::{Part, Request, Wanted};
use super::scan::together;
use super::statement::Select;
use crate::error::QueryError;
use crate::granularity::Granularity;
use crate::nearest::nearest;
use crate::period::{Segment, aligned_range, bucket, segments};
use crate::query::{Alignment, Comparison, MetricQuery, TimeRange};

/// A query planned.
pub(crate) struct Planned<'g> {
    pub(crate) select: Select<'g>,
    /// The result's columns.
    pub(crate) columns: Vec<Arc<str>>,
    /// The period it is of; wider than the one asked for where data comes by month.
    pub(crate) period: Option<TimeRange>,
    /// The periods compared with.
    pub(crate) compared: Vec<(Comparison, TimeRange)>,
}

/// How far a plan may go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The most rows; one more comes, to tell that there are more.
    pub(crate) rows: Option<u64>,
    /// How many filters it stands in.
    pub(crate) depth: u8,
}

/// A period of a query: the current one or one it is compared with.
pub(super) struct Period {
    /// The end of its columns' names.
    suffix: Option<&'static str>,
    /// All of it.
    range: Option<TimeRange>,
    parts: Vec<Part>,
}

/// Plans a query.
pub(crate) fn plan<'g>(
    graph: &'g Graph,
    metrics: &'g Metrics,
    query: &MetricQuery,
    settings: &'g Settings,
    limits: Limits,
) -> Result<Planned<'g>, QueryError> {
    if query.totals || query.shares || query.other {
        return super::share::plan(graph, metrics, query, settings, limits);
    }
    let keys = keys(query);
    let planned = grouped(graph, metrics, query, settings, (limits, &keys, None))?;
    finish(planned, metrics, query, &keys, limits)
}

/// Gives a plan its order and its limit.
pub(super) fn finish<'g>(
    mut planned: Planned<'g>,
    metrics: &'g Metrics,
    query: &MetricQuery,
    keys: &[Key],
    limits: Limits,
) -> Result<Planned<'g>, QueryError> {
    let asked = asked(metrics, query)?;
    planned.select.order = order(query, keys, &planned.columns, &asked)?;
    planned.select.limit = match (query.limit.filter(|_| !query.other), limits.rows) {
        (Some(limit), Some(most)) => Some(u64::from(limit).min(most + 1)),
        (Some(limit), None) => Some(limit.into()),
        // One more, to know whether there are more.
        (None, most) => most.map(|most| most + 1),
    };
    Ok(planned)
}

/// The groups of a query with their values, in no order.
pub(super) fn grouped<'g>(
    graph: &'g Graph,
    metrics: &'g Metrics,
    query: &MetricQuery,
    settings: &'g Settings,
    (limits, keys, top): (Limits, &[Key], Option<&[Key]>),
) -> Result<Planned<'g>, QueryError> {
    let mut asked = asked(metrics, query)?;
    let shown = asked.len();
    for name in unseen(query) {
        let metric = metric_named(metrics, name)?;
        if !asked.iter().any(|known| known.name == metric.name) {
            asked.push(metric);
        }
    }
    for having in &query.having {
        metric_named(metrics, &having.metric)?;
    }
    let default = asked.iter().map(|metric| metric.default).max();
    let request = Request {
        graph,
        metrics,
        keys,
        filters: &query.filters,
        asked: Asked::of(query),
        period: query.time_range,
        settings,
        currency: query.currency.as_deref(),
        default: default.unwrap_or(Granularity::Day),
        top,
        depth: limits.depth,
    };
    if asked.is_empty() || (shown == 0 && keys.is_empty()) {
        return without_metrics(&request, query);
    }
    if query.min_max_only {
        return Err(QueryError::Contradiction(
            "min_max_only is for dimensions and goes without metrics",
        ));
    }
    let finest = asked.iter().map(|metric| metric.finest).max();
    let (periods, compared) = periods(query, &request, finest)?;
    let columns = columns(keys, &asked, &periods)?;
    let seen = keys.len() + shown * periods.len();
    let branches = branches(&request, &asked, &periods)?;
    let select = join(branches, keys, &|leaf| {
        values(&asked, metrics, &periods, leaf)
    });
    let part = periods[0].parts[0];
    let planned = Planned {
        select,
        columns,
        period: part.map(|segment| segment.range),
        compared,
    };
    kept(planned, query, seen, limits.depth)
}

fn without_metrics<'g>(
    request: &Request<'g, '_>,
    query: &MetricQuery,
) -> Result<Planned<'g>, QueryError> {
    if request.keys.is_empty() {
        return Err(QueryError::Empty);
    }
    if !query.compare.is_empty() {
        return Err(QueryError::Contradiction(
            "a comparison needs a metric to compare",
        ));
    }
    let part = query.time_range.map(whole).transpose()?;
    let select = if query.min_max_only {
        request.extremes(part)?
    } else {
        request.dimensions(part)?
    };
    let columns = select
        .columns
        .iter()
        .map(|(column, _)| Arc::clone(column))
        .collect();
    Ok(Planned {
        select,
        columns,
        period: query.time_range,
        compared: Vec::new(),
    })
}

/// The metrics asked for, each once.
pub(super) fn asked<'g>(
    metrics: &'g Metrics,
    query: &MetricQuery,
) -> Result<Vec<&'g Metric>, QueryError> {
    let mut asked: Vec<&Metric> = Vec::with_capacity(query.metrics.len());
    for name in &query.metrics {
        let metric = metric_named(metrics, name)?;
        if !asked.iter().any(|known| known.name == metric.name) {
            asked.push(metric);
        }
    }
    Ok(asked)
}

fn metric_named<'g>(metrics: &'g Metrics, name: &str) -> Result<&'g Metric, QueryError> {
    metrics.named(name).ok_or_else(|| {
        let all = metrics.metrics.iter().filter(|metric| !metric.hidden);
        QueryError::UnknownMetric {
            name: name.to_owned(),
            nearest: nearest(name, all.map(|metric| &*metric.name)),
        }
    })
}

type Compared = Vec<(Comparison, TimeRange)>;

fn whole(range: TimeRange) -> Result<Segment, QueryError> {
    let TimeRange { start, end } = range;
    if start > end {
        return Err(QueryError::Period { start, end });
    }
    Ok(Segment { range, shift: None })
}

fn periods(
    query: &MetricQuery,
    request: &Request<'_, '_>,
    finest: Option<Granularity>,
) -> Result<(Vec<Period>, Compared), QueryError> {
    let settings = request.settings;
    let current = query.time_range.map(whole).transpose()?;
    // Data by month is of the whole month, whichever days are asked for.
    let current = current.map(|segment| match finest {
        Some(finest) if finest > Granularity::Day => {
            let around = |day| bucket(day, finest.grain(), settings.week_start);
            let range = TimeRange {
                start: around(segment.range.start).start,
                end: around(segment.range.end).end,
            };
            Segment { range, ..segment }
        }
        _ => segment,
    });
    let mut periods = vec![Period {
        suffix: None,
        range: current.map(|segment| segment.range),
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
        let grain = series_grain(request);
        let base = aligned_range(current.range, *comparison, grain, query.align, settings);
        whole(base)?;
        let exact = query.align == Alignment::Date;
        let parts = segments(
            current.range,
            base,
            (*comparison, exact),
            grain,
            settings.week_start,
        );
        periods.push(Period {
            suffix,
            range: Some(base),
            parts: parts.into_iter().map(Some).collect(),
        });
        compared.push((*comparison, base));
    }
    Ok((periods, compared))
}

/// The finest grain of the result's series: buckets are moved as that needs it.
fn series_grain(request: &Request<'_, '_>) -> Option<Grain> {
    use super::bucketing::Bucketing;
    let times = request.keys.iter().filter(|key| request.is_series(key));
    let grains = times.filter_map(|key| match key.bucketing(request.graph) {
        Some(Bucketing::Standard(one) | Bucketing::Fiscal(one)) => Some(one.grain()),
        Some(Bucketing::Custom(_)) => Some(Grain::Day),
        // A Monday is a Monday in every period.
        Some(Bucketing::Part(_)) => None,
        None => Some(request.default.grain()),
    });
    grains.min()
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

/// Measures that one scan computes.
type Group<'g> = Vec<Wanted<'g>>;

/// Every scan: one for each set of measures that share a table, and each part of each period.
fn branches<'g>(
    request: &Request<'g, '_>,
    asked: &[&'g Metric],
    periods: &[Period],
) -> Result<Vec<Branch<'g>>, QueryError> {
    let metrics = request.metrics;
    let mut groups: Vec<Group<'g>> = Vec::new();
    let mut conversions: Vec<(usize, &'g str)> = Vec::new();
    for metric in asked {
        for leaf in metric.value.leaves() {
            let index = match leaf {
                Leaf::Measure(index) => index,
                Leaf::Conversion(index) => {
                    if !conversions.iter().any(|(known, _)| *known == index) {
                        conversions.push((index, &metric.name));
                    }
                    continue;
                }
            };
            let wanted = Wanted {
                measure: &metrics.measures[index],
                metric: &metric.name,
            };
            add(&mut groups, wanted);
        }
    }
    let mut branches = Vec::new();
    for period in periods {
        let request = Request {
            period: period.range,
            ..*request
        };
        for part in &period.parts {
            for group in &groups {
                let name = request.named(branches.len() + 1);
                let scanned = request.scan(group, *part, &name)?;
                let columns = group.iter().map(|wanted| {
                    let measure = wanted.measure;
                    (named(&measure.name, period.suffix), measure.kind)
                });
                branches.push(Branch {
                    columns: columns.collect(),
                    scanned,
                });
            }
            for (index, metric) in &conversions {
                let name = request.named(branches.len() + 1);
                let conversion = &metrics.conversions[*index];
                let kind: Kind = metrics.measures[conversion.conversion].kind;
                branches.push(Branch {
                    columns: vec![(named(&conversion.name, period.suffix), kind)],
                    scanned: request.conversion(conversion, metric, *part, &name)?,
                });
            }
        }
    }
    Ok(branches)
}

fn add<'g>(groups: &mut Vec<Group<'g>>, wanted: Wanted<'g>) {
    let group = groups
        .iter_mut()
        .find(|group| together(group[0].measure, wanted.measure));
    match group {
        None => groups.push(vec![wanted]),
        Some(group) => {
            let known = group
                .iter()
                .any(|other| std::ptr::eq(other.measure, wanted.measure));
            if !known {
                group.push(wanted);
            }
        }
    }
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
            let leaf = |one: Leaf| {
                let name = match one {
                    Leaf::Measure(index) => &metrics.measures[index].name,
                    Leaf::Conversion(index) => &metrics.conversions[index].name,
                };
                leaf(&named(name, period.suffix))
            };
            columns.push((
                named(&metric.name, period.suffix),
                value(&metric.value, &leaf),
            ));
        }
    }
    columns
}

fn value(tree: &Value, leaf: &dyn Fn(Leaf) -> Expr) -> Expr {
    match tree {
        Value::Leaf(one) => leaf(*one),
        Value::Filled(inner, fill) => value(inner, leaf).filled(Expr::Literal(fill.clone())),
        Value::Ratio(above, below) => {
            Expr::Divide(Box::new(value(above, leaf)), Box::new(value(below, leaf)))
        }
        Value::Derived(expr, inputs) => {
            let inputs = inputs.iter().map(|input| value(input, leaf)).collect();
            Expr::With(Arc::clone(expr), inputs)
        }
    }
}
