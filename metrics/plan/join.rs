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

/// Puts scans together. `values` makes the result's columns of what stands for a measure.
///
/// Several scans become the rows of one union, grouped by the keys: a null key meets a null key
/// and no row of one is lost because another has none, which not every engine's outer join can.
pub(super) fn join<'g>(
    mut branches: Vec<Branch<'g>>,
    keys: &[Key],
    values: impl FnOnce(&dyn Fn(&str) -> Expr) -> Vec<(Arc<str>, Expr)>,
) -> Select<'g> {
    let with: Vec<(Arc<str>, Select<'g>)> = branches
        .iter_mut()
        .filter_map(|branch| branch.scanned.rows.take())
        .collect();
    let mut select = match branches.as_mut_slice() {
        [branch] => {
            let Scanned {
                source,
                filters,
                keys,
                aggregates,
                ..
            } = &mut branch.scanned;
            let names = &branch.columns;
            let leaf = |name: &str| {
                let index = names.iter().position(|(column, _)| **column == *name);
                index
                    .and_then(|index| aggregates.get(index))
                    .cloned()
                    .unwrap_or(NULL)
            };
            let mut columns = std::mem::take(keys);
            columns.extend(values(&leaf));
            let source = std::mem::replace(source, Source::Union(Vec::new()));
            let mut select = Select::new(source, columns);
            select.filters = std::mem::take(filters);
            select
        }
        _ => {
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
                let argument = Some(Expr::Output(Arc::clone(column)));
                // Of the values of a group all but one are null.
                let aggregate = Aggregate {
                    aggregation: Aggregation::Max,
                    argument,
                    filter: None,
                };
                Expr::Aggregate(Box::new(aggregate))
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
    };
    select.with = with;
    select.keys = keys.len();
    select
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
