//! Variants of a case, made by rule: other spellings, orders and manners of asking the same. The
//! case's right answer is that of each variant.
//!
//! A rule that could change what a person would understand does not apply, so most cases have only
//! some kinds. The same case always has the same variants.

mod draw;
mod frame;
mod function_words;
mod known;
mod missing;
mod polite;
mod reorder;
mod spelling;
mod times;
mod typo;
mod words;

use std::collections::BTreeSet;

use almanac_agent_contract::{Outcome, Settings};
use almanac_metrics::Catalog;

use self::draw::Draw;
use self::known::Known;
use crate::{Case, Kind, Question};

/// Words of a question past which no variants are made: it is a flood, not a question.
const MOST_WORDS: usize = 30;

/// The variants of all cases of a catalogue, asked in a workspace of these settings.
#[must_use]
pub fn variants<'a>(
    cases: &'a [Case],
    catalog: &Catalog,
    settings: &Settings,
) -> Vec<Question<'a>> {
    let known = Known::new(catalog, cases);
    let mut made = Vec::new();
    let mut frames = BTreeSet::new();
    for case in cases.iter().filter(|case| varies(case)) {
        let mut taken: BTreeSet<&str> = case.paraphrases.iter().map(String::as_str).collect();
        taken.insert(&case.ask);
        let mut texts = of(case, &known);
        texts.retain(|(_, text)| !taken.contains(text.as_str()));
        let mut seen = BTreeSet::new();
        texts.retain(|(_, text)| seen.insert(text.clone()));
        made.extend(texts.into_iter().map(|(kind, ask)| Question {
            case,
            kind,
            language: case.language,
            ask,
        }));
        for (language, ask) in frame::frames(case, catalog, settings.date(case.now)) {
            // Cases that ask for the same have the same frames.
            if frames.insert((ask.clone(), case.now)) {
                made.push(Question {
                    case,
                    kind: Kind::Frame,
                    language,
                    ask,
                });
            }
        }
    }
    made
}

/// Every variant in the words of the case itself.
fn of(case: &Case, known: &Known) -> Vec<(Kind, String)> {
    let mut draw = Draw::seeded(&case.name);
    let mut made = Vec::new();
    let mut add =
        |kind, texts: Vec<String>| made.extend(texts.into_iter().map(|text| (kind, text)));
    add(Kind::Typo, typo::typos(case, known, &mut draw));
    add(Kind::LetterCase, spelling::letter_cases(case));
    add(Kind::Punctuation, spelling::punctuations(case));
    add(Kind::Accents, spelling::without_accents(case));
    add(Kind::Reorder, reorder::reorders(case));
    add(Kind::Polite, polite::polite(case, &mut draw));
    add(Kind::MissingWord, missing::missing(case, known, &mut draw));
    made
}

fn varies(case: &Case) -> bool {
    let words = case.ask.split_whitespace().count();
    let quoted = case.ask.contains(['"', '«', '“', '`', ';', '<', '{']);
    case.variants && words <= MOST_WORDS && !quoted && case.area != "hostile"
}

/// Whether numbers are the right answer.
fn asks_for_numbers(case: &Case) -> bool {
    case.expect.outcome == Outcome::Answer && case.expect.query.is_some()
}

#[cfg(test)]
mod tests;
