//! Words that mean the same in any business, in English, Spanish and Portuguese. They let "ingresos
//! por país" find a catalogue that only says "Revenue" and "Country", and "AOV" an "Average order
//! value"; an exact name always wins.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::expressions::EXPRESSIONS;
use super::forms::{hash, light, mix};
use super::meanings::MEANINGS;

/// What words mean, whatever their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Meant {
    /// The hashes of all meanings, added.
    pub(super) sum: u64,
    /// How many there are.
    pub(super) parts: u8,
}

/// The meaning a word belongs to, where it is a word of business.
pub(super) fn concept(word: &str) -> Option<u16> {
    static BY_WORD: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
        let rows = MEANINGS.iter().zip(0_u16..);
        rows.flat_map(|(row, id)| row.split(' ').map(move |word| (word, id)))
            .collect()
    });
    BY_WORD.get(word).copied()
}

/// What a word means, where it is a word of business or stands for some.
pub(super) fn meant(word: &str) -> Option<Meant> {
    concept(word)
        .map(of_row)
        .or_else(|| EXPANDED.words.get(word).copied())
}

/// What a word means after another, where they mean something else together; by their hashes
/// without plurals.
pub(super) fn phrase(before: u64, word: u64) -> Option<Meant> {
    EXPANDED.pairs.get(&(before, word)).copied()
}

/// Whether the word, without its plural, may mean something else together with the one before it.
pub(super) fn ends_phrase(light: &str) -> bool {
    EXPANDED.ends.contains(light)
}

/// The meaning of a word of statistics. Such words never share a stem: "media" is the mean and
/// "mediana" the median, and an answer with the other is wrong.
pub(super) fn statistic(word: &str) -> Option<u16> {
    static ROWS: LazyLock<[Option<u16>; 4]> =
        LazyLock::new(|| ["average", "median", "maximum", "minimum"].map(concept));
    concept(word).filter(|meaning| ROWS.contains(&Some(*meaning)))
}

/// A verb that says what is counted only where nothing else does: "how many units did we sell".
pub(crate) fn is_verb(word: &str) -> bool {
    matches!(
        word,
        "sell"
            | "sold"
            | "sells"
            | "selling"
            | "earn"
            | "earned"
            | "ganamos"
            | "ganaron"
            | "ganhamos"
            | "ganharam"
            | "ganhou"
            | "vendimos"
            | "vender"
            | "vendemos"
            | "vende"
            | "vendeu"
            | "vendieron"
            | "vendio"
            | "venden"
            | "venderam"
            | "vendem"
            | "vendido"
            | "vendidos"
            | "vendidas"
            | "facturamos"
            | "faturamos"
            | "faturou"
            | "spend"
            | "spent"
    )
}

/// Whether the word only qualifies a noun: "net", "new", "monthly".
pub(super) fn qualifies(word: &str) -> bool {
    [
        "net",
        "gross",
        "new",
        "active",
        "inactive",
        "unique",
        "recurring",
        "daily",
        "weekly",
        "monthly",
        "annual",
        "average",
        "median",
        "maximum",
        "minimum",
        "completed",
        "paid",
        "pending",
        "failed",
        "late",
        "closed",
        "open",
        "approved",
        "rejected",
        "free",
    ]
    .into_iter()
    .any(|other| concept(other) == concept(word) && concept(word).is_some())
}

/// What one of the words may be called in a question though it is not the same: costs are spent.
pub(super) fn near(words: impl Iterator<Item = Meant>) -> impl Iterator<Item = (Meant, Meant)> {
    let (cost, expense) = (of_word("cost"), of_word("expense"));
    words.filter_map(move |word| match word {
        _ if word == cost => Some((cost, expense)),
        _ if word == expense => Some((expense, cost)),
        _ => None,
    })
}

/// Whether words mean revenue and nothing more.
pub(super) fn is_sales(mut meant: impl Iterator<Item = Meant>) -> bool {
    meant.next() == Some(of_word("revenue")) && meant.next().is_none()
}

/// Whether the word, or it without its plural, is a word of business.
pub(super) fn knows(word: &str) -> bool {
    let light = light(word);
    meant(word).is_some() || meant(light).is_some() || EXPANDED.parts.contains(word)
}

