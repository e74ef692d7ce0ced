//! What the words of names and descriptions tell of a metric or a dimension. `explain` asks it about
//! words of a question that are no name themselves: "how many people got on", where boardings are
//! "people who got on". Weak evidence: it chooses only where nothing else comes near.

use almanac_metrics::{Catalog, DimensionInfo, DimensionKind, MetricInfo};

use super::forms::{Stems, hash, links};
use super::kin::{own_rows, owner};
use super::lemmas::{lemma, root};
use crate::text::tokens;

/// A word in the shapes by which two words may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sense {
    light: u32,
    stems: [u32; 3],
    meant: u32,
    /// Without what makes a noun or a form of a verb of it: "visit" of "visitors" and "visited".
    root: u32,
    /// It stands in many descriptions and tells little: "people".
    pub(crate) vague: bool,
}

impl Sense {
    pub(super) fn of(stems: &Stems, folded: &str) -> Self {
        let base = lemma(folded);
        let word = stems.word(base);
        let short = |hash: u64| (hash & u64::from(u32::MAX)) as u32;
        Self {
            light: short(word.hashes[1]),
            stems: [word.hashes[2], word.hashes[3], word.hashes[4]].map(short),
            meant: short(word.meant.sum),
            root: short(hash(root(base))),
            vague: is_vague(base),
        }
    }

    fn is(&self, other: &Self) -> bool {
        let stems = self.stems.iter().zip(&other.stems);
        self.light == other.light
            || (self.root != 0 && self.root == other.root)
            || (self.meant != 0 && self.meant == other.meant)
            || stems.into_iter().any(|(one, other)| one == other)
    }

    /// The same word by its form alone, whatever else means the same.
    pub(crate) fn to_the_letter(self) -> Self {
        Self {
            meant: 0,
            root: 0,
            ..self
        }
    }

    /// How much it tells.
    pub(crate) fn weight(&self) -> f32 {
        if self.vague { 0.5 } else { 1.0 }
    }
}

/// The words of each text that names or describes something.
#[derive(Debug, Default)]
struct Told(Vec<Box<[Sense]>>);

impl Told {
    fn has(&self, word: &Sense) -> bool {
        self.0.iter().flatten().any(|known| known.is(word))
    }
}

/// What all names and descriptions of a catalogue tell.
#[derive(Debug, Default)]
pub(super) struct Described {
    metrics: Vec<Told>,
    dimensions: Vec<Told>,
}

impl Described {
    pub(super) fn new(catalog: &Catalog, stems: &Stems) -> Self {
        let senses = |text: &str| -> Box<[Sense]> {
            let words = tokens(text);
            let content = words.iter().filter(|token| is_content(&token.word));
            content.map(|token| Sense::of(stems, &token.word)).collect()
        };
        let metric = |info: &MetricInfo| {
            let names = std::iter::once(&info.label).chain(&info.synonyms);
            let mut texts: Vec<_> = names.map(|name| senses(name)).collect();
            texts.push(senses(&affirmed(&info.description)));
            texts.extend(own_dates(catalog, info).map(|text| senses(text)));
            Told(texts)
        };
        let dimension = |info: &DimensionInfo| {
            let names = [&info.label].into_iter().chain(&info.synonyms);
            let mut texts: Vec<_> = names.map(|name| senses(name)).collect();
            texts.push(senses(&affirmed(&info.description)));
            Told(texts)
        };
        Self {
            metrics: catalog.metrics.iter().map(metric).collect(),
            dimensions: catalog.dimensions.iter().map(dimension).collect(),
        }
    }

    /// Whether the metric's names or description have the word.
    pub(super) fn metric_has(&self, at: u32, word: &Sense) -> bool {
        self.metrics
            .get(at as usize)
            .is_some_and(|told| told.has(word))
    }

    /// Whether the dimension's names or description have the word.
    pub(super) fn dimension_has(&self, at: u32, word: &Sense) -> bool {
        self.dimensions
            .get(at as usize)
            .is_some_and(|told| told.has(word))
    }

    /// How well one text of the metric is told by `words`: 1 where it is these words and no others.
    /// That all words of the question are in it weighs more than that it has no others.
    pub(super) fn likeness(&self, at: u32, words: &[Sense]) -> f32 {
        let total: f32 = words.iter().map(Sense::weight).sum();
        let Some(told) = self.metrics.get(at as usize) else {
            return 0.0;
        };
        let each = told.0.iter().map(|text| {
            let said = |known: &&Sense| words.iter().any(|word| word.is(known));
            let in_text = |word: &&Sense| text.iter().any(|known| known.is(word));
            let own: f32 = text.iter().map(Sense::weight).sum();
            let found: f32 = words.iter().filter(in_text).map(Sense::weight).sum();
            let covered: f32 = text.iter().filter(said).map(Sense::weight).sum();
            if total <= 0.0 || own <= 0.0 || found <= 0.0 {
                return 0.0;
            }
            let (recall, precision) = (found / total, covered / own);
            5.0 * precision * recall / (4.0 * precision + recall)
        });
        each.fold(0.0, f32::max)
    }
}

