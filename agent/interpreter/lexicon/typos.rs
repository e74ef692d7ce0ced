//! The nearest known word to one that is not known. A linear scan with a cheap filter: fifty
//! thousand words take some tens of microseconds, and few words of a question are unknown.

use strsim::osa_distance;

/// Known words, ready to be compared.
pub(super) struct Spelling {
    words: Vec<(u32, Box<str>)>,
}

impl Spelling {
    pub(super) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let mut words: Vec<String> = words
            .into_iter()
            .filter(|word| edits_allowed(word) > 0)
            .collect();
        words.sort_unstable();
        words.dedup();
        Self {
            words: words
                .into_iter()
                .map(|word| (letters(&word), word.into_boxed_str()))
                .collect(),
        }
    }

    /// The nearest words within the edits that a word of this length may have, and how many.
    pub(super) fn nearest(&self, word: &str) -> Vec<(&str, usize)> {
        let allowed = edits_allowed(word);
        if allowed == 0 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return Vec::new();
        }
        let mask = letters(word);
        let mut found: Vec<(&str, usize)> = Vec::new();
        let mut best = allowed;
        for (other_mask, other) in &self.words {
            if other.len().abs_diff(word.len()) > best
                || (mask ^ other_mask).count_ones() as usize > 2 * best
            {
                continue;
            }
            let distance = osa_distance(word, other);
            // Short words change their meaning with their first letter.
            let sure = distance <= best
                && (word.len() > 4 || word.as_bytes().first() == other.as_bytes().first());
            if sure {
                if distance < best {
                    found.clear();
                    best = distance;
                }
                found.push((other, distance));
            }
        }
        found.truncate(3);
        found
    }
}

/// Three letters may have no typo, seven one, longer words two.
fn edits_allowed(word: &str) -> usize {
    match word.len() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Which letters a word has, as bits.
fn letters(word: &str) -> u32 {
    word.bytes()
        .filter(u8::is_ascii_lowercase)
        .fold(0, |mask, byte| mask | 1 << (byte - b'a'))
}

#[cfg(test)]
mod tests {
    use super::Spelling;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let spelling =
            Spelling::new(["revenue", "country", "channel", "canada", "cost"].map(str::to_owned));
        assert_eq!(spelling.nearest("revnue"), [("revenue", 1)]);
        assert_eq!(spelling.nearest("contry"), [("country", 1)]);
        assert_eq!(spelling.nearest("chanel"), [("channel", 1)]);
        assert_eq!(spelling.nearest("wakanda"), []);
        assert_eq!(spelling.nearest("most"), []);
    }
}
