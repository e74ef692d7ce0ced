//! What a name is in its sentence: a metric, a grouping, a value, or the noun of the value before
//! it. Part of the walk.

use almanac_agent_contract::Language;

use super::sentence::{Sort, Walk, sort};
use crate::intent::Statistic;
use crate::lexicon::{Fit, Named, Target, is_plural, is_plural_of, is_verb, plain};
use crate::slots::{Anchor, Pick, Place, Unknown, ValuePick};
use crate::spans::{Item, Piece};
use crate::vocabulary::Cue;

impl Walk<'_> {
    pub(super) fn name(&mut self, item: &Item, names: &[Named], next: Option<&Item>) {
        if self.converts(item) {
            return;
        }
        let ranking = self.slots.rank.is_some() && !self.slots.groups.is_empty();
        let hinted = names.iter().any(|named| sort(named) == Sort::Metric);
        let lead = |named: &Named| {
            // A value by its stem alone, where metrics have the very word.
            let stemmed = sort(named) == Sort::Value && named.quality < STEMMED && hinted;
            named.quality - if stemmed { 0.6 } else { 0.0 }
                + match (self.place, sort(named)) {
                    // "top 3 countries by orders": what it ranks by.
                    (Place::By, Sort::Metric) if ranking && self.is_called(named, item) => 0.5,
                    // "more than 2 bookings", "bookings and cancellations"
                    (_, Sort::Metric) if self.open_bound && named.fit <= Fit::Meant => 0.6,
                    (Place::Free, Sort::Metric)
                        if self.joined
                            && self.last == Some(Sort::Metric)
                            && named.fit == Fit::Same =>
                    {
                        0.1
                    }
                    (_, Sort::Value) if self.is_qualified(named, item) => 0.5,
                    (Place::In, Sort::Metric) if self.counts(named) && self.has_bound(item) => 0.6,
                    (Place::By, Sort::Metric) if self.sorts => 0.5,
                    (Place::By, Sort::Metric)
                        if ranking && self.slots.metrics.is_empty() && named.fit <= Fit::Meant =>
                    {
                        0.4
                    }
                    // "hubs with returns": a number is still to be named.
                    (Place::In, Sort::Value)
                        if named.fit == Fit::Meant
                            && self.slots.metrics.is_empty()
                            && !self.slots.groups.is_empty() =>
                    {
                        -0.1
                    }
                    (Place::By, Sort::Metric) if self.divides(named, names) => 0.5,
                    // "peajes por viaje": only a metric is called so.
                    (Place::By, Sort::Metric)
                        if self.language != Language::En
                            && !self.slots.metrics.is_empty()
                            && !ranking
                            && named.fit <= Fit::Meant
                            && !names.iter().any(|other| {
                                sort(other) == Sort::Dimension && other.fit <= Fit::Meant
                            }) =>
                    {
                        0.4
                    }
                    (Place::By, Sort::Dimension) if named.fit >= Fit::Part => 0.1,
                    (Place::By, Sort::Dimension) => 0.3,
                    (Place::Ranked, Sort::Dimension) if named.fit <= Fit::Meant => 0.3,
                    (Place::Free, Sort::Dimension) if self.closes_value(&[*named]) => 0.4,
                    (_, Sort::Dimension) if named.fit >= Fit::Part => -0.3,
                    // "best month for billings": a number is still to be named.
                    (Place::In, Sort::Metric)
                        if named.fit == Fit::Same && self.slots.metrics.is_empty() =>
                    {
                        0.35
                    }
                    // "stays, not bookings"
                    (Place::Not, Sort::Metric)
                        if named.quality > 0.99
                            && !names.iter().any(|other| {
                                sort(other) == Sort::Value && other.quality > 0.96
                            }) =>
                    {
                        0.35
                    }
                    (Place::In | Place::Only | Place::Not, Sort::Value) => 0.3,
                    (Place::By | Place::Only, Sort::Metric) => -0.1,
                    (Place::By, Sort::Value) => -0.3,
                    (Place::Versus, kind) if Some(kind) == self.last => 0.3,
                    (Place::Free, Sort::Metric) if self.slots.metrics.is_empty() => 0.2,
                    (Place::Free, Sort::Value) => 0.05,
                    _ => 0.0,
                }
        };
        let Some(best) = names.iter().max_by(|a, b| lead(a).total_cmp(&lead(b))) else {
            return;
        };
        let kind = sort(best);
        // A fit far below the best is no second reading.
        // For a part of a name, every name with that part is.
        let least = if kind == Sort::Metric && best.fit == Fit::Part {
            0.45
        } else {
            best.quality - 0.06
        };
        let options: Vec<Named> = names
            .iter()
            .filter(|named| sort(named) == kind && named.quality >= least)
            .copied()
            .collect();
        let pick = Pick {
            options,
            typed: self.typed(item),
        };
        let stray = match kind {
            Sort::Dimension => self.is_stray(item, &pick, next),
            Sort::Metric => self.is_stray_metric(item),
            Sort::Value => false,
        };
        if stray {
            self.unknown(item);
            return;
        }
        let counted = std::mem::take(&mut self.how_many) && self.place == Place::Free;
        if kind == Sort::Dimension && counted && pick.fit() <= Fit::Meant {
            self.slots.statistic.get_or_insert(Statistic::Count);
            self.slots.ranks_noun = true;
            self.anchor = Some(Anchor::Group(self.slots.groups.len()));
            self.slots.groups.push(pick);
            self.last = Some(kind);
            return;
        }
        // "shipments with freight over 500"
        let bounds = self.bound_follows(item);
        let after_another = !self.slots.metrics.is_empty() && !self.joined;
        if kind == Sort::Metric && bounds && after_another {
            self.subject = Some(pick);
            self.place = Place::Free;
            self.last = Some(kind);
            return;
        }
        // "entregas menos Salvador": all but it.
        if kind == Sort::Value && self.most == Some(false) && self.place == Place::Free {
            self.most = None;
            self.place = Place::Not;
        }
        if kind == Sort::Metric && self.is_population(&pick) {
            self.population = Some((pick, item.start));
            self.place = Place::Free;
            self.last = Some(kind);
            return;
        }
        if self.takes(kind, &pick) {
            self.place = Place::Free;
            self.last = Some(kind);
            return;
        }
        let place = std::mem::replace(&mut self.place, Place::Free);
        let versus = std::mem::take(&mut self.versus);
        if place != Place::Free || !matches!(self.last, Some(last) if last == kind) {
            self.list = place;
        }
        match kind {
            // "US customers": the noun of the value before it.
            Sort::Metric if !self.slots.metrics.is_empty() && self.names_entity(&pick.typed) => {
                return;
            }
            // "orders per session" divides, and two metrics in a row mean something together:
            // neither is a list of both.
            Sort::Metric
                if !self.slots.metrics.is_empty()
                    && place != Place::Not
                    && self.slots.rank.is_none()
                    && self.most.is_none()
                    && (place == Place::By
                        || !(self.joined
                            || self.touching(item)
                                && pick.fit() <= Fit::Meant
                                && pick.quality() > SHORTENED
                                && self
                                    .slots
                                    .metrics
                                    .last()
                                    .is_some_and(|before| before.quality() > SHORTENED)))
                    && !is_verb(&plain(&pick.typed)) =>
            {
                self.slots.unknown.push(Unknown {
                    at: item.start,
                    typed: pick.typed,
                    place,
                });
                return;
            }
            Sort::Metric => {
                let said = (self.slots.values.len(), self.slots.periods.len());
                if !self.slots.metrics.is_empty() {
                    self.before_metric = said;
                }
                self.joined = false;
                self.metric_start = item.start;
                self.metric_end = item.end;
                if let Some(descending) = self.most.take() {
                    self.rank(descending);
                }
                if place == Place::Not {
                    self.slots.without_metrics.push(pick);
                } else if place == Place::By && self.slots.rank.is_some() {
                    let at = self.ranked_by.min(self.slots.metrics.len());
                    self.slots.metrics.insert(at, pick);
                    self.ranked_by += 1;
                } else {
                    self.anchor = Some(Anchor::Metric(self.slots.metrics.len()));
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
            // Part of a dimension's name that nothing leads to may mean anything, and "used a
            // coupon" groups by nothing.
            Sort::Dimension
                if (pick.fit() >= Fit::Part
                    || (self.is_one(item) && !self.leads_value(&pick, next)))
                    && !matches!(place, Place::By | Place::Ranked) =>
            {
                self.slots.unknown.push(Unknown {
                    at: item.start,
                    typed: pick.typed,
                    place,
                });
                return;
            }
            Sort::Dimension if place == Place::Not && !self.leads_value(&pick, next) => {
                self.slots.without_groups.push(pick);
            }
            Sort::Dimension => {
                // "country Brazil": the value follows at once.
                let own_value = self.leads_value(&pick, next);
                if own_value && place != Place::By {
                    self.qualifier = Some(pick);
                    self.place = if place == Place::Free {
                        Place::In
                    } else {
                        place
                    };
                    return;
                }
                if place == Place::Ranked
                    && let Some(descending) = self.most.take()
                {
                    self.rank(descending);
                }
                self.slots.ranks_noun = place != Place::By;
                self.anchor = Some(Anchor::Group(self.slots.groups.len()));
                if matches!(place, Place::In | Place::Free) {
                    self.loose.push(self.slots.groups.len());
                }
                self.slots.groups.push(pick);
            }
            Sort::Value => {
                let negated = place == Place::Not;
                let of = self.qualifier.take();
                self.slots.values.push(ValuePick {
                    pick,
                    negated,
                    of,
                    versus,
                    or: self.or,
                });
            }
        }
        self.or = false;
        self.all = false;
        self.last = Some(kind);
    }

    /// "revenue from customers with ...": what is counted says whose numbers are meant.
    fn is_population(&self, pick: &Pick) -> bool {
        let counts = pick
            .options
            .first()
            .is_some_and(|named| match named.target {
                Target::Metric(at) => self
                    .lexicon
                    .metric(at)
                    .is_some_and(|info| info.counts.is_some()),
                _ => false,
            });
        counts
            && self.place == Place::In
            && !self.slots.metrics.is_empty()
            && self.slots.rank.is_none()
            && !self.names_entity(&pick.typed)
    }

    /// "customers in Germany", "freelance drivers": a name by which nothing was to be grouped, of
    /// what a value tells something of.
    pub(super) fn drop_nouns(&mut self) {
        let path = |target: Target| {
            let (Target::Dimension(at) | Target::Value { dimension: at, .. }) = target else {
                return None;
            };
            let mut parts = self.lexicon.dimension(at)?.name.rsplit("__");
            Some((parts.next()?, parts.next()?))
        };
        let values: Vec<&str> = self
            .slots
            .values
            .iter()
            .flat_map(|value| &value.pick.options)
            .filter_map(|named| Some(path(named.target)?.1))
            .collect();
        let noun = |at: &usize| {
            let pick = self.slots.groups.get(*at);
            let of = pick
                .and_then(|pick| pick.options.first())
                .and_then(|named| path(named.target));
            of.is_some_and(|(last, entity)| {
                matches!(last, "name" | "title" | "label" | "nombre" | "nome" | "id")
                    && values.contains(&entity)
            })
        };
        // "how full were the hotels": all of them together.
        let whole = |at: &usize| {
            self.slots.metrics.len() == 1
                && self.slots.groups.get(*at).is_some_and(|pick| {
                    let first = plain(&pick.typed);
                    let stands = self
                        .tokens
                        .iter()
                        .position(|token| first.split(' ').next() == Some(token.word.as_str()));
                    let before = stands
                        .and_then(|at| self.tokens.get(at.checked_sub(1)?))
                        .map_or("", |token| token.word.as_str());
                    is_plural(&pick.typed)
                        && matches!(before, "the" | "our" | "nuestros" | "nossos")
                })
                && self.slots.rank.is_none()
                && self.most.is_none()
                && self.slots.bounds.is_empty()
        };
        let nouns: Vec<usize> = self
            .loose
            .iter()
            .filter(|at| noun(at) || whole(at))
            .copied()
            .collect();
        for at in nouns.into_iter().rev() {
            self.slots.groups.remove(at);
        }
    }

    fn counts(&self, named: &Named) -> bool {
        match named.target {
            Target::Metric(at) => self
                .lexicon
                .metric(at)
                .is_some_and(|info| info.counts.is_some()),
            _ => false,
        }
    }

    /// "customers with more than 10 logins"
    fn has_bound(&self, item: &Item) -> bool {
        let word = |at: usize| self.tokens.get(at).map_or("", |token| token.word.as_str());
        let has = matches!(
            word(item.end),
            "with" | "having" | "who" | "that" | "con" | "com" | "que"
        );
        has && (item.end + 1..item.end + 4).any(|from| {
            (1..=3).any(|count| {
                let words: Vec<&str> = (from..from + count).map(word).collect();
                let cue = self
                    .lexicon
                    .vocabulary
                    .cue_in(&words.join(" "), self.language);
                matches!(cue, Some((Cue::Than(_), _)))
            })
        })
    }

    /// A bound comes right after, over links: "a total weight of at least 30 kg".
    fn bound_follows(&self, item: &Item) -> bool {
        let rest = self.tokens.get(item.end..).unwrap_or_default();
        let words: Vec<&str> = rest
            .iter()
            .take(6)
            .map(|token| token.word.as_str())
            .collect();
        let skipped = words
            .iter()
            .take_while(|word| {
                matches!(
                    **word,
                    "of" | "de" | "is" | "was" | "a" | "an" | "the" | "that" | "que"
                )
            })
            .count();
        // "customers with more than 3 orders": what they have follows.
        let has = words.get(skipped).is_some_and(|word| {
            matches!(
                *word,
                "with" | "having" | "who" | "that" | "con" | "com" | "que"
            )
        });
        !has && (skipped.min(2)..=skipped).any(|from| {
            (1..=4).any(|count| {
                let phrase = words.get(from..from + count).map(|words| words.join(" "));
                let cue = phrase
                    .and_then(|phrase| self.lexicon.vocabulary.cue_in(&phrase, self.language));
                matches!(cue, Some((Cue::Than(_) | Cue::Between | Cue::Passed(_), _)))
            })
        })
    }

    /// "billing tickets": the noun after a value is what its dimension belongs to.
    fn is_qualified(&self, named: &Named, item: &Item) -> bool {
        let Target::Value { dimension, .. } = named.target else {
            return false;
        };
        let noun = self
            .tokens
            .get(item.end)
            .map_or("", |token| token.word.as_str());
        self.lexicon
            .dimension(dimension)
            .and_then(|info| info.name.rsplit("__").nth(1))
            .is_some_and(|entity| is_plural_of(noun, entity))
    }

    /// A metric that has a place of its own: what a bound counts ("more than 3 orders"), what is
    /// divided by ("per session"), what rows are put in order by.
    fn takes(&mut self, kind: Sort, pick: &Pick) -> bool {
        let bounded = std::mem::take(&mut self.open_bound);
        let per = std::mem::take(&mut self.per);
        let sorts = std::mem::take(&mut self.sorts);
        if kind != Sort::Metric {
            // "more than 3 paid orders"
            self.open_bound = bounded && kind == Sort::Value;
            return false;
        }
        if bounded && let Some(bound) = self.slots.bounds.last_mut() {
            // Both ends of "between 3 and 5 orders".
            bound.after = Some(pick.clone());
            let last = self.slots.bounds.len() - 1;
            if let Some(first) = last
                .checked_sub(1)
                .and_then(|at| self.slots.bounds.get_mut(at))
                .filter(|first| first.after.is_none() && first.before.is_none())
            {
                first.after = Some(pick.clone());
            }
            return true;
        }
        if sorts {
            self.slots.sort_by = Some(pick.clone());
            return true;
        }
        let divides = self.place == Place::By
            && !self.slots.metrics.is_empty()
            && self.slots.rank.is_none()
            && (per || self.language != Language::En)
            && pick.fit() <= Fit::Meant;
        if divides {
            self.slots.per = Some(pick.clone());
        }
        divides
    }

    /// "per customer" divides by the customers where that is counted, unless a dimension of that
    /// name tells more than which customer it is.
    fn divides(&self, named: &Named, names: &[Named]) -> bool {
        self.per
            && named.fit <= Fit::Meant
            && !self.slots.metrics.is_empty()
            && !names.iter().any(|other| match other.target {
                Target::Dimension(at) => {
                    other.fit <= Fit::Meant
                        && self.lexicon.dimension(at).is_some_and(|info| {
                            let last = info.name.rsplit("__").next().unwrap_or_default();
                            !matches!(
                                last,
                                "name"
                                    | "title"
                                    | "label"
                                    | "nombre"
                                    | "nome"
                                    | "id"
                                    | "key"
                                    | "code"
                                    | "sku"
                            )
                        })
                }
                _ => false,
            })
    }

    /// "in euros": a conversion, unless that is how something was paid.
    pub(super) fn converts(&mut self, item: &Item) -> bool {
        let word = |at: usize| self.tokens.get(at).map_or("", |token| token.word.as_str());
        let before = |n: usize| item.start.checked_sub(n).map_or("", word);
        let asked = matches!(before(1), "in" | "en" | "em" | "into" | "to" | "a")
            && (item.start..item.end).any(|at| crate::lexicon::currency(word(at)).is_some());
        let paid = matches!(
            before(2),
            "paid"
                | "placed"
                | "made"
                | "charged"
                | "billed"
                | "invoiced"
                | "pagado"
                | "pagados"
                | "pagada"
                | "pagadas"
                | "pago"
                | "pagos"
                | "paga"
                | "pagas"
                | "hechos"
                | "feitos"
                | "cobrados"
        );
        if asked && !paid {
            self.place = Place::Free;
            let own = (item.start..item.end).any(|at| self.lexicon.is_money(word(at)));
            if !own {
                self.slots.conversion = Some(self.typed(item));
            }
        }
        asked && !paid
    }

    /// A dimension by a typo or by a foreign stem where a value is due: "in Paris" is no country.
    fn is_stray(&self, item: &Item, pick: &Pick, next: Option<&Item>) -> bool {
        let due = matches!(
            self.place,
            Place::In | Place::Only | Place::Not | Place::Versus
        ) || (self.place == Place::Free && self.last == Some(Sort::Value));
        due && self.is_misspelled(item)
            && !self.leads_value(pick, next)
            && !self.closes_value(&pick.options)
    }

    /// "in Wales" is not "in sales".
    fn is_stray_metric(&self, item: &Item) -> bool {
        let before = item.start.checked_sub(1).and_then(|at| self.tokens.get(at));
        let lead = before.map_or("", |token| token.word.as_str());
        let told = self.slots.again || !self.slots.metrics.is_empty();
        let due = match (self.place, lead) {
            (Place::Only, _) | (Place::In, "in" | "from" | "at" | "en" | "em" | "na" | "no") => {
                true
            }
            (Place::In, "for" | "para" | "of" | "de") => told,
            _ => false,
        };
        let moves = self.slots.has(Cue::Growth) || self.slots.has(Cue::Trend);
        due && !moves && self.is_misspelled(item)
    }

    pub(super) fn is_misspelled(&self, item: &Item) -> bool {
        (item.start..item.end)
            .filter_map(|at| self.tokens.get(at))
            .any(|token| !self.lexicon.knows(&self.lexicon.word(&token.word)))
    }

    /// The metric is called exactly that.
    fn is_called(&self, named: &Named, item: &Item) -> bool {
        let typed = plain(&self.typed(item));
        match named.target {
            Target::Metric(at) => self.lexicon.metric(at).is_some_and(|info| {
                [&info.name, &info.label]
                    .into_iter()
                    .chain(&info.synonyms)
                    .any(|name| plain(name) == typed)
            }),
            _ => false,
        }
    }

    /// An indefinite article stands before it.
    fn is_one(&self, item: &Item) -> bool {
        let before = item.start.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| {
            matches!(
                token.word.as_str(),
                "a" | "an" | "un" | "una" | "um" | "uma"
            )
        })
    }

    /// The next name is a value of the dimension.
    fn leads_value(&self, pick: &Pick, next: Option<&Item>) -> bool {
        let Some(Piece::Names(after)) = next.map(|next| &next.piece) else {
            return false;
        };
        after.iter().any(|named| match named.target {
            Target::Value { dimension, .. } => {
                let same = |option: &Named| option.target == Target::Dimension(dimension);
                pick.options.iter().any(same)
            }
            _ => false,
        })
    }

    /// The word is what the last value's dimension belongs to: "customers" of `customer__country`.
    pub(super) fn names_entity(&self, typed: &str) -> bool {
        let last = self
            .slots
            .values
            .last()
            .filter(|_| self.last == Some(Sort::Value));
        let word = plain(typed);
        last.is_some_and(|said| {
            said.pick.options.iter().any(|named| {
                matches!(named.target, Target::Value { dimension, .. }
                if self.lexicon.dimension(dimension).is_some_and(|info| {
                    info.name.rsplit("__").nth(1).is_some_and(|entity| is_plural_of(&word, entity))
                }))
            })
        })
    }

    /// Right after another metric: "revenue orders AOV".
    fn touching(&self, item: &Item) -> bool {
        self.metric_end == item.start && self.last == Some(Sort::Metric)
    }

    fn closes_value(&self, names: &[Named]) -> bool {
        let last = self
            .slots
            .values
            .last()
            .filter(|_| self.last == Some(Sort::Value));
        last.is_some_and(|said| {
            said.pick.options.iter().any(|value| {
                names
                    .iter()
                    .any(|named| match (value.target, named.target) {
                        (Target::Value { dimension, .. }, Target::Dimension(at)) => dimension == at,
                        _ => false,
                    })
            })
        })
    }
}

/// How well a name fits whose general words were left out: "average booking" for its value.
const SHORTENED: f32 = 0.96;

/// A value fits better than this but by the stem of its word.
const STEMMED: f32 = 0.945;