/// All words with their meanings, for repairing typos.
pub(super) fn words() -> impl Iterator<Item = (&'static str, Meant)> {
    let rows = MEANINGS.iter().zip(0_u16..);
    rows.flat_map(|(row, id)| row.split(' ').map(move |word| (word, of_row(id))))
}

struct Expanded {
    words: HashMap<&'static str, Meant>,
    pairs: HashMap<(u64, u64), Meant>,
    ends: HashSet<&'static str>,
    /// The words of pairs.
    parts: HashSet<&'static str>,
}

static EXPANDED: LazyLock<Expanded> = LazyLock::new(|| {
    let mut expanded = Expanded {
        words: HashMap::new(),
        pairs: HashMap::new(),
        ends: HashSet::new(),
        parts: HashSet::new(),
    };
    for (said, stands_for) in EXPRESSIONS {
        let mut meaning = Meant::default();
        for word in stands_for.split(' ') {
            meaning.sum = meaning.sum.wrapping_add(of_word(word).sum);
            meaning.parts += 1;
        }
        match said.split_once(' ') {
            None => {
                expanded.words.insert(said, meaning);
            }
            Some((before, word)) => {
                expanded.parts.extend([before, word]);
                expanded.ends.insert(light(word));
                let key = (hash(light(before)), hash(light(word)));
                expanded.pairs.insert(key, meaning);
            }
        }
    }
    expanded
});

fn of_row(id: u16) -> Meant {
    Meant {
        sum: mix(mix(0xC0 + u64::from(id))),
        parts: 1,
    }
}

/// A word's meaning, or the word itself as one.
pub(super) fn of_word(word: &str) -> Meant {
    let light = light(word);
    let row = concept(word).or_else(|| concept(light));
    row.map_or(
        Meant {
            sum: mix(hash(light)),
            parts: 1,
        },
        of_row,
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{EXPRESSIONS, MEANINGS, is_verb, meant, statistic};

    #[test]
    fn a_word_has_one_meaning() {
        let mut rows: HashMap<&str, usize> = HashMap::new();
        for (row, words) in MEANINGS.iter().enumerate() {
            for word in words.split(' ') {
                assert!(word.bytes().all(|b| b.is_ascii_lowercase()), "{word:?}");
                assert_eq!(rows.insert(word, row), None, "{word} stands twice");
            }
        }
        for (said, stands_for) in EXPRESSIONS {
            assert!(
                !rows.contains_key(said),
                "{said} is a word of business already"
            );
            assert!(said.split(' ').count() <= 2);
            assert!(stands_for.split(' ').count() <= 6);
        }
    }

    #[test]
    fn words_of_different_meaning_are_kept_apart() {
        for (one, other) in [
            ("revenue", "profit"),
            ("refund", "return"),
            ("cost", "spend"),
            ("expense", "investment"),
            ("cost", "expense"),
            ("margin", "profit"),
            ("gross", "net"),
            ("user", "customer"),
            ("visitor", "visit"),
            ("subscription", "subscriber"),
            ("retention", "churn"),
            ("cancellation", "churn"),
            ("ingresos", "ingressos"),
            ("media", "mediana"),
            ("tax", "taxa"),
            ("estado", "pais"),
            ("shipping", "shipment"),
            ("activos", "asset"),
            ("pesos", "weight"),
        ] {
            assert!(
                meant(one).is_none() || meant(one) != meant(other),
                "{one} is no {other}"
            );
        }
    }

    #[test]
    fn words_of_one_meaning_meet() {
        for (one, other) in [
            ("revenue", "faturamento"),
            ("pedidos", "orders"),
            ("huespedes", "guests"),
            ("qty", "cantidad"),
            ("cntry", "pais"),
            ("hired", "contrataciones"),
            ("alunos", "students"),
        ] {
            assert!(meant(one).is_some());
            assert_eq!(meant(one), meant(other), "{one} is {other}");
        }
        assert_eq!(statistic("promedio"), statistic("average"));
        assert!(is_verb("sold"));
    }
}
