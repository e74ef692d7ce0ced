//! What of the catalogue looks like words that nobody knows. `unknown` offers it.

use std::collections::HashMap;

use almanac_metrics::Catalog;
use strsim::jaro_winkler;

use super::forms::{hash, light, links, plain};
use crate::text::tokens;

/// The most values of a dimension that are offered as near names: those that come most often.
pub(super) const OFFERED_VALUES: usize = 200;
/// A word that more descriptions hold tells nothing.
const MOST_DESCRIPTIONS: usize = 5;

/// Words of descriptions, which tell what a name is about without being it.
#[derive(Debug, Default)]
pub(super) struct Descriptions(HashMap<u64, Vec<String>>);

impl Descriptions {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let metrics = catalog
            .metrics
            .iter()
            .map(|info| (&info.description, &info.label));
        let dimensions = catalog
            .dimensions
            .iter()
            .map(|info| (&info.description, &info.label));
        let mut words: HashMap<u64, Vec<String>> = HashMap::new();
        for (description, label) in metrics.chain(dimensions) {
            for token in tokens(description) {
                if token.word.len() > 3 && !links(&token.word) {
                    let labels = words.entry(hash(light(&token.word))).or_default();
                    if !labels.contains(label) {
                        labels.push(label.clone());
                    }
                }
            }
        }
        words.retain(|_, labels| labels.len() <= MOST_DESCRIPTIONS);
        Self(words)
    }

    /// Labels of what is described with one of the words.
    pub(super) fn of<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a str> {
        wanted
            .split(' ')
            .filter_map(|word| self.0.get(&hash(light(word))))
            .flatten()
            .map(String::as_str)
    }
}

/// Names in plain words with what people call what they name.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    names: Vec<Name>,
    /// Which names have the word, by its hash.
    having: HashMap<u64, Vec<u32>>,
}

#[derive(Debug)]
struct Name {
    outline: Outline,
    plain: Box<str>,
    called: Box<str>,
    /// The dimension it is a value of.
    value_of: Option<u32>,
}

impl Shelf {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let mut shelf = Self::default();
        for info in &catalog.metrics {
            for name in std::iter::once(&info.label).chain(&info.synonyms) {
                shelf.put(name, &info.label, None);
            }
        }
        for info in &catalog.dimensions {
            shelf.put(&info.label, &info.label, None);
        }
        for (info, at) in catalog.dimensions.iter().zip(0_u32..) {
            for known in info.values.iter().take(OFFERED_VALUES) {
                let name = crate::say::value(info, &known.value);
                shelf.put(&name, &name, Some(at));
            }
        }
        shelf
    }

    fn put(&mut self, name: &str, called: &str, value_of: Option<u32>) {
        let plain = plain(name);
        let at = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        for word in plain.split(' ').filter(|word| word.len() > 3) {
            let having = self.having.entry(hash(word)).or_default();
            if having.last() != Some(&at) {
                having.push(at);
            }
        }
        self.names.push(Name {
            outline: Outline::of(&plain),
            plain: plain.into_boxed_str(),
            called: called.into(),
            value_of,
        });
    }

    /// What people call the names that look like `wanted`, a text in plain words, by more than
    /// `least`; the nearest first. Only names that `counts` says count, by what they are a value of.
    pub(super) fn nearest(
        &self,
        wanted: &str,
        least: f64,
        counts: impl Fn(Option<u32>) -> bool,
    ) -> Vec<&str> {
        let outline = Outline::of(wanted);
        let words = wanted.split(' ').filter(|word| word.len() > 3);
        let mut sharing: Vec<u32> = words
            .filter_map(|word| self.having.get(&hash(word)))
            .flatten()
            .copied()
            .collect();
        sharing.sort_unstable();
        let mut near: Vec<(f64, &str)> = Vec::new();
        for (name, at) in self.names.iter().zip(0_u32..) {
            let shares = sharing.binary_search(&at).is_ok();
            if !counts(name.value_of) || !shares && !outline.may_be_close(name.outline, least) {
                continue;
            }
            let close = jaro_winkler(wanted, &name.plain);
            let close = if shares { close.max(0.9) } else { close };
            if close > least {
                near.push((close, &name.called));
            }
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut called: Vec<&str> = Vec::new();
        for (_, name) in near {
            if !called.contains(&name) {
                called.push(name);
            }
        }
        called
    }
}

/// What tells without comparing letter by letter that two texts cannot be alike.
#[derive(Debug, Clone, Copy)]
struct Outline {
    /// Which letters it has.
    letters: u32,
    length: u32,
    start: [u8; 4],
}

impl Outline {
    fn of(text: &str) -> Self {
        let mut start = [0; 4];
        for (place, byte) in start.iter_mut().zip(text.bytes()) {
            *place = byte;
        }
        let letters = text.bytes().filter(u8::is_ascii_lowercase);
        Self {
            letters: letters.fold(0, |mask, byte| mask | 1 << (byte - b'a')),
            length: u32::try_from(text.len()).unwrap_or(u32::MAX),
            start,
        }
    }

    /// A Jaro-Winkler similarity above `least` needs letters in common: at most all but those that
    /// one text lacks.
    fn may_be_close(self, other: Self, least: f64) -> bool {
        let lacks = |one: Self, other: Self| (one.letters & !other.letters).count_ones();
        let left = |one: Self, other: Self| one.length.saturating_sub(lacks(one, other));
        let common = f64::from(left(self, other).min(left(other, self)));
        let (a, b) = (f64::from(self.length), f64::from(other.length));
        if a == 0.0 || b == 0.0 {
            return false;
        }
        let jaro = (common / a + common / b + 1.0) / 3.0;
        let pairs = self.start.iter().zip(other.start);
        let alike = pairs.take_while(|(a, b)| **a == *b).count();
        jaro + 0.1 * alike as f64 * (1.0 - jaro) > least
    }
}

#[cfg(test)]
mod tests {
    use super::{Outline, jaro_winkler};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn what_is_passed_over_is_not_close(a in "[a-e ]{1,14}", b in "[a-e ]{1,14}", least in 0.7..0.95_f64) {
            let may = Outline::of(&a).may_be_close(Outline::of(&b), least);
            prop_assert!(may || jaro_winkler(&a, &b) <= least);
        }
    }
}
