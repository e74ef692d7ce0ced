//! What an answer needs besides the numbers of its query: parts of the whole, what the rows come
//! to, one metric divided by another.

use almanac_agent_contract::{Format, Grain, Value};
use almanac_metrics::{GroupBy, MetricInfo, MetricQuery, Operator};

use super::Asked;
use super::metrics::{one_metric, with_metric};
use super::stop::{Stop, choices, clarify, refuse};
use crate::intent::Statistic;
use crate::lexicon::Lexicon;
use crate::phrases::Say;
use crate::slots::Slots;
use crate::vocabulary::Cue;

/// The metrics that stand for "X per Y": the ratio that is defined so, else both; whether the
/// first is to be divided by the second.
pub(super) fn divided<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    metrics: &mut Vec<&'a MetricInfo>,
) -> Result<bool, Stop> {
    let Some(per) = &slots.per else {
        return Ok(false);
    };
    let divisor = one_metric(asked, slots, per, |slots| slots.per.as_mut())?;
    let [only] = metrics.as_slice() else {
        return Err(refuse(asked, Say::Mixed, Vec::new()));
    };
    if only.name == divisor.name {
        return Err(refuse(asked, Say::Mixed, Vec::new()));
    }
    if let Some(ratio) = ratio_of(asked.lexicon, only, divisor) {
        *metrics = vec![ratio];
        return Ok(false);
    }
    if is_rate(only) || is_rate(divisor) {
        return Err(refuse(asked, Say::Undividable(&only.label), Vec::new()));
    }
    metrics.push(divisor);
    Ok(true)
}

/// The ratio that the manifest defines of these two.
fn ratio_of<'a>(
    lexicon: &'a Lexicon,
    numerator: &MetricInfo,
    denominator: &MetricInfo,
) -> Option<&'a MetricInfo> {
    let has = |info: &MetricInfo, role: &str, name: &str| {
        info.inputs
            .iter()
            .any(|input| input.role == role && input.metric == name)
    };
    let defined = lexicon.catalog.metrics.iter().find(|info| {
        has(info, "numerator", &numerator.name) && has(info, "denominator", &denominator.name)
    });
    let divides = |info: &&MetricInfo| {
        info.inputs.len() == 2 && is_quotient(info, &numerator.name, &denominator.name)
    };
    defined.or_else(|| lexicon.catalog.metrics.iter().find(divides))
}

/// The metric's expression is the one name over the other, whatever guards it against zero.
fn is_quotient(info: &MetricInfo, numerator: &str, denominator: &str) -> bool {
    let guards = [
        "nullif",
        "coalesce",
        "cast",
        "float",
        "double",
        "precision",
        "as",
        "0",
    ];
    let words = |text: &str| {
        let split = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        let words = split.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let is = |side: &str, name: &str| {
        let mut own = words(side);
        own.retain(|word| !guards.contains(&word.as_str()));
        own == [name]
    };
    let mut sides = info.definition.split('/');
    match (sides.next(), sides.next(), sides.next()) {
        (Some(over), Some(under), None) => is(over, numerator) && is(under, denominator),
        _ => false,
    }
}

/// Rates, averages and ratios: dividing or averaging them again means nothing.
pub(crate) fn is_rate(info: &MetricInfo) -> bool {
    let text = crate::text::fold(&info.definition);
    info.format == Format::Percent
        || info.inputs.iter().any(|input| input.role == "numerator")
        || text.contains("average")
        || text.contains("mean of")
        || text.contains("divided by")
}

/// The statistic that a metric is itself, where its definition says so.
pub(super) fn own_statistic(info: &MetricInfo) -> Option<Statistic> {
    let text = crate::text::fold(&info.definition);
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["median", "percentile"]) {
        Some(Statistic::Median)
    } else if text.starts_with("greatest ") || text.starts_with("max of ") {
        Some(Statistic::Maximum)
    } else if text.starts_with("least ") || text.starts_with("min of ") {
        Some(Statistic::Minimum)
    } else {
        is_rate(info).then_some(Statistic::Average)
    }
}

