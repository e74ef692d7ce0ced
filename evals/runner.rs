//! Asks questions of whatever answers, and grades what comes of them.

use std::collections::BTreeSet;

use almanac_agent_contract::Outcome;

use crate::grade::{QUERY, split};
use crate::{Dialogue, Kind, Question, Scored, Suite, Told, grade};

/// Asks `questions` of `suite`, one after the other, and grades the last reply of each. `ask`
/// answers; `read` says what a question would be answered from, for the choices that a reply
/// offers.
///
/// # Errors
/// What either fails with: it is broken then, which no grade can say.
pub async fn run<E>(
    suite: &Suite,
    questions: &[Question<'_>],
    ask: impl AsyncFn(Kind, Dialogue<'_>) -> Result<Told, E>,
    read: impl AsyncFn(Dialogue<'_>) -> Result<Told, E>,
) -> Result<Vec<Scored>, E> {
    let mut scored = Vec::with_capacity(questions.len());
    for question in questions {
        let told = ask(question.kind, question.dialogue()).await?;
        let expect = &question.case.expect;
        let mut offered = BTreeSet::new();
        if told.outcome == Outcome::Clarify && !expect.offers.is_empty() {
            for choice in &told.choices {
                let chosen = Dialogue {
                    question: &choice.ask,
                    ..question.dialogue()
                };
                offered.extend(named(&read(chosen).await?));
            }
        }
        let grade = grade(expect, &told, &offered);
        scored.push(Scored::new(suite, question, told, grade));
    }
    Ok(scored)
}

/// The metrics and dimensions that a reply is made from.
fn named(told: &Told) -> Vec<String> {
    let Some(call) = &told.call else {
        return Vec::new();
    };
    if call.tool != QUERY {
        let metric = call.arguments.get("metric").and_then(|name| name.as_str());
        return metric.map(str::to_owned).into_iter().collect();
    }
    let Some((query, _)) = split(&call.arguments) else {
        return Vec::new();
    };
    let groups = query.group_by.into_iter().map(|group| group.dimension);
    let filters = query.filters.into_iter().map(|filter| filter.dimension);
    query
        .metrics
        .into_iter()
        .chain(groups)
        .chain(filters)
        .collect()
}
