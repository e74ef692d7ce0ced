//! The index itself: forms of all names, found by key.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use almanac_agent_contract::Settings;
use almanac_metrics::{Catalog, DimensionInfo, MetricInfo};
use jiff::civil::Date;

use super::builder::Builder;
use super::concepts;
pub(crate) use super::forms::Word;
use super::forms::{Kind, Stems, keys_of, plain};
use super::typos::Spelling;
use super::{countries, currencies};
use crate::text::fold;
use crate::time;
use crate::vocabulary::Vocabulary;

/// What a name stands for, by its place in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    Metric(u32),
    Dimension(u32),
    Value { dimension: u32, value: u32 },
}

/// How closely words fit a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// As it is written, but for case, accents, plurals and spaces.
    Same,
    /// In another order, or by words that mean the same.
    Meant,
    /// By a part that leaves no doubt which name it is.
    Part,
    /// By a part that may as well mean something else: "orders" for "Cancelled orders".
    Hint,
}

/// A name that some words may stand for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Named {
    pub(crate) target: Target,
    pub(crate) fit: Fit,
    /// 0 to 1.
    pub(crate) quality: f32,
}

/// The words of a catalogue and of questions in general.
pub struct Lexicon {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) vocabulary: Vocabulary,
    /// The first day of data of any metric.
    pub(crate) beginning: Date,
    /// Names in plain words and how people call what they name, for "the nearest I have".
    pub(crate) shelf: Vec<(String, String)>,
    index: HashMap<u64, (u32, u32), BuildHasherDefault<Identity>>,
    forms: Vec<Named>,
    known: HashSet<u64, BuildHasherDefault<Identity>>,
    /// The workspace's currency.
    pub(crate) currency: String,
    spelling: Spelling,
    stems: Stems,
}

/// The most words a name has that is found as a whole.
pub(crate) const LONGEST_NAME: usize = 7;

