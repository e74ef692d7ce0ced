//! A model with everything that can be reached from it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::expr::{Expr, Kind, PathId};
use crate::granularity::Granularity;
use crate::manifest::{EntityKind, Validity};

/// A table of the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Table {
    /// Its schema, where the source has schemas.
    pub(crate) schema: Option<Arc<str>>,
    pub(crate) name: Arc<str>,
}

/// A table, its attributes, and the tables joined to it along many-to-one links.
#[derive(Debug)]
pub(crate) struct Model {
    /// The model's name.
    pub(crate) name: Arc<str>,
    pub(crate) table: Table,
    /// Its columns, where a schema was looked at.
    pub(crate) columns: Option<Arc<[(String, Kind)]>>,
    /// Its own dimensions and entities.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) primary: Option<Arc<str>>,
    /// The attribute that is `metric_time` for its metrics.
    pub(crate) time: Option<usize>,
    /// From when to when a row holds, where its natural key has several.
    pub(crate) validity: Option<(Arc<Expr>, Arc<Expr>)>,
    /// Where its rows lead; the first is itself.
    pub(crate) paths: Vec<Path>,
    /// What each qualified name means from here.
    pub(crate) names: HashMap<String, Target>,
}

/// A dimension or an entity's key.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) name: Arc<str>,
    pub(crate) expr: Arc<Expr>,
    pub(crate) kind: Kind,
    /// The finest granularity of a time dimension.
    pub(crate) time: Option<Granularity>,
    /// Which of the model's dimensions it is; entities are none.
    pub(crate) dimension: Option<usize>,
    /// Tables that both have it are also joined by it.
    pub(crate) partition: bool,
    pub(crate) validity: Option<Validity>,
}

/// A key by which tables are joined.
#[derive(Debug)]
pub(crate) struct Entity {
    pub(crate) name: Arc<str>,
    pub(crate) kind: EntityKind,
    pub(crate) expr: Arc<Expr>,
    /// The data was looked at, and no two rows have the same key. Looked at again when it changes.
    pub(crate) checked: AtomicBool,
}

impl Entity {
    /// Whether no two rows are known to have the same key.
    pub(crate) fn checked(&self) -> bool {
        self.checked.load(Ordering::Relaxed)
    }
}

/// A way to a table.
#[derive(Debug)]
pub(crate) struct Path {
    /// The entities followed.
    pub(crate) entities: Vec<Arc<str>>,
    /// The index of the model at its end.
    pub(crate) model: usize,
    /// That model's table.
    pub(crate) table: Table,
    /// What the table is called in statements.
    pub(crate) alias: Arc<str>,
    /// The last step; none for the model itself.
    pub(crate) link: Option<Link>,
}

/// A step of a path: `left` of the table before equals `right` of the table it leads to, which
/// has at most one such row.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) from: PathId,
    /// Which of the entities of the model it leads to.
    pub(crate) entity: usize,
    pub(crate) left: Arc<Expr>,
    pub(crate) right: Arc<Expr>,
    /// Partitions of both tables that must be the same.
    pub(crate) partitions: Vec<(Arc<Expr>, Arc<Expr>)>,
    /// From when to when the row on the right holds: the moment of the rows must be in between.
    pub(crate) validity: Option<(Arc<Expr>, Arc<Expr>)>,
}

/// What a qualified name means from a model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Target {
    /// This attribute of the model at the end of the path.
    Found(PathId, usize),
    /// Several, by ways of the same length: those ways.
    Ambiguous(Vec<String>),
}
