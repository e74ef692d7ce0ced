//! A sentence as the grammar reads it: every word with the classes it, or a fixed phrase that it
//! begins, may have. Classified once; `company` then takes away what the words around rule out.

use super::company;
use super::words::{Class, entries, fused};

/// One thing that the words from here on may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lexeme {
    /// What they may be.
    pub(super) class: Class,
    /// How many words it takes.
    pub(super) length: usize,
}

/// A word, and what may begin with it, longest first.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    /// In lower case, without accents.
    pub(super) word: &'a str,
    /// What it may be; empty for words that are not of time.
    pub(super) lexemes: Vec<Lexeme>,
}

impl Token<'_> {
    /// Whether the word, or a phrase that begins with it, may be of a class that fits.
    pub(super) fn may(&self, fits: impl Fn(Class) -> bool) -> bool {
        self.lexemes.iter().any(|lexeme| fits(lexeme.class))
    }
}

/// The words with their classes. They are in lower case and without accents.
pub(super) fn classify<'a>(words: &[&'a str]) -> Vec<Token<'a>> {
    let mut tokens: Vec<Token<'a>> = words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let rest = &words[at + 1..];
            let listed = entries(word)
                .iter()
                .filter(|entry| {
                    rest.len() >= entry.rest.len() && entry.rest == rest[..entry.rest.len()]
                })
                .map(|entry| Lexeme {
                    class: entry.class,
                    length: 1 + entry.rest.len(),
                });
            let made = fused(word).map(|class| Lexeme { class, length: 1 });
            Token {
                word,
                lexemes: listed.chain(made).collect(),
            }
        })
        .collect();
    company::settle(&mut tokens);
    tokens
}
