//! Runs cases through whatever answers.

use almanac_agent_contract::Reply;
use jiff::Timestamp;

use crate::{Bar, Case, Report, Scored, grade};

/// One question of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask<'a> {
    /// The conversation: one a case.
    pub conversation: &'a str,
    /// The words.
    pub question: &'a str,
    /// The moment.
    pub now: Timestamp,
}

/// Asks every case in a conversation of its own, one after the other, and grades the last reply.
///
/// # Errors
/// What `ask` fails with: the line itself is broken, which no grade can say.
pub async fn run<E>(
    cases: &[Case],
    bar: Option<Bar>,
    ask: impl AsyncFn(Ask<'_>) -> Result<Reply, E>,
) -> Result<Report, E> {
    let mut scored = Vec::with_capacity(cases.len());
    for case in cases {
        let conversation = format!("eval/{}/{}", case.area, case.name);
        for question in &case.before {
            ask(Ask {
                conversation: &conversation,
                question,
                now: case.now,
            })
            .await?;
        }
        let question = case.question.as_str();
        let reply = ask(Ask {
            conversation: &conversation,
            question,
            now: case.now,
        })
        .await?;
        scored.push(Scored {
            area: case.area.clone(),
            name: case.name.clone(),
            question: case.question.clone(),
            text: reply.text.clone(),
            grade: grade(&case.expect, &reply),
        });
    }
    Ok(Report::new(scored, bar))
}
