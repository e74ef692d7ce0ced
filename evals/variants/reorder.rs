//! The same words in another order: the period first instead of last and the other way, what a
//! number is broken down by before the number.

use almanac_agent_contract::Language;

use super::times::{closing, opening, tells_time};
use super::words::{Word, bare, joined, small, words};
use crate::Case;

/// Words of a period, at most.
const PERIOD: usize = 5;

/// After these a period says which of two things it belongs to, or is one of several.
const TIED: &[&str] = &[
    "against",
    "and",
    "compara",
    "comparado",
    "comparada",
    "comparando",
    "comparar",
    "compare",
    "compared",
    "compares",
    "con",
    "contra",
    "e",
    "frente",
    "if",
    "instead",
    "not",
    "ou",
    "o",
    "or",
    "que",
    "relacao",
    "than",
    "to",
    "versus",
    "vs",
    "with",
    "y",
    "com",
    "si",
    "se",
    "without",
    "sin",
    "sem",
    "from",
];

/// Words that no question ends with.
const HANGING: &[&str] = &[
    "a", "al", "an", "at", "by", "com", "con", "da", "das", "de", "del", "do", "dos", "during",
    "durante", "el", "em", "en", "for", "from", "in", "la", "las", "los", "na", "nas", "no", "nos",
    "of", "on", "only", "over", "para", "per", "por", "since", "the", "to", "um", "uma", "un",
    "una", "between", "until", "solo", "so", "this", "last", "previous", "next", "past", "first",
    "este", "esta", "ultimo", "ultima", "primer", "primeiro", "neste", "nesta", "deste", "desta",
    "before", "after", "until", "hasta", "ate",
];

/// The question in other orders.
pub(super) fn reorders(case: &Case) -> Vec<String> {
    // What goes on with a conversation hangs on its first words.
    if !case.before.is_empty() {
        return Vec::new();
    }
    let words = words(&small(bare(&case.ask)));
    let moved = [
        period_first(case.language, &words),
        period_last(case.language, &words),
        groups_first(case, &words),
    ];
    moved
        .into_iter()
        .flatten()
        .map(|text| marked(&text, &case.ask))
        .collect()
}

/// "revenue by country last month" -> "last month, revenue by country".
fn period_first(language: Language, words: &[Word]) -> Option<String> {
    let (rest, period) = (1..=PERIOD.min(words.len().checked_sub(1)?))
        .rev()
        .find_map(|length| {
            let (rest, period) = words.split_at(words.len() - length);
            Some((rest, said(language, period, opening)?))
        })?;
    movable(rest).then(|| format!("{period}, {}", trimmed(rest)))
}

/// "last month's revenue by country" and "last month, revenue by country" -> "revenue by country
/// last month".
fn period_last(language: Language, words: &[Word]) -> Option<String> {
    let most = PERIOD.min(words.len().checked_sub(1)?);
    (1..=most).rev().find_map(|length| {
        let (period, rest) = words.split_at(length);
        let mut period = period.to_vec();
        let last = period.last_mut()?;
        if last.after == "," {
            last.after.clear();
        } else {
            let owner = last
                .text
                .strip_suffix("'s")
                .or(last.text.strip_suffix("’s"))?;
            last.text = owner.to_owned();
        }
        let period = said(language, &period, closing)?;
        movable(rest).then(|| format!("{} {period}", trimmed(rest)))
    })
}

/// "revenue by country last month" -> "by country, revenue last month".
fn groups_first(case: &Case, words: &[Word]) -> Option<String> {
    let query = case.expect.query.as_ref()?;
    let ranks = query.limit.is_some() || !query.order_by.is_empty();
    if query.group_by.is_empty()
        || ranks
        || query.grain.is_some()
        || !case.expect.arguments.is_empty()
    {
        return None;
    }
    let by = match case.language {
        Language::En => "by",
        Language::Es | Language::Pt => "por",
    };
    let mut places = (0..words.len()).filter(|at| words[*at].folded() == by);
    let (at, None) = (places.next()?, places.next()) else {
        return None;
    };
    let (head, tail) = words.split_at(at);
    // Where the grouping ends: before a period, or with the question.
    let ends = (1..=PERIOD.min(tail.len()))
        .rev()
        .find(|length| said(case.language, &tail[tail.len() - length..], opening).is_some());
    let (groups, period) = tail.split_at(tail.len() - ends.unwrap_or(0));
    let plain = groups.iter().all(|word| {
        let folded = word.folded();
        word.is_bare()
            && !HANGING.contains(&folded.as_str()) | (folded == by)
            && !TIED.contains(&folded.as_str())
            && !tells_time(&folded)
    });
    let fits = (2..=3).contains(&groups.len())
        && plain
        && !head.is_empty()
        && head.iter().all(Word::is_bare);
    let settled = head
        .iter()
        .all(|word| !TIED.contains(&word.folded().as_str()));
    let asks = head.first().is_some_and(|word| is_verb(&word.folded()));
    (fits && settled && !asks).then(|| {
        let rest: Vec<Word> = head.iter().chain(period).cloned().collect();
        format!("{}, {}", joined(groups), joined(&rest))
    })
}

/// Words that the grouping belongs to: "show me by country" is no question.
fn is_verb(folded: &str) -> bool {
    [
        "break", "split", "group", "desglosa", "agrupa", "divide", "quebra", "quebre", "separa",
    ]
    .contains(&folded)
}

fn said(
    language: Language,
    period: &[Word],
    place: fn(Language, &[&str], &[&str]) -> Option<String>,
) -> Option<String> {
    if !period.iter().all(Word::is_bare) {
        return None;
    }
    let folded: Vec<String> = period.iter().map(Word::folded).collect();
    let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
    let typed: Vec<&str> = period.iter().map(|word| word.text.as_str()).collect();
    place(language, &folded, &typed)
}

/// Whether words stand by themselves once their period is gone, and it was the only one.
fn movable(rest: &[Word]) -> bool {
    // "orders on 3 November": the number belongs to what was taken away.
    let ends_well = rest.last().is_some_and(|word| {
        !HANGING.contains(&word.folded().as_str()) && word.text.parse::<f64>().is_err()
    });
    let free = rest.iter().all(|word| {
        let folded = word.folded();
        !tells_time(&folded) && !TIED.contains(&folded.as_str())
    });
    ends_well && free
}

fn trimmed(words: &[Word]) -> String {
    joined(words).trim_end_matches(',').to_owned()
}

/// The text with the marks that the question had.
fn marked(text: &str, ask: &str) -> String {
    let opened = ask.trim_start().starts_with('¿');
    let closed = ask.trim_end().ends_with('?');
    let text = match text.split_once(", ") {
        Some((first, rest)) if opened => format!("{first}, ¿{rest}"),
        None if opened => format!("¿{text}"),
        _ => text.to_owned(),
    };
    if closed { format!("{text}?") } else { text }
}
