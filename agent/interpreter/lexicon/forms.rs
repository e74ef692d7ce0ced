//! The forms under which a name is found, as keys of the index. A key is a hash of words; forms
//! of different kinds never meet because each kind has its own seed.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::concepts::{Meant, ends_phrase, meant, phrase, statistic, words};
use crate::text::{fold, tokens};

/// How words are turned into a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As written.
    Exact,
    /// Plurals taken off.
    Light,
    /// Inflections taken off, as English, Spanish and Portuguese do it.
    Stem(u8),
    /// Without spaces and the last plural: "e mails" is "email".
    Compact,
    /// In any order.
    Sorted,
    /// In any order, with words of one meaning as one.
    Concept,
    /// Some words of a name, in any order.
    Part,
    /// The words that a name begins or ends with, as they are.
    Edge,
}

/// A word in all the shapes that keys need.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) folded: String,
    /// As written, without its plural, and by three languages' stems.
    pub(super) hashes: [u64; 5],
    pub(super) meant: Meant,
    /// It may mean something else together with the word before it.
    ends_phrase: bool,
}

/// Word endings, by language.
pub(super) struct Stems([Stemmer; 3]);

impl Stems {
    pub(super) fn new() -> Self {
        Self(
            [
                Algorithm::English,
                Algorithm::Spanish,
                Algorithm::Portuguese,
            ]
            .map(Stemmer::create),
        )
    }

    /// A folded word, ready for keys.
    pub(super) fn word(&self, folded: &str) -> Word {
        let typed = folded;
        let folded = &*one_spelling(folded);
        let light = light(folded);
        let own = statistic(folded)
            .map(|id| mix(0x57A7 + u64::from(id)))
            .or_else(|| is_contested(folded).then(|| hash(light)));
        let stem = |n: usize| {
            own.unwrap_or_else(|| {
                self.0
                    .get(n)
                    .map_or(0, |stemmer| hash(&stemmer.stem(folded)))
            })
        };
        Word {
            folded: typed.to_owned(),
            hashes: [hash(folded), hash(light), stem(0), stem(1), stem(2)],
            meant: meant(folded).or_else(|| meant(light)).unwrap_or(Meant {
                sum: mix(hash(light)),
                parts: 1,
            }),
            ends_phrase: ends_phrase(light),
        }
    }

    /// A folded word that is found as it is written, or without its plural, only.
    pub(super) fn outline(folded: &str) -> Word {
        let light = hash(light(folded));
        Word {
            folded: folded.to_owned(),
            hashes: [hash(folded), light, light, light, light],
            meant: Meant {
                sum: mix(light),
                parts: 1,
            },
            ends_phrase: false,
        }
    }

    /// The words of a name, those that only link left out.
    pub(super) fn words(&self, name: &str) -> Vec<Word> {
        tokens(name)
            .iter()
            .filter(|token| !links(&token.word))
            .map(|token| self.word(&token.word))
            .collect()
    }
}

/// "utilization" as "utilisation": a catalogue writes one, and people the other.
fn one_spelling(folded: &str) -> Cow<'_, str> {
    let zeds = ["ization", "izations", "ized", "izing", "ize", "izes"];
    if folded.len() > 7 && zeds.iter().any(|end| folded.ends_with(end)) {
        let at = folded.rfind("iz").unwrap_or_default();
        let mut spelled = folded.to_owned();
        spelled.replace_range(at..at + 2, "is");
        return Cow::Owned(spelled);
    }
    Cow::Borrowed(folded)
}

/// Whether it is a word of business whose stem, in one of the languages, is also that of a word that
/// means something else: "tax" and Portuguese "taxa", "rate" and "rating". Such a word has no stem.
fn is_contested(folded: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let stems = Stems::new();
        let mut contested = HashSet::new();
        for stemmer in &stems.0 {
            let mut of_stem: HashMap<String, (&str, Meant)> = HashMap::new();
            for (word, meant) in words() {
                let stem = stemmer.stem(word).into_owned();
                let (first, known) = *of_stem.entry(stem).or_insert((word, meant));
                if known != meant {
                    contested.extend([first, word]);
                }
            }
        }
        contested
    });
    WORDS.contains(folded)
}

/// Words that names carry or drop at will: "cost of sales" is "cost sales".
pub(crate) fn links(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "de"
            | "del"
            | "la"
            | "el"
            | "los"
            | "las"
            | "do"
            | "da"
            | "dos"
            | "das"
            | "o"
            | "os"
            | "as"
            | "-"
            | "a"
            | "an"
            | "on"
    )
}

/// Words a metric's name may carry without meaning more: "total revenue", "order count".
pub(super) fn generic(word: &str) -> bool {
    matches!(
        word,
        "total"
            | "count"
            | "number"
            | "num"
            | "no"
            | "amount"
            | "sum"
            | "cantidad"
            | "numero"
            | "monto"
            | "quantidade"
            | "contagem"
            | "conteo"
            | "importe"
            | "qty"
            | "volume"
            | "nbr"
            | "cnt"
            | "amt"
            | "tot"
    )
}

/// Words that say what kind of number a metric is; without them it is still told apart.
pub(super) fn heads(word: &str) -> bool {
    generic(word)
        || matches!(
            word,
            "rate"
                | "ratio"
                | "value"
                | "percentage"
                | "percent"
                | "average"
                | "avg"
                | "pct"
                | "tasa"
                | "taxa"
                | "valor"
                | "medio"
                | "media"
                | "promedio"
                | "porcentaje"
                | "porcentagem"
                | "usd"
                | "eur"
                | "brl"
                | "daily"
                | "index"
                | "rpt"
        )
}

