//! Countries by code, by name and by what their people are called: data says "BR" where people say
//! "Brasil" or "clientes brasileños".

use std::collections::HashMap;
use std::sync::LazyLock;

use super::country_names::COUNTRIES;

/// How a country was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// By its code of two or three letters.
    Code,
    /// By its name.
    Name,
    /// As its people are.
    People,
}

/// A country of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Country(usize);

/// The country that a folded text calls so, where one is.
pub(super) fn country(folded: &str) -> Option<(Country, Called)> {
    static BY_NAME: LazyLock<HashMap<&str, (Country, Called)>> = LazyLock::new(|| {
        let mut rows = HashMap::new();
        for at in 0..COUNTRIES.len() {
            let country = Country(at);
            let all = [
                (Called::Code, country.codes().collect::<Vec<_>>()),
                (Called::Name, country.names().collect()),
                (Called::People, country.people().collect()),
            ];
            for (called, names) in all {
                for name in names {
                    rows.entry(name).or_insert((country, called));
                }
            }
        }
        rows
    });
    BY_NAME.get(folded).copied()
}

impl Country {
    fn row(self) -> (&'static str, &'static str) {
        let row = COUNTRIES.get(self.0).copied().unwrap_or_default();
        row.split_once(';').unwrap_or((row, ""))
    }

    /// ISO 3166-1, in two letters and in three.
    pub(super) fn codes(self) -> impl Iterator<Item = &'static str> {
        self.row().0.split('|').take(2)
    }

    /// Names in three languages, and the abbreviations people use.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        self.row().0.split('|').skip(2)
    }

    /// "Brazilian", "brasileña", "brasileiro".
    pub(super) fn people(self) -> impl Iterator<Item = &'static str> {
        self.row().1.split('|').filter(|name| !name.is_empty())
    }
}

/// Whether the word by itself names a country or its people; codes do not count.
pub(super) fn is_name(word: &str) -> bool {
    if word.len() < 4 {
        return false;
    }
    let one = |word: &str| matches!(country(word), Some((_, Called::Name | Called::People)));
    one(word) || word.strip_suffix('s').is_some_and(one) || word.strip_suffix("es").is_some_and(one)
}

/// Codes that are words or units of their own: a country written out is not called so.
pub(super) fn is_a_word(code: &str) -> bool {
    matches!(
        code,
        "ad" | "ae"
            | "ag"
            | "ago"
            | "ai"
            | "al"
            | "am"
            | "and"
            | "are"
            | "as"
            | "at"
            | "az"
            | "ba"
            | "be"
            | "bes"
            | "by"
            | "can"
            | "cf"
            | "che"
            | "cm"
            | "com"
            | "cub"
            | "de"
            | "do"
            | "dom"
            | "es"
            | "est"
            | "eu"
            | "fin"
            | "gin"
            | "guy"
            | "id"
            | "im"
            | "in"
            | "io"
            | "is"
            | "it"
            | "km"
            | "la"
            | "lie"
            | "ma"
            | "mac"
            | "mar"
            | "me"
            | "mg"
            | "ml"
            | "mo"
            | "ms"
            | "mus"
            | "my"
            | "na"
            | "nam"
            | "ne"
            | "ni"
            | "no"
            | "nu"
            | "om"
            | "pa"
            | "pan"
            | "pe"
            | "per"
            | "pm"
            | "png"
            | "pol"
            | "pr"
            | "ps"
            | "re"
            | "sa"
            | "sc"
            | "se"
            | "sen"
            | "si"
            | "so"
            | "st"
            | "sur"
            | "to"
            | "tun"
            | "tv"
            | "va"
            | "vi"
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{COUNTRIES, Called, country, is_name};

    #[test]
    fn every_country_is_there_once() {
        assert_eq!(COUNTRIES.len(), 250, "ISO 3166-1 and Kosovo");
        let mut seen: HashMap<&str, &str> = HashMap::new();
        for row in COUNTRIES {
            let codes: Vec<&str> = row.split('|').take(2).collect();
            assert!(codes[0].len() == 2 && codes[1].len() == 3, "{row}");
            for name in row.split(['|', ';']).filter(|name| !name.is_empty()) {
                let letters = name.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
                assert!(letters, "{name} is not folded");
                assert_eq!(seen.insert(name, row), None, "{name} stands twice");
            }
        }
    }

    #[test]
    fn a_country_is_known_by_code_name_and_people() {
        let brazil = country("br").map(|(country, _)| country);
        for (name, called) in [
            ("bra", Called::Code),
            ("brasil", Called::Name),
            ("brazil", Called::Name),
            ("brasileira", Called::People),
        ] {
            assert_eq!(country(name), brazil.map(|country| (country, called)));
        }
        assert!(is_name("mexicanos") && is_name("franceses") && is_name("alemanes"));
        assert!(!is_name("br") && !is_name("orders") && !is_name("wakanda"));
    }
}
