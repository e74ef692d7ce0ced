//! Messages of several sentences, one of which asks: "What are people unhappy about this year?
//! Complaints by topic". The others may only say what that one says as well, or when. Called by
//! `read`, which reads each sentence by itself as well.

use crate::compose::Asked;
use crate::intent::{Intent, Reading};
use crate::lexicon::{Fit, Lexicon, Target};
use crate::read::{Question, read};
use crate::say::choose;
use crate::slots::{Pick, Place, Slots, Unknown, ValuePick};
use crate::spans::{Piece, cut};
use crate::text::tokens;
use crate::time::Meaning;
use crate::vocabulary::Cue;
use crate::walk::slots;

/// The most sentences that are told apart.
const MOST: usize = 4;

/// What a sentence ends in.
const STOPS: [char; 7] = ['?', '!', ':', ';', '.', '…', '\n'];

/// The reading of the one sentence that asks for a number: where all of them together ask for none,
/// or where it is the last and says by what.
pub(crate) fn asked_in_one(
    lexicon: &Lexicon,
    question: Question<'_>,
    whole: &Reading,
    asked: &Asked<'_>,
) -> Option<Reading> {
    let answered = matches!(whole.intent, Intent::Ask { .. });
    let refused = matches!(
        whole.intent,
        Intent::Clarify { .. } | Intent::Refuse { .. } | Intent::Want { .. }
    );
    let parts = parts(question.text);
    if !(answered || refused) || !(2..=MOST).contains(&parts.len()) {
        return None;
    }
    let read_alone = |text| read(lexicon, Question { text, ..question });
    let mut asking = parts
        .iter()
        .enumerate()
        .filter(|(_, text)| matches!(read_alone(text).intent, Intent::Ask { .. }));
    let (Some((at, text)), None) = (asking.next(), asking.next()) else {
        return None;
    };
    let taken = |text: &str| {
        let tokens = lexicon.tokens(text);
        let cuts = cut(
            lexicon,
            &tokens,
            question.terms,
            (asked.calendar, asked.language),
        );
        let items = cuts.into_iter().next().map(|cut| cut.items);
        let items = items.unwrap_or_default();
        let slots = slots(lexicon, &items, &tokens, asked.language);
        let period = items.iter().find(|item| {
            matches!(item.piece, Piece::Time(Meaning::Period(_))) && !slots.periods.is_empty()
        });
        let words = period.and_then(|item| tokens.get(item.start..item.end));
        let words = words.map(|words| words.iter().map(|token| token.typed.as_str()));
        let period = words.map(|words| words.collect::<Vec<_>>().join(" "));
        (slots, period)
    };
    let (own, _) = taken(text);
    let divides =
        !own.groups.is_empty() || !own.parts.is_empty() || own.grain.is_some() || own.per.is_some();
    // "what did donors in Spain give? amount raised"
    let names_it = parts.len() == 2
        && at == 1
        && parts[0].ends_with('?')
        && matches!(own.metrics.as_slice(), [only] if only.fit() == Fit::Same)
        && own.values.is_empty()
        && !divides
        && own.bounds.is_empty()
        && own.periods.is_empty();
    let several = whole.query().is_some_and(|query| query.metrics.len() > 1);
    // What is answered as a whole already is asked by the last sentence only where that says all.
    if answered && (at + 1 < parts.len() || !(divides || names_it && several)) {
        return None;
    }
    let mut said = text.trim_end_matches(STOPS).to_owned();
    for (_, other) in parts.iter().enumerate().filter(|(other, _)| *other != at) {
        let (slots, period) = taken(other);
        // "what did we get out of Snapchat? installs": of what nobody knows
        let narrows =
            |word: &Unknown| word.place == Place::In && word.typed.starts_with(char::is_uppercase);
        if slots.unknown.iter().any(narrows) {
            return None;
        }
        if !tells_nothing_more(&slots, &own) {
            let more = told(asked, &slots).filter(|_| names_it)?;
            said.push_str(&more);
        }
        if let (Some(period), true) = (period, own.periods.is_empty()) {
            said.push(' ');
            said.push_str(&period);
        }
    }
    let found = read_alone(&said);
    matches!(found.intent, Intent::Ask { .. }).then_some(found)
}

/// By what a sentence divides and which rows it takes, in words; `None` where it says more.
fn told(asked: &Asked<'_>, slots: &Slots) -> Option<String> {
    let more = slots.rank.is_some()
        || !slots.bounds.is_empty()
        || !slots.within.is_empty()
        || slots.per.is_some()
        || slots.has(Cue::Most)
        || slots.has(Cue::Least)
        || slots.periods.len() > 1;
    let plain = |value: &ValuePick| !value.negated && !value.versus && !value.or;
    if more || !slots.values.iter().all(plain) {
        return None;
    }
    let by = choose(asked.language, "by", "por", "por");
    let of = choose(asked.language, "in", "en", "em");
    let groups = slots.groups.iter().map(|pick| (by, &pick.typed));
    let values = slots.values.iter().map(|value| (of, &value.pick.typed));
    let words = groups
        .chain(values)
        .map(|(lead, typed)| format!(" {lead} {typed}"));
    Some(words.collect())
}