/// Words that make another number of the same thing.
pub(super) fn averages(word: &str) -> bool {
    matches!(
        word,
        "average" | "avg" | "medio" | "media" | "promedio" | "daily" | "index"
    )
}

/// Words that column names carry and nobody says: "dim_customer_country_cd".
pub(super) fn technical(word: &str) -> bool {
    matches!(
        word,
        "dim"
            | "fct"
            | "fact"
            | "tbl"
            | "stg"
            | "raw"
            | "col"
            | "fld"
            | "cd"
            | "cod"
            | "nm"
            | "desc"
            | "dsc"
            | "flg"
            | "ind"
            | "txt"
            | "vw"
            | "v2"
            | "sk"
            | "fk"
            | "pk"
    )
}

/// A word without its plural ending.
pub(super) fn light(word: &str) -> &str {
    if word.len() > 4
        && (word.ends_with("ches")
            || word.ends_with("shes")
            || word.ends_with("sses")
            || word.ends_with("xes"))
    {
        return &word[..word.len() - 2];
    }
    match word.strip_suffix('s') {
        // "sign-ups", "check-ins", "add-ons"
        Some(short @ ("up" | "in" | "on")) => short,
        Some(short)
            if short.len() > 2
                && !short.ends_with('s')
                && !short.ends_with('u')
                && !short.ends_with('i') =>
        {
            short
        }
        _ => word,
    }
}

/// Whether the two words mean something together that neither means alone.
pub(super) fn go_together(before: &Word, word: &Word) -> bool {
    word.ends_phrase && phrase(before.hashes[1], word.hashes[1]).is_some()
}

/// The running key of a window of words; one word is added at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    ordered: [u64; 5],
    /// All letters so far, and all but the last plural.
    letters: u64,
    compact: u64,
    plain: u64,
    words: u64,
    sum: u64,
    parts: u64,
    /// The last word, and what it meant.
    last: (u64, Meant),
}

impl Keys {
    pub(super) const fn new() -> Self {
        Self {
            ordered: [1, 2, 3, 4, 5],
            letters: OFFSET,
            compact: OFFSET,
            plain: 0,
            words: 0,
            sum: 0,
            parts: 0,
            last: (0, Meant { sum: 0, parts: 0 }),
        }
    }

    pub(super) fn push(&mut self, word: &Word) {
        for (key, hash) in self.ordered.iter_mut().zip(&word.hashes) {
            *key = mix(key.rotate_left(23) ^ hash);
        }
        let last = match word.folded.strip_suffix('s') {
            // "sign ups" is "signup", though "ups" by itself is no plural.
            Some(short) if self.words > 0 && !short.ends_with('s') => short,
            _ => light(&word.folded),
        };
        self.compact = bytes(self.letters, last.as_bytes());
        self.letters = bytes(self.letters, word.folded.as_bytes());
        self.plain = self.plain.wrapping_add(mix(word.hashes[1]));
        self.words += 1;
        let mut own = word.meant;
        let (before, was) = self.last;
        // "net income" is no income: two words that mean something else together.
        if word.ends_phrase
            && let Some(together) = phrase(before, word.hashes[1])
        {
            self.sum = self.sum.wrapping_sub(was.sum);
            self.parts -= u64::from(was.parts);
            own = together;
            self.last.0 = 0;
        }
        self.sum = self.sum.wrapping_add(own.sum);
        self.parts += u64::from(own.parts);
        self.last = (word.hashes[1], own);
    }

    /// The key of that kind.
    pub(super) fn key(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Exact => self.ordered[0],
            Kind::Light => self.ordered[1],
            Kind::Stem(n) => self.ordered.get(2 + usize::from(n)).copied().unwrap_or(0),
            Kind::Edge => mix(self.ordered[1] ^ 10),
            Kind::Compact => mix(self.compact ^ 6),
            Kind::Sorted => mix(self.plain ^ (self.words << 8) ^ 9),
            Kind::Concept => mix(self.sum ^ (self.parts << 8) ^ 7),
            Kind::Part => mix(self.sum ^ (self.parts << 8) ^ 8),
        }
    }
}

impl Keys {
    /// The key of the same words, one of which means something else: `was` and `now`.
    pub(super) fn with_meaning(&self, (was, now): (Meant, Meant)) -> u64 {
        let sum = self.sum.wrapping_sub(was.sum).wrapping_add(now.sum);
        mix(sum ^ (self.parts << 8) ^ 7)
    }
}

/// The key of all words.
pub(super) fn keys_of<'a>(words: impl IntoIterator<Item = &'a Word>) -> Keys {
    let mut keys = Keys::new();
    for word in words {
        keys.push(word);
    }
    keys
}

pub(super) const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of a word by itself.
pub(super) fn hash(word: &str) -> u64 {
    bytes(OFFSET, word.as_bytes())
}

/// FNV-1a, continued from `state`.
pub(super) fn bytes(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Spreads every bit over all others (the finaliser of splitmix64).
pub(super) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Whether a name ends in a plural.
pub(crate) fn is_plural(name: &str) -> bool {
    let folded = fold(name);
    light(&folded) != folded
}

/// Whether two words are one but for a plural ending.
pub(crate) fn is_plural_of(word: &str, other: &str) -> bool {
    light(word) == light(other)
}

/// A name as a single folded line, to compare what was typed with what is meant.
pub(crate) fn plain(name: &str) -> String {
    let mut line = String::with_capacity(name.len());
    for token in tokens(name) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&fold(&token.word));
    }
    line
}
