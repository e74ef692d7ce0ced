//! A question as words: the first thing `read` does. Accents and case are folded away, code-style
//! names fall apart (`net_revenue`, `netRevenue`), dates in digits stay whole.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::time;

/// Texts are read up to this many bytes; no question is longer.
pub(crate) const LONGEST: usize = 2_000;

/// And up to this many words.
pub(crate) const MOST_WORDS: usize = 80;

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// In lower case, without accents.
    pub(crate) word: String,
    /// As typed.
    pub(crate) typed: String,
    /// A comma or another stop stands before it.
    pub(crate) after_stop: bool,
}

impl Token {
    /// Typed in capitals only.
    pub(crate) fn is_shouted(&self) -> bool {
        self.typed.chars().any(char::is_alphabetic) && !self.typed.chars().any(char::is_lowercase)
    }
}

/// A text in lower case and without accents.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
    {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_accent(*c)) {
        match c {
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ß' | 'ẞ' => folded.push_str("ss"),
            c => folded.extend(c.to_lowercase()),
        }
    }
    // A capital may fall apart again: "İ" is an i with a dot above.
    folded.retain(|c| !is_accent(c));
    Cow::Owned(folded)
}

/// A mark on the letter before it; the voicing marks of Japanese make another letter.
fn is_accent(c: char) -> bool {
    is_combining_mark(c) && !matches!(c, '\u{3099}' | '\u{309a}')
}

/// Whether the text has letters of a script that puts no spaces between words.
pub(crate) fn is_unspaced(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(|c| {
            matches!(c,
                '\u{0e00}'..='\u{0eff}' // Thai, Lao
                | '\u{1000}'..='\u{109f}' // Burmese
                | '\u{1780}'..='\u{17ff}' // Khmer
                | '\u{3040}'..='\u{30ff}' // Japanese syllables
                | '\u{3400}'..='\u{9fff}' // Chinese
                | '\u{f900}'..='\u{faff}'
                | '\u{20000}'..='\u{2ffff}')
        })
}

/// A text without signs that cannot be seen, with signs and digits of other widths and scripts as
/// the keyboard has them.
fn tidy(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let digit =
        |c: char, zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c);
    let each = |c: char| match c {
        // Zero-width signs, soft hyphens, and signs that only turn the direction of writing.
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3000}' => Some(' '),
        '。' | '、' | '،' | '؛' => Some(','),
        '؟' => Some('?'),
        '٠'..='٩' => Some(digit(c, '٠')),
        '۰'..='۹' => Some(digit(c, '۰')),
        '०'..='९' => Some(digit(c, '०')),
        c => Some(c),
    };
    Cow::Owned(text.chars().filter_map(each).collect())
}

/// The words of a text, up to [`MOST_WORDS`].
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader {
        found: Vec::new(),
        stopped: false,
    };
    let text = tidy(text);
    let text = text.as_ref();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if reader.found.len() >= MOST_WORDS {
            break;
        }
        // "Nov '25": a year, and no day of the month.
        if let Some(year) = short_year(rest) {
            reader.push(&format!("'{year}"));
            rest = &rest[first.len_utf8() + year.len()..];
            continue;
        }
        let length = if first.is_ascii_digit() {
            number_length(rest)
        } else if first.is_alphanumeric() || is_combining_mark(first) {
            word_length(rest)
        } else {
            let after = &rest[first.len_utf8()..];
            reader.mark(
                first,
                after.starts_with(char::is_alphabetic) && reader.touches(text, rest),
            );
            rest = after;
            continue;
        };
        let (word, after) = rest.split_at(length.max(first.len_utf8()));
        rest = after;
        // "what's", "mother's", "don't": what follows the apostrophe is no word of its own.
        if let Some(tail) = after.strip_prefix(['\'', '’']) {
            let letters = tail
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(tail.len());
            if short_year(after).is_some() {
                reader.push(word);
                continue;
            }
            if matches!(&tail[..letters], "s" | "S") {
                let asked = matches!(
                    fold(word).as_ref(),
                    "what" | "how" | "who" | "where" | "when" | "that" | "it"
                );
                reader.push(word);
                if asked {
                    reader.push("is");
                }
                rest = &tail[letters..];
                continue;
            }
            // "I'd like", "we've had", "don't"
            let ending = fold(&tail[..letters]);
            if matches!(ending.as_ref(), "d" | "ll" | "ve" | "re" | "m") {
                reader.push(word);
                rest = &tail[letters..];
                continue;
            }
            if ending == "t" {
                reader.push(&[word, &tail[..letters]].concat());
                rest = &tail[letters..];
                continue;
            }
            rest = tail;
        }
        reader.push(word);
    }
    reader.found
}

