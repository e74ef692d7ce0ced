//! A sentence as it was cut: what the passes between the walk and the query look at beside the slots.

use crate::lexicon::Named;
use crate::spans::{Item, Piece};
use crate::text::Token;

/// The pieces of a sentence and its words.
pub(crate) struct Heard<'a> {
    pub(crate) items: &'a [Item],
    /// The words as typed.
    pub(crate) tokens: &'a [Token],
    /// The same words, folded and with their typos mended.
    pub(crate) words: Vec<&'a str>,
}

impl<'a> Heard<'a> {
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.words.get(at).copied().unwrap_or_default()
    }

    /// A piece as it was typed.
    pub(crate) fn typed(&self, item: &Item) -> String {
        let words = self.tokens.get(item.start..item.end).unwrap_or_default();
        let words: Vec<&str> = words.iter().map(|token| token.typed.as_str()).collect();
        words.join(" ")
    }

    /// Where those words stand, as typed, and all that they may name.
    pub(crate) fn names(&self, typed: &str) -> Option<(&'a Item, &'a [Named])> {
        self.items.iter().find_map(|item| {
            let Piece::Names(names) = &item.piece else {
                return None;
            };
            (self.typed(item) == typed).then_some((item, names.as_slice()))
        })
    }

    /// The word in front of a name.
    pub(crate) fn before(&self, typed: &str) -> &'a str {
        let found = self.names(typed);
        let at = found.and_then(|(item, _)| item.start.checked_sub(1));
        at.map_or("", |at| self.word(at))
    }
}
