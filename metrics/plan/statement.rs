//! The relational plan of a query: selects over models and over one another.

use std::sync::Arc;

use super::expr::{Expr, PathId};
use super::model::{Model, Table};

/// What a select reads.
#[derive(Debug)]
pub(crate) enum Source<'g> {
    /// A model's table. What is joined by `first` (time spines) may stand for its time, by `paths`
    /// the tables it leads to, each row at most once, and by `last` whatever speaks of those.
    Model {
        model: &'g Model,
        first: Vec<Join<'g>>,
        paths: Vec<Step>,
        last: Vec<Join<'g>>,
        /// Rows that lead nowhere, and rows that nothing leads to, are kept both.
        outer: bool,
    },
    /// A relation with others joined to it.
    Joined {
        left: Relation<'g>,
        joins: Vec<Join<'g>>,
    },
    /// The rows of a named select that belong to its last or first snapshot.
    Snapshot(Snapshot),
    /// The rows of several selects with the same columns.
    Union(Vec<Select<'g>>),
}

/// A table that rows lead to, joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) path: PathId,
    /// What the table is called, and the one before it.
    pub(crate) alias: Arc<str>,
    pub(crate) from: Arc<str>,
}

/// Something with rows, under an alias.
#[derive(Debug, Clone)]
pub(crate) struct Relation<'g> {
    pub(crate) rows: Rows<'g>,
    pub(crate) alias: Arc<str>,
}

/// Rows that can be joined.
#[derive(Debug, Clone)]
pub(crate) enum Rows<'g> {
    /// A table of the source.
    Table(&'g Table),
    /// A named select.
    Named(Arc<str>),
    /// The whole numbers from 0 to this, one a row.
    Series(u32),
}

/// How rows of two relations meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JoinKind {
    Inner,
    Left,
    Cross,
}

/// A relation joined to those before it.
#[derive(Debug, Clone)]
pub(crate) struct Join<'g> {
    pub(crate) kind: JoinKind,
    pub(crate) right: Relation<'g>,
    /// All must hold; none for a cross join.
    pub(crate) on: Vec<Expr>,
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

/// Selects with names, each of which may read those before it.
pub(crate) type With<'g> = Vec<(Arc<str>, Select<'g>)>;

/// A select.
#[derive(Debug)]
pub(crate) struct Select<'g> {
    pub(crate) with: With<'g>,
    pub(crate) columns: Vec<(Arc<str>, Expr)>,
    pub(crate) source: Source<'g>,
    /// What [`Expr::Moment`] stands for in it.
    pub(crate) moment: Option<Expr>,
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
            moment: None,
            filters: Vec::new(),
            keys: 0,
            order: Vec::new(),
            limit: None,
        }
    }
}

impl<'g> Source<'g> {
    /// A model's table alone.
    pub(crate) fn model(model: &'g Model, paths: Vec<Step>) -> Self {
        Self::Model {
            model,
            first: Vec::new(),
            paths,
            last: Vec::new(),
            outer: false,
        }
    }

    /// The rows of a named select.
    pub(crate) fn named(name: &Arc<str>) -> Self {
        Self::Joined {
            left: Relation::named(name, name),
            joins: Vec::new(),
        }
    }
}

impl Relation<'_> {
    /// A named select.
    pub(crate) fn named(name: &Arc<str>, alias: &Arc<str>) -> Self {
        Self {
            rows: Rows::Named(Arc::clone(name)),
            alias: Arc::clone(alias),
        }
    }
}
