//! Parts of a longer period: "first two weeks of May", "last 10 days of March", "second fortnight of
//! October". `resolve` asks for them.

use almanac_metrics::TimeRange;

use super::calendar::day;
use super::{Calendar, Unit};

/// The nth `count` units of a whole, from its end where `nth` is below zero; `None` where it has no
/// such part. Weeks of a longer period are counted in sevens from its first day.
pub(super) fn piece(
    calendar: &Calendar,
    (nth, count, of_unit): (i32, i32, Unit),
    (unit_of_whole, whole): (Unit, TimeRange),
) -> Option<TimeRange> {
    let TimeRange { start, end } = whole;
    let from_end = nth < 0;
    let range = match of_unit {
        Unit::Day | Unit::Week => {
            let days = if of_unit == Unit::Week { 7 } else { 1 } * count;
            let first = if from_end {
                day(end, 1 - days)
            } else {
                day(start, days * (nth - 1))
            };
            TimeRange {
                start: first,
                end: day(first, days - 1),
            }
        }
        Unit::Half | Unit::Fortnight if unit_of_whole == Unit::Month && count == 1 => {
            let middle = day(start, 14);
            let first = TimeRange { start, end: middle };
            let second = TimeRange {
                start: day(middle, 1),
                end,
            };
            match nth {
                1 => first,
                2 | -1 => second,
                _ => return None,
            }
        }
        piece => {
            let first = if from_end {
                calendar.shift(piece, calendar.start_of(piece, end), 1 - count)
            } else {
                calendar.shift(piece, start, (nth - 1) * count)
            };
            TimeRange {
                start: first,
                end: day(calendar.shift(piece, first, count), -1),
            }
        }
    };
    (range.start >= start && range.end <= end).then_some(range)
}
