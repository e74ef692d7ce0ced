//! Reading warm: a question against the shop's catalogue, and against one with 200 metrics and
//! 50,000 values. The aim is at most 300 microseconds.

#![expect(
    clippy::expect_used,
    reason = "a bench that cannot be set up has failed"
)]

#[path = "../tests/suite/catalogs.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod catalogs;

use std::sync::Arc;

use almanac_agent_contract::{
    ConversationId, Format, InboxId, Language, PersonId, Scope, Settings, Value, WorkspaceId,
};
use almanac_agent_interpreter::{Lexicon, Question, read};
use almanac_metrics::{Catalog, ValueInfo};
use catalogs::{M, dimension, metric, shop};

const QUESTIONS: &[&str] = &[
    "how was revenue last week?",
    "revenue in Brazil by channel since June",
    "top 5 products this month",
    "revnue by contry last mont compared with the same period last year",
    "¿cuáles fueron los 5 productos más vendidos este mes?",
    "profit margin by planet in Wakanda",
];

fn main() {
    divan::main();
}

fn scope() -> Scope {
    Scope {
        workspace: WorkspaceId::default(),
        person: PersonId::default(),
        conversation: ConversationId::default(),
        inbox: InboxId::default(),
        settings: Arc::new(Settings::default()),
        language: Language::En,
        now: "2026-11-20T12:00:00Z".parse().expect("a moment"),
    }
}

/// The shop, and as much again many times over.
fn large() -> Catalog {
    let mut catalog = shop();
    let stems = [
        "alpha", "delta", "gamma", "kappa", "lambda", "omega", "sigma", "theta", "zeta", "iota",
    ];
    for n in 0..180_usize {
        let name: &'static str = format!("{}_{}_{n}", stems[n % 10], stems[n / 10 % 10]).leak();
        catalog.metrics.push(metric(M {
            name,
            label: name,
            synonyms: &[],
            format: Format::Number,
            parent: None,
            semi: false,
            dims: &["thing__name"],
        }));
    }
    let mut things = dimension("thing__name", "Thing", &[], &[]);
    for n in 0..50_000_usize {
        let text = format!("{} {} {n}", stems[n % 10], stems[n / 7 % 10]);
        things.values.push(ValueInfo {
            value: Value::Text(text),
            synonyms: Vec::new(),
        });
    }
    catalog.dimensions.push(things);
    catalog
}

fn asked<'a>(text: &'a str, scope: &'a Scope) -> Question<'a> {
    Question {
        text,
        state: None,
        terms: &[],
        scope,
    }
}

#[divan::bench(args = QUESTIONS)]
fn shop_catalogue(bencher: divan::Bencher<'_, '_>, question: &str) {
    let lexicon = Lexicon::new(Arc::new(shop()), &Settings::default());
    let scope = scope();
    bencher.bench(|| read(&lexicon, asked(divan::black_box(question), &scope)));
}

#[divan::bench(args = QUESTIONS)]
fn large_catalogue(bencher: divan::Bencher<'_, '_>, question: &str) {
    let lexicon = Lexicon::new(Arc::new(large()), &Settings::default());
    let scope = scope();
    bencher.bench(|| read(&lexicon, asked(divan::black_box(question), &scope)));
}

#[divan::bench(sample_count = 5)]
fn index_large_catalogue(bencher: divan::Bencher<'_, '_>) {
    let catalog = Arc::new(large());
    bencher.bench(|| Lexicon::new(Arc::clone(&catalog), &Settings::default()));
}