impl Lexicon {
    /// Indexes a catalogue; `settings` say which currency's name can be passed over.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>, settings: &Settings) -> Self {
        let vocabulary = Vocabulary::new();
        let mut builder = Builder {
            vocabulary: &vocabulary,
            stems: Stems::new(),
            rows: Vec::new(),
            known: HashSet::default(),
            words: HashSet::new(),
        };
        for (metric, at) in catalog.metrics.iter().zip(0_u32..) {
            builder.metric(metric, Target::Metric(at));
        }
        for (dimension, at) in catalog.dimensions.iter().zip(0_u32..) {
            builder.dimension(dimension, at);
        }
        let Builder {
            stems,
            mut rows,
            known,
            words,
            ..
        } = builder;
        rows.sort_by_key(|(key, _)| *key);
        let mut index: HashMap<u64, (u32, u32), _> = HashMap::default();
        let mut forms = Vec::with_capacity(rows.len());
        for ((key, named), at) in rows.into_iter().zip(0_u32..) {
            index.entry(key).or_insert((at, at)).1 = at + 1;
            forms.push(named);
        }
        let general = vocabulary
            .words()
            .chain(time::spelled())
            .chain(concepts::words().filter(|word| word.len() > 6))
            .map(str::to_owned);
        let spelling = Spelling::new(words.into_iter().chain(general));
        let beginning = catalog
            .metrics
            .iter()
            .filter_map(|metric| metric.coverage.as_ref().map(|coverage| coverage.first))
            .min()
            .unwrap_or(jiff::civil::date(1970, 1, 1));
        let shelf = shelf(&catalog);
        Self {
            catalog,
            vocabulary,
            beginning,
            shelf,
            index,
            forms,
            known,
            currency: settings.currency.clone(),
            spelling,
            stems,
        }
    }

    /// A folded word, ready for [`Self::names`].
    pub(crate) fn word(&self, folded: &str) -> Word {
        self.stems.word(folded)
    }

    /// What these words may name, best first, each target once.
    pub(crate) fn names<'a>(&self, words: impl IntoIterator<Item = &'a Word>) -> Vec<Named> {
        let keys = keys_of(words);
        let mut found: Vec<Named> = Vec::new();
        for (kind, factor) in KINDS {
            let Some((from, to)) = self.index.get(&keys.key(*kind)) else {
                continue;
            };
            for named in self
                .forms
                .get(*from as usize..*to as usize)
                .unwrap_or_default()
            {
                let quality = named.quality * factor;
                match found.iter_mut().find(|other| other.target == named.target) {
                    Some(other) if other.quality >= quality => {}
                    Some(other) => *other = Named { quality, ..*named },
                    None => found.push(Named { quality, ..*named }),
                }
            }
        }
        found.sort_by(|a, b| b.quality.total_cmp(&a.quality));
        found
    }

    /// Whether the word is one of the catalogue's, of time or of questions in general.
    pub(crate) fn knows(&self, word: &Word) -> bool {
        let text = word.folded.as_str();
        !text.bytes().all(|b| b.is_ascii_lowercase())
            || self.is_general(text)
            || self.vocabulary.has_word(text)
            || concepts::concept(text).is_some()
            || word
                .hashes
                .iter()
                .take(2)
                .any(|hash| self.known.contains(hash))
    }

    /// Whether the word belongs to questions in general.
    pub(crate) fn is_general(&self, word: &str) -> bool {
        self.vocabulary.cue(word).is_some() || time::known(word) || self.is_money(word)
    }

    /// Names the workspace's own currency.
    pub(crate) fn is_money(&self, word: &str) -> bool {
        currencies::names(word, &self.currency)
    }

    /// What an unknown word was meant to be, and in how many edits.
    pub(crate) fn repairs(&self, word: &str) -> Vec<(&str, usize)> {
        if word.len() == 3 {
            // Of three letters only a word of time that lost one is told: "wek".
            let lost = |other: &&str| {
                other.len() == 4
                    && other.starts_with(&word[..1])
                    && strsim::osa_distance(word, other) == 1
            };
            return time::spelled()
                .filter(lost)
                .take(1)
                .map(|other| (other, 1))
                .collect();
        }
        // A country that the data does not have is no typo of a channel.
        if countries::is_name(word) {
            return Vec::new();
        }
        let mut near = self.spelling.nearest(word);
        // Nor may a typo choose between the mean and the median.
        if near
            .iter()
            .any(|(other, _)| concepts::statistic(other) != concepts::statistic(near[0].0))
        {
            return Vec::new();
        }
        // A word that is passed over must not swallow one that may mean something: only letters
        // that changed places count as a typo of it.
        near.retain(|(other, _)| !self.vocabulary.is_noise(other) || same_letters(word, other));
        near.sort_by_key(|(other, edits)| {
            (
                *edits,
                !self.known.contains(&self.stems.word(other).hashes[0]),
            )
        });
        near
    }

    /// Values of the dimension that holds countries, where the word names one that it lacks.
    pub(crate) fn other_countries(&self, word: &str) -> Vec<String> {
        if !countries::is_name(word) {
            return Vec::new();
        }
        let of = |info: &&DimensionInfo| {
            let is_country = |text: &str| countries::is_name(&fold(text));
            let named = |value: &almanac_metrics::ValueInfo| {
                is_country(&crate::say::value(info, &value.value))
            };
            info.values.iter().any(named)
        };
        let dimension = self.catalog.dimensions.iter().find(of);
        dimension
            .into_iter()
            .flat_map(|info| {
                let value =
                    |known: &almanac_metrics::ValueInfo| crate::say::value(info, &known.value);
                info.values.iter().map(value)
            })
            .collect()
    }

    pub(crate) fn metric(&self, at: u32) -> Option<&MetricInfo> {
        self.catalog.metrics.get(at as usize)
    }

    pub(crate) fn dimension(&self, at: u32) -> Option<&DimensionInfo> {
        self.catalog.dimensions.get(at as usize)
    }
}

/// The most values of a dimension that are offered as near names.
const OFFERED_VALUES: usize = 100;

fn shelf(catalog: &Catalog) -> Vec<(String, String)> {
    let metrics = catalog.metrics.iter().flat_map(|info| {
        std::iter::once(&info.label)
            .chain(&info.synonyms)
            .map(|name| (plain(name), info.label.clone()))
    });
    let dimensions = catalog
        .dimensions
        .iter()
        .map(|info| (plain(&info.label), info.label.clone()));
    let values = catalog.dimensions.iter().flat_map(|dimension| {
        dimension.values.iter().take(OFFERED_VALUES).map(|info| {
            let name = crate::say::value(dimension, &info.value);
            (plain(&name), name)
        })
    });
    metrics.chain(dimensions).chain(values).collect()
}

fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    sorted(a) == sorted(b)
}

const KINDS: &[(Kind, f32)] = &[
    (Kind::Exact, 1.0),
    (Kind::Light, 0.99),
    (Kind::Stem(0), 0.97),
    (Kind::Stem(1), 0.97),
    (Kind::Stem(2), 0.97),
    (Kind::Compact, 0.97),
    (Kind::Sorted, 0.96),
    (Kind::Concept, 0.9),
    (Kind::Part, 1.0),
];

/// Keys are hashes already.
#[derive(Default)]
pub(super) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon")
            .field("metrics", &self.catalog.metrics.len())
            .field("dimensions", &self.catalog.dimensions.len())
            .field("forms", &self.forms.len())
            .finish_non_exhaustive()
    }
}
