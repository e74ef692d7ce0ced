//! What some words of a sentence do by their form alone: whether it asks for yes or no, what it
//! measures, which of them make one of a noun. Part of the walk.

use almanac_agent_contract::Language;

use super::sentence::Counted;
use crate::lexicon::plain;
use crate::spans::{Item, Piece};
use crate::text::Token;
use crate::vocabulary::Cue;

/// An article, or another word, that makes one of a noun.
pub(super) fn is_one(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "un" | "una" | "um" | "uma" | "each" | "every" | "cada"
    )
}

pub(super) fn opens_with_not(items: &[Item]) -> bool {
    matches!(
        items.first(),
        Some(Item {
            piece: Piece::Cue(Cue::Not),
            ..
        })
    )
}

/// Opens a question that is answered by yes or no.
pub(super) fn asks_whether(word: &str, language: Language) -> bool {
    // "hicimos", "vendemos": what we did, or whether.
    let we = language != Language::En && word.ends_with("mos");
    we || matches!(
        word,
        "did"
            | "do"
            | "does"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "hubo"
            | "hay"
            | "houve"
            | "tivemos"
            | "tuvimos"
            | "hemos"
            | "vendimos"
            | "vendemos"
            | "fue"
            | "foi"
            | "esta"
            | "es"
            | "foram"
            | "fueron"
    )
}

/// "venderemos", "vamos vender": what is still to come.
pub(super) fn is_to_come(tokens: &[Token], named: impl Fn(&str) -> bool) -> bool {
    let will = |token: &Token| {
        let typed = token.typed.to_lowercase();
        let we = ["aremos", "eremos", "iremos"];
        let they = [
            "ará", "erá", "irá", "arán", "erán", "irán", "arão", "erão", "irão",
        ];
        let ends = we.iter().chain(&they).any(|end| typed.ends_with(end));
        ends && typed.chars().count() > 5
            && !matches!(token.word.as_str(), "queremos" | "requeremos")
            && !token.typed.starts_with(char::is_uppercase)
            && !named(&token.word)
    };
    let going = |pair: &[Token]| {
        let verb = pair[1].word.as_str();
        matches!(pair[0].word.as_str(), "vamos" | "vai" | "vao")
            && ["ar", "er", "ir"].iter().any(|end| verb.ends_with(end))
            && verb.len() > 3
    };
    tokens.iter().any(will) || tokens.windows(2).any(going)
}

/// Units that a clock measures in.
pub(crate) fn is_clock(word: &str) -> bool {
    matches!(
        plain(word).as_str(),
        "minutes"
            | "minute"
            | "minutos"
            | "minuto"
            | "seconds"
            | "second"
            | "segundos"
            | "hours"
            | "hour"
            | "horas"
            | "days"
            | "dias"
    )
}

/// The sentence opens with these two words, but for what leads to them.
pub(super) fn opens(tokens: &[Token], first: &str, second: &[&str]) -> bool {
    let pairs = tokens.windows(2).take(3);
    let mut found = pairs.filter(|pair| pair[0].word == first);
    found.any(|pair| second.contains(&pair[1].word.as_str()))
}

/// How long, far or heavy something is, is asked.
pub(super) fn measures(tokens: &[Token]) -> bool {
    let how = tokens.windows(2).any(|pair| {
        pair[0].word == "how"
            && matches!(
                pair[1].word.as_str(),
                "long" | "far" | "heavy" | "old" | "fast" | "tall" | "full" | "often" | "quickly"
            )
    });
    // "how many days does a repair take"
    let lasts = tokens.windows(2).any(|pair| {
        matches!(
            pair[0].word.as_str(),
            "many" | "cuantos" | "cuantas" | "quantos" | "quantas"
        ) && is_clock(&pair[1].word)
    });
    let takes = |token: &Token| {
        matches!(
            token.word.as_str(),
            "take" | "takes" | "took" | "taken" | "lleva" | "llevan" | "leva" | "levam" | "tardo"
        )
    };
    how || lasts && tokens.iter().any(takes)
        || tokens.iter().any(|token| {
            matches!(
                token.word.as_str(),
                "dura"
                    | "duran"
                    | "duram"
                    | "tarda"
                    | "tardan"
                    | "demora"
                    | "demoram"
                    | "pesa"
                    | "pesan"
                    | "pesam"
                    | "tiempo"
                    | "tempo"
                    | "time"
            )
        })
}

/// A count of rows.
pub(super) fn whole(counted: Counted) -> Option<u32> {
    let fits = counted.value.fract() == 0.0 && (0.0..1e6).contains(&counted.value);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number in range"
    )]
    (fits && !counted.percent).then_some(counted.value as u32)
}

/// What stands before those whose numbers are asked for, all of them together: "sent to insurers".
pub(super) fn is_possessor(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "our"
            | "of"
            | "to"
            | "from"
            | "with"
            | "did"
            | "do"
            | "have"
            | "nuestros"
            | "nuestras"
            | "los"
            | "las"
            | "de"
            | "a"
            | "con"
            | "nossos"
            | "nossas"
            | "os"
            | "as"
            | "dos"
            | "das"
            | "aos"
            | "pelos"
            | "pelas"
            | "com"
    )
}

/// Verbs that go with a breakdown: "how do complaints split over the branches".
pub(super) fn spreads(word: &str) -> bool {
    matches!(
        word,
        "split"
            | "splits"
            | "divide"
            | "divided"
            | "distributed"
            | "spread"
            | "compare"
            | "reparte"
            | "reparten"
            | "distribuye"
            | "distribuyen"
            | "dividem"
            | "distribuem"
            | "distribui"
            | "repartem"
    )
}

/// A verb of what was done: "enrolled", "paid".
pub(super) fn is_past(typed: &str) -> bool {
    let word = plain(typed);
    let ends = [
        "ed", "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas",
    ];
    !word.contains(' ') && (word == "paid" || ends.iter().any(|end| word.ends_with(end)))
}
