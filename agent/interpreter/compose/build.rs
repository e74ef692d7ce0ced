//! Puts metrics, dimensions, filters, period and form together into one query.

use almanac_agent_contract::Grain;
use almanac_metrics::{Comparison, DimensionKind, Filter, GroupBy, MetricInfo, MetricQuery};

use super::bounds::bounds;
use super::contradiction::possible_filters;
use super::each::{each, of_one, of_value, often};
use super::filters::{Filters, filters};
use super::manner::{divided, share, statistic};
use super::metrics::{all_have, by, called_revenue, dimension, metrics, shared, with_metric};
use super::periods::{Times, as_said, previous, times};
use super::stop::{MOST_CHOICES, Stop, choices, clarify, refuse};
use super::{Asked, usual};
use crate::intent::{Form, Manner, Statistic};
use crate::lexicon::{Target, owner};
use crate::phrases::Say;
use crate::slots::Slots;
use crate::vocabulary::Cue;

/// A query and how sure it is.
#[derive(Debug, Clone)]
pub(crate) struct Composed {
    pub(crate) form: Form,
    pub(crate) query: MetricQuery,
    pub(crate) manner: Manner,
    pub(crate) score: f32,
    pub(crate) runner_up: f32,
    pub(crate) notes: Vec<String>,
}

/// Makes the query, or says what to ask first.
pub(crate) fn compose(asked: &Asked<'_>, slots: &Slots) -> Result<Composed, Stop> {
    // "yearly growth in Q3" is against the year before.
    if slots.has(Cue::Growth) && slots.grain == Some(Grain::Year) && !slots.periods.is_empty() {
        let mut yearly = slots.clone();
        yearly.grain = None;
        yearly.same_period_last_year = true;
        return compose(asked, &yearly);
    }
    if slots.mixed {
        return Err(refuse(asked, Say::Mixed, Vec::new()));
    }
    if let Some(divided) = each(asked, slots).or_else(|| of_one(asked, slots)) {
        return compose(asked, &divided);
    }
    let standing = asked.followed(slots);
    let state = standing.map(|standing| &standing.query);
    let mut notes = Vec::new();
    let mut score = 1.0_f32;
    let mut metrics = metrics(asked, slots, state, &mut notes)?;
    if metrics.is_empty() {
        let (info, sure) = missing_metric(asked, slots, &mut notes)?;
        metrics.push(info);
        score = sure;
    }
    if slots.how_often {
        often(asked, slots, &metrics)?;
    }
    let ratio = divided(asked, slots, &mut metrics)?;
    let groups = groups(asked, slots, &metrics, &mut notes)?;
    let Filters {
        filters,
        any_of,
        along,
    } = filters(asked, slots, &metrics, state, &mut notes)?;
    let mut groups = groups;
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
    let parts = Parts {
        groups,
        filters,
        any_of,
        times,
        kept: standing.map(|standing| standing.manner.clone()),
        ratio,
    };
    let Drafted {
        form,
        query,
        manner,
        notes,
    } = draft.finish(state, parts)?;
    let picks = || {
        slots
            .metrics
            .iter()
            .chain(&slots.groups)
            .chain(slots.values.iter().map(|value| &value.pick))
    };
    let doubt = if slots.doubt { 0.74 } else { 1.0 };
    let sure = doubt
        * picks()
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
        manner,
        score: sure,
        runner_up,
        notes,
    })
}

