//! What the phrases of time do to the sentence so far. Part of the walk.

use almanac_agent_contract::Value;
use almanac_metrics::{Filter, Operator};

use super::sentence::Walk;
use crate::intent::{Feature, Statistic};
use crate::lexicon::{Target, Unit as Measure};
use crate::slots::{Anchor, Place, Unknown};
use crate::spans::Item;
use crate::time::{Meaning, Part, Unit, When};

impl Walk<'_> {
    pub(super) fn time(&mut self, meaning: Meaning, item: &Item) {
        // "September, not October"
        if self.place == Place::Not && matches!(meaning, Meaning::Grain(_) | Meaning::Unit(_)) {
            self.place = Place::Free;
            return;
        }
        if self.place == Place::Not
            && let Meaning::Period(_) = meaning
        {
            self.place = Place::Free;
            self.denied_period = Some(item.start);
            return;
        }
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
            Meaning::Unit(_) | Meaning::TooFine if std::mem::take(&mut self.open_bound) => {
                let typed = crate::lexicon::plain(&self.typed(item));
                let said: Vec<&str> = typed.split(' ').collect();
                if !self.bounds_time(&said) {
                    self.unknown(item);
                }
            }
            Meaning::Unit(grain) => {
                self.anchor = Some(Anchor::Unit);
                // "how many days did a delivery take on average" counts no days.
                if self.how_many && self.averages {
                    self.unknown(item);
                    return;
                }
                if std::mem::take(&mut self.how_many) {
                    self.slots.statistic.get_or_insert(Statistic::Count);
                }
                if self.place == Place::Ranked || self.most.is_some() {
                    self.slots.unit = Some(grain);
                    self.place = Place::Free;
                } else if self.slots.grain.is_none() {
                    self.bare_unit = Some(grain);
                    self.slots.grain = Some(grain);
                }
            }
            Meaning::SamePeriodLastYear => self.slots.same_period_last_year = true,
            Meaning::SameWeekLastYear => self.slots.same_week_last_year = true,
            Meaning::PreviousPeriod => self.slots.previous_period = true,
            Meaning::Part(part) => {
                // "the busiest hour of the day" is one of them, "busiest hours" are several.
                let typed = self.typed(item);
                let first = typed.split(' ').next().unwrap_or_default();
                self.slots.ranks_noun = !crate::lexicon::is_plural(first);
                self.part(part);
            }
            Meaning::Weekdays(days) => {
                let numbers = days.numbers().map(|day| Value::Integer(i64::from(day)));
                self.within(Part::DayOfWeek, Operator::In, numbers.collect());
            }
            Meaning::Hours { from, to } => {
                for (op, hour) in [(Operator::Gte, from), (Operator::Lt, to)] {
                    let hour = Value::Integer(i64::from(hour));
                    self.within(Part::HourOfDay, op, vec![hour]);
                }
            }
            Meaning::Unsupported => self.slots.features.push(Feature::Calendar),
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

    /// What the last bound stands behind is measured in time, or in the very unit that was `said`.
    pub(super) fn bounds_time(&self, said: &[&str]) -> bool {
        let anchor = self.slots.bounds.last().and_then(|bound| bound.before);
        let Some(Anchor::Metric(at)) = anchor else {
            return false;
        };
        let pick = self.slots.metrics.get(at);
        let named = pick.and_then(|pick| pick.options.first());
        named.is_some_and(|named| match named.target {
            Target::Metric(at) => self.lexicon.metric(at).is_some_and(|info| {
                let timed = matches!(self.lexicon.unit_of(&info.name), Some(Measure::Time));
                let text = crate::lexicon::plain(&format!("{} {}", info.label, info.description));
                timed || text.split(' ').any(|word| said.contains(&word))
            }),
            _ => false,
        })
    }

    pub(super) fn part(&mut self, part: Part) {
        let name = dimension(part);
        if !self.slots.parts.contains(&name) {
            self.slots.parts.push(name);
        }
        self.place = Place::Free;
    }

    fn within(&mut self, part: Part, op: Operator, values: Vec<Value>) {
        let name = dimension(part);
        // "on Saturdays or Sundays"
        let same = |kept: &&mut Filter| kept.dimension == name && kept.op == op;
        if op == Operator::In
            && let Some(kept) = self.slots.within.iter_mut().find(same)
        {
            kept.values.extend(values);
            return;
        }
        self.slots.within.push(Filter {
            dimension: dimension(part).to_owned(),
            op,
            values,
        });
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
}

/// The metric layer's name for a part of a metric's own dates.
pub(crate) const fn dimension(part: Part) -> &'static str {
    match part {
        Part::DayOfWeek => "metric_time__extract_dow",
        Part::HourOfDay => "metric_time__extract_hour",
        Part::DayOfMonth => "metric_time__extract_day",
        Part::MonthOfYear => "metric_time__extract_month",
        Part::QuarterOfYear => "metric_time__extract_quarter",
    }
}
