//! Reads the legacy spec, in which models have measures and metrics have `type_params`. A compiled
//! `semantic_manifest.json` has the same shapes, written out in full.

use super::definitions::{
    Body, Definitions, DimensionDef, EntityDef, MetricDef, ModelDef, TableDef, Text,
};
use super::measure::{MeasureInput, Measures, read_measure_input};
use super::read_aggregate::read_aggregate;
use super::read_attribute::{column, dimension_shape, entity_kind};
use super::read_input::read_input;
use super::read_metric::{
    MetricType, conversion_of, cumulative, metric_of, metric_type, needed_input, no_offset, ratio,
    read_derived,
};
use super::read_model::{enabled, first_primary};
use super::read_words::{read_dimension_words, read_model_words};
use super::reader::Reader;
use super::yaml::Node;

const METRIC_KEYS: [&str; 12] = [
    "name",
    "type",
    "type_params",
    "label",
    "description",
    "config",
    "meta",
    "tags",
    "group",
    "docs",
    "filter",
    "time_granularity",
];
const PARAM_KEYS: [&str; 16] = [
    "measure",
    "numerator",
    "denominator",
    "expr",
    "metrics",
    "window",
    "grain_to_date",
    "cumulative_type_params",
    "conversion_type_params",
    "fill_nulls_with",
    "join_to_timespine",
    "is_private",
    "metric_aggregation_params",
    "input_measures",
    "offset_window",
    "offset_to_grain",
];

/// Reads an entry of `semantic_models:`.
pub(crate) fn read_semantic_model(
    reader: &mut Reader<'_>,
    node: &Node,
    into: &mut Definitions,
    measures: &mut Measures,
) {
    if !enabled(reader, node) {
        return;
    }
    let Some(name) = reader.name(node, "a semantic model") else {
        return;
    };
    let table = read_table(reader, node, &name);
    let words = read_model_words(reader, node);
    let mut model = ModelDef {
        name: name.text.clone(),
        table: words.table.unwrap_or(table),
        place: name.place,
        time: node
            .get("defaults")
            .and_then(|defaults| reader.text(defaults, "agg_time_dimension")),
        primary: reader.text(node, "primary_entity"),
        entities: Vec::new(),
        dimensions: Vec::new(),
        rates: words.rates,
    };
    for entity in reader.list(node, "entities") {
        let name = reader.name(entity, "an entity");
        let kind = entity_kind(reader, entity);
        if let (Some(name), Some(kind)) = (name, kind) {
            let expr = reader.text(entity, "expr").unwrap_or_else(|| column(&name));
            model.entities.push(EntityDef {
                name: name.text,
                kind,
                expr,
            });
        }
    }
    for dimension in reader.list(node, "dimensions") {
        model.dimensions.extend(read_dimension(reader, dimension));
    }
    first_primary(&mut model);
    for measure in reader.list(node, "measures") {
        measures.read(reader, measure, &model.name);
    }
    into.models.push(model);
}

fn read_dimension(reader: &mut Reader<'_>, node: &Node) -> Option<DimensionDef> {
    let name = reader.name(node, "a dimension")?;
    let mut blocks = vec![node];
    blocks.extend(node.get("type_params"));
    let shape = dimension_shape(reader, node, &blocks)?;
    Some(DimensionDef {
        label: reader.words(node, "label"),
        description: reader.words(node, "description").unwrap_or_default(),
        expr: reader.text(node, "expr").unwrap_or_else(|| column(&name)),
        time: shape.time,
        partition: shape.partition,
        validity: shape.validity,
        words: read_dimension_words(reader, &[node]),
        name: name.text,
    })
}

/// The table of a model: compiled `node_relation`, or `model: ref('orders')`.
fn read_table(reader: &mut Reader<'_>, node: &Node, name: &Text) -> TableDef {
    let named = |name: &str| TableDef {
        schema: None,
        name: name.to_owned(),
    };
    if let Some(relation) = node.get("node_relation") {
        return match reader.words(relation, "alias") {
            Some(alias) => TableDef {
                schema: reader.words(relation, "schema_name"),
                name: alias,
            },
            None => named(&name.text),
        };
    }
    let Some(model) = reader.text(node, "model") else {
        return named(&name.text);
    };
    if let Some(table) = read_ref(&model.text) {
        return named(&table);
    }
    reader.wrong(
        model.place.line,
        format!(
            "model {} should be ref('orders'), not \"{}\"",
            name.text, model.text
        ),
    );
    named(&name.text)
}

/// The table that `ref('orders')`, `ref('package', 'orders')` or `ref('orders', v=2)` names.
fn read_ref(text: &str) -> Option<String> {
    let text = text
        .trim()
        .trim_start_matches("{{")
        .trim_end_matches("}}")
        .trim();
    let inside = text.strip_prefix("ref")?.trim_start().strip_prefix('(')?;
    let inside = inside.strip_suffix(')')?;
    let mut table = None;
    let mut version = None;
    for argument in inside.split(',').map(str::trim) {
        match argument.split_once('=') {
            Some((key, value)) if ["v", "version"].contains(&key.trim()) => {
                version = Some(value.trim().trim_matches(['\'', '"']).to_owned());
            }
            Some(_) => return None,
            None => {
                let quoted = ['\'', '"']
                    .into_iter()
                    .find_map(|quote| argument.strip_prefix(quote)?.strip_suffix(quote))?;
                table = Some(quoted.to_owned());
            }
        }
    }
    let table = table.filter(|table| !table.is_empty())?;
    Some(match version {
        Some(version) => format!("{table}_v{version}"),
        None => table,
    })
}

