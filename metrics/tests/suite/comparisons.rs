//! Current and base periods side by side, in one statement.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::{Comparison, MetricQuery, QueryError, TimeRange};

use super::shop::{Asking, Shop, ask, day, open, write};

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
      - {name: sales, agg: count}
metrics:
  - {name: mean, type: ratio, numerator: amount, denominator: sales}
";

async fn sales(rows: &str) -> Shop {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "metrics.yml", DEFINITIONS);
    write(
        folder.path(),
        "data/sales.csv",
        &format!("day,shop,amount\n{rows}"),
    );
    let layer = open(folder.path(), &Settings::default()).await.unwrap();
    Shop { layer, folder }
}

fn compare(mut query: MetricQuery, comparisons: &[Comparison]) -> MetricQuery {
    query.compare = comparisons.to_vec();
    query
}

const LEAP: &str = "2023-02-28,a,1\n2023-03-01,a,5\n2024-02-28,a,10\n2024-02-29,a,100\n\
                    2024-03-01,a,1000\n2025-02-28,a,7\n2025-03-01,a,8\n";

#[tokio::test]
async fn the_29th_of_february_meets_the_28th() {
    let sales = sales(LEAP).await;
    let last_year = [Comparison::SamePeriodLastYear];
    let series = ask(&["amount"])
        .per(Grain::Day)
        .during("2024-02-28", "2024-03-01");
    assert_eq!(
        sales.rows(compare(series, &last_year)).await,
        "2024-02-28 | 10 | 1\n2024-02-29 | 100 | 1\n2024-03-01 | 1000 | 5"
    );
    let alone = ask(&["amount"])
        .per(Grain::Day)
        .during("2024-02-29", "2024-02-29");
    assert_eq!(
        sales.rows(compare(alone, &last_year)).await,
        "2024-02-29 | 100 | 1"
    );
    let number = ask(&["amount"]).during("2024-02-29", "2024-02-29");
    assert_eq!(sales.rows(compare(number, &last_year)).await, "100 | 1");
    let from = ask(&["amount"])
        .per(Grain::Day)
        .during("2024-02-29", "2024-03-01");
    assert_eq!(
        sales.rows(compare(from, &last_year)).await,
        "2024-02-29 | 100 | 1\n2024-03-01 | 1000 | 5"
    );
}

#[tokio::test]
async fn the_29th_of_the_year_before_has_no_date_to_meet() {
    let sales = sales(LEAP).await;
    let series = ask(&["amount"])
        .per(Grain::Day)
        .during("2025-02-28", "2025-03-01");
    assert_eq!(
        sales
            .rows(compare(series, &[Comparison::SamePeriodLastYear]))
            .await,
        "2025-02-28 | 7 | 10\n2025-03-01 | 8 | 1000"
    );
}

#[tokio::test]
async fn days_of_a_short_month_meet_those_of_a_long_one() {
    let sales =
        sales("2026-01-01,a,1\n2026-01-28,a,2\n2026-01-31,a,4\n2026-02-01,a,10\n2026-02-28,a,20\n")
            .await;
    let series = ask(&["amount"])
        .per(Grain::Day)
        .during("2026-02-01", "2026-02-28");
    // 31 January has no day in February; the whole month is still what the total is held against.
    assert_eq!(
        sales
            .rows(compare(series, &[Comparison::PreviousPeriod]))
            .await,
        "2026-02-01 | 10 | 1\n2026-02-28 | 20 | 2"
    );
    let total = ask(&["amount"]).during("2026-02-01", "2026-02-28");
    assert_eq!(
        sales
            .rows(compare(total, &[Comparison::PreviousPeriod]))
            .await,
        "30 | 7"
    );
}

