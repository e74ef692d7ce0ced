//! Reads aggregates: how the rows of a table become a number. A simple metric says it in the latest
//! spec, a measure in the legacy one.

use super::definitions::{Aggregation, Simple, SnapshotDef};
use super::reader::Reader;
use super::yaml::Node;

const AGGREGATIONS: &str =
    "sum, min, max, average, median, count, count_distinct, percentile or sum_boolean";

/// An aggregate. `params` is where its percentile is said.
pub(crate) fn read_aggregate(
    reader: &mut Reader<'_>,
    node: &Node,
    params: Option<&Node>,
) -> Option<Simple> {
    let aggregation = read_aggregation(reader, node, params);
    let snapshot = match node.get("non_additive_dimension") {
        Some(block) => Some(read_snapshot(reader, block)?),
        None => None,
    };
    Some(Simple {
        aggregation: aggregation?,
        expr: reader.text(node, "expr"),
        time: reader.text(node, "agg_time_dimension"),
        snapshot,
    })
}

fn read_aggregation(
    reader: &mut Reader<'_>,
    node: &Node,
    params: Option<&Node>,
) -> Option<Aggregation> {
    let Some(agg) = reader.text(node, "agg") else {
        reader.wrong(node.line, "needs an agg: sum, count, average ...");
        return None;
    };
    let name = agg.text.to_lowercase();
    if name != "percentile"
        && let Some(stray) = params.and_then(|params| params.get("percentile"))
    {
        reader.wrong(
            stray.line,
            format!("percentile goes with agg percentile, not with {name}"),
        );
    }
    Some(match name.as_str() {
        "sum" => Aggregation::Sum,
        "min" => Aggregation::Min,
        "max" => Aggregation::Max,
        "average" | "avg" => Aggregation::Average,
        "median" => Aggregation::Median,
        "count" => Aggregation::Count,
        "count_distinct" => Aggregation::CountDistinct,
        "sum_boolean" => Aggregation::SumBoolean,
        "percentile" => read_percentile(reader, params, node.line)?,
        other => {
            reader.wrong(
                agg.place.line,
                format!("\"{other}\" is no aggregation: {AGGREGATIONS}"),
            );
            return None;
        }
    })
}

/// A percentile is computed exactly. Where the definition would do with an approximate one it is,
/// as approximations are, a value of the data and not one between two.
fn read_percentile(
    reader: &mut Reader<'_>,
    params: Option<&Node>,
    line: u32,
) -> Option<Aggregation> {
    let percentile = params.and_then(|params| reader.number(params, "percentile"));
    let (Some(params), Some(percentile)) = (params, percentile) else {
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
        let line = params.get("percentile").map_or(line, |node| node.line);
        reader.wrong(
            line,
            format!("percentile {percentile} is not between 0 and 100"),
        );
        return None;
    }
    let discrete = match reader.text(params, "percentile_type") {
        None => ["use_discrete_percentile", "use_approximate_percentile"]
            .map(|key| reader.flag(params, key))
            .contains(&Some(true)),
        Some(kind) => match kind.text.to_lowercase().as_str() {
            "discrete" => true,
            "continuous" => false,
            other => {
                reader.wrong(
                    kind.place.line,
                    format!("percentile_type should be continuous or discrete, not \"{other}\""),
                );
                return None;
            }
        },
    };
    Some(if discrete {
        Aggregation::DiscretePercentile(share)
    } else {
        Aggregation::Percentile(share)
    })
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
