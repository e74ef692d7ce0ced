//! The nearest known word to one that is not known. Every word is indexed by what is left of its
//! beginning with up to two letters taken out (Wolf Garbe's symmetric deletion), so that a lookup
//! touches tens of words of fifty thousand.

use super::forms::{OFFSET, bytes, mix};
use super::slips::{self, letters, may_begin_so, slip};

/// How much a word is to be preferred to another that is as near.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rank {
    /// Of a metric's or dimension's name.
    Name,
    /// Of a value, where there are few.
    Value,
    /// Of questions in general.
    General,
    /// Of a value among very many: must be all but the same.
    Rare,
}

/// Known words, ready to be compared.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    letters: Box<str>,
    words: Box<[Entry]>,
    starts: Box<[u32]>,
    deletes: Box<[u32]>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Which letters it has.
    mask: u32,
    /// Where it begins in all letters, and how long it is.
    start: u32,
    length: u8,
    rank: Rank,
}

/// Words are numbered with so many bits; the others of an index entry tell words apart.
const NUMBER: u32 = 17;
/// The most words that are compared.
pub(super) const MOST_WORDS: usize = 1 << NUMBER;
/// Longer words have no typos.
const LONGEST: usize = 28;
/// Letters are taken out of so many at a word's beginning.
const PREFIX: usize = 6;

