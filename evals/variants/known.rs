//! Words that mean something already: a typo must neither be one nor be as near to one as to the
//! word it was made of.

use std::collections::BTreeSet;

use almanac_agent_contract::Value;
use almanac_metrics::Catalog;

use super::times::words_of_time;
use super::words::{fold, words};
use crate::Case;

/// Common words that lie one letter from words people ask with.
const NEIGHBOURS: &[&str] = &[
    "aceita", "bears", "border", "borders", "build", "built", "caliente", "calls", "cancel",
    "canto", "casado", "casas", "causes", "channel", "channels", "chant", "charge", "change",
    "clime", "coast", "corto", "costa", "counts", "county", "counties", "courts", "cuento",
    "dairy", "dales", "dates", "dears", "delays", "devise", "diary", "doors", "douse", "drivers",
    "drives", "elder", "fails", "fares", "fears", "fendas", "first", "forth", "fourth", "friends",
    "gears", "gusto", "hears", "hires", "hours", "house", "houses", "leads", "leaves", "lends",
    "lentas", "loads", "males", "marge", "masas", "mayo", "mayor", "meats", "medido", "merging",
    "mesas", "moths", "mother", "mouth", "mouths", "nears", "nights", "nitrogen", "older", "pagos",
    "paises", "pasada", "pasado", "pasas", "passada", "passado", "patent", "patents", "pears",
    "perdido", "pesado", "pesos", "places", "planes", "planet", "planets", "plants", "plays",
    "posado", "prices", "prizes", "producto", "quarters", "rates", "ratio", "reasons", "regions",
    "regreso", "rendas", "rentas", "route", "routes", "royal", "sales", "salts", "savings",
    "scales", "seasons", "semanas", "sensions", "sentas", "shapes", "shares", "shipping", "shops",
    "sight", "sights", "signs", "sizes", "slates", "slots", "sorts", "spelt", "spent", "staff",
    "stage", "stages", "states", "stays", "steps", "stock", "stores", "stories", "store", "tables",
    "tales", "tasas", "tazas", "tears", "today", "tours", "trade", "trades", "trails", "trains",
    "trend", "trends", "trials", "types", "units", "users", "venta", "ventanas", "ventas", "vetas",
    "views", "visits", "wears", "weekly", "weeks", "years", "yearly",
];

/// What means something in a catalogue and the questions asked of it, folded.
pub(super) struct Known {
    /// Every word that a typo must keep away from.
    words: BTreeSet<String>,
    /// Neighbours in names of more than one word.
    pairs: BTreeSet<(String, String)>,
}

impl Known {
    /// The words of a catalogue's names and of all questions asked of it.
    pub(super) fn new(catalog: &Catalog, cases: &[Case]) -> Self {
        let mut known = BTreeSet::new();
        let mut pairs = BTreeSet::new();
        let mut add = |text: &str| {
            let parts = text.split(|c: char| !c.is_alphanumeric());
            let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(fold).collect();
            let neighbours = parts.iter().zip(parts.iter().skip(1));
            pairs.extend(neighbours.map(|(one, next)| (one.clone(), next.clone())));
            known.extend(parts);
        };
        for metric in &catalog.metrics {
            add(&metric.name);
            add(&metric.label);
            metric.synonyms.iter().for_each(|name| add(name));
        }
        for dimension in &catalog.dimensions {
            add(&dimension.name);
            add(&dimension.label);
            dimension.synonyms.iter().for_each(|name| add(name));
            for value in &dimension.values {
                if let Value::Text(text) = &value.value {
                    add(text);
                }
                value.synonyms.iter().for_each(|name| add(name));
            }
        }
        for case in cases {
            let said = case.paraphrases.iter().chain(&case.before);
            for text in said.chain([&case.ask]) {
                known.extend(words(text).iter().map(|word| word.folded()));
            }
        }
        let general = NEIGHBOURS.iter().copied().chain(words_of_time());
        known.extend(general.map(str::to_owned));
        Self {
            words: known,
            pairs,
        }
    }

    /// Whether two folded words stand beside each other in a name.
    pub(super) fn are_named_together(&self, one: &str, next: &str) -> bool {
        self.pairs.contains(&(one.to_owned(), next.to_owned()))
    }

    /// Whether a folded typo of `meant` can only be read as it: it is no word, and no other word is
    /// one slip away.
    pub(super) fn leaves_only(&self, typo: &str, meant: &str) -> bool {
        let typed: Vec<char> = typo.chars().collect();
        self.words
            .iter()
            .filter(|word| *word != meant)
            .all(|word| !within_one(&typed, &word.chars().collect::<Vec<_>>()))
            && typo != meant
    }
}

/// Whether at most one letter more, less or other, or two swapped, make one word the other.
fn within_one(a: &[char], b: &[char]) -> bool {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if b.len() - a.len() > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([], _) => true,
        (a, [_, b @ ..]) if a.len() == b.len() => a == b,
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) if a1 == b2 && a2 == b1 => a == b,
        ([_, a @ ..], [_, b @ ..]) => a == b,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_one_slip() {
        let within = |a: &str, b: &str| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            within_one(&letters(a), &letters(b)) && within_one(&letters(b), &letters(a))
        };
        for (a, b) in [
            ("sales", "slaes"),
            ("sales", "saes"),
            ("sales", "saless"),
            ("sales", "sajes"),
            ("a", "a"),
        ] {
            assert!(within(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("sales", "slase"),
            ("sales", "sals2e"),
            ("sales", "orders"),
            ("ab", "ba1"),
        ] {
            assert!(!within(a, b), "{a} {b}");
        }
    }
}
