//! What to know about the data behind an answer: how far it goes, what is missing, what still
//! comes in.

use almanac_agent_contract::Freshness;
use almanac_metrics::{Answer, MetricQuery};

use super::Composer;

/// Missing days that are named one by one.
const NAMED: usize = 4;

impl Composer<'_> {
    /// Of the metric of the query whose data ends first.
    pub(crate) fn freshness(
        &self,
        query: &MetricQuery,
        truncated: Option<&Answer>,
    ) -> Option<Freshness> {
        let metrics = query.metrics.iter().filter_map(|name| self.metric(name));
        let covered = metrics.filter_map(|metric| Some((metric, metric.coverage.as_ref()?)));
        let covered: Vec<_> = covered.collect();
        let (_, oldest) = covered.iter().min_by_key(|(_, coverage)| coverage.last)?;
        let as_of = oldest.last;
        let mut notes = vec![format!(
            "{} {}",
            self.words.data_to,
            self.writer.date(as_of)
        )];
        let mut missing: Vec<_> = covered
            .iter()
            .flat_map(|(_, coverage)| coverage.gaps.iter().copied())
            .collect();
        missing.sort_unstable();
        missing.dedup();
        if let Some(range) = query.time_range {
            missing.retain(|day| (range.start..=range.end).contains(day));
            if range.end >= self.scope.today() {
                notes.push(self.words.running.to_owned());
            } else if range.end > as_of {
                notes.push(self.words.beyond.to_owned());
            }
        }
        if !missing.is_empty() {
            let mut days: Vec<_> = missing
                .iter()
                .take(NAMED)
                .map(|day| self.writer.date(*day))
                .collect();
            if missing.len() > NAMED {
                days.push(format!("+{}", missing.len() - NAMED));
            }
            notes.push(self.words.missing.replace("{}", &self.writer.list(&days)));
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
            notes.push(self.words.still_filling.replace("{}", &late.to_string()));
        }
        if let Some(answer) = truncated {
            let rows = answer.table.rows.len().to_string();
            notes.push(self.words.first_rows.replace("{}", &rows));
        }
        Some(Freshness {
            as_of,
            text: notes.join("; "),
            missing,
        })
    }
}
