//! Totals beside groups, and the groups beyond the first put together into one. Both are computed
//! from the rows themselves, so that distinct counts, ratios and percentiles are right.

use std::sync::Arc;

use almanac_agent_contract::Settings;

use super::compile::{Limits, Planned, finish, grouped};
use super::expr::{Expr, Literal, Operation};
use super::graph::Graph;
use super::keys::{Key, keys};
use super::metric::Metrics;
use super::rows::{AMONG, IS_OTHER, TOP};
use super::statement::{Join, JoinKind, Relation, Select, Source, With};
use crate::error::QueryError;
use crate::query::MetricQuery;

/// Plans a query with totals or with the other groups as one.
pub(super) fn plan<'g>(
    graph: &'g Graph,
    metrics: &'g Metrics,
    query: &MetricQuery,
    settings: &'g Settings,
    limits: Limits,
) -> Result<Planned<'g>, QueryError> {
    let mut all = keys(query);
    let series: Vec<Key> = all
        .iter()
        .filter(|key| key.is_metric_time())
        .cloned()
        .collect();
    if query.metrics.is_empty() {
        return Err(QueryError::Contradiction(
            "totals, shares and other need a metric",
        ));
    }
    let (mut with, mut top) = (With::new(), None);
    if query.other {
        let groups: Vec<Key> = all
            .iter()
            .filter(|key| !key.is_metric_time())
            .cloned()
            .collect();
        if groups.is_empty() || query.limit.is_none() {
            return Err(QueryError::Contradiction(
                "other needs a limit and a dimension whose groups it is about",
            ));
        }
        let select = first(graph, metrics, query, settings, (limits, &groups))?;
        with.push((TOP.into(), select));
        let place = all
            .iter()
            .rposition(|key| !key.is_metric_time())
            .unwrap_or_default();
        all.insert(place + 1, Key::named(IS_OTHER));
        top = Some(groups);
    }
    let mut planned = grouped(
        graph,
        metrics,
        query,
        settings,
        (limits, &all, top.as_deref()),
    )?;
    if query.totals || query.shares {
        let totals = grouped(graph, metrics, query, settings, (limits, &series, None))?;
        planned = beside(planned, totals, query, &series);
    }
    planned.select.with.splice(0..0, with);
    finish(planned, metrics, query, &all, limits)
}

/// The groups that are kept.
fn first<'g>(
    graph: &'g Graph,
    metrics: &'g Metrics,
    query: &MetricQuery,
    settings: &'g Settings,
    (limits, groups): (Limits, &[Key]),
) -> Result<Select<'g>, QueryError> {
    let ranked = MetricQuery {
        grain: None,
        totals: false,
        other: false,
        order_by: query
            .order_by
            .iter()
            .filter(|by| query.metrics.contains(&by.by))
            .cloned()
            .collect(),
        compare: Vec::new(),
        ..query.clone()
    };
    let planned = grouped(graph, metrics, &ranked, settings, (limits, groups, None))?;
    let mut select = finish(planned, metrics, &ranked, groups, limits)?.select;
    select
        .columns
        .push((AMONG.into(), Expr::Literal(Literal::Boolean(true))));
    Ok(select)
}

/// Groups with the totals of their time buckets beside them, and their shares of those.
fn beside<'g>(
    planned: Planned<'g>,
    totals: Planned<'g>,
    query: &MetricQuery,
    series: &[Key],
) -> Planned<'g> {
    let (groups, all): (Arc<str>, Arc<str>) = ("groups".into(), "totals".into());
    let of =
        |relation: &Arc<str>, column: &Arc<str>| Expr::Of(Arc::clone(relation), Arc::clone(column));
    let mut columns: Vec<(Arc<str>, Expr)> = planned
        .columns
        .iter()
        .map(|column| (Arc::clone(column), of(&groups, column)))
        .collect();
    for column in totals.columns.iter().skip(series.len()) {
        let total = of(&all, column);
        if query.shares {
            let share = Expr::Divide(Box::new(of(&groups, column)), Box::new(total.clone()));
            columns.push((format!("{column}__share").into(), share));
        }
        if query.totals {
            columns.push((format!("{column}__total").into(), total));
        }
    }
    let on: Vec<Expr> = series
        .iter()
        .map(|key| {
            Expr::binary(
                of(&groups, &key.column),
                Operation::NotDistinct,
                of(&all, &key.column),
            )
        })
        .collect();
    let source = Source::Joined {
        left: Relation::named(&groups, &groups),
        joins: vec![Join {
            kind: if on.is_empty() {
                JoinKind::Cross
            } else {
                JoinKind::Left
            },
            right: Relation::named(&all, &all),
            on,
        }],
    };
    let names = columns.iter().map(|(name, _)| Arc::clone(name)).collect();
    let mut select = Select::new(source, columns);
    select.with = vec![(groups, planned.select), (all, totals.select)];
    Planned {
        select,
        columns: names,
        period: planned.period,
        compared: planned.compared,
    }
}
