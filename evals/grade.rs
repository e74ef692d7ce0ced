//! Grades what came of a question against what was right.

use std::collections::BTreeSet;

use almanac_agent_contract::{Choice, Confidence, Outcome, ToolCall};
use almanac_metrics::MetricQuery;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::Expect;
use crate::same::{canonical, difference};

/// The tool that runs metric queries.
pub const QUERY: &str = "query_metrics";

/// Arguments beside the query that change what is answered: they must be there where they are
/// expected, and only there.
const TELLING: [&str; 3] = ["ratio", "statistic", "threshold"];

/// What came of a question, as far as it is graded.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// How the turn ended.
    pub outcome: Outcome,
    /// The words.
    pub text: String,
    /// The last tool that was used, if one was.
    pub call: Option<ToolCall>,
    /// What was offered to choose from.
    pub choices: Vec<Choice>,
    /// How sure the reading was, where that is told.
    pub confidence: Option<Confidence>,
}

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
        /// What was missed, where the ending itself was right.
        #[serde(skip_serializing_if = "Option::is_none")]
        missed: Option<String>,
    },
    /// It answered something else than was asked, as if it were sure: the worst.
    ConfidentlyWrong {
        /// What differs.
        difference: String,
    },
}

/// Grades; `offered` are the metrics and dimensions that the choices of a question back ask for.
#[must_use]
pub fn grade(expect: &Expect, told: &Told, offered: &BTreeSet<String>) -> Grade {
    if told.outcome != expect.outcome {
        return match told.outcome {
            Outcome::Answer => Grade::ConfidentlyWrong {
                difference: format!("answered, expected {:?}", expect.outcome),
            },
            outcome => Grade::Abstained {
                outcome,
                missed: None,
            },
        };
    }
    match expect.outcome {
        Outcome::Answer => match unlike(expect, told.call.as_ref()) {
            None => Grade::Right,
            Some(difference) => Grade::ConfidentlyWrong { difference },
        },
        Outcome::Clarify => {
            let missed = expect.offers.iter().find(|name| !offered.contains(*name));
            missed.map_or(Grade::Right, |name| Grade::Abstained {
                outcome: told.outcome,
                missed: Some(format!("{name} is not offered")),
            })
        }
        Outcome::Refuse | Outcome::Error => Grade::Right,
    }
}

/// Splits the arguments of the tool that runs queries into the query and what is beside it; `None`
/// where they hold no query.
#[must_use]
pub fn split(arguments: &Json) -> Option<(MetricQuery, Map<String, Json>)> {
    let mut beside = arguments.as_object()?.clone();
    let mut query = Map::new();
    for part in parts_of_queries() {
        if let Some(value) = beside.remove(part) {
            query.insert(part.to_owned(), value);
        }
    }
    let query = serde_json::from_value(Json::Object(query)).ok()?;
    beside.retain(|_, value| !value.is_null());
    Some((query, beside))
}

/// The names that parts of a query have on the wire.
fn parts_of_queries() -> &'static [String] {
    static PARTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    PARTS.get_or_init(|| {
        let schema = schemars::schema_for!(MetricQuery);
        let parts = schema.get("properties").and_then(Json::as_object);
        parts
            .map(|parts| parts.keys().cloned().collect())
            .unwrap_or_default()
    })
}

/// What an answer was made from instead of what it should have been made from.
fn unlike(expect: &Expect, call: Option<&ToolCall>) -> Option<String> {
    let used = call.map(|call| call.tool.as_str());
    let tool = expect
        .tool
        .as_deref()
        .or(expect.query.as_ref().map(|_| QUERY));
    let Some(tool) = tool else {
        // Words alone are right: a number is the answer to something else.
        return (used == Some(QUERY)).then(|| "ran a query, expected words alone".to_owned());
    };
    let Some(call) = call.filter(|call| call.tool == tool) else {
        return Some(format!(
            "tool: expected {tool}, used {}",
            used.unwrap_or("none")
        ));
    };
    let Some(expected) = &expect.query else {
        let given = call.arguments.as_object();
        return beside(&expect.arguments, given.unwrap_or(&Map::new()), &[]);
    };
    let Some((ran, given)) = split(&call.arguments) else {
        return Some("answered without a metric query".into());
    };
    let ratio = expect.arguments.get("ratio") == Some(&Json::Bool(true));
    difference(expected, &ran, ratio).or_else(|| beside(&expect.arguments, &given, &TELLING))
}

