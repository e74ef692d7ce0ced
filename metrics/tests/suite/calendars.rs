//! Fiscal years, weeks that begin on other days, granularities of one's own, parts of dates, and
//! what periods of all these are compared with.

use almanac_agent_contract::{Grain, Settings, Value, Weekday};
use almanac_metrics::{Alignment, Comparison, MetricQuery, Operator, TimeRange};

use super::both::{Both, Rows, both};
use super::shop::{Asking, ask, day};

const DEFINITIONS: &str = "
models:
  - name: sales
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: sale
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: user, entity: {type: foreign, name: user}}
    metrics:
      - {name: amount, agg: sum, expr: amount}
      - {name: dense, agg: sum, expr: amount, join_to_timespine: true, fill_nulls_with: 0}
      - {name: by_month, agg: sum, expr: amount, time_granularity: month}
  - name: visits
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: visit
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: user, entity: {type: foreign, name: user}}
    metrics:
      - {name: visits, agg: count, expr: 1}
metrics:
  - {name: running, type: cumulative, input_metric: amount, period_agg: last}
  - {name: month_to_date, type: cumulative, input_metric: amount, grain_to_date: month, period_agg: last}
  - {name: week_to_date, type: cumulative, input_metric: amount, grain_to_date: week, period_agg: last}
  - {name: week_before, type: derived, expr: before, input_metrics: [{name: amount, alias: before, offset_window: 1 week}]}
  - {name: bought, type: conversion, entity: user, base_metric: visits, conversion_metric: amount, window: 3 days, calculation: conversions}
";

const SEASONS: &str = "
  - name: calendar
    time_spine:
      standard_granularity_column: day
      custom_granularities: [{name: season}]
    columns: [{name: day, granularity: day}]
metrics:
  - {name: season_before, type: derived, expr: before, input_metrics: [{name: amount, alias: before, offset_window: 1 season}]}
";

async fn sales(rows: &'static str, settings: &Settings) -> Both {
    let tables = [
        Rows {
            name: "sales",
            columns: "day date, user text, amount number",
            rows,
        },
        Rows {
            name: "visits",
            columns: "day date, user text",
            rows: "2026-03-01,u\n2026-03-02,v\n2026-02-01,u\n",
        },
    ];
    both(DEFINITIONS, &tables, settings).await
}

fn fiscal(month: i8) -> Settings {
    Settings {
        fiscal_year_start_month: month,
        ..Settings::default()
    }
}

fn previous(mut query: MetricQuery) -> MetricQuery {
    query.compare = vec![Comparison::PreviousPeriod];
    query
}

#[tokio::test]
async fn fiscal_quarters_and_years() {
    const ROWS: &str = "2026-01-31,u,1\n2026-02-01,u,2\n2026-03-31,u,4\n2026-04-01,u,8\n\
                        2026-05-31,u,16\n2026-07-31,u,32\n,u,64\n";
    let mut april = sales(ROWS, &fiscal(4)).await;
    april
        .holds(
            ask(&["amount"]).by("metric_time__fiscal_year"),
            "- | 64\n2026-04-01 | 56\n2025-04-01 | 7",
        )
        .await;
    april
        .holds(
            ask(&["amount"]).by("metric_time__fiscal_quarter"),
            "- | 64\n2026-07-01 | 32\n2026-04-01 | 24\n2026-01-01 | 7",
        )
        .await;
    april.end().await;
    let mut february = sales(ROWS, &fiscal(2)).await;
    february
        .holds(
            ask(&["amount"]).by("sale__day__fiscal_quarter"),
            // From February, from May (with the 31st) and from November.
            "- | 64\n2026-05-01 | 48\n2026-02-01 | 14\n2025-11-01 | 1",
        )
        .await;
    february
        .holds(
            ask(&["amount", "running"])
                .by("metric_time__fiscal_year")
                .during("2026-01-01", "2026-12-31"),
            "2026-02-01 | 62 | 63\n2025-02-01 | 1 | 1",
        )
        .await;
    // The fiscal quarter from May, and the one from February that it follows.
    february
        .holds(
            previous(
                ask(&["amount"])
                    .by("metric_time__fiscal_quarter")
                    .during("2026-05-01", "2026-07-31"),
            ),
            "2026-05-01 | 48 | 14",
        )
        .await;
    february.end().await;
}