/// Parts of the whole: a value named becomes what the answer is about instead of a filter.
pub(super) fn share(
    asked: &Asked<'_>,
    slots: &Slots,
    metrics: &[&MetricInfo],
    query: &mut MetricQuery,
) -> Result<Vec<(String, Value)>, Stop> {
    if !slots.has(Cue::Share) || metrics.first().is_none_or(|info| is_rate(info)) {
        return Ok(Vec::new());
    }
    let said = |dimension: &str| {
        slots.values.iter().any(|value| {
            !value.negated
                && value.pick.options.iter().any(|named| match named.target {
                    crate::lexicon::Target::Value { dimension: at, .. } => asked
                        .lexicon
                        .dimension(at)
                        .is_some_and(|info| info.name == dimension),
                    _ => false,
                })
        })
    };
    let mut focus = Vec::new();
    let at = query.filters.iter().position(|filter| {
        filter.op == Operator::In
            && said(&filter.dimension)
            && (query.group_by.is_empty()
                || query
                    .group_by
                    .iter()
                    .any(|group| group.dimension == filter.dimension))
    });
    if let Some(at) = at {
        let filter = query.filters.remove(at);
        if query.group_by.is_empty() {
            query.group_by.push(GroupBy::named(&filter.dimension));
        }
        let values = filter.values.into_iter();
        focus.extend(values.map(|value| (filter.dimension.clone(), value)));
    }
    if query.group_by.is_empty() {
        return Err(super::build::by_what(
            asked,
            slots,
            metrics,
            Say::ShareOfWhat,
        ));
    }
    query.shares = true;
    query.limit = query.limit.filter(|_| slots.rank.is_some());
    Ok(focus)
}

/// What the rows come to, where the sentence asks for it and the metric is not that already.
pub(super) fn statistic(
    asked: &Asked<'_>,
    slots: &Slots,
    metrics: &[&MetricInfo],
    query: &MetricQuery,
) -> Result<Option<Statistic>, Stop> {
    let Some(statistic) = slots.statistic else {
        return Ok(None);
    };
    let rows = query.grain.is_some() || !query.group_by.is_empty();
    if statistic == Statistic::Count {
        return Ok(rows.then_some(statistic));
    }
    let first = metrics.first();
    let own = first.and_then(|info| own_statistic(info));
    // "average revenue by country" may be the average of each country's orders or days.
    let led = slots.grain.is_some() || slots.unit.is_some() || slots.has(Cue::Per);
    // "average days to fill per role": what is an average itself
    let timed = slots.grain.is_some() || slots.unit.is_some();
    if slots.per.is_some() || (own == Some(statistic) && !timed) {
        return Ok(None);
    }
    if let (Some(_), Some(info), false) = (own, first, led) {
        return Err(refuse(asked, Say::OtherStatistic(&info.label), Vec::new()));
    }
    if rows && led {
        return Ok(Some(statistic));
    }
    Err(of_what(asked, slots, metrics))
}

/// Asks which average is meant: one that is defined, or the one of the days, weeks or months.
fn of_what(asked: &Asked<'_>, slots: &Slots, metrics: &[&MetricInfo]) -> Stop {
    let lexicon = asked.lexicon;
    let first = metrics.first().copied();
    let defined = lexicon.catalog.metrics.iter().filter(|info| {
        first.is_some_and(|first| {
            info.inputs
                .iter()
                .any(|input| input.role == "numerator" && input.metric == first.name)
        }) && info.format != Format::Percent
    });
    let plainly = |slots: &Slots| {
        let mut slots = slots.clone();
        slots.statistic = None;
        slots
    };
    let named = defined.take(2).map(|info| {
        let (label, slots) = with_metric(&plainly(slots), lexicon, info);
        (label, slots)
    });
    let by_time = [Grain::Day, Grain::Week, Grain::Month]
        .into_iter()
        .filter(|grain| first.is_none_or(|first| *grain >= first.finest_grain))
        .map(|grain| {
            let mut slots = slots.clone();
            slots.grain = Some(grain);
            (String::new(), slots)
        });
    let label = first.map_or("", |info| info.label.as_str());
    clarify(
        asked,
        Say::AverageOfWhat(label),
        choices(asked, named.chain(by_time)),
    )
}
