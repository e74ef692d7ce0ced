//! Questions beyond values and breakdowns: bounds, shares, statistics, ratios, dates of extremes,
//! lists of values.

use almanac_metrics::{Catalog, MetricInput};

use crate::catalogs::shop;
use crate::shown::{check, lexicon};

/// The shop, in which orders count the key of an entity and a ratio is defined.
fn counting() -> Catalog {
    let mut catalog = shop();
    for metric in &mut catalog.metrics {
        match metric.name.as_str() {
            "orders" => {
                metric.counts = Some("order".into());
                metric.entities = vec!["order".into(), "customer".into()];
            }
            "revenue" => metric.entities = vec!["order".into(), "customer".into()],
            "active_customers" => {
                metric.counts = Some("customer".into());
                metric.entities = vec!["customer".into()];
            }
            "average_order_value" => {
                metric.inputs = [("revenue", "numerator"), ("orders", "denominator")]
                    .map(|(metric, role)| MetricInput {
                        metric: metric.into(),
                        role: role.into(),
                    })
                    .to_vec();
            }
            _ => {}
        }
    }
    catalog
}

#[test]
fn bounds_hold_rows_entities_or_the_number_itself() {
    check(
        &lexicon(counting()),
        &[
            (
                "countries with more than 100 orders last month",
                "orders | by customer__country | 2026-10-01..2026-10-31 | having orders Gt 100",
            ),
            (
                "which channels had revenue over 10k in October?",
                "revenue | by order__channel | 2026-10-01..2026-10-31 | having revenue Gt 10000",
            ),
            (
                "active customers with at least 3 orders",
                "active_customers | having orders Gte 3 per customer",
            ),
            (
                "revenue from active customers with more than 3 orders",
                "revenue | having orders Gt 3 per customer",
            ),
            (
                "orders over 100",
                "orders | having revenue Gt 100 per order",
            ),
            (
                "orders between 50 and 100 last week",
                "orders | 2026-11-09..2026-11-15 | having revenue Gte 50 per order | having revenue Lte 100 per order | vs before",
            ),
            (
                "how many days had more than 50 orders last month?",
                "orders | per day | 2026-10-01..2026-10-31 | having orders Gt 50 | count",
            ),
            (
                "did we pass 1M in revenue last month?",
                "revenue | 2026-10-01..2026-10-31 | vs before | is it Over 1000000",
            ),
            (
                "was revenue above 1.5 million in October?",
                "revenue | 2026-10-01..2026-10-31 | vs before | is it Over 1500000",
            ),
            (
                "did we get more than 100 orders yesterday?",
                "orders | 2026-11-19..2026-11-19 | vs before | is it Over 100",
            ),
            (
                "países con más de 100 pedidos el mes pasado",
                "orders | by customer__country | 2026-10-01..2026-10-31 | having orders Gt 100",
            ),
            (
                "¿superamos los 10 mil en ingresos el mes pasado?",
                "revenue | 2026-10-01..2026-10-31 | vs before | is it Over 10000",
            ),
            (
                "passamos de 1 milhão de receita no mês passado?",
                "revenue | 2026-10-01..2026-10-31 | vs before | is it Over 1000000",
            ),
        ],
    );
}

#[test]
fn parts_of_the_whole() {
    check(
        &lexicon(shop()),
        &[
            (
                "share of revenue by country last month",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | shares",
            ),
            (
                "what percentage of revenue came from Brazil last month?",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | shares | about customer__country Text(\"BR\")",
            ),
            (
                "participação de cada país na receita do mês passado",
                "revenue | by customer__country | 2026-10-01..2026-10-31 | shares",
            ),
        ],
    );
}

#[test]
fn what_rows_come_to() {
    check(
        &lexicon(counting()),
        &[
            (
                "average daily revenue last month",
                "revenue | per day | 2026-10-01..2026-10-31 | average",
            ),
            (
                "median orders per day in October",
                "orders | per day | 2026-10-01..2026-10-31 | median",
            ),
            (
                "how many countries had orders last month",
                "orders | by customer__country | 2026-10-01..2026-10-31 | count",
            ),
            (
                "ingresos medios por día el mes pasado",
                "revenue | per day | 2026-10-01..2026-10-31 | average",
            ),
            ("revenue per order", "average_order_value"),
            ("orders per session", "orders + sessions | ratio"),
            ("ratio of orders to sessions", "orders + sessions | ratio"),
            (
                "how many orders did each session bring on average",
                "orders + sessions | ratio",
            ),
            (
                "average revenue",
                "which? Average order value, Average Revenue per day, 21 October to 19 November 2026, Average Revenue per week, 24 August to 15 November 2026, Average Revenue per month, 1 November 2025 to 31 October 2026",
            ),
        ],
    );
}

#[test]
fn dates_of_extremes_and_lists_of_values() {
    check(
        &lexicon(shop()),
        &[
            (
                "when was revenue highest in October?",
                "revenue | per day | 2026-10-01..2026-10-31 | top 1",
            ),
            (
                "when did orders peak last month?",
                "orders | per day | 2026-10-01..2026-10-31 | top 1",
            ),
            (
                "which month had the lowest revenue this year?",
                "revenue | per month | 2026-01-01..2026-11-20 | bottom 1",
            ),
            (
                "which countries do we have?",
                "values { dimension: \"customer__country\" }",
            ),
            (
                "how many countries are there",
                "values { dimension: \"customer__country\" }",
            ),
        ],
    );
}
