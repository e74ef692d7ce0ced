//! From a sentence taken apart to one metric query, or to the question back that is needed first.
//! A follow-up is the same with the conversation's query as the start instead of an empty one.

mod bounds;
mod build;
mod contradiction;
mod each;
mod edit;
mod filters;
mod manner;
mod metrics;
mod money;
mod periods;
mod series;
mod stop;

pub(crate) use build::{Composed, compose};
pub(crate) use manner::is_rate;
pub(crate) use metrics::{
    all_have, metric_of, named_metrics, shared, target_of, usual, with_metric,
};
pub(crate) use money::{is_money, sums};
pub(crate) use stop::{MOST_CHOICES, Stop, choices, clarify, examples, listed, refuse};

use crate::lexicon::{Lexicon, Target};
use crate::slots::{Pick, Slots};
use crate::standing::Standing;
use crate::time::Calendar;
use crate::vocabulary::Cue;
use almanac_agent_contract::Language;

/// All that a reading depends on besides the sentence.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) calendar: &'a Calendar,
    pub(crate) language: Language,
    /// The query the conversation stands at, and how it was answered.
    pub(crate) state: Option<&'a Standing>,
    /// How many names have been narrowed down already; keeps choices of choices short.
    pub(crate) depth: u8,
}

impl<'a> Asked<'a> {
    /// Every metric named is one of several that were answered last: "only tickets".
    fn all_are_of(&self, standing: &Standing, slots: &Slots) -> bool {
        let known = |pick: &Pick| {
            let named = pick.options.first();
            named.is_some_and(|named| match named.target {
                Target::Metric(at) => self
                    .lexicon
                    .metric(at)
                    .is_some_and(|info| standing.query.metrics.contains(&info.name)),
                _ => false,
            })
        };
        standing.query.metrics.len() > 1 && slots.metrics.iter().all(known)
    }

    /// "unexcused absences, not all absences": what was answered is not what was meant.
    pub(crate) fn denies(&self, standing: &Standing, slots: &Slots) -> bool {
        let named = slots.without_metrics.iter().flat_map(|pick| &pick.options);
        named
            .filter_map(|named| match named.target {
                Target::Metric(at) => self.lexicon.metric(at),
                _ => None,
            })
            .any(|info| standing.query.metrics.contains(&info.name))
    }

    /// The query this sentence goes on from.
    pub(crate) fn followed(&self, slots: &Slots) -> Option<&'a Standing> {
        let only_some = |standing: &&Standing| {
            slots.has(Cue::Only) && slots.groups.is_empty() && self.all_are_of(standing, slots)
        };
        self.state.filter(|standing| {
            (slots.metrics.is_empty() && !slots.is_whole())
                || slots.again
                || only_some(standing)
                || self.denies(standing, slots)
        })
    }
}
