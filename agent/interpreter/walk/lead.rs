//! Which of the things that a name may be is meant where it stands: how well each fits, and what its
//! place in the sentence asks for. Part of the walk.

use almanac_agent_contract::Language;

use super::sentence::{Sort, Walk, sort};
use crate::lexicon::{Fit, Named, plain};
use crate::slots::Place;
use crate::spans::Item;

impl Walk<'_> {
    /// How much speaks for `named` among the `names` that the piece may be.
    pub(super) fn lead(&self, named: &Named, names: &[Named], item: &Item) -> f32 {
        let ranking = self.slots.rank.is_some()
            && (!self.slots.groups.is_empty()
                || self.slots.unit.is_some()
                || self.bare_unit.is_some());
        let hinted = names.iter().any(|named| sort(named) == Sort::Metric);
        // A value by its stem alone, where metrics have the very word.
        let stemmed = sort(named) == Sort::Value && named.quality < STEMMED && hinted;
        // "seniors" is the value of that name and no seniority.
        let lettered = |named: &Named| self.lexicon.is_lettered(named, &plain(&self.typed(item)));
        let looser = named.fit == Fit::Same
            && match sort(named) {
                Sort::Metric => false,
                Sort::Dimension => true,
                Sort::Value => named.quality < STEMMED,
            }
            && !lettered(named)
            && names
                .iter()
                .any(|other| sort(other) != sort(named) && lettered(other));
        named.quality - if stemmed { 0.6 } else { 0.0 } - if looser { 0.65 } else { 0.0 }
            + match (self.place, sort(named)) {
                // "top 3 countries by orders": what it ranks by.
                (Place::By, Sort::Metric) if ranking && self.is_called(named, item) => 0.5,
                // "more than 2 bookings", "bookings and cancellations"
                (_, Sort::Metric) if self.open_bound && named.fit <= Fit::Meant => 0.6,
                (Place::Free, Sort::Metric)
                    if self.joined && self.last == Some(Sort::Metric) && named.fit == Fit::Same =>
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
                            let of_day = self.is_date(other) && other.fit > named.fit;
                            sort(other) == Sort::Dimension && other.fit <= Fit::Meant && !of_day
                        }) =>
                {
                    0.4
                }
                (Place::By, Sort::Dimension) if named.fit == Fit::Part => 0.25,
                (Place::By, Sort::Dimension) if named.fit > Fit::Part => 0.1,
                (Place::By, Sort::Dimension) => 0.3,
                (Place::Ranked, Sort::Dimension) if named.fit <= Fit::Meant => 0.3,
                (Place::Free, Sort::Dimension) if self.closes_value(&[*named]) => 0.4,
                // "restaurant with the lowest rating": which one.
                (Place::Free, Sort::Dimension)
                    if named.fit <= Fit::Meant && self.is_ranked(item) =>
                {
                    0.3
                }
                // "sign-ups", where people have a day on which they signed up
                (Place::Free | Place::In, Sort::Dimension)
                    if hinted && named.fit == Fit::Meant && self.is_date(named) =>
                {
                    -0.6
                }
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
                        && !names
                            .iter()
                            .any(|other| sort(other) == Sort::Value && other.quality > 0.96) =>
                {
                    0.35
                }
                (Place::In | Place::Only | Place::Not, Sort::Value) => 0.3,
                (Place::By | Place::Only, Sort::Metric) => -0.1,
                (Place::By, Sort::Value) => -0.3,
                (Place::Versus, kind) if Some(kind) == self.last => 0.3,
                // "customer with the most tickets": which one.
                (Place::Free, Sort::Metric)
                    if self.slots.metrics.is_empty()
                        && named.fit > Fit::Meant
                        && self.is_ranked(item) =>
                {
                    -0.3
                }
                (Place::Free, Sort::Metric) if self.slots.metrics.is_empty() => 0.2,
                // "insurers" is no payment by insurance.
                (Place::Free, Sort::Value)
                    if names.iter().all(|other| {
                        sort(other) == Sort::Value || other.quality - named.quality < NEARER
                    }) =>
                {
                    0.05
                }
                _ => 0.0,
            }
    }
}

/// How well a name fits whose general words were left out: "average booking" for its value.
pub(super) const SHORTENED: f32 = 0.96;

/// A name that fits better than a value by less than this may be as exact.
const NEARER: f32 = 0.035;

/// A value fits better than this but by the stem of its word.
const STEMMED: f32 = 0.945;
