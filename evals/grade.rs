//! Grades one reply against its case.

use almanac_agent_contract::{Outcome, Reply, Value};
use almanac_metrics::{Filter, GroupBy, MetricQuery};
use serde::Serialize;

use crate::Expect;

/// How a reply stands to what is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "grade", rename_all = "snake_case")]
pub enum Grade {
    /// As expected.
    Right,
    /// It asked back or refused where another ending was right: no harm, no help.
    Abstained {
        /// How it ended instead.
        outcome: Outcome,
    },
    /// It answered something else than was asked, as if it were sure: the worst.
    ConfidentlyWrong {
        /// What differs.
        difference: String,
    },
}

/// Grades a reply.
#[must_use]
pub fn grade(expect: &Expect, reply: &Reply) -> Grade {
    if reply.outcome != expect.outcome {
        return match reply.outcome {
            Outcome::Answer => Grade::ConfidentlyWrong {
                difference: format!("answered, expected {:?}", expect.outcome),
            },
            outcome => Grade::Abstained { outcome },
        };
    }
    let Some(expected) = &expect.query else {
        return Grade::Right;
    };
    let ran = reply
        .card
        .as_ref()
        .map(|card| serde_json::from_value(card.query.clone()));
    let Some(Ok(ran)) = ran else {
        return Grade::ConfidentlyWrong {
            difference: "answered without a metric query".into(),
        };
    };
    match difference(expected, &ran) {
        None => Grade::Right,
        Some(difference) => Grade::ConfidentlyWrong { difference },
    }
}

/// The first part in which two queries differ, once what does not matter is set aside.
fn difference(expected: &MetricQuery, ran: &MetricQuery) -> Option<String> {
    let part = |name: &str, expected: String, ran: String| {
        (expected != ran).then(|| format!("{name}: expected {expected}, ran {ran}"))
    };
    part("metrics", set(&expected.metrics), set(&ran.metrics))
        .or_else(|| part("group_by", groups(expected), groups(ran)))
        .or_else(|| {
            part(
                "grain",
                format!("{:?}", grain(expected)),
                format!("{:?}", grain(ran)),
            )
        })
        .or_else(|| {
            part(
                "time_range",
                format!("{:?}", expected.time_range),
                format!("{:?}", ran.time_range),
            )
        })
        .or_else(|| part("filters", filters(&expected.filters), filters(&ran.filters)))
        .or_else(|| {
            part(
                "limit",
                format!("{:?}", expected.limit),
                format!("{:?}", ran.limit),
            )
        })
        .or_else(|| {
            let given = !expected.order_by.is_empty();
            given
                .then(|| {
                    let write = |query: &MetricQuery| format!("{:?}", query.order_by);
                    part("order_by", write(expected), write(ran))
                })
                .flatten()
        })
        .or_else(|| {
            let given = !expected.compare.is_empty();
            given
                .then(|| {
                    let write = |query: &MetricQuery| format!("{:?}", query.compare);
                    part("compare", write(expected), write(ran))
                })
                .flatten()
        })
}

fn set(names: &[String]) -> String {
    let mut names = names.to_vec();
    names.sort();
    names.join(", ")
}

/// Groupings but for `metric_time`, whose grain counts as the query's.
fn groups(query: &MetricQuery) -> String {
    let names = query
        .group_by
        .iter()
        .filter(|group| group.dimension != "metric_time");
    set(&names.map(GroupBy::column).collect::<Vec<_>>())
}

fn grain(query: &MetricQuery) -> Option<almanac_agent_contract::Grain> {
    let time = query
        .group_by
        .iter()
        .find(|group| group.dimension == "metric_time");
    query.grain.or_else(|| time.and_then(|group| group.grain))
}

fn filters(filters: &[Filter]) -> String {
    let mut written: Vec<_> = filters
        .iter()
        .map(|filter| {
            let mut values: Vec<_> = filter.values.iter().map(value).collect();
            values.sort();
            format!("{} {:?} {}", filter.dimension, filter.op, values.join("|"))
        })
        .collect();
    written.sort();
    written.join("; ")
}

/// 5 and 5.0 are the same number in a file.
fn value(value: &Value) -> String {
    value
        .number()
        .map_or_else(|| format!("{value:?}"), |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn query(json: serde_json::Value) -> MetricQuery {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn order_of_names_and_values_does_not_matter() {
        let a = query(json!({"metrics": ["a", "b"], "group_by": ["x", "y"],
            "filters": [{"dimension": "c", "op": "in", "values": ["BR", "MX"]}]}));
        let b = query(json!({"metrics": ["b", "a"], "group_by": ["y", "x"],
            "filters": [{"dimension": "c", "op": "in", "values": ["MX", "BR"]}]}));
        assert_eq!(difference(&a, &b), None);
    }

    #[test]
    fn a_time_grouping_is_the_grain() {
        let a = query(json!({"metrics": ["a"], "grain": "week"}));
        let b = query(json!({"metrics": ["a"], "group_by": ["metric_time__week"]}));
        assert_eq!(difference(&a, &b), None);
    }

    #[test]
    fn a_comparison_counts_only_where_it_is_expected() {
        let plain = query(json!({"metrics": ["a"]}));
        let compared = query(json!({"metrics": ["a"], "compare": ["previous_period"]}));
        assert_eq!(difference(&plain, &compared), None);
        assert!(difference(&compared, &plain).is_some());
    }

    #[test]
    fn an_answer_where_none_is_right_is_confidently_wrong() {
        let expect = Expect {
            outcome: Outcome::Refuse,
            query: None,
        };
        let answered = Reply::words(Outcome::Answer, "42");
        assert!(matches!(
            grade(&expect, &answered),
            Grade::ConfidentlyWrong { .. }
        ));
        let asked_back = Reply::words(Outcome::Clarify, "which?");
        assert_eq!(
            grade(&expect, &asked_back),
            Grade::Abstained {
                outcome: Outcome::Clarify
            }
        );
    }
}
