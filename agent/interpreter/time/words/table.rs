//! The tables of all languages under the first word of each phrase. Built once.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::class::Class;
use super::{english, holidays, numbers, portuguese, spanish};

/// What a phrase that begins with a word may be.
pub(in super::super) struct Entry {
    /// The words after the first.
    pub(in super::super) rest: Vec<&'static str>,
    /// What the phrase may be.
    pub(in super::super) class: Class,
}

static TABLE: LazyLock<HashMap<&'static str, Vec<Entry>>> = LazyLock::new(|| {
    let mut table: HashMap<&'static str, Vec<Entry>> = HashMap::new();
    let languages = [
        english::WORDS,
        spanish::WORDS,
        portuguese::WORDS,
        holidays::HOLIDAYS,
        numbers::NUMBERS,
    ];
    for (class, spellings) in languages.into_iter().flatten() {
        for spelling in *spellings {
            let mut words = spelling.split(' ');
            let first = words.next().unwrap_or_default();
            let rest: Vec<&'static str> = words.collect();
            let entries = table.entry(first).or_default();
            let same = |entry: &Entry| entry.class == *class && entry.rest == rest;
            if !entries.iter().any(same) {
                entries.push(Entry {
                    rest,
                    class: *class,
                });
            }
        }
    }
    // The grammar takes the first that fits, so the longest come first.
    for entries in table.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
    }
    table
});

/// The phrases that begin with the word, longest first.
pub(in super::super) fn entries(word: &str) -> &'static [Entry] {
    TABLE.get(word).map_or(&[], Vec::as_slice)
}

/// What the word may be by itself.
pub(in super::super) fn single(word: &str) -> impl Iterator<Item = Class> {
    entries(word)
        .iter()
        .filter(|entry| entry.rest.is_empty())
        .map(|entry| entry.class)
}
