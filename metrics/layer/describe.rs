//! The catalogue: definitions and the index in the words that people use.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use almanac_agent_contract::{Format, Value};

use super::coverage::common;
use super::index::{Found, Index};
use super::run::Layer;
use super::words::{definition_words, inputs, kind};
use crate::catalog::{Catalog, DimensionInfo, DimensionKind, MetricInfo, ValueInfo};
use crate::manifest::{Aggregation, Definitions, DimensionDef, EntityKind, MetricDef};
use crate::plan::{Entity, Expr, Kind, Measure, Metric, PathId, Target};

/// Describes a layer.
pub(super) fn describe(layer: &Layer, definitions: &Definitions, index: &Index) -> Catalog {
    let names: Vec<Vec<Listed>> = (0..layer.graph.models.len())
        .map(|model| listed(layer, model))
        .collect();
    let mut metrics = Vec::with_capacity(definitions.metrics.len());
    for definition in &definitions.metrics {
        let Some(number) = layer.metrics.by_name.get(&definition.name) else {
            continue;
        };
        let metric = &layer.metrics.metrics[*number];
        metrics.push(metric_info(layer, index, definition, (metric, &names)));
    }
    let used: HashSet<&String> = metrics
        .iter()
        .flat_map(|metric| &metric.dimensions)
        .collect();
    let mut dimensions: Vec<DimensionInfo> = Vec::new();
    for one in names.iter().flatten() {
        if used.contains(&one.name) && !dimensions.iter().any(|known| known.name == one.name) {
            dimensions.extend(dimension_info(layer, definitions, index, one));
        }
    }
    Catalog {
        metrics,
        dimensions,
    }
}

/// A dimension under the name it is listed by.
struct Listed {
    name: String,
    /// Where it is: a model and an attribute of it.
    at: (usize, usize),
}

/// The dimensions that can be reached from a model, each by the nearest way and there under the
/// shortest name.
fn listed(layer: &Layer, model: usize) -> Vec<Listed> {
    let model = &layer.graph.models[model];
    let mut best: BTreeMap<(usize, usize), (PathId, usize, &str)> = BTreeMap::new();
    for (name, target) in &model.names {
        let Target::Found(path, attribute) = target else {
            continue;
        };
        let end = model.paths[usize::from(path.0)].model;
        if layer.graph.models[end].attributes[*attribute]
            .dimension
            .is_none()
        {
            continue;
        }
        let candidate = (*path, name.len(), name.as_str());
        let known = best.entry((end, *attribute)).or_insert(candidate);
        *known = candidate.min(*known);
    }
    let mut listed: Vec<(PathId, Listed)> = best
        .into_iter()
        .map(|(at, (path, _, name))| {
            (
                path,
                Listed {
                    name: name.to_owned(),
                    at,
                },
            )
        })
        .collect();
    listed.sort_by_key(|(path, one)| (*path, one.at.1));
    listed.into_iter().map(|(_, one)| one).collect()
}

fn metric_info(
    layer: &Layer,
    index: &Index,
    definition: &MetricDef,
    (metric, names): (&Metric, &[Vec<Listed>]),
) -> MetricInfo {
    let measures: Vec<_> = metric
        .measures
        .iter()
        .map(|measure| &layer.metrics.measures[*measure])
        .collect();
    let first = measures
        .first()
        .map_or(&[] as &[Listed], |measure| &names[measure.model]);
    let dimensions = first
        .iter()
        .filter(|one| {
            measures.iter().all(|measure| {
                let target = layer.graph.models[measure.model].names.get(&one.name);
                matches!(target, Some(Target::Found(..)))
            })
        })
        .map(|one| one.name.clone())
        .collect();
    let covered = measures.iter().map(|measure| {
        match index
            .found
            .get(measure.model)
            .and_then(|found| found.get(measure.time))
        {
            Some(Found::Days(coverage)) => coverage.as_ref(),
            _ => None,
        }
    });
    let words = &definition.words;
    MetricInfo {
        name: definition.name.clone(),
        label: definition
            .label
            .clone()
            .unwrap_or_else(|| label_of(&definition.name)),
        description: words
            .description
            .clone()
            .unwrap_or_else(|| definition.description.clone()),
        definition: definition_words(definition),
        kind: kind(&definition.body),
        inputs: inputs(&definition.body),
        synonyms: words.synonyms.clone(),
        format: words.format.clone().unwrap_or(Format::Number),
        direction: words.good,
        parent: words.parent.as_ref().map(|parent| parent.text.clone()),
        semi_additive: measures.iter().all(|measure| measure.snapshot.is_some()),
        dimensions,
        entities: entities(layer, &measures),
        counts: counted(layer, metric).map(|entity| entity.to_string()),
        finest_grain: metric.grain,
        late_days: words.late_days,
        owner: words.owner.clone(),
        verified_questions: words.verified_questions.clone(),
        coverage: common(covered),
    }
}

