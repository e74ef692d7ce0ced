//! The words of questions that no catalogue holds: "by", "top", "compared with", "why". `spans`
//! looks phrases up here; a word found neither here nor in the catalogue nor in time is unknown,
//! and an unknown word is never passed over.

use std::collections::{HashMap, HashSet};

use almanac_agent_contract::Language::{self, En, Es, Pt};

use super::english::ENGLISH;
use super::portuguese::PORTUGUESE;
use super::spanish::SPANISH;
use super::verbs;
use crate::intent::{Feature, Statistic, Than, Wish};
use crate::text::Token;

/// What a phrase does in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Cue {
    /// A dimension follows: "by".
    By,
    /// A dimension or what is divided by follows: "per".
    Per,
    /// A value or a period follows: "in".
    In,
    /// Only the value that follows.
    Only,
    /// All but the value that follows.
    Not,
    /// All but the value that came just before.
    LeftOut,
    And,
    Or,
    /// The other side of a comparison follows.
    Versus,
    /// A breakdown is wanted, by what follows "by".
    ByWhat,
    /// The sentence compares.
    Compare,
    Top,
    Bottom,
    /// "the most X": a ranking by X.
    Most,
    Least,
    /// "which X".
    Which,
    /// "what is": a definition or a value.
    WhatIs,
    /// A definition for certain: "how is X computed".
    Define,
    Trend,
    Growth,
    /// A form of answer.
    Show(Wish),
    /// No restriction: "all".
    All,
    /// In addition to what was asked before.
    Also,
    /// Opens a follow-up: "what about".
    Again,
    /// Puts a reading right: "no, I meant".
    Correct,
    /// A bound follows, or came just before: "more than", "or more".
    Than(Than),
    /// Two bounds follow: "between 10 and 20".
    Between,
    /// Whether a bound was passed, and how far: "did we reach".
    Passed(Than),
    /// Parts of the whole: "share of".
    Share,
    /// Two metrics follow, the first to be divided by the second: "ratio of".
    RatioOf,
    /// What the rows come to: "average", "how many different".
    Statistic(Statistic),
    /// The dimension named before it is filtered by: "the country filter".
    TheFilter,
    /// A part of a value follows: "contains".
    Contains,
    /// An amount: "how much".
    HowMuch,
    /// A count: "how many".
    HowMany,
    /// Several metrics side by side over time: "does X follow Y".
    Together,
    /// A weekday by itself: "which weekday has the most orders".
    DayOfWeek,
    /// An hour by itself.
    HourOfDay,
    /// A date is asked for.
    When,
    /// The highest of a series.
    Peak,
    /// The lowest of a series.
    Trough,
    /// The filters go.
    NoFilter,
    /// The breakdown goes.
    NoBreakdown,
    /// The comparison goes.
    NoCompare,
    /// The limit goes.
    NoLimit,
    /// The period goes.
    AllTime,
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
    /// What rows are put in order by follows.
    SortBy,
    /// A row of the last answer, or a choice of the last reply, from 0.
    Nth(u8),
    /// The last of them.
    Last,
    /// Goes into what follows.
    Drill,
    /// To the query before.
    Back,
    /// How the last answer was computed.
    Explain,
    /// The values of a dimension.
    Values,
    /// What words were said to mean.
    Definitions,
    /// The last answer was right.
    Good,
    /// The last answer was wrong.
    Bad,
    Yes,
    No,
    /// All that was asked before goes.
    Reset,
    /// Not a query.
    Catalogue,
    Help,
    Hello,
    Thanks,
    /// Something there is no tool for yet.
    Feature(Feature),
    /// Says nothing here: "please", "the", "how much".
    Noise,
}

/// All phrases, by their words, with what they do in each language.
pub(crate) struct Vocabulary {
    phrases: HashMap<&'static str, [Option<Cue>; 3]>,
    words: HashSet<&'static str>,
}

/// The most words a phrase has.
pub(crate) const LONGEST_PHRASE: usize = 8;

impl Vocabulary {
    pub(crate) fn new() -> Self {
        let mut phrases: HashMap<&'static str, [Option<Cue>; 3]> = HashMap::new();
        for (language, table) in [(En, ENGLISH), (Es, SPANISH), (Pt, PORTUGUESE)] {
            // A word that does something is never passed over for the sake of another list.
            for passes_over in [false, true] {
                let lists = table
                    .iter()
                    .filter(|(cue, _)| (*cue == Cue::Noise) == passes_over);
                for (cue, list) in lists {
                    for phrase in list.split('|') {
                        let entry = phrases.entry(phrase.trim()).or_default();
                        entry[language as usize].get_or_insert(*cue);
                    }
                }
            }
        }
        for (language, list) in [(En, verbs::EN), (Es, verbs::ES), (Pt, verbs::PT)] {
            for phrase in list.split('|') {
                let entry = phrases.entry(phrase).or_default();
                entry[language as usize].get_or_insert(Cue::Noise);
            }
        }
        let words = phrases
            .keys()
            .flat_map(|phrase| phrase.split(' '))
            .collect();
        Self { phrases, words }
    }

