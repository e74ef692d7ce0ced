//! Gives each piece of a question its part: metric, grouping, filter, period, ranking. What a
//! piece may be is decided by where it stands: a dimension after "by", a value after "in".

use almanac_agent_contract::Language;

use crate::intent::{Bound, Feature, Statistic, Than};
use crate::lexicon::{Lexicon, Named, Target, is_verb, plain};
use crate::slots::{Anchor, BoundPick, Pick, Place, Rank, Slots, Unknown};
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
        than: None,
        how_many: false,
        population: None,
        between: false,
        anchor: None,
        open_bound: false,
        per: false,
        sorts: false,
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
    pub(super) number: Option<Counted>,
    /// A bound whose number follows.
    pub(super) than: Option<Than>,
    /// What is counted follows.
    pub(super) how_many: bool,
    /// Whose numbers are meant, if a bound says more of them.
    pub(super) population: Option<(Pick, usize)>,
    /// Two numbers follow: from the first to the second.
    pub(super) between: bool,
    /// What was named last, for a bound to stand behind.
    pub(super) anchor: Option<Anchor>,
    /// A bound was just closed: a metric right after it is what it bounds.
    pub(super) open_bound: bool,
    /// What is divided by is due.
    pub(super) per: bool,
    /// What rows are put in order by is due.
    pub(super) sorts: bool,
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

/// A number that stands by itself, so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counted {
    pub(super) value: f64,
    pub(super) percent: bool,
    pub(super) at: usize,
    pub(super) end: usize,
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
            Piece::Cue(cue) => self.cue(*cue, item, next),
            Piece::Number(value, percent) => self.count(Counted {
                value: *value,
                percent: *percent,
                at: item.start,
                end: item.end,
            }),
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

    fn cue(&mut self, cue: Cue, item: &Item, next: Option<&Item>) {
        let counts = matches!(
            next,
            Some(Item {
                piece: Piece::Number(..),
                ..
            })
        );
        match cue {
            Cue::Noise | Cue::And => {}
            _ => self.open_bound = false,
        }
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
            Cue::By | Cue::Per => {
                self.place = Place::By;
                self.per = cue == Cue::Per;
            }
            Cue::Than(than) => return self.than(than, item, (counts, next)),
            Cue::Between if counts => self.between = true,
            Cue::Between => return,
            Cue::Passed(than) if counts => self.than = Some(than),
            Cue::Statistic(statistic) => {
                self.slots.statistic.get_or_insert(statistic);
            }
            Cue::HowMany => self.how_many = true,
            Cue::Nth(at) => self.slots.nth = Some(Some(at)),
            Cue::Last => self.slots.nth = Some(None),
            Cue::SortBy => {
                self.sorts = true;
                self.place = Place::By;
            }
            Cue::Peak | Cue::Trough => self.rank(cue == Cue::Peak),
            Cue::Correct => self.slots.again = true,
            Cue::Drill => {
                self.slots.again = true;
                self.place = Place::Only;
            }
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

    /// A number: of a bound, or of a ranking.
    fn count(&mut self, counted: Counted) {
        if let Some(than) = self.than.take() {
            self.bound(than, counted);
        } else if self.between {
            match self.number.take() {
                Some(first) => {
                    self.between = false;
                    self.bound(Than::AtLeast, first);
                    self.bound(Than::AtMost, counted);
                }
                None => self.number = Some(counted),
            }
        } else if let Some(first) = self.number.replace(counted) {
            self.unknown_number(first);
        }
    }

    fn bound(&mut self, than: Than, counted: Counted) {
        self.slots.bounds.push(BoundPick {
            bound: Bound {
                than,
                value: counted.value,
            },
            percent: counted.percent,
            before: self.anchor,
            after: None,
            among: !self.slots.groups.is_empty()
                || self.slots.unit.is_some()
                || self.slots.grain.is_some(),
        });
        self.open_bound = true;
    }

    /// "more than 3", "3 or more", "higher than last month", "over the last month".
    fn than(&mut self, than: Than, item: &Item, (counts, next): (bool, Option<&Item>)) {
        if counts {
            self.than = Some(than);
            return;
        }
        if let Some(counted) = self.number.take_if(|counted| counted.end == item.start) {
            self.bound(than, counted);
            return;
        }
        let word = self
            .tokens
            .get(item.start)
            .map_or("", |token| token.word.as_str());
        let leads = matches!(
            word,
            "over" | "beyond" | "under" | "above" | "below" | "up" | "a"
        );
        if matches!(
            next,
            Some(Item {
                piece: Piece::Time(_),
                ..
            })
        ) && !leads
        {
            self.cue(Cue::Versus, item, next);
        } else if leads && item.end - item.start <= 2 {
            self.cue(Cue::In, item, next);
        } else {
            self.unknown(item);
        }
    }

    fn unknown_number(&mut self, counted: Counted) {
        self.slots.unknown.push(Unknown {
            at: counted.at,
            typed: self
                .tokens
                .get(counted.at)
                .map_or_else(String::new, |token| token.typed.clone()),
            place: Place::Free,
        });
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
            // "more than 3 days": what the number counts.
            Meaning::Unit(_) if std::mem::take(&mut self.open_bound) => {}
            Meaning::Unit(grain) => {
                self.anchor = Some(Anchor::Unit);
                if std::mem::take(&mut self.how_many) {
                    self.slots.statistic.get_or_insert(Statistic::Count);
                }
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
            Meaning::Unsupported
            | Meaning::Part(_)
            | Meaning::Weekdays(_)
            | Meaning::Hours { .. } => self.slots.features.push(Feature::Calendar),
            Meaning::TooFine => self.slots.unknown.push(Unknown {
                at: item.start,
                typed: self.typed(item),
                place: Place::Free,
            }),
        }
        self.open_bound = false;
        self.per = false;
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
        if let Some(rank) = &mut self.slots.rank
            && let Some(counted) = self.number
        {
            rank.count = whole(counted);
            if rank.count.is_some() {
                self.number = None;
            }
        }
        if let Some(counted) = self.number.take() {
            self.slots.number = whole(counted);
            self.unknown_number(counted);
        }
        self.slots.yes_or_no = self
            .tokens
            .first()
            .is_some_and(|token| asks_whether(&token.word));
        // "revenue from customers" says nothing of them.
        let told = self.slots.bounds.iter().any(|bound| bound.after.is_some());
        if let Some((pick, at)) = self.population.take() {
            if told {
                self.slots.population = Some(pick);
            } else {
                self.slots.unknown.push(Unknown {
                    at,
                    typed: pick.typed,
                    place: Place::In,
                });
            }
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

/// Opens a question that is answered by yes or no.
fn asks_whether(word: &str) -> bool {
    matches!(
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
    )
}

/// A count of rows.
fn whole(counted: Counted) -> Option<u32> {
    let fits = counted.value.fract() == 0.0 && (0.0..1e6).contains(&counted.value);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number in range"
    )]
    (fits && !counted.percent).then_some(counted.value as u32)
}
