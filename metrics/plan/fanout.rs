//! Dimensions on the many side of a link: revenue of orders by the category of their items. The
//! rows on the many side are reduced to each key with each value once before they are joined, so
//! that a row is counted once in every group it belongs to, and never twice in one.

use std::sync::Arc;

use super::expr::{Expr, Operation, PathId};
use super::graph::Graph;
use super::keys::{Clock, Key, Scene, bucket};
use super::model::Model;
use super::paths::way;
use super::statement::{Join, JoinKind, Relation, Select, Source};
use crate::error::QueryError;
use crate::manifest::EntityKind;

/// The way to rows that lead to those of a scan.
pub(super) struct Fan<'g> {
    /// What the reduced rows are called.
    pub(super) alias: Arc<str>,
    /// The model of the rows, and its key that leads back.
    pub(super) model: &'g Model,
    key: Arc<Expr>,
    own: Arc<Expr>,
    path: PathId,
    value: Expr,
}

/// Where a dimension is found on the many side of one of a model's keys.
///
/// # Errors
/// Where there are several such ways: their names.
pub(super) fn fan<'g>(scene: Scene<'g, '_>, key: &Key) -> Result<Option<Fan<'g>>, QueryError> {
    let mut ways: Vec<(Fan<'g>, String)> = Vec::new();
    for own in &scene.model.entities {
        if !matches!(own.kind, EntityKind::Primary | EntityKind::Unique) {
            continue;
        }
        for many in &scene.graph.models {
            let leads = many
                .entities
                .iter()
                .find(|there| there.name == own.name && there.kind == EntityKind::Foreign);
            let Some(leads) = leads else { continue };
            let there = Scene {
                model: many,
                time: None,
                clock: None,
                ..scene
            };
            let Ok(found) = key.look(there) else { continue };
            let (typed, None) = there.typed(&found, &key.name)? else {
                continue;
            };
            let words = format!(
                "{} -> {}",
                scene.model.table.name,
                way(&many.paths[usize::from(found.path.0)], &many.paths)
            );
            let fan = Fan {
                alias: format!("{} of {}", many.table.name, own.name).into(),
                model: many,
                key: Arc::clone(&leads.expr),
                own: Arc::clone(&own.expr),
                path: found.path,
                value: typed.expr,
            };
            ways.push((fan, words));
        }
    }
    if ways.len() > 1 {
        return Err(QueryError::AmbiguousPath {
            dimension: key.name.clone(),
            metric: scene.metric.to_owned(),
            paths: ways.into_iter().map(|(_, words)| words).collect(),
        });
    }
    Ok(ways.pop().map(|(fan, _)| fan))
}

/// What is wanted of a many side: a column, or that a condition on it holds.
pub(super) struct Use<'g> {
    pub(super) fan: Fan<'g>,
    pub(super) column: Option<Arc<str>>,
    pub(super) filter: Option<(Expr, PathId)>,
}

/// Reduced rows, and how they are joined.
pub(super) struct Reduced<'g> {
    pub(super) name: Arc<str>,
    pub(super) select: Select<'g>,
    pub(super) join: Join<'g>,
}

/// The reduced rows of each many side that is used; their names begin with `name`.
pub(super) fn reduced<'g>(graph: &Graph, uses: Vec<Use<'g>>, name: &str) -> Vec<Reduced<'g>> {
    let mut sides: Vec<Vec<Use<'g>>> = Vec::new();
    for one in uses {
        let same = sides
            .iter_mut()
            .find(|side| side.iter().any(|other| other.fan.alias == one.fan.alias));
        match same {
            Some(side) => side.push(one),
            None => sides.push(vec![one]),
        }
    }
    sides
        .into_iter()
        .filter_map(|uses| side(graph, uses, name))
        .collect()
}

fn side<'g>(graph: &Graph, uses: Vec<Use<'g>>, name: &str) -> Option<Reduced<'g>> {
    let first = &uses.first()?.fan;
    let (model, alias) = (first.model, Arc::clone(&first.alias));
    let name: Arc<str> = format!("{name} {alias}").into();
    let key: Arc<str> = "key".into();
    let own = Expr::Shared(Arc::clone(&first.own));
    let mut columns = vec![(Arc::clone(&key), Expr::Shared(Arc::clone(&first.key)))];
    let (mut paths, mut filters) = (Vec::new(), Vec::new());
    for one in uses {
        if let Some(column) = one.column {
            paths.push(one.fan.path);
            columns.push((column, one.fan.value));
        }
        if let Some((filter, path)) = one.filter {
            paths.push(path);
            filters.push(filter);
        }
    }
    let join = Join {
        // Rows that lead nowhere are a group of their own, unless something is asked of them.
        kind: if filters.is_empty() {
            JoinKind::Left
        } else {
            JoinKind::Inner
        },
        right: Relation::named(&name, &alias),
        on: vec![Expr::binary(Expr::Of(alias, key), Operation::Equal, own)],
    };
    let source = Source::model(model, super::rows::joined(graph, model, &paths));
    let mut select = Select::new(source, columns);
    select.keys = select.columns.len();
    select.filters = filters;
    // What they lead to may be another thing at another time.
    select.moment = model.time.map(|time| {
        let clock = Clock::own(model, time);
        bucket(clock.expr, clock.kind, clock.finest).expr
    });
    Some(Reduced { name, select, join })
}
