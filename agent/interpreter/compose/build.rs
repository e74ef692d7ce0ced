//! Puts metrics, dimensions, filters, period and form together into one query.

use almanac_agent_contract::{Grain, Value};
use almanac_metrics::{
    Comparison, DimensionKind, Filter, GroupBy, MetricInfo, MetricQuery, OrderBy,
};

use super::contradiction::possible_filters;
use super::filters::{Filters, filters};
use super::metrics::{all_have, by, dimension, dimension_of, metrics, shared, with_metric};
use super::periods::{Times, as_said, previous, times};
use super::stop::{MOST_CHOICES, Stop, choices, clarify, refuse};
use super::{Asked, usual};
use crate::intent::{Form, Wish};
use crate::lexicon::{Target, is_plural};
use crate::phrases::Say;
use crate::slots::{Rank, Slots};
use crate::vocabulary::Cue;

/// A query and how sure it is.
#[derive(Debug, Clone)]
pub(crate) struct Composed {
    pub(crate) form: Form,
    pub(crate) query: MetricQuery,
    pub(crate) wish: Option<Wish>,
    pub(crate) score: f32,
    pub(crate) runner_up: f32,
    pub(crate) notes: Vec<String>,
}

/// Makes the query, or says what to ask first.
pub(crate) fn compose(asked: &Asked<'_>, slots: &Slots) -> Result<Composed, Stop> {
    if slots.mixed {
        return Err(refuse(asked, Say::Mixed, Vec::new()));
    }
    let state = asked.followed(slots);
    let mut notes = Vec::new();
    let mut score = 1.0_f32;
    let mut metrics = metrics(asked, slots, state, &mut notes)?;
    if metrics.is_empty() {
        metrics.push(missing_metric(asked, slots, &mut notes)?);
        score = 0.85;
    }
    let mut groups = Vec::new();
    for at in 0..slots.groups.len() {
        let info = dimension(asked, slots, at, &metrics, &mut notes)?;
        let grain = match info.kind {
            DimensionKind::Categorical => None,
            DimensionKind::Time(finest) => Some(slots.grain.unwrap_or(Grain::Month).max(finest)),
        };
        let group = GroupBy {
            dimension: info.name.clone(),
            grain,
        };
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let Filters { filters, along } = filters(asked, slots, &metrics, state, &mut notes)?;
    if let Some(along) = along
        && !groups.iter().any(|group| group.dimension == along.name)
    {
        groups.push(GroupBy::named(&along.name));
    }
    let filters = possible_filters(asked, slots, &mut metrics, filters)?;
    let times = times(asked, slots, state, &metrics, &mut notes)?;
    let metrics_named = metrics.clone();
    let draft = Draft {
        asked,
        slots,
        metrics,
        notes,
    };
    let (form, query, notes) = draft.finish(state, groups, filters, times)?;
    let picks = || {
        slots
            .metrics
            .iter()
            .chain(&slots.groups)
            .chain(slots.values.iter().map(|value| &value.pick))
    };
    let sure = picks()
        .map(crate::slots::Pick::quality)
        .fold(score, f32::min);
    let second = picks().filter_map(|pick| {
        let mut fitting = pick
            .options
            .iter()
            .filter(|named| possible(asked, named.target, &metrics_named));
        let first = fitting.next()?.quality;
        Some(fitting.next()?.quality / first.max(0.01) * sure)
    });
    let runner_up = second.fold(0.0, f32::max);
    Ok(Composed {
        form,
        query,
        wish: slots.wish,
        score: sure,
        runner_up,
        notes,
    })
}

/// The metrics have what the name stands for.
fn possible(asked: &Asked<'_>, target: Target, metrics: &[&MetricInfo]) -> bool {
    let info = match target {
        Target::Metric(_) => return true,
        Target::Dimension(at) | Target::Value { dimension: at, .. } => asked.lexicon.dimension(at),
    };
    info.is_some_and(|info| all_have(metrics, &info.name))
}

fn missing_metric<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    notes: &mut Vec<String>,
) -> Result<&'a MetricInfo, Stop> {
    let lexicon = asked.lexicon;
    let has = |info: &MetricInfo| {
        let values = slots.values.iter().map(|value| &value.pick);
        slots.groups.iter().chain(values).all(|pick| {
            pick.options
                .iter()
                .any(|named| possible(asked, named.target, &[info]))
        })
    };
    // "top 5 products" is by money wherever there is money; anything else is asked.
    if slots.rank.is_some()
        && let Some(info) = usual(lexicon, has)
    {
        notes.push(Say::Usual(&info.label).in_language(asked.language));
        return Ok(info);
    }
    if slots.is_bare() {
        return Err(refuse(asked, Say::NothingToFollow, Vec::new()));
    }
    let first = usual(lexicon, has);
    let others = lexicon.catalog.metrics.iter().filter(|info| has(info));
    let offered = first
        .into_iter()
        .chain(others.filter(|info| first.is_none_or(|first| first.name != info.name)));
    let narrowed = offered
        .take(MOST_CHOICES)
        .map(|info| with_metric(slots, lexicon, info));
    Err(clarify(asked, Say::WhichMetric, choices(asked, narrowed)))
}

