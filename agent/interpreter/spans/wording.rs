//! Small words around a name that tell how it is meant. Part of `spans`.

/// Words that say of something what it is.
pub(super) fn is_copula(word: &str) -> bool {
    matches!(
        word,
        "are"
            | "were"
            | "remain"
            | "remained"
            | "stay"
            | "stayed"
            | "got"
            | "siguen"
            | "estan"
            | "fueron"
            | "quedan"
            | "continuam"
            | "estao"
            | "foram"
            | "seguem"
    )
}

/// Words between such a one and what it says.
pub(super) fn is_adverb(word: &str) -> bool {
    matches!(
        word,
        "still"
            | "already"
            | "now"
            | "currently"
            | "finally"
            | "aun"
            | "todavia"
            | "ya"
            | "ainda"
            | "ja"
    )
}

/// What follows an adjective that is none: "were up 5", "are open to".
pub(super) fn tells_how(word: &str) -> bool {
    matches!(word, "by" | "to" | "than" | "from")
        || word.starts_with(|letter: char| letter.is_ascii_digit())
}

/// Words that stand for somebody: never the name of anything.
pub(super) fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "us" | "our"
            | "we"
            | "it"
            | "its"
            | "me"
            | "my"
            | "i"
            | "you"
            | "your"
            | "they"
            | "them"
            | "their"
            | "he"
            | "she"
            | "nos"
            | "nosotros"
            | "su"
            | "sus"
            | "les"
            | "lo"
            | "la"
            | "los"
            | "las"
            | "nosso"
            | "nossa"
            | "seu"
            | "sua"
            | "eles"
            | "elas"
            | "os"
            | "as"
    )
}

/// Verbs that stand between the words of a name and change nothing.
pub(super) fn is_auxiliary(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "been"
            | "being"
            | "have"
            | "has"
            | "had"
            | "did"
            | "do"
            | "does"
            | "we"
            | "fueron"
            | "foram"
            | "estan"
            | "estao"
    )
}
