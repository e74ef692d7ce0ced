//! What people say their words mean: "remember that sales means net revenue", "cuando digo ventas
//! me refiero a ingresos netos", "forget what sales means". Asked by `read` before anything else.

use crate::compose::{Asked, Stop, clarify, listed, refuse};
use crate::intent::Intent;
use crate::lexicon::{Fit, Target, links};
use crate::phrases::Say;
use crate::text::Token;
use almanac_agent_contract::Choice;

/// Ways to open a definition, before the phrase.
const OPENINGS: &[&str] = &[
    "remember that when i say",
    "remember that by",
    "remember that",
    "remember",
    "from now on when i say",
    "from now on",
    "when i say",
    "when we say",
    "if i say",
    "by",
    "for me",
    "for us",
    "recuerda que cuando digo",
    "recuerda que",
    "recuerda",
    "a partir de ahora cuando digo",
    "a partir de ahora",
    "cuando digo",
    "cuando decimos",
    "si digo",
    "lembre que quando digo",
    "lembre se que",
    "lembre que",
    "lembra que",
    "lembre",
    "de agora em diante",
    "quando digo",
    "quando eu digo",
    "quando eu falo",
    "quando falo",
    "se eu digo",
];

/// What stands between the phrase and its meaning.
const MEANS: &[&str] = &[
    "i mean",
    "we mean",
    "means",
    "should mean",
    "stands for",
    "is short for",
    "refers to",
    "me refiero a",
    "nos referimos a",
    "quiero decir",
    "significa",
    "quiere decir",
    "quer dizer",
    "quero dizer",
    "queremos dizer",
    "me refiro a",
    "estou falando de",
];

/// Ways to take a definition back, before the phrase.
const FORGETS: &[&str] = &[
    "forget what i said about",
    "forget the definition of",
    "forget what",
    "forget that",
    "forget",
    "olvida la definicion de",
    "olvida lo que significa",
    "olvida que",
    "olvida",
    "esqueca a definicao de",
    "esqueca o que significa",
    "esqueca que",
    "esqueca",
    "esquece que",
    "esquece",
];

/// The definition that these words give or take back, or the question it needs first.
pub(crate) fn stated(asked: &Asked<'_>, tokens: &[Token]) -> Option<Intent> {
    if let Some(at) = opening(tokens, 0, FORGETS) {
        let end = find(tokens, at, MEANS).map_or(tokens.len(), |(start, _)| start);
        let phrase = typed(tokens.get(at..end)?);
        // "forget it" starts anew instead.
        let words: Vec<&str> = phrase.split(' ').collect();
        let other = words
            .iter()
            .all(|word| matches!(*word, "it" | "that" | "eso" | "isso"))
            || words.len() > LONGEST_PHRASE
            || words.iter().any(|word| is_all(word));
        return (!other).then_some(Intent::Forget { phrase });
    }
    let opened = opening(tokens, 0, OPENINGS);
    let from = opened.unwrap_or(0);
    let (end, meaning) = find(tokens, from, MEANS)?;
    let phrase = typed(tokens.get(from..end)?);
    // "what does churn mean", "what means AOV" ask for one instead.
    let asks = tokens.first().is_some_and(|token| {
        matches!(
            token.word.as_str(),
            "what" | "que" | "o" | "how" | "como" | "which" | "no" | "nao" | "sorry"
        )
    });
    if phrase.is_empty()
        || end - from > LONGEST_PHRASE
        || meaning >= tokens.len()
        || (asks && opened.is_none())
    {
        return None;
    }
    Some(match metric(asked, &phrase, tokens.get(meaning..)?) {
        Ok(metric) => Intent::Remember { phrase, metric },
        Err(stop) => *stop,
    })
}

/// Words in the longest phrase that is given a meaning.
const LONGEST_PHRASE: usize = 4;

/// Asks to forget more than a phrase.
fn is_all(word: &str) -> bool {
    matches!(
        crate::text::fold(word).as_ref(),
        "all"
            | "everything"
            | "todo"
            | "todas"
            | "todos"
            | "tudo"
            | "toda"
            | "rules"
            | "reglas"
            | "regras"
            | "instructions"
            | "instrucciones"
            | "instrucoes"
            | "previous"
            | "above"
            | "anterior"
            | "anteriores"
    )
}

/// The question that asks to remember it.
pub(crate) fn offer(asked: &Asked<'_>, phrase: &str, label: &str) -> Choice {
    let ask = Say::RememberThat {
        phrase,
        metric: label,
    }
    .in_language(asked.language);
    let label = Say::Remember {
        phrase,
        metric: label,
    }
    .in_language(asked.language);
    Choice { label, ask }
}

/// The metric that words name for certain; else which of the near ones `defined` is to mean.
fn metric(asked: &Asked<'_>, defined: &str, tokens: &[Token]) -> Result<String, Stop> {
    let lexicon = asked.lexicon;
    let words: Vec<_> = tokens
        .iter()
        .filter(|token| !links(&token.word))
        .map(|token| lexicon.word(&token.word))
        .collect();
    let named: Vec<_> = lexicon
        .names(&words)
        .into_iter()
        .filter(|named| matches!(named.target, Target::Metric(_)))
        .collect();
    let info = |target: Target| match target {
        Target::Metric(at) => lexicon.metric(at),
        _ => None,
    };
    let sure = named.first().filter(|first| {
        first.fit <= Fit::Meant
            && named
                .get(1)
                .is_none_or(|second| first.quality - second.quality > 0.005)
    });
    if let Some(found) = sure.and_then(|named| info(named.target)) {
        return Ok(found.name.clone());
    }
    let phrase = typed(tokens);
    let labels = named
        .iter()
        .filter_map(|named| Some(&info(named.target)?.label));
    let choices: Vec<Choice> = labels
        .take(4)
        .map(|label| offer(asked, defined, label))
        .collect();
    if choices.is_empty() {
        let all = lexicon
            .catalog
            .metrics
            .iter()
            .map(|info| info.label.clone());
        let near = listed(asked, all, 5);
        let say = Say::UnknownWord {
            word: &phrase,
            near: &near,
        };
        return Err(refuse(asked, say, Vec::new()));
    }
    Err(clarify(asked, Say::DidYouMean(&phrase), choices))
}

/// The place after the longest of the phrases that begins at `at`.
fn opening(tokens: &[Token], at: usize, phrases: &[&str]) -> Option<usize> {
    phrases
        .iter()
        .filter_map(|phrase| says(tokens, at, phrase))
        .max()
}

/// The first place from `from` on where one of the phrases begins, and the place after it.
fn find(tokens: &[Token], from: usize, phrases: &[&str]) -> Option<(usize, usize)> {
    (from..tokens.len()).find_map(|at| Some((at, opening(tokens, at, phrases)?)))
}

fn says(tokens: &[Token], at: usize, phrase: &str) -> Option<usize> {
    let mut next = at;
    for word in phrase.split(' ') {
        if tokens.get(next)?.word != word {
            return None;
        }
        next += 1;
    }
    Some(next)
}

fn typed(tokens: &[Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(|token| token.typed.as_str()).collect();
    words.join(" ")
}