#[tokio::test]
async fn weeks_that_begin_on_other_days() {
    // Friday 6 to Monday 9 March 2026, and Sunday the 15th.
    const ROWS: &str =
        "2026-03-06,u,1\n2026-03-07,u,2\n2026-03-08,u,4\n2026-03-09,u,8\n2026-03-15,u,16\n";
    for (start, running, week_to_date, dense, before) in [
        (
            Weekday::Sunday,
            "2026-03-01 | 3\n2026-03-08 | 15\n2026-03-15 | 31",
            "2026-03-07 | 3\n2026-03-08 | 4\n2026-03-09 | 12",
            "2026-03-01 | 3\n2026-03-08 | 12\n2026-03-15 | 16\n2026-03-22 | 0",
            "2026-03-08 | 3\n2026-03-15 | 12\n2026-03-22 | 16",
        ),
        (
            Weekday::Saturday,
            "2026-02-28 | 1\n2026-03-07 | 15\n2026-03-14 | 31",
            "2026-03-07 | 2\n2026-03-08 | 6\n2026-03-09 | 14",
            "2026-02-28 | 1\n2026-03-07 | 14\n2026-03-14 | 16\n2026-03-21 | 0",
            "2026-03-07 | 1\n2026-03-14 | 14\n2026-03-21 | 16",
        ),
    ] {
        let settings = Settings {
            week_start: start,
            ..Settings::default()
        };
        let mut sales = sales(ROWS, &settings).await;
        sales
            .holds(ask(&["running"]).per(Grain::Week), running)
            .await;
        sales
            .holds(
                ask(&["week_to_date"])
                    .per(Grain::Day)
                    .during("2026-03-07", "2026-03-09"),
                week_to_date,
            )
            .await;
        sales
            .holds(
                ask(&["dense"])
                    .per(Grain::Week)
                    .during("2026-03-06", "2026-03-22"),
                dense,
            )
            .await;
        sales
            .holds(ask(&["week_before"]).per(Grain::Week), before)
            .await;
        sales.end().await;
    }
}

#[tokio::test]
async fn parts_of_dates_and_several_granularities() {
    // A Monday, a Sunday, a Monday.
    const ROWS: &str = "2026-03-02,u,1\n2026-03-08,u,2\n2026-04-06,u,4\n";
    let mut sales = sales(ROWS, &Settings::default()).await;
    sales
        .holds(
            ask(&["amount"]).by("metric_time__extract_dow"),
            "1 | 5\n7 | 2",
        )
        .await;
    sales
        .holds(
            ask(&["amount"])
                .by("metric_time__month")
                .by("metric_time__week")
                .by("metric_time__extract_day"),
            "2026-04-01 | 2026-04-06 | 6 | 4\n2026-03-01 | 2026-03-02 | 8 | 2\n2026-03-01 | 2026-03-02 | 2 | 1",
        )
        .await;
    sales
        .holds(
            ask(&["running"])
                .by("metric_time__month")
                .by("metric_time__quarter"),
            "2026-04-01 | 2026-04-01 | 7\n2026-03-01 | 2026-01-01 | 3",
        )
        .await;
    sales
        .holds(
            ask(&["amount"]).only(
                "metric_time__extract_dow",
                Operator::In,
                &[Value::Integer(1)],
            ),
            "5",
        )
        .await;
    // What a metric is grouped by where nothing is said.
    sales
        .holds(
            ask(&["by_month"]).by("metric_time"),
            "2026-03-01 | 3\n2026-04-01 | 4",
        )
        .await;
    // Mondays of April beside those of March, and day by day.
    sales
        .holds(
            previous(
                ask(&["amount"])
                    .by("metric_time__extract_dow")
                    .during("2026-04-01", "2026-04-30"),
            ),
            "1 | 4 | 1\n7 | - | 2",
        )
        .await;
    sales
        .holds(
            previous(
                ask(&["amount"])
                    .per(Grain::Day)
                    .by("metric_time__extract_dow")
                    .during("2026-04-01", "2026-04-30"),
            ),
            // 2 March meets Thursday 2 April, 8 March Wednesday 8 April.
            "2026-04-02 | 4 | - | 1\n2026-04-06 | 1 | 4 | -\n2026-04-08 | 3 | - | 2",
        )
        .await;
    sales.end().await;
}

#[tokio::test]
async fn granularities_of_ones_own() {
    // Three seasons of three days each.
    let tables = [
        Rows {
            name: "sales",
            columns: "day date, user text, amount number",
            rows: "2026-03-01,u,1\n2026-03-03,u,2\n2026-03-04,u,4\n2026-03-08,u,8\n",
        },
        Rows {
            name: "visits",
            columns: "day date, user text",
            rows: "",
        },
        Rows {
            name: "calendar",
            columns: "day date, season date",
            rows: "2026-03-01,2026-03-01\n2026-03-02,2026-03-01\n2026-03-03,2026-03-01\n\
                   2026-03-04,2026-03-04\n2026-03-05,2026-03-04\n2026-03-06,2026-03-04\n\
                   2026-03-07,2026-03-07\n2026-03-08,2026-03-07\n2026-03-09,2026-03-07\n",
        },
    ];
    let definitions = DEFINITIONS.replace(
        "metrics:\n  - {name: running",
        &format!("{}  - {{name: running", &SEASONS[1..]),
    );
    let mut sales = both(&definitions, &tables, &Settings::default()).await;
    sales
        .holds(
            ask(&["amount"]).by("metric_time__season"),
            "2026-03-07 | 8\n2026-03-04 | 4\n2026-03-01 | 3",
        )
        .await;
    sales
        .holds(
            ask(&["amount"]).only(
                "metric_time__season",
                Operator::In,
                &[Value::Date(day("2026-03-01"))],
            ),
            "3",
        )
        .await;
    sales
        .holds(
            ask(&["season_before"]).per(Grain::Day),
            // Place by place: the first and third day of one season, the first of the next.
            "2026-03-04 | 1\n2026-03-06 | 2\n2026-03-07 | 4",
        )
        .await;
    sales
        .holds(
            ask(&["season_before"]).by("metric_time__season"),
            "2026-03-07 | 4\n2026-03-04 | 3",
        )
        .await;
    sales
        .holds(
            ask(&["running"]).by("metric_time__season"),
            "2026-03-07 | 15\n2026-03-04 | 7\n2026-03-01 | 3",
        )
        .await;
    sales
        .holds(
            ask(&["dense"])
                .by("metric_time__season")
                .during("2026-03-01", "2026-03-09"),
            "2026-03-07 | 8\n2026-03-04 | 4\n2026-03-01 | 3",
        )
        .await;
    // Days 4 to 6 beside days 1 to 3.
    sales
        .holds(
            previous(
                ask(&["amount"])
                    .by("metric_time__season")
                    .during("2026-03-04", "2026-03-06"),
            ),
            "2026-03-04 | 4 | 3",
        )
        .await;
    sales.end().await;
}

