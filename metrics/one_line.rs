//! Words that others wrote, made fit for one line of a message: `error` and `manifest::Problem` show
//! names, fragments and values through here, so that none of them can break a log, a terminal or
//! the list of problems.

use std::borrow::Cow;

/// A message longer than this loses its middle: what it is about stands at the beginning, what is
/// wrong at the end.
const LONGEST: usize = 1_000;

/// The text without line breaks and other characters that command a terminal, and not endless.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST && !text.contains(commands) {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        c if commands(c) => '\u{fffd}',
        c => c,
    };
    let many = text.chars().count();
    if many <= LONGEST {
        return text.chars().map(plain).collect();
    }
    let half = LONGEST / 2;
    let (head, tail) = (text.chars().take(half), text.chars().skip(many - half));
    let head: String = head.map(plain).collect();
    let tail: String = tail.map(plain).collect();
    Cow::Owned(format!("{head} ... {tail}"))
}

/// Line breaks, escapes, and what turns the direction of what follows.
fn commands(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn what_is_harmless_stays() {
        assert_eq!(one_line("ação 50% \"x\""), "ação 50% \"x\"");
    }

    #[test]
    fn commands_are_taken_out() {
        assert_eq!(one_line("a\nb\r\tc"), "a b  c");
        assert_eq!(
            one_line("\u{1b}[2Ja\u{202e}b\0"),
            "\u{fffd}[2Ja\u{fffd}b\u{fffd}"
        );
        assert_eq!(one_line("a\u{2028}b\u{85}c"), "a b c");
    }

    #[test]
    fn what_is_endless_loses_its_middle() {
        let long = format!("begin {} end", "é".repeat(5_000));
        let cut = one_line(&long);
        assert!(cut.starts_with("begin é") && cut.ends_with("é end"));
        assert_eq!(cut.chars().count(), 1_005);
    }
}
