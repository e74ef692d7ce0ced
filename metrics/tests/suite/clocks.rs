//! Running totals, offsets and dates without rows on clocks that change: hours of the workspace's
//! zone.

use almanac_agent_contract::{Grain, Settings, TimeZoneName, Value};
use almanac_metrics::Operator;

use super::both::{Both, Rows, both};
use super::shop::{Asking, ask};

const EVENTS: &str = "
models:
  - name: events
    semantic_model: {enabled: true}
    agg_time_dimension: at
    primary_entity: event
    columns:
      - {name: at, granularity: hour, dimension: {type: time}}
    metrics:
      - {name: events, agg: count, expr: 1}
      - {name: dense, agg: count, expr: 1, join_to_timespine: true, fill_nulls_with: 0}
metrics:
  - {name: running, type: cumulative, input_metric: events, period_agg: last}
  - {name: last_day, type: cumulative, input_metric: events, window: 24 hours, period_agg: last}
  - {name: today, type: cumulative, input_metric: events, grain_to_date: day, period_agg: last}
  - {name: hour_before, type: derived, expr: before, input_metrics: [{name: events, alias: before, offset_window: 1 hour}]}
  - {name: day_before, type: derived, expr: before, input_metrics: [{name: events, alias: before, offset_window: 1 day}]}
";

async fn events(rows: &'static str, zone: &str) -> Both {
    let settings = Settings {
        zone: TimeZoneName::new(zone).unwrap(),
        ..Settings::default()
    };
    let tables = [Rows {
        name: "events",
        columns: "at instant",
        rows,
    }];
    both(EVENTS, &tables, &settings).await
}

#[tokio::test]
async fn running_totals_on_the_clock_of_sao_paulo() {
    // 23:30 on 31 January, 00:30, 01:10 and 22:00 on 1 February there.
    let mut events = events(
        "2026-02-01T02:30:00Z\n2026-02-01T03:30:00Z\n2026-02-01T04:10:00Z\n2026-02-02T01:00:00Z\n",
        "America/Sao_Paulo",
    )
    .await;
    events
        .holds(
            ask(&["running", "today", "events"]).per(Grain::Day),
            "2026-01-31 | 1 | 1 | 1\n2026-02-01 | 4 | 3 | 3",
        )
        .await;
    events
        .holds(
            ask(&["running"]).per(Grain::Month),
            "2026-01-01 | 1\n2026-02-01 | 4",
        )
        .await;
    events
        .holds(
            ask(&["running", "today"])
                .per(Grain::Hour)
                .only(
                    "metric_time",
                    Operator::Lte,
                    &[Value::DateTime("2026-02-01T02:00:00".parse().unwrap())],
                ),
            "2026-01-31T23:00:00 | 1 | 1\n2026-02-01T00:00:00 | 2 | 1\n2026-02-01T01:00:00 | 3 | 2\n2026-02-01T02:00:00 | 3 | 2",
        )
        .await;
    events
        .holds(
            ask(&["hour_before"]).per(Grain::Hour),
            "2026-02-01T00:00:00 | 1\n2026-02-01T01:00:00 | 1\n2026-02-01T02:00:00 | 1\n2026-02-01T23:00:00 | 1",
        )
        .await;
    events
        .holds(
            ask(&["day_before"]).per(Grain::Day),
            "2026-02-01 | 1\n2026-02-02 | 3",
        )
        .await;
    events
        .holds(
            ask(&["last_day"])
                .per(Grain::Day)
                .during("2026-02-01", "2026-02-01"),
            // The 24 hours until the end of the day.
            "2026-02-01 | 3",
        )
        .await;
    events.end().await;
}

#[tokio::test]
async fn the_nights_on_which_clocks_change_in_madrid() {
    // 29 March has no two o'clock: 01:30 and 03:30. 25 October has two of them: 02:30 twice.
    let mut events = events(
        "2026-03-29T00:30:00Z\n2026-03-29T01:30:00Z\n2026-10-25T00:30:00Z\n2026-10-25T01:30:00Z\n",
        "Europe/Madrid",
    )
    .await;
    events
        .holds(
            ask(&["running", "today"])
                .per(Grain::Day)
                .during("2026-10-24", "2026-10-25"),
            "2026-10-24 | 2 | -\n2026-10-25 | 4 | 2",
        )
        .await;
    events
        .holds(
            ask(&["dense", "today"])
                .per(Grain::Hour)
                .during("2026-10-25", "2026-10-25")
                .only(
                    "metric_time",
                    Operator::Lte,
                    &[Value::DateTime("2026-10-25T03:00:00".parse().unwrap())],
                ),
            "2026-10-25T00:00:00 | 0 | -\n2026-10-25T01:00:00 | 0 | -\n2026-10-25T02:00:00 | 2 | 2\n2026-10-25T03:00:00 | 0 | 2",
        )
        .await;
    events
        .holds(
            ask(&["running"])
                .per(Grain::Month)
                .during("2026-03-01", "2026-04-30"),
            "2026-03-01 | 2\n2026-04-01 | 2",
        )
        .await;
    events.end().await;
}
