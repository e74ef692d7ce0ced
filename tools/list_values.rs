//! `list_values`: "which countries do we have?", "list the plans" -> the values of a dimension, the
//! most frequent first.

use std::sync::Arc;

use almanac_agent_contract::{Choice, Format, Scope, ToolError, ToolOutput, Value};
use almanac_cards::Writer;
use almanac_metrics::{
    Catalog, DimensionInfo, DimensionKind, Filter, GroupBy, Layer, MetricQuery, Operator,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use crate::Context;
use crate::card::{lowercase, spelled_out};
use crate::explanations::Explanations;
use crate::query_metrics::told;
use crate::registry::TypedTool;
use crate::sentences::fill;
use crate::words::Words;

/// Values named in words.
const NAMED: usize = 24;
/// Values that a model reads.
const READ: usize = 200;

/// The tool.
pub(crate) struct ListValues(Arc<Context>);

/// Which values.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    /// The dimension's exact name.
    pub(crate) dimension: String,
    /// Only those that contain this, whatever its case.
    #[serde(default)]
    pub(crate) search: Option<String>,
}

impl TypedTool for ListValues {
    const NAME: &'static str = "list_values";
    const DESCRIPTION: &'static str = "Lists the values of a dimension, the most frequent first, or \
        those that contain a text; of a date the first and the last.";
    type Arguments = Arguments;

    fn new(context: Arc<Context>) -> Self {
        Self(context)
    }

    async fn run(&self, arguments: Arguments, scope: &Scope) -> Result<ToolOutput, ToolError> {
        list(&self.0.layer, &self.0.writer(scope), arguments, scope).await
    }
}

/// Values that were found.
struct Listed {
    /// Each with its name for people.
    values: Vec<(Value, String)>,
    /// These are all there are.
    complete: bool,
}

/// Lists the values.
pub(crate) async fn list(
    layer: &Layer,
    writer: &Writer,
    arguments: Arguments,
    scope: &Scope,
) -> Result<ToolOutput, ToolError> {
    let catalog = layer.catalog();
    let words = Explanations::of(scope.language);
    let Some(dimension) = catalog.dimension(&arguments.dimension) else {
        let places = [("name", arguments.dimension.as_str())];
        return Err(ToolError::Arguments(fill(words.no_such_dimension, &places)));
    };
    let search = arguments.search.as_deref().map(str::trim);
    let search = search.filter(|search| !search.is_empty());
    if let (DimensionKind::Time(_), None) = (dimension.kind, search) {
        return range(layer, writer, (dimension, words)).await;
    }
    let listed = match known(dimension, search) {
        Some(listed) => listed,
        None => asked(layer, writer, dimension, search).await?,
    };
    let summary = sentence(dimension, (&listed, search), (writer, words), scope);
    Ok(ToolOutput {
        data: json!({
            "dimension": dimension.name,
            "values": listed.values.iter().take(READ).map(|(value, _)| value).collect::<Vec<_>>(),
            "count": listed.values.len(),
            "complete": listed.complete,
        }),
        summary,
        choices: choices(&catalog, dimension, Words::of(scope.language)),
        ..ToolOutput::default()
    })
}

