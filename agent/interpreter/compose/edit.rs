//! What a sentence changes of the query it goes on from: groupings, filters, order and limit.

use almanac_agent_contract::{Direction, Grain, Value};
use almanac_metrics::{Filter, GroupBy, MetricQuery, OrderBy};

use super::build::{Draft, by_what};
use super::metrics::{dimension_of, one_metric};
use super::stop::{Stop, refuse};
use crate::lexicon::{Unit, is_plural};
use crate::phrases::Say;
use crate::slots::Rank;
use crate::vocabulary::Cue;

/// Rows of a ranking that names no number.
const USUAL_ROWS: u32 = 5;

impl Draft<'_, '_> {
    pub(super) fn group(&self, query: &mut MetricQuery, mut groups: Vec<GroupBy>) {
        let slots = self.slots;
        if slots.has(Cue::NoBreakdown) {
            query.group_by.clear();
            query.grain = None;
            (query.limit, query.order_by) = (None, Vec::new());
            query.shares = false;
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
        if !slots.pointed.is_empty() {
            query
                .group_by
                .retain(|group| !slots.pointed.contains(&group.dimension));
            query.shares = false;
            (query.limit, query.order_by) = (None, Vec::new());
        }
        groups.extend(slots.parts.iter().map(|part| GroupBy::named(part)));
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
        // "no, by city": the same ranking, of something else.
        let corrects = slots.has(Cue::Correct)
            || slots.has(Cue::Not)
            || (slots.has(Cue::No) && slots.again)
            || !slots.without_groups.is_empty();
        if slots.rank.is_none() {
            if !corrects {
                (query.limit, query.order_by) = (None, Vec::new());
            }
        } else {
            query.grain = None;
        }
    }

    pub(super) fn filter(&self, query: &mut MetricQuery, filters: Vec<Filter>) {
        let slots = self.slots;
        if slots.has(Cue::NoFilter) {
            query.filters.clear();
            query.any_of.clear();
            query.having.clear();
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
        for part in &slots.within {
            query
                .filters
                .retain(|kept| kept.dimension != part.dimension);
        }
        query.filters.extend(slots.within.iter().cloned());
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

    pub(super) fn rank(&self, query: &mut MetricQuery) -> Result<(), Stop> {
        let slots = self.slots;
        let Some(Rank {
            descending,
            valued,
            paced,
            count,
        }) = slots.rank
        else {
            return self.reorder(query);
        };
        // The worst of what is good to have little of is the most.
        let down = self
            .metrics
            .first()
            .is_some_and(|info| info.direction == Some(Direction::Down));
        let takes_time = self
            .metrics
            .first()
            .is_some_and(|info| Unit::of(&info.format) == Unit::Time);
        let flips = (paced && takes_time) || (valued && down);
        let descending = descending != flips;
        if count == Some(0) {
            return Err(refuse(self.asked, Say::TopNone, Vec::new()));
        }
        let dated = [Cue::When, Cue::Peak, Cue::Trough]
            .into_iter()
            .any(|cue| slots.has(cue));
        let unit = slots.unit.or_else(|| {
            let finest = self.metrics.iter().map(|info| info.finest_grain).max();
            let usual = Grain::Day.max(finest.unwrap_or(Grain::Day));
            let apart = slots.groups.is_empty() && slots.parts.is_empty();
            (dated && apart).then(|| slots.grain.unwrap_or(usual))
        });
        if let Some(unit) = unit {
            query.grain = Some(unit);
            query.group_by.clear();
        } else if query.group_by.is_empty() {
            return Err(by_what(self.asked, slots, &self.metrics, Say::TopOfWhat));
        } else if slots.grain.is_some() || slots.has(Cue::Trend) {
            // The largest in each month would need a limit for each month.
            return Err(refuse(self.asked, Say::Mixed, Vec::new()));
        } else {
            query.grain = None;
        }
        // "which was highest?", of what was shown
        let which = slots.groups.is_empty() && slots.entity.is_none() && slots.has(Cue::Which);
        let one = unit.is_some() || which || (slots.ranks_noun && !self.plural());
        // "A or B, who had more?": both are shown.
        let sides = query.filters.iter().any(|filter| {
            filter.values.len() > 1
                && query
                    .group_by
                    .iter()
                    .any(|group| group.dimension == filter.dimension)
        });
        let by = query.metrics.first().cloned().unwrap_or_default();
        query.order_by = vec![OrderBy { by, descending }];
        if sides && slots.metrics.len() == 1 && !slots.ranks_noun {
            return Ok(());
        }
        let rows = count.unwrap_or(if one { 1 } else { USUAL_ROWS });
        query.limit = Some(rows.clamp(1, 1000));
        Ok(())
    }

    /// Another order or number of the same rows.
    fn reorder(&self, query: &mut MetricQuery) -> Result<(), Stop> {
        let slots = self.slots;
        if slots.has(Cue::NoLimit) {
            query.limit = None;
        }
        if let (Some(limit), Some(rows)) = (&mut query.limit, slots.number) {
            *limit = rows.clamp(1, 1000);
        }
        let turned = if slots.has(Cue::Ascending) {
            Some(false)
        } else {
            slots.has(Cue::Descending).then_some(true)
        };
        if let Some(pick) = &slots.sort_by {
            let info = one_metric(self.asked, slots, pick, |slots| slots.sort_by.as_mut())?;
            if !query.metrics.contains(&info.name) {
                query.metrics.push(info.name.clone());
            }
            let descending = turned.unwrap_or(true);
            let by = info.name.clone();
            query.order_by = vec![OrderBy { by, descending }];
        } else if let Some(descending) = turned {
            match query.order_by.first_mut() {
                Some(order) => order.descending = descending,
                None => {
                    let by = query.metrics.first().cloned().unwrap_or_default();
                    query.order_by = vec![OrderBy { by, descending }];
                }
            }
        }
        Ok(())
    }

    /// "which countries": more than one answer is wanted.
    fn plural(&self) -> bool {
        let several = self
            .slots
            .entity
            .as_ref()
            .is_some_and(|entity| entity.plural);
        several
            || self.slots.groups.first().is_some_and(|pick| {
                let info = pick
                    .options
                    .first()
                    .and_then(|named| dimension_of(self.asked.lexicon, named.target));
                is_plural(&pick.typed) && !info.is_some_and(|info| is_plural(&info.label))
            })
    }
}
