//! The models and how they are joined. Built once when a layer is opened; queries only look up.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use almanac_agent_contract::Settings;

use super::expr::{Expr, Kind, PathId, Type};
use super::model::{Attribute, Entity, Model, Table};
use super::paths::{find_names, find_paths};
use super::rates::{Rates, rates};
use super::scope::Columns;
use super::spine::{Custom, Spine, kind_of};
use crate::fragment::parse;
use crate::granularity::Granularity;
use crate::manifest::{
    Definitions, ModelDef, Place, Problems, SpineDef, TableDef, Text, Validity, did_you_mean,
};
use crate::nearest::nearest;

/// The columns of each table of a source, by its name; where there are schemas, also by
/// `schema.table`.
pub(crate) type Schema = HashMap<String, Arc<[(String, Kind)]>>;

/// All models.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) models: Vec<Model>,
    pub(crate) spines: Vec<Spine>,
    pub(crate) customs: Vec<Custom>,
    pub(crate) rates: Option<Rates>,
}

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
        let mut graph = Self {
            models,
            ..Self::default()
        };
        for spine in &definitions.spines {
            graph.add_spine(spine, schema, problems);
        }
        graph.rates = rates(definitions, &graph.models, settings, problems);
        graph
    }

    fn add_spine(
        &mut self,
        definition: &SpineDef,
        schema: Option<&Schema>,
        problems: &mut Problems,
    ) {
        let Some((table, columns)) = table_of(&definition.table, schema) else {
            missing(&definition.table, &definition.place, schema, problems);
            return;
        };
        let scope = Columns {
            model: &table.name,
            columns: columns.as_deref(),
        };
        let mut column = |text: &Text| match scope.plain(&text.text) {
            Ok(found) => Some(found),
            Err(why) => {
                let text = format!("the time spine {} {why}", definition.table.name);
                problems.add(&definition.place, text);
                None
            }
        };
        let Some((name, kind)) = column(&definition.column) else {
            return;
        };
        let custom: Vec<_> = definition
            .custom
            .iter()
            .filter_map(|(name, text)| Some((name, column(text)?)))
            .collect();
        let spine = self.spines.len();
        self.spines.push(Spine {
            table,
            column: name,
            kind,
            granularity: definition.granularity,
        });
        for (name, (column, kind)) in custom {
            self.customs.push(Custom {
                name: name.text.as_str().into(),
                spine,
                column,
                kind,
            });
        }
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
    let (table, columns) = table_of(&definition.table, schema).unwrap_or_else(|| {
        missing(&definition.table, &definition.place, schema, problems);
        let name = definition.table.name.as_str().into();
        (Table { schema: None, name }, None)
    });
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
        let (expr, kind) = match (dimension.time, kind) {
            // Dates are often kept as text.
            (Some(granularity), Kind::Text) => {
                let (to, kind) = match kind_of(granularity) {
                    Kind::Date => (Type::Date, Kind::Date),
                    _ => (Type::Timestamp, Kind::Timestamp),
                };
                let expr = Expr::Cast(Box::new(Expr::Shared(expr)), to);
                (Arc::new(expr), kind)
            }
            _ => (expr, kind),
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
            // A column of dates knows no hours, whatever is said of it.
            time: dimension.time.map(|finest| match kind {
                Kind::Date => finest.max(Granularity::Day),
                _ => finest,
            }),
            dimension: Some(index),
            partition: dimension.partition,
            validity: dimension.validity,
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
            partition: false,
            validity: None,
        });
        entities.push(Entity {
            name,
            kind: entity.kind,
            expr,
            checked: AtomicBool::new(false),
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
    let edge = |which| {
        let found = attributes
            .iter()
            .find(|attribute: &&Attribute| attribute.validity == Some(which));
        found.map(|attribute| Arc::clone(&attribute.expr))
    };
    let validity = edge(Validity::Start).zip(edge(Validity::End));
    Model {
        name: definition.name.as_str().into(),
        table,
        validity,
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

/// The columns of a table, where a schema was looked at.
type KnownColumns = Option<Arc<[(String, Kind)]>>;

/// A table and its columns; without a schema it is taken on trust.
fn table_of(definition: &TableDef, schema: Option<&Schema>) -> Option<(Table, KnownColumns)> {
    let name: Arc<str> = definition.name.as_str().into();
    let plain = Table {
        schema: None,
        name: Arc::clone(&name),
    };
    let Some(known) = schema else {
        return Some((plain, None));
    };
    if let Some(within) = &definition.schema
        && let Some(columns) = known.get(&format!("{within}.{name}"))
    {
        let schema = Some(within.as_str().into());
        return Some((Table { schema, name }, Some(Arc::clone(columns))));
    }
    let columns = known.get(&*name)?;
    Some((plain, Some(Arc::clone(columns))))
}

fn missing(table: &TableDef, place: &Place, schema: Option<&Schema>, problems: &mut Problems) {
    let names = schema.into_iter().flat_map(|schema| schema.keys());
    let near = did_you_mean(nearest(&table.name, names.map(String::as_str)));
    let text = format!("the source has no table {}{near}", table.name);
    problems.add(place, text);
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