fn groups(
    asked: &Asked<'_>,
    slots: &Slots,
    metrics: &[&MetricInfo],
    notes: &mut Vec<String>,
) -> Result<Vec<GroupBy>, Stop> {
    let mut groups = Vec::new();
    for at in 0..slots.groups.len() {
        let info = dimension(asked, slots, at, metrics, notes)?;
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
    if let Some(entity) = &slots.entity {
        if !metrics
            .iter()
            .all(|info| info.entities.contains(&entity.name))
        {
            return Err(refuse(asked, Say::Mixed, Vec::new()));
        }
        groups.insert(0, GroupBy::named(&entity.name));
    }
    Ok(groups)
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
) -> Result<(&'a MetricInfo, f32), Stop> {
    let lexicon = asked.lexicon;
    let has = |info: &MetricInfo| {
        let values = slots.values.iter().map(|value| &value.pick);
        slots.groups.iter().chain(values).all(|pick| {
            pick.options
                .iter()
                .any(|named| possible(asked, named.target, &[info]))
        })
    };
    // "top 5 products" is by revenue where something is called that, "most common topic" by how
    // many there are; anything else is asked.
    if slots.rank.is_some() || slots.has(Cue::Most) || slots.has(Cue::Least) {
        let of = entity(asked, slots);
        let counts = |info: &MetricInfo| info.counts.is_some() && info.counts.as_deref() == of;
        // "the top two complaint topics": those of the most complaints.
        let kinds = slots
            .rank
            .is_some_and(|rank| rank.descending && !rank.valued && !rank.paced)
            && is_kind(asked, slots);
        let often = slots.often || slots.has(Cue::Most) || slots.has(Cue::Least) || kinds;
        let mut counting = lexicon
            .catalog
            .metrics
            .iter()
            .filter(|info| often && counts(info) && has(info));
        let by_count = counting.next();
        // "the most common reason", of those who came or of those who left
        let whole = || lexicon.count_of(of?).filter(|info| often && has(info));
        let by_count = match counting.next() {
            None => by_count,
            Some(_) => of_grouping(asked, slots, |info| counts(info) && has(info)).or_else(whole),
        };
        let plainly = |info: &MetricInfo| {
            let names = std::iter::once(&info.label).chain(&info.synonyms);
            let mut single = names.map(|name| crate::lexicon::plain(name).contains(' '));
            has(info) && single.next() == Some(false)
        };
        // "the best restaurants" may be so in anything.
        let vague = slots
            .rank
            .is_some_and(|rank| rank.valued && rank.count.is_none())
            && !slots.groups.is_empty();
        let revenue = || called_revenue(lexicon, plainly).filter(|_| !vague);
        let found = by_count
            .or_else(revenue)
            .or_else(|| sold(asked, slots).filter(|info| has(info)));
        if let Some(info) = found {
            notes.push(Say::Usual(&info.label).in_language(asked.language));
            return Ok((info, 0.88));
        }
    }
    // "how many mortgages": the loans that are.
    if let Some(info) = of_value(asked, slots).filter(|info| has(info)) {
        notes.push(Say::Usual(&info.label).in_language(asked.language));
        return Ok((info, 0.7));
    }
    if slots.is_bare() {
        return Err(refuse(asked, Say::NothingToFollow, Vec::new()));
    }
    // "how many clients": what counts them comes first.
    let of = entity(asked, slots).filter(|_| slots.statistic == Some(Statistic::Count));
    let counting = lexicon
        .catalog
        .metrics
        .iter()
        .filter(|info| of.is_some() && info.counts.as_deref() == of)
        .map(|info| {
            let mut plain = slots.clone();
            plain.groups.clear();
            plain.statistic = None;
            with_metric(&plain, lexicon, info)
        });
    let first = usual(lexicon, has);
    // "churn last month", read as a value, may hint at a metric.
    if let Some((at, hinted)) = hinted(asked, slots) {
        let mut plain = slots.clone();
        plain.values.remove(at);
        let narrowed = hinted
            .into_iter()
            .map(|info| with_metric(&plain, lexicon, info));
        let found = choices(asked, narrowed);
        if !found.is_empty() {
            return Err(clarify(asked, Say::WhichMetric, found));
        }
    }
    let others = lexicon.catalog.metrics.iter().filter(|info| has(info));
    let offered = first
        .into_iter()
        .chain(others.filter(|info| first.is_none_or(|first| first.name != info.name)));
    let narrowed = counting.chain(offered.map(|info| with_metric(slots, lexicon, info)));
    let offered = choices(asked, narrowed.take(MOST_CHOICES));
    Err(clarify(asked, Say::WhichMetric, offered))
}

/// The one metric that the grouping tells of by its name: cancelled subscriptions for "reason for
/// cancelling".
fn of_grouping<'a>(
    asked: &Asked<'a>,
    slots: &Slots,
    fits: impl Fn(&MetricInfo) -> bool,
) -> Option<&'a MetricInfo> {
    let lexicon = asked.lexicon;
    let pick = slots.groups.first()?;
    let label = super::metrics::dimension_of(lexicon, pick.options.first()?.target)?;
    let said = format!("{} {}", label.label, pick.typed);
    let said = crate::lexicon::plain(&said);
    let words = said.split(' ').filter(|word| word.len() > 3);
    let words: Vec<&str> = words.filter(|word| !lexicon.is_entity(word)).collect();
    let told = |info: &&MetricInfo| {
        let names = std::iter::once(&info.label).chain(&info.synonyms);
        names.map(|name| crate::lexicon::plain(name)).any(|name| {
            let mut own = name.split(' ');
            own.any(|own| words.iter().any(|word| lexicon.same_meaning(word, own)))
        })
    };
    let all = lexicon.catalog.metrics.iter().filter(|info| fits(info));
    let mut found = all.filter(told);
    found.next().filter(|_| found.next().is_none())
}