    /// What the phrase does in any language; what does something comes before what is passed over.
    pub(crate) fn cue(&self, phrase: &str) -> Option<Cue> {
        let cues = self.phrases.get(phrase)?;
        let all = || cues.iter().flatten().copied();
        all()
            .find(|cue| *cue != Cue::Noise)
            .or_else(|| all().next())
    }

    /// What the phrase does in a sentence of that language, and whether it is of that language.
    pub(crate) fn cue_in(&self, phrase: &str, language: Language) -> Option<(Cue, bool)> {
        let cues = self.phrases.get(phrase)?;
        match cues[language as usize] {
            Some(cue) => Some((cue, true)),
            None => Some((self.cue(phrase)?, false)),
        }
    }

    /// All single words of all phrases, for repairing typos.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }

    /// Whether some phrase has the word.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether the word by itself is passed over.
    pub(crate) fn is_noise(&self, word: &str) -> bool {
        self.cue(word) == Some(Cue::Noise)
    }

    /// The languages that the phrase belongs to.
    fn of(&self, phrase: &str) -> [bool; 3] {
        let cues = self.phrases.get(phrase);
        cues.map_or([false; 3], |cues| cues.map(|cue| cue.is_some()))
    }

    /// The language most of the words belong to; `usual` where no other has more.
    pub(crate) fn language(&self, tokens: &[Token], usual: Language) -> Language {
        let mut seen = [0_u32; 3];
        let mut phrase = String::new();
        for (at, token) in tokens.iter().enumerate() {
            // A phrase of a single language tells more than its words do: "o que é".
            phrase.clear();
            phrase.push_str(&token.word);
            for (next, longer) in tokens.iter().skip(at + 1).take(TELLING_PHRASE).zip(2_u32..) {
                phrase.push(' ');
                phrase.push_str(&next.word);
                let of = self.of(&phrase);
                if of.iter().filter(|of| **of).count() == 1 {
                    for language in [En, Es, Pt] {
                        seen[language as usize] += u32::from(of[language as usize]) * longer;
                    }
                }
            }
            let of = self.of(&token.word);
            // A word of all three tells nothing; one of a single language tells most, if it does
            // something.
            let single = of.iter().filter(|of| **of).count() == 1
                && self.cue(&token.word) != Some(Cue::Noise);
            for language in [En, Es, Pt] {
                seen[language as usize] +=
                    u32::from(of[language as usize]) * if single { 2 } else { 1 };
            }
            if let Some(language) = telling(&token.word).or_else(|| spelled(&token.typed)) {
                seen[language as usize] += 3;
            }
        }
        let best = [En, Es, Pt]
            .into_iter()
            .max_by_key(|language| (seen[*language as usize], *language == usual));
        best.filter(|best| seen[*best as usize] > seen[usual as usize])
            .unwrap_or(usual)
    }
}

/// Words after the first of a phrase that tells a language.
const TELLING_PHRASE: usize = 3;

/// Letters and endings that one language has alone.
fn spelled(typed: &str) -> Option<Language> {
    let word = typed.to_lowercase();
    if word.contains('ñ')
        || ["ción", "sión", "ía", "dad"]
            .iter()
            .any(|ending| word.ends_with(ending))
    {
        return Some(Es);
    }
    let own = word.contains(['ã', 'õ', 'ç', 'ê', 'ô', 'â']) || word.ends_with("dade");
    own.then_some(Pt)
}

/// Words of time and business that belong to one language alone.
fn telling(word: &str) -> Option<Language> {
    Some(match word {
        "last" | "week" | "month" | "year" | "day" | "quarter" | "yesterday" | "today"
        | "since" | "revenue" | "orders" | "customers" | "sales" | "this" | "days" | "weeks"
        | "months" | "january" | "february" | "march" | "april" | "june" | "july" | "august"
        | "september" | "october" | "november" | "december" => En,
        "ayer" | "hoy" | "pasado" | "pasada" | "enero" | "febrero" | "junio" | "julio"
        | "hasta" | "desde" | "hace" | "ventas" | "nuevos" | "nuevas" | "nuevo" | "nueva"
        | "ingresos" | "margen" | "ultimos" | "ultimas" | "anterior" | "canales" | "marzo"
        | "agosto" | "septiembre" | "octubre" | "noviembre" | "diciembre" | "mayo" => Es,
        "ontem" | "hoje" | "passado" | "passada" | "janeiro" | "fevereiro" | "junho" | "julho"
        | "vendas" | "novos" | "novas" | "novo" | "nova" | "receita" | "neste" | "nesta"
        | "deste" | "desta" | "faturamento" | "margem" | "encomendas" | "canais" | "marco"
        | "maio" | "setembro" | "outubro" | "novembro" | "dezembro" => Pt,
        _ => return None,
    })
}