/// Labels and descriptions of the dates of the metric's own rows: "Order time", "When the incident
/// was reported".
fn own_dates<'a>(catalog: &'a Catalog, info: &'a MetricInfo) -> impl Iterator<Item = &'a String> {
    let rows = own_rows(info);
    let dates = catalog.dimensions.iter().filter(move |dimension| {
        matches!(dimension.kind, DimensionKind::Time(_))
            && rows.is_some()
            && owner(dimension) == rows
    });
    dates.flat_map(|dimension| [&dimension.label, &dimension.description])
}

/// The parts of a description that say what something is: "Tickets ordered, refunded or not" says
/// nothing of refunds.
fn affirmed(description: &str) -> String {
    let parts = description.split([',', ';', '.', '(', ')', ':']);
    let denies = |part: &str| {
        tokens(part).iter().any(|token| {
            matches!(
                token.word.as_str(),
                "not"
                    | "no"
                    | "without"
                    | "except"
                    | "excluding"
                    | "minus"
                    | "less"
                    | "net"
                    | "before"
                    | "but"
                    | "never"
                    | "sin"
                    | "menos"
                    | "salvo"
                    | "excepto"
                    | "sem"
                    | "exceto"
                    | "nao"
                    | "nor"
                    | "or"
                    | "o"
                    | "ou"
            )
        })
    };
    let kept: Vec<&str> = parts.filter(|part| !denies(part)).collect();
    kept.join(" ")
}

/// The word is no mere part of grammar.
pub(crate) fn is_content(word: &str) -> bool {
    !links(word)
        && word.chars().any(char::is_alphabetic)
        && !matches!(
            word,
            "and"
                | "or"
                | "in"
                | "at"
                | "by"
                | "to"
                | "for"
                | "from"
                | "with"
                | "as"
                | "is"
                | "are"
                | "was"
                | "were"
                | "be"
                | "been"
                | "being"
                | "who"
                | "which"
                | "that"
                | "what"
                | "when"
                | "where"
                | "how"
                | "whose"
                | "it"
                | "its"
                | "they"
                | "them"
                | "their"
                | "we"
                | "our"
                | "us"
                | "i"
                | "me"
                | "my"
                | "you"
                | "your"
                | "this"
                | "these"
                | "those"
                | "there"
                | "here"
                | "has"
                | "have"
                | "had"
                | "do"
                | "does"
                | "did"
                | "can"
                | "could"
                | "will"
                | "would"
                | "should"
                | "may"
                | "might"
                | "many"
                | "much"
                | "each"
                | "every"
                | "all"
                | "any"
                | "some"
                | "per"
                | "than"
                | "then"
                | "up"
                | "out"
                | "off"
                | "into"
                | "over"
                | "during"
                | "through"
                | "about"
                | "if"
                | "so"
                | "y"
                | "e"
                | "ou"
                | "en"
                | "em"
                | "no"
                | "na"
                | "nos"
                | "nas"
                | "por"
                | "para"
                | "con"
                | "com"
                | "que"
                | "se"
                | "su"
                | "sus"
                | "un"
                | "una"
                | "um"
                | "uma"
                | "al"
                | "ao"
                | "aos"
                | "lo"
                | "le"
                | "les"
                | "es"
                | "son"
                | "fue"
                | "fueron"
                | "foi"
                | "foram"
                | "hay"
                | "hubo"
                | "houve"
                | "ha"
                | "han"
                | "cuantos"
                | "cuantas"
                | "cuanto"
                | "cuanta"
                | "quantos"
                | "quantas"
                | "quanto"
                | "quanta"
                | "cada"
                | "este"
                | "esta"
                | "estos"
                | "estas"
                | "nuestro"
                | "nuestra"
                | "nuestros"
                | "nuestras"
                | "nosso"
                | "nossa"
                | "nossos"
                | "nossas"
                | "please"
                | "hi"
                | "hello"
                | "show"
                | "tell"
                | "give"
                | "number"
                | "total"
        )
}

/// A word that many descriptions have and that tells few of them apart.
fn is_vague(word: &str) -> bool {
    matches!(
        word,
        "people"
            | "person"
            | "persons"
            | "personas"
            | "persona"
            | "pessoas"
            | "pessoa"
            | "money"
            | "dinero"
            | "dinheiro"
            | "amount"
            | "end"
            | "period"
            | "value"
            | "different"
            | "distinct"
            | "average"
            | "group"
            | "day"
            | "time"
            | "new"
    )
}

impl super::Lexicon {
    /// A folded word of a question, to ask descriptions about.
    pub(crate) fn sense(&self, folded: &str) -> Sense {
        Sense::of(&self.stems, folded)
    }

    /// Whether names or description of a metric or of a dimension have the word.
    pub(crate) fn tells(&self, target: super::Target, word: &Sense) -> bool {
        match target {
            super::Target::Metric(at) => self.described.metric_has(at, word),
            super::Target::Dimension(at) | super::Target::Value { dimension: at, .. } => {
                self.described.dimension_has(at, word)
            }
        }
    }

    /// How well the metric is told by these words, from 0 to 1.
    pub(crate) fn likeness(&self, at: u32, words: &[Sense]) -> f32 {
        self.described.likeness(at, words)
    }
}