/// What counts the things sold that the sentence ranks: "dishes sold".
fn sold<'a>(asked: &Asked<'a>, slots: &Slots) -> Option<&'a MetricInfo> {
    let of = slots.groups.first().filter(|_| slots.sells)?;
    let named = crate::reach::done_to(asked, of, "sold")?;
    super::metrics::metric_of(asked.lexicon, named.target)
}

/// The value, by its place, that shares a word with names of metrics, and these metrics.
fn hinted<'a>(asked: &Asked<'a>, slots: &Slots) -> Option<(usize, Vec<&'a MetricInfo>)> {
    let lexicon = asked.lexicon;
    slots.values.iter().enumerate().find_map(|(at, value)| {
        let words: Vec<_> = crate::text::tokens(&value.pick.typed)
            .iter()
            .map(|token| lexicon.word(&token.word))
            .collect();
        let metrics: Vec<&MetricInfo> = lexicon
            .names(&words)
            .into_iter()
            .filter_map(|named| super::metrics::metric_of(lexicon, named.target))
            .collect();
        (!metrics.is_empty()).then_some((at, metrics))
    })
}

/// The first grouping tells of what kind something is, and not which one.
fn is_kind(asked: &Asked<'_>, slots: &Slots) -> bool {
    let named = slots.groups.first().and_then(|pick| pick.options.first());
    named
        .and_then(|named| super::metrics::dimension_of(asked.lexicon, named.target))
        .is_some_and(|info| crate::walk::names_itself(info).is_none())
}

/// What the first grouping tells something of: `ticket` of `ticket__topic`.
fn entity<'a>(asked: &Asked<'a>, slots: &Slots) -> Option<&'a str> {
    let named = slots.groups.first()?.options.first()?;
    let info = super::metrics::dimension_of(asked.lexicon, named.target)?;
    owner(info)
}

/// A query in the making.
pub(super) struct Draft<'a, 'b> {
    pub(super) asked: &'b Asked<'a>,
    pub(super) slots: &'b Slots,
    pub(super) metrics: Vec<&'a MetricInfo>,
    pub(super) notes: Vec<String>,
}

/// What the sentence says of each part of the query.
struct Parts {
    groups: Vec<GroupBy>,
    filters: Vec<Filter>,
    any_of: Vec<Vec<Filter>>,
    times: Times,
    /// How the conversation's last answer was given.
    kept: Option<Manner>,
    ratio: bool,
}

/// The query, finished.
struct Drafted {
    form: Form,
    query: MetricQuery,
    manner: Manner,
    notes: Vec<String>,
}

