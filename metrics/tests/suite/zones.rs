//! Moments, wall clocks and calendars: days of 23 and 25 hours, weeks that start on Sunday, dates
//! that no zone moves.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use almanac_agent_contract::{Grain, Settings, Value, Weekday};
use almanac_metrics::{Comparison, Operator};
use arrow::array::{ArrayRef, Date32Array, Int64Array, RecordBatch, TimestampMicrosecondArray};
use jiff::Timestamp;
use jiff::civil::Date;
use parquet::arrow::ArrowWriter;

use super::shop::{Asking, Shop, ask, day, open, write, zone};

pub(crate) const DEFINITIONS: &str = "
models:
  - name: events
    semantic_model: {enabled: true}
    agg_time_dimension: at
    primary_entity: event
    columns:
      - {name: at, granularity: hour, dimension: {type: time}}
      - {name: wall, granularity: hour, dimension: {type: time}}
      - {name: on, granularity: day, dimension: {type: time}}
    derived_semantics:
      dimensions:
        - {name: hour_of_day, type: categorical, expr: EXTRACT(hour FROM at)}
        - {name: same_day, type: categorical, expr: CAST(at AS DATE) = on}
    metrics:
      - {name: events, agg: count}
      - {name: dated, agg: count, agg_time_dimension: on}
      - {name: walled, agg: count, agg_time_dimension: wall}
      - {name: latest, agg: max, expr: at}
      - {name: first_dated, agg: min, expr: on}
      - {name: same_day_share, agg: average, expr: CAST(at AS DATE) = on}
      - {name: early, agg: count, filter: \"at < '2026-03-08'\"}
      - {name: march, agg: count, filter: \"{{ TimeDimension('event__at', 'month') }} = '2026-03-01'\"}
";

/// Events at moments; each is also dated and walled by its UTC date and time.
async fn events(settings: &Settings, moments: &[&str]) -> Shop {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", DEFINITIONS);
    write(folder.path(), "data/.keep", "");
    write_events(&folder.path().join("data/events.parquet"), moments);
    let layer = open(folder.path(), settings).await.unwrap();
    Shop { layer, folder }
}

pub(crate) fn write_events(file: &Path, moments: &[&str]) {
    let moments: Vec<Timestamp> = moments.iter().map(|at| at.parse().unwrap()).collect();
    let micros: Vec<i64> = moments.iter().map(|at| at.as_microsecond()).collect();
    let epoch = Date::constant(1970, 1, 1);
    let days = moments.iter().map(|at| {
        let date = at.to_zoned(jiff::tz::TimeZone::UTC).date();
        epoch.until(date).unwrap().get_days()
    });
    let at = TimestampMicrosecondArray::from(micros.clone()).with_timezone("UTC");
    let columns: Vec<(&str, ArrayRef)> = vec![
        (
            "id",
            Arc::new(Int64Array::from_iter_values(0..moments.len() as i64)),
        ),
        ("at", Arc::new(at)),
        ("wall", Arc::new(TimestampMicrosecondArray::from(micros))),
        ("on", Arc::new(Date32Array::from_iter_values(days))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let file = File::create(file).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

pub(crate) const SPRING: [&str; 6] = [
    "2026-03-08T04:59:00Z", // 7 March 23:59 in New York
    "2026-03-08T05:00:00Z", // 8 March 00:00
    "2026-03-08T06:59:00Z", // 8 March 01:59, a minute before the clocks go forward
    "2026-03-08T07:00:00Z", // 8 March 03:00
    "2026-03-09T03:59:00Z", // 8 March 23:59
    "2026-03-09T04:00:00Z", // 9 March 00:00
];

#[tokio::test]
async fn a_day_of_23_hours() {
    let events = events(&zone("America/New_York"), &SPRING).await;
    assert_eq!(
        events.rows(ask(&["events"]).per(Grain::Day)).await,
        "2026-03-07 | 1\n2026-03-08 | 4\n2026-03-09 | 1"
    );
    let sunday = ask(&["events"]).during("2026-03-08", "2026-03-08");
    assert_eq!(events.rows(sunday).await, "4");
    let hours = ask(&["events"])
        .per(Grain::Hour)
        .during("2026-03-08", "2026-03-08");
    assert_eq!(
        events.rows(hours).await,
        "2026-03-08T00:00:00 | 1\n2026-03-08T01:00:00 | 1\n2026-03-08T03:00:00 | 1\n2026-03-08T23:00:00 | 1"
    );
    assert_eq!(events.rows(ask(&["early", "march"])).await, "1 | 6");
}

#[tokio::test]
async fn a_day_of_25_hours_has_one_o_clock_twice() {
    let moments = [
        "2026-11-01T04:00:00Z", // 1 November 00:00
        "2026-11-01T05:30:00Z", // 01:30, before the clocks go back
        "2026-11-01T06:30:00Z", // 01:30 again
        "2026-11-02T04:59:00Z", // 23:59
        "2026-11-02T05:00:00Z", // 2 November 00:00
    ];
    let events = events(&zone("America/New_York"), &moments).await;
    let day = ask(&["events"])
        .per(Grain::Hour)
        .during("2026-11-01", "2026-11-01");
    assert_eq!(
        events.rows(day).await,
        "2026-11-01T00:00:00 | 1\n2026-11-01T01:00:00 | 2\n2026-11-01T23:00:00 | 1"
    );
    let by_hour = ask(&["events"]).by("event__hour_of_day");
    assert_eq!(events.rows(by_hour).await, "0 | 2\n1 | 2\n23 | 1");
}

#[tokio::test]
async fn a_day_may_begin_at_one_o_clock() {
    // In 2018 São Paulo's clocks went from 23:59:59 on 3 November to 01:00 on the 4th.
    let moments = [
        "2018-11-04T02:59:59Z",
        "2018-11-04T03:00:00Z",
        "2018-11-05T01:59:59Z",
    ];
    let events = events(&zone("America/Sao_Paulo"), &moments).await;
    let fourth = ask(&["events"]).during("2018-11-04", "2018-11-04");
    assert_eq!(events.rows(fourth).await, "2");
    assert_eq!(
        events.rows(ask(&["events"]).per(Grain::Day)).await,
        "2018-11-03 | 1\n2018-11-04 | 2"
    );
}

#[tokio::test]
async fn dates_and_wall_clocks_are_never_moved() {
    let events = events(&zone("America/New_York"), &SPRING).await;
    assert_eq!(
        events.rows(ask(&["dated", "walled"]).per(Grain::Day)).await,
        "2026-03-08 | 4 | 4\n2026-03-09 | 2 | 2"
    );
    let by_day = ask(&["events"]).by("event__same_day");
    assert_eq!(events.rows(by_day).await, "true | 4\nfalse | 2");
    // A moment is told on the wall clock of New York.
    let told = ask(&["latest", "first_dated", "same_day_share"]);
    assert_eq!(
        events.rows(told).await,
        "2026-03-09T00:00:00 | 2026-03-08 | 0.6667"
    );
    let walled = ask(&["walled"]).during("2026-03-09", "2026-03-09");
    assert_eq!(events.rows(walled).await, "2");
}

#[tokio::test]
async fn filters_on_time_mean_whole_local_days() {
    let events = events(&zone("America/New_York"), &SPRING).await;
    let eighth = [Value::Date(day("2026-03-08"))];
    let only = |op| ask(&["events"]).only("event__at", op, &eighth);
    assert_eq!(events.rows(only(Operator::In)).await, "4");
    assert_eq!(events.rows(only(Operator::NotIn)).await, "2");
    assert_eq!(events.rows(only(Operator::Lt)).await, "1");
    assert_eq!(events.rows(only(Operator::Lte)).await, "5");
    assert_eq!(events.rows(only(Operator::Gt)).await, "1");
    assert_eq!(events.rows(only(Operator::Gte)).await, "5");
    let at = [Value::DateTime("2026-03-08T03:00:00".parse().unwrap())];
    let after = ask(&["events"]).only("metric_time", Operator::Gte, &at);
    assert_eq!(events.rows(after).await, "3");
    let dated = ask(&["dated"]).only("metric_time", Operator::Lte, &eighth);
    assert_eq!(events.rows(dated).await, "4");
}

#[tokio::test]
async fn weeks_begin_when_the_workspace_says() {
    // Saturday 7, Sunday 8 and Monday 9 March 2026.
    let moments = [
        "2026-03-07T12:00:00Z",
        "2026-03-08T12:00:00Z",
        "2026-03-09T12:00:00Z",
    ];
    for (start, expected) in [
        (Weekday::Monday, "2026-03-02 | 2\n2026-03-09 | 1"),
        (Weekday::Sunday, "2026-03-01 | 1\n2026-03-08 | 2"),
        (Weekday::Saturday, "2026-03-07 | 3"),
    ] {
        let settings = Settings {
            week_start: start,
            ..Settings::default()
        };
        let events = events(&settings, &moments).await;
        assert_eq!(
            events.rows(ask(&["events"]).per(Grain::Week)).await,
            expected
        );
        assert_eq!(
            events.rows(ask(&["dated"]).per(Grain::Week)).await,
            expected
        );
    }
}

#[tokio::test]
async fn every_grain_of_a_time_dimension() {
    let moments = [
        "1969-12-31T23:00:00Z",
        "2026-02-28T12:00:00Z",
        "2150-08-01T00:00:00Z",
    ];
    let events = events(&Settings::default(), &moments).await;
    assert_eq!(
        events.rows(ask(&["events"]).per(Grain::Quarter)).await,
        "1969-10-01 | 1\n2026-01-01 | 1\n2150-07-01 | 1"
    );
    assert_eq!(
        events
            .rows(ask(&["events"]).per(Grain::Year).by("event__on__month"))
            .await,
        "1969-01-01 | 1969-12-01 | 1\n2026-01-01 | 2026-02-01 | 1\n2150-01-01 | 2150-08-01 | 1"
    );
    assert_eq!(
        events
            .rows(
                ask(&["events"])
                    .by("metric_time__week")
                    .during("2026-01-01", "2026-12-31")
            )
            .await,
        "2026-02-23 | 1"
    );
}

#[tokio::test]
async fn hours_meet_the_same_hours_of_the_day_before() {
    let moments = [
        "2026-11-10T15:10:00Z",
        "2026-11-11T15:20:00Z",
        "2026-11-11T16:20:00Z",
    ];
    let events = events(&Settings::default(), &moments).await;
    let mut query = ask(&["events"])
        .per(Grain::Hour)
        .during("2026-11-11", "2026-11-11");
    query.compare = vec![Comparison::PreviousPeriod];
    assert_eq!(
        events.rows(query).await,
        "2026-11-11T15:00:00 | 1 | 1\n2026-11-11T16:00:00 | 1 | -"
    );
}

#[tokio::test]
async fn every_hour_is_the_one_that_jiff_says() {
    // 27,001 minutes apart and out of order: every hour of the day, over 130 years of clock changes.
    let first: Timestamp = "1925-01-01T00:00:00Z".parse().unwrap();
    let moments: Vec<String> = (0..2_500_i64)
        .map(|n| (n * 1_789) % 2_500)
        .map(|n| (first + jiff::SignedDuration::from_mins(n * 27_001)).to_string())
        .collect();
    let moments: Vec<&str> = moments.iter().map(String::as_str).collect();
    for name in ["America/Sao_Paulo", "Europe/Madrid", "Australia/Lord_Howe"] {
        let settings = zone(name);
        let mut expected: Vec<jiff::civil::DateTime> = moments
            .iter()
            .map(|at| {
                at.parse::<Timestamp>()
                    .unwrap()
                    .to_zoned(settings.zone.zone().clone())
            })
            .map(|at| at.datetime().with().minute(0).second(0).build().unwrap())
            .collect();
        expected.sort();
        expected.dedup();
        let events = events(&settings, &moments).await;
        let answer = events
            .layer
            .run(&ask(&["events"]).per(Grain::Hour))
            .await
            .unwrap();
        let hours: Vec<&Value> = answer.table.rows.iter().map(|row| &row[0]).collect();
        let expected: Vec<Value> = expected.into_iter().map(Value::DateTime).collect();
        assert_eq!(hours, expected.iter().collect::<Vec<_>>(), "{name}");
    }
}

/// A CSV file's times are moments where they say their offset, and wall clocks where they do not.
#[tokio::test]
async fn times_of_a_csv_file_are_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", DEFINITIONS);
    let mut csv = "id,at,wall,on\n".to_owned();
    for (id, at) in SPRING.iter().enumerate() {
        let offset = at.replace('Z', "+00:00");
        let at = if id % 2 == 0 { *at } else { offset.as_str() };
        let wall = at[..19].to_owned();
        csv.push_str(&format!("{id},{at},{wall},{}\n", &at[..10]));
    }
    write(folder.path(), "data/events.csv", &csv);
    let layer = open(folder.path(), &zone("America/New_York"))
        .await
        .unwrap();
    let events = Shop { layer, folder };
    assert_eq!(
        events.rows(ask(&["events"]).per(Grain::Day)).await,
        "2026-03-07 | 1\n2026-03-08 | 4\n2026-03-09 | 1"
    );
    assert_eq!(
        events.rows(ask(&["walled"]).per(Grain::Day)).await,
        "2026-03-08 | 4\n2026-03-09 | 2"
    );
}
