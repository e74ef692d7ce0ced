//! What to know about the data behind an answer: how far it goes, what is missing, what still
//! comes in.

use almanac_agent_contract::Freshness;
use almanac_metrics::{Coverage, MetricQuery, TimeRange};
use jiff::civil::Date;

use super::Composer;
use super::found::Found;

/// Missing days that are named one by one.
const NAMED: usize = 4;

impl Composer<'_> {
    /// Whether the data of every metric of the query lies wholly outside its period.
    pub(crate) fn is_beyond_the_data(&self, query: &MetricQuery) -> bool {
        let Some(range) = query.time_range else {
            return false;
        };
        query.metrics.iter().all(|name| {
            let coverage = self.metric(name).and_then(|m| m.coverage.as_ref());
            coverage.is_some_and(|known| range.start > known.last || range.end < known.first)
        })
    }

    /// Whether the metric's data had begun when the period did.
    pub(crate) fn is_covered(&self, metric: &str, range: TimeRange) -> bool {
        let coverage = self.metric(metric).and_then(|m| m.coverage.as_ref());
        coverage.is_none_or(|known| known.first <= range.start)
    }

    /// Of the metric of the query whose data ends first.
    pub(crate) fn freshness(&self, found: &Found<'_>) -> Option<Freshness> {
        let query = found.query;
        let metrics = query.metrics.iter().filter_map(|name| self.metric(name));
        let covered = metrics.filter_map(|metric| Some((metric, metric.coverage.as_ref()?)));
        let covered: Vec<_> = covered.collect();
        let (_, oldest) = covered.iter().min_by_key(|(_, coverage)| coverage.last)?;
        let as_of = oldest.last;
        let words = self.words;
        let mut notes = vec![format!("{} {}", words.data_to, self.writer.date(as_of))];
        if let Some(range) = query.time_range {
            if range.end >= self.scope.today() {
                notes.push(words.running.to_owned());
            } else if range.end > as_of {
                notes.push(words.beyond.to_owned());
            }
        }
        let compared = found.answer.compared.iter().map(|(_, range)| *range);
        for range in compared.clone() {
            if !query
                .metrics
                .iter()
                .all(|metric| self.is_covered(metric, range))
            {
                let range = self.writer.range(range.start, range.end);
                notes.push(words.not_covered.replace("{}", &range));
            }
        }
        let periods: Vec<_> = query.time_range.into_iter().chain(compared).collect();
        let missing = missing(covered.iter().map(|(_, coverage)| *coverage), &periods);
        if !missing.is_empty() {
            let mut days: Vec<_> = missing
                .iter()
                .take(NAMED)
                .map(|day| self.writer.date(*day))
                .collect();
            if missing.len() > NAMED {
                days.push(format!("+{}", missing.len() - NAMED));
            }
            notes.push(words.missing.replace("{}", &self.writer.list(&days)));
        }
        let late = covered
            .iter()
            .map(|(metric, _)| metric.late_days)
            .max()
            .unwrap_or_default();
        // Late data matters only to an answer that reaches into the days that still fill.
        let recent = query
            .time_range
            .is_none_or(|range| (as_of - range.end).get_days() < i32::from(late));
        if late > 0 && recent {
            notes.push(words.still_filling.replace("{}", &late.to_string()));
        }
        if found.answer.truncated {
            let rows = found.answer.table.rows.len().to_string();
            notes.push(words.first_rows.replace("{}", &rows));
        }
        Some(Freshness {
            as_of,
            text: notes.join("; "),
            missing,
        })
    }
}

/// The days without data in any of the periods, or at all where there is no period.
fn missing<'a>(coverages: impl Iterator<Item = &'a Coverage>, periods: &[TimeRange]) -> Vec<Date> {
    let of_a_period = |day: &Date| {
        periods.is_empty()
            || periods
                .iter()
                .any(|range| (range.start..=range.end).contains(day))
    };
    let mut days: Vec<_> = coverages
        .flat_map(|known| known.gaps.iter().copied())
        .filter(of_a_period)
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}