#[tokio::test]
async fn months_weeks_and_groups_meet_their_own() {
    let sales = sales(
        "2025-03-31,a,1\n2025-04-07,b,2\n2026-03-01,b,64\n2026-03-30,a,4\n2026-04-06,b,8\n2026-04-07,,16\n2026-02-10,a,32\n",
    )
    .await;
    let both = [Comparison::PreviousPeriod, Comparison::SamePeriodLastYear];
    let months = ask(&["amount"])
        .per(Grain::Month)
        .during("2026-03-01", "2026-04-30");
    assert_eq!(
        sales.rows(compare(months, &both)).await,
        // January has nothing; February meets April.
        "2026-03-01 | 68 | - | 1\n2026-04-01 | 24 | 32 | 2"
    );
    // Weeks from Monday 30 March and 6 April; 52 weeks before: 31 March and 7 April 2025.
    let weeks = ask(&["amount"])
        .per(Grain::Week)
        .during("2026-03-30", "2026-04-12");
    assert_eq!(
        sales
            .rows(compare(weeks, &[Comparison::SamePeriodLastYear]))
            .await,
        "2026-03-30 | 4 | 1\n2026-04-06 | 24 | 2"
    );
    let shops = ask(&["amount", "mean"])
        .by("sale__shop")
        .during("2026-04-01", "2026-04-30");
    assert_eq!(
        sales
            .rows(compare(shops, &[Comparison::PreviousPeriod]))
            .await,
        // April: b 8, nobody 16. March: a 4, b 64.
        "- | 16 | - | 16 | -\nb | 8 | 64 | 8 | 64\na | - | 4 | - | 4"
    );
}

#[tokio::test]
async fn a_period_of_ones_own_is_met_day_by_day() {
    let sales =
        sales("2026-01-01,a,1\n2026-01-02,a,2\n2026-05-05,a,4\n2026-05-06,a,8\n2026-05-07,a,16\n")
            .await;
    let own = Comparison::Range(TimeRange {
        start: day("2026-05-05"),
        end: day("2026-05-07"),
    });
    let series = ask(&["amount"])
        .per(Grain::Day)
        .during("2026-01-01", "2026-01-02");
    assert_eq!(
        sales.rows(compare(series, &[own])).await,
        "2026-01-01 | 1 | 4\n2026-01-02 | 2 | 8"
    );
    let wrong = Comparison::Range(TimeRange {
        start: day("2026-05-07"),
        end: day("2026-05-05"),
    });
    let query = compare(
        ask(&["amount"]).during("2026-01-01", "2026-01-02"),
        &[wrong],
    );
    assert!(matches!(
        sales.error(query).await,
        QueryError::Period { .. }
    ));
}

#[tokio::test]
async fn without_a_period_all_data_is_compared() {
    let sales = sales("2025-01-10,a,1\n2025-12-10,a,2\n2026-01-10,a,4\n").await;
    let months = compare(
        ask(&["amount"]).per(Grain::Month),
        &[Comparison::SamePeriodLastYear],
    );
    assert_eq!(
        sales.rows(months).await,
        "2025-01-01 | 1 | -\n2025-12-01 | 2 | -\n2026-01-01 | 4 | 1"
    );
}

#[tokio::test]
async fn the_answer_says_what_was_compared() {
    let sales = sales("2026-01-10,a,4\n").await;
    let query = ask(&["amount"]).during("2026-01-01", "2026-01-10");
    let query = compare(
        query,
        &[Comparison::PreviousPeriod, Comparison::SamePeriodLastYear],
    );
    let answer = sales.layer.run(&query).await.unwrap();
    let names: Vec<&str> = answer
        .table
        .columns
        .iter()
        .map(|c| c.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "amount",
            "amount__previous_period",
            "amount__same_period_last_year"
        ]
    );
    let range = |start, end| TimeRange {
        start: day(start),
        end: day(end),
    };
    assert_eq!(
        answer.compared,
        [
            (
                Comparison::PreviousPeriod,
                range("2025-12-01", "2025-12-10")
            ),
            (
                Comparison::SamePeriodLastYear,
                range("2025-01-01", "2025-01-10")
            ),
        ]
    );
}
