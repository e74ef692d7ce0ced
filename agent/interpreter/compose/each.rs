//! What is asked of one or each of the things that are counted: "tickets per customer", "how much
//! is an order on average", "how many mortgages". Other numbers stand for such questions.

use almanac_metrics::MetricInfo;

use super::Asked;
use super::metrics::with_metric;
use super::stop::{Stop, choices, clarify};
use crate::intent::Statistic;
use crate::lexicon::{Target, owner};
use crate::phrases::Say;
use crate::slots::Slots;
use crate::vocabulary::Cue;

/// "how often did students come late" asks for the times, not for the students.
pub(super) fn often(asked: &Asked<'_>, slots: &Slots, metrics: &[&MetricInfo]) -> Result<(), Stop> {
    let lexicon = asked.lexicon;
    let [only] = metrics else { return Ok(()) };
    let (Some(rows), Some(counted)) = (crate::lexicon::own_rows(only), &only.counts) else {
        return Ok(());
    };
    if counted == rows || slots.per.is_some() {
        return Ok(());
    }
    let events = lexicon.catalog.metrics.iter().filter(|info| {
        crate::lexicon::own_rows(info) == Some(rows) && info.counts.as_deref() == Some(rows)
    });
    let mut plain = slots.clone();
    plain.how_often = false;
    let narrowed = events.map(|info| with_metric(&plain, lexicon, info));
    Err(clarify(asked, Say::WhichMetric, choices(asked, narrowed)))
}

/// "how many tickets does each customer open on average": tickets per customer.
pub(super) fn each(asked: &Asked<'_>, slots: &Slots) -> Option<Slots> {
    let ([group], [_]) = (slots.groups.as_slice(), slots.metrics.as_slice()) else {
        return None;
    };
    let plain = slots.statistic == Some(Statistic::Average)
        && slots.per.is_none()
        && slots.grain.is_none()
        && slots.rank.is_none();
    let info = super::metrics::dimension_of(asked.lexicon, group.options.first()?.target)?;
    let of = crate::walk::names_itself(info)?;
    let mut metrics = asked.lexicon.catalog.metrics.iter();
    let counting = metrics.position(|info| info.counts.as_deref() == Some(of))?;
    let target = Target::Metric(u32::try_from(counting).ok()?);
    plain.then(|| {
        let mut divided = slots.clone();
        divided.groups.clear();
        divided.statistic = None;
        divided.per = Some(crate::slots::Pick {
            options: vec![crate::lexicon::Named {
                target,
                fit: crate::lexicon::Fit::Same,
                quality: 1.0,
            }],
            typed: group.typed.clone(),
        });
        divided
    })
}

/// "how much is an order on average": what is defined as the average of one, else what all come to
/// divided by how many there are.
pub(super) fn of_one(asked: &Asked<'_>, slots: &Slots) -> Option<Slots> {
    let lexicon = asked.lexicon;
    // "the average amount per invoice"
    if let (Some(per), true, Some(Statistic::Average)) =
        (&slots.per, slots.metrics.is_empty(), slots.statistic)
    {
        let counted = super::metrics::metric_of(lexicon, per.options.first()?.target)?;
        let mut plain = slots.clone();
        (plain.statistic, plain.per) = (None, None);
        let defined = lexicon.average_of(counted);
        let defined = defined.or_else(|| lexicon.statistic_of(counted, "average of "))?;
        return Some(with_metric(&plain, lexicon, defined).1);
    }
    let [pick] = slots.metrics.as_slice() else {
        return None;
    };
    let own = match slots.statistic {
        Some(Statistic::Median) => Some("median of "),
        Some(Statistic::Maximum) => Some("greatest "),
        Some(Statistic::Minimum) => Some("least "),
        _ => None,
    };
    let free = slots.per.is_none() && slots.grain.is_none() && slots.rank.is_none();
    if let (Some(own), true) = (own, free) {
        let counted = super::metrics::metric_of(lexicon, pick.options.first()?.target)?;
        let mut plain = slots.clone();
        plain.statistic = None;
        return Some(with_metric(&plain, lexicon, lexicon.statistic_of(counted, own)?).1);
    }
    let plain = slots.statistic == Some(Statistic::Average)
        && free
        && !slots.has(Cue::HowMany)
        && !slots.measured
        && !crate::lexicon::is_plural(&pick.typed)
        && pick.options.len() == 1
        && pick.fit() <= crate::lexicon::Fit::Meant;
    let counted = super::metrics::metric_of(lexicon, pick.options.first()?.target)
        .filter(|_| plain)
        .filter(|info| info.counts.is_some())?;
    let mut divided = slots.clone();
    divided.statistic = None;
    divided.cues.retain(|cue| *cue != Cue::HowMuch);
    let defined = lexicon.average_of(counted);
    if let Some(defined) = defined.or_else(|| lexicon.statistic_of(counted, "average of ")) {
        return Some(with_metric(&divided, lexicon, defined).1);
    }
    let amount = lexicon.amount_of(counted)?;
    divided.per = Some(pick.clone());
    Some(with_metric(&divided, lexicon, amount).1)
}

/// What counts the things that the first value tells a kind of, where their number is asked for or
/// the value is called by their noun: "home loans". Never sure enough not to be asked about.
pub(super) fn of_value<'a>(asked: &Asked<'a>, slots: &Slots) -> Option<&'a MetricInfo> {
    let lexicon = asked.lexicon;
    let exact = |named: &crate::lexicon::Named| named.fit == crate::lexicon::Fit::Same;
    let said = slots
        .values
        .first()
        .filter(|said| !said.negated && said.pick.options.first().is_some_and(exact))?;
    let Target::Value { dimension, .. } = said.pick.options.first()?.target else {
        return None;
    };
    let entity = owner(lexicon.dimension(dimension)?)?;
    let typed = crate::lexicon::plain(&said.pick.typed);
    let noun = typed
        .split(' ')
        .next_back()
        .is_some_and(|last| lexicon.same_meaning(last, entity));
    let many = slots.has(Cue::HowMany) && crate::lexicon::is_plural(&typed);
    let asks = slots.statistic.is_none() && slots.groups.is_empty() && (many || noun);
    asks.then(|| lexicon.count_of(entity)).flatten()
}
