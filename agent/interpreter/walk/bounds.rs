//! Numbers in a sentence: of a ranking, or what something is held against. Part of the walk.

use super::names::is_metric;
use super::sentence::{Counted, Walk};
use crate::intent::{Bound, Than};
use crate::lexicon::{Named, Target, plain};
use crate::slots::{BoundPick, Pick, Place, Unknown, ValuePick};
use crate::spans::{Item, Piece};
use crate::vocabulary::Cue;

impl Walk<'_> {
    /// A number: of a bound, or of a ranking.
    pub(super) fn count(&mut self, counted: Counted) {
        // "three, not five"
        if self.place == Place::Not && self.than.is_none() {
            self.place = Place::Free;
            return;
        }
        let spans = self.number.is_some_and(|first| {
            let between = self.tokens.get(first.end..counted.at).unwrap_or_default();
            let to =
                |word: &str| matches!(word, "to" | "-" | "a" | "hasta" | "ate" | "and" | "y" | "e");
            !between.is_empty() && between.len() <= 2 && between.iter().all(|token| to(&token.word))
        });
        if let Some(than) = self.than.take_if(|than| !(spans && *than == Than::AtMost)) {
            self.bound(than, counted);
        } else if self.between || spans {
            self.than = None;
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

    pub(super) fn bound(&mut self, than: Than, counted: Counted) {
        self.slots.bounds.push(BoundPick {
            bound: Bound {
                than,
                value: counted.value,
            },
            percent: counted.percent,
            money: self.is_sum(&counted),
            before: self.anchor,
            after: self.subject.take(),
            among: !self.slots.groups.is_empty()
                || self.slots.entity.is_some()
                || self.slots.unit.is_some()
                || self.slots.grain.is_some(),
        });
        self.open_bound = true;
        self.place = Place::Free;
    }

    /// "1000 euros", "$50"
    fn is_sum(&self, counted: &Counted) -> bool {
        let named = self.tokens.get(counted.end).is_some_and(|token| {
            self.lexicon.is_money(&token.word) || crate::lexicon::currency(&token.word).is_some()
        });
        let signed = self.tokens.get(counted.at..counted.end).unwrap_or_default();
        named
            || signed
                .iter()
                .any(|token| token.typed.contains(['$', '€', '£']))
    }

    /// "times" of "more than 3 times".
    pub(super) fn tells_times(&self, item: &Item) -> bool {
        let word = self.tokens.get(item.start);
        word.is_some_and(|token| tells_times(&token.word))
    }

    /// "guests who booked more than twice": what was done so often was named before.
    pub(super) fn times_said(&mut self, item: &Item) {
        let open = self.open_bound && self.number.is_none();
        let bare = |bound: &BoundPick| bound.after.is_none();
        if !open || !self.slots.bounds.last().is_some_and(bare) {
            return;
        }
        let done = (self.slots.metrics.len() > 1)
            .then(|| self.slots.metrics.pop())
            .flatten();
        match (done, self.slots.bounds.last_mut()) {
            (Some(pick), Some(bound)) => {
                bound.after = Some(pick);
                bound.before = None;
            }
            _ => self.unknown(item),
        }
    }

    /// "more than 3", "3 or more", "higher than last month", "over the last month".
    pub(super) fn than(&mut self, than: Than, item: &Item, (counts, next): (bool, Option<&Item>)) {
        if counts {
            self.than = Some(than);
            return;
        }
        if let Some(counted) = self.number.take_if(|counted| counted.end == item.start) {
            self.bound(than, counted);
            return;
        }
        // "3 times or more"
        let tokens = self.tokens;
        let times = |at: usize| tokens.get(at).is_some_and(|token| tells_times(&token.word));
        let between = |counted: &mut Counted| counted.end + 1 == item.start && times(counted.end);
        if let Some(counted) = self.number.take_if(between) {
            self.bound(than, counted);
            self.times_said(item);
            return;
        }
        // "30 euros or more", "40 people or more"
        let lexicon = self.lexicon;
        let unit = |counted: &mut Counted| {
            counted.end + 1 == item.start
                && tokens.get(counted.end).is_some_and(|token| {
                    lexicon.is_money(&token.word) || lexicon.vocabulary.is_noise(&token.word)
                })
        };
        if let Some(counted) = self.number.take_if(unit) {
            self.bound(than, counted);
            return;
        }
        // "3 absences or more", after what has them
        if self.subject.is_some()
            && let Some(counted) = self.number.take()
        {
            self.bound(than, counted);
            return;
        }
        // "3 bookings or more"
        let named_after = |counted: &mut Counted| {
            self.metric_end == item.start && self.metric_start == counted.end
        };
        if let Some(counted) = self.number.take_if(named_after) {
            self.subject = self.slots.metrics.pop();
            self.anchor = None;
            self.bound(than, counted);
            return;
        }
        let word = self
            .tokens
            .get(item.start)
            .map_or("", |token| token.word.as_str());
        let leads = matches!(
            word,
            "over" | "beyond" | "under" | "above" | "below" | "up" | "a" | "hasta" | "ate"
        );
        // "repair cost over repairs"
        let divides = word == "over" && next.is_some_and(is_metric);
        if divides && !self.slots.metrics.is_empty() && self.number.is_none() {
            self.place = Place::By;
            self.per = true;
            return;
        }
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

    /// "certificate 18": the value of that number, of the dimension named beside it.
    pub(super) fn numbers_value(&mut self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let Some(number) = self.tokens.get(at) else {
            return false;
        };
        // "3 bedroom homes"
        let after = self
            .tokens
            .get(at + 1)
            .map_or("", |token| token.word.as_str());
        let ends = |pick: &Pick| {
            plain(&pick.typed).split(' ').next_back() == before.map(|token| token.word.as_str())
        };
        let begins = |pick: &Pick| plain(&pick.typed).split(' ').next() == Some(after);
        let groups = &self.slots.groups;
        let beside = groups.iter().rposition(ends);
        let Some(group) = beside.or_else(|| groups.iter().position(begins)) else {
            return false;
        };
        let lexicon = self.lexicon;
        let options = self.slots.groups[group].options.iter();
        let found: Vec<Named> = options
            .filter_map(|named| {
                let Target::Dimension(dimension) = named.target else {
                    return None;
                };
                let values = &lexicon.dimension(dimension)?.values;
                let value = values
                    .iter()
                    .position(|known| crate::say::itself(&known.value) == number.typed)?;
                let value = u32::try_from(value).ok()?;
                Some(Named {
                    target: Target::Value { dimension, value },
                    ..*named
                })
            })
            .collect();
        if found.is_empty() {
            return false;
        }
        let of = self.slots.groups.remove(group);
        self.loose.retain(|at| *at != group);
        for at in self.loose.iter_mut().filter(|at| **at > group) {
            *at -= 1;
        }
        self.slots.doubt &= beside.is_some();
        self.slots.values.push(ValuePick {
            pick: Pick {
                options: found,
                typed: number.typed.clone(),
            },
            negated: false,
            of: Some(of),
            versus: false,
            or: false,
        });
        true
    }

    pub(super) fn unknown_number(&mut self, counted: Counted) {
        if self.numbers_value(counted.at) {
            self.slots.number = None;
            return;
        }
        self.slots.unknown.push(Unknown {
            at: counted.at,
            typed: self
                .tokens
                .get(counted.at)
                .map_or_else(String::new, |token| token.typed.clone()),
            place: Place::Free,
        });
    }
}

fn tells_times(word: &str) -> bool {
    matches!(word, "times" | "veces" | "vezes")
}