/// A query in the making.
pub(super) struct Draft<'a, 'b> {
    pub(super) asked: &'b Asked<'a>,
    pub(super) slots: &'b Slots,
    pub(super) metrics: Vec<&'a MetricInfo>,
    pub(super) notes: Vec<String>,
}

impl Draft<'_, '_> {
    fn finish(
        mut self,
        state: Option<&MetricQuery>,
        groups: Vec<GroupBy>,
        filters: Vec<Filter>,
        times: Times,
    ) -> Result<(Form, MetricQuery, Vec<String>), Stop> {
        let slots = self.slots;
        let mut query = state.cloned().unwrap_or_default();
        query.metrics = self.metrics.iter().map(|info| info.name.clone()).collect();
        self.check_kept(&query)?;
        let was_plain = query.group_by.is_empty() && query.grain.is_none();
        self.group(&mut query, groups);
        self.filter(&mut query, filters);
        if let Some(when) = &times.when
            && times.said
        {
            query.time_range = Some(when.range);
        }
        let asked_compare = !times.compare.is_empty();
        if asked_compare {
            query.compare = times.compare;
        } else if times.said {
            query
                .compare
                .retain(|kept| !matches!(kept, Comparison::Range(_)));
        }
        self.rank(&mut query)?;
        if slots.has(Cue::ByWhat) && query.group_by.is_empty() && slots.grain.is_none() {
            return Err(self.by_what(Say::ByWhat));
        }
        let when = query.time_range.map(|range| {
            times
                .when
                .filter(|when| when.range == range)
                .unwrap_or_else(|| as_said(self.asked, range))
        });
        self.grain(&mut query, when.as_ref(), state.is_some())?;
        let plain = query.group_by.is_empty() && query.grain.is_none();
        let usual = when.as_ref().map_or(Comparison::PreviousPeriod, |when| {
            previous(self.asked, when)
        });
        let automatic = was_plain
            && !asked_compare
            && (query.compare == [Comparison::PreviousPeriod] || query.compare == [usual]);
        if !plain && automatic {
            query.compare.clear();
        }
        let bounded = when.is_some_and(|when| !when.from_beginning);
        if plain && bounded && query.compare.is_empty() {
            query.compare = vec![usual];
        }
        if query.time_range.is_none() {
            query.compare.clear();
        }
        let form = if asked_compare
            || slots.values.iter().any(|value| value.versus)
            || (slots.has(Cue::Compare) && self.metrics.len() > 1)
        {
            Form::Comparison
        } else if query.limit.is_some() {
            Form::Ranking
        } else if !query.group_by.is_empty() {
            Form::Breakdown
        } else if query.grain.is_some() {
            Form::Trend
        } else {
            Form::Value
        };
        Ok((form, query, self.notes))
    }

    /// What a follow-up keeps must be something the new metric has.
    fn check_kept(&self, query: &MetricQuery) -> Result<(), Stop> {
        let kept = query
            .group_by
            .iter()
            .filter(|_| self.slots.groups.is_empty())
            .map(|group| group.dimension.as_str())
            .chain(query.filters.iter().map(|filter| filter.dimension.as_str()));
        for name in kept {
            if name == "metric_time" || all_have(&self.metrics, name) {
                continue;
            }
            if let Some(pick) = self
                .asked
                .lexicon
                .catalog
                .dimension(name)
                .and_then(|info| by(self.asked.lexicon, info))
            {
                return Err(super::metrics::not_by(
                    self.asked,
                    self.slots,
                    &pick,
                    &self.metrics,
                ));
            }
        }
        Ok(())
    }

