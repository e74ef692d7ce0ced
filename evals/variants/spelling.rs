//! The same words in other capitals, without marks, with blanks too many, without accents.

use super::function_words::holds;
use super::words::{bare, joined, without_accents as plain, words};
use crate::Case;

/// All small, and all in capitals.
pub(super) fn letter_cases(case: &Case) -> Vec<String> {
    let words = words(&case.ask);
    // "IT" and "US" are no codes any more where they are written small, and the other way.
    let lost = words.iter().skip(1).any(|word| {
        let first = word.text.chars().next();
        first.is_some_and(char::is_uppercase) && holds(&word.folded())
    });
    let gained = words
        .iter()
        .any(|word| matches!(word.text.as_str(), "us" | "it"));
    let small = (!lost).then(|| case.ask.to_lowercase());
    let capitals = (!lost && !gained).then(|| case.ask.to_uppercase());
    small.into_iter().chain(capitals).collect()
}

/// Without what opens and closes a question, and with blanks too many.
pub(super) fn punctuations(case: &Case) -> Vec<String> {
    let spaced = format!("  {} ", joined(&words(&case.ask)).replace(' ', "  "));
    vec![bare(&case.ask).to_owned(), spaced]
}

/// Without accents.
pub(super) fn without_accents(case: &Case) -> Vec<String> {
    vec![plain(&case.ask)]
}
