//! Totals beside groups, and the groups beyond the first as one.

use almanac_agent_contract::{Grain, Settings};
use almanac_metrics::{Comparison, MetricQuery, Operator, OrderBy};

use super::both::{Both, Rows, both};
use super::shop::{Asking, ask, text};

const DEFINITIONS: &str = "
models:
  - name: sales
    semantic_model: {enabled: true}
    agg_time_dimension: day
    columns:
      - {name: id, entity: {type: primary, name: sale}}
      - {name: day, granularity: day, dimension: {type: time}}
      - {name: shop, dimension: {type: categorical}}
    metrics:
      - {name: amount, agg: sum, expr: amount}
      - {name: buyers, agg: count_distinct, expr: buyer}
      - {name: sales, agg: count, expr: 1}
      - {name: newest, agg: sum, expr: amount, non_additive_dimension: {name: day, window_agg: max}}
      - {name: dense, agg: sum, expr: amount, join_to_timespine: true, fill_nulls_with: 0}
  - name: labels
    semantic_model: {enabled: true}
    columns:
      - {name: label_id, entity: {type: primary, name: label}}
      - {name: sale_id, entity: {type: foreign, name: sale}}
      - {name: word, dimension: {type: categorical}}
metrics:
  - {name: mean, type: ratio, numerator: amount, denominator: sales}
  - {name: running, type: cumulative, input_metric: amount, period_agg: last}
";

async fn sales() -> Both {
    let tables = [
        Rows {
            name: "sales",
            columns: "id integer, day date, shop text, buyer text, amount number",
            rows: "1,2026-01-01,a,x,50\n2,2026-01-01,b,y,30\n3,2026-01-02,c,x,10\n\
                   4,2026-02-01,a,x,20\n5,2026-02-01,,z,40\n6,2026-02-02,d,z,10\n\
                   7,2026-02-03,b,w,5\n",
        },
        Rows {
            name: "labels",
            columns: "label_id integer, sale_id integer, word text",
            rows: "1,1,new\n2,1,red\n3,1,blue\n4,2,red\n5,2,blue\n6,4,new\n",
        },
    ];
    both(DEFINITIONS, &tables, &Settings::default()).await
}

fn totals(mut query: MetricQuery) -> MetricQuery {
    query.totals = true;
    query
}

fn first(limit: u32, mut query: MetricQuery) -> MetricQuery {
    query.other = true;
    query.limit = Some(limit);
    query
}

#[tokio::test]
async fn totals_come_from_the_rows() {
    let mut sales = sales().await;
    sales
        .holds(
            totals(ask(&["amount", "buyers", "mean"]).by("sale__shop")),
            // Four buyers, though the shops' add up to six.
            "a | 70 | 1 | 35 | 165 | 4 | 23.5714\n- | 40 | 1 | 40 | 165 | 4 | 23.5714\n\
             b | 35 | 2 | 17.5 | 165 | 4 | 23.5714\nc | 10 | 1 | 10 | 165 | 4 | 23.5714\n\
             d | 10 | 1 | 10 | 165 | 4 | 23.5714",
        )
        .await;
    sales
        .holds(
            totals(ask(&["amount"]).per(Grain::Month).by("sale__shop")),
            "2026-01-01 | a | 50 | 90\n2026-01-01 | b | 30 | 90\n2026-01-01 | c | 10 | 90\n\
             2026-02-01 | - | 40 | 75\n2026-02-01 | a | 20 | 75\n2026-02-01 | d | 10 | 75\n\
             2026-02-01 | b | 5 | 75",
        )
        .await;
    sales
        .holds(
            totals(ask(&["amount"]).by("sale__shop").only(
                "sale__shop",
                Operator::In,
                &[text("b"), text("c")],
            )),
            "b | 35 | 45\nc | 10 | 45",
        )
        .await;
    let mut february = totals(
        ask(&["amount"])
            .by("sale__shop")
            .during("2026-02-01", "2026-02-28"),
    );
    february.compare = vec![Comparison::PreviousPeriod];
    sales
        .holds(
            february,
            "- | 40 | - | 75 | 90\na | 20 | 50 | 75 | 90\nd | 10 | - | 75 | 90\n\
             b | 5 | 30 | 75 | 90\nc | - | 10 | 75 | 90",
        )
        .await;
    // A sale has several labels; the total counts it once.
    sales
        .holds(
            totals(ask(&["amount"]).by("label__word")),
            "blue | 80 | 165\nred | 80 | 165\nnew | 70 | 165\n- | 65 | 165",
        )
        .await;
    sales
        .holds(
            totals(ask(&["newest", "running"]).by("sale__shop")),
            "b | 5 | 35 | 5 | 165\na | - | 70 | 5 | 165\nc | - | 10 | 5 | 165\nd | - | 10 | 5 | 165\n\
             - | - | 40 | 5 | 165",
        )
        .await;
    sales.end().await;
}

