//! Gives each piece of a question its part: metric, grouping, filter, period, ranking. What a
//! piece may be is decided by where it stands: a dimension after "by", a value after "in".

use almanac_agent_contract::{Grain, Language};

use crate::intent::{Feature, Wish};
use crate::lexicon::{Fit, Lexicon, Named, Target, is_plural_of, is_verb, plain};
use crate::spans::{Item, Piece};
use crate::text::Token;
use crate::time::{Meaning, When};
use crate::vocabulary::Cue;

/// A name in the sentence and what it may stand for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pick {
    /// Names of one sort that fit about equally well, best first; never empty.
    pub(crate) options: Vec<Named>,
    /// As typed.
    pub(crate) typed: String,
}

impl Pick {
    /// How well the best fits.
    pub(crate) fn quality(&self) -> f32 {
        self.options.first().map_or(0.0, |named| named.quality)
    }

    /// The best option's fit.
    pub(crate) fn fit(&self) -> Fit {
        self.options.first().map_or(Fit::Hint, |named| named.fit)
    }
}

/// A value to filter by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValuePick {
    pub(crate) pick: Pick,
    pub(crate) negated: bool,
    /// The dimension named right before it: "country Brazil".
    pub(crate) of: Option<Pick>,
    /// It stands on the other side of a comparison.
    pub(crate) versus: bool,
}

/// A ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rank {
    pub(crate) descending: bool,
    pub(crate) count: Option<u32>,
}

/// What an unknown word seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nothing led to it.
    Free,
    /// A dimension was due.
    By,
    /// A value was due.
    In,
    Only,
    Not,
    Versus,
    /// What is ranked was due.
    Ranked,
}

/// A word that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unknown {
    /// Its place in the sentence.
    pub(crate) at: usize,
    /// As typed.
    pub(crate) typed: String,
    /// What it seems to be.
    pub(crate) place: Place,
}

/// A sentence taken apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Slots {
    pub(crate) metrics: Vec<Pick>,
    pub(crate) without_metrics: Vec<Pick>,
    pub(crate) groups: Vec<Pick>,
    pub(crate) values: Vec<ValuePick>,
    /// "all countries": no filter on it.
    pub(crate) all_of: Vec<Pick>,
    pub(crate) periods: Vec<(When, bool)>,
    pub(crate) same_period_last_year: bool,
    pub(crate) same_week_last_year: bool,
    pub(crate) previous_period: bool,
    pub(crate) grain: Option<Grain>,
    pub(crate) unit: Option<Grain>,
    pub(crate) rank: Option<Rank>,
    pub(crate) wish: Option<Wish>,
    pub(crate) unknown: Vec<Unknown>,
    pub(crate) features: Vec<Feature>,
    pub(crate) cues: Vec<Cue>,
    /// Begins like a follow-up.
    pub(crate) again: bool,
    pub(crate) future: bool,
    /// The ranked dimension was not led by "by": "best product", not "ranking by product".
    pub(crate) ranks_noun: bool,
    /// Each metric has a filter or a period of its own: that is two questions.
    pub(crate) mixed: bool,
    /// Different things joined by "or": no query says that.
    pub(crate) either: bool,
    /// "what is our revenue": the number, not the definition.
    pub(crate) owned: bool,
}

impl Slots {
    pub(crate) fn has(&self, cue: Cue) -> bool {
        self.cues.contains(&cue)
    }

    /// Nothing of a query was named.
    pub(crate) fn is_bare(&self) -> bool {
        self.metrics.is_empty()
            && self.groups.is_empty()
            && self.values.is_empty()
            && self.periods.is_empty()
            && self.grain.is_none()
            && self.rank.is_none()
            && !self.same_period_last_year
            && !self.same_week_last_year
            && !self.previous_period
    }
}

/// Takes a sentence apart.
pub(crate) fn slots(lexicon: &Lexicon, items: &[Item], tokens: &[Token], language: Language) -> Slots {
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
        walk.step(item, items.get(at + 1));
    }
    walk.finish(items)
}

