//! Reads a metric of the latest spec, and what metrics of all specs have in common.

use super::definitions::{
    Body, ConversionDef, CumulativeReach, Input, MetricDef, PeriodAggregation, Text,
};
use super::read_aggregate::read_aggregate;
use super::read_input::{read_filters, read_granularity, read_input, read_window};
use super::read_words::read_metric_words;
use super::reader::Reader;
use super::yaml::Node;

const KEYS: [&str; 34] = [
    "name",
    "type",
    "label",
    "description",
    "config",
    "meta",
    "tags",
    "group",
    "docs",
    "hidden",
    "filter",
    "time_granularity",
    "agg",
    "expr",
    "percentile",
    "percentile_type",
    "non_additive_dimension",
    "agg_time_dimension",
    "join_to_timespine",
    "fill_nulls_with",
    "numerator",
    "denominator",
    "input_metric",
    "input_metrics",
    "window",
    "grain_to_date",
    "period_agg",
    "entity",
    "calculation",
    "base_metric",
    "conversion_metric",
    "constant_properties",
    "offset_window",
    "offset_to_grain",
];

/// Reads an entry of `metrics:` without `type_params`, of a model's own or of the top level's.
pub(crate) fn read_metric(
    reader: &mut Reader<'_>,
    node: &Node,
    name: &Text,
    model: Option<&str>,
) -> Option<MetricDef> {
    let line = name.place.line;
    reader.keys(node, &KEYS);
    no_offset(reader, node);
    let body = match metric_type(reader, node)? {
        MetricType::Simple => read_simple(reader, node, line, model),
        MetricType::Ratio => {
            let numerator = needed_input(reader, node, "numerator", "a ratio", line);
            let denominator = needed_input(reader, node, "denominator", "a ratio", line);
            ratio(numerator, denominator)
        }
        MetricType::Derived => read_derived(reader, node, "input_metrics", line),
        MetricType::Cumulative => {
            needed_input(reader, node, "input_metric", "a cumulative metric", line)
                .map(|input| cumulative(reader, input, &[node], line))
        }
        MetricType::Conversion => {
            let what = "a conversion metric";
            let base = needed_input(reader, node, "base_metric", what, line);
            let conversion = needed_input(reader, node, "conversion_metric", what, line);
            conversion_of(reader, base, conversion, node, line)
        }
    };
    let metric = MetricDef {
        model: model.map(str::to_owned),
        fill: reader.number(node, "fill_nulls_with"),
        join_to_spine: reader.flag(node, "join_to_timespine") == Some(true),
        hidden: reader.flag(node, "hidden") == Some(true),
        ..metric_of(reader, node, name, body?)
    };
    Some(metric)
}

/// The types of metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MetricType {
    Simple,
    Ratio,
    Derived,
    Cumulative,
    Conversion,
}

/// `type`, a simple metric where it is not said.
pub(crate) fn metric_type(reader: &mut Reader<'_>, node: &Node) -> Option<MetricType> {
    let Some(kind) = reader.text(node, "type") else {
        return Some(MetricType::Simple);
    };
    match kind.text.to_lowercase().as_str() {
        "simple" => Some(MetricType::Simple),
        "ratio" => Some(MetricType::Ratio),
        "derived" => Some(MetricType::Derived),
        "cumulative" => Some(MetricType::Cumulative),
        "conversion" => Some(MetricType::Conversion),
        other => {
            reader.wrong(
                kind.place.line,
                format!("\"{other}\" is no type of metric: simple, ratio, derived, cumulative or conversion"),
            );
            None
        }
    }
}

/// What stands at the same place in all specs.
pub(crate) fn metric_of(
    reader: &mut Reader<'_>,
    node: &Node,
    name: &Text,
    body: Body,
) -> MetricDef {
    MetricDef {
        name: name.text.clone(),
        place: name.place.clone(),
        model: None,
        label: reader.words(node, "label"),
        description: reader.words(node, "description").unwrap_or_default(),
        filters: read_filters(reader, node, "filter"),
        fill: None,
        join_to_spine: false,
        default_granularity: read_granularity(reader, node, "time_granularity"),
        hidden: false,
        body,
        words: read_metric_words(reader, node),
    }
}

/// Notes an offset that stands on no input.
pub(crate) fn no_offset(reader: &mut Reader<'_>, node: &Node) {
    for key in ["offset_window", "offset_to_grain"] {
        if let Some(offset) = node.get(key) {
            let text = format!(
                "{key} belongs to an input of a derived metric, as in input_metrics: [{{name: revenue, alias: before, {key}: {}}}]",
                if key == "offset_window" {
                    "1 month"
                } else {
                    "month"
                }
            );
            reader.wrong(offset.line, text);
        }
    }
}

