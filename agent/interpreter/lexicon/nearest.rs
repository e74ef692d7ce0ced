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
pub(super) struct Descriptions {
    /// Which labels the word describes, by its hash.
    words: HashMap<u64, Vec<u32>>,
    labels: Box<[Box<str>]>,
}

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
        let all = metrics.chain(dimensions);
        let mut words: HashMap<u64, Vec<u32>> = HashMap::new();
        let mut named: Vec<Box<str>> = Vec::new();
        for ((description, label), at) in all.zip(0_u32..) {
            named.push(label.as_str().into());
            for token in tokens(description) {
                if token.word.len() > 3 && !links(&token.word) {
                    let labels = words.entry(hash(light(&token.word))).or_default();
                    if labels.last() != Some(&at) {
                        labels.push(at);
                    }
                }
            }
        }
        words.retain(|_, labels| labels.len() <= MOST_DESCRIPTIONS);
        words.values_mut().for_each(Vec::shrink_to_fit);
        words.shrink_to_fit();
        Self {
            words,
            labels: named.into_boxed_slice(),
        }
    }

    /// Labels of what is described with one of the words.
    pub(super) fn of<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = &'a str> {
        wanted
            .split(' ')
            .filter_map(|word| self.words.get(&hash(light(word))))
            .flatten()
            .filter_map(|at| self.labels.get(*at as usize))
            .map(|label| &**label)
    }
}

/// Names in plain words with what people call what they name.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    names: Vec<Name>,
    /// Which names have the word, by its hash.
    having: HashMap<u64, Vec<u32>>,
    /// Which names have the three letters.
    triples: HashMap<[u8; 3], Vec<u32>>,
}

#[derive(Debug)]
struct Name {
    plain: Box<str>,
    called: Box<str>,
    /// The dimension it is a value of.
    value_of: Option<u32>,
}

/// So many names that share a word, and so many of those with most triples of letters in common,
/// are compared letter by letter.
const COMPARED: usize = 40;

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
                let name = crate::say::called(known);
                shelf.put(&name, &name, Some(at));
            }
        }
        shelf
    }

    fn put(&mut self, name: &str, called: &str, value_of: Option<u32>) {
        let plain = plain(name);
        let at = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let note = |list: &mut Vec<u32>| {
            if list.last() != Some(&at) {
                list.push(at);
            }
        };
        for word in plain.split(' ').filter(|word| word.len() > 3) {
            note(self.having.entry(hash(word)).or_default());
        }
        for triple in triples(&plain) {
            note(self.triples.entry(triple).or_default());
        }
        self.names.push(Name {
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
        let counts = |at: &u32| {
            let name = self.names.get(*at as usize);
            name.is_some_and(|name| counts(name.value_of))
        };
        let words = wanted.split(' ').filter(|word| word.len() > 3);
        let mut sharing: Vec<u32> = words
            .filter_map(|word| self.having.get(&hash(word)))
            .flatten()
            .copied()
            .filter(counts)
            .collect();
        sharing.sort_unstable();
        sharing.dedup();
        sharing.truncate(COMPARED);
        let mut like = self.like(wanted, counts);
        like.retain(|at| sharing.binary_search(at).is_err());
        let mut near: Vec<(f64, u32)> = Vec::new();
        for (at, shares) in sharing
            .iter()
            .map(|at| (*at, true))
            .chain(like.into_iter().map(|at| (at, false)))
        {
            let Some(name) = self.names.get(at as usize) else {
                continue;
            };
            let close = jaro_winkler(wanted, &name.plain);
            let close = if shares { close.max(0.9) } else { close };
            if close > least {
                near.push((close, at));
            }
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut called: Vec<&str> = Vec::new();
        for (_, at) in near {
            if let Some(name) = self.names.get(at as usize)
                && !called.contains(&&*name.called)
            {
                called.push(&name.called);
            }
        }
        called
    }

    /// The names with most triples of letters in common.
    fn like(&self, wanted: &str, counts: impl Fn(&u32) -> bool) -> Vec<u32> {
        let mut times = vec![0_u16; self.names.len()];
        for triple in triples(wanted) {
            for at in self.triples.get(&triple).into_iter().flatten() {
                if let Some(times) = times.get_mut(*at as usize) {
                    *times = times.saturating_add(1);
                }
            }
        }
        let mut like: Vec<(std::cmp::Reverse<u16>, u32)> = times
            .into_iter()
            .zip(0_u32..)
            .filter(|(times, at)| *times > 0 && counts(at))
            .map(|(times, at)| (std::cmp::Reverse(times), at))
            .collect();
        if like.len() > COMPARED {
            like.select_nth_unstable(COMPARED);
            like.truncate(COMPARED);
        }
        like.into_iter().map(|(_, at)| at).collect()
    }
}

/// Three letters that follow one another, and the first one and two by themselves.
fn triples(text: &str) -> impl Iterator<Item = [u8; 3]> + '_ {
    let bytes = text.as_bytes();
    let first = bytes.first().map(|first| [0, 0, *first]);
    let second = bytes.get(..2).map(|two| [0, two[0], two[1]]);
    let inside = bytes.windows(3).map(|three| [three[0], three[1], three[2]]);
    first.into_iter().chain(second).chain(inside)
}

#[cfg(test)]
mod tests {
    use almanac_metrics::Catalog;

    use super::Shelf;

    #[test]
    fn what_looks_alike_is_offered_the_nearest_first() {
        let mut shelf = Shelf::new(&Catalog::default());
        for name in [
            "Refund rate",
            "Revenue",
            "Net revenue",
            "Orders",
            "Reserves",
        ] {
            shelf.put(name, name, None);
        }
        shelf.put("Brazil", "Brazil", Some(1));
        shelf.put("Trail backpack", "Trail backpack", Some(2));
        let near = |wanted: &str| shelf.nearest(wanted, 0.84, |of| of.is_none());
        assert_eq!(near("revenues"), ["Revenue"]);
        assert_eq!(near("gross revenue"), ["Revenue", "Net revenue"]);
        assert_eq!(near("ordesr"), ["Orders"]);
        assert_eq!(near("planet"), Vec::<&str>::new());
        assert_eq!(near("brasil"), Vec::<&str>::new());
        let values = |wanted: &str| shelf.nearest(wanted, 0.75, |of| of.is_some());
        assert_eq!(values("brasil"), ["Brazil"]);
        assert_eq!(values("backpack"), ["Trail backpack"]);
    }
}