    fn group(&self, query: &mut MetricQuery, groups: Vec<GroupBy>) {
        let slots = self.slots;
        if slots.has(Cue::NoBreakdown) {
            query.group_by.clear();
            query.grain = None;
            (query.limit, query.order_by) = (None, Vec::new());
        }
        let gone = |group: &GroupBy| {
            slots
                .without_groups
                .iter()
                .flat_map(|pick| &pick.options)
                .filter_map(|named| dimension_of(self.asked.lexicon, named.target))
                .any(|info| info.name == group.dimension)
        };
        query.group_by.retain(|group| !gone(group));
        if groups.is_empty() {
            return;
        }
        if slots.has(Cue::Also) && slots.again {
            for group in groups {
                if !query.group_by.contains(&group) {
                    query.group_by.push(group);
                }
            }
        } else {
            query.group_by = groups;
        }
        if slots.rank.is_none() {
            (query.limit, query.order_by) = (None, Vec::new());
        } else {
            query.grain = None;
        }
    }

    fn filter(&self, query: &mut MetricQuery, filters: Vec<Filter>) {
        let slots = self.slots;
        if slots.has(Cue::NoFilter) {
            query.filters.clear();
        }
        let all_of: Vec<&str> = slots
            .all_of
            .iter()
            .flat_map(|pick| &pick.options)
            .filter_map(|named| dimension_of(self.asked.lexicon, named.target))
            .map(|info| info.name.as_str())
            .collect();
        query
            .filters
            .retain(|filter| !all_of.contains(&filter.dimension.as_str()));
        let against = slots.values.iter().any(|value| value.versus);
        let adds = (slots.has(Cue::Also) && slots.again) || against;
        for filter in filters {
            match query
                .filters
                .iter_mut()
                .find(|kept| kept.dimension == filter.dimension && kept.op == filter.op)
            {
                Some(kept) if adds => {
                    let new: Vec<Value> = filter
                        .values
                        .into_iter()
                        .filter(|value| !kept.values.contains(value))
                        .collect();
                    kept.values.extend(new);
                }
                _ => {
                    query
                        .filters
                        .retain(|kept| kept.dimension != filter.dimension);
                    query.filters.push(filter);
                }
            }
        }
    }

    fn rank(&self, query: &mut MetricQuery) -> Result<(), Stop> {
        let slots = self.slots;
        let Some(Rank { descending, count }) = slots.rank else {
            return Ok(());
        };
        if count == Some(0) {
            return Err(refuse(self.asked, Say::TopNone, Vec::new()));
        }
        if let Some(unit) = slots.unit {
            query.grain = Some(unit);
            query.group_by.clear();
        } else if query.group_by.is_empty() {
            return Err(self.by_what(Say::TopOfWhat));
        } else if slots.grain.is_some() || slots.has(Cue::Trend) {
            // The largest in each month would need a limit for each month.
            return Err(refuse(self.asked, Say::Mixed, Vec::new()));
        } else {
            query.grain = None;
        }
        let one = slots.unit.is_some() || (slots.ranks_noun && !self.plural());
        query.limit = Some(count.unwrap_or(if one { 1 } else { 5 }).clamp(1, 1000));
        let by = query.metrics.first().cloned().unwrap_or_default();
        query.order_by = vec![OrderBy { by, descending }];
        Ok(())
    }

    /// Asks for the dimension that is missing.
    fn by_what<'s>(&'s self, say: fn(&'s str) -> Say<'s>) -> Stop {
        let lexicon = self.asked.lexicon;
        let label = self.metrics.first().map_or("", |info| info.label.as_str());
        let narrowed = shared(lexicon, &self.metrics).map(|info| {
            let mut narrowed = self.slots.clone();
            narrowed.groups = by(lexicon, info).into_iter().collect();
            (info.label.clone(), narrowed)
        });
        clarify(self.asked, say(label), choices(self.asked, narrowed))
    }

    /// "which countries": more than one answer is wanted.
    fn plural(&self) -> bool {
        self.slots.groups.first().is_some_and(|pick| {
            let info = pick
                .options
                .first()
                .and_then(|named| dimension_of(self.asked.lexicon, named.target));
            is_plural(&pick.typed) && !info.is_some_and(|info| is_plural(&info.label))
        })
    }
}
