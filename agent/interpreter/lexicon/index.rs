//! The index itself: forms of all names, found by key.

use std::hash::Hasher;
use std::sync::{Arc, OnceLock};

use almanac_agent_contract::{Language, Settings, Value};
use almanac_metrics::{Catalog, DimensionInfo, MetricInfo};
use jiff::civil::Date;

use super::builder::Builder;
use super::described::Described;
pub(crate) use super::forms::Word;
use super::forms::{Kind, Stems, keys_of};
use super::nearest::{self, Descriptions, Shelf};
use super::places::Places;
use super::table::Table;
use super::typos::{self, Rank, Spelling};
use super::units::Unit;
use super::unspaced::Unspaced;
use super::{concepts, countries, currencies, values};
use crate::text::{Token, tokens};
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
    /// The workspace's currency.
    pub(crate) currency: String,
    forms: Table,
    /// Hashes of the words of all names, sorted.
    known: Box<[u64]>,
    spelling: Spelling,
    pub(super) stems: Stems,
    shelf: Shelf,
    places: Places,
    descriptions: Descriptions,
    pub(super) described: Described,
    unspaced: Unspaced,
    /// The first dimension that holds countries.
    countries: Option<u32>,
}

/// The most words a name has that is found as a whole.
pub(crate) const LONGEST_NAME: usize = 7;

impl Lexicon {
    /// Indexes a catalogue; `settings` say which currency's name can be passed over.
    #[must_use]
    pub fn new(catalog: Arc<Catalog>, settings: &Settings) -> Self {
        let vocabulary = Vocabulary::new();
        let mut builder = Builder::new(&vocabulary);
        for (metric, at) in catalog.metrics.iter().zip(0_u32..) {
            builder.metric(metric, Target::Metric(at));
        }
        for (dimension, at) in catalog.dimensions.iter().zip(0_u32..) {
            builder.dimension(dimension, at);
        }
        builder.acronyms(&catalog.metrics);
        let Builder {
            stems,
            rows,
            known,
            meanings,
            words,
            unspaced,
            ..
        } = builder;
        let forms = Table::new(rows);
        let mut known: Box<[u64]> = known.into_iter().collect();
        known.sort_unstable();
        // Only what the catalogue can mean is worth a guess.
        let meant = concepts::words()
            .filter(|(word, meant)| word.len() > 6 && meanings.contains(&meant.sum))
            .map(|(word, _)| word);
        let general = meant.map(|word| (Rank::General, word.to_owned()));
        let own = words.into_iter().map(|(word, rank)| (rank, word));
        let spelling = Spelling::new(own.chain(general));
        let beginning = catalog
            .metrics
            .iter()
            .filter_map(|metric| metric.coverage.as_ref().map(|coverage| coverage.first))
            .min()
            .unwrap_or(jiff::civil::date(1970, 1, 1));
        let countries = catalog
            .dimensions
            .iter()
            .zip(0_u32..)
            .find(|(info, _)| values::holds_countries(info))
            .map(|(_, at)| at);
        Self {
            shelf: Shelf::new(&catalog),
            places: Places::new(&catalog),
            descriptions: Descriptions::new(&catalog),
            described: Described::new(&catalog, &stems),
            catalog,
            vocabulary,
            beginning,
            currency: settings.currency.clone(),
            forms,
            known,
            spelling,
            stems,
            unspaced: Unspaced::new(unspaced),
            countries,
        }
    }

    /// A folded word, ready for [`Self::names`].
    pub(crate) fn word(&self, folded: &str) -> Word {
        self.stems.word(folded)
    }

    /// The words of a question, those of scripts without spaces cut where a name of the catalogue
    /// begins or ends.
    pub(crate) fn tokens(&self, question: &str) -> Vec<Token> {
        self.unspaced.cut(tokens(question))
    }

