//! A result as cards read it: what each column holds, and which one the answer is about.

use almanac_metrics::{Answer, MetricQuery};

use super::derived::ratio_of;
use super::labels::Meaning;
use crate::arguments::Wishes;

/// A query and what it found; `series` is the companion of a single value.
pub(crate) struct Found<'a> {
    pub(crate) query: &'a MetricQuery,
    pub(crate) answer: &'a Answer,
    pub(crate) series: Option<(&'a MetricQuery, &'a Answer)>,
    pub(crate) wishes: &'a Wishes,
    /// Rows whose bucket is still filling.
    pub(crate) filling: &'a [usize],
    /// Buckets without a row that are zero.
    pub(crate) empty: usize,
    /// The values of the first metric's groups add up.
    pub(crate) adds_up: bool,
}

impl<'a> Found<'a> {
    /// What each column of the answer holds.
    pub(crate) fn meanings(&self) -> Vec<Meaning<'a>> {
        meanings(self.query, self.answer)
    }

    /// The column that the answer is about: the ratio, the share, or the first metric.
    pub(crate) fn leading(&self) -> Option<(usize, Meaning<'a>)> {
        leading(self.query, self.answer)
    }

    /// Whether a series is one line: without groups, or of the one that was asked about.
    pub(crate) const fn is_one_series(&self) -> bool {
        match self.query.group_by.len() {
            0 => true,
            1 => self.wishes.focus.len() == 1,
            _ => false,
        }
    }

    /// Whether all numbers are of one metric.
    pub(crate) const fn is_one_kind(&self) -> bool {
        self.query.metrics.len() == 1 && !self.query.shares && !self.query.totals
    }
}

/// The column that an answer is about.
pub(crate) fn leading<'a>(query: &'a MetricQuery, answer: &Answer) -> Option<(usize, Meaning<'a>)> {
    let meanings = meanings(query, answer);
    let metric = query.metrics.first()?;
    let at = |wanted: Meaning<'a>| {
        let position = meanings.iter().position(|meaning| *meaning == wanted)?;
        Some((position, wanted))
    };
    at(Meaning::Ratio(None))
        .or_else(|| at(Meaning::Share(metric, None)))
        .or_else(|| at(Meaning::Metric(metric, None)))
}

/// What each column of an answer holds.
pub(crate) fn meanings<'a>(query: &'a MetricQuery, answer: &Answer) -> Vec<Meaning<'a>> {
    let columns = answer.table.columns.iter();
    columns.map(|column| meaning(query, &column.name)).collect()
}

fn meaning<'a>(query: &'a MetricQuery, column: &str) -> Meaning<'a> {
    if query.grain.is_some() && column == "metric_time" {
        return Meaning::Time;
    }
    if let Some(group) = query.group_by.iter().find(|g| g.column() == column) {
        return Meaning::Group(group);
    }
    let metric = query.metrics.iter().find_map(|metric| {
        let rest = column.strip_prefix(metric.as_str())?;
        let (rest, part) = match rest.strip_suffix("__share") {
            Some(rest) => (rest, "share"),
            None => match rest.strip_suffix("__total") {
                Some(rest) => (rest, "total"),
                None => (rest, ""),
            },
        };
        let comparison = match rest.is_empty() {
            true => None,
            false => {
                let suffix = rest.strip_prefix("__")?;
                Some(*query.compare.iter().find(|c| c.suffix() == suffix)?)
            }
        };
        Some(match part {
            "share" => Meaning::Share(metric, comparison),
            "total" => Meaning::Total(metric, comparison),
            _ => Meaning::Metric(metric, comparison),
        })
    });
    let ratio = || ratio_of(column, query).map(Meaning::Ratio);
    metric.or_else(ratio).unwrap_or(Meaning::Other)
}