/// The first argument that differs, of those expected and those named.
fn beside(
    expected: &Map<String, Json>,
    given: &Map<String, Json>,
    also: &[&str],
) -> Option<String> {
    let names = expected.keys().map(String::as_str);
    let names: BTreeSet<_> = names.chain(also.iter().copied()).collect();
    names.into_iter().find_map(|name| {
        let written = |arguments: &Map<String, Json>| {
            let argument = arguments.get(name).filter(|argument| **argument != false);
            argument.map_or_else(|| "none".to_owned(), canonical)
        };
        let (expected, given) = (written(expected), written(given));
        (expected != given).then(|| format!("{name}: expected {expected}, gave {given}"))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn expect(json: Json) -> Expect {
        serde_json::from_value(json).unwrap()
    }

    fn told(outcome: Outcome, call: Option<(&str, Json)>) -> Told {
        Told {
            outcome,
            text: String::new(),
            call: call.map(|(tool, arguments)| ToolCall {
                tool: tool.into(),
                arguments,
            }),
            choices: Vec::new(),
            confidence: None,
        }
    }

    fn graded(expected: Json, outcome: Outcome, call: Option<(&str, Json)>) -> Grade {
        grade(&expect(expected), &told(outcome, call), &BTreeSet::new())
    }

    fn is_wrong(grade: &Grade) -> bool {
        matches!(grade, Grade::ConfidentlyWrong { .. })
    }

    #[test]
    fn an_answer_where_none_is_right_is_confidently_wrong() {
        let refuse = json!({"outcome": "refuse"});
        assert!(is_wrong(&graded(refuse.clone(), Outcome::Answer, None)));
        assert_eq!(
            graded(refuse, Outcome::Clarify, None),
            Grade::Abstained {
                outcome: Outcome::Clarify,
                missed: None
            }
        );
    }

    #[test]
    fn arguments_beside_the_query_are_held_to() {
        let expected = json!({"outcome": "answer", "query": {"metrics": ["revenue"]},
            "arguments": {"threshold": {"op": "gte", "value": 1_000_000}}});
        let ran = |value: Json| {
            let threshold = json!({"op": "gte", "value": value});
            json!({"metrics": ["revenue"], "threshold": threshold, "chart": "bar"})
        };
        let graded =
            |arguments| graded(expected.clone(), Outcome::Answer, Some((QUERY, arguments)));
        assert_eq!(graded(ran(json!(1e6))), Grade::Right);
        assert!(is_wrong(&graded(ran(json!(1e5)))));
        assert!(is_wrong(&graded(json!({"metrics": ["revenue"]}))));
    }

    #[test]
    fn a_statistic_that_nobody_asked_for_is_wrong() {
        let expected = json!({"outcome": "answer", "query": {"metrics": ["revenue"]}});
        let ran = json!({"metrics": ["revenue"], "statistic": "average"});
        assert!(is_wrong(&graded(
            expected,
            Outcome::Answer,
            Some((QUERY, ran))
        )));
    }

    #[test]
    fn the_tool_counts() {
        let expected = json!({"outcome": "answer", "tool": "describe_metric",
            "arguments": {"metric": "mrr"}});
        let graded =
            |tool, arguments| graded(expected.clone(), Outcome::Answer, Some((tool, arguments)));
        assert_eq!(
            graded("describe_metric", json!({"metric": "mrr"})),
            Grade::Right
        );
        assert!(is_wrong(&graded(
            "describe_metric",
            json!({"metric": "arr"})
        )));
        assert!(is_wrong(&graded(QUERY, json!({"metrics": ["mrr"]}))));
    }

    #[test]
    fn a_number_does_not_answer_a_greeting() {
        let expected = json!({"outcome": "answer"});
        assert_eq!(
            graded(expected.clone(), Outcome::Answer, None),
            Grade::Right
        );
        let ran = Some((QUERY, json!({"metrics": ["revenue"]})));
        assert!(is_wrong(&graded(expected, Outcome::Answer, ran)));
    }

    #[test]
    fn a_question_back_must_offer_what_is_meant() {
        let expected = expect(json!({"outcome": "clarify", "offers": ["mrr", "arr"]}));
        let told = told(Outcome::Clarify, None);
        let offered = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(
            grade(&expected, &told, &offered(&["arr", "mrr", "nps"])),
            Grade::Right
        );
        let Grade::Abstained { missed, .. } = grade(&expected, &told, &offered(&["mrr"])) else {
            panic!("it offered no ARR");
        };
        assert_eq!(missed.as_deref(), Some("arr is not offered"));
    }
}
