//! Reading the phrases of time in a sentence of about twelve words. The aim is at most 40
//! microseconds, for it is a part of the 300 that reading a question may take.

use almanac_agent_contract::Settings;
use almanac_agent_interpreter::time::{Calendar, in_text, phrases};
use jiff::civil::date;

const SENTENCES: &[&str] = &[
    "what was the net revenue by country and channel between march and june 2025",
    "how many orders did we get yesterday between 9 and 12 by hour",
    "cuantos pedidos hubo en brasil en los ultimos cuarenta y cinco dias habiles",
    "receita por dia da semana do primeiro semestre de 2025 contra o ano passado",
    "top 5 products by revenue for mobile customers in the united states please",
];

fn main() {
    divan::main();
}

fn calendar() -> Calendar {
    Calendar::new(&Settings::default(), date(2026, 11, 20), date(2024, 1, 1))
}

#[divan::bench(args = SENTENCES)]
fn words(bencher: divan::Bencher<'_, '_>, sentence: &str) {
    let calendar = calendar();
    let words: Vec<&str> = sentence.split(' ').collect();
    bencher.bench(|| phrases(divan::black_box(&words), &calendar));
}

#[divan::bench(args = SENTENCES)]
fn text(bencher: divan::Bencher<'_, '_>, sentence: &str) {
    let calendar = calendar();
    bencher.bench(|| in_text(divan::black_box(sentence), &calendar));
}
