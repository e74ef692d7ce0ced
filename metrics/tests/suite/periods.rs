//! What a period is compared with, rule by rule.

use almanac_agent_contract::{Grain, Settings, Weekday};
use almanac_metrics::{Comparison, TimeRange, base_range};

use super::shop::day;

fn range(start: &str, end: &str) -> TimeRange {
    TimeRange {
        start: day(start),
        end: day(end),
    }
}

#[track_caller]
fn previous(start: &str, end: &str, base_start: &str, base_end: &str) {
    let settings = Settings::default();
    let base = base_range(
        range(start, end),
        Comparison::PreviousPeriod,
        None,
        &settings,
    );
    assert_eq!(base, range(base_start, base_end), "{start} to {end}");
}

#[test]
fn whole_months_quarters_and_years_meet_as_many_before() {
    previous("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28");
    previous("2026-01-01", "2026-01-31", "2025-12-01", "2025-12-31");
    previous("2026-04-01", "2026-06-30", "2026-01-01", "2026-03-31");
    previous("2026-03-01", "2026-04-30", "2026-01-01", "2026-02-28");
    previous("2026-01-01", "2026-12-31", "2025-01-01", "2025-12-31");
    previous("2024-02-01", "2024-02-29", "2024-01-01", "2024-01-31");
}

#[test]
fn to_date_meets_the_same_elapsed_part() {
    previous("2026-11-01", "2026-11-19", "2026-10-01", "2026-10-19");
    previous("2026-03-01", "2026-03-30", "2026-02-01", "2026-02-28");
    previous("2026-10-01", "2026-11-19", "2026-07-01", "2026-08-19");
    previous("2026-01-01", "2026-11-19", "2025-01-01", "2025-11-19");
    // Monday to Wednesday.
    previous("2026-11-16", "2026-11-18", "2026-11-09", "2026-11-11");
}

#[test]
fn other_days_meet_as_many_before() {
    previous("2026-11-16", "2026-11-16", "2026-11-15", "2026-11-15");
    previous("2026-11-09", "2026-11-15", "2026-11-02", "2026-11-08");
    previous("2026-11-12", "2026-11-18", "2026-11-05", "2026-11-11");
    previous("2026-08-22", "2026-11-19", "2026-05-24", "2026-08-21");
    previous("2026-02-01", "2026-03-10", "2025-12-25", "2026-01-31");
}

#[test]
fn a_week_begins_when_the_workspace_says() {
    let settings = Settings {
        week_start: Weekday::Sunday,
        ..Settings::default()
    };
    // Sunday to Tuesday.
    let base = base_range(
        range("2026-11-15", "2026-11-17"),
        Comparison::PreviousPeriod,
        None,
        &settings,
    );
    assert_eq!(base, range("2026-11-08", "2026-11-10"));
}

#[test]
fn last_year_keeps_the_dates_and_weeks_keep_their_days() {
    let settings = Settings::default();
    let last_year =
        |range, grain| base_range(range, Comparison::SamePeriodLastYear, grain, &settings);
    assert_eq!(
        last_year(range("2024-02-29", "2024-03-31"), Some(Grain::Day)),
        range("2023-02-28", "2023-03-31")
    );
    assert_eq!(
        last_year(range("2026-11-09", "2026-11-15"), None),
        range("2025-11-09", "2025-11-15")
    );
    // Monday to Sunday, 52 weeks before: Monday to Sunday.
    assert_eq!(
        last_year(range("2026-11-09", "2026-11-15"), Some(Grain::Week)),
        range("2025-11-10", "2025-11-16")
    );
}

#[test]
fn the_calendar_has_an_end_and_a_beginning() {
    previous(
        "-009999-01-01",
        "-009999-01-31",
        "-009999-01-01",
        "-009999-01-01",
    );
    previous("9999-12-01", "9999-12-31", "9999-11-01", "9999-11-30");
}
