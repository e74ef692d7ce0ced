//! Whether two metric queries ask for the same: what the grader finds different between the query
//! that was right and the one that ran.
//!
//! Names and conditions count as sets, a grouping by `metric_time` is the grain, one alternative is
//! no alternative, and hours from 9 to before 12 are the hours 9, 10 and 11. Comparisons and order
//! count only where they are expected. Whatever else a query may hold must be equal.

use std::collections::{BTreeMap, BTreeSet};

use almanac_agent_contract::{Grain, Value};
use almanac_metrics::{Filter, GroupBy, MetricQuery, Operator, OrderBy};
use serde_json::Value as Json;

/// Parts of a query that have a comparison of their own.
const OWN: [&str; 8] = [
    "metrics", "group_by", "grain", "filters", "any_of", "order_by", "compare", "align",
];

/// The first part in which two queries differ, in words. Where `first_by_second`, the order of the
/// metrics counts.
pub(crate) fn difference(
    expected: &MetricQuery,
    ran: &MetricQuery,
    first_by_second: bool,
) -> Option<String> {
    let metrics = |query: &MetricQuery| {
        if first_by_second {
            query.metrics.join(" / ")
        } else {
            set(query.metrics.clone())
        }
    };
    let order_given = !expected.order_by.is_empty();
    let compare_given = !expected.compare.is_empty();
    unlike("metrics", metrics(expected), metrics(ran))
        .or_else(|| unlike("group_by", groups(expected), groups(ran)))
        .or_else(|| unlike("grain", grain(expected), grain(ran)))
        .or_else(|| unlike("filters", conditions(expected), conditions(ran)))
        .or_else(|| rest(expected, ran))
        .or_else(|| {
            let wanted = order(expected);
            let mut found = order(ran);
            // Further keys only settle ties.
            found.truncate(wanted.len());
            order_given
                .then(|| unlike("order_by", wanted.join(", "), found.join(", ")))
                .flatten()
        })
        .or_else(|| {
            let write = |query: &MetricQuery| format!("{:?}", query.compare);
            compare_given
                .then(|| unlike("compare", write(expected), write(ran)))
                .flatten()
        })
}

/// A value as it is compared: 5 and 5.0 are the same number.
pub(crate) fn canonical(json: &Json) -> String {
    match json {
        Json::Number(number) => number
            .as_f64()
            .map_or_else(|| number.to_string(), |x| x.to_string()),
        Json::Array(items) => set(items.iter().map(canonical)),
        Json::Object(parts) => set(parts
            .iter()
            .map(|(key, part)| format!("{key}: {}", canonical(part)))),
        other => other.to_string(),
    }
}

fn unlike(part: &str, expected: String, ran: String) -> Option<String> {
    let shown = |text: String| if text.is_empty() { "none".into() } else { text };
    (expected != ran).then(|| format!("{part}: expected {}, ran {}", shown(expected), shown(ran)))
}

