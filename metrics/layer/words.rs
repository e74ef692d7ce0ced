//! How metrics are computed, in words. People read them under a number, in the catalogue and in
//! `almanac metrics show`.

use crate::catalog::{MetricInput, MetricKind};
use crate::manifest::{
    Aggregation, Body, ConversionDef, CumulativeReach, Input, MetricDef, OffsetDef, Simple, Text,
    Window,
};

/// In which way a metric is computed.
pub(super) const fn kind(body: &Body) -> MetricKind {
    match body {
        Body::Simple(_) => MetricKind::Simple,
        Body::Ratio { .. } => MetricKind::Ratio,
        Body::Derived { .. } => MetricKind::Derived,
        Body::Cumulative { .. } => MetricKind::Cumulative,
        Body::Conversion(_) => MetricKind::Conversion,
    }
}

/// The metrics that a metric is computed from.
pub(super) fn inputs(body: &Body) -> Vec<MetricInput> {
    match body {
        Body::Simple(_) => Vec::new(),
        Body::Ratio {
            numerator,
            denominator,
        } => vec![
            role("numerator", numerator),
            role("denominator", denominator),
        ],
        Body::Derived { inputs, .. } => inputs.iter().map(|input| role("", input)).collect(),
        Body::Cumulative { input, .. } => vec![role("", input)],
        Body::Conversion(conversion) => vec![
            role("base", &conversion.base),
            role("conversion", &conversion.conversion),
        ],
    }
}

fn role(role: &str, input: &Input) -> MetricInput {
    let alias = input.alias.iter().map(|alias| format!("as {alias}"));
    let offset = input.offset.iter().map(offset_words);
    let filters = (!input.filters.is_empty()).then(|| filter_words(&input.filters));
    let filters = filters.map(|words| words.trim_start().to_owned());
    let role = (!role.is_empty()).then(|| role.to_owned());
    MetricInput {
        metric: input.metric.text.clone(),
        role: role
            .into_iter()
            .chain(alias)
            .chain(offset)
            .chain(filters)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// How a metric is computed: "sum of orders.amount where status = 'paid'".
pub(super) fn definition_words(metric: &MetricDef) -> String {
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
                .filter(|input| {
                    input.alias.is_some() || !input.filters.is_empty() || input.offset.is_some()
                })
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
        Body::Cumulative { input, reach, .. } => {
            let reach = match reach {
                CumulativeReach::All => "of everything until then".to_owned(),
                CumulativeReach::Window(window) => format!("of the last {}", window_words(window)),
                CumulativeReach::ToDate(grain) => {
                    format!("since the beginning of the {}", grain.text)
                }
            };
            format!("{} {reach}", input_words(input))
        }
        Body::Conversion(conversion) => conversion_words(conversion),
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

fn conversion_words(conversion: &ConversionDef) -> String {
    let what = if conversion.count { "number" } else { "share" };
    let window = conversion
        .window
        .as_ref()
        .map_or_else(String::new, |window| {
            format!(" within {}", window_words(window))
        });
    let same: Vec<String> = conversion
        .properties
        .iter()
        .map(|(base, other)| match base.text == other.text {
            true => format!(" and the same {}", base.text),
            false => format!(" and {} equal to {}", base.text, other.text),
        })
        .collect();
    format!(
        "{what} of {} followed by {}{window} for the same {}{}",
        input_words(&conversion.base),
        input_words(&conversion.conversion),
        conversion.entity.text,
        same.concat()
    )
}

fn input_words(input: &Input) -> String {
    let filters = filter_words(&input.filters);
    let offset = input
        .offset
        .as_ref()
        .map_or_else(String::new, |offset| format!(" {}", offset_words(offset)));
    if filters.is_empty() && offset.is_empty() {
        input.metric.text.clone()
    } else {
        format!("({}{offset}{filters})", input.metric.text)
    }
}

fn offset_words(offset: &OffsetDef) -> String {
    match offset {
        OffsetDef::Window(window) => format!("{} before", window_words(window)),
        OffsetDef::ToGrain(grain) => format!("at the beginning of the {}", grain.text),
    }
}

/// "7 days", "1 month".
fn window_words(window: &Window) -> String {
    let plural = if window.count == 1 { "" } else { "s" };
    format!("{} {}{plural}", window.count, window.granularity.text)
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