/// Reads an entry of `metrics:` with `type_params`.
pub(crate) fn read_legacy_metric(
    reader: &mut Reader<'_>,
    node: &Node,
    params: &Node,
    name: &Text,
    measures: &mut Measures,
) -> Option<MetricDef> {
    let line = name.place.line;
    reader.keys(node, &METRIC_KEYS);
    reader.keys(params, &PARAM_KEYS);
    no_offset(reader, params);
    let mut over = None;
    let body = match metric_type(reader, node)? {
        MetricType::Simple => {
            let simple = read_simple(reader, params, line, measures)?;
            over = Some((simple.model, simple.input));
            Some(Body::Simple(simple.simple))
        }
        MetricType::Ratio => {
            let mut side = |key: &str| match params.get(key).and_then(|side| side.get("measure")) {
                Some(measure) => {
                    let input = read_measure_input(reader, measure)?;
                    measures.input(reader, input)
                }
                None => needed_input(reader, params, key, "a ratio", line),
            };
            let (numerator, denominator) = (side("numerator"), side("denominator"));
            ratio(numerator, denominator)
        }
        MetricType::Derived => read_derived(reader, params, "metrics", line),
        MetricType::Cumulative => {
            let own = params.get("cumulative_type_params");
            let mut blocks: Vec<&Node> = own.into_iter().collect();
            blocks.push(params);
            let input = match own.and_then(|own| own.get("metric")) {
                Some(metric) => read_input(reader, metric),
                None => measure_input(reader, params, "measure", line, measures),
            };
            input.map(|input| cumulative(reader, input, &blocks, line))
        }
        MetricType::Conversion => {
            let Some(own) = params.get("conversion_type_params") else {
                reader.wrong(
                    line,
                    "a conversion metric needs conversion_type_params: entity, base_measure and conversion_measure",
                );
                return None;
            };
            let mut side = |metric: &str, measure: &str| match own.get(metric) {
                Some(metric) => read_input(reader, metric),
                None => measure_input(reader, own, measure, line, measures),
            };
            let base = side("base_metric", "base_measure");
            let conversion = side("conversion_metric", "conversion_measure");
            conversion_of(reader, base, conversion, own, line)
        }
    };
    let fill = reader.number(params, "fill_nulls_with");
    let join_to_spine = reader.flag(params, "join_to_timespine") == Some(true);
    let mut metric = MetricDef {
        fill,
        join_to_spine,
        hidden: reader.flag(params, "is_private") == Some(true),
        ..metric_of(reader, node, name, body?)
    };
    if let Some((model, input)) = over {
        metric.model = Some(model);
        if let Some(input) = input {
            metric.fill = metric.fill.or(input.fill);
            metric.join_to_spine |= input.join_to_spine;
            // A compiled manifest has put the measure's filters among the metric's already.
            for filter in input.filters {
                if !metric.filters.iter().any(|one| one.text == filter.text) {
                    metric.filters.push(filter);
                }
            }
        }
    }
    Some(metric)
}

/// A simple metric's aggregate, the model it is over, and how it refers to its measure.
struct Aggregated {
    simple: super::definitions::Simple,
    model: String,
    input: Option<MeasureInput>,
}

/// A measure's aggregate or, in compiled manifests that have no measures any more, the metric's own.
fn read_simple(
    reader: &mut Reader<'_>,
    params: &Node,
    line: u32,
    measures: &Measures,
) -> Option<Aggregated> {
    let own = params.get("metric_aggregation_params");
    let input = match params.get("measure") {
        Some(measure) => Some(read_measure_input(reader, measure)?),
        None => None,
    };
    let known = input
        .as_ref()
        .is_some_and(|input| measures.has(&input.measure.text));
    if let (Some(own), false) = (own, known) {
        let mut simple = read_aggregate(reader, own, own.get("agg_params"))?;
        simple.expr = simple.expr.or_else(|| reader.text(params, "expr"));
        let Some(model) = reader.words(own, "semantic_model") else {
            reader.wrong(own.line, "metric_aggregation_params needs semantic_model");
            return None;
        };
        return Some(Aggregated {
            simple,
            model,
            input,
        });
    }
    let Some(input) = input else {
        reader.wrong(
            line,
            "a simple metric needs measure: the name of a measure of a semantic model",
        );
        return None;
    };
    let measure = measures.get(reader, &input.measure)?;
    Some(Aggregated {
        simple: measure.simple.clone(),
        model: measure.model.clone(),
        input: Some(input),
    })
}

fn measure_input(
    reader: &mut Reader<'_>,
    node: &Node,
    key: &str,
    line: u32,
    measures: &mut Measures,
) -> Option<super::definitions::Input> {
    let Some(measure) = node.get(key) else {
        reader.wrong(line, format!("needs {key}: the name of a measure"));
        return None;
    };
    let input = read_measure_input(reader, measure)?;
    measures.input(reader, input)
}

/// Reads the project's own settings: `time_spines`, or the older form of them.
pub(crate) fn read_project(reader: &mut Reader<'_>, node: &Node, into: &mut Definitions) {
    let spines = reader.list(node, "time_spines");
    for spine in spines {
        super::read_spine::read_compiled(reader, spine, into);
    }
    if spines.is_empty() {
        for spine in reader.list(node, "time_spine_table_configurations") {
            super::read_spine::read_old(reader, spine, into);
        }
    }
}