#[tokio::test]
async fn comparisons_of_every_type_of_metric() {
    // February and March: u buys on the 2nd of both.
    const ROWS: &str = "2026-02-02,u,1\n2026-02-20,v,2\n2026-03-02,u,4\n2026-03-03,v,8\n";
    let mut sales = sales(ROWS, &Settings::default()).await;
    let march = |metrics: &[&str]| previous(ask(metrics).during("2026-03-01", "2026-03-31"));
    sales
        .holds(
            march(&["running", "month_to_date", "bought"]),
            // Until the end of each month; what visits of each month led to within three days.
            "15 | 3 | 12 | 3 | 12 | 1",
        )
        .await;
    sales
        .holds(
            march(&["running", "bought"]).per(Grain::Month),
            "2026-03-01 | 15 | 3 | 12 | 1",
        )
        .await;
    let days = |metrics: &[&str]| {
        previous(
            ask(metrics)
                .per(Grain::Day)
                .during("2026-03-02", "2026-03-04"),
        )
    };
    // 2 to 4 March beside 27 February to 1 March.
    sales
        .holds(
            days(&["running", "dense"]),
            "2026-03-02 | 7 | 3 | 4 | 0\n2026-03-03 | 15 | 3 | 8 | 0\n2026-03-04 | 15 | 3 | 0 | 0",
        )
        .await;
    let mut month = ask(&["week_before"])
        .per(Grain::Day)
        .during("2026-03-09", "2026-03-10");
    month.compare = vec![Comparison::Range(TimeRange {
        start: day("2026-02-09"),
        end: day("2026-02-10"),
    })];
    sales
        .holds(month, "2026-03-09 | 4 | 1\n2026-03-10 | 8 | -")
        .await;
    // One's own time by its name is a series, too: Monday 2 March beside Monday 2 February.
    let mut weeks = ask(&["amount"])
        .by("sale__day__week")
        .during("2026-03-02", "2026-03-08");
    weeks.compare = vec![Comparison::Range(TimeRange {
        start: day("2026-02-02"),
        end: day("2026-02-08"),
    })];
    sales.holds(weeks, "2026-03-02 | 12 | 1").await;
    // Three days of March beside the same three of February.
    sales
        .holds(
            previous(ask(&["amount"]).during("2026-03-01", "2026-03-03")),
            "12 | 1",
        )
        .await;
    sales.end().await;
}

#[tokio::test]
async fn days_of_the_week_meet_their_own() {
    // Mondays 3 March 2025 and 2 March 2026; the same date a year before was a Sunday.
    const ROWS: &str = "2025-03-02,u,1\n2025-03-03,u,2\n2026-02-02,u,4\n2026-02-09,u,8\n2026-03-02,u,16\n2026-03-09,u,32\n";
    let mut sales = sales(ROWS, &Settings::default()).await;
    let aligned = |comparison| {
        let mut query = ask(&["amount"])
            .per(Grain::Day)
            .during("2026-03-01", "2026-03-31");
        query.compare = vec![comparison];
        query.align = Alignment::Weekday;
        query
    };
    sales
        .holds(
            aligned(Comparison::SamePeriodLastYear),
            "2026-03-01 | - | 1\n2026-03-02 | 16 | 2\n2026-03-09 | 32 | -",
        )
        .await;
    sales
        .holds(
            aligned(Comparison::PreviousPeriod),
            // Monday the 30th meets Monday the 2nd.
            "2026-03-02 | 16 | 4\n2026-03-09 | 32 | 8\n2026-03-30 | - | 16",
        )
        .await;
    let mut monday = aligned(Comparison::PreviousPeriod);
    monday.time_range = Some(TimeRange {
        start: day("2026-02-09"),
        end: day("2026-02-09"),
    });
    sales.holds(monday, "2026-02-09 | 8 | 4").await;
    sales.end().await;
}
