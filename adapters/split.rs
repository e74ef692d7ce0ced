//! Long texts in pieces that a platform takes: nothing is cut away.

use unicode_segmentation::UnicodeSegmentation;

/// The text in pieces of at most `limit`, as `measure` counts: whole paragraphs where they fit, else
/// whole lines, else whole words, else letters as people see them. Joined, they have every letter
/// of the text; only the white space between pieces is gone. No piece is empty.
pub(crate) fn split(text: &str, limit: usize, measure: fn(&str) -> usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = fitting(rest, limit, measure);
        let (piece, after) = rest.split_at(end);
        pieces.push(piece.trim_end().to_owned());
        rest = after.trim_start();
    }
    pieces
}

/// Characters, as most platforms count.
pub(crate) fn characters(text: &str) -> usize {
    text.chars().count()
}

/// UTF-16 code units, as JavaScript counts.
pub(crate) fn utf16_units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Where to cut so that what stands before fits, in bytes. At least one letter.
fn fitting(text: &str, limit: usize, measure: fn(&str) -> usize) -> usize {
    if measure(text) <= limit {
        return text.len();
    }
    let mut used = 0;
    let mut end = 0;
    for (at, letter) in text.grapheme_indices(true) {
        used += measure(letter);
        if used > limit && at > 0 {
            break;
        }
        end = at + letter.len();
    }
    let fits = &text[..end];
    // Too early a cut would make many small pieces.
    let early = end / 2;
    ["\n\n", "\n", " "]
        .into_iter()
        .find_map(|between| fits.rfind(between).filter(|at| *at > early))
        .unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_end_where_a_reader_would_pause() {
        let text = "One line.\nAnother line.\n\nA paragraph.";
        assert_eq!(split(text, 100, characters), [text]);
        assert_eq!(
            split(text, 26, characters),
            ["One line.\nAnother line.", "A paragraph."]
        );
        assert_eq!(
            split("aaaa bbbb cccc", 9, characters),
            ["aaaa bbbb", "cccc"]
        );
        assert_eq!(split("aaaaaaa", 3, characters), ["aaa", "aaa", "a"]);
        assert_eq!(split(" \n ", 3, characters), Vec::<String>::new());
    }

    #[test]
    fn no_letter_is_torn() {
        let family = "👩‍👩‍👧";
        let pieces = split(&family.repeat(4), 10, utf16_units);
        assert_eq!(pieces, [family; 4]);
        assert!(split("né\u{301}e", 2, characters).concat() == "né\u{301}e");
    }
}