/// An input that must be there.
pub(crate) fn needed_input(
    reader: &mut Reader<'_>,
    node: &Node,
    key: &str,
    what: &str,
    line: u32,
) -> Option<Input> {
    let Some(input) = node.get(key) else {
        reader.wrong(line, format!("{what} needs {key}: the name of a metric"));
        return None;
    };
    read_input(reader, input)
}

/// A ratio, where both sides are there.
pub(crate) fn ratio(numerator: Option<Input>, denominator: Option<Input>) -> Option<Body> {
    Some(Body::Ratio {
        numerator: numerator?,
        denominator: denominator?,
    })
}

/// A derived metric, with its inputs under `key`.
pub(crate) fn read_derived(
    reader: &mut Reader<'_>,
    node: &Node,
    key: &str,
    line: u32,
) -> Option<Body> {
    let expr = reader.text(node, "expr");
    if expr.is_none() {
        reader.wrong(line, "a derived metric needs an expr");
    }
    let nodes = reader.list(node, key);
    if nodes.is_empty() {
        reader.wrong(
            line,
            format!("a derived metric needs {key}: the metrics its expr speaks of"),
        );
    }
    let inputs: Vec<Option<Input>> = nodes
        .iter()
        .map(|input| read_input(reader, input))
        .collect();
    let inputs: Option<Vec<Input>> = inputs.into_iter().collect();
    Some(Body::Derived {
        expr: expr?,
        inputs: inputs.filter(|inputs| !inputs.is_empty())?,
    })
}

/// A cumulative metric; `blocks` are searched in turn for how far back it goes.
pub(crate) fn cumulative(
    reader: &mut Reader<'_>,
    input: Input,
    blocks: &[&Node],
    line: u32,
) -> Body {
    let first = |key: &str| blocks.iter().find(|block| block.get(key).is_some());
    let window = first("window").map(|block| read_window(reader, block, "window"));
    let to_date =
        first("grain_to_date").map(|block| read_granularity(reader, block, "grain_to_date"));
    if window.is_some() && to_date.is_some() {
        reader.wrong(
            line,
            "window and grain_to_date cannot go together: keep window for the last 7 days, grain_to_date for the month so far",
        );
    }
    let period = first("period_agg").and_then(|block| reader.text(block, "period_agg"));
    let period = match &period {
        None => PeriodAggregation::First,
        Some(period) => match period.text.to_lowercase().as_str() {
            "first" => PeriodAggregation::First,
            "last" => PeriodAggregation::Last,
            "average" => PeriodAggregation::Average,
            other => {
                let text = format!("period_agg should be first, last or average, not \"{other}\"");
                reader.wrong(period.place.line, text);
                PeriodAggregation::First
            }
        },
    };
    let reach = match (window.flatten(), to_date.flatten()) {
        (Some(window), _) => CumulativeReach::Window(window),
        (None, Some(grain)) => CumulativeReach::ToDate(grain),
        (None, None) => CumulativeReach::All,
    };
    Body::Cumulative {
        input,
        reach,
        period,
    }
}

/// A conversion metric, with all but its inputs under `node`.
pub(crate) fn conversion_of(
    reader: &mut Reader<'_>,
    base: Option<Input>,
    conversion: Option<Input>,
    node: &Node,
    line: u32,
) -> Option<Body> {
    let entity = reader.text(node, "entity");
    if entity.is_none() {
        reader.wrong(
            line,
            "a conversion metric needs entity: what both events belong to, such as user",
        );
    }
    let count = match reader.text(node, "calculation") {
        None => false,
        Some(calculation) => match calculation.text.to_lowercase().as_str() {
            "conversion_rate" => false,
            "conversions" => true,
            other => {
                reader.wrong(
                    calculation.place.line,
                    format!(
                        "calculation should be conversion_rate or conversions, not \"{other}\""
                    ),
                );
                false
            }
        },
    };
    let mut properties = Vec::new();
    for property in reader.list(node, "constant_properties") {
        let pair = (
            reader.text(property, "base_property"),
            reader.text(property, "conversion_property"),
        );
        if let (Some(base), Some(conversion)) = pair {
            properties.push((base, conversion));
        } else {
            reader.wrong(
                property.line,
                "a constant property is {base_property: product, conversion_property: product}",
            );
        }
    }
    let window = read_window(reader, node, "window");
    Some(Body::Conversion(Box::new(ConversionDef {
        entity: entity?,
        base: base?,
        conversion: conversion?,
        window,
        count,
        properties,
    })))
}

fn read_simple(
    reader: &mut Reader<'_>,
    node: &Node,
    line: u32,
    model: Option<&str>,
) -> Option<Body> {
    if model.is_none() {
        reader.wrong(
            line,
            "a simple metric belongs under its model's metrics, not at the top level",
        );
        return None;
    }
    read_aggregate(reader, node, Some(node)).map(Body::Simple)
}
