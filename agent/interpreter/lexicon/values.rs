//! What the values of a dimension are called besides what stands in the data. Used when a catalogue
//! is indexed. A code is a country's only in a dimension of places, a language's only in one of
//! languages: "CA" is Canada, California, Catalan or a size of battery.

use almanac_metrics::DimensionInfo;

use super::concepts;
use super::countries::{Called, country, is_a_word};
use super::{currencies, languages};
use crate::text::{fold, tokens};

/// What the values of a dimension are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Countries, by code, name or people.
    Countries,
    /// States and provinces: their codes are no countries'.
    Parts,
    Languages,
    Currencies,
    Others,
}

/// How people call a value that the data has as a code: "BR" is brazil.
pub(crate) fn spoken(info: &DimensionInfo, code: &str) -> Option<&'static str> {
    let folded = fold(code);
    match sort(info) {
        Sort::Countries => country(&folded)?.0.names().next(),
        Sort::Languages => languages::other_names(&folded).find(|name| name.len() > 3),
        _ => None,
    }
}

/// What the dimension's values are, by its names and by the values themselves.
pub(super) fn sort(info: &DimensionInfo) -> Sort {
    let last = info.name.rsplit("__").next().unwrap_or_default();
    let names = [last, info.label.as_str()]
        .into_iter()
        .chain(info.synonyms.iter().map(String::as_str));
    let mut told = Vec::new();
    for name in names {
        told.extend(tokens(name).into_iter().map(|token| token.word));
    }
    let says = |words: &[&str]| {
        told.iter().any(|word| {
            words
                .iter()
                .any(|meaning| concepts::of_word(word) == concepts::of_word(meaning))
        })
    };
    if says(&["language", "locale", "lang"]) {
        Sort::Languages
    } else if says(&["currency"]) {
        Sort::Currencies
    } else if says(&["country", "nationality", "nation"]) {
        Sort::Countries
    } else if says(&["state", "province", "county", "department"]) {
        Sort::Parts
    } else if says(&[
        "market",
        "region",
        "zone",
        "location",
        "geo",
        "geography",
        "source",
        "destination",
        "destino",
        "origin",
    ]) && mostly_countries(info)
    {
        Sort::Countries
    } else {
        Sort::Others
    }
}

/// At least half of the first values are countries in some way.
fn mostly_countries(info: &DimensionInfo) -> bool {
    let first = info.values.iter().take(40);
    let (mut all, mut countries) = (0, 0);
    for value in first {
        if let almanac_agent_contract::Value::Text(text) = &value.value {
            all += 1;
            countries += i32::from(country(&fold(text)).is_some());
        }
    }
    countries * 2 >= all && countries > 0
}

/// Whether the dimension holds countries by name, or by codes that it says are countries'.
pub(crate) fn holds_countries(info: &DimensionInfo) -> bool {
    let named = info.values.iter().take(40).any(|value| {
        let text = crate::say::called(value);
        let called = country(&fold(&text)).map(|(_, called)| called);
        called == Some(Called::Name)
    });
    let sort = sort(info);
    sort == Sort::Countries || sort == Sort::Others && named
}

/// Other names of a value, folded.
pub(super) fn other_names(sort: Sort, folded: &str) -> Vec<String> {
    match sort {
        Sort::Languages => languages::other_names(folded)
            .filter(|name| name.len() > 3)
            .map(str::to_owned)
            .collect(),
        Sort::Currencies => currencies::names_of(folded).map(str::to_owned).collect(),
        Sort::Countries | Sort::Parts | Sort::Others => of_country(sort, folded),
    }
}

fn of_country(sort: Sort, folded: &str) -> Vec<String> {
    let places = sort == Sort::Countries;
    let (country, called) = match country(folded) {
        Some((_, Called::Code | Called::People)) if !places => return Vec::new(),
        Some(found) => found,
        None => return Vec::new(),
    };
    let written_out = called != Called::Code;
    let codes = country
        .codes()
        .filter(|code| places && !(written_out && is_a_word(code)));
    let mut names: Vec<String> = codes.chain(country.names()).map(str::to_owned).collect();
    if sort != Sort::Parts {
        for people in country.people() {
            names.push(people.to_owned());
            // "franceses", "alemanes": plurals that take more than an s.
            if !people.ends_with(['a', 'e', 'i', 'o', 'u', 'h']) {
                names.push(format!("{people}es"));
            }
        }
    }
    names
}
