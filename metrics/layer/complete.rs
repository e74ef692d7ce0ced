//! Which buckets of a series are still filling: those that end after the last day whose data is
//! all there.

use almanac_agent_contract::{Grain, Value};
use jiff::ToSpan;
use jiff::civil::Date;

use super::answer::Answer;
use super::run::Layer;
use crate::period::bucket;
use crate::query::MetricQuery;

impl Layer {
    /// The last day for which all rows of all metrics of a query have come, as seen on `today`: the
    /// last day with data, but not today itself, and none of the days that late rows still come
    /// for. `None` where it is not known what the data covers.
    #[must_use]
    pub fn complete_through(&self, query: &MetricQuery, today: Date) -> Option<Date> {
        let catalog = self.catalog();
        let mut through: Option<Date> = None;
        for name in &query.metrics {
            let metric = catalog.metric(name)?;
            let late = 1 + i64::from(metric.late_days);
            let settled = today.checked_sub(late.days()).ok()?;
            let last = metric.coverage.as_ref()?.last.min(settled);
            through = Some(through.map_or(last, |known| known.min(last)));
        }
        through
    }

    /// The rows of an answer whose bucket is still filling, as seen on `today`. None for an answer
    /// that is no series.
    #[must_use]
    pub fn filling(&self, query: &MetricQuery, answer: &Answer, today: Date) -> Vec<usize> {
        let (Some((column, grain)), Some(through)) =
            (series(query, answer), self.complete_through(query, today))
        else {
            return Vec::new();
        };
        let start = self.settings.week_start;
        let rows = answer.table.rows.iter().enumerate();
        rows.filter(|(_, row)| {
            let day = match row.get(column) {
                Some(Value::DateTime(at)) => Some(at.date()),
                Some(value) => value.date(),
                None => None,
            };
            day.is_some_and(|day| bucket(day, grain, start).end > through)
        })
        .map(|(index, _)| index)
        .collect()
    }
}

/// The column with the buckets of an answer's series, and their grain.
fn series(query: &MetricQuery, answer: &Answer) -> Option<(usize, Grain)> {
    let time = query
        .grain
        .map(|grain| ("metric_time".to_owned(), grain))
        .or_else(|| {
            let times = query.group_by.iter();
            let mut times = times.filter(|key| key.dimension == "metric_time");
            times.find_map(|key| Some((key.column(), key.grain?)))
        });
    let (name, grain) = time?;
    let columns = &answer.table.columns;
    let column = columns.iter().position(|column| column.name == name)?;
    Some((column, grain))
}
