//! Names in scripts that put no spaces between words (Chinese, Japanese, Thai and their
//! neighbours): found inside longer runs of letters. Used on the words of every question; free of
//! charge for catalogues without such names.

use std::collections::HashSet;

use crate::text::{Token, is_unspaced};

/// Words of names in such scripts.
#[derive(Debug, Default)]
pub(super) struct Unspaced {
    words: HashSet<String>,
    /// Letters of the longest.
    longest: usize,
}

impl Unspaced {
    pub(super) fn new(words: HashSet<String>) -> Self {
        let longest = words.iter().map(|word| word.chars().count()).max();
        Self {
            words,
            longest: longest.unwrap_or(0),
        }
    }

    /// The tokens, those with a name inside cut around it; of several names the longest.
    pub(super) fn cut(&self, tokens: Vec<Token>) -> Vec<Token> {
        if self.words.is_empty() || !tokens.iter().any(|token| is_unspaced(&token.word)) {
            return tokens;
        }
        let mut cut = Vec::with_capacity(tokens.len());
        for token in tokens {
            if is_unspaced(&token.word) && !self.words.contains(&token.word) {
                self.pieces(&token, &mut cut);
            } else {
                cut.push(token);
            }
        }
        cut
    }

    fn pieces(&self, token: &Token, cut: &mut Vec<Token>) {
        let letters: Vec<char> = token.word.chars().collect();
        let mut push = |from: usize, to: usize| {
            if from < to {
                let word: String = letters[from..to].iter().collect();
                cut.push(Token {
                    typed: word.clone(),
                    word,
                    after_stop: token.after_stop && from == 0,
                });
            }
        };
        let (mut passed, mut at) = (0, 0);
        while at < letters.len() {
            let most = self.longest.min(letters.len() - at);
            let name = (1..=most).rev().find(|length| {
                let part: String = letters[at..at + length].iter().collect();
                self.words.contains(&part)
            });
            match name {
                Some(length) => {
                    push(passed, at);
                    push(at, at + length);
                    at += length;
                    passed = at;
                }
                None => at += 1,
            }
        }
        push(passed, letters.len());
    }
}
