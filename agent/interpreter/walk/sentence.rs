//! Gives each piece of a question its part: metric, grouping, filter, period, ranking. What a
//! piece may be is decided by where it stands: a dimension after "by", a value after "in".

use almanac_agent_contract::Language;

use crate::intent::Feature;
use crate::lexicon::{Lexicon, Named, Target, is_verb, plain};
use crate::slots::{Pick, Place, Rank, Slots, Unknown};
use crate::spans::{Item, Piece};
use crate::text::Token;
use crate::time::{Meaning, Unit, When};
use crate::vocabulary::Cue;

/// Takes a sentence apart.
pub(crate) fn slots(
    lexicon: &Lexicon,
    items: &[Item],
    tokens: &[Token],
    language: Language,
) -> Slots {
    let mut walk = Walk {
        lexicon,
        tokens,
        slots: Slots::default(),
        place: Place::Free,
        list: Place::Free,
        versus: false,
        most: None,
        number: None,
        qualifier: None,
        last: None,
        or: false,
        joined: true,
        before_metric: (0, 0),
        metric_end: 0,
        all: false,
        language,
    };
    for (at, item) in items.iter().enumerate() {
        let next = items
            .iter()
            .skip(at + 1)
            .find(|item| item.piece != Piece::Cue(Cue::Noise));
        walk.step(item, next);
    }
    walk.finish(items)
}

/// The sentence so far.
pub(super) struct Walk<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) tokens: &'a [Token],
    pub(super) slots: Slots,
    /// What is due.
    pub(super) place: Place,
    /// What was due for the last name: a list goes on with it after "and".
    pub(super) list: Place,
    pub(super) versus: bool,
    /// "most" and "least" rank by the metric that follows.
    pub(super) most: Option<bool>,
    pub(super) number: Option<(u32, usize)>,
    /// A dimension that qualifies the value right after it.
    pub(super) qualifier: Option<Pick>,
    /// What the last name was.
    pub(super) last: Option<Sort>,
    pub(super) or: bool,
    /// A comma, "and" or "versus" came since the last metric.
    pub(super) joined: bool,
    /// Values and periods said before the latest metric.
    pub(super) before_metric: (usize, usize),
    /// Where the latest metric ended.
    pub(super) metric_end: usize,
    pub(super) all: bool,
    pub(super) language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Metric,
    Dimension,
    Value,
}

pub(super) fn sort(named: &Named) -> Sort {
    match named.target {
        Target::Metric(_) => Sort::Metric,
        Target::Dimension(_) => Sort::Dimension,
        Target::Value { .. } => Sort::Value,
    }
}

