//! The models and how they are joined. Built once when a layer is opened; queries only look up.

use std::collections::HashMap;
use std::sync::Arc;

use almanac_agent_contract::Settings;

use super::expr::{Expr, Kind, PathId};
use super::model::{Attribute, Entity, Link, Model, Path, Target};
use super::scope::Columns;
use crate::fragment::parse;
use crate::manifest::{Definitions, EntityKind, ModelDef, Problems, Text, did_you_mean};
use crate::nearest::nearest;

/// The columns of each table of a source.
pub(crate) type Schema = HashMap<String, Arc<[(String, Kind)]>>;

/// All models.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) models: Vec<Model>,
}

// order_item -> order -> customer -> region: further than that nobody means.
const MOST_STEPS: usize = 3;

impl Graph {
    /// Builds the graph, noting what does not fit. Without a schema columns are taken on trust.
    pub(crate) fn build(
        definitions: &Definitions,
        schema: Option<&Schema>,
        settings: &Settings,
        problems: &mut Problems,
    ) -> Self {
        let mut models: Vec<Model> = definitions
            .models
            .iter()
            .map(|model| build_model(model, schema, settings, problems))
            .collect();
        for index in 0..models.len() {
            let paths = find_paths(&models, index);
            let names = find_names(&models, &paths);
            models[index].paths = paths;
            models[index].names = names;
        }
        Self { models }
    }

    /// The model of that name.
    pub(crate) fn model(&self, name: &str) -> Option<usize> {
        self.models.iter().position(|model| *model.name == *name)
    }

    /// The attribute at the end of a path of a model.
    pub(crate) fn attribute(&self, model: &Model, path: PathId, attribute: usize) -> &Attribute {
        let end = model.paths[usize::from(path.0)].model;
        &self.models[end].attributes[attribute]
    }
}

fn build_model(
    definition: &ModelDef,
    schema: Option<&Schema>,
    settings: &Settings,
    problems: &mut Problems,
) -> Model {
    let columns = schema.and_then(|schema| schema.get(&definition.name).cloned());
    if let (Some(schema), None) = (schema, &columns) {
        let near = did_you_mean(nearest(&definition.name, schema.keys().map(String::as_str)));
        let text = format!("the source has no table {}{near}", definition.name);
        problems.add(&definition.place, text);
    }
    let mut fragments = Fragments {
        definition,
        columns: columns.as_deref(),
        settings,
        problems,
    };
    let mut attributes = Vec::new();
    for (index, dimension) in definition.dimensions.iter().enumerate() {
        let Some((expr, kind)) = fragments.read(&dimension.expr, &dimension.name) else {
            continue;
        };
        let timeless = !matches!(
            kind,
            Kind::Date | Kind::Timestamp | Kind::Instant | Kind::Unknown
        );
        if dimension.time.is_some() && timeless {
            let text = format!(
                "time dimension {} holds {}; make it a derived dimension with CAST(... AS DATE)",
                dimension.name,
                kind.words()
            );
            fragments.problems.add(&dimension.expr.place, text);
        }
        attributes.push(Attribute {
            name: dimension.name.as_str().into(),
            expr,
            kind,
            time: dimension.time,
            dimension: Some(index),
        });
    }
    let mut entities = Vec::new();
    for entity in &definition.entities {
        let Some((expr, kind)) = fragments.read(&entity.expr, &entity.name) else {
            continue;
        };
        let name: Arc<str> = entity.name.as_str().into();
        attributes.push(Attribute {
            name: Arc::clone(&name),
            expr: Arc::clone(&expr),
            kind,
            time: None,
            dimension: None,
        });
        entities.push(Entity {
            name,
            kind: entity.kind,
            expr,
        });
    }
    let time = definition.time.as_ref().and_then(|time| {
        let found = attributes
            .iter()
            .position(|attribute| *attribute.name == *time.text && attribute.time.is_some());
        // A column that could not be read is a problem already.
        let known = definition
            .dimensions
            .iter()
            .any(|d| d.name == time.text && d.time.is_some());
        if !known {
            let text = format!(
                "agg_time_dimension {} is not a time dimension of model {}",
                time.text, definition.name
            );
            problems.add(&time.place, text);
        }
        found
    });
    if definition.primary.is_none() && !definition.dimensions.is_empty() {
        let text = format!(
            "model {} has dimensions but no primary entity to name them by; add primary_entity",
            definition.name
        );
        problems.add(&definition.place, text);
    }
    Model {
        name: definition.name.as_str().into(),
        columns,
        attributes,
        entities,
        primary: definition
            .primary
            .as_ref()
            .map(|primary| primary.text.as_str().into()),
        time,
        paths: Vec::new(),
        names: HashMap::new(),
    }
}

/// Reads fragments over a model's own columns.
struct Fragments<'a> {
    definition: &'a ModelDef,
    columns: Option<&'a [(String, Kind)]>,
    settings: &'a Settings,
    problems: &'a mut Problems,
}

impl Fragments<'_> {
    fn read(&mut self, text: &Text, what: &str) -> Option<(Arc<Expr>, Kind)> {
        let scope = Columns {
            model: &self.definition.name,
            columns: self.columns,
        };
        match parse(&text.text, &scope, self.settings) {
            Ok(typed) => Some((Arc::new(typed.expr), typed.kind)),
            Err(why) => {
                self.problems
                    .add(&text.place, format!("{what}: {} {why}", text.text));
                None
            }
        }
    }
}

/// Every way along many-to-one links, shortest first.
fn find_paths(models: &[Model], start: usize) -> Vec<Path> {
    let own = &models[start];
    let mut paths = vec![Path {
        entities: Vec::new(),
        model: start,
        table: Arc::clone(&own.name),
        alias: Arc::clone(&own.name),
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
                let keyed = there
                    .entities
                    .iter()
                    .find(|right| right.name == left.name && right.kind != EntityKind::Foreign);
                let (Some(right), Ok(id)) = (keyed, u16::try_from(from)) else {
                    continue;
                };
                let mut entities = paths[from].entities.clone();
                entities.push(Arc::clone(&left.name));
                let alias = alias_of(&entities, &paths);
                let link = Link {
                    from: PathId(id),
                    left: Arc::clone(&left.expr),
                    right: Arc::clone(&right.expr),
                };
                let table = Arc::clone(&there.name);
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
fn find_names(models: &[Model], paths: &[Path]) -> HashMap<String, Target> {
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
            _ if entity => names.push(attribute.name.to_string()),
            Some(primary) => names.push(format!("{primary}__{}", attribute.name)),
            None => {}
        }
    }
    // The key a path was followed by is the key of the table before.
    if entity && path.entities.last() == Some(&attribute.name) {
        return names;
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
fn way(path: &Path, paths: &[Path]) -> String {
    match &path.link {
        Some(link) => format!(
            "{} -> {} by {}",
            way(&paths[usize::from(link.from.0)], paths),
            path.table,
            path.entities.last().map_or("", |entity| entity)
        ),
        None => path.table.to_string(),
    }
}
