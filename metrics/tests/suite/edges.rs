//! Tables with next to nothing in them, and dates at the ends of the calendar, on every engine.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::{MetricQuery, Operator, OrderBy, WithoutData};

use super::both::{Both, Rows, both};
use super::shop::{Asking, ask, day};

const DEFINITIONS: &str = "
models:
  - name: sales
    semantic_model: {enabled: true}
    agg_time_dimension: day
    columns:
      - {name: id, entity: {type: primary, name: sale}}
      - {name: buyer_id, entity: {type: foreign, name: buyer}}
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: at, granularity: hour, dimension: {type: time}}
      - {name: kind, dimension: {type: categorical}}
    metrics:
      - {name: amount, agg: sum, expr: amount}
      - {name: sales, agg: count}
      - {name: mean, agg: average, expr: amount}
      - {name: typical, agg: median, expr: amount}
      - {name: upper, agg: percentile, percentile: 90, expr: amount}
      - {name: least, agg: min, expr: amount}
      - {name: kinds, agg: count_distinct, expr: kind}
      - {name: flagged, agg: sum_boolean, expr: flag}
      - {name: last, agg: sum, expr: amount, non_additive_dimension: {name: day, window_agg: max}}
      - {name: dense, agg: sum, expr: amount, join_to_timespine: true, fill_nulls_with: 0}
      - {name: per_nothing, agg: sum, expr: amount / 0}
      - {name: rest, agg: sum, expr: amount % 0}
  - name: buyers
    semantic_model: {enabled: true}
    columns:
      - {name: buyer_id, entity: {type: primary, name: buyer}}
      - {name: country, dimension: {type: categorical}}
metrics:
  - {name: share, type: ratio, numerator: amount, denominator: flagged}
  - {name: quotient, type: derived, expr: sales / (sales - again), input_metrics: [sales, {name: sales, alias: again}]}
  - {name: running, type: cumulative, input_metric: amount, period_agg: last}
  - {name: before, type: derived, expr: earlier, input_metrics: [{name: amount, alias: earlier, offset_window: 1 day}]}
";

const EVERY: [&str; 13] = [
    "amount",
    "sales",
    "mean",
    "typical",
    "upper",
    "least",
    "kinds",
    "flagged",
    "last",
    "per_nothing",
    "rest",
    "share",
    "quotient",
];

async fn of(sales: &'static str, buyers: &'static str) -> Both {
    let tables = [
        Rows {
            name: "sales",
            columns: "id integer, buyer_id integer, day date, at timestamp, kind text, amount number, flag boolean",
            rows: sales,
        },
        Rows {
            name: "buyers",
            columns: "buyer_id integer, country text",
            rows: buyers,
        },
    ];
    both(DEFINITIONS, &tables, &Settings::default()).await
}

fn every() -> MetricQuery {
    ask(&EVERY)
}

#[tokio::test]
async fn no_row_at_all() {
    let mut none = of("", "").await;
    none.holds(every(), "- | 0 | - | - | - | - | 0 | - | - | - | - | - | -")
        .await;
    none.holds(every().by("buyer__country"), "").await;
    none.holds(ask(&["dense", "running", "before"]).per(Grain::Day), "")
        .await;
    none.holds(
        ask(&["dense"])
            .per(Grain::Day)
            .during("2026-01-01", "2026-01-02"),
        "2026-01-01 | 0\n2026-01-02 | 0",
    )
    .await;
    none.end().await;
}

#[tokio::test]
async fn one_row_and_one_of_nothing() {
    let mut one = of("1,7,2026-02-03,2026-02-03T10:20:30,a,12.5,true\n", "").await;
    one.holds(
        every(),
        "12.5 | 1 | 12.5 | 12.5 | 12.5 | 12.5 | 1 | 1 | 12.5 | - | - | 12.5 | -",
    )
    .await;
    one.holds(ask(&["amount"]).by("buyer__country"), "- | 12.5")
        .await;
    one.holds(
        ask(&["amount", "running", "dense"]).per(Grain::Day),
        "2026-02-03 | 12.5 | 12.5 | 12.5",
    )
    .await;
    one.end().await;
    let mut nothing = of("1,,,,,,\n", "9,\n").await;
    nothing
        .holds(every(), "- | 1 | - | - | - | - | 0 | 0 | - | - | - | - | -")
        .await;
    nothing
        .holds(
            ask(&["sales"])
                .by("buyer__country")
                .by("sale__kind")
                .by("sale__day__month"),
            "- | - | - | 1",
        )
        .await;
    nothing
        .holds(ask(&["amount", "sales"]).per(Grain::Day), "- | - | 1")
        .await;
    nothing
        .holds(
            ask(&["sales"]).only("sale__day", Operator::IsNull, &[]),
            "1",
        )
        .await;
    nothing.end().await;
}

