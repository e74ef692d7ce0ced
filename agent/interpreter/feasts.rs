//! Feasts that move: Black Friday a year before is no date of the same number. Read by `read` from
//! the words of a period; `compose` compares with it.

use almanac_metrics::TimeRange;

use crate::spans::{Item, Piece};
use crate::time::{Calendar, Meaning, Unit, phrases};

/// The same feast in the year before, where one that moved was named: its words with either year
/// are the day that was meant, and another day than the calendar's a year back.
pub(crate) fn year_before(
    items: &[Item],
    words: &[&str],
    calendar: &Calendar,
) -> Option<TimeRange> {
    items.iter().find_map(|item| {
        let Piece::Time(Meaning::Period(when)) = item.piece else {
            return None;
        };
        let days = (when.range.end - when.range.start).get_days();
        if days > LONGEST || when.unit != Unit::Day {
            return None;
        }
        let said = words.get(item.start..item.end)?;
        let year = when.range.start.year();
        let in_year = |name: &[&str], year: i16| {
            let number = year.to_string();
            let dated: Vec<&str> = name.iter().copied().chain([number.as_str()]).collect();
            let mut found = phrases(&dated, calendar).into_iter();
            found.find_map(|phrase| match phrase.meaning {
                Meaning::Period(when) if phrase.start == 0 && phrase.end == dated.len() => {
                    Some(when.range)
                }
                _ => None,
            })
        };
        let name = (1..=said.len())
            .filter_map(|count| said.get(..count))
            .find(|name| in_year(name, year) == Some(when.range))?;
        let before = in_year(name, year - 1)?;
        (before != calendar.years(when.range, -1)).then_some(before)
    })
}

/// Days of the longest feast.
const LONGEST: i32 = 7;