fn set(names: impl IntoIterator<Item = String>) -> String {
    let names: BTreeSet<_> = names.into_iter().collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// Groupings but for `metric_time` at a grain, which counts as the query's.
fn groups(query: &MetricQuery) -> String {
    let named = query
        .group_by
        .iter()
        .filter(|group| group.dimension != "metric_time");
    set(named.map(GroupBy::column))
}

fn grain(query: &MetricQuery) -> String {
    let time = query
        .group_by
        .iter()
        .find(|group| group.dimension == "metric_time");
    let grain = query
        .grain
        .or_else(|| time.and_then(|group| group.grain.or(Some(Grain::Day))));
    grain.map_or_else(String::new, |grain| grain.as_str().to_owned())
}

/// Everything that has no comparison of its own, by its name on the wire.
fn rest(expected: &MetricQuery, ran: &MetricQuery) -> Option<String> {
    let parts = |query: &MetricQuery| -> BTreeMap<String, String> {
        let Ok(Json::Object(parts)) = serde_json::to_value(query) else {
            return BTreeMap::new();
        };
        let rest = parts
            .into_iter()
            .filter(|(name, _)| !OWN.contains(&name.as_str()));
        rest.map(|(name, part)| (name, canonical(&part))).collect()
    };
    let (expected, ran) = (parts(expected), parts(ran));
    let names: BTreeSet<_> = expected.keys().chain(ran.keys()).collect();
    names.into_iter().find_map(|name| {
        let part = |parts: &BTreeMap<_, String>| parts.get(name).cloned().unwrap_or_default();
        unlike(name, part(&expected), part(&ran))
    })
}

/// All filters, with alternatives that are none among them.
fn conditions(query: &MetricQuery) -> String {
    let mut all = query.filters.clone();
    let mut either = Vec::new();
    for alternatives in alternatives(query) {
        match one(&alternatives) {
            Some(filter) => all.push(filter),
            None => either.push(format!(
                "any of ({})",
                set(alternatives.iter().map(written))
            )),
        }
    }
    let mut parts: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    let mut texts = either;
    for filter in &all {
        match passing(filter) {
            Some(passing) => {
                let left = parts
                    .entry(&filter.dimension)
                    .or_insert_with(|| passing.clone());
                *left = left.intersection(&passing).copied().collect();
            }
            None => texts.push(written(filter)),
        }
    }
    texts.extend(
        parts
            .iter()
            .map(|(part, passing)| format!("{part} in {passing:?}")),
    );
    set(texts)
}

fn alternatives(query: &MetricQuery) -> Vec<Vec<Filter>> {
    serde_json::to_value(query)
        .ok()
        .and_then(|mut json| serde_json::from_value(json.get_mut("any_of")?.take()).ok())
        .unwrap_or_default()
}

/// The one filter that alternatives come to, where they do.
fn one(alternatives: &[Filter]) -> Option<Filter> {
    let (first, others) = alternatives.split_first()?;
    let joined = first.op == Operator::In
        && others
            .iter()
            .all(|other| other.op == Operator::In && other.dimension == first.dimension);
    (others.is_empty() || joined).then(|| Filter {
        values: alternatives
            .iter()
            .flat_map(|filter| filter.values.clone())
            .collect(),
        ..first.clone()
    })
}

/// The values of a part of dates that a filter lets pass; `None` for any other dimension.
fn passing(filter: &Filter) -> Option<BTreeSet<i64>> {
    let (_, part) = filter.dimension.rsplit_once("__extract_")?;
    let all = match part {
        "hour" => 0..=23,
        "dow" => 1..=7,
        "day" => 1..=31,
        "month" => 1..=12,
        "quarter" => 1..=4,
        _ => return None,
    };
    let values = filter.values.iter().map(number);
    let values: Vec<f64> = values.collect::<Option<_>>()?;
    #[expect(clippy::cast_precision_loss, reason = "at most 31")]
    let passes = |at: i64| {
        let at = at as f64;
        let any = |test: fn(&f64, &f64) -> bool| values.iter().any(|value| test(&at, value));
        Some(match filter.op {
            Operator::In => any(f64::eq),
            Operator::NotIn => !any(f64::eq),
            Operator::Gt => any(f64::gt),
            Operator::Gte => any(f64::ge),
            Operator::Lt => any(f64::lt),
            Operator::Lte => any(f64::le),
            Operator::Contains | Operator::IsNull | Operator::IsNotNull => return None,
        })
    };
    let mut passing = BTreeSet::new();
    for at in all {
        if passes(at)? {
            passing.insert(at);
        }
    }
    Some(passing)
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Text(text) => text.parse().ok(),
        other => other.number(),
    }
}

fn written(filter: &Filter) -> String {
    let values = set(filter.values.iter().map(|value| {
        value
            .number()
            .map_or_else(|| format!("{value:?}"), |number| number.to_string())
    }));
    let op = serde_json::to_value(filter.op).unwrap_or_default();
    let op = op.as_str().unwrap_or_default();
    format!("{} {op} [{values}]", filter.dimension)
}