/// The message without a greeting before it or thanks behind it: "Morning! How were sales?"
pub(crate) fn without_manners<'a>(question: Question<'a>, asked: &Asked<'_>) -> Option<&'a str> {
    let (lexicon, whole) = (asked.lexicon, question.text);
    // "For Brazil: revenue" says of what, "for the investor call: revenue" does not.
    let says_nothing = |part: &str| {
        let cuts = cut(
            lexicon,
            &lexicon.tokens(part),
            question.terms,
            (asked.calendar, asked.language),
        );
        let items = cuts.into_iter().next().map(|cut| cut.items);
        items.unwrap_or_default().iter().all(|item| {
            matches!(
                item.piece,
                Piece::Cue(_) | Piece::Unknown | Piece::Time(Meaning::Grain(_))
            )
        })
    };
    let polite = |part: &str| {
        let tokens = lexicon.tokens(part);
        let words: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
        let manner = |words: &[&str]| {
            let cue = lexicon.vocabulary.cue(&words.join(" "));
            matches!(cue, Some(Cue::Hello | Cue::Thanks))
        };
        let polite = manner(&words)
            || words
                .first()
                .is_some_and(|word| manner(&[word]) || signs(word, part));
        let told = part.ends_with(':') && words.first().is_some_and(|word| is_purpose(word));
        words.len() <= 4 && polite || words.len() <= 6 && told && says_nothing(part)
    };
    let text = without_address(lexicon, whole.trim());
    let parts = parts(text);
    let (first, last) = (parts.first()?, parts.last()?);
    if parts.len() < 2 {
        return (text.len() < whole.trim().len()).then_some(text);
    }
    let start = if polite(first) { first.len() } else { 0 };
    let end = if polite(last) {
        text.len() - last.len()
    } else {
        text.len()
    };
    let kept = text.get(start..end)?.trim();
    (kept.len() < whole.trim().len() && !tokens(kept).is_empty()).then_some(kept)
}

/// "Dear team, please send ...": what is asked of them.
fn without_address<'a>(lexicon: &Lexicon, text: &'a str) -> &'a str {
    let Some((before, after)) = text.split_once(',') else {
        return text;
    };
    let words = lexicon.tokens(before);
    let addressed = words.first().is_some_and(|token| {
        matches!(
            token.word.as_str(),
            "dear"
                | "estimado"
                | "estimada"
                | "estimados"
                | "querido"
                | "querida"
                | "queridos"
                | "caro"
                | "cara"
                | "caros"
                | "prezado"
                | "prezada"
                | "prezados"
        )
    });
    if addressed && words.len() <= 5 {
        after.trim()
    } else {
        text
    }
}

/// The message behind "new question:", which goes on with nothing.
pub(crate) fn afresh<'a>(lexicon: &Lexicon, text: &'a str) -> Option<&'a str> {
    let (before, after) = text.split_once(':')?;
    let tokens = lexicon.tokens(before);
    let word = |of: &[&str]| tokens.iter().any(|token| of.contains(&token.word.as_str()));
    let other = word(&[
        "new",
        "different",
        "another",
        "other",
        "otra",
        "nueva",
        "distinta",
        "outra",
        "nova",
        "diferente",
    ]);
    let asks = word(&[
        "question", "topic", "pregunta", "cosa", "tema", "pergunta", "coisa", "assunto",
    ]);
    (other && asks && tokens.len() <= 5 && !after.trim().is_empty()).then_some(after.trim())
}

/// What a message is signed with: "Best, Karen", and not "Best country?".
fn signs(word: &str, part: &str) -> bool {
    let rest = || part.get(word.len()..).unwrap_or_default();
    let alone = || rest().is_empty() || rest().starts_with(',');
    matches!(
        word,
        "regards"
            | "cheers"
            | "saludos"
            | "atentamente"
            | "abracos"
            | "cumprimentos"
            | "atenciosamente"
            | "cordialmente"
    ) || word == "best" && alone()
}

/// What something is asked for, before it is asked: "for the investor call: ...".
fn is_purpose(word: &str) -> bool {
    matches!(word, "for" | "para" | "pra")
}

/// Its values, groupings, bounds and periods are those of the other as well.
fn tells_nothing_more(slots: &Slots, of: &Slots) -> bool {
    let targets = |values: &[ValuePick]| -> Vec<Target> {
        let options = values.iter().flat_map(|value| &value.pick.options);
        options.map(|named| named.target).collect()
    };
    let known = targets(&of.values);
    let values = slots.values.iter().all(|value| {
        let mut options = value.pick.options.iter();
        options.any(|named| known.contains(&named.target))
    });
    let periods = of.periods.is_empty()
        || slots
            .periods
            .iter()
            .all(|(when, _)| of.periods.iter().any(|(own, _)| own.range == when.range));
    let divides = slots.has(Cue::By) || slots.has(Cue::Per);
    let groups = !divides
        || slots.groups.iter().all(|group| {
            let target = |pick: &Pick| pick.options.first().map(|named| named.target);
            let mut own = of.groups.iter();
            own.any(|other| target(other) == target(group))
        });
    let says_more = !slots.bounds.is_empty() || !slots.within.is_empty();
    values && periods && groups && !says_more
}

/// The sentences that have words.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, stop) in text.char_indices() {
        let end = at + stop.len_utf8();
        let spaced = stop == '\n' || text[end..].starts_with(char::is_whitespace);
        if STOPS.contains(&stop) && spaced {
            parts.push(text[start..end].trim());
            start = end;
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !tokens(part).is_empty());
    parts
}