    /// What these words may name, best first, each target once.
    pub(crate) fn names<'a>(&self, words: impl IntoIterator<Item = &'a Word>) -> Vec<Named> {
        let keys = keys_of(words);
        let mut found: Vec<Named> = Vec::new();
        for (kind, factor) in KINDS {
            for named in self.forms.get(keys.key(*kind)) {
                let quality = named.quality * factor;
                match found.iter_mut().find(|other| other.target == named.target) {
                    Some(other) if other.quality >= quality => {}
                    Some(other) => *other = Named { quality, ..named },
                    None => found.push(Named { quality, ..named }),
                }
            }
        }
        found.sort_by(|a, b| b.quality.total_cmp(&a.quality));
        self.doubt(keys.key(Kind::Edge), &mut found);
        found
    }

    /// What is meant only by words of the same meaning is in doubt where another metric's name
    /// begins or ends with the very words: "ingresos" beside "Facturación" and "Ingresos
    /// hospitalarios".
    fn doubt(&self, edge: u64, found: &mut Vec<Named>) {
        let Some(best) = found.first().copied() else {
            return;
        };
        let metric = matches!(best.target, Target::Metric(_));
        if !metric || best.fit != Fit::Meant || best.quality > 0.9 {
            return;
        }
        for other in self
            .forms
            .get(edge)
            .filter(|other| other.target != best.target)
        {
            found.retain(|named| named.target != other.target);
            let quality = best.quality - 0.001;
            found.insert(1.min(found.len()), Named { quality, ..other });
        }
    }

    /// Whether the word is one of the catalogue's, of time or of questions in general.
    pub(crate) fn knows(&self, word: &Word) -> bool {
        let text = word.folded.as_str();
        !text.bytes().all(|b| b.is_ascii_lowercase())
            || self.is_general(text)
            || self.vocabulary.has_word(text)
            || concepts::knows(text)
            || self.is_of_a_name(word)
    }

    /// Whether the word stands in a name of the catalogue.
    pub(crate) fn is_of_a_name(&self, word: &Word) -> bool {
        let mut shapes = word.hashes.iter().take(2);
        shapes.any(|hash| self.known.binary_search(hash).is_ok())
    }

    /// Whether a metric or a dimension is called by that very word.
    pub(crate) fn is_name(&self, word: &str) -> bool {
        let named = self.names([&self.word(word)]);
        named.iter().any(|named| {
            named.fit == Fit::Same
                && named.quality > 0.96
                && !matches!(named.target, Target::Value { .. })
        })
    }

    /// Whether the word belongs to questions in general.
    pub(crate) fn is_general(&self, word: &str) -> bool {
        self.vocabulary.cue(word).is_some() || time::known(word) || self.is_money(word)
    }

    /// Whether the word belongs to questions in general in that language.
    pub(crate) fn is_general_in(&self, word: &str, language: Language) -> bool {
        let own = self.vocabulary.cue_in(word, language);
        own.is_some_and(|(_, own)| own) || time::known(word) || self.is_money(word)
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
        let mut near = typos::nearest([&self.spelling, general(&self.vocabulary)], word);
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
        near
    }

    /// Values of the dimension that holds countries, where the word names one that it lacks.
    pub(crate) fn other_countries(&self, word: &str) -> Vec<String> {
        if !countries::is_name(word) {
            return Vec::new();
        }
        let dimension = self.countries.and_then(|at| self.dimension(at));
        let Some(info) = dimension else {
            return Vec::new();
        };
        let known = info.values.iter().take(nearest::OFFERED_VALUES);
        known.map(crate::say::called).collect()
    }

    /// How people call a value of the dimension.
    pub(crate) fn called(&self, info: &DimensionInfo, value: &Value) -> String {
        let mut all = self.catalog.dimensions.iter();
        let at = all.position(|other| other.name == info.name);
        let known = at.and_then(|at| self.places.find((info, at), value));
        known.map_or_else(|| crate::say::itself(value), crate::say::called)
    }

    /// How people call what looks like `wanted`, a text in plain words: names first, then what is
    /// described with one of its words.
    pub(crate) fn nearest(&self, wanted: &str) -> Vec<String> {
        let mut labels = self.shelf.nearest(wanted, 0.84, |_| true);
        for label in self.descriptions.of(wanted) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels.into_iter().map(str::to_owned).collect()
    }

    /// How people call values of the dimensions that count which look like `wanted`, a text in plain
    /// words; all countries for a country.
    pub(crate) fn nearest_values(
        &self,
        wanted: &str,
        counts: impl Fn(&DimensionInfo) -> bool,
    ) -> Vec<String> {
        let countries = self.other_countries(wanted);
        if !countries.is_empty() {
            return countries;
        }
        let count: Vec<bool> = self.catalog.dimensions.iter().map(counts).collect();
        let of = |at: Option<u32>| at.and_then(|at| count.get(at as usize)) == Some(&true);
        let near = self.shelf.nearest(wanted, 0.75, of);
        near.into_iter().map(str::to_owned).collect()
    }

    /// Values, of dimensions with few of them, that have the word in their names among others.
    pub(crate) fn values_with(&self, word: &str) -> Vec<Named> {
        let few = |info: &&DimensionInfo| info.values.len() <= nearest::OFFERED_VALUES;
        let dimensions = self.catalog.dimensions.iter().zip(0_u32..);
        let mut found: Vec<(String, Named)> = Vec::new();
        for (info, dimension) in dimensions.filter(|(info, _)| few(info)) {
            for (known, value) in info.values.iter().zip(0_u32..) {
                let called = super::forms::plain(&crate::say::itself(&known.value));
                let has = called.contains(' ') && called.split(' ').any(|own| own == word);
                if has && !found.iter().any(|(name, _)| *name == called) {
                    let named = Named {
                        target: Target::Value { dimension, value },
                        fit: Fit::Same,
                        quality: 1.0,
                    };
                    found.push((called, named));
                }
            }
        }
        found.into_iter().map(|(_, named)| named).collect()
    }

    /// What the numbers of the metric of that name are numbers of; `None` where there is no such
    /// metric. "How much" asks for money, "how long" for time, "what percentage" for a share.
    #[must_use]
    pub fn unit_of(&self, metric: &str) -> Option<Unit> {
        self.catalog
            .metric(metric)
            .map(|info| Unit::of(&info.format))
    }

    pub(crate) fn metric(&self, at: u32) -> Option<&MetricInfo> {
        self.catalog.metrics.get(at as usize)
    }

    pub(crate) fn dimension(&self, at: u32) -> Option<&DimensionInfo> {
        self.catalog.dimensions.get(at as usize)
    }
}

/// The words of all questions, the same for every catalogue.
fn general(vocabulary: &Vocabulary) -> &'static Spelling {
    static WORDS: OnceLock<Spelling> = OnceLock::new();
    WORDS.get_or_init(|| {
        let words = vocabulary.words().chain(time::spelled());
        Spelling::new(words.map(|word| (Rank::General, word.to_owned())))
    })
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
            .field("words", &self.spelling.len())
            .finish_non_exhaustive()
    }
}
