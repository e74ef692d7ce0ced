//! The questions, as the layer is asked and as a person writes them in SQL.

use almanac_agent_contract::{Grain, Value};
use almanac_metrics::{Filter, GroupBy, MetricQuery, Operator, OrderBy, TimeRange};
use jiff::ToSpan;
use jiff::civil::Date;

/// A question in both forms.
pub(crate) struct Question {
    pub(crate) name: &'static str,
    pub(crate) query: MetricQuery,
    pub(crate) sql: &'static str,
}

/// The six questions of the comparison.
pub(crate) fn questions() -> Vec<Question> {
    vec![
        Question {
            name: "revenue",
            query: ask("revenue"),
            sql: "SELECT SUM(amount) AS revenue FROM order_items",
        },
        Question {
            name: "revenue by month",
            query: MetricQuery {
                grain: Some(Grain::Month),
                ..ask("revenue")
            },
            sql: "SELECT date_trunc('month', ordered_at) AS month, SUM(amount) AS revenue \
                  FROM order_items GROUP BY 1 ORDER BY 1",
        },
        Question {
            name: "revenue by category, over a join",
            query: by("product__category", ask("revenue")),
            sql: "SELECT p.category, SUM(i.amount) AS revenue FROM order_items i \
                  LEFT JOIN products p ON p.product_id = i.product_id \
                  GROUP BY 1 ORDER BY 2 DESC",
        },
        Question {
            name: "cost share by country, over two joins",
            query: by("customer__country", ask("cost_share")),
            sql: "SELECT c.country, \
                  CAST(SUM(i.cost) AS DOUBLE) / NULLIF(CAST(SUM(i.amount) AS DOUBLE), 0) AS share \
                  FROM order_items i LEFT JOIN orders o ON o.order_id = i.order_id \
                  LEFT JOIN customers c ON c.customer_id = o.customer_id \
                  GROUP BY 1 ORDER BY 2 DESC",
        },
        Question {
            name: "distinct buyers by month",
            query: MetricQuery {
                grain: Some(Grain::Month),
                ..ask("buyers")
            },
            sql: "SELECT date_trunc('month', ordered_at) AS month, \
                  COUNT(DISTINCT customer_id) AS buyers FROM order_items GROUP BY 1 ORDER BY 1",
        },
        Question {
            name: "top 10 products, filtered, of a quarter",
            query: MetricQuery {
                filters: vec![Filter {
                    dimension: "order_item__channel".into(),
                    op: Operator::In,
                    values: vec![Value::Text("web".into()), Value::Text("app".into())],
                }],
                time_range: Some(TimeRange {
                    start: "2025-07-01".parse().unwrap(),
                    end: "2025-09-30".parse().unwrap(),
                }),
                order_by: vec![OrderBy {
                    by: "revenue".into(),
                    descending: true,
                }],
                limit: Some(10),
                ..by("product__name", ask("revenue"))
            },
            sql: "SELECT p.name, SUM(i.amount) AS revenue FROM order_items i \
                  LEFT JOIN products p ON p.product_id = i.product_id \
                  WHERE i.channel IN ('web', 'app') \
                  AND i.ordered_at >= TIMESTAMP '2025-07-01 00:00:00' \
                  AND i.ordered_at < TIMESTAMP '2025-10-01 00:00:00' \
                  GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
        },
    ]
}

/// So many questions, no two of them equal, each over nearly all rows; in turn of all six kinds.
pub(crate) fn different(count: usize) -> Vec<MetricQuery> {
    varied(count, &questions())
}

/// The same of the one that needs most memory, whose joins cannot be put aside on disk.
pub(crate) fn heaviest(count: usize) -> Vec<MetricQuery> {
    let mut all = questions();
    all.retain(|question| question.name.ends_with("over two joins"));
    varied(count, &all)
}

fn varied(count: usize, kinds: &[Question]) -> Vec<MetricQuery> {
    (0..count)
        .map(|number| {
            let mut query = kinds[number % kinds.len()].query.clone();
            let first: Date = "2024-01-02".parse().unwrap();
            let days = i64::try_from(number / kinds.len()).unwrap();
            query.time_range = Some(TimeRange {
                start: first.checked_add(days.days()).unwrap(),
                end: "2025-12-31".parse().unwrap(),
            });
            query
        })
        .collect()
}

fn ask(metric: &str) -> MetricQuery {
    MetricQuery {
        metrics: vec![metric.into()],
        ..MetricQuery::default()
    }
}

fn by(dimension: &str, query: MetricQuery) -> MetricQuery {
    MetricQuery {
        group_by: vec![GroupBy::named(dimension)],
        ..query
    }
}