#[tokio::test]
async fn the_groups_beyond_the_first_are_one() {
    let mut sales = sales().await;
    sales
        .holds(
            first(2, ask(&["amount", "buyers", "mean"]).by("sale__shop")),
            // Nobody's sales are a group of their own and not the others.
            "a | false | 70 | 1 | 35\n- | false | 40 | 1 | 40\n- | true | 55 | 4 | 13.75",
        )
        .await;
    // c and d are equal: the name decides.
    sales
        .holds(
            first(4, ask(&["amount"]).by("sale__shop")),
            "a | false | 70\n- | false | 40\nb | false | 35\nc | false | 10\n- | true | 10",
        )
        .await;
    for limit in [5, 9] {
        sales
            .holds(
                first(limit, ask(&["amount"]).by("sale__shop")),
                "a | false | 70\n- | false | 40\nb | false | 35\nc | false | 10\nd | false | 10",
            )
            .await;
    }
    sales
        .holds(
            first(1, ask(&["amount"]).per(Grain::Month).by("sale__shop")),
            "2026-01-01 | a | false | 50\n2026-01-01 | - | true | 40\n\
             2026-02-01 | a | false | 20\n2026-02-01 | - | true | 55",
        )
        .await;
    sales
        .holds(
            first(
                1,
                totals(ask(&["amount"]).per(Grain::Month).by("sale__shop")),
            ),
            "2026-01-01 | a | false | 50 | 90\n2026-01-01 | - | true | 40 | 90\n\
             2026-02-01 | a | false | 20 | 75\n2026-02-01 | - | true | 55 | 75",
        )
        .await;
    let bcd = ["b", "c", "d"].map(text);
    sales
        .holds(
            first(
                1,
                ask(&["amount"])
                    .by("sale__shop")
                    .only("sale__shop", Operator::In, &bcd),
            ),
            "b | false | 35\n- | true | 20",
        )
        .await;
    let mut february = first(
        1,
        ask(&["amount"])
            .by("sale__shop")
            .during("2026-02-01", "2026-02-28"),
    );
    february.compare = vec![Comparison::PreviousPeriod];
    sales
        .holds(february, "- | false | 40 | -\n- | true | 35 | 90")
        .await;
    // The least first.
    let mut least = first(1, ask(&["mean"]).by("sale__shop"));
    least.order_by = vec![OrderBy {
        by: "mean".into(),
        descending: false,
    }];
    sales
        .holds(least, "c | false | 10\n- | true | 25.8333")
        .await;
    sales
        .holds(
            first(1, ask(&["amount"]).by("sale__day__month")),
            "2026-01-01 | false | 90\n- | true | 75",
        )
        .await;
    sales
        .holds(
            first(1, ask(&["running"]).per(Grain::Month).by("sale__shop")),
            "2026-01-01 | a | false | 50\n2026-01-01 | - | true | 40\n\
             2026-02-01 | a | false | 70\n2026-02-01 | - | true | 95",
        )
        .await;
    // One sale may have several of the other labels.
    sales
        .refuses(first(1, ask(&["amount"]).by("label__word")), "several")
        .await;
    sales.end().await;
}