impl Draft<'_, '_> {
    fn finish(mut self, state: Option<&MetricQuery>, parts: Parts) -> Result<Drafted, Stop> {
        let Parts {
            groups,
            filters,
            any_of,
            times,
            kept,
            ratio,
        } = parts;
        let slots = self.slots;
        let mut query = state.cloned().unwrap_or_default();
        query.metrics = self.metrics.iter().map(|info| info.name.clone()).collect();
        self.check_kept(&query)?;
        let was_plain = query.group_by.is_empty() && query.grain.is_none();
        self.group(&mut query, groups);
        self.filter(&mut query, filters);
        if !any_of.is_empty() {
            query.any_of = any_of;
        }
        if slots.has(Cue::AllTime) && !times.said {
            query.time_range = None;
        }
        if let Some(when) = &times.when
            && times.said
        {
            query.time_range = Some(when.range);
        }
        let asked_compare = !times.compare.is_empty();
        if asked_compare {
            query.compare = times.compare;
        } else if slots.has(Cue::NoCompare) {
            query.compare.clear();
        } else if times.said {
            query
                .compare
                .retain(|kept| !matches!(kept, Comparison::Range(_)));
        }
        if slots.grain.is_none() && times.grain.is_some() {
            query.grain = times.grain;
        }
        let focus = share(self.asked, slots, &self.metrics, &mut query)?;
        self.rank(&mut query)?;
        if slots.has(Cue::ByWhat) && query.group_by.is_empty() && slots.grain.is_none() {
            return Err(by_what(self.asked, slots, &self.metrics, Say::ByWhat));
        }
        let when = query.time_range.map(|range| {
            times
                .when
                .filter(|when| when.range == range)
                .unwrap_or_else(|| as_said(self.asked, range))
        });
        self.grain(&mut query, when.as_ref(), state.is_some())?;
        let threshold = bounds(
            self.asked,
            slots,
            &self.metrics,
            &mut query,
            &mut self.notes,
        )?;
        let statistic = statistic(self.asked, slots, &self.metrics, &query)?;
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
        if plain && bounded && query.compare.is_empty() && !slots.has(Cue::NoCompare) {
            query.compare = vec![usual];
        }
        if query.time_range.is_none() {
            query.compare.clear();
        }
        let manner = self.manner(
            &query,
            state,
            Manner {
                wish: slots.wish,
                threshold,
                statistic,
                ratio,
                focus,
            },
            kept,
        );
        let compared = asked_compare
            || slots.values.iter().any(|value| value.versus)
            || (slots.has(Cue::Compare) && self.metrics.len() > 1);
        Ok(Drafted {
            form: form(&query, &manner, compared),
            query,
            manner,
            notes: self.notes,
        })
    }

    /// How to answer: what this sentence says, else what the last answer was like while its shape
    /// stays the same.
    fn manner(
        &self,
        query: &MetricQuery,
        state: Option<&MetricQuery>,
        mut said: Manner,
        kept: Option<Manner>,
    ) -> Manner {
        let same = state
            .is_some_and(|state| state.group_by == query.group_by && state.grain == query.grain);
        let (Some(kept), true) = (kept, same) else {
            return said;
        };
        said.wish = said.wish.or(kept.wish);
        let same_metrics = state.is_some_and(|state| state.metrics == query.metrics);
        said.statistic = said.statistic.or(kept.statistic);
        if same_metrics {
            said.ratio |= kept.ratio;
            said.threshold = said.threshold.or(kept.threshold);
        }
        said
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
}

fn form(query: &MetricQuery, manner: &Manner, compared: bool) -> Form {
    if manner.threshold.is_some() {
        Form::Threshold
    } else if manner.ratio {
        Form::Ratio
    } else if manner.statistic.is_some() {
        Form::Summary
    } else if query.shares {
        Form::Share
    } else if compared {
        Form::Comparison
    } else if query.limit.is_some() {
        Form::Ranking
    } else if !query.group_by.is_empty() {
        Form::Breakdown
    } else if query.grain.is_some() {
        Form::Trend
    } else {
        Form::Value
    }
}

/// Asks for the dimension that is missing.
pub(super) fn by_what<'s>(
    asked: &Asked<'_>,
    slots: &Slots,
    metrics: &[&'s MetricInfo],
    say: fn(&'s str) -> Say<'s>,
) -> Stop {
    let lexicon = asked.lexicon;
    let label = metrics.first().map_or("", |info| info.label.as_str());
    let narrowed = shared(lexicon, metrics).map(|info| {
        let mut narrowed = slots.clone();
        narrowed.groups = by(lexicon, info).into_iter().collect();
        (info.label.clone(), narrowed)
    });
    clarify(asked, say(label), choices(asked, narrowed))
}
