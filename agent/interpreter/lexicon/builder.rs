//! Fills the index: every name of a catalogue in all its forms.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use almanac_agent_contract::Value;
use almanac_metrics::{DimensionInfo, DimensionKind, MetricInfo};

use super::countries;
use super::forms::{Kind, Stems, Word, generic, heads, keys_of};
use super::index::{Fit, Identity, LONGEST_NAME, Named, Target};
use crate::text::fold;
use crate::vocabulary::Vocabulary;

/// Dimensions with more values than this are found as they are written only.
const FEW_VALUES: usize = 500;

/// Collects rows and words, one name after another.
pub(super) struct Builder<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) stems: Stems,
    pub(super) rows: Vec<(u64, Named)>,
    pub(super) known: HashSet<u64, BuildHasherDefault<Identity>>,
    pub(super) words: HashSet<String>,
}

impl Builder<'_> {
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
            self.parts(&words, (target, hint), |missing| {
                missing.iter().all(|word| heads(&word.folded))
            });
        }
    }

    pub(super) fn dimension(&mut self, dimension: &DimensionInfo, at: u32) {
        let target = Target::Dimension(at);
        let mut path = dimension.name.rsplit("__");
        let (last, entity) = (path.next().unwrap_or_default(), path.next());
        self.name(&dimension.label, target, 1.0);
        self.name(last, target, 0.98);
        for synonym in &dimension.synonyms {
            self.name(synonym, target, 0.99);
        }
        if let Some(entity) = entity {
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
        let words = self.stems.words(&dimension.label);
        if dimension.kind == DimensionKind::Categorical {
            self.parts(&words, (target, 0.5), |_| true);
        }
        let few = dimension.values.len() <= FEW_VALUES;
        for (info, value) in dimension.values.iter().zip(0_u32..) {
            let target = Target::Value {
                dimension: at,
                value,
            };
            let Value::Text(text) = &info.value else {
                continue;
            };
            self.value(text, target, 0.97, few);
            let folded = fold(text);
            for synonym in &info.synonyms {
                self.value(synonym, target, 0.96, few);
            }
            for name in countries::other_names(&folded) {
                if name != folded {
                    self.value(name, target, 0.95, few);
                }
            }
        }
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
        self.learn(words);
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
            self.rows.push((keys.key(kind), named));
        }
        self.rows.push((
            keys.key(Kind::Concept),
            Named {
                fit: named.fit.max(Fit::Meant),
                ..named
            },
        ));
    }

    fn value(&mut self, name: &str, target: Target, quality: f32, few: bool) {
        let words = self.stems.words(name);
        let digits = words
            .iter()
            .all(|word| word.folded.bytes().all(|b| b.is_ascii_digit()));
        if words.is_empty() || words.len() > LONGEST_NAME || digits {
            return;
        }
        self.learn(&words);
        let keys = keys_of(&words);
        let named = Named {
            target,
            fit: Fit::Same,
            quality,
        };
        self.rows.push((keys.key(Kind::Exact), named));
        self.rows.push((keys.key(Kind::Compact), named));
        if few {
            for kind in [Kind::Light, Kind::Stem(0), Kind::Stem(1), Kind::Stem(2)] {
                self.rows.push((keys.key(kind), named));
            }
            self.rows.push((
                keys.key(Kind::Concept),
                Named {
                    fit: Fit::Meant,
                    ..named
                },
            ));
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
                if part.len() == words.len()
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
                self.rows.push((
                    keys_of(part).key(Kind::Part),
                    Named {
                        target,
                        fit,
                        quality,
                    },
                ));
            }
        }
    }

    fn learn(&mut self, words: &[Word]) {
        for word in words {
            self.known.extend(word.hashes.iter().take(2).copied());
            self.words.insert(word.folded.clone());
        }
    }
}
