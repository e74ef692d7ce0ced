//! What is wanted besides numbers: definitions, the catalogue, manners, going back, and what there
//! may be no tool for. `read` asks here before it makes a query.

use almanac_agent_contract::Choice;

use crate::compose::{Asked, compose, is_rate, listed, refuse};
use crate::intent::{Bound, Feature, Form, Intent, Wish};
use crate::lexicon::{Fit, Target};
use crate::phrases::Say;
use crate::slots::Slots;
use crate::standing::Talk;
use crate::vocabulary::Cue;

/// The intent, where it is not a query that the sentence asks for.
pub(crate) fn other_than_numbers(
    asked: &Asked<'_>,
    talk: &Talk<'_>,
    slots: &Slots,
) -> Option<Intent> {
    if let Some(stop) = unanswerable(asked, slots) {
        return Some(stop);
    }
    let unknown = !slots.unknown.is_empty();
    let first = slots
        .metrics
        .first()
        .and_then(|pick| pick.options.first())
        .and_then(|named| match named.target {
            Target::Metric(at) => asked.lexicon.metric(at),
            _ => None,
        });
    let running = |feature: &Feature| {
        *feature == Feature::Cumulative
            && first.is_some_and(|info| info.kind == almanac_metrics::MetricKind::Cumulative)
    };
    // "do tickets follow logins?"
    let beside = |feature: &Feature| {
        *feature == Feature::Subscribe && slots.metrics.len() > 1 && slots.yes_or_no
    };
    if let Some(feature) = slots
        .features
        .iter()
        .find(|feature| !running(feature) && !beside(feature))
    {
        return Some(want(asked, slots, *feature));
    }
    if slots.asks_whether_passed() && slots.bounds.is_empty() && slots.features.is_empty() {
        return Some(want(asked, slots, Feature::Goal));
    }
    let alone = slots.periods.is_empty()
        && slots.groups.is_empty()
        && slots.values.is_empty()
        && slots.grain.is_none()
        && slots.rank.is_none()
        && slots.bounds.is_empty()
        && slots.per.is_none()
        && slots.parts.is_empty()
        && slots.within.is_empty();
    if let Some(info) = first
        && alone
        && !unknown
        && slots.metrics.len() == 1
    {
        let sure = slots.metrics.iter().all(|pick| {
            pick.fit() <= Fit::Part
                && pick
                    .options
                    .get(1)
                    .is_none_or(|second| pick.quality() - second.quality > 0.005)
        });
        let moves = [Cue::Growth, Cue::Trend, Cue::Share, Cue::When]
            .into_iter()
            .any(|cue| slots.has(cue));
        let averaged = slots.statistic.is_none() || is_rate(info);
        // "what is the total balance" asks for a number, "what is the skip rate" what that is.
        let owned = slots.owned && !(slots.defined && slots.statistic.is_none() && is_rate(info));
        let what = slots.has(Cue::WhatIs) && !owned && !moves && averaged;
        if sure && (slots.has(Cue::Define) || what) && !slots.has(Cue::Correct) {
            return Some(Intent::Define {
                metric: info.name.clone(),
            });
        }
    }
    if let Some(values) = values(asked, slots) {
        return Some(values);
    }
    if slots.has(Cue::Explain)
        && slots.metrics.is_empty()
        && let Some(standing) = asked.state
    {
        return Some(Intent::Explain {
            query: standing.query.clone(),
        });
    }
    if !slots.is_bare() || unknown || slots.statistic.is_some() || slots.number.is_some() {
        return None;
    }
    manners(asked, talk, slots)
}

