//! Questions that owners of metrics have verified, as cases: they are answered by that metric.

use almanac_agent_contract::{Outcome, Settings};
use almanac_metrics::Catalog;
use jiff::Timestamp;
use serde_json::{Map, json};

use crate::{Case, Expect, QUERY};

/// The area that such cases are reported in.
const AREA: &str = "verified";

/// The verified questions of a catalogue, asked at `now` in the workspace's own language. No
/// variants are made of them: nobody has said which query is right.
#[must_use]
pub fn verified(catalog: &Catalog, settings: &Settings, now: Timestamp) -> Vec<Case> {
    let asked = catalog.metrics.iter().flat_map(|metric| {
        let questions = metric.verified_questions.iter().enumerate();
        questions.map(move |(at, ask)| (metric, at, ask))
    });
    asked
        .map(|(metric, at, ask)| Case {
            area: AREA.to_owned(),
            name: format!("{}_{}", metric.name, at + 1),
            language: settings.language(),
            ask: ask.clone(),
            paraphrases: Vec::new(),
            before: Vec::new(),
            now,
            variants: false,
            expect: Expect {
                outcome: Outcome::Answer,
                query: None,
                arguments: Map::from_iter([("metrics".to_owned(), json!([metric.name]))]),
                tool: Some(QUERY.to_owned()),
                offers: Vec::new(),
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use almanac_agent_contract::ToolCall;

    use super::*;
    use crate::{Grade, Told, grade};

    #[test]
    fn the_metric_must_answer_and_no_other() {
        let catalog: Catalog = serde_json::from_value(json!({
            "metrics": [{"name": "revenue", "label": "Revenue", "description": "",
                "definition": "", "synonyms": [], "format": "number", "direction": null,
                "parent": null, "semi_additive": false, "dimensions": [], "finest_grain": "day",
                "late_days": 0, "owner": "ana", "coverage": null,
                "verified_questions": ["how much did we sell in March?"]}],
            "dimensions": [],
        }))
        .unwrap();
        let now = "2026-11-20T12:00:00Z".parse().unwrap();
        let cases = verified(&catalog, &Settings::default(), now);
        let [case] = cases.as_slice() else {
            panic!("{cases:?}")
        };
        assert_eq!(case.ask, "how much did we sell in March?");
        let graded = |metric: &str| {
            let told = Told {
                outcome: Outcome::Answer,
                text: String::new(),
                call: Some(ToolCall {
                    tool: QUERY.into(),
                    arguments: json!({"metrics": [metric], "limit": 3}),
                }),
                choices: Vec::new(),
                confidence: None,
            };
            grade(&case.expect, &told, &BTreeSet::new())
        };
        assert_eq!(graded("revenue"), Grade::Right);
        assert_ne!(graded("orders"), Grade::Right);
    }
}
