//! Text that stays text. WhatsApp has no escape: a letter that could begin or end its markup
//! (`*bold*`, `_italic_`, `~struck~`, `` `code` ``, `> quote`, `- list`) is replaced by one that looks
//! like it. Within words those letters are no markup, and stay.

/// A text of several lines, in a message or a list.
pub(super) fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            safe.push('\n');
        }
        let line = plain(line);
        safe.push_str(&line_start(&inner(&line)));
    }
    safe
}

/// A text on one line.
pub(super) fn line(words: &str) -> String {
    text(&words.replace(['\n', '\r'], " "))
}

/// A text of several lines within three backticks: only they are markup there.
pub(super) fn code(text: &str) -> String {
    text.replace('`', "ˋ")
}

/// A text where there is no markup (a button, a template's parameter): without control characters
/// and those that turn the order of letters around.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if steers(c) { ' ' } else { c })
        .collect()
}

fn inner(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    let wordy = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(|c| c.is_alphanumeric())
    };
    letters
        .iter()
        .enumerate()
        .map(|(at, &c)| {
            let within = wordy(at.checked_sub(1)) && wordy(Some(at + 1));
            match c {
                '`' => 'ˋ',
                '*' if !within => '∗',
                '_' if !within => 'ˍ',
                '~' if !within => '∼',
                c => c,
            }
        })
        .collect()
}

fn line_start(line: &str) -> String {
    let words = line.trim_start();
    let indent = &line[..line.len() - words.len()];
    if let Some(rest) = words.strip_prefix("> ") {
        return format!("{indent}› {rest}");
    }
    if let Some(rest) = words.strip_prefix("- ") {
        return format!("{indent}– {rest}");
    }
    line.to_owned()
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_letters_that_look_like_it() {
        assert_eq!(text("*a* _b_ ~c~ `d`"), "∗a∗ ˍbˍ ∼c∼ ˋdˋ");
        assert_eq!(
            text("order_total 5*3 a~b"),
            "order_total 5*3 a~b",
            "within words"
        );
        assert_eq!(text("> q\n - l\na > b - c"), "› q\n – l\na > b - c");
        assert_eq!(text("\u{1b}[31m\u{202e}x"), " [31m x");
        assert_eq!(code("a ``` *b*"), "a ˋˋˋ *b*");
    }
}
