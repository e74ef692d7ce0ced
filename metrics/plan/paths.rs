//! The ways between models, and the names that things have along them.

use std::collections::HashMap;
use std::sync::Arc;

use super::expr::{Expr, PathId};
use super::model::{Attribute, Link, Model, Path, Target};
use crate::manifest::EntityKind;

// order_item -> order -> customer -> region: further than that nobody means.
const MOST_STEPS: usize = 3;

/// Every way along many-to-one links, shortest first.
pub(super) fn find_paths(models: &[Model], start: usize) -> Vec<Path> {
    let own = &models[start];
    let mut paths = vec![Path {
        entities: Vec::new(),
        model: start,
        table: own.table.clone(),
        alias: Arc::clone(&own.table.name),
        link: None,
    }];
    let mut next = 0;
    while next < paths.len() {
        let from = next;
        next += 1;
        if paths[from].entities.len() >= MOST_STEPS {
            continue;
        }
        let here = &models[paths[from].model];
        for left in &here.entities {
            for (index, there) in models.iter().enumerate() {
                if passes(&paths, from, index) {
                    continue;
                }
                let keyed = there.entities.iter().enumerate().find(|(_, right)| {
                    right.name == left.name && leads(left.kind, right.kind, there)
                });
                let (Some((entity, right)), Ok(id)) = (keyed, u16::try_from(from)) else {
                    continue;
                };
                let mut entities = paths[from].entities.clone();
                entities.push(Arc::clone(&left.name));
                let alias = alias_of(&entities, &paths);
                let link = Link {
                    from: PathId(id),
                    entity,
                    left: Arc::clone(&left.expr),
                    right: Arc::clone(&right.expr),
                    partitions: partitions(here, there),
                    validity: there.validity.clone(),
                };
                let table = there.table.clone();
                paths.push(Path {
                    entities,
                    model: index,
                    table,
                    alias,
                    link: Some(link),
                });
            }
        }
    }
    paths
}

/// Whether a key of the one kind meets at most one row by a key of the other.
fn leads(left: EntityKind, right: EntityKind, there: &Model) -> bool {
    match right {
        EntityKind::Primary | EntityKind::Unique => true,
        // One row at a time, where it says which.
        EntityKind::Natural => left != EntityKind::Natural && there.validity.is_some(),
        EntityKind::Foreign => false,
    }
}

/// The partitions that two tables have in common.
fn partitions(here: &Model, there: &Model) -> Vec<(Arc<Expr>, Arc<Expr>)> {
    let own = here.attributes.iter().filter(|one| one.partition);
    own.filter_map(|left| {
        let right = there
            .attributes
            .iter()
            .find(|right| right.partition && right.name == left.name)?;
        Some((Arc::clone(&left.expr), Arc::clone(&right.expr)))
    })
    .collect()
}

/// Whether a path goes through a model.
fn passes(paths: &[Path], path: usize, model: usize) -> bool {
    let mut at = Some(path);
    while let Some(index) = at {
        if paths[index].model == model {
            return true;
        }
        at = paths[index]
            .link
            .as_ref()
            .map(|link| usize::from(link.from.0));
    }
    false
}

fn alias_of(entities: &[Arc<str>], paths: &[Path]) -> Arc<str> {
    let mut alias = entities.join("__");
    while paths.iter().any(|path| *path.alias == *alias) {
        alias.push('_');
    }
    alias.into()
}

/// Qualified names. The full name of an attribute always works; its last entities alone work
/// where that says which is meant: of several the one with the fewest steps.
pub(super) fn find_names(models: &[Model], paths: &[Path]) -> HashMap<String, Target> {
    let mut found: HashMap<String, (usize, Vec<(PathId, usize)>)> = HashMap::new();
    for (index, path) in paths.iter().enumerate() {
        let Ok(id) = u16::try_from(index) else { break };
        let model = &models[path.model];
        let steps = path.entities.len();
        for (number, attribute) in model.attributes.iter().enumerate() {
            for name in names_of(model, path, attribute) {
                let entry = found.entry(name).or_insert_with(|| (steps, Vec::new()));
                if entry.0 > steps {
                    *entry = (steps, Vec::new());
                }
                let target = (PathId(id), number);
                if entry.0 == steps && !entry.1.contains(&target) {
                    entry.1.push(target);
                }
            }
        }
    }
    found
        .into_iter()
        .map(|(name, (_, targets))| match targets.as_slice() {
            [(path, attribute)] => (name, Target::Found(*path, *attribute)),
            many => {
                let ways = many
                    .iter()
                    .map(|(path, _)| way(&paths[usize::from(path.0)], paths));
                (name, Target::Ambiguous(ways.collect()))
            }
        })
        .collect()
}

fn names_of(model: &Model, path: &Path, attribute: &Attribute) -> Vec<String> {
    let entity = attribute.dimension.is_none();
    let mut names = Vec::new();
    if path.entities.is_empty() {
        match &model.primary {
            Some(primary) if entity && attribute.name != *primary => {
                names.push(attribute.name.to_string());
                names.push(format!("{primary}__{}", attribute.name));
            }
            _ if entity => names.push(attribute.name.to_string()),
            Some(primary) => names.push(format!("{primary}__{}", attribute.name)),
            None => {}
        }
    }
    // The key a path was followed by is the key of the table before.
    if entity && path.entities.last() == Some(&attribute.name) {
        return names;
    }
    // Of a key by its bare name the nearest is meant.
    if entity && !path.entities.is_empty() {
        names.push(attribute.name.to_string());
    }
    for start in 0..path.entities.len() {
        names.push(format!(
            "{}__{}",
            path.entities[start..].join("__"),
            attribute.name
        ));
    }
    names
}

/// A path in words: "orders -> customers".
pub(super) fn way(path: &Path, paths: &[Path]) -> String {
    match &path.link {
        Some(link) => format!(
            "{} -> {} by {}",
            way(&paths[usize::from(link.from.0)], paths),
            path.table.name,
            path.entities.last().map_or("", |entity| entity)
        ),
        None => path.table.name.to_string(),
    }
}
