//! Reads a metric.

use super::definitions::{Aggregation, Body, Input, MetricDef, Simple, SnapshotDef, Text};
use super::read_words::read_metric_words;
use super::reader::Reader;
use super::yaml::{Node, Yaml};

/// Reads an entry of `metrics:`, of a model's own or of the top level's.
pub(crate) fn read_metric(
    reader: &mut Reader<'_>,
    node: &Node,
    model: Option<&str>,
) -> Option<MetricDef> {
    let name = reader.name(node, "a metric")?;
    reader.metric = Some(name.text.clone());
    let metric = read_named(reader, node, &name, model);
    reader.metric = None;
    metric
}

fn read_named(
    reader: &mut Reader<'_>,
    node: &Node,
    name: &Text,
    model: Option<&str>,
) -> Option<MetricDef> {
    let line = name.place.line;
    if name.text.contains("__") {
        reader.wrong(
            line,
            "the name of a metric cannot contain __, which joins names",
        );
        return None;
    }
    if name.text == "metric_time" {
        reader.wrong(
            line,
            "metric_time is the name of every metric's time; choose another",
        );
        return None;
    }
    if node.get("type_params").is_some() {
        reader.wrong(line, "type_params belong to the legacy spec, which is not read yet; write agg, expr, numerator ... on the metric itself");
        return None;
    }
    if reader.flag(node, "join_to_timespine") == Some(true) {
        reader.wrong(line, "join_to_timespine is not supported yet");
    }
    let kind = reader.text(node, "type");
    let body = match kind.as_ref().map_or("simple", |kind| kind.text.as_str()) {
        "simple" => read_simple(reader, node, name, model),
        "ratio" => read_ratio(reader, node, line),
        "derived" => read_derived(reader, node, line),
        kind @ ("cumulative" | "conversion") => {
            reader.wrong(line, format!("{kind} metrics are not supported yet"));
            None
        }
        other => {
            reader.wrong(
                line,
                format!("\"{other}\" is no type of metric: simple, ratio or derived"),
            );
            None
        }
    };
    let words = read_metric_words(reader, node);
    Some(MetricDef {
        name: name.text.clone(),
        place: name.place.clone(),
        model: model.map(str::to_owned),
        label: reader.words(node, "label"),
        description: reader.words(node, "description").unwrap_or_default(),
        filters: reader.texts(node, "filter"),
        fill: reader.number(node, "fill_nulls_with"),
        join_to_spine: false,
        default_granularity: None,
        hidden: false,
        body: body?,
        words,
    })
}

fn read_simple(
    reader: &mut Reader<'_>,
    node: &Node,
    name: &Text,
    model: Option<&str>,
) -> Option<Body> {
    let line = name.place.line;
    if model.is_none() {
        reader.wrong(
            line,
            "a simple metric belongs under its model's metrics, not at the top level",
        );
        return None;
    }
    let Some(agg) = reader.text(node, "agg") else {
        reader.wrong(line, "needs an agg: sum, count, average ...");
        return None;
    };
    let aggregation = match agg.text.to_lowercase().as_str() {
        "sum" => Aggregation::Sum,
        "min" => Aggregation::Min,
        "max" => Aggregation::Max,
        "average" | "avg" => Aggregation::Average,
        "median" => Aggregation::Median,
        "count" => Aggregation::Count,
        "count_distinct" => Aggregation::CountDistinct,
        "sum_boolean" => Aggregation::SumBoolean,
        "percentile" => read_percentile(reader, node, line)?,
        other => {
            let text = format!(
                "\"{other}\" is no aggregation: sum, min, max, average, median, count, count_distinct, percentile or sum_boolean"
            );
            reader.wrong(agg.place.line, text);
            return None;
        }
    };
    let snapshot = match node.get("non_additive_dimension") {
        Some(block) => Some(read_snapshot(reader, block)?),
        None => None,
    };
    Some(Body::Simple(Simple {
        aggregation,
        expr: reader.text(node, "expr"),
        time: reader.text(node, "agg_time_dimension"),
        snapshot,
    }))
}

fn read_percentile(reader: &mut Reader<'_>, node: &Node, line: u32) -> Option<Aggregation> {
    if reader
        .text(node, "percentile_type")
        .is_some_and(|kind| kind.text == "discrete")
    {
        reader.wrong(
            line,
            "percentile_type discrete is not supported yet; use continuous",
        );
        return None;
    }
    let Some(percentile) = reader.number(node, "percentile") else {
        reader.wrong(line, "agg percentile needs percentile, such as 95");
        return None;
    };
    // dbt's own documents write both 0.95 and 95.
    let share = if percentile > 1.0 {
        percentile / 100.0
    } else {
        percentile
    };
    if !(0.0..=1.0).contains(&share) {
        reader.wrong(
            line,
            format!("percentile {percentile} is not between 0 and 100"),
        );
        return None;
    }
    Some(Aggregation::Percentile(share))
}

fn read_snapshot(reader: &mut Reader<'_>, block: &Node) -> Option<SnapshotDef> {
    let dimension = reader.name(block, "non_additive_dimension")?;
    let window = reader
        .text(block, "window_agg")
        .or_else(|| reader.text(block, "window_choice"));
    let last = match window.as_ref().map(|window| window.text.as_str()) {
        Some("max") => true,
        None | Some("min") => false,
        Some(other) => {
            let text = format!("window_agg \"{other}\" is neither max (last) nor min (first)");
            reader.wrong(block.line, text);
            return None;
        }
    };
    let mut per = reader.texts(block, "group_by");
    per.extend(reader.texts(block, "window_groupings"));
    Some(SnapshotDef {
        dimension,
        last,
        per,
    })
}

fn read_ratio(reader: &mut Reader<'_>, node: &Node, line: u32) -> Option<Body> {
    let mut side = |key: &str| match node.get(key) {
        Some(input) => read_input(reader, input),
        None => {
            reader.wrong(line, format!("a ratio needs a {key}"));
            None
        }
    };
    let (numerator, denominator) = (side("numerator"), side("denominator"));
    Some(Body::Ratio {
        numerator: numerator?,
        denominator: denominator?,
    })
}

fn read_derived(reader: &mut Reader<'_>, node: &Node, line: u32) -> Option<Body> {
    let expr = reader.text(node, "expr");
    if expr.is_none() {
        reader.wrong(line, "a derived metric needs an expr");
    }
    let nodes = reader.list(node, "input_metrics");
    if nodes.is_empty() {
        reader.wrong(
            line,
            "a derived metric needs input_metrics: the metrics its expr speaks of",
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

fn read_input(reader: &mut Reader<'_>, node: &Node) -> Option<Input> {
    if matches!(node.value, Yaml::Text(_)) {
        let metric = reader.as_text(node, "an input metric")?;
        return Some(Input {
            metric,
            alias: None,
            filters: Vec::new(),
            offset: None,
        });
    }
    for key in ["offset_window", "offset_to_grain"] {
        if node.get(key).is_some() {
            reader.wrong(
                node.line,
                format!("{key} is not supported yet; ask with a comparison period instead"),
            );
            return None;
        }
    }
    let metric = reader.name(node, "an input metric")?;
    Some(Input {
        metric,
        alias: reader.words(node, "alias"),
        filters: reader.texts(node, "filter"),
        offset: None,
    })
}