/// Before 1970 seconds are negative, after 2100 and 2262 some types of moments end.
#[tokio::test]
async fn days_far_away() {
    let mut far = of(
        "1,7,1904-02-29,1904-02-29T23:59:59,a,1,true\n\
         2,7,1969-12-31,1969-12-31T23:59:59,a,2,true\n\
         3,7,1970-01-01,1970-01-01T00:00:00,a,4,true\n\
         4,7,2100-02-28,2100-02-28T12:00:00,b,8,true\n\
         5,7,2261-12-31,2261-12-31T23:00:00,b,16,true\n",
        "7,PT\n",
    )
    .await;
    far.holds(
        ask(&["amount"]).per(Grain::Year),
        "1904-01-01 | 1\n1969-01-01 | 2\n1970-01-01 | 4\n2100-01-01 | 8\n2261-01-01 | 16",
    )
    .await;
    far.holds(
        ask(&["amount"])
            .by("sale__at__hour")
            .during("1969-12-31", "1970-01-01"),
        "1970-01-01T00:00:00 | 4\n1969-12-31T23:00:00 | 2",
    )
    .await;
    far.holds(
        ask(&["amount"])
            .per(Grain::Week)
            .during("1904-02-22", "1969-12-31"),
        "1904-02-29 | 1\n1969-12-29 | 2",
    )
    .await;
    // 2100 is no leap year.
    far.holds(
        ask(&["dense"])
            .per(Grain::Day)
            .during("2100-02-28", "2100-03-01"),
        "2100-02-28 | 8\n2100-03-01 | 0",
    )
    .await;
    far.holds(
        ask(&["dense"])
            .per(Grain::Day)
            .during("1969-12-31", "1970-01-02"),
        "1969-12-31 | 2\n1970-01-01 | 4\n1970-01-02 | 0",
    )
    .await;
    far.holds(ask(&["amount"]).during("0001-01-01", "1969-12-31"), "3")
        .await;
    far.holds(ask(&["amount"]).during("2100-01-01", "9999-12-31"), "24")
        .await;
    far.holds(
        ask(&["amount"]).only(
            "sale__at",
            Operator::Lt,
            &[almanac_agent_contract::Value::Date(day("1970-01-01"))],
        ),
        "3",
    )
    .await;
    far.holds(
        ask(&["before"])
            .per(Grain::Day)
            .during("1970-01-01", "1970-01-01"),
        "1970-01-01 | 2",
    )
    .await;
    far.holds(
        ask(&["running"])
            .per(Grain::Year)
            .during("2261-01-01", "2261-12-31"),
        "2261-01-01 | 31",
    )
    .await;
    let mut centuries = ask(&["dense"])
        .per(Grain::Year)
        .during("1904-01-01", "2261-12-31");
    centuries.order_by = vec![OrderBy {
        by: "dense".into(),
        descending: true,
    }];
    centuries.limit = Some(3);
    far.holds(centuries, "2261-01-01 | 16\n2100-01-01 | 8\n1970-01-01 | 4")
        .await;
    // Before the common era.
    far.holds(ask(&["amount"]).during("-000044-03-15", "1969-12-31"), "3")
        .await;
    far.holds(
        ask(&["amount"]).during("-000044-03-15", "-000001-01-01"),
        "-",
    )
    .await;
    far.refuses(
        ask(&["dense"])
            .per(Grain::Day)
            .during("0001-01-01", "9999-12-31"),
        "give a shorter time range",
    )
    .await;
    far.end().await;
}

#[test]
fn circles_through_filters_are_told() {
    let text = "
models:
  - name: sales
    semantic_model: true
    agg_time_dimension: day
    columns:
      - {name: id, entity: {type: primary, name: sale}}
      - {name: buyer_id, entity: {type: foreign, name: buyer}}
      - {name: day, granularity: day, dimension: {type: time}}
    metrics:
      - {name: own, agg: count, filter: \"{{ Metric('own', ['buyer']) }} > 1\"}
      - {name: first, agg: count, filter: \"{{ Metric('share', ['buyer']) }} > 1\"}
      - {name: second, agg: count, filter: \"{{ Metric('first', ['buyer']) }} > 1\"}
      - {name: third, agg: count, filter: \"{{ Metric('second', ['buyer']) }} > 1\"}
metrics:
  - {name: share, type: ratio, numerator: second, denominator: own}
";
    let Err(problems) = WithoutData::read(&[("metrics.yml", text)], Settings::default()) else {
        panic!("a circle was not seen");
    };
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let why = "its filter asks for itself, by way of other metrics or at once";
    assert_eq!(
        told,
        [
            format!("metrics.yml:11: metric own: {why}"),
            format!("metrics.yml:12: metric first: {why}"),
            format!("metrics.yml:16: metric share: {why}"),
        ]
    );
}
