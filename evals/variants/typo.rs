//! Slips of the finger: one letter wrong, missing, doubled or swapped in one word.

use super::draw::Draw;
use super::function_words::holds;
use super::known::Known;
use super::words::{Word, fold, joined, words};
use crate::Case;

/// Typos made of a question, each in another word.
const MOST: usize = 2;
/// Slips tried in a word until one is taken.
const TRIES: usize = 24;
/// Letters of a word that gets a typo, at least.
const SHORTEST: usize = 5;

/// The rows of a keyboard, for slips to the key beside.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// The question with a typo.
pub(super) fn typos(case: &Case, known: &Known, draw: &mut Draw) -> Vec<String> {
    let mut words = words(&case.ask);
    let mut places: Vec<usize> = (0..words.len()).filter(|at| takes(&words[*at])).collect();
    let mut made = Vec::new();
    while made.len() < MOST && !places.is_empty() {
        let at = places.remove(draw.below(places.len()));
        let Some(typed) = typo(&words[at], known, draw) else {
            continue;
        };
        let right = std::mem::replace(&mut words[at].text, typed);
        made.push(joined(&words));
        words[at].text = right;
    }
    made
}

/// Words of letters alone that say what is asked for; codes and abbreviations are left as they are.
fn takes(word: &Word) -> bool {
    let letters = word.text.chars().count();
    letters >= SHORTEST
        && word.text.chars().all(char::is_alphabetic)
        && !word.text.chars().skip(1).any(char::is_uppercase)
        && !holds(&word.folded())
}

fn typo(word: &Word, known: &Known, draw: &mut Draw) -> Option<String> {
    let meant = word.folded();
    (0..TRIES).find_map(|_| {
        let typed = slip(&word.text, draw)?;
        known.leaves_only(&fold(&typed), &meant).then_some(typed)
    })
}

/// One slip between the first letter and the last, which people type right.
fn slip(word: &str, draw: &mut Draw) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + draw.below(letters.len().checked_sub(2)?);
    match draw.below(4) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        2 if at + 2 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = beside(letters[at], draw)?,
    }
    Some(letters.into_iter().collect())
}

/// A key beside this one.
fn beside(letter: char, draw: &mut Draw) -> Option<char> {
    let row = ROWS.iter().find(|row| row.contains(letter))?;
    let at = row.find(letter)?;
    let left = at.checked_sub(1).and_then(|at| row.get(at..=at));
    let right = row.get(at + 1..at + 2);
    let keys: Vec<&str> = left.into_iter().chain(right).collect();
    draw.one_of(&keys)?.chars().next()
}
