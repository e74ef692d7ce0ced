//! A word left out, as hurried people do: an article, a preposition or an auxiliary that a reader
//! does not miss.

use almanac_agent_contract::Language;

use super::asks_for_numbers;
use super::draw::Draw;
use super::function_words::opens;
use super::known::Known;
use super::times::tells_time;
use super::words::{Word, joined, words};
use crate::Case;

const ENGLISH: &[&str] = &[
    "are", "did", "do", "does", "in", "is", "of", "on", "our", "the", "was", "were",
];
const SPANISH: &[&str] = &["de", "el", "en", "fue", "fueron", "la", "las", "los"];
const PORTUGUESE: &[&str] = &[
    "da", "das", "de", "do", "dos", "em", "foi", "foram", "na", "nas", "nos", "o", "os",
];

/// Words around which every word counts.
const TELLING: &[&str] = &[
    "acordo",
    "acuerdo",
    "antes",
    "apart",
    "average",
    "base",
    "because",
    "centro",
    "comparacao",
    "comparacion",
    "dentro",
    "depois",
    "despues",
    "dia",
    "each",
    "every",
    "except",
    "excepto",
    "exceto",
    "fora",
    "fuera",
    "instead",
    "kind",
    "lugar",
    "mais",
    "mas",
    "media",
    "menos",
    "number",
    "numero",
    "out",
    "part",
    "promedio",
    "que",
    "relacao",
    "rest",
    "resto",
    "share",
    "tipo",
    "top",
    "total",
    "type",
    "vez",
    "euros",
    "dollars",
    "dolares",
    "reais",
    "pesos",
    "terms",
    "terminos",
    "termos",
    "average",
    "median",
    "order",
    "most",
    "least",
    "the",
    "one",
    "ones",
    "other",
    "others",
    "first",
    "second",
];

/// The question with a word left out.
pub(super) fn missing(case: &Case, known: &Known, draw: &mut Draw) -> Vec<String> {
    if !asks_for_numbers(case) || !case.before.is_empty() {
        return Vec::new();
    }
    let all = words(&case.ask);
    let first = all.first().map(Word::folded).unwrap_or_default();
    // "what's the MRR?" asks for a number, "what's MRR?" for its meaning.
    let timeless = case
        .expect
        .query
        .as_ref()
        .is_none_or(|query| query.time_range.is_none());
    if timeless && opens(first.split(['\'', '’']).next().unwrap_or_default()) {
        return Vec::new();
    }
    let inner = 1..all.len().saturating_sub(1);
    let places: Vec<usize> = inner
        .filter(|at| spare(&all, *at, case.language) && !is_named(&all, *at, known))
        .collect();
    let Some(at) = draw.one_of(&places) else {
        return Vec::new();
    };
    let mut left = all.clone();
    left.remove(*at);
    vec![joined(&left)]
}

/// Whether the word at a place is part of a name of the catalogue.
fn is_named(words: &[Word], at: usize, known: &Known) -> bool {
    let [before, word, after] = [at - 1, at, at + 1].map(|at| words[at].folded());
    known.are_named_together(&before, &word) || known.are_named_together(&word, &after)
}

/// Whether the word at a place says nothing that the words around it do not say.
fn spare(words: &[Word], at: usize, language: Language) -> bool {
    let listed = match language {
        Language::En => ENGLISH,
        Language::Es => SPANISH,
        Language::Pt => PORTUGUESE,
    };
    let word = &words[at];
    let folded = word.text.as_str();
    let (before, after) = (words[at - 1].folded(), words[at + 1].folded());
    let settled = listed.contains(&folded)
        && word.is_bare()
        && words[at - 1].is_bare()
        && !TELLING.contains(&before.as_str())
        && !TELLING.contains(&after.as_str());
    // Before a number or a name in capitals, a preposition may be a part of what is meant.
    let named = |text: &str| {
        text.chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_numeric())
    };
    let counted = after.parse::<f64>().is_ok() && after.len() != 4;
    let joins = match (language, folded) {
        (Language::Es | Language::Pt, "de") if counted => true,
        (Language::En, "of" | "in" | "on") => {
            tells_time(&before)
                || named(&words[at + 1].text) && named(&words[at - 1].text)
                || counted
        }
        // "de marzo a junio", "dia de la semana", "el lunes".
        (Language::Es, "de") => {
            tells_time(&before) || tells_time(&after) || named(&words[at - 1].text)
        }
        (Language::Es, "el" | "los") => after.parse::<f64>().is_ok() || weekday(&after),
        (Language::Pt, "de" | "da" | "do" | "das" | "dos") => {
            tells_time(&before) || tells_time(&after) || named(&words[at - 1].text)
        }
        (Language::Pt, "na" | "nas" | "nos") => weekday(&after),
        _ => false,
    };
    settled && !joins
}

fn weekday(folded: &str) -> bool {
    folded.ends_with("feira")
        || matches!(
            folded,
            "lunes"
                | "martes"
                | "miercoles"
                | "jueves"
                | "viernes"
                | "sabado"
                | "sabados"
                | "domingo"
                | "domingos"
                | "segunda"
                | "terca"
                | "quarta"
                | "quinta"
                | "sexta"
                | "segundas"
                | "tercas"
                | "quartas"
                | "quintas"
                | "sextas"
                | "fin"
                | "fim"
                | "fines"
                | "fins"
                | "finais"
        )
}
