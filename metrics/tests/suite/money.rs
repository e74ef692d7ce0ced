//! Amounts in several currencies, each converted by the rate of its own day.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::{MetricQuery, Operator};

use super::both::{Both, Rows, both};
use super::shop::{Asking, ask, text};

const DEFINITIONS: &str = "
models:
  - name: orders
    semantic_model: {enabled: true}
    agg_time_dimension: day
    columns:
      - {name: id, entity: {type: primary, name: order}}
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: currency, dimension: {type: categorical}}
    metrics:
      - {name: amount, agg: sum, expr: amount, config: {meta: {almanac: {currency_column: currency}}}}
      - {name: greatest, agg: max, expr: amount, config: {meta: {almanac: {currency_column: currency}}}}
      - {name: newest, agg: sum, expr: amount, non_additive_dimension: {name: day, window_agg: max}, config: {meta: {almanac: {currency_column: currency}}}}
      - {name: orders, agg: count, expr: 1}
      - {name: dense, agg: sum, expr: amount, join_to_timespine: true, config: {meta: {almanac: {currency_column: currency}}}}
      - {name: of_spenders, agg: sum, expr: amount, filter: \"{{ Metric('amount', ['order']) }} > 50\", config: {meta: {almanac: {currency_column: currency}}}}
      - {name: price_list, agg: sum, expr: fee, config: {meta: {almanac: {format: {currency: GBP}}}}}
      - {name: fees, agg: sum, expr: fee, config: {meta: {almanac: {format: currency}}}}
  - name: quotes
    semantic_model: {enabled: true}
    config: {meta: {almanac: {exchange_rates: {RATES}}}}
metrics:
  - {name: each, type: ratio, numerator: amount, denominator: orders}
  - {name: running, type: cumulative, input_metric: amount}
  - {name: running_fees, type: cumulative, input_metric: fees}
  - {name: day_before, type: derived, expr: before, input_metrics: [{name: amount, alias: before, offset_window: 1 day}]}
";

const PIVOT: &str = "day: day, from: currency, to_currency: USD, rate: usd";
const PAIRS: &str = "day: day, from: currency, to: target, rate: usd";

fn orders() -> Rows {
    Rows {
        name: "orders",
        columns: "id integer, day date, currency text, amount number, fee number",
        rows: "1,2026-01-02,EUR,100,1\n2,2026-01-04,EUR,100,2\n3,2026-01-05,EUR,100,12\n\
               4,2026-01-05,USD,10,0\n5,2026-01-06,GBP,10,0\n6,2026-01-01,EUR,5,6\n\
               7,2026-01-05,BRL,7,0\n8,2026-01-05,,3,0\n9,2026-01-06,BRL,,0\n",
    }
}

/// Friday the 2nd and Monday the 5th.
async fn with_a_pivot() -> Both {
    let rates = Rows {
        name: "quotes",
        columns: "day date, currency text, usd number",
        rows: "2026-01-02,EUR,1.1\n2026-01-05,EUR,1.2\n2026-01-02,GBP,1.3\n2026-01-07,GBP,9\n",
    };
    both(
        &DEFINITIONS.replace("RATES", PIVOT),
        &[orders(), rates],
        &Settings::default(),
    )
    .await
}

fn in_euros(mut query: MetricQuery) -> MetricQuery {
    query.currency = Some("eur".into());
    query
}

#[tokio::test]
async fn each_amount_by_the_rate_of_its_day() {
    let mut orders = with_a_pivot().await;
    orders
        .holds(
            ask(&["amount"]).per(Grain::Day),
            // Nothing is known of the euro on the 1st; the Sunday goes by Friday's rate; on the
            // 5th there are reals and an amount of nobody knows what.
            "2026-01-01 | -\n2026-01-02 | 110\n2026-01-04 | 110\n2026-01-05 | -\n2026-01-06 | 13",
        )
        .await;
    orders
        .holds(
            ask(&["amount", "orders", "each"])
                .by("order__currency")
                .during("2026-01-02", "2026-01-06"),
            "EUR | 340 | 3 | 113.3333\nGBP | 13 | 1 | 13\nUSD | 10 | 1 | 10\nBRL | - | 2 | -\n- | - | 1 | -",
        )
        .await;
    let known = ["EUR", "USD", "GBP"].map(text);
    let known = |query: MetricQuery| {
        query
            .only("order__currency", Operator::In, &known)
            .during("2026-01-02", "2026-01-06")
    };
    orders
        .holds(known(ask(&["amount", "greatest"])), "363 | 120")
        .await;
    orders
        .holds(
            known(ask(&["amount", "dense", "of_spenders"])).per(Grain::Day),
            "2026-01-02 | 110 | 110 | 110\n2026-01-03 | - | - | -\n2026-01-04 | 110 | 110 | 110\n\
             2026-01-05 | 130 | 130 | 120\n2026-01-06 | 13 | 13 | -",
        )
        .await;
    // The newest day has 10 pounds, and reals without an amount.
    orders.holds(ask(&["newest"]), "13").await;
    // The five euros of the 1st are part of every later total.
    orders
        .holds(
            known(ask(&["running", "day_before"])).per(Grain::Day),
            "2026-01-02 | - | -\n2026-01-03 | - | 110\n2026-01-04 | - | -\n2026-01-05 | - | 110\n\
             2026-01-06 | - | 130",
        )
        .await;
    orders
        .holds(
            in_euros(known(ask(&["running"])).per(Grain::Day)),
            "2026-01-02 | 105\n2026-01-03 | 105\n2026-01-04 | 205\n2026-01-05 | 313.3333\n\
             2026-01-06 | 324.1667",
        )
        .await;
    orders.end().await;
}

#[tokio::test]
async fn another_currency_through_the_pivot() {
    let mut orders = with_a_pivot().await;
    orders
        .holds(
            in_euros(ask(&["amount"]).by("order__currency")).during("2026-01-02", "2026-01-06"),
            // Euros stay euros, 13 / 1.2, 10 / 1.2.
            "EUR | 300\nGBP | 10.8333\nUSD | 8.3333\nBRL | -\n- | -",
        )
        .await;
    // Of the 1st no rate is needed.
    orders
        .holds(
            in_euros(ask(&["amount"])).only("order__currency", Operator::In, &[text("EUR")]),
            "305",
        )
        .await;
    orders
        .holds(
            in_euros(ask(&["amount"]).per(Grain::Day)).during("2026-01-01", "2026-01-04"),
            "2026-01-01 | 5\n2026-01-02 | 100\n2026-01-04 | 100",
        )
        .await;
    orders.end().await;
}

#[tokio::test]
async fn money_in_the_workspaces_currency() {
    let mut orders = with_a_pivot().await;
    orders
        .holds(ask(&["fees"]).during("2026-01-02", "2026-01-06"), "15")
        .await;
    orders
        .holds(
            in_euros(ask(&["fees"]).per(Grain::Day)),
            "2026-01-01 | -\n2026-01-02 | 0.9091\n2026-01-04 | 1.8182\n2026-01-05 | 10\n2026-01-06 | 0",
        )
        .await;
    // Prices in pounds stay so until another currency is asked for.
    let second = |query: MetricQuery| query.during("2026-01-02", "2026-01-02");
    orders.holds(second(ask(&["price_list"])), "1").await;
    let mut in_dollars = second(ask(&["price_list"]));
    in_dollars.currency = Some("USD".into());
    orders.holds(in_dollars, "1.3").await;
    // A fee of the 1st is not known in euros, so nothing that it is part of is.
    orders
        .holds(
            in_euros(ask(&["running_fees"]).per(Grain::Day)),
            "2026-01-01 | -\n2026-01-02 | -\n2026-01-03 | -\n2026-01-04 | -\n2026-01-05 | -\n2026-01-06 | -",
        )
        .await;
    orders.end().await;
}

#[tokio::test]
async fn a_table_of_pairs() {
    let rates = Rows {
        name: "quotes",
        columns: "day date, currency text, target text, usd number",
        rows: "2026-01-01,EUR,USD,2\n2026-01-01,GBP,USD,3\n2026-01-01,GBP,EUR,4\n\
               2026-01-01,USD,EUR,0.5\n",
    };
    let mut orders = both(
        &DEFINITIONS.replace("RATES", PAIRS),
        &[orders(), rates],
        &Settings::default(),
    )
    .await;
    orders
        .holds(
            ask(&["amount"]).by("order__currency"),
            "EUR | 610\nGBP | 30\nUSD | 10\nBRL | -\n- | -",
        )
        .await;
    orders
        .holds(
            in_euros(ask(&["amount"]).by("order__currency")),
            "EUR | 305\nGBP | 40\nUSD | 5\nBRL | -\n- | -",
        )
        .await;
    orders.end().await;
}
