//! Text that must stay text between Discord's markup: nobody is mentioned, nothing becomes bold, a
//! link or a heading, whatever data says.

use crate::split::{split, utf16_units};

/// What a message takes, in UTF-16 units; Discord counts characters, which are never more.
pub(super) const CONTENT: usize = 2000;

/// The text without control characters and without those that turn the order of letters around.
/// Line ends stay.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if steers(c) { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// On one line, for labels.
pub(super) fn one_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

/// The text as it leaves: with a backslash before whatever would be markup.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches(' ');
        safe.push_str(&line[..line.len() - rest.len()]);
        if begins_markup(rest) {
            safe.push('\\');
        }
        for c in rest.chars() {
            if matches!(c, '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '[' | '@') {
                safe.push('\\');
            }
            safe.push(c);
        }
    }
    safe
}

/// Headings, lists, quotes and small print are only what they are where a line begins.
fn begins_markup(line: &str) -> bool {
    line.starts_with(['#', '-', '+', '>'])
}

/// The text, escaped, in messages.
pub(super) fn messages(text: &str, limit: usize) -> Vec<String> {
    split(text, limit, escaped_units)
        .iter()
        .map(|piece| escaped(piece))
        .collect()
}

fn escaped_units(text: &str) -> usize {
    utf16_units(&escaped(text))
}

/// A block in which every letter is as wide as the next, and nothing is markup.
pub(super) fn block(text: &str, language: &str) -> String {
    // A row of backticks would end it.
    let inside = text.replace("``", "`\u{200b}`");
    format!("```{language}\n{inside}\n```")
}

fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_text() {
        assert_eq!(
            escaped("*a* <@1> @everyone [x](y)"),
            "\\*a\\* \\<\\@1> \\@everyone \\[x](y)"
        );
        assert_eq!(escaped("# a\n - b\n3 - 2"), "\\# a\n \\- b\n3 - 2");
        assert_eq!(block("a```b", "sql"), "```sql\na`\u{200b}``b\n```");
        assert_eq!(clean(" a\u{1b}[31m\u{202e}b\n "), "a [31m b");
    }

    #[test]
    fn pieces_fit_as_they_leave() {
        let pieces = messages(&"*".repeat(3000), CONTENT);
        assert!(pieces.iter().all(|it| utf16_units(it) <= CONTENT));
        assert_eq!(pieces.concat().matches("\\*").count(), 3000);
    }
}
