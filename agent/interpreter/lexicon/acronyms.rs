//! Acronyms of a catalogue's own labels: "AOV" from "Average order value". Used when the catalogue
//! is indexed.

use std::collections::HashMap;

use almanac_metrics::MetricInfo;

use super::forms::links;
use crate::text::tokens;

/// The initials of labels of three words and more, with the place of the only metric that has
/// them. "Return on ad spend" is ROAS, and RAS too.
pub(super) fn of(metrics: &[MetricInfo]) -> Vec<(String, u32)> {
    let mut found: HashMap<String, Option<u32>> = HashMap::new();
    for (metric, at) in metrics.iter().zip(0_u32..) {
        let words: Vec<String> = tokens(&metric.label)
            .into_iter()
            .map(|token| token.word)
            .collect();
        let all = words.iter().filter(|word| *word != "-");
        let content = words.iter().filter(|word| !links(word));
        for initials in [initials(all), initials(content)].into_iter().flatten() {
            let entry = found.entry(initials).or_insert(Some(at));
            if *entry != Some(at) {
                *entry = None;
            }
        }
    }
    let mut only: Vec<(String, u32)> = found
        .into_iter()
        .filter_map(|(initials, at)| Some((initials, at?)))
        .collect();
    only.sort_unstable();
    only
}

fn initials<'a>(words: impl Iterator<Item = &'a String>) -> Option<String> {
    let initials: String = words.filter_map(|word| word.chars().next()).collect();
    let letters = initials.bytes().all(|b| b.is_ascii_lowercase());
    (letters && (3..=6).contains(&initials.len())).then_some(initials)
}
