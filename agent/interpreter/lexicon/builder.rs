//! Fills the index: every name of a catalogue in all its forms.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use almanac_agent_contract::Value;
use almanac_metrics::{DimensionInfo, DimensionKind, MetricInfo};

use super::forms::{
    Kind, Stems, Word, averages, generic, go_together, heads, keys_of, links, technical,
};
use super::index::{Fit, Identity, LONGEST_NAME, Named, Target};
use super::kin::owner;
use super::table::Form;
use super::typos::{MOST_WORDS, Rank, can_be_mended};
use super::{acronyms, concepts, values};
use crate::text::{fold, tokens};
use crate::vocabulary::Vocabulary;

/// Dimensions with more values than this are found as they are written only.
const FEW_VALUES: usize = 2_000;

/// Collects rows and words, one name after another.
pub(super) struct Builder<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) stems: Stems,
    pub(super) rows: Vec<(u64, Form)>,
    pub(super) known: HashSet<u64, BuildHasherDefault<Identity>>,
    /// What the words of metrics and dimensions mean.
    pub(super) meanings: HashSet<u64, BuildHasherDefault<Identity>>,
    pub(super) words: HashMap<String, Rank>,
    /// Words in scripts that put no spaces between words.
    pub(super) unspaced: HashSet<String>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(vocabulary: &'a Vocabulary) -> Self {
        Self {
            vocabulary,
            stems: Stems::new(),
            rows: Vec::new(),
            known: HashSet::default(),
            meanings: HashSet::default(),
            words: HashMap::new(),
            unspaced: HashSet::new(),
        }
    }

    pub(super) fn metric(&mut self, metric: &MetricInfo, target: Target) {
        let names = [metric.name.as_str(), metric.label.as_str()];
        for name in names {
            self.name(name, target, 1.0);
        }
        for synonym in &metric.synonyms {
            self.name(synonym, target, 0.99);
        }
        let synonyms = metric.synonyms.iter().map(|name| (name.as_str(), 0.4));
        for (name, hint) in names.into_iter().map(|name| (name, 0.5)).chain(synonyms) {
            let words = self.stems.words(name);
            let short: Vec<Word> = words
                .iter()
                .filter(|word| !generic(&word.folded))
                .cloned()
                .collect();
            if !short.is_empty() && short.len() < words.len() {
                let own = hint > 0.45;
                let (fit, quality) = if own {
                    (Fit::Same, 0.96)
                } else {
                    (Fit::Part, 0.78)
                };
                self.form(
                    &short,
                    Named {
                        target,
                        fit,
                        quality,
                    },
                );
            }
            self.edges(&words, target);
            self.parts(&words, (target, hint), |missing| {
                // "fares" are no average fare.
                let told = |word: &&&Word| !averages(&word.folded) && heads(&word.folded);
                missing.iter().filter(told).count() == missing.len()
            });
        }
    }

    /// The initials of metrics' labels, where one metric has them and they are no other name.
    pub(super) fn acronyms(&mut self, metrics: &[MetricInfo]) {
        for (initials, at) in acronyms::of(metrics) {
            let word = self.stems.word(&initials);
            let taken = self.known.contains(&word.hashes[0])
                || self.vocabulary.has_word(&initials)
                || crate::time::known(&initials);
            if !taken {
                let named = Named {
                    target: Target::Metric(at),
                    fit: Fit::Meant,
                    quality: 0.93,
                };
                self.form(&[word], named);
            }
        }
    }

    pub(super) fn dimension(&mut self, dimension: &DimensionInfo, at: u32) {
        let target = Target::Dimension(at);
        let mut path = dimension.name.rsplit("__");
        let (last, entity) = (path.next().unwrap_or_default(), path.next());
        self.name(&dimension.label, target, 1.0);
        // "sold on" is no name of what was sold.
        let is_date = matches!(dimension.kind, DimensionKind::Time(_));
        let sells = |words: &[Word]| {
            let told = words.iter().filter(|word| !technical(&word.folded));
            is_date && concepts::is_sales(told.map(|word| word.meant))
        };
        let named = !sells(&self.stems.words(last));
        if named {
            self.name(last, target, 0.98);
        }
        for synonym in &dimension.synonyms {
            self.name(synonym, target, 0.99);
        }
        if let Some(entity) = entity.filter(|_| named) {
            self.name(&format!("{entity} {last}"), target, 1.0);
            let entity_itself = match last {
                "name" | "title" | "label" | "nombre" | "nome" => Some(0.97),
                "id" | "key" | "code" | "sku" => Some(0.9),
                _ => None,
            };
            if let Some(quality) = entity_itself {
                self.name(entity, target, quality);
            }
        }
        // "dim_cust_cntry_cd" is called by what is not bookkeeping in it.
        for name in [dimension.label.as_str(), last] {
            let mut words = self.stems.words(name);
            let all = words.len();
            words.retain(|word| !technical(&word.folded));
            if !words.is_empty() && words.len() < all && !sells(&words) {
                let fit = Fit::Same;
                let quality = 0.95;
                self.form(
                    &words,
                    Named {
                        target,
                        fit,
                        quality,
                    },
                );
            }
        }
        let words = self.stems.words(&dimension.label);
        if dimension.kind == DimensionKind::Categorical {
            self.parts(&words, (target, 0.5), |_| true);
        }
        self.values(dimension, at);
    }

    /// Memory is asked for once: the rows of many values are most of what is built.
    fn values(&mut self, dimension: &DimensionInfo, at: u32) {
        let few = dimension.values.len() <= FEW_VALUES;
        self.rows
            .reserve(dimension.values.len() * if few { 7 } else { 3 });
        let sort = values::sort(dimension);
        let entity = owner(dimension).unwrap_or_default();
        let entity = self.stems.words(entity);
        for (info, value) in dimension.values.iter().zip(0_u32..) {
            let target = Target::Value {
                dimension: at,
                value,
            };
            for synonym in &info.synonyms {
                self.value(synonym, target, 0.96, few);
            }
            let Value::Text(text) = &info.value else {
                continue;
            };
            self.value(text, target, 0.97, few);
            let folded = fold(text);
            for name in values::other_names(sort, &folded) {
                if name != folded {
                    self.value(&name, target, 0.95, few);
                }
                if sort == values::Sort::Countries && few {
                    self.people(&name, &entity, target);
                }
            }
        }
    }

    /// "Brazilian customers", "huéspedes franceses": the country with what it is the country of.
    fn people(&mut self, name: &str, entity: &[Word], target: Target) {
        let mut words = self.stems.words(name);
        // "DE" is a word that links: alone it says nothing.
        if words.is_empty() || entity.is_empty() || words.len() + entity.len() > LONGEST_NAME {
            return;
        }
        words.extend_from_slice(entity);
        let named = Named {
            target,
            fit: Fit::Meant,
            quality: 0.95,
        };
        let key = keys_of(&words).key(Kind::Concept);
        self.rows.push((key, Form::new(named)));
    }

    /// A name of a metric or dimension, in all its forms.
    fn name(&mut self, name: &str, target: Target, quality: f32) {
        let words = self.stems.words(name);
        self.form(
            &words,
            Named {
                target,
                fit: Fit::Same,
                quality,
            },
        );
    }

    fn form(&mut self, words: &[Word], named: Named) {
        if words.is_empty() || words.len() > LONGEST_NAME {
            return;
        }
        self.learn(words, Rank::Name);
        let meanings = words.iter().map(|word| word.meant.sum);
        self.meanings.extend(meanings);
        let keys = keys_of(words);
        for kind in [
            Kind::Exact,
            Kind::Light,
            Kind::Stem(0),
            Kind::Stem(1),
            Kind::Stem(2),
            Kind::Compact,
            Kind::Sorted,
        ] {
            self.rows.push((keys.key(kind), Form::new(named)));
        }
        let meant = Named {
            fit: named.fit.max(Fit::Meant),
            ..named
        };
        self.rows.push((keys.key(Kind::Concept), Form::new(meant)));
        // "how much did we spend on fuel" is its cost, where nothing is called spend.
        let several = words.len() > 1;
        for other in concepts::near(words.iter().map(|word| word.meant)).filter(|_| several) {
            let near = Named {
                quality: 0.98 * meant.quality,
                ..meant
            };
            let key = keys.with_meaning(other);
            self.rows.push((key, Form::new(near)));
        }
    }

    fn value(&mut self, name: &str, target: Target, quality: f32, few: bool) {
        let words: Vec<Word> = if few {
            self.stems.words(name)
        } else {
            let tokens = tokens(name);
            let content = tokens.iter().filter(|token| !links(&token.word));
            content.map(|token| Stems::outline(&token.word)).collect()
        };
        let digits = words
            .iter()
            .all(|word| word.folded.bytes().all(|b| b.is_ascii_digit()));
        // "18-30" is a band, "2025" a year and "12" a number.
        let band = words.len() > 1 && words.iter().all(|word| word.folded.len() < 4);
        if words.is_empty() || words.len() > LONGEST_NAME || (digits && !band) {
            return;
        }
        self.learn(&words, if few { Rank::Value } else { Rank::Rare });
        let keys = keys_of(&words);
        let named = Named {
            target,
            fit: Fit::Same,
            quality,
        };
        for kind in [Kind::Exact, Kind::Light, Kind::Compact] {
            self.rows.push((keys.key(kind), Form::new(named)));
        }
        if few {
            for kind in [Kind::Stem(0), Kind::Stem(1), Kind::Stem(2)] {
                self.rows.push((keys.key(kind), Form::new(named)));
            }
            // "Sales" is a department, and what was sold is not.
            if !concepts::is_sales(words.iter().map(|word| word.meant)) {
                let meant = Named {
                    fit: Fit::Meant,
                    quality: 0.95 * quality,
                    ..named
                };
                self.rows.push((keys.key(Kind::Concept), Form::new(meant)));
            }
        }
    }

    /// What a name begins or ends with, but for what is told apart by another noun: "ingresos" of
    /// "Ingresos hospitalarios", not "sales" of "Sales tax".
    fn edges(&mut self, words: &[Word], target: Target) {
        let named = Named {
            target,
            fit: Fit::Hint,
            quality: 0.5,
        };
        for at in 1..words.len() {
            let (before, after) = words.split_at(at);
            let noun =
                |word: &Word| concepts::knows(&word.folded) && !concepts::qualifies(&word.folded);
            if !after.iter().any(noun) {
                let key = keys_of(before).key(Kind::Edge);
                self.rows.push((key, Form::new(named)));
            }
            if !before.iter().any(noun) {
                let key = keys_of(after).key(Kind::Edge);
                self.rows.push((key, Form::new(named)));
            }
        }
    }

    /// Runs of some of a name's words; `sure` is told which words they leave out. Where they leave
    /// doubt, `hint` is their quality.
    fn parts(
        &mut self,
        words: &[Word],
        (target, hint): (Target, f32),
        sure: impl Fn(&[&Word]) -> bool,
    ) {
        if words.len() > LONGEST_NAME {
            return;
        }
        for from in 0..words.len() {
            for to in from + 1..=words.len() {
                let Some(part) = words.get(from..to) else {
                    continue;
                };
                // Half of "net income" is no part of it.
                let cuts = |at: usize| match (words.get(at.wrapping_sub(1)), words.get(at)) {
                    (Some(before), Some(word)) => go_together(before, word),
                    _ => false,
                };
                if part.len() == words.len()
                    || cuts(from)
                    || cuts(to)
                    || part.iter().all(|word| {
                        heads(&word.folded) || self.vocabulary.cue(&word.folded).is_some()
                    })
                {
                    continue;
                }
                let missing: Vec<&Word> = words
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at < from || *at >= to)
                    .map(|(_, word)| word)
                    .collect();
                let (fit, quality) = if sure(&missing) {
                    (Fit::Part, 0.78)
                } else {
                    (Fit::Hint, hint)
                };
                let named = Named {
                    target,
                    fit,
                    quality,
                };
                self.rows
                    .push((keys_of(part).key(Kind::Part), Form::new(named)));
            }
        }
    }

    fn learn(&mut self, words: &[Word], rank: Rank) {
        for word in words {
            self.known.extend(word.hashes.iter().take(2).copied());
            if crate::text::is_unspaced(&word.folded) {
                self.unspaced.insert(word.folded.clone());
            }
            if !can_be_mended(&word.folded) {
                continue;
            }
            if let Some(known) = self.words.get_mut(&word.folded) {
                *known = rank.min(*known);
            } else if rank != Rank::Rare || self.words.len() < MOST_WORDS {
                self.words.insert(word.folded.clone(), rank);
            }
        }
    }
}
