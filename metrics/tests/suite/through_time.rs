//! Running totals, offsets and dates without rows where the definitions have no time spine.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::{MetricQuery, Operator};

use super::both::{Both, Rows, both};
use super::shop::{Asking, ask, text};

const DEFINITIONS: &str = "
models:
  - name: sales
    semantic_model: {enabled: true}
    agg_time_dimension: day
    primary_entity: sale
    columns:
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: shop, dimension: {type: categorical}}
    metrics:
      - {name: amount, agg: sum, expr: amount}
      - {name: buyers, agg: count_distinct, expr: buyer}
      - {name: mean, agg: average, expr: amount}
      - {name: typical, agg: median, expr: amount}
      - {name: least, agg: min, expr: amount}
      - {name: most, agg: max, expr: amount}
      - {name: sales, agg: count, expr: 1}
      - {name: dense, agg: sum, expr: amount, join_to_timespine: true, fill_nulls_with: 0}
      - {name: sparse, agg: sum, expr: amount, join_to_timespine: true}
      - {name: dense_early, agg: sum, expr: amount, join_to_timespine: true, filter: \"{{ TimeDimension('metric_time', 'day') }} <= '2026-02-02'\"}
metrics:
  - {name: running, type: cumulative, input_metric: amount, period_agg: last}
  - {name: running_first, type: cumulative, input_metric: amount}
  - {name: running_average, type: cumulative, input_metric: amount, period_agg: average}
  - {name: running_buyers, type: cumulative, input_metric: buyers}
  - {name: running_mean, type: cumulative, input_metric: mean}
  - {name: running_typical, type: cumulative, input_metric: typical}
  - {name: running_least, type: cumulative, input_metric: least}
  - {name: running_most, type: cumulative, input_metric: most}
  - {name: running_sales, type: cumulative, input_metric: sales, period_agg: last}
  - {name: three_days, type: cumulative, input_metric: amount, window: 3 days, period_agg: last}
  - {name: two_weeks, type: cumulative, input_metric: amount, window: 2 weeks, period_agg: last}
  - {name: one_month, type: cumulative, input_metric: amount, window: 1 month, period_agg: last}
  - {name: month_to_date, type: cumulative, input_metric: amount, grain_to_date: month, period_agg: last}
  - {name: quarter_to_date, type: cumulative, input_metric: amount, grain_to_date: quarter, period_agg: last}
  - {name: year_to_date, type: cumulative, input_metric: amount, grain_to_date: year, period_agg: last}
  - {name: week_before, type: derived, expr: before, input_metrics: [{name: amount, alias: before, offset_window: 7 days}]}
  - {name: month_before, type: derived, expr: before, input_metrics: [{name: amount, alias: before, offset_window: 1 month}]}
  - {name: two_months_before, type: derived, expr: before, input_metrics: [{name: month_before, alias: before, offset_window: 1 month}]}
  - {name: year_before, type: derived, expr: before, input_metrics: [{name: amount, alias: before, offset_window: 1 year}]}
  - {name: month_start, type: derived, expr: start, input_metrics: [{name: amount, alias: start, offset_to_grain: month}]}
  - {name: running_week_before, type: derived, expr: before, input_metrics: [{name: running, alias: before, offset_window: 7 days}]}
  - {name: growth, type: derived, expr: (amount - before) / before, input_metrics: [amount, {name: amount, alias: before, offset_window: 1 month}]}
  - {name: dense_week_before, type: derived, expr: before, input_metrics: [{name: dense, alias: before, offset_window: 7 days}]}
";

/// Two shops and one sale that nobody knows the day of.
const SALES: &str = "2026-01-30,a,x,10\n2026-01-31,a,y,20\n2026-02-02,b,x,40\n2026-02-28,a,z,80\n\
                     2026-03-01,b,y,160\n,a,x,1000\n";

async fn sales(rows: &'static str) -> Both {
    let tables = [Rows {
        name: "sales",
        columns: "day date, shop text, buyer text, amount number",
        rows,
    }];
    both(DEFINITIONS, &tables, &Settings::default()).await
}

fn days(metrics: &[&str]) -> MetricQuery {
    ask(metrics).per(Grain::Day)
}

fn months(metrics: &[&str]) -> MetricQuery {
    ask(metrics).per(Grain::Month)
}

#[tokio::test]
async fn a_running_value_at_each_day() {
    let mut sales = sales(SALES).await;
    let five = |metrics: &[&str]| days(metrics).during("2026-01-30", "2026-02-03");
    // 10, 20, nothing, 40 of shop b, nothing. x buys first, then y, then x again.
    sales
        .holds(
            five(&["running", "running_buyers", "running_sales"]),
            "2026-01-30 | 10 | 1 | 1\n2026-01-31 | 30 | 2 | 2\n2026-02-01 | 30 | 2 | 2\n\
             2026-02-02 | 70 | 2 | 3\n2026-02-03 | 70 | 2 | 3",
        )
        .await;
    sales
        .holds(
            five(&[
                "running_mean",
                "running_typical",
                "running_least",
                "running_most",
            ]),
            "2026-01-30 | 10 | 10 | 10 | 10\n2026-01-31 | 15 | 15 | 10 | 20\n\
             2026-02-01 | 15 | 15 | 10 | 20\n2026-02-02 | 23.3333 | 20 | 10 | 40\n\
             2026-02-03 | 23.3333 | 20 | 10 | 40",
        )
        .await;
    sales
        .holds(
            five(&["three_days", "month_to_date", "year_to_date"]),
            // On 1 February the month has had nothing yet; 30 January is three days gone on the 2nd.
            "2026-01-30 | 10 | 10 | 10\n2026-01-31 | 30 | 30 | 30\n2026-02-01 | 30 | - | 30\n\
             2026-02-02 | 60 | 40 | 70\n2026-02-03 | 40 | 40 | 70",
        )
        .await;
    sales
        .holds(
            days(&["one_month", "two_weeks"]).during("2026-02-27", "2026-03-02"),
            // From after 27 January, ..., from after 2 February: 40 is gone by then.
            "2026-02-27 | 70 | -\n2026-02-28 | 150 | 80\n2026-03-01 | 280 | 240\n2026-03-02 | 240 | 240",
        )
        .await;
    sales
        .holds(
            five(&["running"]).by("sale__shop"),
            "2026-01-30 | a | 10\n2026-01-31 | a | 30\n2026-02-01 | a | 30\n2026-02-02 | b | 40\n\
             2026-02-02 | a | 30\n2026-02-03 | b | 40\n2026-02-03 | a | 30",
        )
        .await;
    sales
        .holds(
            five(&["running"]).only("sale__shop", Operator::In, &[text("b")]),
            "2026-02-02 | 40\n2026-02-03 | 40",
        )
        .await;
    sales.end().await;
}

#[tokio::test]
async fn one_value_stands_for_a_longer_bucket() {
    let mut sales = sales(SALES).await;
    sales
        .holds(
            months(&["running", "running_first", "running_average"]),
            // 10 and 30; 30, then 70 for 26 days, then 150; 310.
            "2026-01-01 | 30 | 10 | 20\n2026-02-01 | 150 | 30 | 71.4286\n2026-03-01 | 310 | 310 | 310",
        )
        .await;
    sales
        .holds(
            ask(&["running"]).per(Grain::Week),
            "2026-01-26 | 30\n2026-02-02 | 70\n2026-02-09 | 70\n2026-02-16 | 70\n2026-02-23 | 310",
        )
        .await;
    sales
        .holds(
            ask(&["running", "quarter_to_date", "month_to_date"]).per(Grain::Quarter),
            "2026-01-01 | 310 | 310 | 160",
        )
        .await;
    sales
        .holds(
            months(&["running"]).by("sale__shop"),
            "2026-01-01 | a | 30\n2026-02-01 | a | 110\n2026-02-01 | b | 40\n2026-03-01 | b | 200\n\
             2026-03-01 | a | 110",
        )
        .await;
    // The last day asked for is the 27th.
    sales
        .holds(
            months(&["running", "month_to_date"]).during("2026-02-01", "2026-02-27"),
            "2026-02-01 | 70 | 40",
        )
        .await;
    sales.end().await;
}

#[tokio::test]
async fn a_running_value_without_dates_is_that_of_the_last_day() {
    let mut sales = sales(SALES).await;
    sales
        .holds(
            ask(&["running", "three_days", "month_to_date", "running_buyers"])
                .during("2026-02-01", "2026-02-28"),
            "150 | 80 | 120 | 3",
        )
        .await;
    sales
        .holds(
            ask(&["running"])
                .by("sale__shop")
                .during("2026-02-01", "2026-02-28"),
            "a | 110\nb | 40",
        )
        .await;
    // Without a period it is the last day that has data: 80 and 160.
    sales.holds(ask(&["three_days"]), "240").await;
    sales.end().await;
}

#[tokio::test]
async fn nothing_and_one_row() {
    let mut none = sales("").await;
    none.holds(days(&["running"]), "").await;
    none.holds(days(&["dense"]), "").await;
    none.holds(days(&["month_before"]), "").await;
    none.holds(
        days(&["dense"]).during("2026-01-01", "2026-01-02"),
        "2026-01-01 | 0\n2026-01-02 | 0",
    )
    .await;
    none.end().await;
    let mut one = sales("2026-01-31,a,x,5\n").await;
    one.holds(days(&["running", "dense"]), "2026-01-31 | 5 | 5")
        .await;
    one.holds(
        months(&["month_before", "running"]),
        "2026-01-01 | - | 5\n2026-02-01 | 5 | -",
    )
    .await;
    one.end().await;
}

#[tokio::test]
async fn a_day_a_month_before() {
    let mut sales = sales(SALES).await;
    // 30 and 31 January have no later day of their own; four days meet 28 February.
    let by_day = "2026-03-02 | 40\n2026-03-28 | 80\n2026-03-29 | 80\n2026-03-30 | 80\n\
                  2026-03-31 | 80\n2026-04-01 | 160";
    sales.holds(days(&["month_before"]), by_day).await;
    sales
        .holds(
            days(&["month_before"]).during("2026-03-30", "2026-04-01"),
            "2026-03-30 | 80\n2026-03-31 | 80\n2026-04-01 | 160",
        )
        .await;
    sales
        .holds(
            days(&["month_before"])
                .during("2026-03-01", "2026-03-28")
                .only("sale__shop", Operator::In, &[text("b")]),
            "2026-03-02 | 40",
        )
        .await;
    sales
        .holds(
            days(&["week_before"]),
            "2026-02-06 | 10\n2026-02-07 | 20\n2026-02-09 | 40\n2026-03-07 | 80\n2026-03-08 | 160",
        )
        .await;
    sales
        .holds(
            days(&["two_months_before"]),
            "2026-04-02 | 40\n2026-04-28 | 80\n2026-04-29 | 80\n2026-04-30 | 80\n2026-05-01 | 160",
        )
        .await;
    sales
        .holds(
            days(&["running_week_before"]).during("2026-02-07", "2026-02-09"),
            "2026-02-07 | 30\n2026-02-08 | 30\n2026-02-09 | 70",
        )
        .await;
    sales
        .holds(
            days(&["month_start"]).during("2026-02-28", "2026-03-03"),
            "2026-03-01 | 160\n2026-03-02 | 160\n2026-03-03 | 160",
        )
        .await;
    sales.end().await;
}

#[tokio::test]
async fn a_month_meets_the_whole_month_before() {
    let mut sales = sales(SALES).await;
    let by_month = "2026-02-01 | 30\n2026-03-01 | 120\n2026-04-01 | 160";
    sales.holds(months(&["month_before"]), by_month).await;
    sales
        .holds(
            months(&["month_before"]).during("2026-02-01", "2026-03-31"),
            "2026-02-01 | 30\n2026-03-01 | 120",
        )
        .await;
    sales
        .holds(
            months(&["month_before"])
                .by("sale__shop")
                .during("2026-03-01", "2026-03-31"),
            "2026-03-01 | a | 80\n2026-03-01 | b | 40",
        )
        .await;
    sales
        .holds(
            months(&["two_months_before"]),
            "2026-03-01 | 30\n2026-04-01 | 120\n2026-05-01 | 160",
        )
        .await;
    sales
        .holds(
            months(&["growth"]),
            "2026-01-01 | -\n2026-02-01 | 3\n2026-03-01 | 0.3333\n2026-04-01 | -\n- | -",
        )
        .await;
    // Without dates the period itself is the earlier one.
    for (start, end, expected) in [
        ("2026-02-01", "2026-02-28", "30"),
        ("2026-03-01", "2026-03-31", "120"),
        ("2026-03-30", "2026-03-31", "80"),
        ("2026-02-28", "2026-02-28", "-"),
    ] {
        sales
            .holds(ask(&["month_before"]).during(start, end), expected)
            .await;
    }
    sales
        .holds(
            ask(&["two_months_before"]).during("2026-03-01", "2026-03-31"),
            "30",
        )
        .await;
    // Without a period all data from 30 January to 1 March is the later one.
    sales.holds(ask(&["month_before"]), "30").await;
    sales.end().await;
}

#[tokio::test]
async fn leap_days_a_year_before() {
    let mut sales =
        sales("2023-02-28,a,x,8\n2024-02-28,a,x,1\n2024-02-29,a,x,2\n2024-03-01,a,x,4\n").await;
    sales
        .holds(
            days(&["year_before"]),
            "2024-02-28 | 8\n2024-02-29 | 8\n2025-02-28 | 1\n2025-03-01 | 4",
        )
        .await;
    sales
        .holds(
            months(&["year_before"]),
            "2024-02-01 | 8\n2025-02-01 | 3\n2025-03-01 | 4",
        )
        .await;
    sales
        .holds(
            ask(&["year_before"]).during("2025-02-01", "2025-02-28"),
            "3",
        )
        .await;
    sales.end().await;
}

#[tokio::test]
async fn dates_without_rows() {
    let mut sales = sales(SALES).await;
    sales
        .holds(
            days(&["dense", "sparse"]).during("2026-01-29", "2026-02-02"),
            "2026-01-29 | 0 | -\n2026-01-30 | 10 | 10\n2026-01-31 | 20 | 20\n2026-02-01 | 0 | -\n\
             2026-02-02 | 40 | 40",
        )
        .await;
    sales
        .holds(
            days(&["dense"])
                .by("sale__shop")
                .during("2026-01-31", "2026-02-02"),
            "2026-01-31 | a | 20\n2026-02-01 | - | 0\n2026-02-02 | b | 40",
        )
        .await;
    sales
        .holds(
            days(&["dense"]).during("2026-01-31", "2026-02-02").only(
                "sale__shop",
                Operator::In,
                &[text("a")],
            ),
            "2026-01-31 | 20\n2026-02-01 | 0\n2026-02-02 | 0",
        )
        .await;
    sales
        .holds(
            ask(&["dense"]).per(Grain::Week),
            "2026-01-26 | 30\n2026-02-02 | 40\n2026-02-09 | 0\n2026-02-16 | 0\n2026-02-23 | 240",
        )
        .await;
    // A value a week later than the last row is not lost.
    sales
        .holds(
            ask(&["dense_week_before"]).per(Grain::Week),
            "2026-01-26 | 0\n2026-02-02 | 30\n2026-02-09 | 40\n2026-02-16 | 0\n2026-02-23 | 0\n\
             2026-03-02 | 240",
        )
        .await;
    // A filter on dates that one metric has takes none from another.
    sales
        .holds(
            months(&["dense_early", "sparse"]).during("2026-01-01", "2026-03-31"),
            "2026-01-01 | 30 | 30\n2026-02-01 | 40 | 120\n2026-03-01 | - | 160",
        )
        .await;
    sales.end().await;
}
