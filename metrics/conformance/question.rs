//! A case as a query.

use almanac_agent_contract::Value;
use jiff::civil::{Date, DateTime};
use jiff::{RoundMode, Unit};

use super::case::Case;
use super::conditions::templated;
use crate::granularity::Granularity;
use crate::query::{Filter, GroupBy, MetricQuery, Operator, OrderBy, TimeRange};

const METRIC_TIME: &str = "metric_time";

/// The query that a case asks, upon the saved query it names if it names one.
pub(super) fn question(case: &Case, saved: Option<MetricQuery>) -> Result<MetricQuery, String> {
    let mut query = saved.unwrap_or_default();
    query.metrics.extend(case.metrics.iter().cloned());
    let plain = case.group_bys.iter().cloned();
    let objects = case.group_by_objs.iter().map(|object| {
        let grain = object.grain.iter().map(String::clone);
        let part = object
            .date_part
            .iter()
            .map(|part| format!("extract_{part}"));
        std::iter::once(object.name.clone())
            .chain(grain.chain(part).map(|end| end.to_lowercase()))
            .collect::<Vec<_>>()
            .join("__")
    });
    query
        .group_by
        .extend(plain.chain(objects).map(GroupBy::from));
    let conditions = case.where_resolved.iter().map(|one| templated(one));
    query.conditions.extend(conditions);
    if let Some((start, end)) = &case.time_constraint {
        constrain(&mut query, start.as_deref(), end.as_deref())?;
    }
    if !case.order_bys.is_empty() {
        query.order_by = case.order_bys.iter().map(|by| order(by)).collect();
    }
    query.limit = case.limit.or(query.limit);
    query.min_max_only = case.min_max_only;
    Ok(query)
}

fn order(by: &str) -> OrderBy {
    OrderBy {
        by: by.trim_start_matches('-').to_owned(),
        descending: by.starts_with('-'),
    }
}

/// Keeps the buckets from the one that holds the start to the one that holds the end: whole days as
/// a period, finer ones by filters on the finest granularity asked for.
fn constrain(
    query: &mut MetricQuery,
    start: Option<&str>,
    end: Option<&str>,
) -> Result<(), String> {
    let start = start.map(moment).transpose()?;
    let end = end.map(moment).transpose()?;
    let grain = query.group_by.iter().filter_map(granularity).min();
    let fine = match grain {
        Some(grain) => grain < Granularity::Day,
        None => [start, end]
            .into_iter()
            .flatten()
            .any(|at| at != at.date().into()),
    };
    if let (Some(start), Some(end), false) = (start, end, fine) {
        query.time_range = Some(TimeRange {
            start: start.date(),
            end: end.date(),
        });
        return Ok(());
    }
    let dimension = grain.map_or_else(
        || METRIC_TIME.to_owned(),
        |grain| format!("{METRIC_TIME}__{}", grain.as_str()),
    );
    for (op, at) in [(Operator::Gte, start), (Operator::Lte, end)] {
        let Some(at) = at else { continue };
        query.filters.push(Filter {
            dimension: dimension.clone(),
            op,
            values: vec![Value::DateTime(beginning(at, grain)?)],
        });
    }
    Ok(())
}

/// The standard granularity at which something is grouped by `metric_time`.
fn granularity(group_by: &GroupBy) -> Option<Granularity> {
    match group_by.grain {
        Some(grain) if group_by.dimension == METRIC_TIME => Some(grain.into()),
        Some(_) => None,
        None => {
            let (dimension, end) = group_by.dimension.rsplit_once("__")?;
            Granularity::named(end).filter(|_| dimension == METRIC_TIME)
        }
    }
}

fn moment(text: &str) -> Result<DateTime, String> {
    text.parse()
        .map_err(|_| format!("the time constraint {text} is no moment"))
}

/// The beginning of the bucket that holds a moment.
fn beginning(at: DateTime, grain: Option<Granularity>) -> Result<DateTime, String> {
    let unit = match grain {
        None | Some(Granularity::Nanosecond) => return Ok(at),
        Some(Granularity::Microsecond) => Unit::Microsecond,
        Some(Granularity::Millisecond) => Unit::Millisecond,
        Some(Granularity::Second) => Unit::Second,
        Some(Granularity::Minute) => Unit::Minute,
        Some(Granularity::Hour) => Unit::Hour,
        Some(Granularity::Day) => Unit::Day,
        Some(Granularity::Week) => {
            let back = i64::from(at.weekday().to_monday_zero_offset());
            return day(at.date().checked_sub(jiff::Span::new().days(back)));
        }
        Some(Granularity::Month) => return Ok(at.date().first_of_month().into()),
        Some(Granularity::Quarter) => {
            let month = (at.month() - 1) / 3 * 3 + 1;
            return day(Date::new(at.year(), month, 1));
        }
        Some(Granularity::Year) => return Ok(at.date().first_of_year().into()),
    };
    let down = jiff::civil::DateTimeRound::new()
        .smallest(unit)
        .mode(RoundMode::Floor);
    at.round(down).map_err(|error| error.to_string())
}

fn day(date: Result<Date, jiff::Error>) -> Result<DateTime, String> {
    date.map(DateTime::from).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Case, question};

    fn asked(mut case: serde_json::Value) -> serde_json::Value {
        case["id"] = "case".into();
        case["model"] = "SIMPLE_MODEL".into();
        case["expected"] = json!({"columns": [], "rows": []});
        let case: Case = serde_json::from_value(case).unwrap();
        serde_json::to_value(question(&case, None).unwrap()).unwrap()
    }

    #[test]
    fn whole_days_are_a_period() {
        let query = asked(json!({
            "metrics": ["bookings"],
            "group_bys": ["metric_time"],
            "time_constraint": ["2020-01-01", "2020-01-31"],
            "order_bys": ["-bookings", "metric_time"],
        }));
        let expected = json!({
            "metrics": ["bookings"],
            "group_by": ["metric_time"],
            "time_range": {"start": "2020-01-01", "end": "2020-01-31"},
            "order_by": [
                {"by": "bookings", "descending": true},
                {"by": "metric_time", "descending": false},
            ],
        });
        assert_eq!(query, expected);
    }

    #[test]
    fn moments_keep_the_buckets_that_hold_them() {
        let query = asked(json!({
            "group_bys": ["metric_time__month", "metric_time__minute"],
            "time_constraint": ["2020-01-01 02:00:25", null],
        }));
        let filters = json!([
            {"dimension": "metric_time__minute", "op": "gte", "values": ["2020-01-01T02:00:00"]},
        ]);
        assert_eq!(query["filters"], filters);
        assert!(query.get("time_range").is_none());
    }

    #[test]
    fn objects_are_names_with_a_grain_or_a_part() {
        let query = asked(json!({"group_by_objs": [
            {"name": "booking__ds", "grain": "alien_day"},
            {"name": "metric_time", "date_part": "DOW"},
            {"name": "listing"},
        ]}));
        let names = json!([
            "booking__ds__alien_day",
            "metric_time__extract_dow",
            "listing"
        ]);
        assert_eq!(query["group_by"], names);
    }
}
