//! What a name is in its sentence: a metric, a grouping, a value, or the noun of the value before
//! it. Part of the walk.

use almanac_agent_contract::Language;
use almanac_metrics::DimensionKind;

use super::lead::SHORTENED;
use super::sentence::{Sort, Walk, sort};
use crate::intent::{Statistic, Wish};
use crate::lexicon::{Fit, Named, Target, is_verb, plain};
use crate::slots::{Anchor, Pick, Place, Unknown, ValuePick};
use crate::spans::{Item, Piece};
use crate::vocabulary::Cue;

impl Walk<'_> {
    pub(super) fn name(&mut self, item: &Item, names: &[Named], next: Option<&Item>) {
        if self.converts(item) {
            return;
        }
        let Some(best) = names.iter().max_by(|a, b| {
            let lead = |named: &Named| self.lead(named, names, item);
            lead(a).total_cmp(&lead(b))
        }) else {
            return;
        };
        // "how much did we spend", where something is worn or spent
        let value = sort(best) == Sort::Value && best.fit == Fit::Meant;
        if value && is_verb(&plain(&self.typed(item))) {
            return;
        }
        // "en estado nuevo": a state of that name is none of the United States.
        let leads = |named: &&Named| {
            let pick = Pick {
                options: vec![**named],
                typed: String::new(),
            };
            sort(named) == Sort::Dimension
                && named.fit <= Fit::Part
                && self.leads_value(&pick, next)
        };
        let open = value || sort(best) == Sort::Dimension;
        let best = names.iter().find(leads).filter(|_| open).unwrap_or(best);
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
        let beside = next.filter(|next| next.start == item.end);
        self.slots.doubt |= kind == Sort::Dimension
            && self.place == Place::Free
            && self.language == Language::En
            && !crate::lexicon::is_plural(&pick.typed)
            && !self.closes_value(&pick.options)
            && beside.is_some_and(|item| is_metric(item) && !is_verb(&plain(&self.typed(item))));
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
        // "with 3 absences or more"
        let counted = self.number.is_some_and(|number| number.end == item.start);
        let postfix = counted && !self.slots.metrics.is_empty() && self.ends_bound(item);
        if kind == Sort::Metric && (bounds && after_another || postfix) {
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
        // "which students had at least 4 absences": a list of them.
        let opens = self.tokens.first().is_some_and(|token| {
            matches!(
                token.word.as_str(),
                "list" | "name" | "lista" | "listar" | "liste" | "listame" | "nombra" | "nomeia"
            )
        });
        let table = (opens || self.slots.wish == Some(Wish::Table) || self.slots.has(Cue::Values))
            && self.slots.metrics.is_empty();
        if kind == Sort::Metric
            && (self.place == Place::Ranked || table)
            && self.most.is_none()
            && self.slots.rank.is_none()
            && let Some(listed) = self.listed(&pick)
        {
            self.slots.ranks_noun = true;
            self.anchor = Some(Anchor::Group(self.slots.groups.len()));
            self.slots.groups.push(listed);
            self.place = Place::Free;
            self.last = Some(Sort::Dimension);
            return;
        }
        // "which vehicles had more than 8 incidents", where vehicles have no names
        let lists = self.place == Place::Ranked || table || (counted && self.has_most(item));
        if kind != Sort::Value
            && lists
            && self.most.is_none()
            && self.place != Place::By
            && self.slots.metrics.is_empty()
            && self.slots.groups.is_empty()
            && self.slots.entity.is_none()
            && let Some(entity) = self.unnamed(&pick, item)
        {
            self.slots.ranks_noun = true;
            self.slots.entity = Some(entity);
            self.place = Place::Free;
            self.last = Some(Sort::Dimension);
            return;
        }
        // "ratio of students to teachers"
        if kind == Sort::Metric
            && self.slots.has(Cue::RatioOf)
            && self.slots.metrics.len() == 1
            && self.slots.per.is_none()
        {
            self.slots.per = Some(pick);
            self.place = Place::Free;
            self.last = Some(kind);
            return;
        }
        // "how long did patients wait", "what have customers deposited"
        if kind == Sort::Metric && self.is_subject_of(&pick) {
            self.slots.metrics.clear();
        }
        // "how many times did each user log in"
        if kind == Sort::Metric
            && self.place == Place::Free
            && !self.joined
            && self.slots.per.is_none()
            && self.slots.metrics.len() == 1
            && std::mem::take(&mut self.each)
        {
            self.slots.per = self.slots.metrics.pop();
            self.slots.statistic = None;
            self.slots.metrics.push(pick);
            self.last = Some(kind);
            return;
        }
        if kind == Sort::Metric && self.is_population(&pick) {
            self.population = Some((pick, item.start));
            self.place = Place::Free;
            self.last = Some(kind);
            return;
        }
        // "minutos perdidos por incidentes": what they were lost to, not how many for each.
        if kind == Sort::Metric && !self.per && self.is_cause(&pick) {
            self.place = Place::Free;
            return;
        }
        if self.takes(kind, &pick) {
            self.place = Place::Free;
            self.last = Some(kind);
            return;
        }
        self.each = kind == Sort::Metric
            && self.place == Place::By
            && self.slots.metrics.is_empty()
            && self.slots.rank.is_none()
            && self.is_each(item);
        let place = std::mem::replace(&mut self.place, Place::Free);
        let versus = std::mem::take(&mut self.versus);
        if place != Place::Free || !matches!(self.last, Some(last) if last == kind) {
            self.list = place;
        }
        match kind {
            // "tickets not sold at the counter": what is left out follows.
            Sort::Metric
                if place == Place::Not
                    && next.is_some()
                    && !self.slots.metrics.is_empty()
                    && is_verb(&plain(&pick.typed)) =>
            {
                self.place = place;
                return;
            }
            // "quanto ganharam de gorjeta": the noun says what.
            Sort::Metric
                if place == Place::In
                    && pick.fit() <= Fit::Meant
                    && !is_verb(&plain(&pick.typed))
                    && matches!(self.slots.metrics.as_slice(), [only] if is_verb(&plain(&only.typed))) =>
            {
                self.slots.metrics = vec![pick];
                self.last = Some(kind);
                return;
            }
            // "US customers": the noun of the value before it.
            Sort::Metric
                if self.names_entity(&pick.typed)
                    && (!self.slots.metrics.is_empty() || self.only(pick.fit())) =>
            {
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
                let from_which = self.most.is_some() && self.leads_to_which();
                self.joined = false;
                self.metric_start = item.start;
                self.metric_end = item.end;
                if let Some(descending) = self.most.take() {
                    // "leads from which portal had the longest response time"
                    if from_which {
                        self.slots.metrics.clear();
                    }
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
                    || (self.is_one(item)
                        && !self.leads_value(&pick, next)
                        && !self.is_averaged(&pick)))
                    && !matches!(place, Place::By | Place::Ranked) =>
            {
                self.slots.unknown.push(Unknown {
                    at: item.start,
                    typed: pick.typed,
                    place,
                });
                return;
            }
            // "not sold at the counter": what is left out follows the verb.
            Sort::Dimension
                if place == Place::Not
                    && pick
                        .options
                        .first()
                        .is_some_and(|named| self.is_date(named))
                    && next.is_some() =>
            {
                self.place = place;
            }
            Sort::Dimension if place == Place::Not && !self.leads_value(&pick, next) => {
                self.slots.without_groups.push(pick);
            }
            Sort::Dimension => {
                // "country Brazil": the value follows at once.
                let own_value = self.leads_value(&pick, next);
                if own_value {
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
                if matches!(place, Place::In | Place::Free)
                    || (place == Place::By && self.is_doer(item, &pick))
                {
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

    /// It is a dimension of time.
    pub(super) fn is_date(&self, named: &Named) -> bool {
        match named.target {
            Target::Dimension(at) => self
                .lexicon
                .dimension(at)
                .is_some_and(|info| matches!(info.kind, DimensionKind::Time(_))),
            _ => false,
        }
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
            && (!self.slots.metrics.is_empty() || self.averages)
            && self.slots.rank.is_none()
            && (per || self.language != Language::En)
            && pick.fit() <= Fit::Meant;
        if divides {
            self.slots.per = Some(pick.clone());
        }
        divides
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
}

/// The piece is the name of a metric.
pub(super) fn is_metric(item: &Item) -> bool {
    let Piece::Names(names) = &item.piece else {
        return false;
    };
    names
        .first()
        .is_some_and(|named| sort(named) == Sort::Metric && named.fit <= Fit::Meant)
}
