//! What is asked in a run: each case as it was written, its paraphrases, and its variants.

use almanac_agent_contract::Language;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Case;

/// How a question came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Written by hand, with its right answer.
    Seed,
    /// Other words for a seed, written by hand.
    Paraphrase,
    /// A slip of the finger in one word.
    Typo,
    /// All small, or all in capitals.
    LetterCase,
    /// Without the marks of a question, or with blanks too many.
    Punctuation,
    /// Without accents.
    Accents,
    /// The period or the grouping in another place.
    Reorder,
    /// With manners.
    Polite,
    /// Without an article, a preposition or an auxiliary.
    MissingWord,
    /// The catalogue's names in a question of another language.
    Frame,
}

impl Kind {
    /// All kinds, in the order they are reported in.
    pub const ALL: [Self; 10] = [
        Self::Seed,
        Self::Paraphrase,
        Self::Typo,
        Self::LetterCase,
        Self::Punctuation,
        Self::Accents,
        Self::Reorder,
        Self::Polite,
        Self::MissingWord,
        Self::Frame,
    ];

    /// Its name on the command line and in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seed => "seed",
            Self::Paraphrase => "paraphrase",
            Self::Typo => "typo",
            Self::LetterCase => "letter_case",
            Self::Punctuation => "punctuation",
            Self::Accents => "accents",
            Self::Reorder => "reorder",
            Self::Polite => "polite",
            Self::MissingWord => "missing_word",
            Self::Frame => "frame",
        }
    }

    /// Whether a person wrote the words.
    #[must_use]
    pub const fn is_written(self) -> bool {
        matches!(self, Self::Seed | Self::Paraphrase)
    }
}

/// A question of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Question<'a> {
    /// The case whose answer is right.
    pub case: &'a Case,
    /// How it came about.
    pub kind: Kind,
    /// The language of its words.
    pub language: Language,
    /// Its words.
    pub ask: String,
}

/// What is asked of whatever answers: the last words of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialogue<'a> {
    /// What was said before.
    pub before: &'a [String],
    /// What is asked.
    pub question: &'a str,
    /// The moment.
    pub now: Timestamp,
}

impl Question<'_> {
    /// It, as the end of its conversation.
    #[must_use]
    pub fn dialogue(&self) -> Dialogue<'_> {
        Dialogue {
            before: &self.case.before,
            question: &self.ask,
            now: self.case.now,
        }
    }
}

/// The questions that people wrote, seeds before their paraphrases.
#[must_use]
pub fn written(cases: &[Case]) -> Vec<Question<'_>> {
    fn of<'a>(case: &'a Case, kind: Kind, ask: &str) -> Question<'a> {
        Question {
            case,
            kind,
            language: case.language,
            ask: ask.to_owned(),
        }
    }
    cases
        .iter()
        .flat_map(|case| {
            let seed = of(case, Kind::Seed, &case.ask);
            let others = case.paraphrases.iter();
            let others = others.map(move |ask| of(case, Kind::Paraphrase, ask));
            std::iter::once(seed).chain(others)
        })
        .collect()
}
