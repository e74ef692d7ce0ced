//! The rhythm of the year and the week: how much of an average day's business a day sees.

use jiff::civil::{Date, Weekday};

use crate::catalogue::Category;

/// The day after November's fourth Thursday.
pub(crate) fn black_friday(year: i16) -> Option<Date> {
    let november = Date::new(year, 11, 1).ok()?;
    november
        .nth_weekday_of_month(4, Weekday::Thursday)
        .ok()?
        .tomorrow()
        .ok()
}

/// Days from Black Friday of the same year; negative before it.
pub(crate) fn from_black_friday(day: Date) -> Option<i32> {
    black_friday(day.year()).map(|friday| (day - friday).get_days())
}

/// Orders of a day in a country over those of an average day there.
pub(crate) fn demand(country: &str, day: Date) -> f64 {
    week(day.weekday()) * year(day) * black_week(day) * turn_of_the_year(day) * local(country, day)
}

/// How much better visits convert on days of great demand.
pub(crate) fn urgency(day: Date) -> f64 {
    black_week(day).powf(0.4)
}

/// How well a category sells in a month over its average.
pub(crate) fn taste(category: Category, day: Date) -> f64 {
    match (category, day.month()) {
        (Category::Candles, 10..=12) | (Category::Garden, 4..=7) => 1.9,
        (Category::Bedding | Category::Rugs, 6..=8) => 1.3,
        (Category::Garden, 11..=12 | 1) => 0.6,
        (Category::Tableware | Category::Decor, 11..=12) => 1.4,
        (Category::Office, 1 | 8 | 9) => 1.4,
        _ => 1.0,
    }
}

fn week(day: Weekday) -> f64 {
    match day {
        Weekday::Monday => 1.06,
        Weekday::Tuesday => 1.03,
        Weekday::Wednesday => 1.01,
        Weekday::Thursday => 0.99,
        Weekday::Friday => 0.94,
        Weekday::Saturday => 0.90,
        Weekday::Sunday => 1.07,
    }
}

/// A gentle wave: quiet around April, busy around October.
fn year(day: Date) -> f64 {
    let turn = f64::from(day.day_of_year()) / 365.0;
    1.0 + 0.07 * (std::f64::consts::TAU * (turn - 0.55)).sin()
}

fn black_week(day: Date) -> f64 {
    match from_black_friday(day) {
        Some(-7..=-5) => 1.12,
        Some(-4..=-2) => 1.3,
        Some(-1) => 1.55,
        Some(0) => 3.1,
        Some(1) => 1.9,
        Some(2) => 1.6,
        Some(3) => 2.2,
        _ => 1.0,
    }
}

fn turn_of_the_year(day: Date) -> f64 {
    match (day.month(), day.day()) {
        (12, 5..=12) => 1.22,
        (12, 13..=19) => 1.38,
        (12, 20..=22) => 1.1,
        (12, 24) => 0.62,
        (12, 25) => 0.45,
        (12, 31) | (1, 1) => 0.58,
        (1, 2..=14) => 0.9,
        _ => 1.0,
    }
}

/// Mother's Day in Brazil, El Buen Fin in Mexico, the Three Kings in Spain.
fn local(country: &str, day: Date) -> f64 {
    match country {
        "BR" if in_days_before(mothers_day(day.year()), day, 8) => 1.3,
        "MX" if in_days_before(Date::new(day.year(), 5, 10).ok(), day, 6) => 1.28,
        "MX" if matches!(from_black_friday(day), Some(-14..=-11)) => 1.65,
        "ES" if day.month() == 1 && (2..=5).contains(&day.day()) => 1.45,
        "US" if from_black_friday(day) == Some(-1) => 0.8,
        _ => 1.0,
    }
}

fn mothers_day(year: i16) -> Option<Date> {
    Date::new(year, 5, 1)
        .ok()?
        .nth_weekday_of_month(2, Weekday::Sunday)
        .ok()
}

fn in_days_before(feast: Option<Date>, day: Date, days: i32) -> bool {
    feast.is_some_and(|feast| (1..=days).contains(&(feast - day).get_days()))
}