impl Spelling {
    /// Words of more than three letters of the alphabet; others have no typos.
    pub(super) fn new(words: impl IntoIterator<Item = (Rank, String)>) -> Self {
        let mut words: Vec<(Rank, String)> = words
            .into_iter()
            .filter(|(_, word)| can_be_mended(word))
            .collect();
        words.sort_unstable_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
        words.dedup_by(|later, kept| later.1 == kept.1);
        if words.len() > MOST_WORDS {
            words.sort_by_key(|(rank, _)| *rank);
            words.truncate(MOST_WORDS);
        }
        let mut letters = String::new();
        let mut entries = Vec::with_capacity(words.len());
        for (rank, word) in &words {
            entries.push(Entry {
                mask: slips::letters(word.as_bytes()),
                start: u32::try_from(letters.len()).unwrap_or(u32::MAX),
                length: u8::try_from(word.len()).unwrap_or(u8::MAX),
                rank: *rank,
            });
            letters.push_str(word);
        }
        let bits = (usize::BITS - (words.len() * 4).leading_zeros()).clamp(1, 18);
        let size = 1_usize << bits;
        let mut starts = vec![0_u32; size + 1];
        let each = |word: &str, visit: &mut dyn FnMut(u64)| {
            let most = if word.len() >= 6 { 2 } else { 1 };
            deletes(word.as_bytes(), most, visit);
        };
        for (_, word) in &words {
            each(word, &mut |key| starts[bucket(key, size) + 1] += 1);
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![0_u32; starts.last().map_or(0, |all| *all as usize)];
        for ((_, word), number) in words.iter().zip(0_u32..) {
            each(word, &mut |key| {
                let place = &mut next[bucket(key, size)];
                places[*place as usize] = tag(key) | number;
                *place += 1;
            });
        }
        Self {
            letters: letters.into_boxed_str(),
            words: entries.into_boxed_slice(),
            starts: starts.into_boxed_slice(),
            deletes: places.into_boxed_slice(),
        }
    }

    /// Words with a deletion in common with `typed`, each once.
    fn candidates(&self, typed: &[u8], allowed: usize) -> Vec<u32> {
        let mut numbers: Vec<u32> = Vec::new();
        let size = self.starts.len().saturating_sub(1);
        if size == 0 {
            return numbers;
        }
        deletes(typed, allowed, &mut |key| {
            let at = bucket(key, size);
            let (from, to) = (self.starts[at] as usize, self.starts[at + 1] as usize);
            let same = |entry: &&u32| **entry >> NUMBER == tag(key) >> NUMBER;
            let of_bucket = self.deletes.get(from..to).unwrap_or_default();
            let number = |entry: &u32| entry & (MOST_WORDS as u32 - 1);
            numbers.extend(of_bucket.iter().filter(same).map(number));
        });
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn word(&self, entry: &Entry) -> &str {
        let start = entry.start as usize;
        let word = self.letters.get(start..start + usize::from(entry.length));
        word.unwrap_or_default()
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

/// The nearest words of some lists, within the edits that a word of this length may have, and how
/// many; the likeliest first.
pub(super) fn nearest<'a>(lists: [&'a Spelling; 2], word: &str) -> Vec<(&'a str, usize)> {
    let allowed = edits_allowed(word);
    if allowed == 0 || !can_be_mended(word) {
        return Vec::new();
    }
    let typed = word.as_bytes();
    let has = letters(typed);
    let mut best = allowed;
    let mut found: Vec<(Rank, u8, &str)> = Vec::new();
    for list in lists {
        for number in list.candidates(typed, allowed) {
            let Some(entry) = list.words.get(number as usize) else {
                continue;
            };
            if usize::from(entry.length).abs_diff(typed.len()) > best
                || (has ^ entry.mask).count_ones() as usize > 2 * best
            {
                continue;
            }
            let other = list.word(entry);
            let Some(edits) = distance(typed, other.as_bytes(), best) else {
                continue;
            };
            let same_start = typed.first() == other.as_bytes().first();
            let rare = entry.rank == Rank::Rare;
            let unsure = rare && (!same_start || edits > 1 && typed.len() < 10);
            if unsure || !may_begin_so(typed, other.as_bytes(), edits) {
                continue;
            }
            if edits < best {
                found.clear();
                best = edits;
            }
            found.push((entry.rank, slip(typed, other.as_bytes()), other));
        }
    }
    found.sort_unstable();
    let mut near: Vec<(&str, usize)> = Vec::new();
    for (_, _, other) in found {
        if near.len() < 3 && near.iter().all(|(known, _)| *known != other) {
            near.push((other, best));
        }
    }
    near
}

/// Three letters may have no typo, seven one, longer words two.
fn edits_allowed(word: &str) -> usize {
    match word.len() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Words of letters a to z that are neither very short nor very long.
pub(super) fn can_be_mended(word: &str) -> bool {
    (4..=LONGEST).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// Visits the key of the word's beginning with no letter, one letter and so on taken out.
fn deletes(word: &[u8], most: usize, visit: &mut dyn FnMut(u64)) {
    let prefix = &word[..word.len().min(PREFIX)];
    let without = |first: usize, second: usize| {
        prefix
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != first && *at != second)
            .fold(OFFSET, |state, (_, byte)| bytes(state, &[*byte]))
    };
    visit(mix(without(PREFIX, PREFIX)));
    for first in 0..prefix.len() {
        // Of letters that come twice, either may go.
        if first > 0 && prefix[first] == prefix[first - 1] {
            continue;
        }
        visit(mix(without(first, PREFIX)));
        if most > 1 {
            for second in first + 1..prefix.len() {
                visit(mix(without(first, second)));
            }
        }
    }
}

fn bucket(key: u64, size: usize) -> usize {
    (key as usize) & (size - 1)
}

/// The bits of a key that an entry keeps.
fn tag(key: u64) -> u32 {
    ((key >> 40) as u32) << NUMBER
}

/// Letters added, lost, changed, or swapped with their neighbour (optimal string alignment); `None`
/// beyond `most`. Words are at most [`LONGEST`] letters.
fn distance(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    const WIDTH: usize = LONGEST + 1;
    if a.len() >= WIDTH || b.len() >= WIDTH {
        return None;
    }
    let mut rows = [[0_u8; WIDTH]; 3];
    for (at, cell) in rows[0].iter_mut().enumerate() {
        *cell = u8::try_from(at).unwrap_or(u8::MAX);
    }
    for i in 1..=a.len() {
        let (now, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = u8::try_from(i).unwrap_or(u8::MAX);
        let mut least = rows[now][0];
        for j in 1..=b.len() {
            let changed = u8::from(a[i - 1] != b[j - 1]);
            let mut cell = (rows[last][j - 1] + changed)
                .min(rows[last][j] + 1)
                .min(rows[now][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(rows[before][j - 2] + 1);
            }
            rows[now][j] = cell;
            least = least.min(cell);
        }
        if usize::from(least) > most + 1 {
            return None;
        }
    }
    let edits = usize::from(rows[a.len() % 3][b.len()]);
    (edits <= most).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::{Rank, Spelling, distance, may_begin_so};

    fn near<'a>(spelling: &'a Spelling, word: &str) -> Vec<(&'a str, usize)> {
        super::nearest([spelling, spelling], word)
    }

    use proptest::prelude::*;

    fn spelling(words: &[&str]) -> Spelling {
        Spelling::new(words.iter().map(|word| (Rank::Name, (*word).to_owned())))
    }

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let spelling = spelling(&["revenue", "country", "channel", "canada", "cost"]);
        assert_eq!(near(&spelling, "revnue"), [("revenue", 1)]);
        assert_eq!(near(&spelling, "rveenue"), [("revenue", 1)]);
        assert_eq!(near(&spelling, "contry"), [("country", 1)]);
        assert_eq!(near(&spelling, "chanel"), [("channel", 1)]);
        assert_eq!(near(&spelling, "channells"), [("channel", 2)]);
        assert_eq!(near(&spelling, "wakanda"), []);
        assert_eq!(near(&spelling, "most"), []);
    }

    #[test]
    fn another_first_letter_is_another_word() {
        let spelling = spelling(&["sessions", "sales", "orders", "revenue"]);
        for word in [
            "pensions", "missions", "males", "wales", "borders", "avenue", "holders",
        ] {
            assert_eq!(near(&spelling, word), [], "{word}");
        }
        for word in ["rveenue", "evenue", "rrevenue", "tevenue", "revenu"] {
            assert_eq!(near(&spelling, word), [("revenue", 1)], "{word}");
        }
    }

    #[test]
    fn names_come_before_values_and_likely_slips_before_others() {
        let words = [
            (Rank::Rare, "marker"),
            (Rank::Name, "market"),
            (Rank::General, "marked"),
            (Rank::Value, "marken"),
        ];
        let spelling = Spelling::new(words.map(|(rank, word)| (rank, word.to_owned())));
        let found: Vec<&str> = near(&spelling, "markeq")
            .iter()
            .map(|near| near.0)
            .collect();
        assert_eq!(found, ["market", "marken", "marked"]);
        let spelling =
            Spelling::new(["plant", "plane", "plans"].map(|word| (Rank::Name, word.to_owned())));
        let found: Vec<&str> = near(&spelling, "plany").iter().map(|near| near.0).collect();
        assert_eq!(found[0], "plant", "y is beside t");
    }

    #[test]
    fn a_word_among_very_many_must_be_all_but_the_same() {
        let spelling =
            Spelling::new(["leatherman", "bakeries"].map(|word| (Rank::Rare, word.to_owned())));
        assert_eq!(near(&spelling, "leathreman"), [("leatherman", 1)]);
        assert_eq!(near(&spelling, "bakereis"), [("bakeries", 1)]);
        assert_eq!(near(&spelling, "vakeries"), []);
        assert_eq!(near(&spelling, "bakxriex"), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

        #[test]
        fn edits_are_counted_as_they_should_be(a in "[a-d]{0,12}", b in "[a-d]{0,12}") {
            let edits = strsim::osa_distance(&a, &b);
            prop_assert_eq!(distance(a.as_bytes(), b.as_bytes(), 40), Some(edits));
            prop_assert_eq!(distance(a.as_bytes(), b.as_bytes(), 2), (edits <= 2).then_some(edits));
        }

        #[test]
        fn nothing_within_reach_is_missed(words in prop::collection::vec("[a-c]{4,10}", 1..30), typed in "[a-c]{4,10}") {
            let spelling = Spelling::new(words.iter().map(|word| (Rank::Name, word.clone())));
            let allowed = if typed.len() < 8 { 1 } else { 2 };
            let reachable = |word: &&String| {
                let edits = strsim::osa_distance(&typed, word);
                edits <= allowed && may_begin_so(typed.as_bytes(), word.as_bytes(), edits)
            };
            let least = words.iter().filter(reachable).map(|word| strsim::osa_distance(&typed, word)).min();
            prop_assert_eq!(near(&spelling, &typed).first().map(|(_, edits)| *edits), least);
        }
    }
}