/// The order as it runs: a query without one has the layer's.
fn order(query: &MetricQuery) -> Vec<String> {
    let write = |order: &OrderBy| {
        let way = if order.descending { "down" } else { "up" };
        let by = GroupBy::from(order.by.clone());
        let by = if by.dimension == "metric_time" {
            by.dimension
        } else {
            order.by.clone()
        };
        format!("{by} {way}")
    };
    match (query.order_by.as_slice(), query.metrics.first()) {
        ([], Some(metric)) if query.grain.is_none() => vec![format!("{metric} down")],
        ([], _) => vec!["metric_time up".to_owned()],
        (given, _) => given.iter().map(write).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn query(json: Json) -> MetricQuery {
        serde_json::from_value(json).unwrap()
    }

    fn same(a: Json, b: Json) -> bool {
        difference(&query(a), &query(b), false).is_none()
    }

    #[test]
    fn order_of_names_and_values_does_not_matter() {
        assert!(same(
            json!({"metrics": ["a", "b"], "group_by": ["x", "y"],
                "filters": [{"dimension": "c", "op": "in", "values": ["BR", "MX"]}]}),
            json!({"metrics": ["b", "a"], "group_by": ["y", "x"],
                "filters": [{"dimension": "c", "op": "in", "values": ["MX", "BR"]}]}),
        ));
    }

    #[test]
    fn of_a_ratio_the_order_of_the_metrics_matters() {
        let a = query(json!({"metrics": ["revenue", "sessions"]}));
        let b = query(json!({"metrics": ["sessions", "revenue"]}));
        assert_eq!(difference(&a, &b, false), None);
        assert!(difference(&a, &b, true).is_some());
    }

    #[test]
    fn a_time_grouping_is_the_grain() {
        assert!(same(
            json!({"metrics": ["a"], "grain": "week"}),
            json!({"metrics": ["a"], "group_by": ["metric_time__week"]}),
        ));
    }

    #[test]
    fn a_comparison_counts_only_where_it_is_expected() {
        let plain = json!({"metrics": ["a"]});
        let compared = json!({"metrics": ["a"], "compare": ["previous_period"]});
        assert!(same(plain.clone(), compared.clone()));
        assert!(!same(compared, plain));
    }

    #[test]
    fn an_order_is_the_one_that_runs() {
        let down = json!({"metrics": ["a"], "group_by": ["x"], "limit": 5,
            "order_by": [{"by": "a", "descending": true}]});
        let up = json!({"metrics": ["a"], "group_by": ["x"], "limit": 5,
            "order_by": [{"by": "a"}]});
        let usual = json!({"metrics": ["a"], "group_by": ["x"], "limit": 5});
        assert!(same(down.clone(), usual.clone()));
        assert!(!same(up.clone(), usual.clone()));
        assert!(same(usual, up));
        assert!(!same(
            down.clone(),
            json!({"metrics": ["a"], "group_by": ["x"], "limit": 3})
        ));
    }

    #[test]
    fn hours_are_the_hours_that_pass() {
        let hours = |filters: Json| json!({"metrics": ["a"], "filters": filters});
        let hour = "metric_time__extract_hour";
        let between = hours(json!([{"dimension": hour, "op": "gte", "values": [9]},
            {"dimension": hour, "op": "lt", "values": [12]}]));
        let listed = hours(json!([{"dimension": hour, "op": "in", "values": [9, 10, 11]}]));
        let longer = hours(json!([{"dimension": hour, "op": "gte", "values": [9]},
            {"dimension": hour, "op": "lte", "values": [12]}]));
        assert!(same(between.clone(), listed));
        assert!(!same(between, longer));
    }

    #[test]
    fn alternatives_of_one_dimension_are_a_filter() {
        let country = |value: &str| json!({"dimension": "country", "op": "in", "values": [value]});
        let device = json!({"dimension": "device", "op": "in", "values": ["mobile"]});
        let either = |list: Json| json!({"metrics": ["a"], "any_of": [list]});
        assert!(same(
            either(json!([country("BR"), country("MX")])),
            json!({"metrics": ["a"],
                "filters": [{"dimension": "country", "op": "in", "values": ["MX", "BR"]}]}),
        ));
        assert!(same(
            either(json!([country("BR"), device])),
            either(json!([device, country("BR")])),
        ));
        assert!(!same(
            either(json!([country("BR"), device])),
            json!({"metrics": ["a"], "filters": [country("BR"), device]}),
        ));
    }

    #[test]
    fn a_part_that_is_only_in_one_is_told() {
        let told = difference(
            &query(json!({"metrics": ["a"], "group_by": ["x"], "shares": true})),
            &query(json!({"metrics": ["a"], "group_by": ["x"]})),
            false,
        );
        assert_eq!(told.as_deref(), Some("shares: expected true, ran none"));
    }
}
