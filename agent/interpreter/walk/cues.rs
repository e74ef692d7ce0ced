//! What the words of questions in general do to the sentence so far. Part of the walk.

use almanac_agent_contract::Language;

use super::names::is_metric;
use super::sentence::{Sort, Walk};
use crate::intent::{Feature, Statistic, Than};
use crate::lexicon::{Fit, Named, Target, plain};
use crate::slots::{Pick, Place, ValuePick};
use crate::spans::{Item, Piece};
use crate::text::Token;
use crate::time::{Meaning, Part};
use crate::vocabulary::Cue;

impl Walk<'_> {
    pub(super) fn cue(&mut self, cue: Cue, item: &Item, next: Option<&Item>) {
        let counts = matches!(
            next,
            Some(Item {
                piece: Piece::Number(..),
                ..
            })
        );
        // "leave Private out"
        let out = self.tokens.last().is_some_and(|token| token.word == "out");
        let cue = match cue {
            Cue::Noise if out && opening_leaves(&self.typed(item)) => Cue::Not,
            _ => cue,
        };
        // "tickets that didn't come by phone"
        let cue = match cue {
            Cue::Noise if self.denies_of_which(item) => Cue::Not,
            _ => cue,
        };
        if cue == Cue::Noise && self.tells_times(item) {
            self.times_said(item);
        }
        // "how did it move"; "how many customers moved" asks for those who did.
        let moves = matches!(self.typed(item).as_str(), "move" | "moves" | "moved");
        if cue == Cue::Trend && moves && !opens_how(self.tokens) {
            self.unknown(item);
            return;
        }
        // "how did orders reach us", "how many ads did players watch"
        let typed = self.typed(item).to_lowercase();
        let idle = match cue {
            // "how many memberships did people take out"
            Cue::Not => {
                let took = matches!(typed.as_str(), "take out" | "taken out" | "took out");
                took && self.slots.has(Cue::HowMany)
            }
            Cue::Passed(_) => {
                let number = |token: &Token| token.word.contains(|c: char| c.is_ascii_digit());
                let reaches = matches!(typed.as_str(), "reach" | "reached" | "hit");
                reaches && !self.tokens.iter().any(number)
            }
            Cue::Feature(Feature::Alert) => {
                let watches = matches!(typed.as_str(), "watch" | "watched" | "monitor");
                watches && (self.last.is_some() || self.slots.has(Cue::HowMany))
            }
            _ => false,
        };
        if idle {
            if self.lexicon.is_of_a_name(&self.lexicon.word(&typed)) {
                self.unknown(item);
            }
            return;
        }
        match cue {
            Cue::Noise | Cue::And => {}
            // "more than 500 of freight"
            Cue::In if matches!(self.typed(item).as_str(), "of" | "de" | "in" | "en" | "em") => {}
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
        let no = matches!(cue, Cue::In | Cue::No) && self.typed(item).eq_ignore_ascii_case("no");
        let cue = if no && self.denies(item) {
            Cue::Not
        } else {
            cue
        };
        match cue {
            // "which causes account for 20 faults or more"
            Cue::Share if counts && self.typed(item).to_lowercase().starts_with("account") => {
                return;
            }
            // "Física, no Historia": a trend is nothing to leave out.
            Cue::Trend | Cue::Growth if self.place == Place::Not => {
                self.place = Place::Free;
                return;
            }
            // "por ciudad no, por país"
            Cue::Not | Cue::No | Cue::In
                if no
                    && self.last == Some(Sort::Dimension)
                    && self.stops_after(item)
                    && self.slots.metrics.is_empty() =>
            {
                let denied = self.slots.groups.pop();
                self.slots.without_groups.extend(denied);
                self.slots.again = true;
            }
            // "no, new MRR"
            Cue::In | Cue::Not | Cue::No if no && opening && self.stops_after(item) => {
                self.slots.again = true;
            }
            // "no channel, room type instead"
            Cue::No if opening && names_dimension(next) => {
                self.slots.again = true;
                self.place = Place::Not;
            }
            Cue::No if opening => self.slots.again = true,
            // "late arrivals, no absences"
            Cue::No
                if self
                    .tokens
                    .get(item.start)
                    .is_some_and(|token| token.after_stop) =>
            {
                self.place = Place::Not;
            }
            Cue::DayOfWeek | Cue::HourOfDay => {
                self.slots.ranks_noun = true;
                self.part(if cue == Cue::DayOfWeek {
                    Part::DayOfWeek
                } else {
                    Part::HourOfDay
                });
            }
            // "compare revenue with last year": the other side follows.
            Cue::In | Cue::Noise if self.slots.has(Cue::Compare) && self.opens_other_side(item) => {
                self.versus = true;
                self.place = Place::Versus;
            }
            // "not by plan, by country"
            Cue::By | Cue::Per if self.place == Place::Not => {}
            Cue::By | Cue::Per => {
                self.place = Place::By;
                let after = self.tokens.get(item.end).map(|token| token.word.as_str());
                self.dangling = matches!(
                    after,
                    Some("what" | "how" | "where" | "que" | "como" | "donde" | "onde")
                );
                let typed = self.typed(item).to_lowercase();
                let each = ["each", "every", "divid"];
                self.per = cue == Cue::Per || each.iter().any(|word| typed.contains(word));
            }
            Cue::Than(than) => return self.than(than, item, (counts, next)),
            Cue::Between if counts => self.between = true,
            // "extras vendidos entre alquileres": the one divided by the other
            Cue::Between
                if self.language == Language::Es
                    && !self.slots.metrics.is_empty()
                    && next.is_some_and(is_metric) =>
            {
                self.place = Place::By;
                self.per = true;
            }
            Cue::Between => return,
            Cue::Passed(than) if counts => self.than = Some(than),
            // "was above last month's": what follows is the other side.
            Cue::Passed(_) if self.is_than(item) => {
                return self.than(Than::Over, item, (counts, next));
            }
            Cue::Statistic(statistic) => {
                self.slots.statistic.get_or_insert(statistic);
            }
            Cue::HowMany => {
                self.how_many = true;
                // "cost divided by the number of repairs"
                if !(self.per && self.place == Place::By) {
                    self.place = Place::Free;
                }
            }
            // "mean absences per day"; "what does churn mean" asks for the meaning.
            Cue::Define
                if self.typed(item).eq_ignore_ascii_case("mean")
                    && matches!(
                        next,
                        Some(Item {
                            piece: Piece::Names(_) | Piece::Time(Meaning::Grain(_)),
                            ..
                        })
                    ) =>
            {
                self.slots.statistic.get_or_insert(Statistic::Average);
                return;
            }
            Cue::TheFilter => {
                let named = self.slots.without_groups.pop();
                self.slots.all_of.extend(named);
                self.frees_values();
            }
            Cue::Contains => self.contains = true,
            // "number one product by orders"
            Cue::Nth(0) if names_dimension(next) => {
                self.rank(true);
                self.place = Place::Ranked;
                return;
            }
            // "which channel is number one for bookings"
            Cue::Nth(0)
                if self.slots.has(Cue::Which)
                    && !self.slots.groups.is_empty()
                    && self.typed(item).eq_ignore_ascii_case("number one") =>
            {
                self.rank(true);
                self.place = Place::Free;
                return;
            }
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
            // "top 3 de productos"
            Cue::In
                if self.place == Place::Ranked
                    && self.slots.rank.is_some()
                    && self.typed(item).eq_ignore_ascii_case("de")
                    && names_dimension(next) => {}
            Cue::In if self.place != Place::Only && self.place != Place::Not => {
                self.place = Place::In
            }
            // "não, na semana passada"
            Cue::Not if opening && self.stops_after(item) => self.slots.again = true,
            Cue::Only => self.place = Place::Only,
            Cue::Not => self.place = Place::Not,
            Cue::LeftOut => return self.leaves_out(),
            // Portuguese "o" is an article.
            Cue::Or if self.language == Language::Pt && self.typed(item) == "o" => return,
            Cue::And | Cue::Or => {
                if opening && cue == Cue::And {
                    self.slots.again = true;
                    // "plus France"
                    let typed = self.typed(item).to_lowercase();
                    if matches!(typed.as_str(), "plus" | "+" | "mas" | "más" | "mais") {
                        self.slots.cues.push(Cue::Also);
                    }
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
                let typed = self.typed(item).to_lowercase();
                self.rank(cue == Cue::Top);
                self.slots.sells = typed.ends_with("selling");
                let valued = ["best", "worst", "rated", "mejor", "peor", "melhor", "pior"]
                    .iter()
                    .any(|word| typed.contains(word) && !self.slots.sells);
                let paced = ["slow", "fast", "quick", "lent", "rapid", "rápid"]
                    .iter()
                    .any(|word| typed.contains(word));
                if let Some(rank) = &mut self.slots.rank {
                    rank.valued |= valued;
                    rank.paced |= paced;
                }
                self.slots.often |= [
                    "common", "frequent", "comun", "comum", "frecuent", "frequent", "habitual",
                ]
                .iter()
                .any(|word| crate::text::fold(&typed).contains(word));
                self.place = Place::Ranked;
            }
            Cue::Most | Cue::Least => {
                self.most = Some(cue == Cue::Most);
                self.place = Place::Free;
            }
            Cue::Which => self.place = Place::Ranked,
            Cue::All => self.all = true,
            // "all hubs but Recife"
            Cue::Again if self.all || !self.slots.all_of.is_empty() => self.place = Place::Not,
            Cue::Again | Cue::Also => self.slots.again |= opening || cue == Cue::Also,
            Cue::Show(wish) => self.slots.wish = Some(wish),
            // "drop logins"
            Cue::Growth
                if opening
                    && matches!(
                        self.typed(item).to_lowercase().as_str(),
                        "drop" | "lose" | "cut"
                    )
                    && matches!(
                        next,
                        Some(Item {
                            piece: Piece::Names(_),
                            ..
                        })
                    ) =>
            {
                self.place = Place::Not;
                return;
            }
            Cue::Together => self.joined = true,
            Cue::Feature(feature) => {
                // "do tickets follow logins?"
                self.joined |= feature == Feature::Subscribe;
                self.slots.features.push(feature);
            }
            Cue::WhatIs => {
                let after = self.tokens.get(item.end).map(|token| token.word.as_str());
                let ours = |word: &str| matches!(word, "our" | "we" | "my" | "us");
                let ours = self.tokens.iter().any(|token| ours(&token.word));
                self.slots.defined = after == Some("the") && !ours;
                self.slots.owned = self.language == Language::En
                    && matches!(after, Some("the" | "our" | "my" | "your"));
            }
            _ => {}
        }
        if cue != Cue::Noise {
            self.slots.cues.push(cue);
        }
    }

    /// "remove the metro filter": the values named are no longer filtered by, nor left out.
    fn frees_values(&mut self) {
        let lexicon = self.lexicon;
        let negated = self.slots.values.iter().position(|value| value.negated);
        let Some(value) = negated.map(|at| self.slots.values.remove(at)) else {
            return;
        };
        let of = value
            .pick
            .options
            .iter()
            .filter_map(|named| match named.target {
                Target::Value { dimension, .. } => Some(dimension),
                _ => None,
            });
        let of: Vec<u32> = of.filter(|at| lexicon.dimension(*at).is_some()).collect();
        self.slots.all_of.push(Pick {
            options: of
                .into_iter()
                .map(|at| Named {
                    target: Target::Dimension(at),
                    fit: Fit::Same,
                    quality: 1.0,
                })
                .collect(),
            typed: value.pick.typed,
        });
    }

    /// "all modes again, not only the metro": that it was only the metro is what is undone.
    pub(super) fn keeps_all(&mut self) {
        if !self.slots.has(Cue::Not) || !self.slots.has(Cue::Only) {
            return;
        }
        let all = self.slots.all_of.iter().flat_map(|pick| &pick.options);
        let all: Vec<Target> = all.map(|named| named.target).collect();
        let within = |named: &Named| match named.target {
            Target::Value { dimension, .. } => all.contains(&Target::Dimension(dimension)),
            _ => false,
        };
        self.slots
            .values
            .retain(|value| !value.pick.options.iter().any(within));
    }

    /// "Terminal 3 left out": all but what was just named. Before it, it leads as "without" does.
    fn leaves_out(&mut self) {
        self.slots.cues.push(Cue::Not);
        match self.last {
            Some(Sort::Value) => self.leaves_values_out(),
            Some(Sort::Metric) => self.leaves_metric_out(),
            Some(Sort::Dimension) => self.slots.without_groups.extend(self.slots.groups.pop()),
            None => self.place = Place::Not,
        }
    }

    /// The last metric, or the value of the same name: "orders, delivery left out".
    fn leaves_metric_out(&mut self) {
        let Some(pick) = self.slots.metrics.pop() else {
            return;
        };
        let words: Vec<_> = plain(&pick.typed)
            .split(' ')
            .map(|word| self.lexicon.word(word))
            .collect();
        let mut options = self.lexicon.names(&words);
        let is_value = |named: &Named| matches!(named.target, Target::Value { .. });
        options.retain(|named| is_value(named) && named.fit == Fit::Same);
        if options.is_empty() {
            self.slots.without_metrics.push(pick);
        } else {
            let typed = pick.typed;
            self.slots.values.push(ValuePick {
                pick: Pick { options, typed },
                negated: true,
                of: None,
                versus: false,
                or: false,
            });
        }
    }

    fn leaves_values_out(&mut self) {
        let dimension = |value: &ValuePick| match value.pick.options.first()?.target {
            Target::Value { dimension, .. } => Some(dimension),
            _ => None,
        };
        let of = self.slots.values.last().and_then(dimension);
        for value in self.slots.values.iter_mut().rev() {
            if dimension(value) != of {
                break;
            }
            value.negated = true;
        }
    }

    fn stops_after(&self, item: &Item) -> bool {
        self.tokens
            .get(item.end)
            .is_some_and(|token| token.after_stop)
    }

    /// A comparison in the form of a verb: "was higher than".
    fn is_than(&self, item: &Item) -> bool {
        let typed = self.typed(item).to_lowercase();
        ["than", "above", "que", "de", "acima", "encima"]
            .iter()
            .any(|end| typed.ends_with(end))
    }

    /// "which were not", "that didn't", "who don't".
    fn denies_of_which(&self, item: &Item) -> bool {
        let word = |at: usize| self.tokens.get(at).map_or("", |token| token.word.as_str());
        let before = item.start.checked_sub(1).map_or("", word);
        matches!(
            word(item.start),
            "didnt" | "dont" | "doesnt" | "isnt" | "arent" | "wasnt" | "werent"
        ) && matches!(before, "that" | "which" | "who")
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
}

/// Opens "leave X out".
pub(super) fn opening_leaves(typed: &str) -> bool {
    matches!(
        typed.to_lowercase().as_str(),
        "leave" | "leaving" | "take" | "filter" | "keep" | "throw"
    )
}

fn names_dimension(next: Option<&Item>) -> bool {
    let Some(Item {
        piece: Piece::Names(names),
        ..
    }) = next
    else {
        return false;
    };
    let best = names.iter().max_by(|a, b| a.quality.total_cmp(&b.quality));
    best.is_some_and(|named| matches!(named.target, Target::Dimension(_)))
}

/// The sentence asks how something did.
fn opens_how(tokens: &[Token]) -> bool {
    let mut pairs = tokens.windows(2);
    pairs.any(|pair| {
        let auxiliary = matches!(
            pair[1].word.as_str(),
            "did" | "do" | "does" | "has" | "have" | "the" | "our"
        );
        pair[0].word == "how" && auxiliary
    })
}