/// What the index knows; `None` where it does not hold enough.
fn known(dimension: &DimensionInfo, search: Option<&str>) -> Option<Listed> {
    if dimension.values.is_empty() || (search.is_some() && !dimension.complete) {
        return None;
    }
    let wanted = search.map(str::to_lowercase);
    let contains = |text: &str| {
        let wanted = wanted.as_ref();
        wanted.is_none_or(|wanted| text.to_lowercase().contains(wanted.as_str()))
    };
    let values = dimension.values.iter().filter_map(|info| {
        let own = match &info.value {
            Value::Text(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Boolean(flag) => flag.to_string(),
            _ => return None,
        };
        let found = contains(&own) || info.synonyms.iter().any(|name| contains(name));
        let shown = match spelled_out(dimension, &info.value) {
            Some(name) => format!("{own} ({name})"),
            None => own,
        };
        found.then(|| (info.value.clone(), shown))
    });
    Some(Listed {
        values: values.collect(),
        complete: dimension.complete,
    })
}

/// Asks the data for what the index leaves out.
async fn asked(
    layer: &Layer,
    writer: &Writer,
    dimension: &DimensionInfo,
    search: Option<&str>,
) -> Result<Listed, ToolError> {
    let filter = |search: &str| Filter {
        dimension: dimension.name.clone(),
        op: Operator::Contains,
        values: vec![Value::Text(search.to_owned())],
    };
    let query = MetricQuery {
        group_by: vec![GroupBy::named(&dimension.name)],
        filters: search.map(filter).into_iter().collect(),
        limit: u32::try_from(READ + 1).ok(),
        ..MetricQuery::default()
    };
    let rows = layer.run(&query).await.map_err(told)?.table.rows;
    let complete = rows.len() <= READ;
    let values = rows.into_iter().take(READ).filter_map(|mut row| row.pop());
    let values = values.filter(|value| *value != Value::Null).map(|value| {
        let shown = writer.value(&value, &Format::Number);
        (value, shown)
    });
    Ok(Listed {
        values: values.collect(),
        complete,
    })
}

/// The first and the last of a date.
async fn range(
    layer: &Layer,
    writer: &Writer,
    (dimension, words): (&DimensionInfo, &Explanations),
) -> Result<ToolOutput, ToolError> {
    let query = MetricQuery {
        group_by: vec![GroupBy::named(&dimension.name)],
        min_max_only: true,
        ..MetricQuery::default()
    };
    let rows = layer.run(&query).await.map_err(told)?.table.rows;
    let (first, last) = match rows.first().map(Vec::as_slice) {
        Some([first, last]) => (first.clone(), last.clone()),
        _ => (Value::Null, Value::Null),
    };
    let write = |value: &Value| writer.value(value, &Format::Number);
    let places = [
        ("dimension", dimension.label.as_str()),
        ("first", &write(&first)),
        ("last", &write(&last)),
    ];
    let template = match first {
        Value::Null => words.empty,
        _ => words.from_to,
    };
    Ok(ToolOutput {
        data: json!({"dimension": dimension.name, "first": first, "last": last}),
        summary: fill(template, &places),
        ..ToolOutput::default()
    })
}

fn sentence(
    dimension: &DimensionInfo,
    (listed, search): (&Listed, Option<&str>),
    (writer, words): (&Writer, &Explanations),
    scope: &Scope,
) -> String {
    let mut names: Vec<String> = listed
        .values
        .iter()
        .take(NAMED)
        .map(|(_, name)| name.clone())
        .collect();
    let rest = listed.values.len().saturating_sub(NAMED);
    if rest > 0 {
        let more = Words::of(scope.language).more;
        names.push(more.replace("{}", &rest.to_string()));
    }
    let template = match (search, listed.complete) {
        (None, _) if names.is_empty() => words.empty,
        (Some(_), _) if names.is_empty() => words.none_like,
        (Some(_), _) => words.found,
        (None, true) => words.values,
        (None, false) => words.frequent,
    };
    let count = listed.values.len().to_string();
    let count = match (search, listed.complete) {
        (Some(_), false) => format!("≥ {count}"),
        _ => count,
    };
    let places = [
        ("dimension", dimension.label.as_str()),
        ("count", &count),
        ("values", &writer.list(&names)),
        ("search", search.unwrap_or_default()),
    ];
    fill(template, &places)
}

/// A question that breaks a metric down by the dimension.
fn choices(catalog: &Catalog, dimension: &DimensionInfo, words: &Words) -> Vec<Choice> {
    let mut metrics = catalog.metrics.iter();
    let metric = metrics.find(|metric| metric.dimensions.contains(&dimension.name));
    let asks = metric.map(|metric| {
        let (metric, by) = (lowercase(&metric.label), lowercase(&dimension.label));
        format!("{metric} {} {by} {}", words.by, words.this_month)
    });
    asks.into_iter()
        .map(|ask| Choice {
            label: ask.clone(),
            ask,
        })
        .collect()
}
