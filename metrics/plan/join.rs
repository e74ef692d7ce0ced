//! Puts the scans of a query together.

use std::sync::Arc;

use super::expr::{Expr, Kind, Literal};
use super::keys::Key;
use super::scan::Scanned;
use super::statement::{Select, Source, With};
use crate::manifest::Aggregation;

/// A scan and where its aggregates go.
pub(super) struct Branch<'g> {
    pub(super) columns: Vec<(Arc<str>, Kind)>,
    pub(super) scanned: Scanned<'g>,
}

/// Makes the result's columns of what stands for each leaf's column.
type Values<'v> = dyn Fn(&dyn Fn(&str) -> Expr) -> Vec<(Arc<str>, Expr)> + 'v;

/// Puts scans together; `values` makes the metrics' columns.
pub(super) fn join<'g>(
    mut branches: Vec<Branch<'g>>,
    keys: &[Key],
    values: &Values<'_>,
) -> Select<'g> {
    let mut with = With::new();
    for branch in &mut branches {
        with.append(&mut branch.scanned.with);
    }
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
    let keys = scanned.keys.len();
    let mut columns = scanned.keys;
    columns.extend(values(&leaf));
    let mut select = Select::new(scanned.source, columns);
    select.moment = scanned.moment;
    select.filters = scanned.filters;
    select.keys = if scanned.grouped { keys } else { 0 };
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
        Expr::aggregate(Aggregation::Max, Some(Expr::Output(Arc::clone(column))))
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
    let mut select = Select::new(Source::Union(selects), columns);
    select.keys = keys.len();
    select
}

const NULL: Expr = Expr::Literal(Literal::Null);

/// A scan with a null for every column that only others have.
fn padded<'g>(branch: Branch<'g>, all: &[(Arc<str>, Kind)]) -> Select<'g> {
    let mut scanned = branch.scanned;
    let aggregates = all
        .iter()
        .map(|(name, kind)| {
            let index = branch.columns.iter().position(|(column, _)| column == name);
            let expr = index.and_then(|index| scanned.aggregates.get_mut(index));
            match expr {
                Some(expr) => std::mem::replace(expr, NULL),
                None => Expr::null(*kind),
            }
        })
        .collect();
    scanned.aggregates = aggregates;
    let names: Vec<Arc<str>> = all.iter().map(|(name, _)| Arc::clone(name)).collect();
    scanned.select(&names)
}
