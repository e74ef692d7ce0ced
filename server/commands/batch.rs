//! `almanac ask --batch questions.jsonl`: one JSON object out per line in.
//!
//! In: `{"id": "7", "turns": ["revenue last week"], "question": "by country",
//! "now": "2026-11-20T12:00:00Z", "as": "ana"}`; all but `question` may be left out.
//! Out: the object of `ask --json`, with the `id`. A line that cannot be read gives an object
//! with outcome "error"; nothing is skipped.

use std::path::Path;

use almanac_agent_contract::{AskAnswer, Outcome, Reply};
use anyhow::anyhow;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::say::say;
use crate::asking::Question;
use crate::cli::AskArgs;
use crate::{App, Asker, Failure, Setup, Status};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default)]
    id: Json,
    #[serde(default)]
    turns: Vec<String>,
    question: String,
    now: Option<Timestamp>,
    #[serde(rename = "as")]
    person: Option<String>,
}

#[derive(Debug, Serialize)]
struct Out<'a> {
    id: &'a Json,
    #[serde(flatten)]
    answer: AskAnswer<'a>,
}

pub(super) async fn run(file: &Path, args: &AskArgs) -> Result<Status, Failure> {
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::usage(anyhow!("{} cannot be read: {error}", file.display())))?;
    let setup = Setup::settle(&args.place, args.now)?;
    let asker = Asker::start(App::open(&setup).await?);
    // Bytes that are no text spoil their own line and no other.
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    for (number, text) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let (id, reply) = match serde_json::from_str::<Line>(text) {
            Ok(line) => {
                let answered = converse(&asker, &line, args).await;
                let failed = |failure: Failure| Reply::words(Outcome::Error, failure.to_string());
                (line.id, answered.unwrap_or_else(failed))
            }
            Err(error) => {
                let said = format!("{}:{}: {error}", file.display(), number + 1);
                (id_of(text), Reply::words(Outcome::Error, said))
            }
        };
        say!(
            "{}",
            serde_json::to_string(&Out {
                id: &id,
                answer: AskAnswer::from(&reply)
            })?
        );
    }
    asker.stop().await;
    Ok(Status::Done)
}

/// The turns before, then the question, in a conversation of their own.
async fn converse(asker: &Asker, line: &Line, args: &AskArgs) -> Result<Reply, Failure> {
    let conversation = Uuid::now_v7().to_string();
    let question = |text| Question {
        text,
        person: line.person.as_deref().or(args.person.as_deref()),
        conversation: Some(&conversation),
        now: line.now.or(args.now),
    };
    for turn in &line.turns {
        asker.ask(question(turn)).await?;
    }
    asker.ask(question(&line.question)).await
}

/// The id of a line that is JSON but no question.
fn id_of(text: &str) -> Json {
    let parsed: Option<Json> = serde_json::from_str(text).ok();
    parsed
        .and_then(|json| json.get("id").cloned())
        .unwrap_or_default()
}