impl Walk<'_> {
    fn step(&mut self, item: &Item, next: Option<&Item>) {
        self.joined |= self
            .tokens
            .get(item.start)
            .is_some_and(|token| token.after_stop);
        match &item.piece {
            Piece::Names(names) => self.name(item, names, next),
            Piece::Time(meaning) => self.time(*meaning, item),
            // "for Contri" is no "contra".
            Piece::Cue(
                Cue::Versus | Cue::Top | Cue::Bottom | Cue::Most | Cue::Least | Cue::Compare,
            ) if self.place == Place::In && self.is_misspelled(item) => self.unknown(item),
            Piece::Cue(cue) => self.cue(*cue, item),
            Piece::Number(n) => {
                let before = item.start.checked_sub(1).and_then(|at| self.tokens.get(at));
                if before.is_some_and(|token| token.word == "over") {
                    self.slots.features.push(Feature::Threshold);
                } else if self.number.replace((*n, item.start)).is_some() {
                    self.unknown(item);
                }
            }
            Piece::Unknown if self.converts(item) => {}
            Piece::Unknown => self.unknown(item),
        }
    }

    pub(super) fn unknown(&mut self, item: &Item) {
        let typed = self.typed(item);
        let place = if std::mem::take(&mut self.versus) {
            Place::Versus
        } else {
            self.place
        };
        self.slots.unknown.push(Unknown {
            at: item.start,
            typed,
            place,
        });
    }

    pub(super) fn typed(&self, item: &Item) -> String {
        let words: Vec<&str> = self.tokens[item.start..item.end]
            .iter()
            .map(|token| token.typed.as_str())
            .collect();
        words.join(" ")
    }

    fn cue(&mut self, cue: Cue, item: &Item) {
        let opening =
            self.slots.cues.is_empty() && self.last.is_none() && self.slots.periods.is_empty();
        // "in IN": a code that is no value here, not the preposition again.
        let code = self.place == Place::In
            && item.end - item.start == 1
            && matches!(cue, Cue::In | Cue::Noise | Cue::Or);
        if code
            && self
                .tokens
                .get(item.start)
                .is_some_and(|token| token.typed.len() == 2 && token.is_shouted())
        {
            self.unknown(item);
            return;
        }
        // Portuguese "no Brasil" is in Brazil, Spanish "no pagados" is not paid.
        let no = cue == Cue::In && self.typed(item).eq_ignore_ascii_case("no");
        let cue = if no && self.denies(item) {
            Cue::Not
        } else {
            cue
        };
        match cue {
            // "compare revenue with last year": the other side follows.
            Cue::In | Cue::Noise if self.slots.has(Cue::Compare) && self.opens_other_side(item) => {
                self.versus = true;
                self.place = Place::Versus;
            }
            Cue::By => self.place = Place::By,
            Cue::In if self.place != Place::Only && self.place != Place::Not => {
                self.place = Place::In
            }
            Cue::Only => self.place = Place::Only,
            Cue::Not => self.place = Place::Not,
            // Portuguese "o" is an article.
            Cue::Or if self.language == Language::Pt && self.typed(item) == "o" => return,
            Cue::And | Cue::Or => {
                if opening && cue == Cue::And {
                    self.slots.again = true;
                } else {
                    self.or |= cue == Cue::Or;
                    self.joined = true;
                    self.place = self.list;
                }
            }
            Cue::Versus => {
                self.joined = true;
                self.versus = true;
                self.place = Place::Versus;
            }
            Cue::Top | Cue::Bottom => {
                self.rank(cue == Cue::Top);
                self.place = Place::Ranked;
            }
            Cue::Most | Cue::Least => {
                self.most = Some(cue == Cue::Most);
                self.place = Place::Free;
            }
            Cue::Which => self.place = Place::Ranked,
            Cue::All => self.all = true,
            Cue::Again | Cue::Also => self.slots.again |= opening || cue == Cue::Also,
            Cue::Show(wish) => self.slots.wish = Some(wish),
            Cue::Feature(feature) => self.slots.features.push(feature),
            Cue::WhatIs => {
                let after = self.tokens.get(item.end).map(|token| token.word.as_str());
                self.slots.owned = self.language == Language::En
                    && matches!(after, Some("the" | "our" | "my" | "your"));
            }
            _ => {}
        }
        if cue != Cue::Noise {
            self.slots.cues.push(cue);
        }
    }

    /// "no" says no here.
    fn denies(&self, item: &Item) -> bool {
        let before = item.start.checked_sub(1).and_then(|at| self.tokens.get(at));
        let with = before.is_some_and(|token| matches!(token.word.as_str(), "with" | "had"));
        self.language == Language::Es || (self.language == Language::En && with)
    }

    fn opens_other_side(&self, item: &Item) -> bool {
        let something = self.last.is_some() || !self.slots.periods.is_empty();
        let word = self.tokens.get(item.start).map(|token| token.word.as_str());
        something
            && item.end - item.start == 1
            && matches!(
                word,
                Some("with" | "to" | "con" | "com" | "a" | "al" | "ao")
            )
    }

    pub(super) fn rank(&mut self, descending: bool) {
        if self.slots.rank.is_none() {
            self.slots.rank = Some(Rank {
                descending,
                count: None,
            });
        }
    }

    fn time(&mut self, meaning: Meaning, item: &Item) {
        match meaning {
            // "October 2024 vs last year": against the year before it.
            Meaning::Period(when) if self.versus && self.is_a_year_before(when, item) => {
                self.versus = false;
                self.slots.same_period_last_year = true;
            }
            Meaning::NoSuchDay => self.slots.no_such_day = Some(self.typed(item)),
            Meaning::NoSuchWeek => self.slots.no_such_week = Some(self.typed(item)),
            Meaning::Period(when) => self
                .slots
                .periods
                .push((when, std::mem::take(&mut self.versus))),
            Meaning::Future => self.slots.future = true,
            Meaning::Grain(grain) => self.slots.grain = Some(grain),
            Meaning::Unit(grain) => {
                if self.place == Place::Ranked || self.most.is_some() {
                    self.slots.unit = Some(grain);
                    self.place = Place::Free;
                } else if self.slots.grain.is_none() {
                    self.slots.grain = Some(grain);
                }
            }
            Meaning::SamePeriodLastYear => self.slots.same_period_last_year = true,
            Meaning::SameWeekLastYear => self.slots.same_week_last_year = true,
            Meaning::PreviousPeriod => self.slots.previous_period = true,
            Meaning::Unsupported => self.slots.features.push(Feature::Calendar),
        }
        if matches!(self.place, Place::Only | Place::In) {
            self.place = Place::Free;
        }
    }

    /// "last year" after a shorter period that it was named with.
    fn is_a_year_before(&self, when: When, item: &Item) -> bool {
        let relative = (item.start..item.end)
            .filter_map(|at| self.tokens.get(at))
            .all(|token| !token.word.contains(|c: char| c.is_ascii_digit()));
        let shorter = |(main, _): &(When, bool)| main.unit < Unit::Half && !main.from_beginning;
        relative
            && when.unit == Unit::Year
            && !when.to_date
            && self.slots.periods.len() == 1
            && self.slots.periods.iter().all(shorter)
    }

    fn finish(mut self, items: &[Item]) -> Slots {
        // "which country had the most": the metric came before, or is the usual one.
        if let Some(descending) = self.most
            && (self.slots.has(Cue::Which)
                || !self.slots.groups.is_empty()
                || self.slots.unit.is_some())
        {
            self.rank(descending);
        }
        let (values, periods) = (self.slots.values.len(), self.slots.periods.len());
        let (values_before, periods_before) = self.before_metric;
        self.slots.mixed = (values_before > 0 && values > values_before)
            || (periods_before > 0 && periods > periods_before);
        if let Some(rank) = &mut self.slots.rank {
            rank.count = self.number.take().map(|(number, _)| number);
        }
        if let Some((number, at)) = self.number {
            self.slots.unknown.push(Unknown {
                at,
                typed: number.to_string(),
                place: Place::Free,
            });
        }
        self.slots.unknown.sort_by_key(|word| word.at);
        // "how many units did we sell": the verb counts nothing of its own.
        if self.slots.metrics.len() > 1 {
            let named = self
                .slots
                .metrics
                .iter()
                .any(|pick| !is_verb(&plain(&pick.typed)));
            self.slots
                .metrics
                .retain(|pick| !named || !is_verb(&plain(&pick.typed)));
        }
        // "mejor el año pasado": rather, not best.
        let nothing_ranked = self.slots.groups.is_empty()
            && self.slots.unit.is_none()
            && self.slots.metrics.is_empty();
        let opens = matches!(
            items.first(),
            Some(Item {
                piece: Piece::Cue(Cue::Top),
                ..
            })
        );
        if opens
            && nothing_ranked
            && !self.slots.periods.is_empty()
            && self.slots.rank.is_some_and(|rank| rank.count.is_none())
        {
            self.slots.rank = None;
            self.slots.again = true;
        }
        // A unit that nothing ranks is a grain.
        if self.slots.rank.is_none() && self.slots.grain.is_none() {
            self.slots.grain = self.slots.unit.take();
        }
        // A dimension in front of nothing qualifies nothing: it groups.
        if let Some(pick) = self.qualifier.take() {
            self.slots.groups.push(pick);
        }
        if matches!(
            items.first(),
            Some(Item {
                piece: Piece::Cue(Cue::Again | Cue::Also),
                ..
            })
        ) {
            self.slots.again = true;
        }
        self.slots
    }
}