struct Walk<'a> {
    lexicon: &'a Lexicon,
    tokens: &'a [Token],
    slots: Slots,
    /// What is due.
    place: Place,
    /// What was due for the last name: a list goes on with it after "and".
    list: Place,
    versus: bool,
    /// "most" and "least" rank by the metric that follows.
    most: Option<bool>,
    number: Option<(u32, usize)>,
    /// A dimension that qualifies the value right after it.
    qualifier: Option<Pick>,
    /// What the last name was.
    last: Option<Sort>,
    or: bool,
    /// A comma, "and" or "versus" came since the last metric.
    joined: bool,
    /// Values and periods said before the latest metric.
    before_metric: (usize, usize),
    /// Where the latest metric ended.
    metric_end: usize,
    all: bool,
    language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Metric,
    Dimension,
    Value,
}

fn sort(named: &Named) -> Sort {
    match named.target {
        Target::Metric(_) => Sort::Metric,
        Target::Dimension(_) => Sort::Dimension,
        Target::Value { .. } => Sort::Value,
    }
}

impl Walk<'_> {
    fn step(&mut self, item: &Item, next: Option<&Item>) {
        self.joined |= self.tokens.get(item.start).is_some_and(|token| token.after_stop);
        match &item.piece {
            Piece::Names(names) => self.name(item, names, next),
            Piece::Time(meaning) => self.time(*meaning),
            Piece::Cue(cue) => self.cue(*cue, item),
            Piece::Number(n) => {
                let before = item.start.checked_sub(1).and_then(|at| self.tokens.get(at));
                if before.is_some_and(|token| token.word == "over") {
                    self.slots.features.push(Feature::Threshold);
                } else if self.number.replace((*n, item.start)).is_some() {
                    self.unknown(item);
                }
            }
            Piece::Unknown => self.unknown(item),
        }
    }

    fn unknown(&mut self, item: &Item) {
        let typed = self.typed(item);
        let place = if std::mem::take(&mut self.versus) { Place::Versus } else { self.place };
        self.slots.unknown.push(Unknown { at: item.start, typed, place });
    }

    fn typed(&self, item: &Item) -> String {
        let words: Vec<&str> =
            self.tokens[item.start..item.end].iter().map(|token| token.typed.as_str()).collect();
        words.join(" ")
    }

    fn cue(&mut self, cue: Cue, item: &Item) {
        let opening = self.slots.cues.is_empty() && self.last.is_none() && self.slots.periods.is_empty();
        // "in IN": a code that is no value here, not the preposition again.
        let code = self.place == Place::In && item.end - item.start == 1 && matches!(cue, Cue::In | Cue::Noise | Cue::Or);
        if code && self.tokens.get(item.start).is_some_and(|token| token.typed.len() == 2 && token.is_shouted()) {
            self.unknown(item);
            return;
        }
        match cue {
            // "compare revenue with last year": the other side follows.
            Cue::In | Cue::Noise if self.slots.has(Cue::Compare) && self.opens_other_side(item) => {
                self.versus = true;
                self.place = Place::Versus;
            }
            Cue::By => self.place = Place::By,
            Cue::In if self.place != Place::Only && self.place != Place::Not => self.place = Place::In,
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
            Cue::Most | Cue::Least => self.most = Some(cue == Cue::Most),
            Cue::Which => self.place = Place::Ranked,
            Cue::All => self.all = true,
            Cue::Again | Cue::Also => self.slots.again |= opening || cue == Cue::Also,
            Cue::Show(wish) => self.slots.wish = Some(wish),
            Cue::Feature(feature) => self.slots.features.push(feature),
            Cue::WhatIs => {
                let after = self.tokens.get(item.end).map(|token| token.word.as_str());
                self.slots.owned = self.language == Language::En && matches!(after, Some("the" | "our" | "my" | "your"));
            }
            _ => {}
        }
        if cue != Cue::Noise {
            self.slots.cues.push(cue);
        }
    }

    fn opens_other_side(&self, item: &Item) -> bool {
        let something = self.last.is_some() || !self.slots.periods.is_empty();
        let word = self.tokens.get(item.start).map(|token| token.word.as_str());
        something && item.end - item.start == 1 && matches!(word, Some("with" | "to" | "con" | "com" | "a" | "al" | "ao"))
    }

    fn rank(&mut self, descending: bool) {
        if self.slots.rank.is_none() {
            self.slots.rank = Some(Rank { descending, count: None });
        }
    }

    fn time(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::Period(when) => self.slots.periods.push((when, std::mem::take(&mut self.versus))),
            Meaning::Future => self.slots.future = true,
            Meaning::Grain(grain) => self.slots.grain = Some(grain),
            Meaning::Unit(grain) => {
                if self.place == Place::Ranked || self.most.is_some() {
                    self.slots.unit = Some(grain);
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

    fn name(&mut self, item: &Item, names: &[Named], next: Option<&Item>) {
        let lead = |named: &Named| {
            named.quality
                + match (self.place, sort(named)) {
                    (Place::By, Sort::Dimension) | (Place::Ranked, Sort::Dimension) => 0.3,
                    (Place::Free, Sort::Dimension) if self.closes_value(&[*named]) => 0.4,
                    (_, Sort::Dimension) if named.fit >= Fit::Part => -0.3,
                    (Place::In | Place::Only | Place::Not, Sort::Value) => 0.3,
                    (Place::By | Place::Only, Sort::Metric) => -0.1,
                    (Place::By, Sort::Value) => -0.3,
                    (Place::Versus, kind) if Some(kind) == self.last => 0.3,
                    (Place::Free, Sort::Metric) if self.slots.metrics.is_empty() => 0.2,
                    (Place::Free, Sort::Value) => 0.05,
                    _ => 0.0,
                }
        };
        let Some(best) = names.iter().max_by(|a, b| lead(a).total_cmp(&lead(b))) else { return };
        let kind = sort(best);
        // A fit far below the best is no second reading.
        // For a part of a name, every name with that part is.
        let least = if kind == Sort::Metric && best.fit == Fit::Part { 0.45 } else { best.quality - 0.06 };
        let options: Vec<Named> =
            names.iter().filter(|named| sort(named) == kind && named.quality >= least).copied().collect();
        let pick = Pick { options, typed: self.typed(item) };
        let place = std::mem::replace(&mut self.place, Place::Free);
        let versus = std::mem::take(&mut self.versus);
        if place != Place::Free || !matches!(self.last, Some(last) if last == kind) {
            self.list = place;
        }
        match kind {
            // "US customers": the noun of the value before it.
            Sort::Metric if !self.slots.metrics.is_empty() && self.names_entity(&pick.typed) => return,
            // "orders per session" divides, and two metrics in a row mean something together:
            // neither is a list of both.
            Sort::Metric if !self.slots.metrics.is_empty() && place != Place::Not && self.slots.rank.is_none() && self.most.is_none()
                && (place == Place::By || !(self.joined || self.touching(item) && pick.fit() <= Fit::Meant)) && !is_verb(&plain(&pick.typed)) => {
                self.slots.unknown.push(Unknown { at: item.start, typed: pick.typed, place });
                return;
            }
            Sort::Metric => {
                let said = (self.slots.values.len(), self.slots.periods.len());
                if !self.slots.metrics.is_empty() {
                    self.before_metric = said;
                }
                self.joined = false;
                self.metric_end = item.end;
                if let Some(descending) = self.most.take() {
                    self.rank(descending);
                }
                if place == Place::Not {
                    self.slots.without_metrics.push(pick);
                } else {
                    self.slots.metrics.push(pick);
                }
            }
            Sort::Dimension if std::mem::take(&mut self.all) => self.slots.all_of.push(pick),
            // "single rooms", "mobile devices": the dimension of the value before it.
            Sort::Dimension if place == Place::Free && self.closes_value(&pick.options) => {
                if let Some(said) = self.slots.values.last_mut() {
                    said.of = Some(pick);
                }
                return;
            }
            // Part of a dimension's name that nothing leads to may mean anything.
            Sort::Dimension if pick.fit() >= Fit::Part && !matches!(place, Place::By | Place::Ranked) => {
                self.slots.unknown.push(Unknown { at: item.start, typed: pick.typed, place });
                return;
            }
            Sort::Dimension => {
                // "country Brazil": the value follows at once.
                let dimension = |named: &Named| match named.target {
                    Target::Dimension(at) => Some(at),
                    _ => None,
                };
                let own_value = next.is_some_and(|next| {
                    matches!(&next.piece, Piece::Names(after) if after.iter().any(|named| {
                        matches!(named.target, Target::Value { dimension: of, .. }
                            if pick.options.iter().any(|option| dimension(option) == Some(of)))
                    }))
                });
                if own_value && place != Place::By {
                    self.qualifier = Some(pick);
                    self.place = if place == Place::Free { Place::In } else { place };
                    return;
                }
                if place == Place::Ranked
                    && let Some(descending) = self.most.take()
                {
                    self.rank(descending);
                }
                self.slots.ranks_noun = place != Place::By;
                self.slots.groups.push(pick);
            }
            Sort::Value => {
                let negated = place == Place::Not;
                self.slots.either |= self.or;
                let of = self.qualifier.take();
                self.slots.values.push(ValuePick { pick, negated, of, versus });
            }
        }
        self.or = false;
        self.all = false;
        self.last = Some(kind);
    }

    /// The word is what the last value's dimension belongs to: "customers" of `customer__country`.
    fn names_entity(&self, typed: &str) -> bool {
        let last = self.slots.values.last().filter(|_| self.last == Some(Sort::Value));
        let word = plain(typed);
        last.is_some_and(|said| said.pick.options.iter().any(|named| {
            matches!(named.target, Target::Value { dimension, .. }
                if self.lexicon.dimension(dimension).is_some_and(|info| {
                    info.name.rsplit("__").nth(1).is_some_and(|entity| is_plural_of(&word, entity))
                }))
        }))
    }

    /// Right after another metric: "revenue orders AOV".
    fn touching(&self, item: &Item) -> bool {
        self.metric_end == item.start && self.last == Some(Sort::Metric)
    }

    fn closes_value(&self, names: &[Named]) -> bool {
        let last = self.slots.values.last().filter(|_| self.last == Some(Sort::Value));
        last.is_some_and(|said| {
            said.pick.options.iter().any(|value| {
                names.iter().any(|named| match (value.target, named.target) {
                    (Target::Value { dimension, .. }, Target::Dimension(at)) => dimension == at,
                    _ => false,
                })
            })
        })
    }

    fn finish(mut self, items: &[Item]) -> Slots {
        // "which country had the most": the metric came before, or is the usual one.
        if let Some(descending) = self.most
            && (self.slots.has(Cue::Which) || !self.slots.groups.is_empty() || self.slots.unit.is_some())
        {
            self.rank(descending);
        }
        let (values, periods) = (self.slots.values.len(), self.slots.periods.len());
        let (values_before, periods_before) = self.before_metric;
        self.slots.mixed = (values_before > 0 && values > values_before) || (periods_before > 0 && periods > periods_before);
        if let Some(rank) = &mut self.slots.rank {
            rank.count = self.number.take().map(|(number, _)| number);
        }
        if let Some((number, at)) = self.number {
            self.slots.unknown.push(Unknown { at, typed: number.to_string(), place: Place::Free });
        }
        self.slots.unknown.sort_by_key(|word| word.at);
        // "how many units did we sell": the verb counts nothing of its own.
        if self.slots.metrics.len() > 1 {
            let named = self.slots.metrics.iter().any(|pick| !is_verb(&plain(&pick.typed)));
            self.slots.metrics.retain(|pick| !named || !is_verb(&plain(&pick.typed)));
        }
        // "mejor el año pasado": rather, not best.
        let nothing_ranked = self.slots.groups.is_empty() && self.slots.unit.is_none() && self.slots.metrics.is_empty();
        let opens = matches!(items.first(), Some(Item { piece: Piece::Cue(Cue::Top), .. }));
        if opens && nothing_ranked && !self.slots.periods.is_empty() && self.slots.rank.is_some_and(|rank| rank.count.is_none()) {
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
        if matches!(items.first(), Some(Item { piece: Piece::Cue(Cue::Again | Cue::Also), .. })) {
            self.slots.again = true;
        }
        self.slots
    }
}
