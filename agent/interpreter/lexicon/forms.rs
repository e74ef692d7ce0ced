//! The forms under which a name is found, as keys of the index. A key is a hash of words; forms
//! of different kinds never meet because each kind has its own seed.

use rust_stemmers::{Algorithm, Stemmer};

use super::concepts::{concept, statistic};
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
    /// Without spaces: "e mail" is "email".
    Compact,
    /// In any order.
    Sorted,
    /// In any order, with words of one meaning as one.
    Concept,
    /// Some words of a name, in any order.
    Part,
}

/// A word in all the shapes that keys need.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) folded: String,
    pub(super) hashes: [u64; 6],
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
        let light = light(folded);
        let of_kind = |text: &str| bytes(OFFSET, text.as_bytes());
        let own = statistic(folded).map(|id| mix(0x57A7 + u64::from(id)));
        let stem = |n: usize| {
            own.unwrap_or_else(|| {
                self.0
                    .get(n)
                    .map_or(0, |stemmer| of_kind(&stemmer.stem(folded)))
            })
        };
        let meaning = concept(folded).or_else(|| concept(light));
        let meant = meaning.map_or_else(|| of_kind(light), |id| mix(0xC0 + u64::from(id)));
        let hashes = [
            of_kind(folded),
            of_kind(light),
            stem(0),
            stem(1),
            stem(2),
            meant,
        ];
        Word {
            folded: folded.to_owned(),
            hashes,
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

/// The running key of a window of words; one word is added at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    ordered: [u64; 5],
    compact: u64,
    plain: u64,
    sum: u64,
    count: u64,
}

impl Keys {
    pub(super) const fn new() -> Self {
        Self {
            ordered: [1, 2, 3, 4, 5],
            compact: OFFSET,
            plain: 0,
            sum: 0,
            count: 0,
        }
    }

    pub(super) fn push(&mut self, word: &Word) {
        for (key, hash) in self.ordered.iter_mut().zip(&word.hashes) {
            *key = mix(key.rotate_left(23) ^ hash);
        }
        self.compact = bytes(self.compact, word.folded.as_bytes());
        self.plain = self.plain.wrapping_add(mix(word.hashes[1]));
        self.sum = self.sum.wrapping_add(mix(word.hashes[5]));
        self.count += 1;
    }

    /// The key of that kind.
    pub(super) fn key(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Exact => self.ordered[0],
            Kind::Light => self.ordered[1],
            Kind::Stem(n) => self.ordered.get(2 + usize::from(n)).copied().unwrap_or(0),
            Kind::Compact => mix(self.compact ^ 6),
            Kind::Sorted => mix(self.plain ^ (self.count << 8) ^ 9),
            Kind::Concept => mix(self.sum ^ (self.count << 8) ^ 7),
            Kind::Part => mix(self.sum ^ (self.count << 8) ^ 8),
        }
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

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, continued from `state`.
fn bytes(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Spreads every bit over all others (the finaliser of splitmix64).
fn mix(mut x: u64) -> u64 {
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
