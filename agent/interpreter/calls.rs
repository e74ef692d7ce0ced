//! Intents as tool calls, and the arguments of an earlier call as what they meant. Used by
//! `model`, and by `standing` to go on from an earlier answer.

use almanac_agent_contract::{ToolCall, Value};
use serde_json::{Map, Value as Json, json};

use crate::intent::{Bound, Intent, Manner, Statistic, Than, Wish};

/// The tool call that does what is wanted; `None` where words alone are the answer.
pub(crate) fn call(intent: &Intent) -> Option<ToolCall> {
    let (tool, arguments) = match intent {
        Intent::Ask { query, manner, .. } => {
            let mut arguments = serde_json::to_value(query).ok()?;
            if let Some(object) = arguments.as_object_mut() {
                write(manner, query.grain.is_some(), object);
            }
            ("query_metrics", arguments)
        }
        Intent::Define { metric } => ("describe_metric", json!({ "metric": metric })),
        Intent::Values { dimension } => ("list_values", json!({ "dimension": dimension })),
        Intent::Explain { query } => ("explain_query", json!({ "query": query })),
        Intent::Catalogue => ("list_metrics", json!({})),
        Intent::Remember { phrase, metric } => (
            "remember_definition",
            json!({ "phrase": phrase, "metric": metric }),
        ),
        Intent::Forget { phrase } => ("forget_definition", json!({ "phrase": phrase })),
        Intent::Definitions => ("list_definitions", json!({})),
        Intent::Feedback { good } => ("give_feedback", json!({ "good": good })),
        Intent::Want {
            feature,
            query,
            bound,
        } => (
            feature.tool()?,
            json!({ "query": query, "threshold": bound.map(threshold) }),
        ),
        Intent::Help
        | Intent::Hello
        | Intent::Thanks
        | Intent::Reset
        | Intent::Decline
        | Intent::Clarify { .. }
        | Intent::Refuse { .. } => return None,
    };
    Some(ToolCall {
        tool: tool.to_owned(),
        arguments,
    })
}

fn write(manner: &Manner, series: bool, arguments: &mut Map<String, Json>) {
    let mut put = |name: &str, value: Json| arguments.insert(name.to_owned(), value);
    if let Some(wish) = manner.wish {
        put("chart", Json::from(chart(wish, series)));
    }
    if let Some(bound) = manner.threshold {
        put("threshold", threshold(bound));
    }
    if let Some(statistic) = manner.statistic {
        put("statistic", Json::from(statistic.as_str()));
    }
    if manner.ratio {
        put("ratio", Json::from(true));
    }
    if !manner.focus.is_empty() {
        let focus: Vec<Json> = manner.focus.iter().map(about).collect();
        put("focus", Json::from(focus));
    }
}

fn about((dimension, value): &(String, Value)) -> Json {
    json!({ "dimension": dimension, "value": value })
}

fn threshold(bound: Bound) -> Json {
    json!({ "op": bound.than.operator(), "value": bound.value })
}

/// The tool's word for a form of answer.
fn chart(wish: Wish, series: bool) -> &'static str {
    match wish {
        Wish::Chart if series => "line",
        Wish::Line => "line",
        Wish::Chart | Wish::Bar => "bar",
        Wish::Stacked => "stacked_bar",
        Wish::Table => "table",
    }
}

/// What the arguments of an answered call asked for besides its query.
pub(crate) fn manner(drawn: Option<&str>, arguments: &Map<String, Json>) -> Manner {
    let wish = match drawn {
        Some("line") => Some(Wish::Line),
        Some("bar") => Some(Wish::Bar),
        Some("stacked_bar") => Some(Wish::Stacked),
        Some("table") => Some(Wish::Table),
        _ => None,
    };
    let statistic = arguments.get("statistic").and_then(Json::as_str);
    Manner {
        wish,
        threshold: arguments.get("threshold").and_then(bound),
        statistic: [
            Statistic::Average,
            Statistic::Median,
            Statistic::Maximum,
            Statistic::Minimum,
            Statistic::Count,
        ]
        .into_iter()
        .find(|known| Some(known.as_str()) == statistic),
        ratio: arguments.get("ratio").and_then(Json::as_bool) == Some(true),
        focus: Vec::new(),
    }
}

fn bound(json: &Json) -> Option<Bound> {
    let than = match json.get("op")?.as_str()? {
        "gt" => Than::Over,
        "gte" => Than::AtLeast,
        "lt" => Than::Under,
        "lte" => Than::AtMost,
        _ => Than::Exactly,
    };
    Some(Bound {
        than,
        value: json.get("value")?.as_f64()?,
    })
}
