//! Weekdays, weekends and business days counted from a day. `resolve` asks for them.

use almanac_metrics::TimeRange;
use jiff::civil::{Date, Weekday};

use super::calendar::{day, month_at, month_index};

/// The nth latest such weekday before today.
pub(super) fn latest(today: Date, weekday: Weekday, n: i32) -> Date {
    let back = i32::from(today.weekday().since(weekday));
    day(today, -back - if back == 0 { 7 * n } else { 7 * (n - 1) })
}

/// The nth latest weekend; one that is running counts unless it must be over.
pub(super) fn weekend(today: Date, n: i32, over: bool) -> TimeRange {
    let since = i32::from(today.weekday().since(Weekday::Saturday));
    let running = since < 2 && over;
    let saturday = day(today, -since - 7 * (n - 1) - if running { 7 } else { 0 });
    TimeRange {
        start: saturday,
        end: day(saturday, 1),
    }
}

/// The days from the nth business day before today through the last one.
pub(super) fn workdays(today: Date, n: i32) -> TimeRange {
    let is_workday = |date: Date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let before = |mut date: Date| {
        date = day(date, -1);
        while !is_workday(date) {
            date = day(date, -1);
        }
        date
    };
    let end = before(today);
    let start = (1..n.min(2000)).fold(end, |date, _| before(date));
    TimeRange { start, end }
}

/// The latest day of that number by today, in a month that has it; where a weekday was said with
/// it, only the latest such day may be it.
pub(super) fn day_of_month(today: Date, number: i8, weekday: Option<Weekday>) -> Option<Date> {
    let found = (0..3).find_map(|back| {
        let month = month_at(month_index(today) - back);
        Date::new(month.year(), month.month(), number)
            .ok()
            .filter(|date| *date <= today)
    })?;
    weekday
        .is_none_or(|weekday| found.weekday() == weekday)
        .then_some(found)
}

/// The nth such weekday of a period, from its end where `nth` is below zero.
pub(super) fn nth_weekday(of: TimeRange, nth: i32, weekday: Weekday) -> Option<Date> {
    let date = if nth < 0 {
        let since = i32::from(of.end.weekday().since(weekday));
        day(of.end, -since + 7 * (nth + 1))
    } else {
        let until = i32::from(weekday.since(of.start.weekday()));
        day(of.start, until + 7 * (nth - 1))
    };
    if date < of.start || date > of.end {
        return None;
    }
    Some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weekends_are_found_from_every_day() {
        for (today, saturday) in [(16, 14), (20, 14), (21, 14), (22, 14), (23, 21)] {
            let range = weekend(date(2026, 11, today), 1, true);
            assert_eq!(range.start, date(2026, 11, saturday), "on the {today}");
        }
        assert_eq!(
            weekend(date(2026, 11, 22), 1, false).start,
            date(2026, 11, 21)
        );
    }
}