/// The two digits after an apostrophe at the start of `rest`.
fn short_year(rest: &str) -> Option<&str> {
    let tail = rest.strip_prefix(['\'', '’'])?;
    let digits = tail.get(..2)?;
    let ends = !tail[2..].starts_with(char::is_alphanumeric);
    (ends && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

struct Reader {
    found: Vec<Token>,
    stopped: bool,
}

impl Reader {
    fn push(&mut self, typed: &str) {
        let word = fold(typed).into_owned();
        if word.is_empty() {
            return;
        }
        self.found.push(Token {
            word,
            typed: typed.to_owned(),
            after_stop: self.stopped,
        });
        self.stopped = false;
    }

    /// Whether a letter stands right before `rest`.
    fn touches(&self, text: &str, rest: &str) -> bool {
        text[..text.len() - rest.len()].ends_with(char::is_alphabetic)
    }

    /// Signs that say something are words; stops are remembered; the rest is decoration. A dash
    /// between letters only divides a compound, unless months stand around it.
    fn mark(&mut self, sign: char, between_letters: bool) {
        let month = self
            .found
            .last()
            .is_some_and(|token| time::is_month(&token.word));
        match sign {
            '-' | '–' | '—' if between_letters && !month => {}
            ',' | ';' | '?' | '!' | '.' | ':' | '\n' | '¿' | '¡' => self.stopped = true,
            '-' | '–' | '—' => self.push("-"),
            '&' => self.push("and"),
            // "R$ 500", "US$ 20"
            '$' => {
                let country = |token: &Token| {
                    token.typed.len() <= 2 && token.typed.chars().all(|c| c.is_ascii_uppercase())
                };
                if self.found.last().is_some_and(country) {
                    self.found.pop();
                }
            }
            '+' | '%' | '>' | '<' | '=' | '*' | '≥' | '≤' => {
                self.push(sign.encode_utf8(&mut [0; 4]))
            }
            _ => {}
        }
    }
}

/// A run of letters and digits; ends before a capital that follows a small letter, unless it is
/// the last: "YoY" is one word.
fn word_length(text: &str) -> usize {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || is_combining_mark(c);
        // "netRevenue" is two words, "iOS" one.
        let capital = before.is_lowercase() && c.is_uppercase() && at > 1;
        if !inside || (capital && text[at + c.len_utf8()..].starts_with(char::is_alphanumeric)) {
            return at;
        }
        before = c;
    }
    text.len()
}

/// Digits with what joins them: "2026-11-09", "9/11", "1.000", "2026-W23", "3rd", "90d", "9:30".
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    let mut dashes = 0;
    while let Some(byte) = bytes.get(end) {
        let next = bytes.get(end + 1).copied().unwrap_or(b' ');
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => end += 1,
            b'/' | b'.' | b',' | b':' if next.is_ascii_digit() => end += 1,
            // A dash joins only what begins with a year or is a whole date: "1-19" is two numbers.
            b'-' if (next.is_ascii_digit() || next.eq_ignore_ascii_case(&b'w'))
                && ((end == 4 && !is_year(&text[5..])) || dashes > 0 || is_dashed_date(text)) =>
            {
                dashes += 1;
                end += 1;
            }
            _ => break,
        }
    }
    // "º" and letters beyond ASCII belong to the word: "1º".
    end + text[end..]
        .chars()
        .take_while(|c| c.is_alphanumeric() && !c.is_ascii())
        .map(char::len_utf8)
        .sum::<usize>()
}

/// Four digits and no more.
fn is_year(text: &str) -> bool {
    text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len() == 4
}

/// "9-11-2026".
fn is_dashed_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let digits = |part: Option<&str>, most: usize| {
        part.is_some_and(|p| {
            !p.is_empty() && p.len() <= most && p.bytes().all(|b| b.is_ascii_digit())
        })
    };
    digits(parts.next(), 2)
        && digits(parts.next(), 2)
        && parts
            .next()
            .is_some_and(|p| p.get(..4).is_some_and(|year| digits(Some(year), 4)))
}

#[cfg(test)]
mod tests {
    use super::tokens;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn words_fall_apart_where_people_hear_them() {
        assert_eq!(
            words("What's net_revenue?"),
            ["what", "is", "net", "revenue"]
        );
        assert_eq!(
            words("netRevenue, Año-móvil"),
            ["net", "revenue", "ano", "movil"]
        );
        assert_eq!(words("Mother's Day 2025"), ["mother", "day", "2025"]);
        assert_eq!(
            words("2026-11-09 9/11/2026 9-11-2026 1-19 Nov"),
            [
                "2026-11-09",
                "9/11/2026",
                "9-11-2026",
                "1",
                "-",
                "19",
                "nov"
            ]
        );
        assert_eq!(
            words("2026-W23 and 2024-2025"),
            ["2026-w23", "and", "2024", "-", "2025"]
        );
        assert_eq!(words("😀 ¿?"), Vec::<String>::new());
    }

    #[test]
    fn what_cannot_be_seen_is_not_there() {
        assert_eq!(words("rev\u{200b}enue\u{feff}"), ["revenue"]);
        assert_eq!(words("re\u{ad}ve\u{200d}nue"), ["revenue"]);
        assert_eq!(words("\u{202e}revenue\u{202c} today"), ["revenue", "today"]);
        assert_eq!(words("ｒｅｖｅｎｕｅ，　２０２５？"), ["revenue", "2025"]);
        assert_eq!(words("re\u{301}venu\u{308}e"), ["revenue"]);
        assert_eq!(words("𝐫𝐞𝐯𝐞𝐧𝐮𝐞 ﬁsh"), ["revenue", "fish"]);
        assert_eq!(
            words("Łódź Tromsø Straße Æon İzmir"),
            ["lodz", "tromso", "strasse", "aeon", "izmir"]
        );
        assert_eq!(words("٢٠٢٥ ١٢"), ["2025", "12"]);
        assert_eq!(words("❤\u{fe0f} revenue 👩\u{200d}💻"), ["revenue"]);
    }
}
