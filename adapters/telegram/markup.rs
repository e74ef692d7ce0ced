//! Telegram's HTML: texts become messages that stay within its limits, which count UTF-16 units after
//! the markup is gone.
//!
//! Nothing of a text is ever markup, and no "@name" in it is a mention that pings somebody.

use crate::split::{split, utf16_units};

/// The longest message.
pub(super) const TEXT: usize = 4096;
/// The longest caption.
pub(super) const CAPTION: usize = 1024;

/// How a block looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Bold,
    Italic,
    /// Letters of equal width, as they stand.
    Fixed,
}

impl Style {
    const fn tags(self) -> (&'static str, &'static str) {
        match self {
            Self::Plain => ("", ""),
            Self::Bold => ("<b>", "</b>"),
            Self::Italic => ("<i>", "</i>"),
            Self::Fixed => ("<pre>", "</pre>"),
        }
    }
}

/// A text of one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) style: Style,
    pub(super) text: String,
    /// It stands right under the block before it.
    pub(super) close: bool,
}

impl Block {
    /// A block with a blank line before it.
    pub(super) fn new(style: Style, text: impl Into<String>) -> Self {
        Self {
            style,
            text: text.into(),
            close: false,
        }
    }

    /// A block on the line under the one before it.
    pub(super) fn under(style: Style, text: impl Into<String>) -> Self {
        Self {
            close: true,
            ..Self::new(style, text)
        }
    }

    const fn gap(&self) -> &'static str {
        if self.close { "\n" } else { "\n\n" }
    }

    fn pieces(&self, limit: usize) -> Vec<String> {
        if self.style == Style::Fixed {
            whole_lines(&self.text, limit)
        } else {
            split(&quiet(&self.text), limit, utf16_units)
        }
    }
}

/// The blocks in messages of at most `limit` each, as HTML. Blocks are kept whole where they fit.
pub(super) fn messages(blocks: &[Block], limit: usize) -> Vec<String> {
    let mut messages = Vec::new();
    let (mut html, mut used) = (String::new(), 0);
    for block in blocks {
        for piece in block.pieces(limit) {
            let (open, close) = block.style.tags();
            let units = utf16_units(&piece);
            let gap = if html.is_empty() { "" } else { block.gap() };
            if used > 0 && used + gap.len() + units > limit {
                messages.push(std::mem::take(&mut html));
                used = 0;
            }
            let gap = if html.is_empty() { "" } else { gap };
            used += gap.len() + units;
            html.push_str(gap);
            html.push_str(open);
            html.push_str(&escaped(&piece));
            html.push_str(close);
        }
    }
    if !html.is_empty() {
        messages.push(html);
    }
    messages
}

/// The blocks as one message, if they fit into one.
pub(super) fn one(blocks: &[Block], limit: usize) -> Option<String> {
    let mut messages = messages(blocks, limit);
    if messages.len() > 1 {
        return None;
    }
    Some(messages.pop().unwrap_or_default())
}

/// Text that means only itself.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// One line without control characters or those that turn the direction of what follows.
pub(super) fn clean(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    let text: String = text
        .chars()
        .map(|c| if steers(c) { ' ' } else { c })
        .collect();
    text.trim().to_owned()
}

/// With a mark that nobody sees within every "@name" that would be a mention. It counts, so it is set
/// before texts are measured.
fn quiet(text: &str) -> String {
    let mut quiet = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        quiet.push(c);
        let named = letters
            .peek()
            .is_some_and(|next| next.is_ascii_alphanumeric());
        if c == '@' && named && !before.is_alphanumeric() {
            quiet.push(JOINER);
        }
        before = c;
    }
    quiet
}

/// Word joiner: no width, no break.
const JOINER: char = '\u{2060}';

/// Pieces of whole lines; a line longer than a piece is cut.
fn whole_lines(text: &str, limit: usize) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    let mut used = 0;
    for line in text.lines() {
        let units = utf16_units(line);
        if used > 0 && used + 1 + units > limit {
            pieces.push(std::mem::take(&mut piece));
            used = 0;
        }
        if units > limit {
            pieces.extend(split(line, limit, utf16_units));
            continue;
        }
        if used > 0 {
            piece.push('\n');
            used += 1;
        }
        piece.push_str(line);
        used += units;
    }
    pieces.push(piece);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_does_not_count_and_blocks_stay_whole() {
        let blocks = [
            Block::new(Style::Bold, "<b>&"),
            Block::under(Style::Plain, "x".repeat(10)),
            Block::new(Style::Fixed, "  a\n  b"),
        ];
        assert_eq!(
            messages(&blocks, 15),
            ["<b>&lt;b&gt;&amp;</b>\nxxxxxxxxxx", "<pre>  a\n  b</pre>"]
        );
        assert_eq!(one(&blocks, 15), None);
        assert!(one(&blocks, 24).is_some());
    }

    #[test]
    fn emoji_count_twice_and_long_lines_are_cut() {
        let flags = Block::new(Style::Plain, "🎉".repeat(5));
        assert_eq!(messages(&[flags], 6), ["🎉🎉🎉", "🎉🎉"]);
        let line = Block::new(Style::Fixed, "12345678");
        assert_eq!(messages(&[line], 5), ["<pre>12345</pre>", "<pre>678</pre>"]);
    }

    #[test]
    fn nobody_is_pinged() {
        let block = Block::new(Style::Plain, "@ana writes to a@b.example, @ 5");
        assert_eq!(
            messages(&[block], 100),
            ["@\u{2060}ana writes to a@b.example, @ 5"]
        );
    }
}
