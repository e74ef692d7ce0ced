//! The relational plan of a query: selects over models and over one another.

use std::sync::Arc;

use super::expr::{Expr, PathId};
use super::model::Model;

/// What a select reads.
#[derive(Debug)]
pub(crate) enum Source<'g> {
    /// A model's table with the tables joined to it, each row at most once.
    Model {
        model: &'g Model,
        joins: Vec<PathId>,
    },
    /// The rows of a named select that belong to its last or first snapshot.
    Snapshot(Snapshot),
    /// The rows of several selects with the same columns.
    Union(Vec<Select<'g>>),
}

/// Which rows of `rows` are kept: those whose `moment` is the last (or first) within `per`.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub(crate) rows: Arc<str>,
    pub(crate) moment: Arc<str>,
    pub(crate) last: bool,
    pub(crate) per: Vec<Arc<str>>,
}

/// A sort key: a column of the result.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) column: Arc<str>,
    pub(crate) descending: bool,
}

/// A select.
#[derive(Debug)]
pub(crate) struct Select<'g> {
    pub(crate) with: Vec<(Arc<str>, Select<'g>)>,
    pub(crate) columns: Vec<(Arc<str>, Expr)>,
    pub(crate) source: Source<'g>,
    /// All must hold.
    pub(crate) filters: Vec<Expr>,
    /// How many of the first columns are group keys, where it groups.
    pub(crate) keys: usize,
    pub(crate) order: Vec<Order>,
    pub(crate) limit: Option<u64>,
}

impl<'g> Select<'g> {
    /// Columns of a source.
    pub(crate) fn new(source: Source<'g>, columns: Vec<(Arc<str>, Expr)>) -> Self {
        Self {
            with: Vec::new(),
            columns,
            source,
            filters: Vec::new(),
            keys: 0,
            order: Vec::new(),
            limit: None,
        }
    }
}
