//! A case: what is asked and what is right. Read from `catalogs/<catalogue>/cases/<area>.yml`,
//! whose authors hear what is wrong with it, by file and line.

use almanac_agent_contract::{Language, Outcome};
use almanac_metrics::MetricQuery;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use serde_saphyr::Spanned;

/// One question with its right answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The name of its file.
    pub area: String,
    /// Unique in its catalogue.
    pub name: String,
    /// The language it is asked in.
    pub language: Language,
    /// The question that is graded.
    pub ask: String,
    /// Other words with the same right answer, written by hand: each a case of its own.
    pub paraphrases: Vec<String>,
    /// What the person said before, in the same conversation.
    pub before: Vec<String>,
    /// The moment it is asked at.
    pub now: Timestamp,
    /// Whether variants are made of it by rule.
    pub variants: bool,
    /// What is right.
    pub expect: Expect,
}

/// What is right.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// How the turn must end.
    pub outcome: Outcome,
    /// The query that must have run; comparisons and order count only where they are given.
    #[serde(default)]
    pub query: Option<MetricQuery>,
    /// Arguments of the tool, or those beside the query: each must be equal.
    #[serde(default)]
    pub arguments: Map<String, Json>,
    /// The tool that must have answered; `query_metrics` where a query is given.
    #[serde(default)]
    pub tool: Option<String>,
    /// Metrics and dimensions that must be among what a question back offers.
    #[serde(default)]
    pub offers: Vec<String>,
}

/// What is wrong with a file of cases, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The line, from 1; `None` where it is not one line's fault.
    pub(crate) line: Option<u64>,
    /// What is wrong, in a sentence.
    pub(crate) text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cases: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    #[serde(default)]
    language: Language,
    ask: String,
    #[serde(default)]
    paraphrases: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    now: Option<Timestamp>,
    #[serde(default = "yes")]
    variants: bool,
    expect: Expect,
}

const fn yes() -> bool {
    true
}

/// The cases of one file, with the line of each; `now` is the moment of those that give none.
///
/// # Errors
/// The first thing that is wrong.
pub(crate) fn read(text: &str, area: &str, now: Timestamp) -> Result<Vec<(u64, Case)>, Wrong> {
    let file: File = serde_saphyr::from_str(text).map_err(|error| wrong(&error))?;
    let cases = file.cases.into_iter().map(|entry| {
        let line = entry.name.referenced.line();
        let case = Case {
            area: area.to_owned(),
            name: entry.name.value,
            language: entry.language,
            ask: entry.ask,
            paraphrases: entry.paraphrases,
            before: entry.before,
            now: entry.now.unwrap_or(now),
            variants: entry.variants,
            expect: entry.expect,
        };
        match impossible(&case) {
            None => Ok((line, case)),
            Some(why) => Err(Wrong {
                line: Some(line),
                text: format!("the case {:?} {why}", case.name),
            }),
        }
    });
    cases.collect()
}

/// A parser's error in one line.
pub(crate) fn wrong(error: &serde_saphyr::Error) -> Wrong {
    let error = error.without_snippet();
    let text = error.to_string();
    Wrong {
        line: error.location().map(|at| at.line()),
        text: text.lines().next().unwrap_or_default().to_owned(),
    }
}

/// What no reply could meet.
fn impossible(case: &Case) -> Option<&'static str> {
    let Expect {
        outcome,
        query,
        arguments,
        tool,
        offers,
    } = &case.expect;
    let asks_for_a_tool = query.is_some() || tool.is_some() || !arguments.is_empty();
    if case.name.trim().is_empty() {
        Some("has no name")
    } else if asks_for_a_tool && *outcome != Outcome::Answer {
        Some("expects a query, tool or arguments, but no answer")
    } else if !offers.is_empty() && *outcome != Outcome::Clarify {
        Some("expects offers, but no question back")
    } else if query.is_some()
        && tool
            .as_deref()
            .is_some_and(|tool| tool != crate::grade::QUERY)
    {
        Some("expects a query of a tool that runs none")
    } else if !arguments.is_empty() && tool.is_none() && query.is_none() {
        Some("expects arguments, but says neither query nor tool")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(u64, Case)>, Wrong> {
        let now = "2026-11-20T12:00:00Z".parse().unwrap();
        super::read(text, "value", now)
    }

    #[test]
    fn a_case_needs_little() {
        let cases = read(
            "cases:\n  - name: plain\n    ask: \"MRR\"\n    expect: {outcome: answer, query: {metrics: [mrr]}}\n",
        )
        .unwrap();
        let [(line, case)] = cases.as_slice() else {
            panic!("{cases:?}")
        };
        assert_eq!(
            (*line, case.language, case.variants),
            (2, Language::En, true)
        );
        assert_eq!(case.now.to_string(), "2026-11-20T12:00:00Z");
    }

    #[test]
    fn an_unknown_key_is_told_with_its_line() {
        let wrong = read(
            "cases:\n  - name: plain\n    ask: \"MRR\"\n    expect:\n      outcome: answer\n      query: {metrics: [mrr], group: [plan]}\n",
        )
        .unwrap_err();
        assert_eq!(wrong.line, Some(6));
        assert!(wrong.text.contains("group"), "{}", wrong.text);
    }

    #[test]
    fn an_expectation_that_nothing_meets_is_told() {
        let wrong = read(
            "cases:\n  - name: plain\n    ask: \"MRR\"\n    expect: {outcome: refuse, query: {metrics: [mrr]}}\n",
        )
        .unwrap_err();
        assert_eq!(wrong.line, Some(2));
        assert!(wrong.text.contains("but no answer"), "{}", wrong.text);
    }
}
