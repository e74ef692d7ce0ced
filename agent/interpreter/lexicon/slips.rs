//! How fingers slip: which of some near words was likelier meant. Used by `typos`.

/// Few fingers slip on a word's first letter, and another first letter is mostly another word:
/// "pensions" are no "sessions". It may be lost, typed twice, swapped with the next, or, in a long
/// word, a neighbouring key.
pub(super) fn may_begin_so(typed: &[u8], meant: &[u8], edits: usize) -> bool {
    let ([a, b, ..], [x, y, ..]) = (typed, meant) else {
        return false;
    };
    if a == x {
        return true;
    }
    let long = typed.len() > 4 && edits == 1;
    let swapped = a == y && b == x;
    let lost = typed == &meant[1..];
    let slipped = typed.len() > 6 && typed[1..] == meant[1..] && neighbours(*a, *x);
    long && (swapped || lost || slipped)
}

/// How unlikely the slip of a finger is, among words that are as near: swapped, doubled and lost
/// letters first, then a neighbouring key, then another letter, then another first letter.
pub(super) fn slip(typed: &[u8], meant: &[u8]) -> u8 {
    let other_start = 4 * u8::from(typed.first() != meant.first());
    let differs = typed.iter().zip(meant).find(|(a, b)| a != b);
    let same_letters = letters(typed) == letters(meant);
    let kind = match differs {
        _ if same_letters => 0,
        _ if typed.len() < meant.len() => 1,
        Some((a, b)) if typed.len() == meant.len() && neighbours(*a, *b) => 1,
        _ if typed.len() > meant.len() => 2,
        _ => 3,
    };
    other_start + kind
}

/// Keys that touch on a QWERTY board.
fn neighbours(a: u8, b: u8) -> bool {
    const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
    let place = |key: u8| {
        ROWS.iter().enumerate().find_map(|(row, keys)| {
            let column = keys.iter().position(|other| *other == key)?;
            Some((row, column))
        })
    };
    let (Some((row, column)), Some((other_row, other_column))) = (place(a), place(b)) else {
        return false;
    };
    row.abs_diff(other_row) <= 1 && column.abs_diff(other_column) <= 1
}

/// Which letters a word has, as bits.
pub(super) fn letters(word: &[u8]) -> u32 {
    word.iter()
        .filter(|byte| byte.is_ascii_lowercase())
        .fold(0, |mask, byte| mask | 1 << (byte - b'a'))
}
