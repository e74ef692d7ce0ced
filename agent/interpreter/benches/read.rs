//! Reading warm: some two hundred questions, and the same with typos, against catalogues of 200
//! metrics with 500, 50,000 and a million values. Prints percentiles of one reading each; the aim
//! is at most 300 microseconds for the second.

#![expect(
    clippy::expect_used,
    reason = "a bench that cannot be set up has failed"
)]

mod synthetic;

use std::sync::Arc;
use std::time::{Duration, Instant};

use almanac_agent_contract::{
    ConversationId, InboxId, Language, PersonId, Scope, Settings, WorkspaceId,
};
use almanac_agent_interpreter::{Lexicon, Question, read};
use synthetic::{catalog, questions, with_typos};

const QUESTIONS: usize = 216;
const ROUNDS: usize = 15;

fn main() {
    let scope = Scope {
        workspace: WorkspaceId::default(),
        person: PersonId::default(),
        conversation: ConversationId::default(),
        inbox: InboxId::default(),
        settings: Arc::new(Settings::default()),
        language: Language::En,
        now: "2026-11-20T12:00:00Z".parse().expect("a moment"),
    };
    for (dimensions, values) in [(25, 500), (25, 50_000), (20, 1_000_000)] {
        let catalog = Arc::new(catalog(200, dimensions, values));
        let lexicon = Lexicon::new(Arc::clone(&catalog), &Settings::default());
        println!("200 metrics, {values} values");
        let plain = questions(&catalog, QUESTIONS);
        let typos = with_typos(&plain);
        for (kind, questions) in [("as they are", plain), ("with typos", typos)] {
            measure(kind, &questions, |question| {
                let question = Question {
                    text: question,
                    state: None,
                    terms: &[],
                    scope: &scope,
                };
                read(&lexicon, question).query().is_some()
            });
        }
    }
}

/// Reads each question once unmeasured, then some times, and keeps its median.
fn measure(kind: &str, questions: &[String], read: impl Fn(&str) -> bool) {
    let mut answered = 0;
    let mut took: Vec<(Duration, &str)> = Vec::new();
    for question in questions {
        answered += usize::from(read(question));
        let mut times: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(read(std::hint::black_box(question)));
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        took.push((times[ROUNDS / 2], question));
    }
    took.sort_unstable();
    let at = |share: usize| took[(took.len() - 1) * share / 100].0;
    println!(
        "  {kind}: p50 {:?}, p95 {:?}, max {:?} ({}); {answered} of {} answered",
        at(50),
        at(95),
        at(100),
        took.last().map_or("", |(_, question)| question),
        questions.len(),
    );
}