fn dimension_info(
    layer: &Layer,
    definitions: &Definitions,
    index: &Index,
    one: &Listed,
) -> Option<DimensionInfo> {
    let (model, number) = one.at;
    let attribute = &layer.graph.models[model].attributes[number];
    let definition = definitions.models[model]
        .dimensions
        .get(attribute.dimension?)?;
    let words = &definition.words;
    let label = words.label.clone().or_else(|| definition.label.clone());
    let (values, complete) = match index.found.get(model).and_then(|found| found.get(number)) {
        Some(Found::Values { values, complete }) => (values.each(), *complete),
        _ => (Vec::new(), false),
    };
    let values = values
        .into_iter()
        .map(|value| with_synonyms(value, definition))
        .collect();
    Some(DimensionInfo {
        name: one.name.clone(),
        label: label.unwrap_or_else(|| label_of(&definition.name)),
        description: words
            .description
            .clone()
            .unwrap_or_else(|| definition.description.clone()),
        synonyms: words.synonyms.clone(),
        kind: attribute.time.map_or(DimensionKind::Categorical, |finest| {
            DimensionKind::Time(finest.grain())
        }),
        numeric: attribute.time.is_none() && matches!(attribute.kind, Kind::Integer | Kind::Number),
        values,
        complete,
    })
}

/// The entities that all of a metric's rows lead to, by the bare names that queries know them by.
fn entities(layer: &Layer, measures: &[&Measure]) -> Vec<String> {
    let Some(first) = measures.first() else {
        return Vec::new();
    };
    let known = |measure: &Measure, name: &str| {
        let names = &layer.graph.models[measure.model].names;
        matches!(names.get(name), Some(Target::Found(..)))
    };
    let mut entities: Vec<String> = Vec::new();
    for path in &layer.graph.models[first.model].paths {
        for entity in &layer.graph.models[path.model].entities {
            let listed = entities.iter().any(|listed| **listed == *entity.name);
            if !listed && measures.iter().all(|measure| known(measure, &entity.name)) {
                entities.push(entity.name.to_string());
            }
        }
    }
    entities
}

/// The entity whose number a metric is: it counts different keys, or rows that have one each.
fn counted<'g>(layer: &'g Layer, metric: &Metric) -> Option<&'g Arc<str>> {
    let measure = metric.counted(&layer.metrics)?;
    let model = &layer.graph.models[measure.model];
    let of = |argument: &Expr, entity: &&Entity| *entity.expr == *argument;
    let found = match (&measure.aggregation, &measure.argument) {
        (Aggregation::CountDistinct, Some(argument)) => {
            model.entities.iter().find(|entity| of(argument, entity))
        }
        (Aggregation::Count, argument) => {
            let mut keys = model
                .entities
                .iter()
                .filter(|entity| matches!(entity.kind, EntityKind::Primary | EntityKind::Unique));
            match argument {
                Some(argument) => keys.find(|entity| of(argument, entity)),
                None => keys.find(|entity| Some(&entity.name) == model.primary.as_ref()),
            }
        }
        _ => None,
    };
    found.map(|entity| &entity.name)
}

fn with_synonyms(value: Value, definition: &DimensionDef) -> ValueInfo {
    let text = match &value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        _ => String::new(),
    };
    let names = definition
        .words
        .values
        .iter()
        .find(|(value, _)| *value == text);
    ValueInfo {
        value,
        synonyms: names.map(|(_, names)| names.clone()).unwrap_or_default(),
    }
}

/// "gross_revenue" as "Gross revenue".
fn label_of(name: &str) -> String {
    let words = name.replace('_', " ");
    let words = words.trim();
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
