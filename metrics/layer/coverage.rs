//! Which days data covers.

use almanac_agent_contract::Value;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::catalog::Coverage;

/// Data that has rows on fewer of its days than this does not come daily.
const DAILY: f64 = 0.8;

/// The coverage of the days that have rows, in ascending order.
pub(super) fn of_days(days: &[Date]) -> Option<Coverage> {
    let (first, last) = (*days.first()?, *days.last()?);
    let span = first.until(last).map_or(0, |span| span.get_days()) + 1;
    let span = usize::try_from(span).unwrap_or(usize::MAX);
    #[expect(
        clippy::cast_precision_loss,
        reason = "a share of days needs no more precision"
    )]
    let daily = days.len() as f64 >= DAILY * span as f64;
    let mut gaps = Vec::new();
    if daily {
        for pair in days.windows(2) {
            let [day, next] = pair else { continue };
            let between = day.series(1.day()).skip(1).take_while(|day| day < next);
            gaps.extend(between);
        }
    }
    Some(Coverage { first, last, gaps })
}

/// The days of a result's first column.
pub(super) fn days(rows: &[Vec<Value>]) -> Vec<Date> {
    rows.iter()
        .filter_map(|row| row.first().and_then(Value::date))
        .collect()
}

/// The days that all of them cover; none where one has no data.
pub(super) fn common<'a>(mut all: impl Iterator<Item = Option<&'a Coverage>>) -> Option<Coverage> {
    let mut common = all.next()??.clone();
    for coverage in all {
        let coverage = coverage?;
        common.first = common.first.max(coverage.first);
        common.last = common.last.min(coverage.last);
        common.gaps.extend(&coverage.gaps);
    }
    let Coverage { first, last, .. } = common;
    common.gaps.retain(|gap| first <= *gap && *gap <= last);
    common.gaps.sort_unstable();
    common.gaps.dedup();
    (first <= last).then_some(common)
}
