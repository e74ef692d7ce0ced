//! What a run came to: tuned catalogues and those kept out of tuning apart, what people wrote and
//! what was made of it apart; by catalogue, area, language and kind.

use std::collections::BTreeMap;

use almanac_agent_contract::Language;
use serde::Serialize;

use crate::bar::{Bar, Mark, Marks};
use crate::calibration::{Bin, bins};
use crate::{Grade, Kind, Score, Scored};

/// What people wrote, and the variants of it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Pair {
    /// Seeds, paraphrases and questions that owners of metrics verified.
    pub written: Score,
    /// What rules made of seeds.
    pub variants: Score,
}

/// Some catalogues.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// In all.
    pub total: Pair,
    /// By catalogue.
    pub catalogs: BTreeMap<String, Pair>,
    /// By area.
    pub areas: BTreeMap<String, Pair>,
    /// By the language of the words.
    pub languages: BTreeMap<&'static str, Pair>,
    /// By how the questions came about.
    pub kinds: BTreeMap<Kind, Score>,
    /// How often readings are right that are as sure as this; empty where none tells.
    pub calibration: Vec<Bin>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// In all.
    pub total: Score,
    /// Catalogues that may be tuned on.
    pub tuned: Option<Side>,
    /// Catalogues that are kept out of all tuning.
    pub held_out: Option<Side>,
    /// What must be reached; `None` where only a part was asked.
    pub bar: Option<Bar>,
    /// Whether it is.
    pub passes: bool,
    /// The questions to be shown.
    pub cases: Vec<Scored>,
}

/// Which questions are shown one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// Those answered wrongly as if sure.
    pub wrong: bool,
    /// Those asked back or refused without need.
    pub abstained: bool,
    /// Those of catalogues kept out of tuning too: whoever reads them must not tune on them.
    pub held_out: bool,
}

impl Shown {
    fn has(self, scored: &Scored) -> bool {
        let graded = match scored.grade {
            Grade::Right => false,
            Grade::Abstained { .. } => self.abstained,
            Grade::ConfidentlyWrong { .. } => self.wrong,
        };
        graded && (scored.tuned || self.held_out)
    }
}

impl Pair {
    fn of(scored: &[&Scored]) -> Self {
        let (written, variants): (Vec<&Scored>, Vec<&Scored>) = scored
            .iter()
            .copied()
            .partition(|scored| scored.kind.is_written());
        Self {
            written: Score::of(written),
            variants: Score::of(variants),
        }
    }

    fn reached(&self) -> Marks {
        Marks {
            written: Mark::reached(&self.written),
            variants: Mark::reached(&self.variants),
        }
    }

    fn reaches(&self, marks: Option<&Marks>) -> bool {
        let reaches =
            |mark: Option<Mark>, score: &Score| mark.is_none_or(|mark| mark.is_reached(score));
        marks.is_none_or(|marks| {
            reaches(marks.written, &self.written) && reaches(marks.variants, &self.variants)
        })
    }
}

impl Side {
    fn of(scored: &[&Scored]) -> Option<Self> {
        if scored.is_empty() {
            return None;
        }
        let kinds = by(scored, |scored| scored.kind);
        Some(Self {
            total: Pair::of(scored),
            catalogs: pairs(scored, |scored| scored.catalog.clone()),
            areas: pairs(scored, |scored| scored.area.clone()),
            languages: pairs(scored, |scored| code(scored.language)),
            kinds: kinds
                .into_iter()
                .map(|(kind, scored)| (kind, Score::of(scored)))
                .collect(),
            calibration: bins(scored),
        })
    }
}

impl Report {
    /// Counts a run; `bar` is what must be reached by it, `shown` which of its questions are kept
    /// to be shown.
    #[must_use]
    pub fn new(scored: Vec<Scored>, bar: Option<Bar>, shown: Shown) -> Self {
        let side = |tuned| {
            let of_it: Vec<_> = scored.iter().filter(|one| one.tuned == tuned).collect();
            Side::of(&of_it)
        };
        let (tuned, held_out) = (side(true), side(false));
        let total = Score::of(&scored);
        let reaches = |side: &Option<Side>, marks: Option<&Marks>| {
            let nothing = Pair::default();
            side.as_ref()
                .map_or(&nothing, |side| &side.total)
                .reaches(marks)
        };
        let passes = match &bar {
            Some(bar) => {
                reaches(&tuned, bar.tuned.as_ref()) && reaches(&held_out, bar.held_out.as_ref())
            }
            None => total.right == total.cases,
        };
        Self {
            total,
            tuned,
            held_out,
            bar,
            passes,
            cases: scored.into_iter().filter(|one| shown.has(one)).collect(),
        }
    }

    /// The bar that this run reaches.
    #[must_use]
    pub fn reached(&self) -> Bar {
        let of = |side: &Option<Side>| side.as_ref().map(|side| side.total.reached());
        Bar {
            tuned: of(&self.tuned),
            held_out: of(&self.held_out),
        }
    }
}

/// A language's code.
#[must_use]
pub const fn code(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Es => "es",
        Language::Pt => "pt",
    }
}

fn by<'a, K: Ord>(
    scored: &[&'a Scored],
    key: impl Fn(&Scored) -> K,
) -> BTreeMap<K, Vec<&'a Scored>> {
    let mut groups: BTreeMap<K, Vec<&Scored>> = BTreeMap::new();
    for one in scored {
        groups.entry(key(one)).or_default().push(one);
    }
    groups
}

fn pairs<K: Ord>(scored: &[&Scored], key: impl Fn(&Scored) -> K) -> BTreeMap<K, Pair> {
    by(scored, key)
        .into_iter()
        .map(|(key, group)| (key, Pair::of(&group)))
        .collect()
}