/// Sentences that name nothing of a query.
fn manners(asked: &Asked<'_>, talk: &Talk<'_>, slots: &Slots) -> Option<Intent> {
    if slots.has(Cue::Back) {
        let Some(before) = talk.before() else {
            return Some(*refuse(asked, Say::NothingBefore, Vec::new()));
        };
        return Some(Intent::Ask {
            form: Form::Value,
            query: before.query,
            manner: before.manner,
        });
    }
    let plain = [
        (Cue::Reset, Intent::Reset),
        (Cue::Definitions, Intent::Definitions),
        (Cue::Catalogue, Intent::Catalogue),
        (Cue::Bad, Intent::Feedback { good: false }),
        (Cue::Good, Intent::Feedback { good: true }),
        (Cue::Help, Intent::Help),
        (Cue::Hello, Intent::Hello),
        (Cue::Thanks, Intent::Thanks),
    ];
    for (cue, intent) in plain {
        if slots.has(cue) {
            return Some(intent);
        }
    }
    // "what does that mean?"
    let of = asked
        .state
        .and_then(|standing| standing.query.metrics.first());
    if (slots.has(Cue::Define) || slots.has(Cue::WhatIs))
        && let Some(metric) = of
    {
        return Some(Intent::Define {
            metric: metric.clone(),
        });
    }
    if slots.has(Cue::Explain) {
        return Some(*refuse(asked, Say::NothingToFollow, Vec::new()));
    }
    let changes = slots.wish.is_some()
        || slots.future
        || !slots.all_of.is_empty()
        || !slots.without_metrics.is_empty()
        || !slots.without_groups.is_empty()
        || slots.sort_by.is_some()
        || [
            Cue::NoFilter,
            Cue::NoBreakdown,
            Cue::NoCompare,
            Cue::NoLimit,
            Cue::AllTime,
            Cue::Ascending,
            Cue::Descending,
            Cue::Trend,
            Cue::Growth,
            Cue::Share,
            Cue::ByWhat,
        ]
        .into_iter()
        .any(|cue| slots.has(cue));
    if changes {
        return None;
    }
    if slots.has(Cue::No) {
        return Some(Intent::Decline);
    }
    let some = some_metrics(asked);
    Some(*refuse(asked, Say::NothingKnown(&some), Vec::new()))
}

/// "which countries do we have", "list the plans", "how many brands are there".
fn values(asked: &Asked<'_>, slots: &Slots) -> Option<Intent> {
    let lists = slots.has(Cue::Values)
        || slots.has(Cue::HowMany)
        || (slots.has(Cue::Which) && asked.state.is_none())
        || (slots.wish == Some(Wish::Table) && asked.state.is_none());
    let [group] = slots.groups.as_slice() else {
        return None;
    };
    let only = slots.metrics.is_empty()
        && slots.values.is_empty()
        && slots.periods.is_empty()
        && slots.rank.is_none()
        && slots.bounds.is_empty()
        && slots.unknown.is_empty()
        && slots.grain.is_none()
        && slots.nth.is_none()
        && !slots.has(Cue::By)
        && !slots.has(Cue::Growth)
        && !slots.has(Cue::Most)
        && !slots.has(Cue::Least);
    let named = group.options.first()?;
    let Target::Dimension(at) = named.target else {
        return None;
    };
    let info = asked.lexicon.dimension(at)?;
    (lists && only && group.fit() <= Fit::Meant).then(|| Intent::Values {
        dimension: info.name.clone(),
    })
}

/// Something that needs a tool of its own, with the numbers that it is about.
fn want(asked: &Asked<'_>, slots: &Slots, feature: Feature) -> Intent {
    let mut plain = slots.clone();
    plain.features.clear();
    plain.unknown.clear();
    plain.future = false;
    plain.bounds.clear();
    let query = compose(asked, &plain).ok().map(|composed| composed.query);
    let query = query.or_else(|| Some(asked.state?.query.clone()));
    let bound: Option<Bound> = slots.bounds.first().map(|pick| pick.bound);
    Intent::Want {
        feature,
        query,
        bound,
    }
}

/// Dates that do not exist, and amounts in another currency.
fn unanswerable(asked: &Asked<'_>, slots: &Slots) -> Option<Intent> {
    let say = match (&slots.no_such_day, &slots.no_such_week, &slots.conversion) {
        (Some(day), ..) => Say::NoSuchDay(day),
        (_, Some(week), _) => Say::NoSuchWeek(week),
        (_, _, Some(currency)) => Say::Conversion {
            asked: currency,
            own: &asked.lexicon.currency,
        },
        (None, None, None) => return None,
    };
    let without = slots
        .conversion
        .as_ref()
        .and_then(|_| compose(asked, slots).ok())
        .map(|composed| crate::say::question(asked, &composed.query, &composed.manner))
        .map(|ask| Choice {
            label: ask.clone(),
            ask,
        });
    Some(*refuse(asked, say, without.into_iter().collect()))
}

/// A few of the catalogue's metrics.
pub(crate) fn some_metrics(asked: &Asked<'_>) -> String {
    let labels = asked.lexicon.catalog.metrics.iter();
    listed(asked, labels.map(|info| info.label.clone()), 5)
}
