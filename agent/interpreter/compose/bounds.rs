//! Numbers that something is held against: "countries with more than 100 orders", "orders over
//! 50", "did we pass 1M?". Each becomes a condition of the query, or a test of its headline.

use almanac_agent_contract::{Format, Grain, Value};
use almanac_metrics::{Filter, Having, MetricInfo, MetricQuery};

use super::Asked;
use super::metrics::{called_revenue, dimension_of, metric_of, one_metric, usual};
use super::stop::{Stop, choices, clarify, refuse};
use crate::intent::Bound;
use crate::lexicon::Lexicon;
use crate::phrases::Say;
use crate::slots::{Anchor, BoundPick, Pick, Slots};
use crate::vocabulary::Cue;

/// Puts the bounds of a sentence into the query; what is left is what its headline is held
/// against.
pub(super) fn bounds(
    asked: &Asked<'_>,
    slots: &Slots,
    metrics: &[&MetricInfo],
    query: &mut MetricQuery,
    notes: &mut Vec<String>,
) -> Result<Option<Bound>, Stop> {
    let mut threshold = None;
    if slots.bounds.is_empty() {
        return Ok(None);
    }
    query.having.clear();
    for (at, pick) in slots.bounds.iter().enumerate() {
        match subject(asked, slots, (at, pick), metrics)? {
            Subject::Rows(info) => {
                let by_rows = !query.group_by.is_empty() || query.grain.is_some();
                let bound = measured(asked, pick, info)?;
                if by_rows {
                    query.having.push(having(info, bound, None));
                } else if !tests(slots)
                    && !slots.question
                    && asked.depth == 0
                    && !slots.metrics.is_empty()
                {
                    return Err(what_about(asked, slots, info));
                } else if threshold.replace(bound).is_some() {
                    return Err(refuse(asked, Say::Mixed, Vec::new()));
                }
            }
            Subject::Entity(info, entity) => {
                let bound = measured(asked, pick, info)?;
                let told = Say::Each {
                    entity: &entity.replace('_', " "),
                    metric: &info.label,
                };
                if pick.after.is_none() && at == 0 {
                    notes.push(told.in_language(asked.language));
                }
                query.having.push(having(info, bound, Some(entity)));
            }
            Subject::Dimension(name) => {
                query.group_by.retain(|group| group.dimension != name);
                query.filters.push(Filter {
                    dimension: name.to_owned(),
                    op: pick.bound.than.operator(),
                    values: vec![Value::Float(pick.bound.value)],
                });
            }
        }
    }
    Ok(threshold)
}

/// The sentence asks whether: "did we pass 1M", "was it above 10k".
fn tests(slots: &Slots) -> bool {
    let passed = slots.asks_whether_passed() && !slots.has(Cue::HowMany);
    // "¿las averías quedaron por debajo de 5?"
    let kept = slots.question && slots.periods.len() == 1 && slots.stays;
    slots.yes_or_no || passed || kept || slots.has(Cue::When)
}

/// "revenue over 1000": whether it was, or on which days?
fn what_about(asked: &Asked<'_>, slots: &Slots, info: &MetricInfo) -> Stop {
    let mut whether = slots.clone();
    whether.yes_or_no = true;
    let mut days = slots.clone();
    days.grain = Some(Grain::Day.max(info.finest_grain));
    let narrowed = [whether, days].map(|slots| (String::new(), slots));
    clarify(asked, Say::Either, choices(asked, narrowed.into_iter()))
}

