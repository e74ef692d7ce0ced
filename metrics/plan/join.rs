//! Puts the scans of a query together.

use std::sync::Arc;

use super::expr::{Aggregate, Expr, Kind, Literal};
use super::keys::Key;
use super::scan::Scanned;
use super::statement::{Select, Source};
use crate::manifest::Aggregation;

/// A scan and where its aggregates go.
pub(super) struct Branch<'g> {
    pub(super) columns: Vec<(Arc<str>, Kind)>,
    pub(super) scanned: Scanned<'g>,
}

/// Makes the result's columns of what stands for each measure's column.
type Values<'v> = dyn Fn(&dyn Fn(&str) -> Expr) -> Vec<(Arc<str>, Expr)> + 'v;

/// Puts scans together; `values` makes the metrics' columns.
pub(super) fn join<'g>(
    mut branches: Vec<Branch<'g>>,
    keys: &[Key],
    values: &Values<'_>,
) -> Select<'g> {
    let rows = branches
        .iter_mut()
        .filter_map(|branch| branch.scanned.rows.take());
    let with: Vec<(Arc<str>, Select<'g>)> = rows.collect();
    let alone = if branches.len() == 1 {
        branches.pop()
    } else {
        None
    };
    let mut select = match alone {
        Some(branch) => single(branch, values),
        None => union(branches, keys, values),
    };
    select.with = with;
    select.keys = keys.len();
    select
}

/// One scan gives the result itself.
fn single<'g>(branch: Branch<'g>, values: &Values<'_>) -> Select<'g> {
    let scanned = branch.scanned;
    let leaf = |name: &str| {
        let index = branch
            .columns
            .iter()
            .position(|(column, _)| **column == *name);
        index
            .and_then(|index| scanned.aggregates.get(index))
            .cloned()
            .unwrap_or(NULL)
    };
    let mut columns = scanned.keys;
    columns.extend(values(&leaf));
    let mut select = Select::new(scanned.source, columns);
    select.filters = scanned.filters;
    select
}

/// Several scans become the rows of one union, grouped by the keys: a null key meets a null key
/// and no row of one is lost because another has none, which not every engine's outer join can.
fn union<'g>(branches: Vec<Branch<'g>>, keys: &[Key], values: &Values<'_>) -> Select<'g> {
    let mut all: Vec<(Arc<str>, Kind)> = Vec::new();
    for column in branches.iter().flat_map(|branch| &branch.columns) {
        if !all.contains(column) {
            all.push(column.clone());
        }
    }
    let selects = branches
        .into_iter()
        .map(|branch| padded(branch, &all))
        .collect();
    let leaf = |name: &str| {
        let Some((column, _)) = all.iter().find(|(column, _)| **column == *name) else {
            return NULL;
        };
        // Of the values of a group all but one are null.
        Expr::Aggregate(Box::new(Aggregate {
            aggregation: Aggregation::Max,
            argument: Some(Expr::Output(Arc::clone(column))),
            filter: None,
        }))
    };
    let mut columns: Vec<(Arc<str>, Expr)> = keys
        .iter()
        .map(|key| {
            (
                Arc::clone(&key.column),
                Expr::Output(Arc::clone(&key.column)),
            )
        })
        .collect();
    columns.extend(values(&leaf));
    Select::new(Source::Union(selects), columns)
}

const NULL: Expr = Expr::Literal(Literal::Null);

/// A scan with a null for every column that only others have.
fn padded<'g>(branch: Branch<'g>, all: &[(Arc<str>, Kind)]) -> Select<'g> {
    let Scanned {
        source,
        filters,
        keys,
        mut aggregates,
        ..
    } = branch.scanned;
    let grouped = keys.len();
    let mut columns = keys;
    for (name, kind) in all {
        let index = branch.columns.iter().position(|(column, _)| column == name);
        let expr = index.and_then(|index| aggregates.get_mut(index));
        let expr = match expr {
            Some(expr) => std::mem::replace(expr, NULL),
            None => Expr::null(*kind),
        };
        columns.push((Arc::clone(name), expr));
    }
    let mut select = Select::new(source, columns);
    select.filters = filters;
    select.keys = grouped;
    select
}
