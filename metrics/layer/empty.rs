//! What the rows that are not there stand for: whether a metric without rows is zero, and how many
//! buckets of a series are.

use std::collections::BTreeSet;

use almanac_agent_contract::{Grain, Value};
use jiff::ToSpan;
use jiff::civil::Date;

use super::answer::Answer;
use super::run::Layer;
use crate::manifest::Aggregation;
use crate::period::bucket;
use crate::plan::Measure;
use crate::query::MetricQuery;

impl Layer {
    /// Whether the values of a metric's groups add up to its value for all of them: a plain sum or
    /// count. Distinct counts, ratios, averages and snapshots do not.
    #[must_use]
    pub fn adds_up(&self, metric: &str) -> bool {
        self.plain(metric).is_some_and(|measure| {
            use Aggregation::{Count, Sum, SumBoolean};
            matches!(measure.aggregation, Sum | Count | SumBoolean)
        })
    }

    /// How many buckets of an answer's series have no row and are zero nevertheless: those of the
    /// period, over before `today`, for which the metric's data was coming in. Only for a series of one
    /// plain sum or count alone; a bucket all of whose days are missing from the data
    /// ([`crate::Coverage::gaps`]) is not known and not counted, nor is one that a condition on
    /// time or on the value may have left out.
    #[must_use]
    pub fn empty_buckets(&self, query: &MetricQuery, answer: &Answer, today: Date) -> usize {
        let ([metric], Some(grain)) = (query.metrics.as_slice(), query.grain) else {
            return 0;
        };
        let by_time = |name: &str| name.starts_with("metric_time");
        let mut filters = query.filters.iter().chain(query.any_of.iter().flatten());
        let conditioned = filters.any(|filter| by_time(&filter.dimension))
            || !query.having.is_empty()
            || !query.conditions.is_empty();
        let catalog = self.catalog();
        let known = catalog
            .metric(metric)
            .and_then(|info| info.coverage.as_ref());
        let (Some(known), false) = (known, conditioned || query.limit.is_some()) else {
            return 0;
        };
        if !query.group_by.is_empty() || self.plain(metric).is_none() {
            return 0;
        }
        let asked = answer.period;
        let first = asked.map_or(known.first, |range| range.start.max(known.first));
        let last = asked.map_or(known.last, |range| range.end.min(known.last));
        let gaps: BTreeSet<Date> = known.gaps.iter().copied().collect();
        let start = self.settings.week_start;
        let whole = |day: Date| {
            let bucket = bucket(day, grain, start);
            let inside =
                asked.is_none_or(|range| range.start <= bucket.start && bucket.end <= range.end);
            (inside && bucket.end < today).then_some(bucket.start)
        };
        let days = first.series(1.day()).take_while(|day| *day <= last);
        let mut expected: BTreeSet<Date> = days
            .filter(|day| !gaps.contains(day))
            .filter_map(whole)
            .collect();
        let column = answer.table.position("metric_time").unwrap_or_default();
        let rows = answer.table.rows.iter();
        let present = rows.filter_map(|row| match row.get(column) {
            Some(Value::DateTime(at)) => Some(at.date()),
            Some(value) => value.date(),
            None => None,
        });
        if grain == Grain::Hour {
            let hours = present.filter(|day| expected.contains(day)).count();
            return (expected.len() * 24).saturating_sub(hours);
        }
        for day in present {
            expected.remove(&bucket(day, grain, start).start);
        }
        expected.len()
    }

    /// The measure that a metric is, where it is nothing but an aggregate that is zero without rows.
    fn plain(&self, metric: &str) -> Option<&Measure> {
        let number = *self.metrics.by_name.get(metric)?;
        let measure = self.metrics.metrics[number].plain(&self.metrics)?;
        use Aggregation::{Count, CountDistinct, Sum, SumBoolean};
        let zero = matches!(
            measure.aggregation,
            Sum | Count | CountDistinct | SumBoolean
        );
        let own = measure.snapshot.is_none() && measure.cumulative.is_none();
        (zero && own && measure.offsets.is_empty()).then_some(measure)
    }
}
