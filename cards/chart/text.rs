//! Words on a chart: how wide they are, how they are cut, what of them can be drawn at all.

use super::face::{Weight, advance};

/// What a character that no font has is taken to measure.
const UNKNOWN: f32 = 1.0;
/// Joins emoji to others; alone it is nothing.
const JOINER: char = '\u{200d}';

/// Who draws the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fonts {
    /// A browser, which has fonts of its own for emoji and other scripts.
    Readers,
    /// The embedded ones only.
    Embedded,
}

/// The width of a text in pixels.
pub(crate) fn width(text: &str, size: f32, weight: Weight) -> f32 {
    text.chars()
        .map(|c| advance(c, weight).unwrap_or(UNKNOWN))
        .sum::<f32>()
        * size
}

/// `text` if it fits into `room` pixels, else as much of its beginning as does, and "…".
pub(crate) fn fit(text: &str, room: f32, size: f32, weight: Weight) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut left = room - width("…", size, weight);
    let mut kept = String::new();
    for c in text.chars() {
        left -= advance(c, weight).unwrap_or(UNKNOWN) * size;
        if left < 0.0 {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// `text` on one line, without what cannot stand in XML or be drawn.
///
/// With the embedded fonts, pictures such as emoji are left out; letters of scripts they lack stay
/// and are drawn as empty boxes, so that a reader sees that something stands there.
pub(crate) fn drawable(text: &str, fonts: Fonts) -> String {
    let mut drawn = String::with_capacity(text.len());
    let (mut left_out, mut pending_space) = (false, false);
    for c in text.chars() {
        let keep = match fonts {
            Fonts::Readers => !is_noncharacter(c),
            Fonts::Embedded => {
                c != JOINER && (c.is_alphanumeric() || advance(c, Weight::Regular).is_some())
            }
        };
        if c.is_control() || c == ' ' || c == '\u{2028}' || c == '\u{2029}' {
            pending_space = !drawn.is_empty();
        } else if keep {
            if pending_space {
                drawn.push(' ');
                pending_space = false;
            }
            drawn.push(c);
        } else {
            left_out = true;
        }
    }
    if drawn.is_empty() && left_out {
        "\u{fffd}".to_owned()
    } else {
        drawn
    }
}

/// `text` as the content of an XML element or attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() || is_noncharacter(c) => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// Code points that XML 1.0 has no place for.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}
