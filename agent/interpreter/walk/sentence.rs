//! Gives each piece of a question its part: metric, grouping, filter, period, ranking. What a
//! piece may be is decided by where it stands: a dimension after "by", a value after "in".

use almanac_agent_contract::{Grain, Language, Value};
use almanac_metrics::{Filter, Operator};

use super::cues::opening_leaves;
use super::people::who_did;
use super::wording::{
    asks_whether, is_clock, is_one, is_to_come, measures, opens, opens_with_not, whole,
};
use crate::intent::{Feature, Statistic, Than};
use crate::lexicon::{Lexicon, Named, Target, is_plural, is_verb, owner, plain};
use crate::slots::{Anchor, Pick, Place, Rank, Slots, Unknown};
use crate::spans::{Item, Piece};
use crate::text::Token;
use crate::vocabulary::Cue;

/// Takes a sentence apart.
pub(crate) fn slots(
    lexicon: &Lexicon,
    items: &[Item],
    tokens: &[Token],
    language: Language,
) -> Slots {
    let told = who_did(lexicon, items, tokens);
    let items = told.as_deref().unwrap_or(items);
    let averages = items
        .iter()
        .any(|item| item.piece == Piece::Cue(Cue::Statistic(Statistic::Average)));
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
        contains: false,
        denied_period: None,
        ranked_by: 0,
        loose: Vec::new(),
        subject: None,
        bare_unit: None,
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
        metric_start: 0,
        metric_end: 0,
        all: false,
        averages,
        dangling: false,
        each: false,
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
    /// Groupings, by their place, that nothing led to.
    pub(super) loose: Vec<usize>,
    /// Metrics that a ranking goes by, so far: they come first.
    pub(super) ranked_by: usize,
    /// Where a period was said that is not meant.
    pub(super) denied_period: Option<usize>,
    /// A part of a value follows.
    pub(super) contains: bool,
    /// The metric that the bound after it holds: "with revenue over 500".
    pub(super) subject: Option<Pick>,
    /// A unit of time that nothing leads to: "week with the most orders".
    pub(super) bare_unit: Option<Grain>,
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
    /// Where the latest metric began.
    pub(super) metric_start: usize,
    /// Where the latest metric ended.
    pub(super) metric_end: usize,
    pub(super) all: bool,
    /// An average is asked for, here or later in the sentence.
    pub(super) averages: bool,
    /// What to break down by was to follow, and nothing did.
    pub(super) dangling: bool,
    /// The only metric so far is what "each" stands before: another is divided by it.
    pub(super) each: bool,
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
        if std::mem::take(&mut self.contains) {
            self.containing(item);
            return;
        }
        self.dangling &= matches!(item.piece, Piece::Cue(Cue::Noise) | Piece::Time(_));
        match &item.piece {
            Piece::Names(names) => self.name(item, names, next),
            Piece::Time(meaning) => self.time(*meaning, item),
            // "for Contri" is no "contra".
            Piece::Cue(
                Cue::Versus | Cue::Top | Cue::Bottom | Cue::Most | Cue::Least | Cue::Compare,
            ) if self.place == Place::In && self.is_misspelled(item) => self.unknown(item),
            Piece::Cue(cue) => self.cue(*cue, item, next),
            Piece::Number(value, percent) => {
                self.count(Counted {
                    value: *value,
                    percent: *percent,
                    at: item.start,
                    end: item.end,
                });
                let word = self.tokens.get(item.start).map(|token| token.word.as_str());
                if matches!(word, Some("twice" | "thrice")) {
                    self.times_said(item);
                }
            }
            Piece::Unknown if self.converts(item) => {}
            Piece::Unknown => self.unknown(item),
        }
    }

    /// "average salary of our teachers": it is theirs anyway.
    pub(super) fn is_of_metric(&self, pick: &Pick) -> bool {
        let info = |pick: &Pick| match pick.options.first()?.target {
            Target::Metric(at) => self.lexicon.metric(at),
            _ => None,
        };
        let first = self.slots.metrics.first().and_then(info);
        let counted = info(pick).and_then(|info| info.counts.as_ref());
        first
            .zip(counted)
            .is_some_and(|(first, entity)| first.entities.contains(entity))
    }

    /// "guests in the gold tier": the value tells which of them.
    fn is_of_values(&self, pick: &Pick) -> bool {
        let counted = pick.options.iter().filter_map(|named| match named.target {
            Target::Metric(at) => self.lexicon.metric(at)?.counts.as_deref(),
            _ => None,
        });
        let mut entities = counted.collect::<Vec<_>>();
        entities.dedup();
        let told = self
            .slots
            .values
            .iter()
            .flat_map(|value| &value.pick.options);
        told.filter_map(|named| match named.target {
            Target::Value { dimension, .. } => owner(self.lexicon.dimension(dimension)?),
            _ => None,
        })
        .any(|of| entities.contains(&of))
    }

    /// "name contains Media": whatever the words may mean elsewhere.
    fn containing(&mut self, item: &Item) {
        // "clients whose name contains": the name of those.
        let of = self.loose.iter().rev().find_map(|at| {
            let pick = self.slots.groups.get(*at)?;
            match pick.options.first()?.target {
                Target::Dimension(at) => owner(self.lexicon.dimension(at)?),
                _ => None,
            }
        });
        let lexicon = self.lexicon;
        let theirs = |named: &&Named| match named.target {
            Target::Dimension(at) => lexicon
                .dimension(at)
                .is_some_and(|info| of.is_some() && owner(info) == of),
            _ => false,
        };
        let named = self.slots.groups.last().and_then(|pick| {
            pick.options
                .iter()
                .find(theirs)
                .or_else(|| pick.options.first())
        });
        let info = named.and_then(|named| match named.target {
            Target::Dimension(at) => self.lexicon.dimension(at),
            _ => None,
        });
        let Some(info) = info else {
            self.unknown(item);
            return;
        };
        let part = Filter {
            dimension: info.name.clone(),
            op: Operator::Contains,
            values: vec![Value::Text(self.typed(item))],
        };
        let same = |pick: &Pick| {
            let named = pick.options.first();
            named.is_some_and(|named| match named.target {
                Target::Dimension(at) => self
                    .lexicon
                    .dimension(at)
                    .is_some_and(|other| other.name == part.dimension),
                _ => false,
            })
        };
        self.slots.groups.retain(|pick| !same(pick));
        self.slots.within.push(part);
    }

    pub(super) fn unknown(&mut self, item: &Item) {
        let typed = self.typed(item);
        // "a waiting time above 15 minutes"
        if self.open_bound && is_clock(&typed) {
            self.open_bound = false;
            if self.bounds_time(&[&plain(&typed)]) {
                return;
            }
        }
        // "leaving Casa Lusa out"
        let out = self.tokens.last().is_some_and(|token| token.word == "out");
        if out && opening_leaves(&typed) {
            self.place = Place::Not;
            return;
        }
        // "last year's, not this one's": what was answered.
        let this = [
            "este", "esta", "ese", "esa", "esse", "essa", "this", "these",
        ];
        if self.place == Place::Not && this.contains(&plain(&typed).as_str()) {
            self.place = Place::Free;
            return;
        }
        // "electric vehicles", where vehicles have no names.
        if self.names_entity(&typed) {
            return;
        }
        // "for how many hours did the lines run"
        self.how_many &= self.place != Place::Free;
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

    pub(super) fn rank(&mut self, descending: bool) {
        if self.slots.rank.is_none() {
            self.slots.rank = Some(Rank {
                valued: false,
                paced: false,
                descending,
                count: None,
            });
        }
    }

    fn finish(mut self, items: &[Item]) -> Slots {
        self.slots.what_done = opens(
            self.tokens,
            "what",
            &["did", "do", "does", "have", "has", "was", "is"],
        );
        // "films with an 18 certificate"
        if let Some(counted) = self.number.filter(|_| self.slots.rank.is_none())
            && self.numbers_value(counted.at)
        {
            self.number = None;
        }
        self.drop_nouns();
        // All but a period is no period.
        if let Some(at) = self.denied_period
            && self.slots.periods.is_empty()
        {
            let typed = self.tokens.get(at).map(|token| token.typed.clone());
            self.slots.unknown.push(Unknown {
                at,
                typed: typed.unwrap_or_default(),
                place: Place::Not,
            });
        }
        // "new patients by what brought them here": by what?
        if self.dangling && self.slots.groups.is_empty() && !self.slots.metrics.is_empty() {
            self.slots.cues.push(Cue::ByWhat);
        }
        // "new enrolments, not all of them"
        self.slots.again |= self.all && self.place == Place::Not;
        let negated = !self.slots.without_metrics.is_empty() && !self.slots.metrics.is_empty();
        self.slots.again |= negated && opens_with_not(items);
        self.keeps_all();
        // "which country had the most": the metric came before, or is the usual one.
        let ranks = self.most.is_some() || self.slots.rank.is_some();
        if ranks && self.slots.unit.is_none() && self.slots.groups.is_empty() {
            self.slots.unit = self.bare_unit;
            if self.slots.unit.is_some() && self.slots.grain == self.bare_unit {
                self.slots.grain = None;
            }
        }
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
        // "did we raise £10,000"
        let first = self.tokens.first().map_or("", |token| token.word.as_str());
        if let Some(counted) = self.number
            && matches!(first, "did" | "have" | "has")
            && self.slots.metrics.len() == 1
            && self.slots.rank.is_none()
            && self.slots.bounds.is_empty()
            && self.metric_end == counted.at
        {
            self.number = None;
            self.bound(Than::AtLeast, counted);
        }
        // A message of that word alone, as a command sends it.
        if let [only] = self.tokens
            && matches!(only.word.as_str(), "resumen" | "resumo")
        {
            self.slots.features.push(Feature::Subscribe);
        }
        if let Some(counted) = self.number.take() {
            self.slots.number = whole(counted);
            self.unknown_number(counted);
        }
        self.slots.one_before = self
            .tokens
            .iter()
            .any(|token| matches!(token.word.as_str(), "anterior" | "previous" | "prior"));
        let to_come = self.language != Language::En
            && is_to_come(self.tokens, |word| self.lexicon.is_name(word));
        if to_come && self.slots.features.is_empty() {
            self.slots.features.push(Feature::Forecast);
        }
        self.slots.stays = self.tokens.iter().any(|token| {
            matches!(
                token.word.as_str(),
                "quedaron"
                    | "quedo"
                    | "estuvieron"
                    | "estuvo"
                    | "ficaram"
                    | "ficou"
                    | "estiveram"
                    | "esteve"
            )
        });
        self.slots.measured = measures(self.tokens);
        self.slots.how_often = opens(self.tokens, "how", &["often"])
            || opens(self.tokens, "que", &["frecuencia", "frequencia"]);
        // "préstamos de más de 5000" asks nothing of us.
        let lexicon = self.lexicon;
        let named = |word: &str| lexicon.is_of_a_name(&lexicon.word(word));
        self.slots.yes_or_no = self
            .tokens
            .first()
            .is_some_and(|token| asks_whether(&token.word, self.language) && !named(&token.word));
        // "revenue from customers" says nothing of them.
        let told = self.slots.bounds.iter().any(|bound| bound.after.is_some());
        if let Some((pick, at)) = self.population.take() {
            let lead = at.checked_sub(1).and_then(|at| self.tokens.get(at));
            let one = lead.is_some_and(|token| is_one(&token.word));
            let divides =
                self.averages && self.slots.per.is_none() && one && !is_plural(&pick.typed);
            if told {
                self.slots.population = Some(pick);
            } else if divides {
                // "how many seats does a class have on average"
                self.slots.statistic = None;
                self.slots.per = Some(pick);
            } else if !self.is_of_values(&pick) && !self.is_of_metric(&pick) {
                self.slots.unknown.push(Unknown {
                    at,
                    typed: pick.typed,
                    place: Place::In,
                });
            }
        }
        // "how many items are there for each receipt": of what, nothing says.
        self.slots.doubt |= self.each && self.slots.has(Cue::HowMany);
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
