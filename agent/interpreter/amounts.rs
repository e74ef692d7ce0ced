//! Numbers as people write amounts: "1M", "10k", "1.5 million", "2.000", "20 %", "5 mil". Read by
//! `spans`.

use almanac_agent_contract::Language;

/// A number and the words it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Amount {
    pub(crate) value: f64,
    /// Words it takes.
    pub(crate) words: usize,
    /// It was written as a part of a hundred; `value` is of one.
    pub(crate) percent: bool,
}

/// The amount that begins with the first of these folded words.
pub(crate) fn amount(words: &[&str], language: Language) -> Option<Amount> {
    let first = words.first()?;
    let (mut value, mut taken) = match digits(first, language) {
        Some(value) => (value, 1),
        None => {
            let (value, taken) = spelled(words)?;
            (value, taken)
        }
    };
    while let Some(times) = words.get(taken).and_then(|word| scale(word)) {
        value *= times;
        taken += 1;
        // "2 millones de euros": the link belongs to nothing else.
        if matches!(words.get(taken), Some(&"de")) {
            taken += 1;
        }
    }
    let percent = match words.get(taken..) {
        Some(["%" | "percent" | "pct", ..]) => 1,
        Some(["por", "ciento" | "cento", ..] | ["per", "cent", ..]) => 2,
        _ => 0,
    };
    Some(Amount {
        value: if percent > 0 { value / 100.0 } else { value },
        words: taken + percent,
        percent: percent > 0,
    })
}

/// "1,250.5", "1.250,5", "10k", "1.5m".
fn digits(word: &str, language: Language) -> Option<f64> {
    let end = word
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .unwrap_or(word.len());
    let (number, suffix) = word.split_at(end);
    if !number.starts_with(|c: char| c.is_ascii_digit()) || number.len() > 20 {
        return None;
    }
    let times = match suffix {
        "" => 1.0,
        "k" => 1e3,
        "m" | "mm" | "mn" | "mio" | "mi" => 1e6,
        "b" | "bn" => 1e9,
        _ => return None,
    };
    Some(plain(number, language)? * times)
}

/// Which sign divides thousands shows in the number itself, or else by the language.
fn plain(number: &str, language: Language) -> Option<f64> {
    let last = number.rfind(['.', ',']);
    let Some(last) = last else {
        return number.parse().ok();
    };
    let sign = number.as_bytes().get(last).copied()?;
    let after = number.len() - last - 1;
    let same = number.bytes().filter(|byte| *byte == sign).count();
    let both = number.contains('.') && number.contains(',');
    let divides = match (same, both) {
        (2.., _) => true,
        (_, true) => false,
        _ => after == 3 && (sign == b',' || language != Language::En),
    };
    let keep = |c: &char| c.is_ascii_digit() || (!divides && *c == char::from(sign));
    let cleaned: String = number.chars().filter(keep).collect();
    cleaned.replace(',', ".").parse().ok()
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "k" | "thousand" | "mil" | "thousands" | "grand" => 1e3,
        "million" | "millions" | "millon" | "millones" | "milhao" | "milhoes" | "mio" => 1e6,
        "billion" | "billions" | "bilhao" | "bilhoes" => 1e9,
        _ => return None,
    })
}

/// "five", "twenty five", "a million", "mil".
fn spelled(words: &[&str]) -> Option<(f64, usize)> {
    let first = words.first()?;
    if matches!(*first, "twice" | "thrice") {
        return Some((if *first == "twice" { 2.0 } else { 3.0 }, 1));
    }
    if scale(first).is_some_and(|times| times >= 1e3) && *first != "k" && *first != "thousands" {
        return Some((1.0, 0)).filter(|_| matches!(*first, "mil" | "thousand"));
    }
    let one = matches!(*first, "a" | "one" | "un" | "um" | "half");
    if one && words.get(1).is_some_and(|word| scale(word).is_some()) {
        return Some((if *first == "half" { 0.5 } else { 1.0 }, 1));
    }
    let tens = crate::time::number(first).filter(|_| !matches!(*first, "a" | "un" | "um"))?;
    let joined = usize::from(matches!(words.get(1), Some(&("y" | "e")))) + 1;
    let ones = words
        .get(joined)
        .filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
        .and_then(|word| crate::time::number(word))
        .filter(|ones| (20..100).contains(&tens) && (1..10).contains(ones));
    Some(match ones {
        Some(ones) => (f64::from(tens + ones), joined + 1),
        None => (f64::from(tens), 1),
    })
}

#[cfg(test)]
mod tests {
    use almanac_agent_contract::Language::{En, Es, Pt};

    use super::amount;

    fn read(text: &str, language: almanac_agent_contract::Language) -> Option<(f64, usize)> {
        let words: Vec<&str> = text.split(' ').collect();
        amount(&words, language).map(|found| (found.value, found.words))
    }

    #[test]
    fn amounts_are_read_as_they_are_written() {
        assert_eq!(read("1m", En), Some((1e6, 1)));
        assert_eq!(read("10k", En), Some((1e4, 1)));
        assert_eq!(read("1.5 million", En), Some((1.5e6, 2)));
        assert_eq!(read("1,250,000", En), Some((1.25e6, 1)));
        assert_eq!(read("1.250.000,50", Es), Some((1_250_000.5, 1)));
        assert_eq!(read("1.000", Es), Some((1000.0, 1)));
        assert_eq!(read("1.000", En), Some((1.0, 1)));
        assert_eq!(read("1,5 mil", Pt), Some((1500.0, 2)));
        assert_eq!(read("5 mil", Es), Some((5000.0, 2)));
        assert_eq!(read("mil", Es), Some((1000.0, 1)));
        assert_eq!(read("a million", En), Some((1e6, 2)));
        assert_eq!(read("2 millones de euros", Es), Some((2e6, 3)));
        assert_eq!(read("20 % of", En), Some((0.2, 2)));
        assert_eq!(read("5 por ciento", Es), Some((0.05, 3)));
        assert_eq!(read("revenue", En), None);
        assert_eq!(read("2026-11-20", En), None);
    }
}