/// What a bound is about.
enum Subject<'a> {
    /// A metric, for each row of the result.
    Rows(&'a MetricInfo),
    /// A metric, for each of an entity.
    Entity(&'a MetricInfo, &'a str),
    /// A dimension whose values are numbers.
    Dimension(&'a str),
}

fn subject<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    (at, pick): (usize, &BoundPick),
    metrics: &[&'a MetricInfo],
) -> Result<Subject<'a>, Stop> {
    let lexicon = asked.lexicon;
    if let Some(Anchor::Group(group)) = pick.before
        && let Some(info) = slots
            .groups
            .get(group)
            .and_then(|group| group.options.first())
            .and_then(|named| dimension_of(lexicon, named.target))
        && info.numeric
        && pick.after.is_none()
    {
        return Ok(Subject::Dimension(&info.name));
    }
    if let Some(after) = &pick.after {
        let info = one_metric(asked, slots, after, |slots| counted(slots, at))?;
        // "depositors with over 2000 deposited": the sum, not how often.
        let info = lexicon
            .amount_of(info)
            .filter(|_| pick.money || is_participle(&after.typed))
            .unwrap_or(info);
        // "customers with more than 3 orders", "revenue of customers with more than 3 orders"
        let whose = slots.population.as_ref().map_or_else(
            || metrics.first().copied(),
            |pick| {
                let named = pick.options.first()?;
                metric_of(lexicon, named.target)
            },
        );
        return Ok(
            match whose
                .filter(|first| first.name != info.name)
                .and_then(|first| first.counts.as_deref())
            {
                Some(entity) if info.entities.iter().any(|own| own == entity) => {
                    Subject::Entity(info, entity)
                }
                _ => Subject::Rows(info),
            },
        );
    }
    let info = match pick.before {
        Some(Anchor::Metric(at)) => metrics.get(at).or(metrics.first()),
        _ => metrics.first(),
    };
    let Some(info) = info else {
        return Err(refuse(asked, Say::NothingToFollow, Vec::new()));
    };
    // "orders over 50": the amount of each.
    let each = matches!(pick.before, Some(Anchor::Metric(_))) && !pick.among && !tests(slots);
    if each
        && let Some(entity) = info.counts.as_deref()
        && let Some(amount) = amount_of(lexicon, info, entity)
    {
        return Ok(Subject::Entity(amount, entity));
    }
    // "donors who gave more than 1000 euros": what each gave, not how many there are.
    if pick.money && !matches!(info.format, Format::Currency(_)) {
        let entity = info.counts.as_deref();
        let amount = entity.and_then(|entity| Some((lexicon.sum_of(entity)?, entity)));
        let Some((amount, entity)) = amount else {
            return Err(refuse(asked, Say::Mixed, Vec::new()));
        };
        return Ok(Subject::Entity(amount, entity));
    }
    Ok(Subject::Rows(info))
}

/// What was done, as a verb tells it: "deposited", "facturado".
fn is_participle(typed: &str) -> bool {
    let word = crate::lexicon::plain(typed);
    let ends = ["ed", "ado", "ada", "ido", "ida"];
    !word.contains(' ') && word.len() > 4 && ends.iter().any(|end| word.ends_with(end))
}

/// The metric that the bound of that place counts.
pub(super) fn counted(slots: &mut Slots, at: usize) -> Option<&mut Pick> {
    slots.bounds.get_mut(at)?.after.as_mut()
}

/// The money of one of what the metric counts, where the rows that are counted have amounts: an
/// order's revenue. What belongs to a customer is no amount of the customer.
fn amount_of<'a>(
    lexicon: &'a Lexicon,
    counted: &MetricInfo,
    entity: &str,
) -> Option<&'a MetricInfo> {
    let sum = |info: &MetricInfo| {
        matches!(info.format, Format::Currency(_))
            && !info.semi_additive
            && info.inputs.is_empty()
            && super::manner::own_statistic(info).is_none()
    };
    let own = |info: &MetricInfo| info.entities.first().is_some_and(|first| first == entity);
    let has_amounts = own(counted) && lexicon.catalog.metrics.iter().any(|i| own(i) && sum(i));
    if !has_amounts {
        return None;
    }
    let known = |info: &MetricInfo| sum(info) && info.entities.iter().any(|of| of == entity);
    called_revenue(lexicon, known).or_else(|| usual(lexicon, |info| own(info) && sum(info)))
}

/// The bound in the metric's own unit: 3 and 3 % of a rate are the same.
fn measured(asked: &Asked<'_>, pick: &BoundPick, info: &MetricInfo) -> Result<Bound, Stop> {
    let rate = info.format == Format::Percent;
    if pick.percent && !rate {
        return Err(refuse(asked, Say::NoPercent(&info.label), Vec::new()));
    }
    let value = if rate && !pick.percent && pick.bound.value > 1.0 {
        pick.bound.value / 100.0
    } else {
        pick.bound.value
    };
    Ok(Bound {
        value,
        ..pick.bound
    })
}

fn having(info: &MetricInfo, bound: Bound, per: Option<&str>) -> Having {
    Having {
        metric: info.name.clone(),
        op: bound.than.operator(),
        value: bound.value,
        per: per.map(str::to_owned),
    }
}
