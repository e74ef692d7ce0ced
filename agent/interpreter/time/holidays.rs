//! The days commerce waits for: Black Friday, Christmas, Easter, Carnival, Mother's Day by
//! country. `resolve` asks for one of a year.

use almanac_metrics::TimeRange;
use jiff::civil::{Date, Weekday, date};

use super::calendar::day;

/// A day or days that come every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holiday {
    NewYear,
    Epiphany,
    Valentine,
    /// "dia dos namorados": June in Brazil, Valentine's Day elsewhere.
    Lovers,
    WomensDay,
    StPatrick,
    Carnival,
    MardiGras,
    AshWednesday,
    PalmSunday,
    HolyWeek,
    HolyThursday,
    GoodFriday,
    Easter,
    EasterMonday,
    CorpusChristi,
    LabourDay,
    MemorialDay,
    PresidentsDay,
    MothersDay,
    FathersDay,
    ChildrensDay,
    Halloween,
    AllSaints,
    AllSouls,
    SinglesDay,
    /// Mexico's sale before the holiday of the Revolution.
    BuenFin,
    Thanksgiving,
    BlackFriday,
    /// Black Friday through Sunday.
    BlackWeekend,
    /// Black Friday through Cyber Monday.
    Bfcm,
    CyberMonday,
    /// The week that Cyber Monday begins.
    CyberWeek,
    GivingTuesday,
    ChristmasEve,
    Christmas,
    BoxingDay,
    NewYearsEve,
}

impl Holiday {
    /// Its days in a year; `None` where the country does not keep it on a day that can be told.
    pub(super) fn range(self, year: i16, country: &str) -> Option<TimeRange> {
        let one = |date: Date| TimeRange {
            start: date,
            end: date,
        };
        let days = |start: Date, n: i32| TimeRange {
            start,
            end: day(start, n - 1),
        };
        let thanksgiving = nth(year, 11, 4, Weekday::Thursday)?;
        let easter = easter(year);
        Some(match self {
            Self::NewYear => one(date(year, 1, 1)),
            Self::Epiphany => one(date(year, 1, 6)),
            Self::Valentine => one(date(year, 2, 14)),
            Self::Lovers if country == "BR" => one(date(year, 6, 12)),
            Self::Lovers => one(date(year, 2, 14)),
            Self::WomensDay => one(date(year, 3, 8)),
            Self::StPatrick => one(date(year, 3, 17)),
            Self::Carnival => days(day(easter, -50), 4),
            Self::MardiGras => one(day(easter, -47)),
            Self::AshWednesday => one(day(easter, -46)),
            Self::PalmSunday => one(day(easter, -7)),
            Self::HolyWeek => days(day(easter, -7), 8),
            Self::HolyThursday => one(day(easter, -3)),
            Self::GoodFriday => one(day(easter, -2)),
            Self::Easter => one(easter),
            Self::EasterMonday => one(day(easter, 1)),
            Self::CorpusChristi => one(day(easter, 60)),
            Self::LabourDay if matches!(country, "US" | "CA") => {
                one(nth(year, 9, 1, Weekday::Monday)?)
            }
            Self::LabourDay => one(date(year, 5, 1)),
            Self::MemorialDay => one(nth(year, 5, -1, Weekday::Monday)?),
            Self::PresidentsDay => one(nth(year, 2, 3, Weekday::Monday)?),
            Self::MothersDay => one(mothers_day(year, country, easter)?),
            Self::FathersDay => one(fathers_day(year, country, easter)?),
            Self::ChildrensDay => one(childrens_day(year, country)?),
            Self::Halloween => one(date(year, 10, 31)),
            Self::AllSaints => one(date(year, 11, 1)),
            Self::AllSouls => one(date(year, 11, 2)),
            Self::SinglesDay => one(date(year, 11, 11)),
            Self::BuenFin => buen_fin(year)?,
            Self::Thanksgiving => one(thanksgiving),
            Self::BlackFriday => one(day(thanksgiving, 1)),
            Self::BlackWeekend => days(day(thanksgiving, 1), 3),
            Self::Bfcm => days(day(thanksgiving, 1), 4),
            Self::CyberMonday => one(day(thanksgiving, 4)),
            Self::CyberWeek => days(day(thanksgiving, 4), 7),
            Self::GivingTuesday => one(day(thanksgiving, 5)),
            Self::ChristmasEve => one(date(year, 12, 24)),
            Self::Christmas => one(date(year, 12, 25)),
            Self::BoxingDay => one(date(year, 12, 26)),
            Self::NewYearsEve => one(date(year, 12, 31)),
        })
    }
}

fn nth(year: i16, month: i8, n: i8, weekday: Weekday) -> Option<Date> {
    date(year, month, 1).nth_weekday_of_month(n, weekday).ok()
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
    let sunday = |month: i8, n: i8| nth(year, month, n, Weekday::Sunday);
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

fn fathers_day(year: i16, country: &str, easter: Date) -> Option<Date> {
    let sunday = |month: i8, n: i8| nth(year, month, n, Weekday::Sunday);
    match country {
        "ES" | "PT" | "IT" | "BO" | "HN" | "AO" | "MZ" => Some(date(year, 3, 19)),
        "BR" => sunday(8, 2),
        "UY" => sunday(7, 2),
        "DO" => sunday(7, -1),
        "AU" | "NZ" => sunday(9, 1),
        "GT" | "SV" => Some(date(year, 6, 17)),
        "NI" | "PL" => Some(date(year, 6, 23)),
        // Ascension Day.
        "DE" => Some(day(easter, 39)),
        _ => sunday(6, 3),
    }
}

fn childrens_day(year: i16, country: &str) -> Option<Date> {
    match country {
        "BR" => Some(date(year, 10, 12)),
        "PT" | "AO" | "MZ" => Some(date(year, 6, 1)),
        "MX" => Some(date(year, 4, 30)),
        "AR" | "PE" => nth(year, 8, 3, Weekday::Sunday),
        _ => None,
    }
}

/// Friday to the third Monday of November, save the years it was announced longer.
fn buen_fin(year: i16) -> Option<TimeRange> {
    let (start, end) = match year {
        2020 => (date(2020, 11, 9), date(2020, 11, 20)),
        2021 => (date(2021, 11, 10), date(2021, 11, 16)),
        2025 => (date(2025, 11, 13), date(2025, 11, 17)),
        _ => {
            let monday = nth(year, 11, 3, Weekday::Monday)?;
            (day(monday, -3), monday)
        }
    };
    (year >= 2011).then_some(TimeRange { start, end })
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
