//! The catalogue: definitions and the index in the words that people use.

use std::collections::{BTreeMap, HashSet};

use almanac_agent_contract::{Format, Value};

use super::coverage::common;
use super::index::{Found, Index};
use super::run::Layer;
use crate::catalog::{Catalog, DimensionInfo, DimensionKind, MetricInfo, ValueInfo};
use crate::manifest::{
    Aggregation, Body, Definitions, DimensionDef, Input, MetricDef, Simple, Text,
};
use crate::plan::{Metric, PathId, Target};

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
        synonyms: words.synonyms.clone(),
        format: words.format.clone().unwrap_or(Format::Number),
        direction: words.good,
        parent: words.parent.as_ref().map(|parent| parent.text.clone()),
        semi_additive: measures.iter().all(|measure| measure.snapshot.is_some()),
        dimensions,
        finest_grain: metric.grain,
        late_days: words.late_days,
        owner: words.owner.clone(),
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
        values,
        complete,
    })
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

/// How a metric is computed: "sum of orders.amount where status = 'paid'".
fn definition_words(metric: &MetricDef) -> String {
    let computed = match &metric.body {
        Body::Simple(simple) => simple_words(metric, simple),
        Body::Ratio {
            numerator,
            denominator,
        } => {
            format!("{} / {}", input_words(numerator), input_words(denominator))
        }
        Body::Derived { expr, inputs } => {
            let renamed: Vec<String> = inputs
                .iter()
                .filter(|input| input.alias.is_some() || !input.filters.is_empty())
                .map(|input| {
                    let name = input.alias.as_ref().unwrap_or(&input.metric.text);
                    format!("{name} is {}", input_words(input))
                })
                .collect();
            if renamed.is_empty() {
                expr.text.clone()
            } else {
                format!("{}, where {}", expr.text, renamed.join(" and "))
            }
        }
        Body::Cumulative { input, .. } => format!("running total of {}", input_words(input)),
        Body::Conversion(conversion) => format!(
            "{} followed by {}",
            input_words(&conversion.base),
            input_words(&conversion.conversion)
        ),
    };
    format!("{computed}{}", filter_words(&metric.filters))
}

fn simple_words(metric: &MetricDef, simple: &Simple) -> String {
    let model = metric.model.as_deref().unwrap_or_default();
    let of = match &simple.expr {
        Some(expr) if expr.text.chars().all(|c| c.is_alphanumeric() || c == '_') => {
            format!("{model}.{}", expr.text)
        }
        Some(expr) => format!("{} in {model}", expr.text),
        None => format!("{model}.{}", metric.name),
    };
    let rows = simple
        .expr
        .as_ref()
        .is_none_or(|expr| ["*", "1"].contains(&expr.text.as_str()));
    let computed = match simple.aggregation {
        Aggregation::Count if rows => format!("number of {model}"),
        Aggregation::Count => format!("number of {of}"),
        Aggregation::CountDistinct => format!("number of different {of}"),
        Aggregation::Sum => format!("sum of {of}"),
        Aggregation::SumBoolean => format!("number of rows with {of}"),
        Aggregation::Min => format!("least {of}"),
        Aggregation::Max => format!("greatest {of}"),
        Aggregation::Average => format!("average of {of}"),
        Aggregation::Median => format!("median of {of}"),
        Aggregation::Percentile(share) | Aggregation::DiscretePercentile(share) => {
            format!("{}th percentile of {of}", share * 100.0)
        }
    };
    match &simple.snapshot {
        Some(snapshot) if snapshot.last => {
            format!("{computed} at the last {}", snapshot.dimension.text)
        }
        Some(snapshot) => format!("{computed} at the first {}", snapshot.dimension.text),
        None => computed,
    }
}

fn input_words(input: &Input) -> String {
    let filters = filter_words(&input.filters);
    if filters.is_empty() {
        input.metric.text.clone()
    } else {
        format!("({}{filters})", input.metric.text)
    }
}

fn filter_words(filters: &[Text]) -> String {
    if filters.is_empty() {
        return String::new();
    }
    let each: Vec<String> = filters.iter().map(|filter| plain(&filter.text)).collect();
    format!(" where {}", each.join(" and "))
}

/// A filter without the braces of its templates.
fn plain(filter: &str) -> String {
    let mut words = String::with_capacity(filter.len());
    let mut rest = filter;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inside, after)) = after.split_once("}}") else {
            break;
        };
        words.push_str(before);
        let name = inside
            .split(['\'', '"'])
            .nth(1)
            .unwrap_or_else(|| inside.trim());
        words.push_str(name);
        rest = after;
    }
    words.push_str(rest);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
