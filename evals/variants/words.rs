//! A question as words, and the forms in which they are compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::function_words::opens;

/// A word between blanks, with the marks around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Marks before it: "¿".
    pub(super) before: String,
    /// The word.
    pub(super) text: String,
    /// Marks after it: "?", ",".
    pub(super) after: String,
}

impl Word {
    /// Lower case and without accents.
    pub(super) fn folded(&self) -> String {
        fold(&self.text)
    }

    /// Nothing stands between it and the next word but a blank.
    pub(super) fn is_bare(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }
}

/// The words of a question.
pub(super) fn words(text: &str) -> Vec<Word> {
    text.split_whitespace()
        .map(|word| {
            let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
            // A word of marks alone is all marks.
            let start = word.find(inner).unwrap_or(0);
            let (before, rest) = word.split_at(start);
            let (inner, after) = rest.split_at(inner.len());
            Word {
                before: before.to_owned(),
                text: inner.to_owned(),
                after: after.to_owned(),
            }
        })
        .collect()
}

/// Words as a text again.
pub(super) fn joined(words: &[Word]) -> String {
    words
        .iter()
        .map(|word| format!("{}{}{}", word.before, word.text, word.after))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Lower case and without accents.
pub(super) fn fold(text: &str) -> String {
    without_accents(text).to_lowercase()
}

/// Without accents, in the same case.
pub(super) fn without_accents(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .nfc()
        .collect()
}

/// The question without the marks that open and close it.
pub(super) fn bare(text: &str) -> &str {
    text.trim()
        .trim_start_matches(['¿', '¡'])
        .trim_end_matches(['?', '!', '.'])
        .trim()
}

/// With a small first letter, unless the first word is a name or a code.
pub(super) fn small(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    if !opens(&fold(first)) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |letter| {
        letter.to_lowercase().chain(letters).collect()
    })
}
