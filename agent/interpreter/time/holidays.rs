//! The days commerce waits for: Black Friday, Christmas, Easter, Carnival, Mother's Day. Read by
//! `absolute`; without a year the latest that has begun.

use almanac_metrics::TimeRange;
use jiff::civil::{Date, Weekday, date};

use super::absolute::year_after;
use super::calendar::day;
use super::grammar::{Parsed, Words};
use super::{Unit, words};

#[derive(Debug, Clone, Copy)]
enum Holiday {
    BlackFriday,
    CyberMonday,
    Thanksgiving,
    ChristmasEve,
    Christmas,
    NewYearsEve,
    NewYear,
    Epiphany,
    Valentine,
    Halloween,
    GoodFriday,
    Easter,
    HolyWeek,
    Carnival,
    MothersDay,
}

const NAMES: &[(&str, Holiday)] = &[
    ("black friday", Holiday::BlackFriday),
    ("viernes negro", Holiday::BlackFriday),
    ("cyber monday", Holiday::CyberMonday),
    ("ciberlunes", Holiday::CyberMonday),
    ("thanksgiving day", Holiday::Thanksgiving),
    ("thanksgiving", Holiday::Thanksgiving),
    ("accion de gracias", Holiday::Thanksgiving),
    ("christmas eve", Holiday::ChristmasEve),
    ("nochebuena", Holiday::ChristmasEve),
    ("vespera de natal", Holiday::ChristmasEve),
    ("christmas day", Holiday::Christmas),
    ("christmas", Holiday::Christmas),
    ("xmas", Holiday::Christmas),
    ("navidad", Holiday::Christmas),
    ("dia de navidad", Holiday::Christmas),
    ("natal", Holiday::Christmas),
    ("dia de natal", Holiday::Christmas),
    ("new years eve", Holiday::NewYearsEve),
    ("new year eve", Holiday::NewYearsEve),
    ("nochevieja", Holiday::NewYearsEve),
    ("vespera de ano novo", Holiday::NewYearsEve),
    ("new years day", Holiday::NewYear),
    ("new year day", Holiday::NewYear),
    ("ano nuevo", Holiday::NewYear),
    ("ano novo", Holiday::NewYear),
    ("epiphany", Holiday::Epiphany),
    ("dia de reyes", Holiday::Epiphany),
    ("dia de reis", Holiday::Epiphany),
    ("valentines day", Holiday::Valentine),
    ("valentine day", Holiday::Valentine),
    ("valentines", Holiday::Valentine),
    ("san valentin", Holiday::Valentine),
    ("halloween", Holiday::Halloween),
    ("good friday", Holiday::GoodFriday),
    ("viernes santo", Holiday::GoodFriday),
    ("sexta feira santa", Holiday::GoodFriday),
    ("easter week", Holiday::HolyWeek),
    ("holy week", Holiday::HolyWeek),
    ("semana santa", Holiday::HolyWeek),
    ("easter sunday", Holiday::Easter),
    ("easter", Holiday::Easter),
    ("domingo de pascua", Holiday::Easter),
    ("pascua", Holiday::Easter),
    ("pascoa", Holiday::Easter),
    ("domingo de pascoa", Holiday::Easter),
    ("carnival", Holiday::Carnival),
    ("carnaval", Holiday::Carnival),
    ("carnavales", Holiday::Carnival),
    ("mothers day", Holiday::MothersDay),
    ("mother day", Holiday::MothersDay),
    ("dia de la madre", Holiday::MothersDay),
    ("dia das maes", Holiday::MothersDay),
    ("dia da mae", Holiday::MothersDay),
];

/// A holiday at `i`, with the year where it is said.
pub(super) fn holiday(w: &Words<'_>, i: usize) -> Parsed {
    let led = words::last(w.at(i)) || words::this(w.at(i));
    let at = i + usize::from(led);
    let (holiday, next) = NAMES
        .iter()
        .filter_map(|(name, holiday)| Some((*holiday, w.says(at, name)?)))
        .max_by_key(|found| found.1)?;
    let next = next
        + usize::from(matches!(
            w.at(next),
            "pasado" | "pasada" | "passado" | "passada"
        ));
    let calendar = w.calendar;
    let of_year = |year: i16| holiday.range(year, &calendar.country);
    let (range, next) = match year_after(w, next) {
        Some((year, next)) => (of_year(year)?, next),
        None => {
            let this_year = calendar.today.year();
            let latest = (0..2)
                .filter_map(|back| of_year(this_year - back))
                .find(|range| range.start <= calendar.today)?;
            (latest, next)
        }
    };
    let mut when = calendar.begun(Unit::Day, range);
    // A single day is never partly over for the reader.
    when.to_date &= range.start != range.end;
    Some((when, next))
}

impl Holiday {
    fn range(self, year: i16, country: &str) -> Option<TimeRange> {
        let one = |date: Date| TimeRange {
            start: date,
            end: date,
        };
        let thanksgiving = date(year, 11, 1)
            .nth_weekday_of_month(4, Weekday::Thursday)
            .ok()?;
        let easter = easter(year);
        Some(match self {
            Self::Thanksgiving => one(thanksgiving),
            Self::BlackFriday => one(day(thanksgiving, 1)),
            Self::CyberMonday => one(day(thanksgiving, 4)),
            Self::ChristmasEve => one(date(year, 12, 24)),
            Self::Christmas => one(date(year, 12, 25)),
            Self::NewYearsEve => one(date(year, 12, 31)),
            Self::NewYear => one(date(year, 1, 1)),
            Self::Epiphany => one(date(year, 1, 6)),
            Self::Valentine => one(date(year, 2, 14)),
            Self::Halloween => one(date(year, 10, 31)),
            Self::GoodFriday => one(day(easter, -2)),
            Self::Easter => one(easter),
            Self::HolyWeek => TimeRange {
                start: day(easter, -7),
                end: easter,
            },
            Self::Carnival => TimeRange {
                start: day(easter, -50),
                end: day(easter, -47),
            },
            Self::MothersDay => one(mothers_day(year, country, easter)?),
        })
    }
}

/// Easter Sunday of the Gregorian calendar, by the anonymous computus (Meeus, Jones, Butcher).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let since_march = h + l - 7 * m + 21;
    day(date(year, 3, 1), since_march)
}

fn mothers_day(year: i16, country: &str, easter: Date) -> Option<Date> {
    let sunday = |month: i8, n: i8| {
        date(year, month, 1)
            .nth_weekday_of_month(n, Weekday::Sunday)
            .ok()
    };
    match country {
        "ES" | "PT" | "AO" | "MZ" | "HU" | "LT" => sunday(5, 1),
        "MX" | "GT" | "SV" => Some(date(year, 5, 10)),
        "PY" => Some(date(year, 5, 15)),
        "PL" => Some(date(year, 5, 26)),
        "BO" => Some(date(year, 5, 27)),
        "NI" => Some(date(year, 5, 30)),
        "CR" => Some(date(year, 8, 15)),
        "PA" => Some(date(year, 12, 8)),
        "AR" => sunday(10, 3),
        "GB" | "IE" => Some(day(easter, -21)),
        "DO" | "SE" => sunday(5, -1),
        "FR" => {
            let last = sunday(5, -1)?;
            if last == day(easter, 49) {
                sunday(6, 1)
            } else {
                Some(last)
            }
        }
        _ => sunday(5, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanacs_say() {
        for (year, month, day) in [
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }
}
